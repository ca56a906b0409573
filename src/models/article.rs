//! Articles: prose with a title, a summary and the pages it speaks of.

pub mod facts;
pub mod listing;
pub mod show;

use serde::{Deserialize, Serialize};

/// The typed facts of an article; its text is the page's prose.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Article {
    #[serde(default)]
    pub summary: String,
    #[serde(default)]
    pub authors: Vec<String>,
}
