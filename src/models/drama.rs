//! Dramas: what is known of one, and how it is kept.

pub mod episode;
pub mod facts;
pub mod listing;
pub mod scenes;
pub mod show;

use serde::{Deserialize, Serialize};

use crate::db::text_enum;
use crate::models::credit::Credit;
use crate::models::link::PageRef;
use crate::models::rank::{Rank, RowId};
use crate::text::dates::PartialDate;

text_enum! {
    /// What was made.
    pub enum DramaKind {
        Series => "series",
        Special => "special",
        Web => "web",
        Film => "film",
        Animation => "animation",
    }
}

impl DramaKind {
    /// The kind in plain words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Series => "Series",
            Self::Special => "Special",
            Self::Web => "Web drama",
            Self::Film => "Film",
            Self::Animation => "Animation",
        }
    }
}

text_enum! {
    /// How large a part is.
    pub enum CastPart {
        Main => "main",
        Support => "support",
        Guest => "guest",
    }
}

/// The typed facts of a drama.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Drama {
    pub kind: DramaKind,
    #[serde(default)]
    pub networks: Vec<String>,
    #[serde(default)]
    pub streaming: Vec<String>,
    #[serde(default)]
    pub first_aired: Option<PartialDate>,
    #[serde(default)]
    pub last_aired: Option<PartialDate>,
    #[serde(default)]
    pub episodes: Option<u16>,
    #[serde(default)]
    pub specials: Option<u16>,
    #[serde(default)]
    pub genres: Vec<String>,
    #[serde(default)]
    pub moods: Vec<String>,
    /// Only where there is more than one.
    #[serde(default)]
    pub seasons: Vec<Season>,
    #[serde(default)]
    pub credits: Vec<Credit>,
    #[serde(default)]
    pub cast: Vec<CastMember>,
}

/// One season of a drama that has several.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Season {
    #[serde(default)]
    pub id: RowId,
    pub number: u16,
    #[serde(default)]
    pub episodes: Option<u16>,
    #[serde(default)]
    pub first_aired: Option<PartialDate>,
    #[serde(default)]
    pub last_aired: Option<PartialDate>,
    #[serde(default)]
    pub sources: Vec<RowId>,
    #[serde(default)]
    pub unverified: bool,
}

/// A character and who plays it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CastMember {
    #[serde(default)]
    pub id: RowId,
    #[serde(default)]
    pub character: String,
    #[serde(default)]
    pub character_ko: String,
    #[serde(default)]
    pub artist: Option<PageRef>,
    #[serde(default)]
    pub text: String,
    #[serde(default)]
    pub part: Option<CastPart>,
    /// The song that is this character's theme.
    #[serde(default)]
    pub theme: Option<PageRef>,
    #[serde(default, skip_serializing_if = "Rank::is_preferred")]
    pub rank: Rank,
    #[serde(default)]
    pub reason: String,
    #[serde(default)]
    pub sources: Vec<RowId>,
    #[serde(default)]
    pub unverified: bool,
}

impl Drama {
    /// A drama of which nothing else is known.
    pub fn empty(kind: DramaKind) -> Self {
        Self {
            kind,
            networks: Vec::new(),
            streaming: Vec::new(),
            first_aired: None,
            last_aired: None,
            episodes: None,
            specials: None,
            genres: Vec::new(),
            moods: Vec::new(),
            seasons: Vec::new(),
            credits: Vec::new(),
            cast: Vec::new(),
        }
    }
}
