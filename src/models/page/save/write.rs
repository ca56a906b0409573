//! A revision on its way into the store, with everything derived from it.

use diesel::prelude::*;
use serde_json::{Map, Value};

use crate::db::{Conn, both, run};
use crate::models::changes::{self, Action, Change};
use crate::models::page::document::{Document, Head};
use crate::models::page::revision::Content;
use crate::models::page::{Page, RevisionId, State, creation, projection};
use crate::models::user::Editor;
use crate::schema::{pages, revisions};

use super::{Proposal, SaveError, Saved};

/// What goes into a revision beside the editor's words.
pub(super) struct Written<'a> {
    pub(super) content: &'a Map<String, Value>,
    pub(super) changed: &'a [String],
    pub(super) merged: bool,
    pub(super) last_row: i64,
}

/// Writes a revision, and everything derived from it.
///
/// # Errors
/// The store's own.
pub(super) fn write(
    conn: &mut Conn,
    by: &Editor,
    page: &Page,
    parent: Option<&Content>,
    proposal: &Proposal,
    document: Document,
    written: &Written<'_>,
) -> Result<Saved, SaveError> {
    let (parent, before) = parent
        .map(|parent| (&parent.revision, &parent.document))
        .unzip();
    let number = parent.map_or(1, |revision| revision.number + 1);
    let merged = written.merged.then_some("merged");
    let tags = Value::from_iter(proposal.tags.iter().copied().chain(merged)).to_string();
    let row = (
        revisions::page_id.eq(page.id),
        revisions::number.eq(number),
        revisions::parent_id.eq(parent.map(|revision| revision.id)),
        revisions::author.eq(by.name()),
        revisions::created_at.eq(proposal.at),
        revisions::note.eq(&proposal.note),
        revisions::changed.eq(Value::from(written.changed).to_string()),
        revisions::tags.eq(tags),
        revisions::content.eq(stored(written.content)?),
    );
    let insert = diesel::insert_into(revisions::table).values(row);
    let id: RevisionId = both!(conn, c => insert.returning(revisions::id).get_result(c))?;
    let heads = (before.map(|before| &before.head), &document.head);
    put_head(conn, page, proposal.at, heads, (id, written.last_row))?;
    let mut touched = projection::rewrite(conn, page.id, before, document)?;
    if parent.is_none() {
        touched.extend(creation::waiting_for(conn, page.kind, &page.slug)?);
    }
    let change = Change {
        page: page.id,
        revision: Some(id),
        action: if parent.is_none() {
            Action::Create
        } else {
            Action::Save
        },
        note: &proposal.note,
        touched: &touched,
        at: proposal.at,
    };
    changes::record(conn, by, &change)?;
    Ok(Saved::Revision {
        id,
        number,
        merged: written.merged,
        touched,
    })
}

/// The text a revision keeps of a flat form.
fn stored(content: &Map<String, Value>) -> QueryResult<String> {
    serde_json::to_string(content)
        .map_err(|error| diesel::result::Error::SerializationError(Box::new(error)))
}

/// Writes what cards, indexes and the next save need to know of the page. Names that stay need no place in the indexes anew.
fn put_head(
    conn: &mut Conn,
    page: &Page,
    at: i64,
    (before, after): (Option<&Head>, &Head),
    (id, last_row): (RevisionId, i64),
) -> QueryResult<()> {
    let latest = (
        pages::revision_id.eq(Some(id)),
        pages::last_row.eq(last_row),
        pages::protection.eq(page.still_protected(at)),
        pages::updated_at.eq(at),
    );
    let of_page = pages::table.find(page.id);
    if page.state == State::Live && before == Some(after) {
        return run!(conn, diesel::update(of_page).set(latest)).map(drop);
    }
    let named = (
        pages::state.eq(State::Live),
        pages::title.eq(after.title()),
        pages::native.eq(after.native()),
        pages::disambiguation.eq(&after.disambiguation),
        pages::sort_key.eq(projection::sort_key(after)),
    );
    run!(conn, diesel::update(of_page).set((named, latest))).map(drop)
}
