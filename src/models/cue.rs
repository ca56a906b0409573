//! Cues: where a song is heard in a drama.

use serde::{Deserialize, Serialize};

use crate::db::text_enum;
use crate::models::link::PageRef;
use crate::models::rank::{Rank, RowId};
use crate::text::timecode::Timecode;

text_enum! {
    /// How the music is present in the scene.
    pub enum CueKind {
        Underscore => "underscore",
        Diegetic => "diegetic",
        Performed => "performed",
        Humming => "humming",
        Title => "title",
        EndCredits => "end_credits",
    }
}

impl CueKind {
    /// The kind in plain words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Underscore => "under the scene",
            Self::Diegetic => "playing in the scene",
            Self::Performed => "sung in the scene",
            Self::Humming => "hummed",
            Self::Title => "title",
            Self::EndCredits => "end credits",
        }
    }
}

text_enum! {
    /// Which part of an episode, where the time is not known.
    pub enum EpisodePart {
        Opening => "opening",
        Early => "early",
        Middle => "middle",
        Late => "late",
        Ending => "ending",
    }
}

impl EpisodePart {
    /// Reads the part as people name it, in English or Korean.
    pub fn read(text: &str) -> Option<Self> {
        let word = text.trim().to_lowercase();
        let word = word.trim_start_matches("the ");
        Some(match word {
            "start" | "beginning" | "opening credits" | "오프닝" => Self::Opening,
            "초반" => Self::Early,
            "mid" | "중반" => Self::Middle,
            "후반" => Self::Late,
            "end" | "end credits" | "엔딩" => Self::Ending,
            other => other.parse().ok()?,
        })
    }

    /// The part in plain words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Opening => "opening",
            Self::Early => "early",
            Self::Middle => "middle",
            Self::Late => "late",
            Self::Ending => "ending",
        }
    }
}

text_enum! {
    /// How sure the cue is.
    pub enum Certainty {
        Sourced => "sourced",
        Confirmed => "confirmed",
        Likely => "likely",
    }
}

/// Longest description of a scene, in characters.
pub const MAX_DESCRIPTION: usize = 300;

/// One place in an episode where the song is heard.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cue {
    #[serde(default)]
    pub id: RowId,
    pub drama: PageRef,
    /// Season; none means the first.
    #[serde(default)]
    pub season: Option<u16>,
    /// Episode within the season; none where only the drama is known.
    #[serde(default)]
    pub episode: Option<u16>,
    /// The cut the times belong to: `broadcast`, `streaming` …
    #[serde(default)]
    pub cut: String,
    #[serde(default)]
    pub begin: Option<Timecode>,
    #[serde(default)]
    pub end: Option<Timecode>,
    #[serde(default)]
    pub part: Option<EpisodePart>,
    /// Row id of the version heard.
    #[serde(default)]
    pub version: Option<RowId>,
    #[serde(default)]
    pub kind: Option<CueKind>,
    /// What happens, in one's own words; at most [`MAX_DESCRIPTION`] characters.
    #[serde(default)]
    pub description: String,
    #[serde(default)]
    pub characters: Vec<String>,
    #[serde(default)]
    pub moods: Vec<String>,
    /// Safe only for readers who have seen this episode.
    #[serde(default)]
    pub spoiler: Option<u16>,
    #[serde(default)]
    pub certainty: Option<Certainty>,
    #[serde(default, skip_serializing_if = "Rank::is_preferred")]
    pub rank: Rank,
    #[serde(default)]
    pub reason: String,
    #[serde(default)]
    pub sources: Vec<RowId>,
    #[serde(default)]
    pub unverified: bool,
}

impl Cue {
    /// Where the cue stands within its episode: by its time, else by the part of the episode; those of which nothing is
    /// known come last.
    pub fn order(&self) -> i64 {
        match (self.begin, self.part) {
            (Some(begin), _) => i64::from(begin.seconds()),
            (None, Some(EpisodePart::Opening)) => 1,
            (None, Some(EpisodePart::Early)) => 15 * 60,
            (None, Some(EpisodePart::Middle)) => 40 * 60,
            (None, Some(EpisodePart::Late)) => 60 * 60,
            (None, Some(EpisodePart::Ending)) => 12 * 3600,
            (None, None) => 13 * 3600,
        }
    }
}
