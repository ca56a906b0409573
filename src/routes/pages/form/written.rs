//! A content as the form shows it: every value as the text somebody could have typed.

use serde_json::{Map, Value};

use crate::models::link::PageRef;
use crate::models::page::card::Cards;
use crate::models::page::document::Document;
use crate::models::song::show::referred;

use super::table::{Field, Form, Input, List, Part};
use super::typed::{Row, Texts, Typed};

/// The texts of a content.
pub fn written(form: &'static Form, document: &Document, cards: &Cards) -> Typed {
    let flat = document.to_value();
    let mut typed = Typed::default();
    for part in form.sections.iter().flat_map(|section| section.parts) {
        match part {
            Part::Field(field) => put(field, &flat, &flat, cards, &mut typed.texts),
            Part::List(list) => {
                typed
                    .lists
                    .insert(list.key.to_owned(), rows(list, &flat, cards));
            }
        }
    }
    typed
}

/// The cards needed to write a content.
pub fn cards(conn: &mut crate::db::Conn, document: &Document) -> crate::db::QueryResult<Cards> {
    Cards::load(conn, referred(&mut document.clone()))
}

fn rows(list: &List, flat: &Map<String, Value>, cards: &Cards) -> Vec<Row> {
    let rows = flat.get(list.key).and_then(Value::as_array);
    rows.into_iter()
        .flatten()
        .filter_map(Value::as_object)
        .map(|row| {
            let mut texts = Texts::new();
            for field in list.fields {
                put(field, row, flat, cards, &mut texts);
            }
            Row {
                key: row.get("id").map(Value::to_string).unwrap_or_default(),
                texts,
            }
        })
        .collect()
}

/// Writes one value into the texts of its row; `flat` is the whole content, which numbers of sources are looked up in.
fn put(
    field: &Field,
    row: &Map<String, Value>,
    flat: &Map<String, Value>,
    cards: &Cards,
    texts: &mut Texts,
) {
    let text = |key: &str| {
        row.get(key)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    let plain = match row.get(field.key) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::Bool(true)) => "yes".to_owned(),
        _ => String::new(),
    };
    match field.input {
        Input::Page(_) => put_page(field.key, &plain, "", cards, texts),
        Input::Who => put_page(field.key, &text("artist"), &text("text"), cards, texts),
        Input::Moment if plain.is_empty() => set(texts, field.key, text("part")),
        Input::Words => set(texts, field.key, words(row.get(field.key)).join(", ")),
        Input::Several(_) => {
            texts.insert(field.key.to_owned(), words(row.get(field.key)));
        }
        Input::Sources => set(texts, field.key, numbers(row.get(field.key), flat)),
        Input::Credit => put_credit(field.key, row.get(field.key), cards, texts),
        Input::Choice(..) if plain.is_empty() && field.key == "rank" => {
            set(texts, field.key, "preferred".to_owned())
        }
        _ => set(texts, field.key, plain),
    }
}

fn set(texts: &mut Texts, key: &str, text: String) {
    texts.insert(key.to_owned(), vec![text]);
}

/// A page by its title, with the reference beside it; a name without a page as it is.
fn put_page(key: &str, reference: &str, name: &str, cards: &Cards, texts: &mut Texts) {
    let card = reference
        .parse::<PageRef>()
        .ok()
        .and_then(|page| cards.of(Some(&page)).cloned());
    match card {
        Some(card) => {
            set(texts, key, card.title);
            set(texts, &format!("{key}.id"), reference.to_owned());
        }
        None if name.is_empty() => set(texts, key, reference.to_owned()),
        None => set(texts, key, name.to_owned()),
    }
}

fn put_credit(key: &str, parts: Option<&Value>, cards: &Cards, texts: &mut Texts) {
    let parts = parts
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default();
    for (at, part) in parts.iter().enumerate() {
        let text = |name: &str| part.get(name).and_then(Value::as_str).unwrap_or_default();
        put_page(
            &format!("{key}.{at}.who"),
            text("artist"),
            text("text"),
            cards,
            texts,
        );
        set(
            texts,
            &format!("{key}.{at}.credited_as"),
            text("credited_as").to_owned(),
        );
        set(texts, &format!("{key}.{at}.join"), text("join").to_owned());
    }
}

fn words(value: Option<&Value>) -> Vec<String> {
    let words = value.and_then(Value::as_array).into_iter().flatten();
    words.filter_map(Value::as_str).map(str::to_owned).collect()
}

/// Row ids of sources as the numbers their list shows.
fn numbers(ids: Option<&Value>, flat: &Map<String, Value>) -> String {
    let sources = flat.get("sources").and_then(Value::as_array);
    let sources = sources.map(Vec::as_slice).unwrap_or_default();
    let number = |id: &Value| {
        sources
            .iter()
            .position(|source| source.get("id") == Some(id))
    };
    ids.and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|id| Some((number(id)? + 1).to_string()))
        .collect::<Vec<_>>()
        .join(", ")
}
