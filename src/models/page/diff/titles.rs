//! What a row is called, so that a reader knows which one is meant: "Music › Rocoberry", "Goblin, episode 7, 0:58:50".

use serde_json::Value;

use super::values::Side;
use crate::models::link::ExternalLink;
use crate::models::page::labels;
use crate::models::rank::Source;

/// Between the parts of a title.
const BETWEEN: &str = " › ";

/// The title of a row of a list; its number where it says nothing of itself.
pub fn title(list: &str, row: &Value, side: &Side<'_>) -> String {
    let text = |key: &str| row.get(key).and_then(Value::as_str).unwrap_or("");
    let number = |key: &str, word: &str| {
        row.get(key)
            .and_then(Value::as_i64)
            .map(|number| format!("{word} {number}"))
            .unwrap_or_default()
    };
    let page = |key: &str| match text(key) {
        "" => String::new(),
        reference => side.page(reference),
    };
    let parts: Vec<String> = match list {
        "names" => vec![text("value").to_owned()],
        "links" => vec![link(row)],
        "sources" => vec![citation(row)],
        "claims" => vec![
            labels::field(text("field")).to_owned(),
            side.shown(list, "value", row.get("value")).text,
        ],
        "credits" => vec![side.word(list, "role", text("role")), side.who(row)],
        "uses" => vec![page("drama")],
        "versions" => match text("label") {
            "" => vec![side.word(list, "kind", text("kind"))],
            label => vec![label.to_owned()],
        },
        "cues" => {
            let place = [
                page("drama"),
                number("season", "season"),
                number("episode", "episode"),
                text("begin").to_owned(),
            ];
            vec![joined(&place, ", ")]
        }
        "cast" => vec![text("character").to_owned(), side.who(row)],
        "seasons" => vec![number("number", "Season")],
        "members" => vec![side.who(row)],
        "tracks" => {
            let name = match text("title") {
                "" => page("song"),
                printed => printed.to_owned(),
            };
            vec![joined(&[number("position", "Track"), name], ": ")]
        }
        _ => Vec::new(),
    };
    match joined(&parts, BETWEEN) {
        title if title.is_empty() => number("id", "Row"),
        title => title,
    }
}

fn joined(parts: &[String], between: &str) -> String {
    let said: Vec<&str> = parts
        .iter()
        .map(|part| part.trim())
        .filter(|part| !part.is_empty())
        .collect();
    said.join(between)
}

fn link(row: &Value) -> String {
    serde_json::from_value(row.clone())
        .map_or_else(|_| String::new(), |link: ExternalLink| link.text())
}

/// As a reader would cite it, else its address.
fn citation(row: &Value) -> String {
    let source: Source = serde_json::from_value(row.clone()).unwrap_or_default();
    match source.citation() {
        citation if citation.is_empty() => source.url,
        citation => citation,
    }
}
