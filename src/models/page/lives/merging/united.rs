//! What two pages say, as one.

use std::collections::HashMap;

use serde_json::{Map, Value};

use crate::models::name::NameKind;
use crate::models::page::Kind;
use crate::models::page::creation::TELLS_APART;
use crate::models::page::document::row_lists;
use crate::text::romanise;

/// Row ids of the page that goes, by list, with those its rows have in the page that stays.
type Moved = HashMap<(String, i64), i64>;

/// Adds to `stays` what only `goes` says: rows that are not there yet, with new ids above `last_row`, names as aliases; single values where
/// there is none; words of a list that are missing. Where both say something else, the page that stays is right.
pub fn unite(kind: Kind, stays: &mut Map<String, Value>, goes: &Map<String, Value>, last_row: i64) {
    let mut lists: Vec<&str> = row_lists(kind).collect();
    // What other rows name comes first.
    lists.sort_by_key(|list| match *list {
        "sources" => 0,
        "versions" => 1,
        _ => 2,
    });
    let mut next = last_row;
    let mut moved = Moved::new();
    for list in &lists {
        for row in rows(goes, list) {
            let Some(id) = row.get("id").and_then(Value::as_i64) else {
                continue;
            };
            let row = adapted(list, row, &moved);
            if let Some(same) = same(stays, list, &row) {
                moved.insert(((*list).to_owned(), id), same);
                continue;
            }
            next += 1;
            moved.insert(((*list).to_owned(), id), next);
            push(stays, list, row, next);
        }
    }
    for (key, value) in goes {
        if lists.contains(&key.as_str()) || key == TELLS_APART {
            continue;
        }
        match (stays.get_mut(key), value) {
            (None, value) => {
                stays.insert(key.clone(), value.clone());
            }
            (Some(Value::Array(ours)), Value::Array(theirs)) => {
                let missing = theirs.iter().filter(|word| !ours.contains(word));
                let missing: Vec<Value> = missing.cloned().collect();
                ours.extend(missing);
            }
            _ => {}
        }
    }
}

fn rows<'a>(
    flat: &'a Map<String, Value>,
    list: &str,
) -> impl Iterator<Item = &'a Map<String, Value>> {
    let rows = flat.get(list).and_then(Value::as_array);
    rows.into_iter().flatten().filter_map(Value::as_object)
}

/// A row as it stands in the page that stays: it names that page's sources and versions, and a name is an alias there.
fn adapted(list: &str, row: &Map<String, Value>, moved: &Moved) -> Map<String, Value> {
    let mut row = row.clone();
    let now = |list: &str, id: &Value| {
        let id = id.as_i64()?;
        moved.get(&(list.to_owned(), id)).map(|id| Value::from(*id))
    };
    if let Some(Value::Array(sources)) = row.get_mut("sources") {
        for source in sources.iter_mut() {
            if let Some(id) = now("sources", source) {
                *source = id;
            }
        }
    }
    // The versions a track names are another page's.
    if list != "tracks"
        && let Some(version) = row.get_mut("version")
        && let Some(id) = now("versions", version)
    {
        *version = id;
    }
    if list == "names" {
        row.shift_remove("primary");
        let is_official =
            row.get("kind").and_then(Value::as_str) == Some(NameKind::Official.as_str());
        if is_official {
            row.insert("kind".to_owned(), NameKind::Alias.as_str().into());
        }
    }
    row
}

/// The row of the page that stays which says the same already.
fn same(stays: &Map<String, Value>, list: &str, row: &Map<String, Value>) -> Option<i64> {
    let text = |row: &Map<String, Value>, key: &str| {
        row.get(key)
            .and_then(Value::as_str)
            .map(str::to_owned)
            .unwrap_or_default()
    };
    let found = rows(stays, list).find(|other| match list {
        "names" => {
            text(other, "locale") == text(row, "locale")
                && romanise::norm(&text(other, "value")) == romanise::norm(&text(row, "value"))
        }
        _ => {
            let without_id = |row: &Map<String, Value>| {
                let mut row = row.clone();
                row.shift_remove("id");
                row
            };
            without_id(other) == without_id(row)
        }
    });
    found.and_then(|row| row.get("id")).and_then(Value::as_i64)
}

fn push(stays: &mut Map<String, Value>, list: &str, mut row: Map<String, Value>, id: i64) {
    row.insert("id".to_owned(), Value::from(id));
    let rows = stays
        .entry(list.to_owned())
        .or_insert_with(|| Value::Array(Vec::new()));
    if let Value::Array(rows) = rows {
        rows.push(Value::Object(row));
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use serde_json::{Map, Value, json};

    use super::unite;
    use crate::models::page::Kind;

    fn map(value: Value) -> Map<String, Value> {
        serde_json::from_value(value).unwrap()
    }

    #[test]
    fn the_page_that_stays_takes_over_what_it_lacks() {
        let mut stays = map(json!({
            "names": [{"id": 1, "value": "Hush", "locale": "en", "kind": "official", "primary": true}],
            "sources": [{"id": 2, "title": "Billboard"}],
            "credits": [{"id": 3, "role": "composer", "text": "A", "sources": [2]}],
            "moods": ["sad"], "remake_of": "Ours"
        }));
        let goes = map(json!({
            "names": [{"id": 1, "value": "hush!", "locale": "en", "kind": "official", "primary": true},
                      {"id": 2, "value": "쉿", "locale": "ko", "kind": "official", "primary": true}],
            "sources": [{"id": 5, "title": "Billboard"}, {"id": 6, "title": "Melon"}],
            "credits": [{"id": 3, "role": "composer", "text": "A", "sources": [5]},
                        {"id": 4, "role": "lyricist", "text": "B", "sources": [6]}],
            "moods": ["sad", "tender"], "remake_of": "Theirs", "disambiguation": "the other", "prose": "Words.\n"
        }));
        unite(Kind::Song, &mut stays, &goes, 10);
        let wanted = map(json!({
            "names": [{"id": 1, "value": "Hush", "locale": "en", "kind": "official", "primary": true},
                      {"id": 12, "value": "쉿", "locale": "ko", "kind": "alias"}],
            "sources": [{"id": 2, "title": "Billboard"}, {"id": 11, "title": "Melon"}],
            "credits": [{"id": 3, "role": "composer", "text": "A", "sources": [2]},
                        {"id": 13, "role": "lyricist", "text": "B", "sources": [11]}],
            "moods": ["sad", "tender"], "remake_of": "Ours", "prose": "Words.\n"
        }));
        assert_eq!(stays, wanted);
        let before = stays.clone();
        unite(Kind::Song, &mut stays, &goes, 13);
        assert_eq!(stays, before, "a second time adds nothing");
    }
}
