//! The one question about a sourced value that was changed: what is to become of what was claimed before.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::db::{Conn, QueryResult};
use crate::models::page::claims::{self, Contested, Settlement};
use crate::models::page::labels;
use crate::models::page::revision::Content;
use crate::models::rank::{RowId, Source};

use super::fields::SOURCES_AND_CLAIMS;
use super::read::Reading;
use super::show::title;
use super::table::{Form, Part};
use super::typed::Typed;
use super::written;

/// What was answered, by the paths of the values.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answers {
    how: BTreeMap<String, String>,
    why: BTreeMap<String, String>,
    /// Values the sources picked stand behind.
    supported: BTreeSet<String>,
    /// Numbers of the sources picked, as the page counts them.
    cited: BTreeSet<usize>,
    /// The question was put already.
    pub is_asked: bool,
}

/// A question as the page puts it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    pub path: String,
    /// "Credits", "First aired".
    pub label: String,
    pub before: String,
    pub after: String,
    pub how: String,
    pub why: String,
    pub is_supported: bool,
    /// What is missing.
    pub fault: Option<&'static str>,
}

/// Everything that is asked at once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    pub questions: Vec<Question>,
    /// The sources of the page: number, words, and whether it was picked.
    pub sources: Vec<(usize, String, bool)>,
    /// The sources and claims as the page has them, for a form that did not ask for them.
    pub section: Vec<(String, String)>,
}

/// The section of the form a source belongs to.
pub const SECTION: &str = SOURCES_AND_CLAIMS.key;

impl Answers {
    /// Takes a field of the form that is an answer; says whether it was one.
    pub fn take(&mut self, name: &str, value: &str) -> bool {
        match (name, name.split_once('.')) {
            ("_cite", _) => self.cited.extend(value.parse::<usize>().ok()),
            ("_asked", _) => self.is_asked = true,
            (_, Some(("_claim", path))) => drop(self.how.insert(path.to_owned(), value.to_owned())),
            (_, Some(("_why", path))) => {
                let words = value.split_whitespace().collect::<Vec<_>>().join(" ");
                self.why.insert(path.to_owned(), words);
            }
            (_, Some(("_for", path))) => drop(self.supported.insert(path.to_owned())),
            _ => return false,
        }
        true
    }

    /// Leaves out what was picked and is not there: the row for another source, where nothing was typed into it.
    pub fn keep_sources_of(&mut self, typed: &Typed) {
        if let Some(rows) = typed.lists.get(SECTION) {
            let count = rows.iter().filter(|row| !row.is_blank()).count();
            self.cited.retain(|number| *number <= count);
        }
    }

    /// The answers again, to be carried through another form.
    pub fn pairs(&self) -> Vec<(String, String)> {
        let of = |name: &str, map: &BTreeMap<String, String>| -> Vec<(String, String)> {
            let pairs = map.iter();
            pairs
                .map(|(path, value)| (format!("{name}.{path}"), value.clone()))
                .collect()
        };
        let mut pairs = of("_claim", &self.how);
        pairs.extend(of("_why", &self.why));
        let supported = self.supported.iter();
        pairs.extend(supported.map(|path| (format!("_for.{path}"), "yes".to_owned())));
        pairs.extend(
            self.cited
                .iter()
                .map(|number| ("_cite".to_owned(), number.to_string())),
        );
        pairs
    }

    fn settlement(&self, path: &str) -> Result<Settlement, &'static str> {
        match self.how.get(path).map(String::as_str) {
            Some("correct") => match self.why.get(path).filter(|why| !why.is_empty()) {
                Some(why) => Ok(Settlement::Correct(why.clone())),
                None => Err("Say why it is wrong, so that nobody adds it back."),
            },
            Some("both") => Ok(Settlement::Both),
            Some("typo") => Ok(Settlement::Typo),
            _ => Err("Say what is to become of the value that was there."),
        }
    }

    fn sources(&self, path: &str, ids: &[RowId]) -> Vec<RowId> {
        if !self.supported.contains(path) {
            return Vec::new();
        }
        let picked = self.cited.iter();
        picked
            .filter_map(|number| ids.get(number.checked_sub(1)?).copied())
            .collect()
    }
}

/// Does what was answered, or says what is still to be asked. New rows get ids above `last_row`.
///
/// # Errors
/// The store's own.
pub fn settle(
    conn: &mut Conn,
    form: &'static Form,
    began: &Content,
    typed: &Typed,
    answers: &Answers,
    last_row: RowId,
    reading: &mut Reading,
) -> QueryResult<()> {
    let contested = claims::contested(form.kind, &began.flat, &reading.flat);
    if contested.is_empty() {
        return Ok(());
    }
    let settled: Option<Vec<Settlement>> = contested
        .iter()
        .map(|contested| answers.settlement(&contested.path()).ok())
        .collect();
    let sources = sources(&reading.flat);
    let Some(settled) = settled else {
        let cards = written::cards(conn, &began.document)?;
        let was = written::written(form, &began.document, &cards);
        reading.asked = Asked {
            questions: contested
                .iter()
                .map(|contested| question(form, contested, &was, typed, answers))
                .collect(),
            sources: sources
                .iter()
                .zip(1..)
                .map(|((_, words), number)| {
                    (number, words.clone(), answers.cited.contains(&number))
                })
                .collect(),
            section: section(form, was),
        };
        return Ok(());
    };
    let ids: Vec<RowId> = sources.into_iter().map(|(id, _)| id).collect();
    let mut last = highest(&reading.flat)
        .max(highest(&began.flat))
        .max(last_row);
    for (contested, how) in contested.iter().zip(&settled) {
        let cited = answers.sources(&contested.path(), &ids);
        claims::settle(
            &began.flat,
            &mut reading.flat,
            contested,
            how,
            &cited,
            &mut last,
        );
    }
    Ok(())
}

fn question(
    form: &'static Form,
    contested: &Contested,
    was: &Typed,
    typed: &Typed,
    answers: &Answers,
) -> Question {
    let path = contested.path();
    let (label, before, after) = match contested {
        Contested::Field(key) => (
            labels::field(key),
            was.text(key).to_owned(),
            typed.text(key).to_owned(),
        ),
        Contested::Row(list, id) => {
            let words = |of: &Typed| {
                let row = of.rows(list).iter().find(|row| row.id() == Some(*id));
                let described = form.list(list).zip(row);
                described.map_or_else(String::new, |(list, row)| title(list, row))
            };
            (labels::field(list), words(was), words(typed))
        }
    };
    Question {
        label: label.to_owned(),
        before,
        after,
        how: answers.how.get(&path).cloned().unwrap_or_default(),
        why: answers.why.get(&path).cloned().unwrap_or_default(),
        is_supported: !answers.is_asked || answers.supported.contains(&path),
        fault: answers.settlement(&path).err().filter(|_| answers.is_asked),
        path,
    }
}

/// What a page has in the section of its sources, as the form would send it.
fn section(form: &'static Form, mut was: Typed) -> Vec<(String, String)> {
    let sections = form.sections.iter().filter(|it| it.key == SECTION);
    let parts = sections.flat_map(|section| section.parts);
    let keys: BTreeSet<&str> = parts.map(Part::key).collect();
    was.texts.retain(|key, _| keys.contains(key.as_str()));
    was.lists.retain(|key, _| keys.contains(key.as_str()));
    was.pairs()
}

/// The sources of a content: id and words.
fn sources(flat: &Map<String, Value>) -> Vec<(RowId, String)> {
    let rows = flat.get("sources").and_then(Value::as_array);
    let sources = rows
        .into_iter()
        .flatten()
        .filter_map(|row| serde_json::from_value::<Source>(row.clone()).ok());
    sources
        .map(|source| {
            let words = source.citation();
            (source.id, if words.is_empty() { source.url } else { words })
        })
        .collect()
}

/// The highest id of a row.
fn highest(flat: &Map<String, Value>) -> RowId {
    let rows = flat.values().filter_map(Value::as_array).flatten();
    rows.filter_map(|row| row.get("id").and_then(Value::as_i64))
        .max()
        .unwrap_or(0)
}
