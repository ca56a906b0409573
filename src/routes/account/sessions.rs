//! `/account/sessions`.

use actix_web::HttpResponse;
use actix_web::web::Data;
use serde::Deserialize;

use crate::db::{Db, DbError};
use crate::models::user::session;
use crate::web::Error;
use crate::web::forms::{Posted, see_other};
use crate::web::guards::SignedIn;

/// What the buttons send: the session to end; without one, all others.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct EndForm {
    session: String,
}

/// `POST /account/sessions`: ends one of one's own sessions, or all but this one.
///
/// # Errors
/// 403 when the form was written for another session, and the store's.
pub async fn delete(
    SignedIn(member): SignedIn,
    db: Data<Db>,
    posted: Posted<EndForm>,
) -> Result<HttpResponse, Error> {
    let form = posted.trusted()?;
    let (id, this) = (member.id, member.session.clone());
    let done = if form.session.is_empty() {
        db.write(move |conn| -> Result<_, DbError> {
            Ok(session::revoke_all(conn, id, Some(&this))?)
        })
        .await?;
        "others"
    } else {
        db.write(move |conn| -> Result<_, DbError> {
            Ok(session::revoke_own(conn, id, &form.session)?)
        })
        .await?;
        "session"
    };
    Ok(see_other(&format!("/account?done={done}")))
}
