//! What a member has written.

use diesel::prelude::*;

use crate::db::Conn;
use crate::models::page::{Kind, RevisionId, State};
use crate::schema::{pages, revisions};

/// One revision as the list of somebody's contributions shows it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Contribution {
    pub id: RevisionId,
    pub kind: Kind,
    pub slug: String,
    pub title: String,
    /// Of the revision, within its page.
    pub number: i64,
    pub note: String,
    /// Microseconds since 1970, UTC.
    pub at: i64,
    /// JSON list of words about how it came to be.
    pub tags: String,
}

impl Contribution {
    /// Address of the page.
    pub fn href(&self) -> String {
        format!("/{}/{}", self.kind.plural(), self.slug)
    }

    /// `minor`, `merged`, `undo`, `restore`.
    pub fn tags(&self) -> Vec<String> {
        serde_json::from_str(&self.tags).unwrap_or_default()
    }
}

/// Up to `limit` revisions signed with a name, older than `before` where that is given, newest first. Pages that are no longer
/// there are left out.
pub fn page(
    conn: &mut Conn,
    name: &str,
    before: Option<RevisionId>,
    limit: i64,
) -> QueryResult<Vec<Contribution>> {
    revisions::table
        .inner_join(pages::table.on(pages::id.eq(revisions::page_id)))
        .filter(revisions::author.eq(name))
        .filter(revisions::id.lt(before.unwrap_or(RevisionId::MAX)))
        .filter(pages::state.eq(State::Live))
        .order(revisions::id.desc())
        .limit(limit)
        .select((
            revisions::id,
            pages::kind,
            pages::slug,
            pages::title,
            revisions::number,
            revisions::note,
            revisions::created_at,
            revisions::tags,
        ))
        .load(conn)
}
