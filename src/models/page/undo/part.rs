//! One part of what a revision did, taken back.

use serde_json::{Map, Value};

use crate::models::page::Kind;
use crate::models::page::document::row_lists;
use crate::models::page::merge::{by_id, row_id, rows_of};

/// The content of a revision with one field as its parent had it; nothing where the revision did not change that field.
pub fn taken_back(
    kind: Kind,
    revision: &Map<String, Value>,
    parent: &Map<String, Value>,
    path: &str,
) -> Option<Map<String, Value>> {
    let mut wanted = revision.clone();
    let value = match row_of(path) {
        Some((list, id)) if row_lists(kind).any(|rows| rows == list) => {
            let rows = row_taken_back(rows_of(revision.get(list)), rows_of(parent.get(list)), id);
            Some(Value::Array(rows))
                .filter(|rows| rows.as_array().is_some_and(|rows| !rows.is_empty()))
        }
        Some(_) => return None,
        None => parent.get(path).cloned(),
    };
    let key = row_of(path).map_or(path, |(list, _)| list);
    match value {
        Some(value) => wanted.insert(key.to_owned(), value),
        None => wanted.shift_remove(key),
    };
    (wanted != *revision).then_some(wanted)
}

/// `credits[12]` in its two halves.
fn row_of(path: &str) -> Option<(&str, i64)> {
    let (list, rest) = path.split_once('[')?;
    let id = rest.strip_suffix(']')?.parse().ok()?;
    Some((list, id))
}

/// The rows with one of them as it was, and where it was if it had gone or moved.
fn row_taken_back(rows: &[Value], before: &[Value], id: i64) -> Vec<Value> {
    let Some(old) = by_id(before).get(&id).copied() else {
        return rows
            .iter()
            .filter(|row| row_id(row) != id)
            .cloned()
            .collect();
    };
    let now = by_id(rows);
    if now.get(&id).is_some_and(|row| *row != old) {
        return rows
            .iter()
            .map(|row| if row_id(row) == id { old } else { row })
            .cloned()
            .collect();
    }
    // It went, or it stands elsewhere: back behind the nearest row it stood behind.
    let mut wanted: Vec<Value> = rows
        .iter()
        .filter(|row| row_id(row) != id)
        .cloned()
        .collect();
    let ahead = before.iter().map(row_id).take_while(|other| *other != id);
    let place = ahead
        .filter_map(|other| wanted.iter().position(|row| row_id(row) == other))
        .last();
    wanted.insert(place.map_or(0, |at| at + 1), old.clone());
    wanted
}
