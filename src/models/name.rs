//! Names: the hard part of this domain. Every page has one or more, each in a language, each of a kind.

use serde::{Deserialize, Serialize};

use crate::db::text_enum;
use crate::models::rank::RowId;

text_enum! {
    /// What a name is to the thing it names.
    pub enum NameKind {
        Official => "official",
        Translated => "translated",
        Romanised => "romanised",
        Alias => "alias",
        Short => "short",
        Former => "former",
        Legal => "legal",
        Stage => "stage",
        Working => "working",
        SearchHint => "search_hint",
    }
}

impl NameKind {
    /// The word shown to readers behind the name.
    pub fn label(self) -> &'static str {
        match self {
            Self::Official => "official",
            Self::Translated => "translated here",
            Self::Romanised => "romanised",
            Self::Alias => "also",
            Self::Short => "short",
            Self::Former => "formerly",
            Self::Legal => "legal name",
            Self::Stage => "stage name",
            Self::Working => "working title",
            Self::SearchHint => "search hint",
        }
    }
}

/// One name of a page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Name {
    #[serde(default)]
    pub id: RowId,
    pub value: String,
    /// BCP 47 tag: `en`, `ko`, `ko-Latn` (romanised Korean), `ja` …
    pub locale: String,
    pub kind: NameKind,
    /// The one name shown for its locale.
    #[serde(default)]
    pub primary: bool,
    /// Latin key for sorting, where it differs from the name ("Nam, Hye-seung").
    #[serde(default)]
    pub sort: String,
    #[serde(default)]
    pub sources: Vec<RowId>,
    #[serde(default)]
    pub unverified: bool,
}

/// The name shown to readers of English: the primary English one, else the primary Korean one, else the first.
pub fn display(names: &[Name]) -> Option<&Name> {
    names
        .iter()
        .find(|name| name.primary && name.locale == "en")
        .or_else(|| {
            names
                .iter()
                .find(|name| name.primary && name.locale == "ko")
        })
        .or_else(|| names.first())
}

/// The primary Korean name, where there is one.
pub fn native(names: &[Name]) -> Option<&Name> {
    names
        .iter()
        .find(|name| name.primary && name.locale == "ko")
        .or_else(|| {
            names
                .iter()
                .find(|name| name.locale == "ko" && name.kind == NameKind::Official)
        })
}
