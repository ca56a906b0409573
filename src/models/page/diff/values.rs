//! Values as readers read them: pages by their titles, sources by their citations, words of closed lists in plain words.

use serde_json::{Map, Value};

use super::{Shown, titles};
use crate::models::album::AlbumKind;
use crate::models::artist::ArtistType;
use crate::models::credit::Role;
use crate::models::cue::{CueKind, EpisodePart};
use crate::models::drama::DramaKind;
use crate::models::link::PageRef;
use crate::models::mood;
use crate::models::name::NameKind;
use crate::models::page::card::Cards;
use crate::models::page::{Kind, labels, merge};
use crate::models::rank::Rank;
use crate::models::song::{UseRole, VersionKind};
use crate::text::dates::PartialDate;

/// Keys whose texts are references to pages.
pub const REFERENCES: [&str; 4] = ["artist", "drama", "song", "theme"];
/// Keys whose texts are dates.
const DATES: [&str; 7] = [
    "date",
    "debut",
    "first_aired",
    "from",
    "last_aired",
    "released",
    "to",
];

/// One of the two contents, and what is needed to read it.
pub struct Side<'a> {
    kind: Kind,
    pub content: &'a Map<String, Value>,
    cards: &'a Cards,
}

impl<'a> Side<'a> {
    /// The content of a page of this kind.
    pub fn new(kind: Kind, content: &'a Map<String, Value>, cards: &'a Cards) -> Self {
        Self {
            kind,
            content,
            cards,
        }
    }

    /// A value of a row of `list`, or of the page itself where that is empty.
    pub fn shown(&self, list: &str, key: &str, value: Option<&Value>) -> Shown {
        let Some(value) = value else {
            return Shown::default();
        };
        let text = self.words(list, key, value);
        // A claim holds the value of another field, which may be a date.
        let may_be_date = DATES.contains(&key) || (list == "claims" && key == "value");
        match text.parse::<PartialDate>() {
            Ok(date) if may_be_date => {
                let human = date.human();
                Shown {
                    raw: if human == text { String::new() } else { text },
                    text: human,
                }
            }
            _ => Shown {
                text,
                raw: String::new(),
            },
        }
    }

    fn words(&self, list: &str, key: &str, value: &Value) -> String {
        match value {
            Value::Null | Value::Bool(false) => String::new(),
            Value::Bool(true) => "Yes".to_owned(),
            Value::String(text) if REFERENCES.contains(&key) => self.page(text),
            Value::String(text) => self.word(list, key, text),
            Value::Number(number) if key == "version" => self.version(number.as_i64().unwrap_or(0)),
            Value::Number(number) => number.to_string(),
            Value::Array(items) if key == "sources" => self.sources(items),
            Value::Array(items) if key == "credit" => self.credit(items),
            Value::Array(items) => {
                let words: Vec<String> = items
                    .iter()
                    .map(|item| self.words(list, key, item))
                    .collect();
                words.join(", ")
            }
            Value::Object(_) => value.to_string(),
        }
    }

    /// The title of the page a reference leads to.
    pub fn page(&self, reference: &str) -> String {
        let page = reference.parse::<PageRef>().ok();
        match self.cards.of(page.as_ref()) {
            Some(card) => card.title.clone(),
            None if page.is_some_and(|page| page.id().is_some()) => {
                format!("a page that was taken away ({reference})")
            }
            None => reference.to_owned(),
        }
    }

    /// Somebody: the name as printed, else the title of the page, else the plain text.
    pub fn who(&self, row: &Value) -> String {
        let text = |key: &str| row.get(key).and_then(Value::as_str).unwrap_or("");
        match (text("credited_as"), text("artist")) {
            ("", "") => text("text").to_owned(),
            ("", artist) => self.page(artist),
            (printed, _) => printed.to_owned(),
        }
    }

    /// A word of one of the closed lists in plain words; any other text as it stands.
    pub fn word(&self, list: &str, key: &str, text: &str) -> String {
        let label = match (list, key) {
            (_, "rank") => text.parse().ok().map(|rank: Rank| match rank {
                Rank::Preferred => "Preferred",
                Rank::Also => "Also claimed",
                Rank::Refuted => "Refuted",
            }),
            (_, "moods") => mood::find(text).map(|mood| mood.name),
            ("credits", "role") => text.parse().ok().map(Role::label),
            ("uses", "role") => text.parse().ok().map(UseRole::label),
            ("versions", "kind") => text.parse().ok().map(VersionKind::label),
            ("names", "kind") => text.parse().ok().map(NameKind::label),
            ("cues", "kind") => text.parse().ok().map(CueKind::label),
            ("cues", "part") => text.parse().ok().map(EpisodePart::label),
            ("", "type") => text.parse().ok().map(ArtistType::label),
            ("", "kind") if self.kind == Kind::Album => text.parse().ok().map(AlbumKind::label),
            ("", "kind") => text.parse().ok().map(DramaKind::label),
            ("claims", "field") | ("", "unverified") => Some(labels::field(text)),
            _ => None,
        };
        label.unwrap_or(text).to_owned()
    }

    /// The version of the song with this row id; in an album, where it is another page's row, its number.
    fn version(&self, id: i64) -> String {
        let versions = merge::rows_of(self.content.get("versions"));
        let row = versions.iter().find(|row| merge::row_id(row) == id);
        row.map_or_else(
            || format!("version {id}"),
            |row| titles::title("versions", row, self),
        )
    }

    /// The citations of these sources of the page.
    fn sources(&self, ids: &[Value]) -> String {
        let rows = merge::rows_of(self.content.get("sources"));
        let cited: Vec<String> = ids
            .iter()
            .filter_map(Value::as_i64)
            .map(|id| {
                let row = rows.iter().find(|row| merge::row_id(row) == id);
                row.map_or_else(
                    || format!("source {id}"),
                    |row| titles::title("sources", row, self),
                )
            })
            .collect();
        cited.join("; ")
    }

    /// An artist credit as printed.
    fn credit(&self, parts: &[Value]) -> String {
        let mut line = String::new();
        for part in parts {
            line.push_str(&self.who(part));
            line.push_str(part.get("join").and_then(Value::as_str).unwrap_or(""));
        }
        line
    }
}
