//! Ids of rows: given out once in a page, and never to two rows.

use std::collections::{BTreeMap, HashSet};

use serde_json::{Map, Value};

use crate::models::page::Kind;
use crate::models::page::document::row_lists;

fn id_of(row: &Value) -> i64 {
    row.get("id").and_then(Value::as_i64).unwrap_or(0)
}

fn rows<'a>(content: &'a Map<String, Value>, list: &str) -> &'a [Value] {
    let rows = content.get(list).and_then(Value::as_array);
    rows.map(Vec::as_slice).unwrap_or_default()
}

fn set_id(row: &mut Value, id: i64) {
    if let Some(row) = row.as_object_mut() {
        row.shift_remove("id");
        row.shift_insert(0, "id".to_owned(), Value::from(id));
    }
}

/// Gives every row without one an id that was never used in this page. Answers the highest id given out so far, and whether any was.
pub(super) fn assign(kind: Kind, content: &mut Map<String, Value>, last_row: i64) -> (i64, bool) {
    let mut last = last_row;
    for list in row_lists(kind) {
        last = rows(content, list).iter().map(id_of).fold(last, i64::max);
    }
    let before = last;
    for list in row_lists(kind) {
        let mut seen = HashSet::new();
        let Some(rows) = content.get_mut(list).and_then(Value::as_array_mut) else {
            continue;
        };
        for row in rows {
            let id = id_of(row);
            if id > 0 && seen.insert(id) {
                continue;
            }
            last += 1;
            set_id(row, last);
        }
    }
    (last, last != before)
}

/// Two editors who began from the same revision give their new rows the same ids. Mine get others here, and what cites them follows.
/// Answers the highest id given out so far.
pub(super) fn renumber(
    kind: Kind,
    base: &Map<String, Value>,
    theirs: &Map<String, Value>,
    mine: &mut Map<String, Value>,
    last_row: i64,
) -> i64 {
    let mut last = last_row;
    let mut moved: BTreeMap<(&str, i64), i64> = BTreeMap::new();
    for list in row_lists(kind) {
        let was: HashSet<i64> = rows(base, list).iter().map(id_of).collect();
        let Some(mine) = mine.get_mut(list).and_then(Value::as_array_mut) else {
            continue;
        };
        for row in mine {
            let id = id_of(row);
            let other = rows(theirs, list).iter().find(|other| id_of(other) == id);
            // The same row from both is one save sent twice.
            if was.contains(&id) || other.is_none_or(|other| other == row) {
                continue;
            }
            last += 1;
            moved.insert((list, id), last);
            set_id(row, last);
        }
    }
    if !moved.is_empty() {
        for list in row_lists(kind) {
            for row in mine
                .get_mut(list)
                .and_then(Value::as_array_mut)
                .into_iter()
                .flatten()
            {
                follow(row, &moved);
            }
        }
    }
    last
}

/// Changes what a row cites.
fn follow(row: &mut Value, moved: &BTreeMap<(&str, i64), i64>) {
    let new = |list: &'static str, id: &Value| {
        let id = moved.get(&(list, id.as_i64()?))?;
        Some(Value::from(*id))
    };
    for id in row
        .get_mut("sources")
        .and_then(Value::as_array_mut)
        .into_iter()
        .flatten()
    {
        if let Some(new) = new("sources", id) {
            *id = new;
        }
    }
    if let Some(id) = row.get_mut("version")
        && let Some(new) = new("versions", id)
    {
        *id = new;
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use serde_json::{Map, Value, json};

    use super::renumber;
    use crate::models::page::Kind;

    fn map(value: Value) -> Map<String, Value> {
        serde_json::from_value(value).unwrap()
    }

    #[test]
    fn a_new_source_of_mine_keeps_what_cites_it() {
        let base = map(json!({"credits": [{"id": 1, "role": "composer", "text": "A"}]}));
        let theirs = map(
            json!({"credits": [{"id": 1, "role": "composer", "text": "A"}], "sources": [{"id": 2, "title": "Theirs"}]}),
        );
        let mut mine = map(json!({
            "credits": [{"id": 1, "role": "composer", "text": "A", "sources": [2]}],
            "sources": [{"id": 2, "title": "Mine"}],
        }));
        assert_eq!(renumber(Kind::Song, &base, &theirs, &mut mine, 2), 3);
        let expected = map(json!({
            "credits": [{"id": 1, "role": "composer", "text": "A", "sources": [3]}],
            "sources": [{"id": 3, "title": "Mine"}],
        }));
        assert_eq!(mine, expected);
    }

    #[test]
    fn a_save_sent_twice_keeps_its_numbers() {
        let theirs = map(json!({"sources": [{"id": 2, "title": "Mine"}]}));
        let mut mine = theirs.clone();
        assert_eq!(renumber(Kind::Song, &Map::new(), &theirs, &mut mine, 2), 2);
        assert_eq!(mine, theirs);
    }
}
