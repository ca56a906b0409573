//! Credits: who did what, as printed and as known.

use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use crate::db::{Conn, text_enum};
use crate::models::link::PageRef;
use crate::models::page::content::Faults;
use crate::models::page::projection::update;
use crate::models::page::{Kind, PageId};
use crate::models::rank::{Rank, RowId};
use crate::schema::credits;

text_enum! {
    /// What somebody did. A closed list, so that an artist's work can be counted by role.
    pub enum Role {
        Vocals => "vocals",
        Featuring => "featuring",
        Rap => "rap",
        Chorus => "chorus",
        Narration => "narration",
        Composer => "composer",
        Lyricist => "lyricist",
        RapLyrics => "rap_lyrics",
        Arranger => "arranger",
        StringArranger => "string_arranger",
        Producer => "producer",
        OstProducer => "ost_producer",
        MusicDirector => "music_director",
        Instrument => "instrument",
        Programming => "programming",
        RecordingEngineer => "recording_engineer",
        MixEngineer => "mix_engineer",
        MasteringEngineer => "mastering_engineer",
        VocalDirector => "vocal_director",
        Studio => "studio",
        Publisher => "publisher",
        Label => "label",
        Distributor => "distributor",
        Writer => "writer",
        Director => "director",
        OriginalAuthor => "original_author",
        ProductionCompany => "production_company",
        OstCompany => "ost_company",
    }
}

/// The group a role is printed under, in printing order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RoleGroup {
    Drama,
    Voices,
    Writing,
    Production,
    Engineering,
    Release,
}

impl RoleGroup {
    /// Heading of the group.
    pub fn label(self) -> &'static str {
        match self {
            Self::Drama => "The drama",
            Self::Voices => "Voices",
            Self::Writing => "Writing",
            Self::Production => "Production",
            Self::Engineering => "Engineering",
            Self::Release => "Release",
        }
    }
}

impl Role {
    /// The role in English, as a reader would say it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Vocals => "Vocals",
            Self::Featuring => "Featuring",
            Self::Rap => "Rap",
            Self::Chorus => "Chorus",
            Self::Narration => "Narration",
            Self::Composer => "Music",
            Self::Lyricist => "Lyrics",
            Self::RapLyrics => "Rap lyrics",
            Self::Arranger => "Arrangement",
            Self::StringArranger => "String arrangement",
            Self::Producer => "Producer",
            Self::OstProducer => "OST producer",
            Self::MusicDirector => "Music director",
            Self::Instrument => "Instruments",
            Self::Programming => "Programming",
            Self::RecordingEngineer => "Recording",
            Self::MixEngineer => "Mixing",
            Self::MasteringEngineer => "Mastering",
            Self::VocalDirector => "Vocal direction",
            Self::Studio => "Studio",
            Self::Publisher => "Publisher",
            Self::Label => "Label",
            Self::Distributor => "Distributor",
            Self::Writer => "Writer",
            Self::Director => "Director",
            Self::OriginalAuthor => "Based on the work of",
            Self::ProductionCompany => "Production company",
            Self::OstCompany => "OST company",
        }
    }

    /// The person with this role, in the plural: the heading of an artist's list.
    pub fn people(self) -> &'static str {
        match self {
            Self::Vocals => "Singers",
            Self::Featuring => "Featured singers",
            Self::Rap => "Rappers",
            Self::Chorus => "Chorus singers",
            Self::Narration => "Narrators",
            Self::Composer => "Composers",
            Self::Lyricist => "Lyricists",
            Self::RapLyrics => "Rap lyricists",
            Self::Arranger => "Arrangers",
            Self::StringArranger => "String arrangers",
            Self::Producer => "Producers",
            Self::OstProducer => "OST producers",
            Self::MusicDirector => "Music directors",
            Self::Instrument => "Players",
            Self::Programming => "Programmers",
            Self::RecordingEngineer => "Recording engineers",
            Self::MixEngineer => "Mixing engineers",
            Self::MasteringEngineer => "Mastering engineers",
            Self::VocalDirector => "Vocal directors",
            Self::Studio => "Studios",
            Self::Publisher => "Publishers",
            Self::Label => "Labels",
            Self::Distributor => "Distributors",
            Self::Writer => "Writers",
            Self::Director => "Directors",
            Self::OriginalAuthor => "Original authors",
            Self::ProductionCompany => "Production companies",
            Self::OstCompany => "OST companies",
        }
    }

    /// Where the role is printed.
    pub fn group(self) -> RoleGroup {
        match self {
            Self::Writer | Self::Director | Self::OriginalAuthor | Self::ProductionCompany => {
                RoleGroup::Drama
            }
            Self::Vocals | Self::Featuring | Self::Rap | Self::Chorus | Self::Narration => {
                RoleGroup::Voices
            }
            Self::Composer
            | Self::Lyricist
            | Self::RapLyrics
            | Self::Arranger
            | Self::StringArranger => RoleGroup::Writing,
            Self::Producer
            | Self::OstProducer
            | Self::MusicDirector
            | Self::Instrument
            | Self::Programming
            | Self::VocalDirector => RoleGroup::Production,
            Self::RecordingEngineer
            | Self::MixEngineer
            | Self::MasteringEngineer
            | Self::Studio => RoleGroup::Engineering,
            Self::Publisher | Self::Label | Self::Distributor | Self::OstCompany => {
                RoleGroup::Release
            }
        }
    }
}

/// One credit. Exactly one of `artist` and `text` is given.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Credit {
    #[serde(default)]
    pub id: RowId,
    pub role: Role,
    #[serde(default)]
    pub artist: Option<PageRef>,
    #[serde(default)]
    pub text: String,
    #[serde(default)]
    pub credited_as: String,
    /// Instrument, part of the work, anything the role alone does not say.
    #[serde(default)]
    pub detail: String,
    /// Row id of the version it holds for; none when it holds for all.
    #[serde(default)]
    pub version: Option<RowId>,
    #[serde(default, skip_serializing_if = "Rank::is_preferred")]
    pub rank: Rank,
    #[serde(default)]
    pub reason: String,
    #[serde(default)]
    pub sources: Vec<RowId>,
    #[serde(default)]
    pub unverified: bool,
}

/// One part of an artist credit: an artist (or plain text), the name as printed, and the phrase that joins it to the next.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CreditPart {
    #[serde(default)]
    pub artist: Option<PageRef>,
    #[serde(default)]
    pub text: String,
    #[serde(default)]
    pub credited_as: String,
    /// Written between this part and the next, spaces included: `" & "`, `" feat. "`.
    #[serde(default)]
    pub join: String,
}

/// Checks that a row names exactly one of a page and plain text.
pub fn check_who(path: &str, artist: Option<&PageRef>, text: &str, faults: &mut Faults) {
    match (artist, text.trim().is_empty()) {
        (None, true) => faults.add(
            format!("{path}.artist"),
            "Say who: an artist's page, or the name as plain text.",
        ),
        (Some(_), false) => faults.add(
            format!("{path}.artist"),
            "Give either an artist's page or plain text, not both.",
        ),
        (Some(artist), true) if artist.kind != Kind::Artist => {
            faults.add(
                format!("{path}.artist"),
                "Only an artist can be credited here.",
            );
        }
        _ => {}
    }
}

/// Checks the credits of a page.
pub fn check(credits: &[Credit], faults: &mut Faults) {
    for (at, credit) in credits.iter().enumerate() {
        check_who(
            &format!("credits[{at}]"),
            credit.artist.as_ref(),
            &credit.text,
            faults,
        );
    }
}

#[derive(PartialEq, Insertable, AsChangeset)]
#[diesel(table_name = credits, primary_key(page_id, row_id), treat_none_as_null = true)]
struct CreditRow<'a> {
    page_id: PageId,
    row_id: RowId,
    position: i64,
    role: Role,
    artist_id: Option<PageId>,
    name: &'a str,
    detail: &'a str,
    rank: Rank,
    is_unverified: bool,
}

/// Artists of the credits that stand, and as what.
pub fn credited(list: &[Credit]) -> impl Iterator<Item = (PageId, Role)> {
    let standing = list.iter().filter(|credit| !credit.rank.is_refuted());
    standing.filter_map(|credit| Some((credit.artist.as_ref()?.id()?, credit.role)))
}

/// Writes the query rows of a page's credits in place of those that are there.
pub fn project(
    conn: &mut Conn,
    page: PageId,
    before: Option<&[Credit]>,
    list: &[Credit],
) -> QueryResult<()> {
    let before = before.map(|list| rows(page, list));
    update!(conn, credits.page_id = page, before => rows(page, list));
    Ok(())
}

fn rows(page: PageId, list: &[Credit]) -> Vec<CreditRow<'_>> {
    list.iter()
        .zip(0..)
        .map(|(credit, position)| CreditRow {
            page_id: page,
            row_id: credit.id,
            position,
            role: credit.role,
            artist_id: credit.artist.as_ref().and_then(PageRef::id),
            name: match credit.credited_as.as_str() {
                "" => &credit.text,
                printed => printed,
            },
            detail: &credit.detail,
            rank: credit.rank,
            is_unverified: credit.unverified,
        })
        .collect()
}
