//! Prose: CommonMark with tables, footnotes, strikethrough, links to pages, cards and spoilers, as safe HTML.
//!
//! The way of a text: lines of spoiler blocks are set apart (`padding`), the parser's events become pieces in which
//! there is no raw HTML, no image and no nesting beyond [`MAX_DEPTH`] (`pieces`), the pieces are written (`write`),
//! and the result passes an allow-list (`sanitise`) as a second wall.

mod escape;
mod footnotes;
mod headings;
mod links;
pub mod memo;
mod padding;
mod pieces;
mod sanitise;
mod table;
mod urls;
mod write;

#[cfg(test)]
mod conformance;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod tests;

use pulldown_cmark::Options;

pub use links::{LinkKey, WikiLink, rewrite_links};
pub use padding::spoilers;
pub use sanitise::sanitise;

pub use super::html::Html;

/// The longest source text, in bytes.
pub const MAX_SOURCE_BYTES: usize = 256 * 1024;

/// Blocks and emphasis deeper than this many levels keep their text and lose their markup: the cost of the allow-list
/// grows with the square of the depth.
pub const MAX_DEPTH: usize = 32;

/// Embeds beyond this number are plain links.
pub const MAX_CARDS: usize = 200;

/// Why a text cannot be prose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProseError {
    /// It is longer than [`MAX_SOURCE_BYTES`].
    #[error(
        "The text is too long: it has {bytes} bytes, and at most {MAX_SOURCE_BYTES} are possible. Split it into several pages."
    )]
    TooLong {
        /// Its length.
        bytes: usize,
    },
}

/// A checked source text.
#[derive(Debug)]
pub struct Prose<'a> {
    padded: padding::Padded<'a>,
}

/// The page a link leads to, as the caller knows it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Target {
    /// Its address on this site.
    pub href: String,
    /// Its display name.
    pub title: String,
    /// Its Korean name.
    pub native: Option<String>,
    /// A line for the card: artists, drama, year.
    pub detail: String,
    /// The address of its square picture on this site.
    pub art: Option<String>,
    /// drama, song, artist, album or article.
    pub kind: String,
}

/// A heading of the written prose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 2 to 6.
    pub level: u8,
    /// Its `id`, beginning with `s-`.
    pub id: String,
    /// Its plain text.
    pub text: String,
}

/// Prose as HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// The whole, footnotes at its end.
    pub html: Html,
    /// Its headings in order, without the one of the footnotes.
    pub headings: Vec<Heading>,
    /// Whether there is a section `footnotes`.
    pub has_footnotes: bool,
    /// Plain text of the first paragraph outside spoilers, for descriptions. Empty when there is none.
    pub text_start: String,
}

/// Checks a source text; only its length can be wrong.
pub fn parse(source: &str) -> Result<Prose<'_>, ProseError> {
    if source.len() > MAX_SOURCE_BYTES {
        return Err(ProseError::TooLong {
            bytes: source.len(),
        });
    }
    Ok(Prose {
        padded: padding::pad(source),
    })
}

impl Prose<'_> {
    /// Every link to a page, in order of appearance, those in footnotes and spoilers too; none from code.
    pub fn links(&self) -> Vec<WikiLink> {
        pieces::read(&self.padded)
            .links
            .into_iter()
            .map(|found| found.link)
            .collect()
    }

    /// Writes the prose; `target` knows the pages that exist.
    pub fn render(&self, target: &impl Fn(&WikiLink) -> Option<Target>) -> Rendered {
        let written = write::write(&pieces::read(&self.padded), self.padded.text.len(), target);
        Rendered {
            html: Html::trusted(escape::unshielded(&sanitise(&written.html))),
            headings: written.headings,
            has_footnotes: written.has_footnotes,
            text_start: written.text_start,
        }
    }
}

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_WIKILINKS
}
