//! Albums: the Parts a soundtrack comes out in, its special tracks, and the full album at the end.

pub mod facts;
pub mod listing;
pub mod show;

use serde::{Deserialize, Serialize};

use crate::db::text_enum;
use crate::models::link::PageRef;
use crate::models::rank::{Rank, RowId};
use crate::text::dates::PartialDate;
use crate::text::timecode::Length;

text_enum! {
    /// What the release is within its soundtrack.
    pub enum AlbumKind {
        Part => "part",
        SpecialTrack => "special_track",
        Album => "album",
        Score => "score",
        Anniversary => "anniversary",
        SpecialEdition => "special_edition",
    }
}

impl AlbumKind {
    /// The kind in plain words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Part => "Part of a soundtrack",
            Self::SpecialTrack => "Special track",
            Self::Album => "Album",
            Self::Score => "Score album",
            Self::Anniversary => "Anniversary release",
            Self::SpecialEdition => "Special edition",
        }
    }
}

/// The typed facts of an album.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Album {
    #[serde(default)]
    pub drama: Option<PageRef>,
    pub kind: AlbumKind,
    /// The part as printed: "Part 9", "Special Track Vol. 1".
    #[serde(default)]
    pub part: String,
    /// Sort key among the releases of the drama.
    #[serde(default)]
    pub order: i64,
    #[serde(default)]
    pub date: Option<PartialDate>,
    /// Hour of release in Korea, as "18:00".
    #[serde(default)]
    pub time: String,
    #[serde(default)]
    pub label: String,
    #[serde(default)]
    pub catalogue_number: String,
    #[serde(default)]
    pub tracks: Vec<Track>,
}

/// One track.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Track {
    #[serde(default)]
    pub id: RowId,
    #[serde(default)]
    pub position: u16,
    #[serde(default)]
    pub song: Option<PageRef>,
    /// Row id of the version in the song's page.
    #[serde(default)]
    pub version: Option<RowId>,
    /// Title as printed, where it differs from the song's.
    #[serde(default)]
    pub title: String,
    #[serde(default)]
    pub length: Option<Length>,
    #[serde(default, skip_serializing_if = "Rank::is_preferred")]
    pub rank: Rank,
    #[serde(default)]
    pub reason: String,
    #[serde(default)]
    pub sources: Vec<RowId>,
    #[serde(default)]
    pub unverified: bool,
}
