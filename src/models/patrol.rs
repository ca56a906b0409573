//! Marks that somebody trusted has looked at what a new member did.

use diesel::prelude::*;

use crate::db::{Conn, both};
use crate::models::page::RevisionId;
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
