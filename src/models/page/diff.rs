//! What changed between two contents of a page, for readers: field › row › value, rows by their id, prose by word.

pub mod moves;
mod prose;
mod rows;
mod titles;
mod values;

use std::collections::BTreeSet;

use diesel::QueryResult;
use serde_json::{Map, Value};

use crate::db::Conn;
use crate::models::link::PageRef;
use crate::models::page::card::Cards;
use crate::models::page::document::{PROSE, row_lists};
use crate::models::page::{Kind, PageId, labels, merge};
use crate::text::markdown::{self, memo};
use crate::text::words::Count;

pub use prose::{Part, ProseChange};

use values::{REFERENCES, Side};

/// Most rows that are told one by one; a diff with more says how many it leaves out.
const MOST_ROWS: usize = 400;

/// What happened to a row or a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    Added,
    Removed,
    Changed,
    /// The same row in another place.
    Moved,
}

impl Change {
    /// The word beside the row, which is also the end of its style class.
    pub fn word(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
            Self::Moved => "moved",
        }
    }
}

/// A value as readers read it; both texts are empty where there is none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shown {
    pub text: String,
    /// As it is kept, where the words hide it: `2016-12` behind "December 2016".
    pub raw: String,
}

/// One value that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    pub label: String,
    pub before: Shown,
    pub after: Shown,
}

/// A row that differs; a field with a single value is one row without a title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// `credits[12]` or `episodes`: what can be taken back by itself.
    pub path: String,
    /// "Music › Rocoberry".
    pub title: String,
    pub change: Change,
    /// Places from and to, counted from one, where the row moved among the others.
    pub moved: Option<(usize, usize)>,
    /// Safe only for readers who have seen this episode.
    pub spoiler: Option<i64>,
    pub cells: Vec<Cell>,
}

/// A field that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its name in the content format.
    pub key: String,
    pub label: String,
    pub rows: Vec<Row>,
    /// Rows left out.
    pub more: usize,
}

/// How much differs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Single values.
    pub fields: usize,
    pub rows_added: usize,
    pub rows_removed: usize,
    pub rows_changed: usize,
    pub rows_moved: usize,
    pub words: Count,
}

/// Everything that differs between two contents.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diff {
    pub fields: Vec<Field>,
    pub prose: Option<ProseChange>,
    pub counts: Counts,
    /// The pages named: what a rendered copy depends on.
    pub shown: BTreeSet<PageId>,
}

impl Diff {
    /// Whether the two contents are the same.
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty() && self.prose.is_none()
    }
}

/// Compares two contents. One statement looks up every page they name, whatever the number of rows.
pub fn diff(
    conn: &mut Conn,
    kind: Kind,
    before: &Map<String, Value>,
    after: &Map<String, Value>,
) -> QueryResult<Diff> {
    let mut named = BTreeSet::new();
    for key in differing(before, after) {
        for value in [before.get(key), after.get(key)].into_iter().flatten() {
            gather(key, value, &mut named);
        }
    }
    let cards = Cards::load(conn, named.iter().copied())?;
    let mut diff = compare(kind, before, after, &cards);
    diff.shown = named;
    diff.shown.extend(cards.ids());
    Ok(diff)
}

/// Compares two contents whose pages are known.
pub fn compare(
    kind: Kind,
    before: &Map<String, Value>,
    after: &Map<String, Value>,
    cards: &Cards,
) -> Diff {
    let (old, new) = (
        Side::new(kind, before, cards),
        Side::new(kind, after, cards),
    );
    let lists: Vec<&str> = row_lists(kind).collect();
    let mut diff = Diff::default();
    let mut room = MOST_ROWS;
    for key in differing(before, after) {
        if key == PROSE {
            diff.prose = Some(ProseChange::of(before, after, cards));
            diff.counts.words = diff
                .prose
                .as_ref()
                .map(|prose| prose.count)
                .unwrap_or_default();
            continue;
        }
        let mut rows = if lists.contains(&key) {
            rows::rows(key, &old, &new)
        } else {
            diff.counts.fields += 1;
            vec![rows::single(key, &old, &new)]
        };
        for row in rows.iter().filter(|_| lists.contains(&key)) {
            *match row.change {
                Change::Added => &mut diff.counts.rows_added,
                Change::Removed => &mut diff.counts.rows_removed,
                Change::Changed => &mut diff.counts.rows_changed,
                Change::Moved => &mut diff.counts.rows_moved,
            } += 1;
        }
        let more = rows.len().saturating_sub(room);
        rows.truncate(room);
        room -= rows.len();
        diff.fields.push(Field {
            key: key.to_owned(),
            label: labels::field(key).to_owned(),
            rows,
            more,
        });
    }
    diff
}

/// Keys whose values differ, in the order of the newer content, then of the older one.
fn differing<'a>(before: &'a Map<String, Value>, after: &'a Map<String, Value>) -> Vec<&'a str> {
    merge::keys(&[after, before])
        .into_iter()
        .filter(|key| before.get(*key) != after.get(*key))
        .collect()
}

fn gather(key: &str, value: &Value, ids: &mut BTreeSet<PageId>) {
    match value {
        Value::String(text) if key == PROSE => {
            ids.extend(memo::links(text).iter().filter_map(markdown::WikiLink::id));
        }
        Value::String(text) if REFERENCES.contains(&key) => {
            ids.extend(text.parse::<PageRef>().ok().and_then(|page| page.id()));
        }
        Value::Array(items) => items.iter().for_each(|item| gather(key, item, ids)),
        Value::Object(map) => map.iter().for_each(|(key, item)| gather(key, item, ids)),
        _ => {}
    }
}

#[cfg(test)]
mod tests;
