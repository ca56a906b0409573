//! Two editors changed the same fields: base, theirs and yours side by side, nothing chosen beforehand, everything else carried along.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;
use serde_json::Value;

use crate::models::page::merge::Collision;
use crate::models::page::revision::Revision;
use crate::web::{Chrome, Error, Shared, Viewer, filters, render};

use super::form_of;
use super::ground::{self, Ground};
use super::page::page;
use super::sent::Sent;

/// The page of collisions.
#[derive(Template)]
#[template(path = "pages/collisions.html")]
struct CollisionsPage {
    chrome: Chrome,
    title: String,
    href: String,
    section: &'static str,
    /// "Songs".
    kind_label: String,
    token: String,
    /// The revision that was saved meanwhile.
    current: i64,
    their_name: String,
    their_note: String,
    collisions: Vec<Line>,
    pairs: Vec<(String, String)>,
}

/// One field two editors changed.
struct Line {
    path: String,
    label: String,
    base: String,
    theirs: String,
    mine: String,
    /// A button pressed before, still fitting.
    chosen: &'static str,
}

/// Shows them.
pub async fn show(
    shared: &Shared,
    viewer: Viewer,
    ground: &Ground,
    sent: Sent,
    collisions: Vec<Collision>,
    current: Box<Revision>,
) -> Result<HttpResponse, Error> {
    let page_of = &ground.page;
    let form = form_of(page_of.kind);
    let token = viewer
        .member
        .as_ref()
        .map(|member| member.token.clone())
        .unwrap_or_default();
    let chrome = Chrome::new(
        shared,
        viewer,
        format!("{}/edit", page_of.href()),
        format!("Edit {}", page_of.title),
    )
    .with_section(page_of.kind.plural())
    .with_no_index();
    let is_same = sent.settled == current.id;
    let lines = collisions
        .iter()
        .map(|collision| Line {
            label: label(form, &collision.path),
            base: words(&collision.base),
            theirs: words(&collision.theirs),
            mine: words(&collision.mine),
            chosen: match sent.choices.get(&collision.path).filter(|_| is_same) {
                Some(crate::models::page::settle::Side::Theirs) => "theirs",
                Some(crate::models::page::settle::Side::Mine) => "mine",
                None => "",
            },
            path: collision.path.clone(),
        })
        .collect();
    let made = CollisionsPage {
        chrome,
        title: page_of.title.clone(),
        href: page_of.href(),
        section: page_of.kind.plural(),
        kind_label: format!("{}s", page_of.kind.label()),
        token,
        current: current.id,
        their_name: current.author.clone(),
        their_note: current.note.clone(),
        collisions: lines,
        pairs: sent.pairs(),
    };
    page(StatusCode::CONFLICT, render(made).await?)
}

/// "Credits, row 12, role".
fn label(form: &'static crate::routes::pages::form::Form, path: &str) -> String {
    let (list, rest) = path.split_once('[').unwrap_or((path, ""));
    let mut words = ground::label(form, list).to_owned();
    if let Some((row, field)) = rest.split_once(']') {
        words.push_str(&format!(", row {row}"));
        let field = field.trim_start_matches('.');
        if !field.is_empty() {
            words.push_str(&format!(": {}", field.replace('_', " ")));
        }
    }
    words
}

/// A value as text for readers.
fn words(value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(words).collect::<Vec<_>>().join(", "),
        Value::Object(map) => map
            .iter()
            .filter(|(key, _)| key.as_str() != "id")
            .map(|(key, value)| format!("{}: {}", key.replace('_', " "), words(value)))
            .collect::<Vec<_>>()
            .join("; "),
        other => other.to_string(),
    }
}
