//! `/logout`.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use crate::db::{Db, DbError};
use crate::models::user::session;
use crate::web::forms::{Posted, see_other};
use crate::web::{Error, Shared, session as cookies, urls, viewer};

/// What the button in the header sends.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct LogoutForm {
    back: String,
}

/// `POST /logout`: ends the session in the store and in the browser. Whoever has none is sent on.
///
/// # Errors
/// 403 when the form was written for another session, and the store's.
pub async fn delete(
    request: HttpRequest,
    shared: Data<Shared>,
    db: Data<Db>,
    posted: Posted<LogoutForm>,
) -> Result<HttpResponse, Error> {
    let Some(member) = viewer::member(&request) else {
        return Ok(see_other(urls::same_site_path(&posted.form().back)));
    };
    let form = posted.trusted()?;
    let hash = member.session.clone();
    db.write(move |conn| -> Result<_, DbError> { Ok(session::revoke(conn, &hash)?) })
        .await?;
    tracing::info!(target: "people", user = member.id, "logout");
    let mut answer = see_other(urls::same_site_path(&form.back));
    answer
        .add_cookie(&cookies::no_cookie(&shared))
        .map_err(Error::internal)?;
    // What the browser kept of this member's pages goes as well.
    let name = actix_web::http::header::HeaderName::from_static("clear-site-data");
    let value = actix_web::http::header::HeaderValue::from_static("\"cache\"");
    answer.headers_mut().insert(name, value);
    Ok(answer)
}
