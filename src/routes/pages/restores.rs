//! `/{kind}/{slug}/restores`: a page as it was, again.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use crate::db::Db;
use crate::models::page::undo;
use crate::routes::pages::taken_back;
use crate::web::forms::Posted;
use crate::web::guards::MayEdit;
use crate::web::{Error, Shared};

/// What the form sends.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct RestoreForm {
    revision: String,
    note: String,
}

/// `POST /{kind}/{slug}/restores`.
///
/// # Errors
/// 403 without the right session, 429 after too many edits, 404, and the store's own.
pub async fn create(
    MayEdit(member): MayEdit,
    request: HttpRequest,
    shared: Data<Shared>,
    db: Data<Db>,
    posted: Posted<RestoreForm>,
) -> Result<HttpResponse, Error> {
    let RestoreForm { revision, note } = posted.trusted()?;
    taken_back::answer(
        (&request, &shared, &db),
        &member,
        &revision,
        move |conn, by, page, number, at| undo::restore(conn, by, page, number, &note, at),
    )
    .await
}
