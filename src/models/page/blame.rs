//! Who changed a field last, when and why: read from the lists of changed fields, without comparing anything.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::db::Conn;
use crate::models::page::{PageId, labels};
use crate::schema::revisions;

/// Revisions looked at, newest first. A field older than that simply has nobody to name.
const MOST: i64 = 1_000;

/// The latest change of a field.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Touch {
    /// Number of the revision.
    pub number: i64,
    pub author: String,
    /// Microseconds since 1970.
    pub at: i64,
    pub note: String,
}

/// The latest change of every field and row of a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Blame(HashMap<String, Touch>);

impl Blame {
    /// Reads it in one statement.
    pub fn load(conn: &mut Conn, page: PageId) -> QueryResult<Self> {
        let rows: Vec<(i64, String, i64, String, String)> = revisions::table
            .filter(revisions::page_id.eq(page))
            .order(revisions::number.desc())
            .limit(MOST)
            .select((
                revisions::number,
                revisions::author,
                revisions::created_at,
                revisions::note,
                revisions::changed,
            ))
            .load(conn)?;
        let mut blame = Self::default();
        for (number, author, at, note, changed) in rows {
            let paths: Vec<String> = serde_json::from_str(&changed).unwrap_or_default();
            let touch = Touch {
                number,
                author: labels::author(&author).to_owned(),
                at,
                note,
            };
            for path in paths {
                let field = labels::top(&path).to_owned();
                blame.0.entry(field).or_insert_with(|| touch.clone());
                blame.0.entry(path).or_insert_with(|| touch.clone());
            }
        }
        Ok(blame)
    }

    /// Every field that was changed since the page was made with its latest change, the newest first.
    pub fn fields(&self) -> Vec<(&str, &Touch)> {
        let is_field = |path: &str| labels::top(path) == path;
        let mut fields: Vec<(&str, &Touch)> = self
            .0
            .iter()
            .filter(|(path, touch)| is_field(path) && touch.number > 1)
            .map(|(path, touch)| (path.as_str(), touch))
            .collect();
        fields.sort_by_key(|(path, touch)| (std::cmp::Reverse(touch.number), *path));
        fields
    }

    /// The latest change of a field (`credits`, of any of its rows) or of a row (`credits[12]`).
    pub fn of(&self, path: &str) -> Option<&Touch> {
        self.0.get(path)
    }
}
