#![expect(clippy::unwrap_used, reason = "tests")]

use serde_json::{Map, Value, json};

use super::{Change, Diff, compare};
use crate::models::page::Kind;
use crate::models::page::card::Cards;

fn flat(value: Value) -> Map<String, Value> {
    value.as_object().unwrap().clone()
}

fn song(before: Value, after: Value) -> Diff {
    compare(Kind::Song, &flat(before), &flat(after), &Cards::default())
}

/// "word title: label before → after", a line for each value.
fn lines(diff: &Diff) -> Vec<String> {
    let mut lines = Vec::new();
    for field in &diff.fields {
        for row in &field.rows {
            let moved = row
                .moved
                .map(|(from, to)| format!(" from {from} to {to}"))
                .unwrap_or_default();
            lines.push(format!(
                "{} › {}: {}{moved}",
                field.label,
                row.title,
                row.change.word()
            ));
            for cell in &row.cells {
                lines.push(format!(
                    "  {}: {} {} → {} {}",
                    cell.label, cell.before.text, cell.before.raw, cell.after.text, cell.after.raw
                ));
            }
        }
    }
    lines
}

#[test]
fn rows_are_told_by_what_they_are_and_not_by_their_place() {
    let before = json!({
        "sources": [{"id": 1, "title": "Booklet"}],
        "credits": [
            {"id": 2, "role": "composer", "text": "K. Satoh"},
            {"id": 3, "role": "lyricist", "text": "Jee Hoon", "rank": "also"},
        ],
    });
    let after = json!({
        "sources": [{"id": 1, "title": "Booklet"}],
        "credits": [
            {"id": 4, "role": "composer", "text": "S. Matsumoto", "sources": [1]},
            {"id": 3, "role": "lyricist", "text": "Jee Hoon"},
        ],
    });
    let diff = song(before, after);
    assert_eq!(
        lines(&diff),
        [
            "Credits › Music › S. Matsumoto: added",
            "  Role:   → Music ",
            "  Name as text:   → S. Matsumoto ",
            "  Sources:   → Booklet ",
            "Credits › Lyrics › Jee Hoon: changed",
            "  Rank: Also claimed  → Preferred ",
            "Credits › Music › K. Satoh: removed",
            "  Role: Music  →  ",
            "  Name as text: K. Satoh  →  ",
        ]
    );
    assert_eq!(
        (
            diff.counts.rows_added,
            diff.counts.rows_changed,
            diff.counts.rows_removed,
            diff.counts.fields
        ),
        (1, 1, 1, 0)
    );
}

#[test]
fn a_row_in_another_place_moved_and_was_not_replaced() {
    let rows = |ids: [i64; 3]| {
        let names: Vec<Value> = ids
            .iter()
            .map(|id| json!({"id": id, "value": format!("N{id}"), "locale": "en", "kind": "alias"}))
            .collect();
        json!({"names": names})
    };
    let diff = song(rows([1, 2, 3]), rows([3, 1, 2]));
    assert_eq!(lines(&diff), ["Names › N3: moved from 3 to 1"]);
    assert_eq!(diff.counts.rows_moved, 1);
}

#[test]
fn dates_are_told_both_ways_and_lists_in_words() {
    let diff = compare(
        Kind::Drama,
        &flat(json!({"kind": "series", "first_aired": "2016-12", "moods": ["sad"]})),
        &flat(
            json!({"kind": "web", "first_aired": "2016-12-02", "moods": ["sad", "dark"], "unverified": ["first_aired"]}),
        ),
        &Cards::default(),
    );
    assert_eq!(
        lines(&diff),
        [
            "Kind › : changed",
            "  Kind: Series  → Web drama ",
            "First aired › : changed",
            "  First aired: December 2016 2016-12 → 2 December 2016 2016-12-02",
            "Moods › : changed",
            "  Moods: Sad  → Sad, Dark ",
            "Unverified › : added",
            "  Unverified:   → First aired ",
        ]
    );
    assert_eq!(diff.counts.fields, 4);
}

#[test]
fn contents_that_are_the_same_do_not_differ() {
    let content = json!({"kind": "series", "prose": "Words.", "names": [{"id": 1, "value": "X"}]});
    assert!(song(content.clone(), content).is_empty());
}

#[test]
fn a_page_that_is_gone_is_told_by_its_number() {
    let diff = song(
        json!({}),
        json!({"uses": [{"id": 1, "drama": "drama#77", "role": "insert"}]}),
    );
    assert_eq!(
        diff.fields.first().unwrap().rows.first().unwrap().change,
        Change::Added
    );
    assert_eq!(
        diff.fields.first().unwrap().rows.first().unwrap().title,
        "a page that was taken away (drama#77)"
    );
}

#[test]
fn a_diff_without_end_is_cut_and_says_so() {
    let names: Vec<Value> = (1..=1000)
        .map(|id| json!({"id": id, "value": "x"}))
        .collect();
    let diff = song(json!({}), json!({"names": names, "remake_of": "x"}));
    let field = diff.fields.first().unwrap();
    assert_eq!((field.rows.len(), field.more), (400, 600));
    assert_eq!(diff.counts.rows_added, 1000);
}
