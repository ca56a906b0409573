//! Lives of a page beyond its content: renamed, merged into another, deleted. Its old addresses go on answering.

use diesel::prelude::*;

use serde_json::{Value, json};

use crate::db::{Conn, both};
use crate::models::audit::{self, Deed, Entry};
use crate::models::changes::{self, Action, Change};
use crate::models::page::projection;
use crate::models::page::{Page, PageId, State};
use crate::models::user::Editor;
use crate::schema::{page_links, pages, redirects};
use crate::text::slug::Slug;

/// Why a page could not be renamed, merged or deleted.
#[derive(Debug, thiserror::Error)]
pub enum LifeError {
    #[error("the page is no longer there")]
    NotLive,
    #[error("another page has this address")]
    SlugTaken,
    #[error("a page cannot be merged into itself or into a page of another kind")]
    NoTarget,
    #[error("say why, in one sentence")]
    NoteMissing,
    #[error(transparent)]
    Db(#[from] diesel::result::Error),
}

/// Gives the page a new address; the old one leads to it for ever.
///
/// # Errors
/// When the page is not live or the address is another page's.
pub fn rename(
    conn: &mut Conn,
    by: &Editor,
    page: PageId,
    slug: &Slug,
    note: &str,
    at: i64,
) -> Result<(), LifeError> {
    let page = live(conn, page)?;
    if page.slug == slug.as_ref() {
        return Ok(());
    }
    if Page::at(conn, page.kind, slug.as_ref())?.is_some() {
        return Err(LifeError::SlugTaken);
    }
    diesel::delete(redirects::table.find((page.kind, slug.as_ref()))).execute(conn)?;
    both!(conn, c => diesel::insert_into(redirects::table)
        .values((redirects::kind.eq(page.kind), redirects::slug.eq(&page.slug), redirects::page_id.eq(page.id)))
        .execute(c))?;
    diesel::update(pages::table.find(page.id))
        .set((pages::slug.eq(slug.as_ref()), pages::updated_at.eq(at)))
        .execute(conn)?;
    let touched = neighbours(conn, page.id)?;
    let details = json!({ "from": page.slug, "to": slug.as_ref() });
    tell(conn, by, page.id, Action::Rename, note, &touched, at)?;
    record(conn, by, page.id, (Deed::Rename, details), note, at)
}

/// Leaves the page's address leading to another page of its kind. Rows of other pages that name it are followed through the
/// merge when they are shown.
///
/// # Errors
/// When either page is not live, they are of different kinds, or the note is missing.
pub fn merge_into(
    conn: &mut Conn,
    by: &Editor,
    page: PageId,
    into: PageId,
    note: &str,
    at: i64,
) -> Result<(), LifeError> {
    if note.trim().is_empty() {
        return Err(LifeError::NoteMissing);
    }
    let (page, into) = (live(conn, page)?, live(conn, into)?);
    if page.id == into.id || page.kind != into.kind {
        return Err(LifeError::NoTarget);
    }
    let mut touched = neighbours(conn, page.id)?;
    touched.push(into.id);
    diesel::update(pages::table.find(page.id))
        .set((
            pages::state.eq(State::Merged),
            pages::merged_into.eq(Some(into.id)),
            pages::updated_at.eq(at),
        ))
        .execute(conn)?;
    touched.extend(projection::remove(conn, page.id, page.kind)?);
    tell(conn, by, page.id, Action::Merge, note, &touched, at)?;
    let details = json!({ "into": into.id });
    record(conn, by, page.id, (Deed::Merge, details), note, at)
}

/// Takes the page away. Its address answers "gone" with the note.
///
/// # Errors
/// When the page is not live or the note is missing.
pub fn delete(
    conn: &mut Conn,
    by: &Editor,
    page: PageId,
    note: &str,
    at: i64,
) -> Result<(), LifeError> {
    if note.trim().is_empty() {
        return Err(LifeError::NoteMissing);
    }
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
    tell(conn, by, page.id, Action::Delete, note, &touched, at)?;
    record(conn, by, page.id, (Deed::Delete, json!({})), note, at)
}

fn live(conn: &mut Conn, page: PageId) -> Result<Page, LifeError> {
    Page::find(conn, page)?
        .filter(|page| page.state == State::Live)
        .ok_or(LifeError::NotLive)
}

/// Pages that name this one: what they show changes with it.
fn neighbours(conn: &mut Conn, page: PageId) -> QueryResult<Vec<PageId>> {
    let mut ids: Vec<PageId> = page_links::table
        .filter(page_links::to_id.eq(page))
        .select(page_links::from_id)
        .distinct()
        .order(page_links::from_id)
        .load(conn)?;
    ids.push(page);
    Ok(ids)
}

fn tell(
    conn: &mut Conn,
    by: &Editor,
    page: PageId,
    action: Action,
    note: &str,
    touched: &[PageId],
    at: i64,
) -> Result<(), LifeError> {
    let change = Change {
        page,
        revision: None,
        action,
        note,
        touched,
        at,
    };
    changes::record(conn, by, &change)?;
    Ok(())
}

fn record(
    conn: &mut Conn,
    by: &Editor,
    page: PageId,
    (deed, details): (Deed, Value),
    note: &str,
    at: i64,
) -> Result<(), LifeError> {
    let entry = Entry {
        deed,
        page: Some(page),
        subject: None,
        reason: note,
        details,
        at,
    };
    audit::record(conn, by, &entry)?;
    Ok(())
}
