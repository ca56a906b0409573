//! `/p/{id}`: the short address of any page, for ever.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use crate::db::Db;
use crate::models::page::{Address, Page, PageId};
use crate::routes::pages::elsewhere::{answer, moved};
use crate::routes::pages::reading::segment;
use crate::text::address::PathText;
use crate::web::{Error, Shared};

/// Leads to the page with this number, wherever it is now.
pub async fn show(
    request: HttpRequest,
    shared: Data<Shared>,
    db: Data<Db>,
) -> Result<HttpResponse, Error> {
    let id: PageId = segment(&request, 1)?
        .as_title()
        .parse()
        .map_err(|_not_a_number| Error::NotFound)?;
    let page = db
        .read(move |conn| Page::find(conn, id))
        .await?
        .ok_or(Error::NotFound)?;
    let text = PathText::parse(&page.slug).map_err(Error::internal)?;
    let kind = page.kind;
    let here = db
        .read(move |conn| Address::find(conn, kind, &text))
        .await?;
    match here {
        Address::Here(page) => Ok(moved(&page.href())),
        Address::Moved(href) => Ok(moved(&href)),
        Address::Gone { .. } | Address::Missing { .. } => {
            answer(
                &shared,
                &db,
                kind,
                PathText::parse(&page.slug).map_err(Error::internal)?,
            )
            .await
        }
    }
}
