//! What every row of a page can say about itself: where it comes from, how sure it is, and how it stands beside others.

use serde::{Deserialize, Serialize};

use crate::db::text_enum;

text_enum! {
    /// How a claim stands beside others for the same thing. Known-wrong claims are kept as refuted, so that nobody adds
    /// them back.
    pub enum Rank {
        Preferred => "preferred",
        Also => "also",
        Refuted => "refuted",
    }
}

impl Default for Rank {
    /// A row that says nothing of its rank simply holds.
    fn default() -> Self {
        Self::Preferred
    }
}

impl Rank {
    /// Whether this is the rank a row has when nothing is written.
    pub fn is_preferred(&self) -> bool {
        *self == Self::Preferred
    }

    /// Whether readers should be told that this is known to be wrong.
    pub fn is_refuted(&self) -> bool {
        *self == Self::Refuted
    }
}

/// The number of a row within its page: given out once, never used again. Zero until the first save.
pub type RowId = i64;

/// Something published that a claim rests on.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    #[serde(default)]
    pub id: RowId,
    #[serde(default)]
    pub title: String,
    #[serde(default)]
    pub publisher: String,
    #[serde(default)]
    pub url: String,
    /// Day of publication, as precise as known.
    #[serde(default)]
    pub date: Option<crate::text::dates::PartialDate>,
    /// Article number, page, time code: where inside the source.
    #[serde(default)]
    pub detail: String,
}

impl Source {
    /// The source in one line, as a reader would cite it.
    pub fn citation(&self) -> String {
        let mut parts: Vec<String> = Vec::with_capacity(4);
        for part in [&self.title, &self.publisher, &self.detail] {
            if !part.is_empty() {
                parts.push(part.clone());
            }
        }
        if let Some(date) = &self.date {
            parts.push(date.human());
        }
        parts.join(", ")
    }
}

/// One value that somebody claims for a field which holds a single value (a date, a network, a length).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    #[serde(default)]
    pub id: RowId,
    /// Name of the field, as in the content format.
    pub field: String,
    pub value: String,
    #[serde(default, skip_serializing_if = "Rank::is_preferred")]
    pub rank: Rank,
    #[serde(default)]
    pub reason: String,
    #[serde(default)]
    pub sources: Vec<RowId>,
    #[serde(default)]
    pub unverified: bool,
}
