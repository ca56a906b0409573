//! The change log: the one messenger. Page caches, feeds and other nodes all read it by id.

pub mod recent;

use diesel::prelude::*;
use serde_json::Value;

use crate::db::{Conn, run, text_enum};
use crate::models::page::{Kind, PageId, RevisionId, State};
use crate::models::user::Editor;
use crate::schema::{changes, pages, revisions};

text_enum! {
    /// What was done.
    pub enum Action {
        Create => "create",
        Save => "save",
        Rename => "rename",
        Merge => "merge",
        Delete => "delete",
        Undelete => "undelete",
        Unmerge => "unmerge",
        Protect => "protect",
        Unprotect => "unprotect",
        /// Parts of a revision were hidden or shown again: news for caches, not for readers.
        Hide => "hide",
        /// The doctor wrote anew what is derived from the latest revision.
        Rebuild => "rebuild",
    }
}

impl Action {
    /// What was done, in the past tense.
    pub fn label(self) -> &'static str {
        match self {
            Self::Create => "created",
            Self::Save => "changed",
            Self::Rename => "renamed",
            Self::Merge => "merged into another page",
            Self::Delete => "deleted",
            Self::Undelete => "brought back",
            Self::Unmerge => "taken out of a merge",
            Self::Protect => "protected",
            Self::Unprotect => "open to all again",
            Self::Hide => "shown or hidden in part",
            Self::Rebuild => "rebuilt from its latest revision",
        }
    }
}

/// One entry to be written.
#[derive(Debug)]
pub struct Change<'a> {
    pub page: PageId,
    pub revision: Option<RevisionId>,
    pub action: Action,
    pub note: &'a str,
    /// Pages whose display may have changed, the page itself among them.
    pub touched: &'a [PageId],
    /// Microseconds since 1970.
    pub at: i64,
}

/// Writes an entry, in the transaction of what it tells of.
pub fn record(conn: &mut Conn, by: &Editor, change: &Change<'_>) -> QueryResult<()> {
    crate::db::in_commit_order(conn)?;
    let row = (
        changes::page_id.eq(change.page),
        changes::revision_id.eq(change.revision),
        changes::action.eq(change.action),
        changes::author.eq(by.name()),
        changes::note.eq(change.note),
        changes::touched.eq(Value::from(change.touched).to_string()),
        changes::created_at.eq(change.at),
    );
    run!(conn, diesel::insert_into(changes::table).values(row)).map(drop)
}

/// The id of the newest entry, zero when there is none.
pub fn newest(conn: &mut Conn) -> QueryResult<i64> {
    let id: Option<i64> = changes::table
        .select(diesel::dsl::max(changes::id))
        .first(conn)?;
    Ok(id.unwrap_or(0))
}

/// What a cache must forget: the entry's id, the page's kind and the pages touched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    pub id: i64,
    pub kind: Kind,
    pub touched: Vec<PageId>,
}

/// Up to `limit` entries after `id`, oldest first.
pub fn after(conn: &mut Conn, id: i64, limit: i64) -> QueryResult<Vec<Notice>> {
    let rows: Vec<(i64, Kind, String)> = changes::table
        .inner_join(pages::table.on(pages::id.eq(changes::page_id)))
        .filter(changes::id.gt(id))
        .order(changes::id.asc())
        .limit(limit)
        .select((changes::id, pages::kind, changes::touched))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(id, kind, touched)| Notice {
            id,
            kind,
            touched: serde_json::from_str(&touched).unwrap_or_default(),
        })
        .collect())
}

/// Most entries one deed makes.
const MOST_OF_ONE: i64 = 20;

/// Does something inside a write, and answers with it the entries it made.
///
/// # Errors
/// As the deed.
pub fn noticed<T, E: From<diesel::result::Error>>(
    conn: &mut Conn,
    deed: impl FnOnce(&mut Conn) -> Result<T, E>,
) -> Result<(T, Vec<Notice>), E> {
    let before = newest(conn)?;
    let done = deed(conn)?;
    let made = after(conn, before, MOST_OF_ONE)?;
    Ok((done, made))
}

/// The newest entry about a page.
pub fn newest_of(conn: &mut Conn, page: PageId) -> QueryResult<Option<Notice>> {
    let row: Option<(i64, Kind, String)> = changes::table
        .inner_join(pages::table.on(pages::id.eq(changes::page_id)))
        .filter(changes::page_id.eq(page))
        .order(changes::id.desc())
        .select((changes::id, pages::kind, changes::touched))
        .first(conn)
        .optional()?;
    Ok(row.map(|(id, kind, touched)| Notice {
        id,
        kind,
        touched: serde_json::from_str(&touched).unwrap_or_default(),
    }))
}

/// One entry for readers.
#[derive(Debug, Clone, PartialEq, Queryable)]
pub struct Entry {
    pub id: i64,
    pub page_id: PageId,
    pub kind: Kind,
    pub slug: String,
    pub title: String,
    pub native: String,
    pub action: Action,
    pub author: String,
    pub note: String,
    pub at: i64,
    pub number: Option<i64>,
    /// JSON list of words about how the revision came to be.
    pub tags: Option<String>,
}

/// The newest entries about pages that are still there.
pub fn latest(conn: &mut Conn, limit: i64) -> QueryResult<Vec<Entry>> {
    changes::table
        .inner_join(pages::table.on(pages::id.eq(changes::page_id)))
        .left_join(revisions::table.on(revisions::id.nullable().eq(changes::revision_id)))
        .filter(pages::state.eq(State::Live))
        .filter(changes::action.ne(Action::Hide))
        .filter(changes::action.ne(Action::Rebuild))
        .order(changes::id.desc())
        .limit(limit)
        .select((
            changes::id,
            pages::id,
            pages::kind,
            pages::slug,
            pages::title,
            pages::native,
            changes::action,
            changes::author,
            changes::note,
            changes::created_at,
            revisions::number.nullable(),
            revisions::tags.nullable(),
        ))
        .load(conn)
}
