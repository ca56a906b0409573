//! All that is wrong with a form, told at once.

use std::borrow::Cow;

use serde_json::{Map, Value};

use crate::models::page::Kind;
use crate::models::page::content::{Fault, Faults};
use crate::models::page::document::Document;
use crate::routes::pages::form::read::Reading;
use crate::routes::pages::form::{Field, Form, Input, Part};

use super::form_of;

/// Most values that are stood in for; a form with more faults than that is told of these.
const MOST: usize = 200;

/// What is wrong with what was typed, and with the content it makes. The content is there whenever nothing is.
pub fn faults(kind: Kind, reading: &Reading) -> (Option<Document>, Faults) {
    let mut faults = reading.faults.clone();
    let mut of_content = Faults::default();
    let mut flat = Cow::Borrowed(&reading.flat);
    let document = document(kind, &mut flat, &mut of_content);
    if let Some(document) = &document {
        document.validate(&flat, &mut of_content);
    }
    for fault in &of_content.0 {
        let placed = reading.placed(fault);
        // What could not be read is missing from the content as well, and so is what would have been read from it; to say so would be noise.
        let from = placed
            .field
            .strip_suffix(".site")
            .map(|row| format!("{row}.url"));
        let is_told =
            |told: &Fault| told.field == placed.field || Some(&told.field) == from.as_ref();
        if !faults.0.iter().any(is_told) {
            faults.0.push(placed);
        }
    }
    (document, faults)
}

/// The content. Reading it stops at the first value that is missing; something stands in for that one, so that the others are found
/// too, and what the content says of them.
fn document(
    kind: Kind,
    flat: &mut Cow<'_, Map<String, Value>>,
    faults: &mut Faults,
) -> Option<Document> {
    for _ in 0..MOST {
        let fault = match Document::from_value(kind, flat) {
            Ok(document) => return Some(document),
            Err(fault) => fault,
        };
        let field = fault.field.clone();
        let is_new = faults.0.iter().all(|told| told.field != field);
        faults.0.push(fault);
        if !is_new || stand_in(form_of(kind), flat.to_mut(), &field).is_none() {
            return None;
        }
    }
    None
}

/// Puts a value of the right shape at `kind` or `credits[2].role`.
fn stand_in(form: &'static Form, flat: &mut Map<String, Value>, path: &str) -> Option<()> {
    let mut parts = form.sections.iter().flat_map(|section| section.parts);
    let Some((list, rest)) = path.split_once('[') else {
        let value = parts.find_map(|part| match part {
            Part::Field(field) if field.key == path => Some(value(field)),
            _ => None,
        });
        flat.insert(path.to_owned(), value?);
        return Some(());
    };
    let (at, key) = rest.split_once("].")?;
    let field = form
        .list(list)?
        .fields
        .iter()
        .find(|field| field.key == key)?;
    let row = flat.get_mut(list)?.get_mut(at.parse::<usize>().ok()?)?;
    row.as_object_mut()?.insert(key.to_owned(), value(field));
    Some(())
}

/// Something that could have been typed there.
fn value(field: &Field) -> Value {
    match field.input {
        Input::Choice(choices, _) => Value::from(choices().first().map_or("", |(word, _)| *word)),
        Input::Number | Input::Length | Input::Moment | Input::Timecode | Input::Version => {
            Value::from(1)
        }
        Input::Flag => Value::from(true),
        Input::Words | Input::Several(_) | Input::Credit | Input::Sources => {
            Value::Array(Vec::new())
        }
        Input::Date => Value::from("2000"),
        Input::Page(kind) => Value::from(format!("{kind}#1")),
        _ => Value::from("-"),
    }
}
