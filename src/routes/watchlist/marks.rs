//! `/watchlist/marks`: up to where the news were seen.

use actix_web::HttpResponse;
use actix_web::web::Data;
use serde::Deserialize;

use crate::db::{Db, DbError};
use crate::models::watch;
use crate::web::Error;
use crate::web::forms::{Posted, see_other};
use crate::web::guards::SignedIn;

/// What the button sends.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct MarkForm {
    /// The newest entry of the list it stood on.
    seen: i64,
}

/// `POST /watchlist/marks`.
///
/// # Errors
/// 403 without the right session, and the store's own.
pub async fn create(
    SignedIn(member): SignedIn,
    db: Data<Db>,
    posted: Posted<MarkForm>,
) -> Result<HttpResponse, Error> {
    let form = posted.trusted()?;
    db.write(move |conn| -> Result<_, DbError> { Ok(watch::see(conn, member.id, form.seen)?) })
        .await?;
    Ok(see_other("/watchlist"))
}
