//! The audit log: what was done with more than an editor's right, by whom, to what and why. It is only ever added to; both stores
//! refuse to change or take away a row.

use diesel::prelude::*;
use serde_json::Value;

use crate::db::{Conn, text_enum};
use crate::models::page::{Kind, PageId};
use crate::models::user::{Actor, Moderator, UserId};
use crate::schema::{audit, pages, users};

text_enum! {
    /// What was done.
    pub enum Deed {
        Rename => "rename",
        Merge => "merge",
        Unmerge => "unmerge",
        Delete => "delete",
        Undelete => "undelete",
        Protect => "protect",
        Unprotect => "unprotect",
        Hide => "hide",
        Unhide => "unhide",
        Revert => "revert",
        Block => "block",
        Unblock => "unblock",
        Role => "role",
        Disable => "disable",
        Enable => "enable",
    }
}

impl Deed {
    /// What was done, in the past tense.
    pub fn label(self) -> &'static str {
        match self {
            Self::Rename => "renamed a page",
            Self::Merge => "merged two pages",
            Self::Unmerge => "took a merge apart",
            Self::Delete => "deleted a page",
            Self::Undelete => "brought a page back",
            Self::Protect => "protected a page",
            Self::Unprotect => "ended a protection",
            Self::Hide => "hid part of a revision",
            Self::Unhide => "showed part of a revision again",
            Self::Revert => "reverted a member's edits",
            Self::Block => "blocked a member",
            Self::Unblock => "ended a block",
            Self::Role => "gave a role",
            Self::Disable => "let a member in no more",
            Self::Enable => "let a member in again",
        }
    }
}

/// One entry to be written.
#[derive(Debug, Clone)]
pub struct Entry<'a> {
    pub deed: Deed,
    /// The page it was done to.
    pub page: Option<PageId>,
    /// The member it was done to.
    pub subject: Option<UserId>,
    /// The words of whoever did it.
    pub reason: &'a str,
    /// What else one would want to know: an object, such as the address before and after.
    pub details: Value,
    /// Microseconds since 1970.
    pub at: i64,
}

/// Writes an entry, in the transaction of what it tells of; answers its id.
pub fn record<'a>(
    conn: &mut Conn,
    by: impl Into<Actor<'a>>,
    entry: &Entry<'_>,
) -> QueryResult<i64> {
    let by = by.into();
    diesel::insert_into(audit::table)
        .values((
            audit::created_at.eq(entry.at),
            audit::user_id.eq(by.user_id),
            audit::author.eq(by.name),
            audit::action.eq(entry.deed),
            audit::page_id.eq(entry.page),
            audit::subject_id.eq(entry.subject),
            audit::reason.eq(entry.reason),
            audit::details.eq(entry.details.to_string()),
        ))
        .returning(audit::id)
        .get_result(conn)
}

/// Which entries are asked for: all that fit every given word.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// Only entries older than this one.
    pub before: Option<i64>,
    pub deed: Option<Deed>,
    pub page: Option<PageId>,
    /// What was done to a member.
    pub subject: Option<UserId>,
    /// What a member did.
    pub by: Option<UserId>,
}

/// One entry for readers.
#[derive(Debug, Clone, PartialEq, Queryable)]
pub struct Line {
    pub id: i64,
    pub at: i64,
    pub author: String,
    pub deed: Deed,
    pub reason: String,
    /// An object in JSON.
    pub details: String,
    pub page: Option<(PageId, Kind, String, String)>,
    /// The name of the member it was done to.
    pub subject: Option<String>,
}

impl Line {
    /// The details as they were written.
    pub fn details(&self) -> Value {
        serde_json::from_str(&self.details).unwrap_or_default()
    }
}

/// Up to `limit` entries, newest first.
pub fn page(conn: &mut Conn, _by: &Moderator, asked: &Asked, limit: i64) -> QueryResult<Vec<Line>> {
    let mut query = audit::table
        .left_join(pages::table.on(pages::id.nullable().eq(audit::page_id)))
        .left_join(users::table.on(users::id.nullable().eq(audit::subject_id)))
        .select((
            audit::id,
            audit::created_at,
            audit::author,
            audit::action,
            audit::reason,
            audit::details,
            (pages::id, pages::kind, pages::slug, pages::title).nullable(),
            users::name.nullable(),
        ))
        .order(audit::id.desc())
        .limit(limit)
        .into_boxed::<crate::db::Backend>();
    if let Some(before) = asked.before {
        query = query.filter(audit::id.lt(before));
    }
    if let Some(deed) = asked.deed {
        query = query.filter(audit::action.eq(deed));
    }
    if let Some(page) = asked.page {
        query = query.filter(audit::page_id.eq(page));
    }
    if let Some(subject) = asked.subject {
        query = query.filter(audit::subject_id.eq(subject));
    }
    if let Some(by) = asked.by {
        query = query.filter(audit::user_id.eq(by));
    }
    query.load(conn)
}
