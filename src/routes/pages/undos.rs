//! `/{kind}/{slug}/undos`: what one revision did, taken back.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use crate::db::Db;
use crate::models::page::undo;
use crate::models::patrol;
use crate::models::user::Role;
use crate::routes::pages::taken_back;
use crate::web::forms::Posted;
use crate::web::guards::MayEdit;
use crate::web::{Error, Shared};

/// What the form sends.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct UndoForm {
    revision: String,
    /// One field of it, `episodes` or `credits[12]`; empty for all it did.
    path: String,
    note: String,
}

/// `POST /{kind}/{slug}/undos`.
///
/// # Errors
/// 403 without the right session, 429 after too many edits, 404, and the store's own.
pub async fn create(
    MayEdit(member): MayEdit,
    request: HttpRequest,
    shared: Data<Shared>,
    db: Data<Db>,
    posted: Posted<UndoForm>,
) -> Result<HttpResponse, Error> {
    let UndoForm {
        revision,
        path,
        note,
    } = posted.trusted()?;
    let may_patrol = member.role >= Role::Editor;
    taken_back::answer(
        (&request, &shared, &db),
        &member,
        &revision,
        move |conn, by, page, number, at| {
            let saved = match path.as_str() {
                "" => undo::undo(conn, by, page, number, &note, at)?,
                path => undo::revert_field(conn, by, page, (number, path), &note, at)?,
            };
            // Who takes something back has looked at it.
            if may_patrol {
                patrol::mark_number(conn, by, page, number, at)?;
            }
            Ok(saved)
        },
    )
    .await
}
