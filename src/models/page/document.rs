//! A page's whole content: names, sources, claims, typed facts and prose, kept together as one revision.

mod stored;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::models::album::Album;
use crate::models::article::Article;
use crate::models::artist::Artist;
use crate::models::drama::Drama;
use crate::models::link::ExternalLink;
use crate::models::name::{self, Name};
use crate::models::page::Kind;
use crate::models::page::content::{Facet, Facts, Fault, Faults, RefVisitor};
use crate::models::rank::{Claim, Source};
use crate::models::song::Song;
use crate::text::romanise;

/// What every kind of page has.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    #[serde(default)]
    pub names: Vec<Name>,
    /// What tells the page from others of the same name.
    #[serde(default)]
    pub disambiguation: String,
    /// Names of single-valued fields for which no source was found.
    #[serde(default)]
    pub unverified: Vec<String>,
    #[serde(default)]
    pub links: Vec<ExternalLink>,
    #[serde(default)]
    pub sources: Vec<Source>,
    #[serde(default)]
    pub claims: Vec<Claim>,
}

/// Keys of [`Head`] in the flat form.
const HEAD_KEYS: [&str; 6] = [
    "names",
    "disambiguation",
    "unverified",
    "links",
    "sources",
    "claims",
];
/// Lists of rows every kind has.
const HEAD_ROWS: [&str; 4] = ["names", "links", "sources", "claims"];
/// Key of the prose in the flat form.
pub const PROSE: &str = "prose";

impl Head {
    /// The name shown to readers of English.
    pub fn title(&self) -> &str {
        name::display(&self.names).map_or("", |name| &name.value)
    }

    /// The primary Korean name, or nothing.
    pub fn native(&self) -> &str {
        name::native(&self.names).map_or("", |name| &name.value)
    }

    /// The Korean name in Latin letters: as recorded for it, else by the rules of Revised Romanisation.
    pub fn romanised(&self) -> String {
        let recorded = self
            .names
            .iter()
            .find(|name| name.primary && name.locale == "ko-Latn");
        recorded.map_or_else(
            || romanise::romanised_title(self.native()),
            |name| name.value.clone(),
        )
    }

    /// Whether a single-valued field is marked as unverified.
    pub fn is_unverified(&self, field: &str) -> bool {
        self.unverified.iter().any(|name| name == field)
    }
}

/// The typed facts of one of the five kinds.
#[derive(Debug, Clone, PartialEq)]
pub enum KindFacts {
    Drama(Drama),
    Song(Song),
    Artist(Artist),
    Album(Album),
    Article(Article),
}

/// Calls the same method on whichever kind it is.
macro_rules! each_kind {
    ($facts:expr, $inner:ident => $call:expr) => {
        match $facts {
            KindFacts::Drama($inner) => $call,
            KindFacts::Song($inner) => $call,
            KindFacts::Artist($inner) => $call,
            KindFacts::Album($inner) => $call,
            KindFacts::Article($inner) => $call,
        }
    };
}
pub(crate) use each_kind;

impl KindFacts {
    /// Which kind these facts are of.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Drama(_) => Kind::Drama,
            Self::Song(_) => Kind::Song,
            Self::Artist(_) => Kind::Artist,
            Self::Album(_) => Kind::Album,
            Self::Article(_) => Kind::Article,
        }
    }

    fn from_value(kind: Kind, value: Value) -> Result<Self, Fault> {
        Ok(match kind {
            Kind::Drama => Self::Drama(typed(value)?),
            Kind::Song => Self::Song(typed(value)?),
            Kind::Artist => Self::Artist(typed(value)?),
            Kind::Album => Self::Album(typed(value)?),
            Kind::Article => Self::Article(typed(value)?),
        })
    }

    /// What indexes can find the page by.
    pub fn facets(&self) -> Vec<Facet> {
        each_kind!(self, facts => facts.facets())
    }
}

/// Lists of rows of a kind of page.
pub fn row_lists(kind: Kind) -> impl Iterator<Item = &'static str> {
    let own: &'static [&'static str] = match kind {
        Kind::Drama => Drama::ROWS,
        Kind::Song => Song::ROWS,
        Kind::Artist => Artist::ROWS,
        Kind::Album => Album::ROWS,
        Kind::Article => Article::ROWS,
    };
    HEAD_ROWS.into_iter().chain(own.iter().copied())
}

/// The content of a page.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    pub head: Head,
    pub facts: KindFacts,
    /// Markdown; links to pages are by id once saved.
    pub prose: String,
}

impl Document {
    /// The flat form that snapshots, files, diffs and merges share: head, facts and prose in one object, empty values left
    /// out.
    pub fn to_value(&self) -> Map<String, Value> {
        let mut flat = object(&self.head);
        flat.extend(each_kind!(&self.facts, facts => object(facts)));
        if !self.prose.is_empty() {
            flat.insert(PROSE.to_owned(), Value::String(self.prose.clone()));
        }
        prune(&mut flat);
        flat
    }

    /// Reads the flat form.
    ///
    /// # Errors
    /// The first field that is unknown, missing or of the wrong shape.
    pub fn from_value(kind: Kind, flat: &Map<String, Value>) -> Result<Self, Fault> {
        // Which field it is takes longer to find out, and is asked for only when there is one.
        stored::from_map(kind, flat).or_else(|_somewhere| Self::by_parts(kind, flat.clone()))
    }

    fn by_parts(kind: Kind, mut flat: Map<String, Value>) -> Result<Self, Fault> {
        let prose = match flat.shift_remove(PROSE) {
            Some(Value::String(text)) => text,
            Some(_) => {
                return Err(Fault {
                    field: PROSE.to_owned(),
                    message: "The prose must be text.".to_owned(),
                });
            }
            None => String::new(),
        };
        let mut head = Map::new();
        for key in HEAD_KEYS {
            if let Some(value) = flat.shift_remove(key) {
                head.insert(key.to_owned(), value);
            }
        }
        Ok(Self {
            head: typed(Value::Object(head))?,
            facts: KindFacts::from_value(kind, Value::Object(flat))?,
            prose,
        })
    }

    /// Reads the flat form from the text a revision keeps.
    ///
    /// # Errors
    /// The first field that is unknown, missing or of the wrong shape, by line and column.
    pub fn from_text(kind: Kind, text: &str) -> serde_json::Result<Self> {
        stored::from_text(kind, text)
    }

    /// The kind of page.
    pub fn kind(&self) -> Kind {
        self.facts.kind()
    }

    /// Visits every typed reference to another page.
    pub fn visit_refs(&mut self, visit: &mut RefVisitor<'_>) {
        each_kind!(&mut self.facts, facts => facts.visit_refs(visit));
    }

    /// Everything that is wrong with the content by itself; `flat` is its flat form.
    pub fn validate(&self, flat: &Map<String, Value>, faults: &mut Faults) {
        crate::models::page::save::check::head(self, flat, faults);
        each_kind!(&self.facts, facts => facts.validate(&self.head, faults));
    }
}

/// What is said of a field that must not be empty and is.
pub const NEEDED: &str = "This is needed; write something, or remove the row.";

/// The field serde misses.
fn missing(message: &str) -> Option<&str> {
    message.strip_prefix("missing field `")?.split('`').next()
}

/// Reads a value into its type, telling where it does not fit.
fn typed<T: DeserializeOwned>(value: Value) -> Result<T, Fault> {
    serde_path_to_error::deserialize(value).map_err(|error| {
        let path = error.path().to_string();
        let path = path.trim_end_matches('.');
        let message = error.into_inner().to_string();
        match missing(&message) {
            Some(field) if path.is_empty() => Fault {
                field: field.to_owned(),
                message: NEEDED.to_owned(),
            },
            Some(field) => Fault {
                field: format!("{path}.{field}"),
                message: NEEDED.to_owned(),
            },
            None => Fault {
                field: path.to_owned(),
                message,
            },
        }
    })
}

/// A struct as an object; our own structs always are one.
fn object<T: Serialize>(value: &T) -> Map<String, Value> {
    match serde_json::to_value(value) {
        Ok(Value::Object(map)) => map,
        _ => Map::new(),
    }
}

/// Drops values that say nothing, so that a field that is absent and one that is empty are the same thing.
fn prune(map: &mut Map<String, Value>) {
    for value in map.values_mut() {
        prune_value(value);
    }
    map.retain(|_, value| !is_nothing(value));
}

fn prune_value(value: &mut Value) {
    match value {
        Value::Object(map) => prune(map),
        Value::Array(items) => items.iter_mut().for_each(prune_value),
        _ => {}
    }
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(map) => map.is_empty(),
        _ => false,
    }
}
