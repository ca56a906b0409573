//! How the prose differs, and what of it gives something away.

use serde_json::{Map, Value};

use crate::models::page::card::Cards;
use crate::models::page::document::PROSE;
use crate::text::markdown::{self, LinkKey};
use crate::text::words::{self, Count, Paragraph, Piece, Stretch};

/// Paragraphs shown on either side of one that changed.
const CONTEXT: usize = 1;

/// A stretch of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    pub stretch: Stretch,
    /// Whether some of it stands in a spoiler block, now or before.
    pub is_spoiler: bool,
}

/// How the prose differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProseChange {
    pub parts: Vec<Part>,
    pub count: Count,
}

impl ProseChange {
    /// Compares the prose of two contents.
    pub(super) fn of(
        before: &Map<String, Value>,
        after: &Map<String, Value>,
        cards: &Cards,
    ) -> Self {
        let text = |content: &Map<String, Value>| {
            let stored = content.get(PROSE).and_then(Value::as_str).unwrap_or("");
            by_slug(stored, cards)
        };
        let (old, new) = (text(before), text(after));
        let paragraphs = words::diff(&old, &new);
        let mut flags = spoiling(&paragraphs, &old, Piece::is_before)
            .into_iter()
            .zip(spoiling(&paragraphs, &new, Piece::is_after))
            .map(|(was, is)| was || is);
        Self {
            count: words::count(&paragraphs),
            parts: words::folded(paragraphs, CONTEXT)
                .into_iter()
                .map(|stretch| {
                    let length = match &stretch {
                        Stretch::Shown(_) => 1,
                        Stretch::Folded(list) => list.len(),
                    };
                    // Every flag of the stretch is taken, so that the next stretch begins at its own.
                    let hidden = flags.by_ref().take(length).filter(|hidden| *hidden).count();
                    Part {
                        stretch,
                        is_spoiler: hidden > 0,
                    }
                })
                .collect(),
        }
    }

    /// Whether only blank lines and spaces differ.
    pub fn is_space_only(&self) -> bool {
        !self
            .parts
            .iter()
            .any(|part| matches!(part.stretch, Stretch::Shown(_)))
    }
}

/// Which paragraphs touch a spoiler block of one of the two texts.
fn spoiling(paragraphs: &[Paragraph], text: &str, side: fn(&Piece) -> bool) -> Vec<bool> {
    let blocks = markdown::spoilers(text);
    let mut begin = 0;
    paragraphs
        .iter()
        .map(|paragraph| {
            let pieces = paragraph.pieces.iter().filter(|piece| side(piece));
            let end = begin + pieces.map(|piece| piece.text().len()).sum::<usize>();
            let touches = blocks
                .iter()
                .any(|block| block.start < end && begin < block.end);
            begin = end;
            touches
        })
        .collect()
}

/// The prose as editors write it: links by slug instead of by number.
fn by_slug(prose: &str, cards: &Cards) -> String {
    markdown::rewrite_links(prose, |link| {
        let LinkKey::Id(id) = &link.key else {
            return None;
        };
        let card = cards.find(*id)?;
        Some(format!("{}:{}", card.kind, card.slug))
    })
}
