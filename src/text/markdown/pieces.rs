//! The parser's events as what we write: no raw HTML, no images, links never inside links, bounded nesting.

mod reader;

use std::collections::HashMap;

use pulldown_cmark::{Alignment, Parser};

use super::links::{Found, WikiLink};
use super::padding::Padded;
use super::urls::Url;

/// One step of writing. Every `Open` has its `Close`.
#[derive(Debug)]
pub(super) enum Piece {
    Open(Element),
    Close,
    Text(String),
    Code(String),
    /// A reference to the footnote of this label.
    Note(String),
    /// A link to a page; its words are in it.
    Page(WikiLink),
    /// A paragraph that is nothing but an embed.
    Card(WikiLink),
    OpenSpoiler(Option<u16>),
    CloseSpoiler,
    SoftBreak,
    HardBreak,
    Rule,
}

/// Elements without attributes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Simple {
    Paragraph,
    Quote,
    CodeBlock,
    Item,
    Emphasis,
    Strong,
    Strike,
    TableHead,
    TableRow,
    TableCell,
}

/// What can be open.
#[derive(Debug)]
pub(super) enum Element {
    Simple(Simple),
    /// The level as written, 1 to 6.
    Heading(u8),
    /// The number of the first item of an ordered list.
    List(Option<u64>),
    Table(Vec<Alignment>),
    /// An address and its title.
    Link(Url, String),
}

/// A whole text.
#[derive(Debug, Default)]
pub(super) struct Pieces {
    pub(super) body: Vec<Piece>,
    /// Footnotes by folded label.
    pub(super) notes: HashMap<String, Vec<Piece>>,
    pub(super) links: Vec<Found>,
}

/// Reads the text into pieces.
pub(super) fn read(padded: &Padded<'_>) -> Pieces {
    let mut reader = reader::Reader::new(padded);
    for (event, range) in Parser::new_ext(&padded.text, super::options()).into_offset_iter() {
        reader.take(event, range);
    }
    reader.finish()
}

/// Footnote labels are compared without case.
pub(super) fn note_key(label: &str) -> String {
    label.to_lowercase()
}
