//! Three-way merge: field by field, rows by their id, prose by paragraph and line. Only what two editors changed differently collides.

mod order;
mod rows;

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use crate::models::page::Kind;
use crate::models::page::document::{PROSE, row_lists};
use crate::text::words;

use rows::merge_rows;

/// A field two editors changed in different ways.
#[derive(Debug, Clone, PartialEq)]
pub struct Collision {
    /// `episodes`, `credits[12].role`, `prose` …: rows by their id.
    pub path: String,
    pub base: Value,
    pub theirs: Value,
    pub mine: Value,
}

/// Brings `mine`, made from `base`, together with `theirs`, which was saved meanwhile.
///
/// # Errors
/// Every field that both changed to different values; nothing is chosen.
pub fn merge(
    kind: Kind,
    base: &Map<String, Value>,
    theirs: &Map<String, Value>,
    mine: &Map<String, Value>,
) -> Result<Map<String, Value>, Vec<Collision>> {
    let lists: Vec<&str> = row_lists(kind).collect();
    let mut collisions = Vec::new();
    let mut merged = Map::new();
    for key in keys(&[theirs, mine, base]) {
        let (b, t, m) = (base.get(key), theirs.get(key), mine.get(key));
        let value = if lists.contains(&key) {
            let rows = merge_rows(key, rows_of(b), rows_of(t), rows_of(m), &mut collisions);
            (!rows.is_empty()).then_some(Value::Array(rows))
        } else if key == PROSE {
            merge_prose(b, t, m, &mut collisions)
        } else {
            merge_value(key, b, t, m, &mut collisions)
        };
        if let Some(value) = value {
            merged.insert(key.to_owned(), value);
        }
    }
    if collisions.is_empty() {
        Ok(merged)
    } else {
        Err(collisions)
    }
}

/// Paths of the fields that differ between two contents: keys, and rows as `list[id]`.
pub fn changed_paths(
    kind: Kind,
    before: &Map<String, Value>,
    after: &Map<String, Value>,
) -> Vec<String> {
    let lists: Vec<&str> = row_lists(kind).collect();
    let mut paths = Vec::new();
    for key in keys(&[before, after]) {
        let (old, new) = (before.get(key), after.get(key));
        if old == new {
            continue;
        }
        if !lists.contains(&key) {
            paths.push(key.to_owned());
            continue;
        }
        let (old, new) = (rows_of(old), rows_of(new));
        let (was, is) = (by_id(old), by_id(new));
        let mut seen = HashSet::new();
        let differing: Vec<String> = old
            .iter()
            .chain(new)
            .map(row_id)
            .filter(|id| seen.insert(*id) && was.get(id) != is.get(id))
            .map(|id| format!("{key}[{id}]"))
            .collect();
        if differing.is_empty() {
            paths.push(key.to_owned());
        }
        paths.extend(differing);
    }
    paths
}

/// All keys, in the order they are first met.
pub(super) fn keys<'a>(maps: &[&'a Map<String, Value>]) -> Vec<&'a str> {
    let mut keys: Vec<&str> = Vec::new();
    for map in maps {
        for key in map.keys() {
            if !keys.contains(&key.as_str()) {
                keys.push(key);
            }
        }
    }
    keys
}

/// The rows of a list; none where there is no list.
pub(super) fn rows_of(value: Option<&Value>) -> &[Value] {
    value
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default()
}

/// The number of a row; zero before it was saved.
pub(super) fn row_id(row: &Value) -> i64 {
    row.get("id").and_then(Value::as_i64).unwrap_or(0)
}

/// Rows by their number.
pub(super) fn by_id(rows: &[Value]) -> HashMap<i64, &Value> {
    rows.iter().map(|row| (row_id(row), row)).collect()
}

/// One value: whoever changed it wins; both alike is fine; both differently collides.
fn merge_value(
    path: &str,
    base: Option<&Value>,
    theirs: Option<&Value>,
    mine: Option<&Value>,
    collisions: &mut Vec<Collision>,
) -> Option<Value> {
    if mine == base || mine == theirs {
        return theirs.cloned();
    }
    if theirs == base {
        return mine.cloned();
    }
    collide(path, base, theirs, mine, collisions)
}

fn collide(
    path: &str,
    base: Option<&Value>,
    theirs: Option<&Value>,
    mine: Option<&Value>,
    collisions: &mut Vec<Collision>,
) -> Option<Value> {
    let value = |side: Option<&Value>| side.cloned().unwrap_or(Value::Null);
    collisions.push(Collision {
        path: path.to_owned(),
        base: value(base),
        theirs: value(theirs),
        mine: value(mine),
    });
    theirs.cloned()
}

/// Prose by paragraph and then by line, after the whole-text cases are out of the way.
fn merge_prose(
    base: Option<&Value>,
    theirs: Option<&Value>,
    mine: Option<&Value>,
    collisions: &mut Vec<Collision>,
) -> Option<Value> {
    if mine == base || mine == theirs || theirs == base {
        return merge_value(PROSE, base, theirs, mine, collisions);
    }
    let text = |side: Option<&Value>| side.and_then(Value::as_str).unwrap_or("").to_owned();
    match words::merge(&text(base), &text(theirs), &text(mine)) {
        Some(merged) if merged.is_empty() => None,
        Some(merged) => Some(Value::String(merged)),
        None => collide(PROSE, base, theirs, mine, collisions),
    }
}
