//! The words about a change: the editor's own, or what it touched.

use serde_json::{Map, Value};

use crate::models::page::{Kind, merge};
use crate::routes::pages::form::{Form, Part};

use super::form_of;
use super::sent::Sent;

/// The note of a revision.
pub fn of(kind: Kind, sent: &Sent, base: &Map<String, Value>, mine: &Map<String, Value>) -> String {
    match sent.note.as_str() {
        "" => automatic(form_of(kind), &merge::changed_paths(kind, base, mine)),
        note => note.to_owned(),
    }
}

/// The words about a change nobody described: which parts it touched.
pub fn automatic(form: &'static Form, changed: &[String]) -> String {
    let mut words: Vec<&str> = Vec::new();
    for path in changed {
        let key = path.split('[').next().unwrap_or_default();
        let label = label(form, key);
        if !words.contains(&label) {
            words.push(label);
        }
    }
    if words.is_empty() {
        String::new()
    } else {
        format!("Changed: {}", words.join(", ").to_lowercase())
    }
}

/// The words of a field or list.
pub fn label<'a>(form: &'static Form, key: &'a str) -> &'a str {
    let parts = form.sections.iter().flat_map(|section| section.parts);
    let labels = parts.map(|part| match part {
        Part::Field(field) => (field.key, field.label),
        Part::List(list) => (list.key, list.legend),
    });
    let mut found = labels.filter(|(of, _)| *of == key).map(|(_, label)| label);
    found.next().unwrap_or(key)
}
