//! Links: to pages of this wiki (references) and to the world outside.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::models::page::{Kind, PageId};
use crate::models::rank::RowId;
use crate::text::links;
use crate::text::slug::Slug;

/// A reference to a page: by id once saved, by slug in files and in what editors write.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct PageRef {
    pub kind: Kind,
    pub key: RefKey,
}

/// What a reference holds on to.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum RefKey {
    Id(PageId),
    Slug(Slug),
}

impl PageRef {
    /// A reference that survives every rename.
    pub fn by_id(kind: Kind, id: PageId) -> Self {
        Self {
            kind,
            key: RefKey::Id(id),
        }
    }

    /// The id, once the reference is resolved.
    pub fn id(&self) -> Option<PageId> {
        match self.key {
            RefKey::Id(id) => Some(id),
            RefKey::Slug(_) => None,
        }
    }
}

impl fmt::Display for PageRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.key {
            RefKey::Id(id) => write!(f, "{}#{id}", self.kind),
            RefKey::Slug(slug) => write!(f, "{}:{slug}", self.kind),
        }
    }
}

impl FromStr for PageRef {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let fault = || {
            format!(
                "\"{text}\" is not a reference; write it as kind:slug, for example artist:punch"
            )
        };
        let at = text.find([':', '#']).ok_or_else(fault)?;
        let (kind, key) = text.split_at_checked(at).ok_or_else(fault)?;
        let kind: Kind = kind
            .parse()
            .map_err(|cause: crate::db::UnknownWord| cause.to_string())?;
        let key = match (key.strip_prefix('#'), key.strip_prefix(':')) {
            (Some(id), _) => RefKey::Id(
                id.parse()
                    .map_err(|cause| format!("{}: {cause}", fault()))?,
            ),
            (_, Some(slug)) => {
                RefKey::Slug(Slug::parse(slug).map_err(|cause| format!("{}: {cause}", fault()))?)
            }
            _ => return Err(fault()),
        };
        Ok(Self { kind, key })
    }
}

impl From<PageRef> for String {
    fn from(value: PageRef) -> Self {
        value.to_string()
    }
}

impl TryFrom<String> for PageRef {
    type Error = String;

    fn try_from(value: String) -> Result<Self, String> {
        value.parse()
    }
}

/// A link to another site about the same thing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExternalLink {
    #[serde(default)]
    pub id: RowId,
    /// Short name of the site: `tmdb`, `wikidata`, `maniadb`, `official` …
    pub site: String,
    pub url: String,
    #[serde(default)]
    pub label: String,
}

impl ExternalLink {
    /// The words of the link.
    pub fn text(&self) -> String {
        if !self.label.is_empty() {
            return self.label.clone();
        }
        links::name_of(&self.site).to_owned()
    }
}
