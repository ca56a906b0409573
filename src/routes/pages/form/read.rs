//! What was typed as a content: every fault is told at its field, and none stops the others from being found.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::models::link::PageRef;
use crate::models::page::Kind;
use crate::models::page::content::{Fault, Faults};
use crate::models::page::named::{Mention, Named};

use super::questions::Asked;
use super::table::{Field, Form, Input, List, Part, Section};
use super::typed::{Row, Texts, Typed, text};
use super::values::Reader;

/// A content as far as it could be read.
#[derive(Debug, Default)]
pub struct Reading {
    /// The flat form; what is not in the form comes from the content it began with.
    pub flat: Map<String, Value>,
    /// By the name of the field in the form.
    pub faults: Faults,
    /// What is to be asked before it is saved.
    pub asked: Asked,
    /// The keys of the rows read, list by list, in order.
    pub(super) keys: BTreeMap<String, Vec<String>>,
}

/// Every page the form names, with the references that stand beside the texts.
pub fn named(sections: &[&'static Section], typed: &Typed) -> BTreeSet<Mention> {
    let mut mentions = BTreeSet::new();
    let mut add = |kind: Kind, of: &Texts, key: &str| {
        let words = text(of, key).trim();
        if !words.is_empty() {
            mentions.insert(Mention {
                kind,
                text: words.to_owned(),
                remembered: remembered(of, key).and_then(|page| page.id()),
            });
        }
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
    mentions
}

/// The page remembered beside a text.
pub(super) fn remembered(texts: &Texts, key: &str) -> Option<PageRef> {
    text(texts, &format!("{key}.id")).parse().ok()
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
    let lists: Vec<&'static List> = lists(sections).collect();
    // Lists are read anew, row by row.
    let is_kept = |key: &String| lists.iter().all(|list| list.key != key);
    let kept = base.iter().filter(|(key, _)| is_kept(key));
    let mut reader = Reader {
        reading: Reading {
            flat: kept
                .map(|(key, value)| (key.clone(), value.clone()))
                .collect(),
            ..Reading::default()
        },
        named,
        sources: Vec::new(),
        versions: BTreeMap::new(),
    };
    let ids = ids(&lists, typed, last_row);
    let id_of = |list: &str, row: &Row| ids.get(&(list.to_owned(), row.key.clone())).copied();
    reader.sources = match lists.iter().any(|list| list.key == "sources") {
        true => typed
            .rows("sources")
            .iter()
            // A row with nothing in it counts: one sees its number.
            .map(|row| id_of("sources", row).unwrap_or(0))
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

/// The id of every row with something in it, by list and key; new rows are counted on from the last.
fn ids(lists: &[&'static List], typed: &Typed, last_row: i64) -> BTreeMap<(String, String), i64> {
    let mut next = last_row;
    let mut ids = BTreeMap::new();
    for list in lists {
        for row in typed.rows(list.key).iter().filter(|row| !row.is_blank()) {
            let id = row.id().unwrap_or_else(|| {
                next += 1;
                next
            });
            ids.insert((list.key.to_owned(), row.key.clone()), id);
        }
    }
    ids
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
        if rest.is_empty() {
            return format!("{list}.{key}");
        }
        let field = rest
            .trim_start_matches('.')
            .replace('[', ".")
            .replace(']', "");
        let field = match field.rsplit_once('.') {
            Some((before, last)) => format!("{before}.{}", in_form(last)),
            None if field.starts_with("credit.") => format!("{field}.who"),
            None if field.is_empty() => first(list).to_owned(),
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

/// The field that is told of a fault of a whole row.
fn first(list: &str) -> &'static str {
    match list {
        "sources" => "title",
        _ => "who",
    }
}

/// The form of a whole kind read at once, for tests and programs.
pub fn all(form: &'static Form) -> Vec<&'static Section> {
    form.sections.iter().collect()
}
