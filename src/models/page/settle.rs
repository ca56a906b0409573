//! Collisions settled by an editor: for each field, theirs or mine.

use std::collections::BTreeMap;

use diesel::prelude::*;
use serde_json::{Map, Value};

use crate::db::Conn;
use crate::models::page::revision::Revision;
use crate::schema::revisions;

/// Whose value is to stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Theirs,
    Mine,
}

/// Prepares a merge so that these fields no longer collide: where theirs is to stay, mine says the same; where mine is, theirs counts as what
/// both began with. Fields without a choice collide again.
pub fn settle(
    base: &mut Map<String, Value>,
    theirs: &Map<String, Value>,
    mine: &mut Map<String, Value>,
    choices: &BTreeMap<String, Side>,
) {
    for (path, side) in choices {
        let value = at(theirs, path).cloned();
        match side {
            Side::Theirs => set(mine, path, value),
            Side::Mine => set(base, path, value),
        }
    }
}

/// Whether everything saved after a revision was saved by this one editor, and something was: then an edit collides with nobody else's.
pub fn is_own(conn: &mut Conn, base: &Revision, author: &str) -> QueryResult<bool> {
    let since: Vec<String> = revisions::table
        .filter(revisions::page_id.eq(base.page_id))
        .filter(revisions::number.gt(base.number))
        .select(revisions::author)
        .distinct()
        .order(revisions::author)
        .limit(2)
        .load(conn)?;
    Ok(since == [author])
}

/// `credits[12].role`: list, row, field.
fn steps(path: &str) -> (&str, Option<i64>, Option<&str>) {
    let Some((list, rest)) = path.split_once('[') else {
        return (path, None, None);
    };
    let (id, field) = rest.split_once(']').unwrap_or((rest, ""));
    (list, id.parse().ok(), field.strip_prefix('.'))
}

fn has_id(row: &Value, id: i64) -> bool {
    row.get("id").and_then(Value::as_i64) == Some(id)
}

/// The value at a path of a collision.
fn at<'a>(content: &'a Map<String, Value>, path: &str) -> Option<&'a Value> {
    let (key, row, field) = steps(path);
    let value = content.get(key)?;
    let Some(id) = row else { return Some(value) };
    let row = value.as_array()?.iter().find(|row| has_id(row, id))?;
    field.map_or(Some(row), |field| row.get(field))
}

fn set(content: &mut Map<String, Value>, path: &str, value: Option<Value>) {
    let (key, row, field) = steps(path);
    let Some(id) = row else {
        return put(content, key, value);
    };
    let rows = content
        .entry(key)
        .or_insert_with(|| Value::Array(Vec::new()))
        .as_array_mut();
    let Some(rows) = rows else { return };
    let found = rows.iter().position(|row| has_id(row, id));
    match (found, field, value) {
        (Some(at), Some(field), value) => {
            if let Some(row) = rows.get_mut(at).and_then(Value::as_object_mut) {
                put(row, field, value);
            }
        }
        (Some(at), None, Some(value)) => {
            if let Some(row) = rows.get_mut(at) {
                *row = value;
            }
        }
        (Some(at), None, None) => {
            rows.remove(at);
        }
        (None, None, Some(value)) => rows.push(value),
        (None, ..) => {}
    }
}

fn put(map: &mut Map<String, Value>, key: &str, value: Option<Value>) {
    match value {
        Some(value) => {
            map.insert(key.to_owned(), value);
        }
        None => {
            map.shift_remove(key);
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use serde_json::{Map, Value, json};

    use super::{Side, settle};
    use crate::models::page::Kind;
    use crate::models::page::merge::merge;

    fn map(value: Value) -> Map<String, Value> {
        serde_json::from_value(value).unwrap()
    }

    #[test]
    fn every_collision_can_be_settled_either_way() {
        let base = map(
            json!({"episodes": 16, "credits": [{"id": 1, "role": "composer"}, {"id": 2, "role": "writer"}], "prose": "One.\n"}),
        );
        let theirs = map(
            json!({"episodes": 17, "credits": [{"id": 1, "role": "lyricist"}], "prose": "Two.\n"}),
        );
        let mine = map(
            json!({"episodes": 18, "credits": [{"id": 1, "role": "arranger"}, {"id": 2, "role": "director"}], "prose": "Three.\n"}),
        );
        let collisions = merge(Kind::Drama, &base, &theirs, &mine).unwrap_err();
        let paths: Vec<&str> = collisions
            .iter()
            .map(|collision| collision.path.as_str())
            .collect();
        assert_eq!(
            paths,
            ["episodes", "credits[1].role", "credits[2]", "prose"]
        );
        for (side, expected) in [(Side::Theirs, &theirs), (Side::Mine, &mine)] {
            let choices = paths
                .iter()
                .map(|path| ((*path).to_owned(), side))
                .collect();
            let (mut base, mut mine) = (base.clone(), mine.clone());
            settle(&mut base, &theirs, &mut mine, &choices);
            assert_eq!(
                merge(Kind::Drama, &base, &theirs, &mine).as_ref(),
                Ok(expected),
                "{side:?}"
            );
        }
    }
}
