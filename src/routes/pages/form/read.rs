//! What was typed as a content: every fault is told at its field, and none stops the others from being found.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::models::cue::EpisodePart;
use crate::models::link::PageRef;
use crate::models::page::content::{Fault, Faults};
use crate::models::page::named::{Found, Named};
use crate::models::page::{Kind, PageId};
use crate::text::dates::PartialDate;
use crate::text::timecode::{Length, Timecode};

use super::schema::{Field, Form, Input, List, Part, Section};
use super::typed::{Row, Texts, Typed, text};

/// A content as far as it could be read.
#[derive(Debug, Default)]
pub struct Reading {
    /// The flat form; what is not in the form comes from the content it began with.
    pub flat: Map<String, Value>,
    /// By the name of the field in the form.
    pub faults: Faults,
    /// The keys of the rows read, list by list, in order.
    keys: BTreeMap<String, Vec<String>>,
}

/// Every page the form names: texts to be looked up, and the references that stand beside texts.
pub fn named(
    sections: &[&'static Section],
    typed: &Typed,
) -> (BTreeSet<(Kind, String)>, BTreeSet<PageId>) {
    let (mut texts, mut ids) = (BTreeSet::new(), BTreeSet::new());
    let mut add = |kind: Kind, of: &Texts, key: &str| {
        let words = text(of, key).trim();
        if !words.is_empty() {
            texts.insert((kind, words.to_owned()));
        }
        let reference = text(of, &format!("{key}.id")).parse::<PageRef>();
        ids.extend(reference.ok().and_then(|reference| reference.id()));
    };
    for part in sections.iter().flat_map(|section| section.parts) {
        let (fields, rows): (&[Field], Vec<&Texts>) = match part {
            Part::Field(field) => (std::slice::from_ref(field), vec![&typed.texts]),
            Part::List(list) => (
                list.fields,
                typed.rows(list.key).iter().map(|row| &row.texts).collect(),
            ),
        };
        for of in rows {
            for field in fields {
                match field.input {
                    Input::Page(kind) => add(kind, of, field.key),
                    Input::Who => add(Kind::Artist, of, field.key),
                    Input::Credit => {
                        for at in credit_parts(of, field.key) {
                            add(Kind::Artist, of, &format!("{}.{at}.who", field.key));
                        }
                    }
                    _ => {}
                }
            }
        }
    }
    (texts, ids)
}

/// The numbers of the parts of a credit, in order.
pub fn credit_parts(texts: &Texts, key: &str) -> Vec<usize> {
    let prefix = format!("{key}.");
    let numbers: BTreeSet<usize> = texts
        .keys()
        .filter_map(|name| name.strip_prefix(&prefix)?.split('.').next()?.parse().ok())
        .collect();
    numbers.into_iter().collect()
}

/// Reads these sections of the form over the content it began with. New rows get ids above `last_row`.
pub fn read(
    sections: &[&'static Section],
    typed: &Typed,
    base: &Map<String, Value>,
    named: &Named,
    last_row: i64,
) -> Reading {
    let mut reader = Reader {
        reading: Reading {
            flat: base.clone(),
            ..Reading::default()
        },
        named,
        sources: Vec::new(),
        versions: BTreeMap::new(),
    };
    let mut next = last_row;
    let mut ids: BTreeMap<(String, String), i64> = BTreeMap::new();
    let lists: Vec<&'static List> = lists(sections).collect();
    for list in &lists {
        for row in typed.rows(list.key).iter().filter(|row| !row.is_blank()) {
            let id = row.id().unwrap_or_else(|| {
                next += 1;
                next
            });
            ids.insert((list.key.to_owned(), row.key.clone()), id);
        }
    }
    let id_of = |list: &str, row: &Row| ids.get(&(list.to_owned(), row.key.clone())).copied();
    reader.sources = match lists.iter().any(|list| list.key == "sources") {
        true => typed
            .rows("sources")
            .iter()
            .filter_map(|row| id_of("sources", row))
            .collect(),
        false => row_ids(base, "sources"),
    };
    reader.versions = match lists.iter().any(|list| list.key == "versions") {
        true => typed
            .rows("versions")
            .iter()
            .filter_map(|row| Some((row.key.clone(), id_of("versions", row)?)))
            .collect(),
        false => row_ids(base, "versions")
            .into_iter()
            .map(|id| (id.to_string(), id))
            .collect(),
    };
    for part in sections.iter().flat_map(|section| section.parts) {
        match part {
            Part::Field(field) => {
                let mut flat = std::mem::take(&mut reader.reading.flat);
                reader.value(field, "", &typed.texts, &mut flat);
                reader.reading.flat = flat;
            }
            Part::List(list) => reader.list(list, typed, base, &|row| id_of(list.key, row)),
        }
    }
    reader.reading
}

fn lists(sections: &[&'static Section]) -> impl Iterator<Item = &'static List> {
    sections
        .iter()
        .flat_map(|section| section.parts)
        .filter_map(|part| match part {
            Part::List(list) => Some(list),
            Part::Field(_) => None,
        })
}

fn row_ids(flat: &Map<String, Value>, list: &str) -> Vec<i64> {
    let rows = flat
        .get(list)
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    rows.filter_map(|row| row.get("id").and_then(Value::as_i64))
        .collect()
}

struct Reader<'a> {
    reading: Reading,
    named: &'a Named,
    /// Ids of the sources, in the order their numbers are counted.
    sources: Vec<i64>,
    /// Ids of the versions by the key of their row.
    versions: BTreeMap<String, i64>,
}

impl Reader<'_> {
    fn list(
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
    fn value(&mut self, field: &Field, prefix: &str, texts: &Texts, row: &mut Map<String, Value>) {
        let name = format!("{prefix}{}", field.key);
        let typed = text(texts, field.key).trim();
        let words = || Value::String(typed.to_owned());
        let some = (!typed.is_empty()).then(words);
        let value = match field.input {
            Input::Line | Input::Url => some,
            Input::Lines => (!typed.is_empty()).then(|| Value::String(one_line(typed))),
            Input::Prose => prose(text(texts, field.key)),
            Input::Choice(..) if typed == "preferred" => None,
            Input::Choice(choices, _) => self.chosen(typed, choices(), &name),
            Input::Date => self.parsed(typed, &name, |text| {
                text.parse::<PartialDate>().map(String::from)
            }),
            Input::Length => self.parsed(typed, &name, |text| {
                text.parse::<Length>().map(String::from)
            }),
            Input::Timecode => self.parsed(typed, &name, |text| {
                text.parse::<Timecode>().map(String::from)
            }),
            Input::Moment => return self.moment(field, typed, &name, row),
            Input::Number => self.number(typed, &name),
            Input::Flag => (!typed.is_empty()).then_some(Value::Bool(true)),
            Input::Words => list_of(typed.split([',', '、']).map(str::trim)),
            Input::Several(_) => list_of(
                texts
                    .get(field.key)
                    .into_iter()
                    .flatten()
                    .map(String::as_str),
            ),
            Input::Page(kind) => self
                .page(kind, typed, field.key, &name, texts)
                .map(|page| Value::String(page.to_string())),
            Input::Who => return self.who(typed, field.key, &name, texts, row),
            Input::Credit => self.credit(field.key, &name, texts),
            Input::Version => self.version(typed, &name),
            Input::Sources => self.cited(typed, &name),
        };
        put(row, field.key, value);
    }

    fn fault(&mut self, name: &str, message: impl Into<String>) {
        self.reading.faults.add(name, message);
    }

    fn chosen(&mut self, typed: &str, choices: Vec<(&str, &str)>, name: &str) -> Option<Value> {
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
        name: &str,
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
    fn moment(&mut self, field: &Field, typed: &str, name: &str, row: &mut Map<String, Value>) {
        let part = typed.to_lowercase().parse::<EpisodePart>().ok();
        put(
            row,
            "part",
            part.map(|part| Value::String(part.as_str().to_owned())),
        );
        let time = if part.is_some() { "" } else { typed };
        let begin = self.parsed(time, name, |text| {
            text.parse::<Timecode>().map(String::from).map_err(|error| {
                format!("{error}; or write opening, early, middle, late or ending")
            })
        });
        put(row, field.key, begin);
    }

    fn number(&mut self, typed: &str, name: &str) -> Option<Value> {
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

    fn version(&mut self, typed: &str, name: &str) -> Option<Value> {
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

    fn cited(&mut self, typed: &str, name: &str) -> Option<Value> {
        let mut ids: Vec<Value> = Vec::new();
        for word in typed.split([',', ' ', ';']).filter(|word| !word.is_empty()) {
            let number: Option<usize> = word.parse().ok();
            match number.and_then(|number| self.sources.get(number.checked_sub(1)?)) {
                Some(id) if !ids.contains(&Value::from(*id)) => ids.push(Value::from(*id)),
                Some(_) => {}
                None => self.fault(name, format!("There is no source {word} in the list of sources below. Add it there first.")),
            }
        }
        (!ids.is_empty()).then_some(Value::Array(ids))
    }

    /// The page a text names: the one remembered beside it while the text is still its title, else the one it is found by.
    fn page(
        &mut self,
        kind: Kind,
        typed: &str,
        key: &str,
        name: &str,
        texts: &Texts,
    ) -> Option<PageRef> {
        if typed.is_empty() {
            return None;
        }
        if let Some(kept) = self.remembered(kind, typed, key, texts) {
            return Some(kept);
        }
        match self.named.find(kind, typed) {
            Found::One(card) => Some(PageRef::by_id(kind, card.id)),
            Found::Several(cards) => {
                let ways: Vec<&str> = cards.iter().map(|card| card.slug.as_str()).collect();
                let several = format!(
                    "Several {} have this name. Write the address of the one you mean: {}.",
                    kind.plural(),
                    ways.join(", ")
                );
                self.fault(name, several);
                None
            }
            Found::Nothing => {
                self.fault(name, format!("There is no {kind} called “{typed}”. Check the name, or create that page first."));
                None
            }
        }
    }

    fn remembered(&self, kind: Kind, typed: &str, key: &str, texts: &Texts) -> Option<PageRef> {
        let reference: PageRef = text(texts, &format!("{key}.id")).parse().ok()?;
        let card = self.named.card(reference.id()?)?;
        (card.kind == kind && card.title == typed).then_some(reference)
    }

    /// An artist's page, or a name without one.
    fn who(
        &mut self,
        typed: &str,
        key: &str,
        name: &str,
        texts: &Texts,
        row: &mut Map<String, Value>,
    ) {
        let (artist, plain) = match self.named.find(Kind::Artist, typed) {
            Found::Nothing if self.remembered(Kind::Artist, typed, key, texts).is_none() => {
                (None, typed)
            }
            _ => (self.page(Kind::Artist, typed, key, name, texts), ""),
        };
        put(
            row,
            "artist",
            artist.map(|page| Value::String(page.to_string())),
        );
        put(
            row,
            "text",
            (!plain.is_empty()).then(|| Value::String(plain.to_owned())),
        );
    }

    fn credit(&mut self, key: &str, name: &str, texts: &Texts) -> Option<Value> {
        let mut parts = Vec::new();
        for at in credit_parts(texts, key) {
            let of = |field: &str| text(texts, &format!("{key}.{at}.{field}"));
            if of("who").trim().is_empty() {
                continue;
            }
            let mut part = Map::new();
            let (who, name) = (format!("{key}.{at}.who"), format!("{name}.{at}.who"));
            self.who(of("who").trim(), &who, &name, texts, &mut part);
            let printed = of("credited_as").trim();
            put(
                &mut part,
                "credited_as",
                (!printed.is_empty()).then(|| Value::String(printed.to_owned())),
            );
            put(
                &mut part,
                "join",
                (!of("join").is_empty()).then(|| Value::String(of("join").to_owned())),
            );
            parts.push(Value::Object(part));
        }
        (!parts.is_empty()).then_some(Value::Array(parts))
    }
}

/// Sets a key, or takes it away.
fn put(row: &mut Map<String, Value>, key: &str, value: Option<Value>) {
    match value {
        Some(value) => {
            row.insert(key.to_owned(), value);
        }
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

impl Reading {
    /// A fault of the content at the field of the form it belongs to: `credits[2].artist` at `credits.17.who`.
    pub fn placed(&self, fault: &Fault) -> Fault {
        Fault {
            field: self.place(&fault.field),
            message: fault.message.clone(),
        }
    }

    fn place(&self, path: &str) -> String {
        let Some((list, rest)) = path.split_once('[') else {
            return path.to_owned();
        };
        let Some((at, rest)) = rest.split_once(']') else {
            return path.to_owned();
        };
        let key = at
            .parse::<usize>()
            .ok()
            .and_then(|at| self.keys.get(list)?.get(at));
        let Some(key) = key else {
            return list.to_owned();
        };
        let field = rest
            .trim_start_matches('.')
            .replace('[', ".")
            .replace(']', "");
        let field = match field.rsplit_once('.') {
            Some((before, last)) => format!("{before}.{}", in_form(last)),
            None if field.starts_with("credit.") => format!("{field}.who"),
            None => in_form(&field).to_owned(),
        };
        format!("{list}.{key}.{field}")
    }
}

/// The field of the form in which a key of the content is typed.
fn in_form(key: &str) -> &str {
    match key {
        "artist" | "text" => "who",
        "part" => "begin",
        other => other,
    }
}

/// The form of a whole kind read at once, for tests and programs.
pub fn all(form: &'static Form) -> Vec<&'static Section> {
    form.sections.iter().collect()
}
