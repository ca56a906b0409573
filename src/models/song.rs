//! Songs: what is known of one, and how it is kept.

pub mod facts;
pub mod index;
pub mod listing;
mod projection;
pub mod show;

use serde::{Deserialize, Serialize};

use crate::db::text_enum;
use crate::models::credit::{Credit, CreditPart};
use crate::models::cue::Cue;
use crate::models::link::PageRef;
use crate::models::rank::{Rank, RowId};
use crate::text::dates::PartialDate;
use crate::text::timecode::Length;

text_enum! {
    /// What a song is to a drama.
    pub enum UseRole {
        Title => "title",
        Ending => "ending",
        MainTheme => "main_theme",
        CharacterTheme => "character_theme",
        CoupleTheme => "couple_theme",
        Insert => "insert",
        Teaser => "teaser",
        Diegetic => "diegetic",
        Score => "score",
    }
}

impl UseRole {
    /// The role in plain words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Title => "Title song",
            Self::Ending => "Ending",
            Self::MainTheme => "Main theme",
            Self::CharacterTheme => "Character theme",
            Self::CoupleTheme => "Couple theme",
            Self::Insert => "Insert song",
            Self::Teaser => "Teaser",
            Self::Diegetic => "Heard in the story",
            Self::Score => "Score",
        }
    }
}

text_enum! {
    /// What a version is to the song.
    pub enum VersionKind {
        Vocal => "vocal",
        Instrumental => "instrumental",
        Acoustic => "acoustic",
        Language => "language",
        Live => "live",
        Remake => "remake",
        Original => "original",
    }
}

impl VersionKind {
    /// The kind in plain words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Vocal => "Vocal",
            Self::Instrumental => "Instrumental",
            Self::Acoustic => "Acoustic",
            Self::Language => "In another language",
            Self::Live => "Live",
            Self::Remake => "Remake",
            Self::Original => "Original",
        }
    }
}

/// The typed facts of a song.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Song {
    /// BCP 47 tags; `zxx` means no words.
    #[serde(default)]
    pub languages: Vec<String>,
    #[serde(default)]
    pub moods: Vec<String>,
    /// "Sanulrim, 1981": whose song this was before the drama.
    #[serde(default)]
    pub remake_of: String,
    #[serde(default)]
    pub uses: Vec<SongUse>,
    #[serde(default)]
    pub versions: Vec<Version>,
    #[serde(default)]
    pub credits: Vec<Credit>,
    #[serde(default)]
    pub cues: Vec<Cue>,
}

/// One drama the song belongs to, or is wrongly said to belong to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SongUse {
    #[serde(default)]
    pub id: RowId,
    pub drama: PageRef,
    #[serde(default)]
    pub role: Option<UseRole>,
    /// The character or couple of a theme.
    #[serde(default)]
    pub about: String,
    #[serde(default)]
    pub note: String,
    #[serde(default, skip_serializing_if = "Rank::is_preferred")]
    pub rank: Rank,
    #[serde(default)]
    pub reason: String,
    #[serde(default)]
    pub sources: Vec<RowId>,
    #[serde(default)]
    pub unverified: bool,
}

/// One recording of the song.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Version {
    #[serde(default)]
    pub id: RowId,
    pub kind: VersionKind,
    #[serde(default)]
    pub label: String,
    #[serde(default)]
    pub language: String,
    /// The artist credit, in printing order.
    #[serde(default)]
    pub credit: Vec<CreditPart>,
    #[serde(default)]
    pub length: Option<Length>,
    #[serde(default)]
    pub isrc: String,
    #[serde(default)]
    pub released: Option<PartialDate>,
    #[serde(default, skip_serializing_if = "Rank::is_preferred")]
    pub rank: Rank,
    #[serde(default)]
    pub reason: String,
    #[serde(default)]
    pub sources: Vec<RowId>,
    #[serde(default)]
    pub unverified: bool,
}

impl Version {
    /// What to call the version beside others.
    pub fn name(&self) -> String {
        if self.label.is_empty() {
            self.kind.label().to_owned()
        } else {
            self.label.clone()
        }
    }
}
