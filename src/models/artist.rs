//! Artists: people, groups and the bands that exist only in a story.

pub mod facts;
pub mod listing;
pub mod show;
pub mod works;

use serde::{Deserialize, Serialize};

use crate::db::text_enum;
use crate::models::link::PageRef;
use crate::models::rank::{Rank, RowId};
use crate::text::dates::PartialDate;

text_enum! {
    /// What an artist is.
    pub enum ArtistType {
        Person => "person",
        Group => "group",
        Subgroup => "subgroup",
        Orchestra => "orchestra",
        Choir => "choir",
        Fictional => "fictional",
    }
}

impl ArtistType {
    /// The type in plain words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Person => "Person",
            Self::Group => "Group",
            Self::Subgroup => "Sub-unit",
            Self::Orchestra => "Orchestra",
            Self::Choir => "Choir",
            Self::Fictional => "Band in a story",
        }
    }
}

text_enum! {
    /// What somebody is to a group.
    pub enum MemberKind {
        Member => "member",
        Subgroup => "subgroup",
        Voice => "voice",
    }
}

/// The typed facts of an artist.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Artist {
    #[serde(rename = "type")]
    pub artist_type: ArtistType,
    #[serde(default)]
    pub debut: Option<PartialDate>,
    #[serde(default)]
    pub agency: String,
    #[serde(default)]
    pub members: Vec<Member>,
}

/// One member of a group, or the real voice of a fictional one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Member {
    #[serde(default)]
    pub id: RowId,
    #[serde(default)]
    pub artist: Option<PageRef>,
    #[serde(default)]
    pub text: String,
    #[serde(default)]
    pub kind: Option<MemberKind>,
    #[serde(default)]
    pub from: Option<PartialDate>,
    #[serde(default)]
    pub to: Option<PartialDate>,
    #[serde(default, skip_serializing_if = "Rank::is_preferred")]
    pub rank: Rank,
    #[serde(default)]
    pub reason: String,
    #[serde(default)]
    pub sources: Vec<RowId>,
    #[serde(default)]
    pub unverified: bool,
}
