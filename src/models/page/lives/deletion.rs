//! Pages taken away and brought back.

use diesel::prelude::*;
use serde_json::json;

use crate::db::Conn;
use crate::models::audit::Deed;
use crate::models::changes::Action;
use crate::models::page::revision::Revision;
use crate::models::page::{Page, PageId, State};
use crate::models::page::{creation, projection};
use crate::models::user::Moderator;
use crate::schema::pages;

use super::{LifeError, Why, live, neighbours, tell};

/// Takes the page away. Its address answers "gone" with the note.
///
/// # Errors
/// When the page is not live or the note is missing.
pub fn delete(
    conn: &mut Conn,
    by: &Moderator,
    page: PageId,
    note: &str,
    at: i64,
) -> Result<(), LifeError> {
    let why = Why { note, at };
    why.said()?;
    let page = live(conn, page)?;
    let mut touched = neighbours(conn, page.id)?;
    diesel::update(pages::table.find(page.id))
        .set((
            pages::state.eq(State::Deleted),
            pages::deletion_note.eq(note),
            pages::updated_at.eq(at),
        ))
        .execute(conn)?;
    touched.extend(projection::remove(conn, page.id, page.kind)?);
    let told = (Action::Delete, Deed::Delete, json!({}));
    tell(conn, &by.editor(), page.id, told, &touched, why)
}

/// Brings a deleted page back as it was.
///
/// # Errors
/// When the page is not deleted or the note is missing.
pub fn undelete(
    conn: &mut Conn,
    by: &Moderator,
    page: PageId,
    note: &str,
    at: i64,
) -> Result<Page, LifeError> {
    let why = Why { note, at };
    why.said()?;
    let page = Page::find(conn, page)?
        .filter(|page| page.state == State::Deleted)
        .ok_or(LifeError::NotLive)?;
    let revision = Revision::latest(conn, &page)?.ok_or(LifeError::NotLive)?;
    let document = revision
        .document(page.kind)
        .map_err(diesel::result::Error::from)?;
    diesel::update(pages::table.find(page.id))
        .set((
            pages::state.eq(State::Live),
            pages::deletion_note.eq(""),
            pages::updated_at.eq(at),
        ))
        .execute(conn)?;
    let mut touched = projection::rewrite(conn, page.id, None, document)?;
    touched.extend(neighbours(conn, page.id)?);
    touched.extend(creation::waiting_for(conn, page.kind, &page.slug)?);
    let told = (
        Action::Undelete,
        Deed::Undelete,
        json!({ "deleted for": page.deletion_note }),
    );
    tell(conn, &by.editor(), page.id, told, &touched, why)?;
    Ok(page)
}
