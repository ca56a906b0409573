//! Numbers of rows: each is given out once in the life of a page.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use crate::models::page::Kind;
use crate::models::page::document::row_lists;
use crate::models::page::merge::{by_id, row_id, rows_of};

/// Gives every row without one an id that was never used in this page, and answers the highest id given out so far.
pub fn assign(kind: Kind, content: &mut Map<String, Value>, last_row: i64) -> i64 {
    let mut last = last_row;
    for list in row_lists(kind) {
        last = rows_of(content.get(list))
            .iter()
            .map(row_id)
            .fold(last, i64::max);
    }
    for list in row_lists(kind) {
        let mut seen = HashSet::new();
        for row in rows_mut(content, list) {
            let id = row_id(row);
            if id > 0 && seen.insert(id) {
                continue;
            }
            last += 1;
            number(row, last);
        }
    }
    last
}

/// Where I gave a new row a number that somebody else has given to another meanwhile, mine gets a new one, and whatever in my content
/// points at it follows. Answers the highest id given out so far.
pub fn give_way(
    kind: Kind,
    base: &Map<String, Value>,
    theirs: &Map<String, Value>,
    mine: &mut Map<String, Value>,
    last_row: i64,
) -> i64 {
    let mut last = rows_of_all(kind, theirs).fold(last_row, i64::max);
    for list in row_lists(kind) {
        let known = by_id(rows_of(base.get(list)));
        let taken = by_id(rows_of(theirs.get(list)));
        let mut renamed: HashMap<i64, i64> = HashMap::new();
        for row in rows_mut(mine, list) {
            let id = row_id(row);
            let other = taken.get(&id).filter(|_| !known.contains_key(&id));
            if other.is_some_and(|other| **other != *row) {
                last += 1;
                renamed.insert(id, last);
                number(row, last);
            }
        }
        if !renamed.is_empty() {
            follow(kind, mine, list, &renamed);
        }
    }
    last
}

/// What points at rows: `sources` of every row at the sources, `version` of credits and scenes at the versions.
fn follow(kind: Kind, content: &mut Map<String, Value>, list: &str, renamed: &HashMap<i64, i64>) {
    let key = match list {
        "sources" => "sources",
        "versions" => "version",
        _ => return,
    };
    let new = |value: &mut Value| {
        if let Some(id) = value.as_i64().and_then(|id| renamed.get(&id)) {
            *value = Value::from(*id);
        }
    };
    for other in row_lists(kind) {
        for row in rows_mut(content, other) {
            match row.get_mut(key) {
                Some(Value::Array(items)) => items.iter_mut().for_each(new),
                // A track's version is a row of the song's page, not of this one.
                Some(value) if other != "tracks" => new(value),
                _ => {}
            }
        }
    }
}

fn rows_of_all(kind: Kind, content: &Map<String, Value>) -> impl Iterator<Item = i64> {
    row_lists(kind).flat_map(|list| rows_of(content.get(list)).iter().map(row_id))
}

fn rows_mut<'a>(
    content: &'a mut Map<String, Value>,
    list: &str,
) -> impl Iterator<Item = &'a mut Value> {
    content
        .get_mut(list)
        .and_then(Value::as_array_mut)
        .into_iter()
        .flatten()
}

fn number(row: &mut Value, id: i64) {
    if let Some(row) = row.as_object_mut() {
        row.shift_remove("id");
        row.shift_insert(0, "id".to_owned(), Value::from(id));
    }
}
