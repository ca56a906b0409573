//! Rules that hold for every kind of page.

use std::collections::HashSet;
use std::fmt;

use serde_json::{Map, Value};
use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::models::name::NameKind;
use crate::models::page::content::Faults;
use crate::models::page::document::{Document, PROSE, row_lists};
use crate::text::language;
use crate::text::letters;
use crate::text::markdown;

/// Longest name, in bytes.
pub const MAX_NAME: usize = 255;
/// Longest other line of text in a field, in bytes.
pub const MAX_TEXT: usize = 2_000;
/// Most rows in one list.
pub const MAX_ROWS: usize = 2_000;

/// Puts every text into NFC: one spelling for one word, and nothing lost (NFKC would take Korean letters apart). Says whether anything was
/// spelt otherwise.
pub fn normalise(map: &mut Map<String, Value>) -> bool {
    normalise_all(map.values_mut())
}

fn normalise_all<'a>(values: impl Iterator<Item = &'a mut Value>) -> bool {
    let mut is_changed = false;
    for value in values {
        is_changed |= normalise_value(value);
    }
    is_changed
}

fn normalise_value(value: &mut Value) -> bool {
    match value {
        Value::String(text) if !is_nfc(text) => {
            *text = text.nfc().collect();
            true
        }
        Value::Array(items) => normalise_all(items.iter_mut()),
        Value::Object(map) => normalise(map),
        _ => false,
    }
}

/// Checks names, links, sources, claims, prose, and what every row of every list must keep to; `flat` is the document's flat form.
pub fn head(document: &Document, flat: &Map<String, Value>, faults: &mut Faults) {
    names(document, faults);
    for (at, link) in document.head.links.iter().enumerate() {
        if !(link.url.starts_with("https://") || link.url.starts_with("http://")) {
            faults.add(
                format!("links[{at}].url"),
                "A link starts with https:// or http://.",
            );
        }
    }
    for (at, source) in document.head.sources.iter().enumerate() {
        if source.citation().is_empty() && source.url.is_empty() {
            faults.add(
                format!("sources[{at}]"),
                "A source needs a title, a publisher or an address.",
            );
        }
        if !(source.url.is_empty()
            || source.url.starts_with("https://")
            || source.url.starts_with("http://"))
        {
            faults.add(
                format!("sources[{at}].url"),
                "The address of a source starts with https:// or http://.",
            );
        }
    }
    if let Err(error) = markdown::parse(&document.prose) {
        faults.add(PROSE, error.to_string());
    }
    let cited: HashSet<i64> = document
        .head
        .sources
        .iter()
        .map(|source| source.id)
        .collect();
    for list in row_lists(document.kind()) {
        let rows = flat
            .get(list)
            .and_then(Value::as_array)
            .map(Vec::as_slice)
            .unwrap_or_default();
        if rows.len() > MAX_ROWS {
            faults.add(
                list,
                format!("A page holds at most {MAX_ROWS} rows in this list."),
            );
        }
        for (at, row) in rows.iter().enumerate() {
            evidence(&Path::Field(list).row(at), row, &cited, faults);
        }
    }
    for (key, value) in flat {
        if key != PROSE {
            texts(&Path::Field(key), value, faults);
        }
    }
}

/// Where a value stands, put into words only where something is wrong with it: there are hundreds in a page.
enum Path<'a> {
    Field(&'a str),
    Row(&'a Path<'a>, usize),
    Inner(&'a Path<'a>, &'a str),
}

impl<'a> Path<'a> {
    fn row(&'a self, at: usize) -> Self {
        Self::Row(self, at)
    }

    fn inner(&'a self, key: &'a str) -> Self {
        Self::Inner(self, key)
    }
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Field(key) => f.write_str(key),
            Self::Row(of, at) => write!(f, "{of}[{at}]"),
            Self::Inner(of, key) => write!(f, "{of}.{key}"),
        }
    }
}

fn names(document: &Document, faults: &mut Faults) {
    let names = &document.head.names;
    if names.is_empty() {
        faults.add("names", "A page needs at least one name.");
    }
    let mut primary = HashSet::new();
    for (at, name) in names.iter().enumerate() {
        let path = format!("names[{at}]");
        if name.value.trim().is_empty() {
            faults.add(
                format!("{path}.value"),
                "Give the name, or take the row away.",
            );
        }
        // A stylised spelling is one to find the page by, and never its title.
        let is_spelling = matches!(name.kind, NameKind::Alias | NameKind::SearchHint);
        if !is_spelling && letters::imitates(&name.value) {
            faults.add(
                format!("{path}.value"),
                "A word of this name mixes alphabets whose letters look alike, such as Latin with Cyrillic or Greek. Write it in one; \
                 a stylised spelling goes into a row of its own, as an alias.",
            );
        }
        if name.value.len() > MAX_NAME {
            faults.add(
                format!("{path}.value"),
                format!("A name holds at most {MAX_NAME} bytes."),
            );
        }
        if name.locale.is_empty() {
            faults.add(
                format!("{path}.locale"),
                "Say which language the name is in: en, ko, ko-Latn, ja …",
            );
        }
        if !name.locale.is_empty() && !language::is_tag(&name.locale) {
            faults.add(format!("{path}.locale"), language::not_a_tag(&name.locale));
        }
        if name.primary && name.kind == NameKind::SearchHint {
            faults.add(
                format!("{path}.primary"),
                "A search hint is never shown, so it cannot be the main name.",
            );
        }
        if name.primary && !primary.insert(&name.locale) {
            faults.add(
                format!("{path}.primary"),
                format!("There is another main name in {}. Keep one.", name.locale),
            );
        }
    }
}

/// A refuted row says why; a cited source exists.
fn evidence(path: &Path<'_>, row: &Value, cited: &HashSet<i64>, faults: &mut Faults) {
    let reason = row.get("reason").and_then(Value::as_str).unwrap_or("");
    if row.get("rank").and_then(Value::as_str) == Some("refuted") && reason.trim().is_empty() {
        faults.add(
            format!("{path}.reason"),
            "Say why the claim is refuted, so that nobody adds it back.",
        );
    }
    for source in row
        .get("sources")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        if !source.as_i64().is_some_and(|id| cited.contains(&id)) {
            faults.add(
                format!("{path}.sources"),
                format!("There is no source {source} in this page's list of sources."),
            );
        }
    }
}

/// No text is longer than its cap, holds control characters or hides something.
fn texts(path: &Path<'_>, value: &Value, faults: &mut Faults) {
    match value {
        Value::String(text) => {
            if text.len() > MAX_TEXT {
                faults.add(
                    path.to_string(),
                    format!("A text in a field holds at most {MAX_TEXT} bytes."),
                );
            }
            if text.chars().any(char::is_control) {
                faults.add(
                    path.to_string(),
                    "There is a control character or a line break in this text. Take it out.",
                );
            } else if letters::hides_something(text) {
                faults.add(
                    path.to_string(),
                    "There is something in this text that cannot be seen or that turns it round. Type it anew instead of pasting it.",
                );
            }
        }
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                texts(&path.row(at), item, faults);
            }
        }
        Value::Object(map) => {
            for (key, item) in map {
                texts(&path.inner(key), item, faults);
            }
        }
        _ => {}
    }
}
