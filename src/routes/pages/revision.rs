//! `/{kind}/{slug}/history/{n}`: a page as it was.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use crate::db::Db;
use crate::models::page::Kind;
use crate::models::page::revision::Revision;
use crate::models::page::view::View;
use crate::routes::pages::elsewhere;
use crate::routes::pages::reading::{Write, segment, written};
use crate::web::{Error, Shared, cached};

/// Answers an old revision in the form of the kind's own page.
pub async fn show<V: View>(
    request: &HttpRequest,
    shared: &Data<Shared>,
    db: &Data<Db>,
    kind: Kind,
    write: Write<V>,
) -> Result<HttpResponse, Error> {
    let text = segment(request, 1)?;
    let number = segment(request, 3)?;
    let number: i64 = number
        .as_title()
        .parse()
        .ok()
        .filter(|parsed: &i64| parsed.to_string() == number.as_title())
        .ok_or(Error::NotFound)?;
    let rest = format!("/history/{number}");
    if !text.was_canonical() {
        return elsewhere::below(shared, db, kind, text, &rest).await;
    }
    let answer = cached(request, &[], |viewer| {
        let text = text.clone();
        written(db, shared.clone(), viewer, write, move |conn| {
            Revision::numbered(conn, kind, text.as_title(), number)
        })
    });
    match answer.await {
        Err(Error::NotFound) => elsewhere::below(shared, db, kind, text, &rest).await,
        answer => answer,
    }
}
