//! One field at a time: the text typed as the value kept, or what is wrong with it.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::models::cue::EpisodePart;
use crate::models::page::named::Named;
use crate::text::dates::PartialDate;
use crate::text::timecode::{Length, Timecode};

use super::links::site;
use super::read::Reading;
use super::table::{Field, Input, List};
use super::typed::{FieldName, Row, Texts, Typed, text};

/// Reads values into a content; what names pages is read in `references.rs`.
pub(super) struct Reader<'a> {
    pub(super) reading: Reading,
    pub(super) named: &'a Named,
    /// Ids of the sources, in the order their numbers are counted; 0 for a row with nothing in it.
    pub(super) sources: Vec<i64>,
    /// Ids of the versions by the key of their row.
    pub(super) versions: BTreeMap<String, i64>,
}

impl Reader<'_> {
    /// Reads a list.
    pub(super) fn list(
        &mut self,
        list: &'static List,
        typed: &Typed,
        base: &Map<String, Value>,
        id_of: &dyn Fn(&Row) -> Option<i64>,
    ) {
        let before = base
            .get(list.key)
            .and_then(Value::as_array)
            .map(Vec::as_slice)
            .unwrap_or_default();
        let mut rows = Vec::new();
        let mut keys = Vec::new();
        for row in typed.rows(list.key) {
            let Some(id) = id_of(row) else { continue };
            // What the form does not ask for stays as it is.
            let was = before
                .iter()
                .find(|old| old.get("id").and_then(Value::as_i64) == Some(id));
            let mut value = was.and_then(Value::as_object).cloned().unwrap_or_default();
            value.insert("id".to_owned(), Value::from(id));
            let prefix = format!("{}.{}.", list.key, row.key);
            for field in list.fields {
                self.value(field, &prefix, &row.texts, &mut value);
            }
            rows.push(Value::Object(value));
            keys.push(row.key.clone());
        }
        self.reading.keys.insert(list.key.to_owned(), keys);
        put(
            &mut self.reading.flat,
            list.key,
            (!rows.is_empty()).then_some(Value::Array(rows)),
        );
    }

    /// Reads one field into its row.
    pub(super) fn value(
        &mut self,
        field: &Field,
        prefix: &str,
        texts: &Texts,
        row: &mut Map<String, Value>,
    ) {
        let name = FieldName {
            prefix,
            key: field.key,
        };
        let typed = text(texts, field.key).trim();
        let words = || (!typed.is_empty()).then(|| Value::String(typed.to_owned()));
        let was = row.get(field.key);
        let value = match field.input {
            Input::Line => words(),
            Input::Url => self.source(typed, name, was),
            Input::Link => self.link(typed, name, was),
            Input::Site => site(typed, row),
            Input::Lines => (!typed.is_empty()).then(|| Value::String(one_line(typed))),
            Input::Prose => prose(text(texts, field.key)),
            Input::Choice(..) if typed == "preferred" => None,
            // What was chosen before needs no looking up.
            Input::Choice(..) if was.is_some_and(|was| was.as_str() == Some(typed)) => return,
            Input::Choice(choices, _) => self.chosen(typed, choices(), name),
            Input::Date => self.parsed(typed, name, |text| {
                PartialDate::read(text).map(String::from)
            }),
            Input::Length => {
                self.parsed(typed, name, |text| text.parse::<Length>().map(String::from))
            }
            Input::Timecode => self.parsed(typed, name, |text| {
                text.parse::<Timecode>().map(String::from)
            }),
            Input::Moment => return self.moment(field, typed, name, row),
            Input::Number => self.number(typed, name),
            Input::Flag => (!typed.is_empty()).then_some(Value::Bool(true)),
            Input::Words => list_of(typed.split([',', '、']).map(str::trim)),
            Input::Several(_) => several(was, texts.get(field.key)),
            Input::Page(kind) => self
                .page(kind, typed, field.key, name, texts)
                .map(|page| Value::String(page.to_string())),
            Input::Who => return self.who(typed, field.key, name, texts, row),
            Input::Credit => self.credit(field.key, prefix, texts),
            Input::Version => self.version(typed, name),
            Input::Sources => self.cited(typed, name),
        };
        put(row, field.key, value);
    }

    pub(super) fn fault(&mut self, name: FieldName<'_>, message: impl Into<String>) {
        self.reading.faults.add(name.to_string(), message);
    }

    fn chosen(
        &mut self,
        typed: &str,
        choices: Vec<(&str, &str)>,
        name: FieldName<'_>,
    ) -> Option<Value> {
        if typed.is_empty() {
            return None;
        }
        if !choices.iter().any(|(word, _)| *word == typed) {
            self.fault(name, "Choose one of the values offered.");
        }
        Some(Value::String(typed.to_owned()))
    }

    fn parsed<E: std::fmt::Display>(
        &mut self,
        typed: &str,
        name: FieldName<'_>,
        parse: impl Fn(&str) -> Result<String, E>,
    ) -> Option<Value> {
        if typed.is_empty() {
            return None;
        }
        match parse(typed) {
            Ok(text) => Some(Value::String(text)),
            Err(error) => {
                self.fault(name, sentence(&error.to_string()));
                None
            }
        }
    }

    /// A time code, or a part of the episode.
    fn moment(
        &mut self,
        field: &Field,
        typed: &str,
        name: FieldName<'_>,
        row: &mut Map<String, Value>,
    ) {
        let part = EpisodePart::read(typed);
        put(
            row,
            "part",
            part.map(|part| Value::String(part.as_str().to_owned())),
        );
        let time = if part.is_some() { "" } else { typed };
        let begin = self.parsed(time, name, |text| {
            text.parse::<Timecode>().map(String::from).map_err(|error| {
                let error = error.to_string();
                format!(
                    "{}, or write opening, early, middle, late or ending",
                    error.trim_end_matches('.')
                )
            })
        });
        put(row, field.key, begin);
    }

    fn number(&mut self, typed: &str, name: FieldName<'_>) -> Option<Value> {
        if typed.is_empty() {
            return None;
        }
        match typed.parse::<u16>() {
            Ok(number) => Some(Value::from(number)),
            Err(_not_one) => {
                self.fault(name, "Write a whole number between 0 and 65535.");
                None
            }
        }
    }

    fn version(&mut self, typed: &str, name: FieldName<'_>) -> Option<Value> {
        if typed.is_empty() {
            return None;
        }
        // A track names a version of another page by its number.
        let other_page = self
            .versions
            .is_empty()
            .then(|| typed.parse().ok())
            .flatten();
        let id = self.versions.get(typed).copied().or(other_page);
        if id.is_none() {
            self.fault(
                name,
                "This version was taken away. Choose another, or none.",
            );
        }
        id.map(Value::from)
    }

    fn cited(&mut self, typed: &str, name: FieldName<'_>) -> Option<Value> {
        let mut ids: Vec<Value> = Vec::new();
        for word in typed.split([',', ' ', ';']).filter(|word| !word.is_empty()) {
            let number: Option<usize> = word.parse().ok();
            let id = number.and_then(|number| self.sources.get(number.checked_sub(1)?));
            match id.filter(|id| **id > 0) {
                Some(id) if !ids.contains(&Value::from(*id)) => ids.push(Value::from(*id)),
                Some(_) => {}
                None => self.fault(name, format!("There is no source {word} in the list of sources below. Add it there first.")),
            }
        }
        (!ids.is_empty()).then_some(Value::Array(ids))
    }
}

/// Sets a key, or takes it away.
pub(super) fn put(row: &mut Map<String, Value>, key: &str, value: Option<Value>) {
    match value {
        Some(value) => match row.get_mut(key) {
            Some(was) => *was = value,
            None => {
                row.insert(key.to_owned(), value);
            }
        },
        None => {
            row.shift_remove(key);
        }
    }
}

fn list_of<'a>(words: impl Iterator<Item = &'a str>) -> Option<Value> {
    let words: Vec<Value> = words
        .filter(|word| !word.is_empty())
        .map(Value::from)
        .collect();
    (!words.is_empty()).then_some(Value::Array(words))
}

/// What is chosen, in the order it had, the new ones behind: the boxes stand in the order of the vocabulary.
fn several(was: Option<&Value>, chosen: Option<&Vec<String>>) -> Option<Value> {
    let was = was
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default();
    let place = |word: &str| was.iter().position(|old| old.as_str() == Some(word));
    let mut words: Vec<&str> = chosen.into_iter().flatten().map(String::as_str).collect();
    words.sort_by_key(|word| place(word).unwrap_or(usize::MAX));
    list_of(words.into_iter())
}

/// Line breaks as spaces.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Prose without spaces and line breaks at its end.
fn prose(text: &str) -> Option<Value> {
    let text = text.trim_end();
    (!text.trim().is_empty()).then(|| Value::String(text.to_owned()))
}

/// An error as a sentence.
fn sentence(error: &str) -> String {
    let mut chars = error.chars();
    let first: String = chars
        .next()
        .map(|c| c.to_uppercase().collect())
        .unwrap_or_default();
    let rest = chars.as_str();
    let stop = if rest.ends_with(['.', '!', '?']) {
        ""
    } else {
        "."
    };
    format!("{first}{rest}{stop}")
}
