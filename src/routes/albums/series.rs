//! The other releases of an album's soundtrack.

use crate::models::page::card::Card;

/// One release of the same soundtrack.
pub struct SeriesLine<'a> {
    pub card: &'a Card,
    pub part: &'a str,
    /// Partial date, or nothing.
    pub date: &'a str,
    pub is_this: bool,
    pub songs: &'a [Card],
}

impl SeriesLine<'_> {
    /// What to call it among its fellows.
    pub fn name(&self) -> &str {
        if self.part.is_empty() {
            &self.card.title
        } else {
            self.part
        }
    }

    /// Songs named in the list, and how many more there are.
    pub fn named(&self) -> (Vec<&Card>, usize) {
        const MOST: usize = 3;
        (
            self.songs.iter().take(MOST).collect(),
            self.songs.len().saturating_sub(MOST),
        )
    }
}
