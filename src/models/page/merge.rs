//! Three-way merge: field by field, rows by their id, prose by line. Only what two editors changed differently collides.

use serde_json::{Map, Value};

use crate::models::page::Kind;
use crate::models::page::document::{PROSE, row_lists};

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
        let mut ids: Vec<i64> = Vec::new();
        for row in old.iter().chain(new) {
            if !ids.contains(&row_id(row)) {
                ids.push(row_id(row));
            }
        }
        let differing: Vec<String> = ids
            .into_iter()
            .filter(|id| find(old, *id) != find(new, *id))
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
fn keys<'a>(maps: &[&'a Map<String, Value>]) -> Vec<&'a str> {
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

fn rows_of(value: Option<&Value>) -> &[Value] {
    value
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default()
}

fn row_id(row: &Value) -> i64 {
    row.get("id").and_then(Value::as_i64).unwrap_or(0)
}

fn find(rows: &[Value], id: i64) -> Option<&Value> {
    rows.iter().find(|row| row_id(row) == id)
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

/// Rows: kept in their order, with mine added at the end; a row removed on one side and edited on the other collides.
fn merge_rows(
    list: &str,
    base: &[Value],
    theirs: &[Value],
    mine: &[Value],
    collisions: &mut Vec<Collision>,
) -> Vec<Value> {
    let mut merged: Vec<Value> = Vec::new();
    let mut taken = merged_order(base, theirs, mine);
    let mut last = base
        .iter()
        .chain(theirs)
        .chain(mine)
        .map(row_id)
        .max()
        .unwrap_or(0);
    for id in taken.drain(..) {
        let (b, t, m) = (find(base, id), find(theirs, id), find(mine, id));
        let path = format!("{list}[{id}]");
        match (b, t, m) {
            (None, Some(t), Some(m)) if t != m => {
                // Both added a row and were given the same number: two rows, the second with a number of its own.
                merged.push(t.clone());
                last += 1;
                let mut row = m.clone();
                if let Some(row) = row.as_object_mut() {
                    row.insert("id".to_owned(), Value::from(last));
                }
                merged.push(row);
            }
            (Some(Value::Object(b)), Some(Value::Object(t)), Some(Value::Object(m))) => {
                let mut row = Map::new();
                for key in keys(&[t, m, b]) {
                    let path = format!("{path}.{key}");
                    if let Some(value) =
                        merge_value(&path, b.get(key), t.get(key), m.get(key), collisions)
                    {
                        row.insert(key.to_owned(), value);
                    }
                }
                merged.push(Value::Object(row));
            }
            _ => merged.extend(merge_value(&path, b, t, m, collisions)),
        }
    }
    merged
}

/// Their order, unless only I moved rows; rows the other side does not have follow at the end.
fn merged_order(base: &[Value], theirs: &[Value], mine: &[Value]) -> Vec<i64> {
    let common = |rows: &[Value]| -> Vec<i64> {
        rows.iter()
            .map(row_id)
            .filter(|id| find(base, *id).is_some())
            .collect()
    };
    let untouched = |rows: &[Value]| -> bool {
        let kept = common(rows);
        let was: Vec<i64> = base
            .iter()
            .map(row_id)
            .filter(|id| kept.contains(id))
            .collect();
        was == kept
    };
    let (first, second) = if untouched(theirs) {
        (mine, theirs)
    } else {
        (theirs, mine)
    };
    let mut order: Vec<i64> = Vec::new();
    for row in first.iter().chain(second) {
        if !order.contains(&row_id(row)) {
            order.push(row_id(row));
        }
    }
    order
}

/// Prose by line, after the whole-text cases are out of the way.
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
    match diffy::merge(&text(base), &text(theirs), &text(mine)) {
        Ok(merged) => Some(Value::String(merged)),
        Err(_marked) => collide(PROSE, base, theirs, mine, collisions),
    }
}
