//! The history of a page: its revisions, newest first, a page of them at a time.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel::sql_types;

use crate::db::{Conn, among};
use crate::models::page::card::Card;
use crate::models::page::revision::Revision;
use crate::models::page::save::MINOR;
use crate::models::page::{Kind, Page, RevisionId, labels};
use crate::schema::revisions;

/// Revisions on one page of the history.
pub const SIZE: usize = 50;
/// Revisions one request looks through for those that changed a field.
const MOST_SEARCHED: i64 = 5_000;

diesel::define_sql_function! {
    /// Characters of a text.
    fn length(text: sql_types::Text) -> sql_types::Integer;
}

/// What part of a history is wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Only revisions older than the one of this number.
    pub before: Option<i64>,
    /// Only those that changed this field: `credits`, or one row, `credits[12]`.
    pub field: Option<String>,
    /// Leave out those their editors called small.
    pub is_without_minor: bool,
}

/// One revision in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub number: i64,
    pub author: String,
    /// Microseconds since 1970.
    pub at: i64,
    pub note: String,
    /// Paths of the changed fields.
    pub changed: Vec<String>,
    /// `merged`, `minor`, `undo`, `restore`.
    pub tags: Vec<String>,
    /// Characters by which the content grew or shrank; nobody can say where a text is hidden.
    pub grew: Option<i64>,
    pub hides_text: bool,
    pub hides_note: bool,
    pub hides_author: bool,
}

impl Entry {
    /// The changed fields in words.
    pub fn fields(&self) -> Vec<String> {
        labels::changed(&self.changed)
    }
}

/// A part of the history of a page.
#[derive(Debug, Clone, PartialEq)]
pub struct History {
    pub page: Page,
    /// Number of the latest revision.
    pub latest: i64,
    pub entries: Vec<Entry>,
    /// Where the older ones begin: to be asked for as `before`.
    pub older: Option<i64>,
}

impl History {
    /// Loads a part of the history of the live page at this address.
    pub fn load(
        conn: &mut Conn,
        kind: Kind,
        slug: &str,
        wanted: &Wanted,
    ) -> QueryResult<Option<Self>> {
        let Some((page, latest)) = Revision::at(conn, kind, slug)? else {
            return Ok(None);
        };
        let (mut rows, end) = rows(conn, &page, latest.number, wanted)?;
        let is_cut = rows.len() > SIZE;
        rows.truncate(SIZE);
        let older = match rows.last() {
            Some(last) if is_cut => Some(last.number),
            _ => Some(end).filter(|end| *end > 1),
        };
        let parents = lengths(conn, rows.iter().filter_map(|row| row.parent_id))?;
        let entries = rows.into_iter().map(|row| row.entry(&parents)).collect();
        Ok(Some(Self {
            page,
            latest: latest.number,
            entries,
            older,
        }))
    }

    /// The page as others show it.
    pub fn card(&self) -> Card {
        Card::from(&self.page)
    }
}

#[derive(Queryable)]
struct Row {
    number: i64,
    parent_id: Option<RevisionId>,
    author: String,
    at: i64,
    note: String,
    changed: String,
    tags: String,
    length: i32,
    hides: (bool, bool, bool),
}

impl Row {
    fn entry(self, parents: &HashMap<RevisionId, (i32, bool)>) -> Entry {
        let parent = self.parent_id.and_then(|id| parents.get(&id)).copied();
        let (before, is_parent_hidden) = parent.unwrap_or((0, false));
        let (hides_text, hides_note, hides_author) = self.hides;
        Entry {
            number: self.number,
            author: labels::author(&self.author).to_owned(),
            at: self.at,
            note: self.note,
            changed: serde_json::from_str(&self.changed).unwrap_or_default(),
            tags: serde_json::from_str(&self.tags).unwrap_or_default(),
            grew: (!hides_text && !is_parent_hidden)
                .then(|| i64::from(self.length) - i64::from(before)),
            hides_text,
            hides_note,
            hides_author,
        }
    }
}

/// The revisions wanted, one more than are shown where there are more, and the number of the oldest that was looked at.
fn rows(
    conn: &mut Conn,
    page: &Page,
    latest: i64,
    wanted: &Wanted,
) -> QueryResult<(Vec<Row>, i64)> {
    let before = wanted.before.unwrap_or(i64::MAX).min(latest + 1);
    let query = revisions::table
        .filter(revisions::page_id.eq(page.id))
        .filter(revisions::number.lt(before))
        .order(revisions::number.desc())
        .limit(i64::try_from(SIZE + 1).unwrap_or(i64::MAX))
        .select((
            revisions::number,
            revisions::parent_id,
            revisions::author,
            revisions::created_at,
            revisions::note,
            revisions::changed,
            revisions::tags,
            length(revisions::content),
            (
                revisions::hides_text,
                revisions::hides_note,
                revisions::hides_author,
            ),
        ));
    // A tag nobody has is in no list of tags.
    let left_out = if wanted.is_without_minor {
        format!("%\"{MINOR}\"%")
    } else {
        "%\"\"%".to_owned()
    };
    let query = query.filter(revisions::tags.not_like(left_out));
    let Some(field) = &wanted.field else {
        return Ok((query.load(conn)?, 1));
    };
    // Without an end, a field nobody ever changed would cost the whole history.
    let end = before.saturating_sub(MOST_SEARCHED).max(1);
    let as_value = format!("%\"{field}\"%");
    let as_list = format!("%\"{field}[%");
    let rows = query
        .filter(revisions::number.ge(end))
        .filter(
            revisions::changed
                .like(as_value)
                .or(revisions::changed.like(as_list)),
        )
        .load(conn)?;
    Ok((rows, end))
}

fn lengths(
    conn: &mut Conn,
    ids: impl Iterator<Item = RevisionId>,
) -> QueryResult<HashMap<RevisionId, (i32, bool)>> {
    let rows: Vec<(RevisionId, i32, bool)> = revisions::table
        .filter(among(revisions::id, ids))
        .select((
            revisions::id,
            length(revisions::content),
            revisions::hides_text,
        ))
        .load(conn)?;
    let rows = rows.into_iter();
    Ok(rows
        .map(|(id, length, is_hidden)| (id, (length, is_hidden)))
        .collect())
}
