//! Edits as editors make them, drawn by chance: a value, a row added, removed, moved or edited, a paragraph.

use proptest::prelude::*;
use serde_json::{Map, Value, json};
use yeoun::models::page::Kind;

/// One edit. Numbers pick a place among those there are.
#[derive(Debug, Clone)]
pub enum Change {
    Value(String),
    Disambiguation(String),
    AddRow(usize, String),
    RemoveRow(usize, usize),
    MoveRow(usize, usize, usize),
    EditRow(usize, usize, String),
    AddParagraph(usize, String),
    EditParagraph(usize, String),
    RemoveParagraph(usize),
}

/// Words nobody else writes.
fn word() -> impl Strategy<Value = String> {
    (
        0..100_000_u32,
        prop_oneof![Just("비"), Just("x"), Just("말 & <b>")],
    )
        .prop_map(|(number, kind)| format!("{kind}{number}z"))
}

/// Up to `most` edits.
pub fn changes(most: usize) -> impl Strategy<Value = Vec<Change>> {
    let one = prop_oneof![
        word().prop_map(Change::Value),
        word().prop_map(Change::Disambiguation),
        (any::<usize>(), word()).prop_map(|(list, word)| Change::AddRow(list, word)),
        (any::<usize>(), any::<usize>()).prop_map(|(list, row)| Change::RemoveRow(list, row)),
        (any::<usize>(), any::<usize>(), any::<usize>())
            .prop_map(|(list, row, to)| Change::MoveRow(list, row, to)),
        (any::<usize>(), any::<usize>(), word())
            .prop_map(|(list, row, word)| Change::EditRow(list, row, word)),
        (any::<usize>(), word()).prop_map(|(at, word)| Change::AddParagraph(at, word)),
        (any::<usize>(), word()).prop_map(|(at, word)| Change::EditParagraph(at, word)),
        any::<usize>().prop_map(Change::RemoveParagraph),
    ];
    proptest::collection::vec(one, 1..=most)
}

/// A single value of the kind that takes any text.
fn value_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Drama => "networks",
        Kind::Song => "remake_of",
        Kind::Artist => "agency",
        Kind::Album => "label",
        Kind::Article => "summary",
    }
}

/// Lists of the kind whose rows come and go freely, each with a text that may say anything.
fn lists_of(kind: Kind) -> &'static [(&'static str, &'static str)] {
    match kind {
        Kind::Drama => &[
            ("links", "label"),
            ("credits", "detail"),
            ("cast", "character"),
        ],
        Kind::Song => &[
            ("links", "label"),
            ("credits", "detail"),
            ("cues", "description"),
            ("uses", "note"),
        ],
        Kind::Artist => &[("links", "label"), ("members", "text")],
        Kind::Album => &[("links", "label"), ("tracks", "title")],
        Kind::Article => &[("links", "label")],
    }
}

/// A new row that is right by itself.
fn row(list: &str, word: &str) -> Value {
    match list {
        "links" => json!({"site": "official", "url": "https://example.org/", "label": word}),
        "credits" => json!({"role": "composer", "text": word, "unverified": true}),
        "cast" => json!({"character": word, "unverified": true}),
        "cues" => json!({"drama": "drama:goblin", "description": word, "unverified": true}),
        "uses" => json!({"drama": "drama:goblin", "note": word, "unverified": true}),
        "members" => json!({"text": word, "unverified": true}),
        _ => json!({"title": word, "unverified": true}),
    }
}

/// Makes the edits, in turn. New rows are numbered from `first_row`, or left for the store to number where that is none.
pub fn apply(
    kind: Kind,
    content: &Map<String, Value>,
    changes: &[Change],
    mut first_row: Option<i64>,
) -> Map<String, Value> {
    let mut content = content.clone();
    for change in changes {
        match change {
            Change::Value(word) if kind == Kind::Drama => {
                content.insert(value_of(kind).to_owned(), json!([word]));
            }
            Change::Value(word) => {
                content.insert(value_of(kind).to_owned(), json!(word));
            }
            Change::Disambiguation(word) => {
                content.insert("disambiguation".to_owned(), json!(word));
            }
            Change::AddParagraph(..) | Change::EditParagraph(..) | Change::RemoveParagraph(_) => {
                paragraph(&mut content, change);
            }
            Change::AddRow(list, _)
            | Change::RemoveRow(list, _)
            | Change::MoveRow(list, ..)
            | Change::EditRow(list, ..) => {
                let lists = lists_of(kind);
                rows(
                    &mut content,
                    lists[list % lists.len()],
                    change,
                    &mut first_row,
                );
            }
        }
    }
    content
}

fn rows(
    content: &mut Map<String, Value>,
    (list, text): (&str, &str),
    change: &Change,
    next_row: &mut Option<i64>,
) {
    let mut rows: Vec<Value> = content
        .get(list)
        .and_then(Value::as_array)
        .cloned()
        .unwrap_or_default();
    match change {
        Change::AddRow(at, word) => {
            let mut new = row(list, word);
            if let Some(id) = next_row {
                new["id"] = json!(id);
                *id += 1;
            }
            let at = (at / 7) % (rows.len() + 1);
            rows.insert(at, new);
        }
        Change::RemoveRow(_, at) if !rows.is_empty() => {
            rows.remove(at % rows.len());
        }
        Change::MoveRow(_, from, to) if !rows.is_empty() => {
            let moved = rows.remove(from % rows.len());
            rows.insert(to % (rows.len() + 1), moved);
        }
        Change::EditRow(_, at, word) if !rows.is_empty() => {
            let at = at % rows.len();
            // Somebody named as a page has no name as text.
            if !(text == "text" && rows[at].get("artist").is_some()) {
                rows[at][text] = json!(word);
            }
        }
        _ => {}
    }
    if rows.is_empty() {
        content.shift_remove(list);
    } else {
        content.insert(list.to_owned(), Value::Array(rows));
    }
}

fn paragraph(content: &mut Map<String, Value>, change: &Change) {
    let text = content.get("prose").and_then(Value::as_str).unwrap_or("");
    let mut list: Vec<String> = text
        .trim_end()
        .split("\n\n")
        .filter(|paragraph| !paragraph.is_empty())
        .map(str::to_owned)
        .collect();
    match change {
        Change::AddParagraph(at, word) => {
            list.insert(at % (list.len() + 1), format!("The {word} of it."))
        }
        Change::EditParagraph(at, word) if !list.is_empty() => {
            let at = at % list.len();
            list[at].push_str(&format!(" {word}"));
        }
        Change::RemoveParagraph(at) if !list.is_empty() => {
            list.remove(at % list.len());
        }
        _ => {}
    }
    if list.is_empty() {
        content.shift_remove("prose");
    } else {
        content.insert(
            "prose".to_owned(),
            json!(format!("{}\n", list.join("\n\n"))),
        );
    }
}
