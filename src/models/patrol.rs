//! Marks that somebody trusted has looked at what a new member did.

use diesel::prelude::*;

use crate::db::{Conn, both};
use crate::models::page::{PageId, RevisionId};
use crate::models::user::Editor;
use crate::schema::{patrols, revisions};

/// Marks a revision as looked at; the first mark stays. Answers whether there is such a revision.
pub fn mark(conn: &mut Conn, by: &Editor, revision: RevisionId, at: i64) -> QueryResult<bool> {
    let found: Option<RevisionId> = revisions::table
        .find(revision)
        .select(revisions::id)
        .first(conn)
        .optional()?;
    if found.is_none() {
        return Ok(false);
    }
    both!(conn, c => diesel::insert_into(patrols::table)
        .values((
            patrols::revision_id.eq(revision),
            patrols::patrolled_by.eq(by.name()),
            patrols::patrolled_at.eq(at),
        ))
        .on_conflict_do_nothing()
        .execute(c))?;
    Ok(true)
}

/// The same by the number of the revision in its page.
pub fn mark_number(
    conn: &mut Conn,
    by: &Editor,
    page: PageId,
    number: i64,
    at: i64,
) -> QueryResult<bool> {
    let found: Option<RevisionId> = revisions::table
        .filter(revisions::page_id.eq(page))
        .filter(revisions::number.eq(number))
        .select(revisions::id)
        .first(conn)
        .optional()?;
    match found {
        Some(revision) => mark(conn, by, revision, at),
        None => Ok(false),
    }
}
