//! Takes the parser's events one by one.

mod links;

use std::mem;
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::{Element, Piece, Pieces, Simple, note_key};
use crate::text::markdown::padding::{Fence, Padded};
use crate::text::markdown::{MAX_CARDS, MAX_DEPTH};
use links::Page;

/// Lists and tables are refused a little earlier, so that none is left without its items and cells.
const MAX_LIST_DEPTH: usize = MAX_DEPTH - 2;
const MAX_TABLE_DEPTH: usize = MAX_DEPTH - 4;

pub(super) struct Reader<'p> {
    padded: &'p Padded<'p>,
    read: Pieces,
    /// Where pieces go: the body, or the footnote that is open.
    buffer: Vec<Piece>,
    open: Vec<Open>,
    /// Levels above the body or above the footnote that is open.
    depth: usize,
    in_link: bool,
    in_spoiler: bool,
    cards: usize,
    page: Option<Page>,
}

/// What the end of an element has to do.
enum Open {
    Kept,
    /// Its text stays; a block leaves a line break behind.
    Dropped {
        block: bool,
    },
    /// The paragraph's place in the buffer.
    Paragraph(usize),
    /// The line of a spoiler block, whose text is not shown.
    Fence,
    Link {
        content: usize,
        destination: String,
    },
    Note {
        key: String,
        outside: Vec<Piece>,
        depth: usize,
    },
}

impl<'p> Reader<'p> {
    pub(super) fn new(padded: &'p Padded<'p>) -> Self {
        Self {
            padded,
            read: Pieces::default(),
            buffer: Vec::new(),
            open: Vec::new(),
            depth: 0,
            in_link: false,
            in_spoiler: false,
            cards: 0,
            page: None,
        }
    }

    pub(super) fn take(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => self.text(&text),
            Event::Code(text) => self.inline(Piece::Code(text.into_string())),
            Event::FootnoteReference(label) => self.inline(Piece::Note(label.into_string())),
            Event::SoftBreak => self.inline(Piece::SoftBreak),
            Event::HardBreak => self.inline(Piece::HardBreak),
            Event::Rule => self.inline(Piece::Rule),
            // Switched off in the options; their text is kept should that ever change.
            Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text),
            Event::TaskListMarker(_) => {}
        }
    }

    pub(super) fn finish(mut self) -> Pieces {
        if self.in_spoiler {
            self.buffer.push(Piece::CloseSpoiler);
        }
        self.read.body = self.buffer;
        self.read
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        if let Some(page) = &mut self.page {
            page.depth += 1;
            return;
        }
        self.depth += 1;
        match tag {
            Tag::Link {
                link_type: LinkType::WikiLink { has_pothole },
                dest_url,
                ..
            } => {
                self.start_page(&dest_url, has_pothole, false, range);
            }
            Tag::Image {
                link_type: LinkType::WikiLink { has_pothole },
                dest_url,
                ..
            } => {
                self.start_page(&dest_url, has_pothole, true, range);
            }
            Tag::Link {
                link_type,
                dest_url,
                title,
                ..
            }
            | Tag::Image {
                link_type,
                dest_url,
                title,
                ..
            } => {
                self.start_link(link_type, &dest_url, title.into_string());
            }
            Tag::FootnoteDefinition(label) => {
                let outside = mem::take(&mut self.buffer);
                let depth = mem::replace(&mut self.depth, 0);
                self.open.push(Open::Note {
                    key: note_key(&label),
                    outside,
                    depth,
                });
            }
            Tag::Paragraph => self.start_paragraph(range.start),
            other => self.start_element(other),
        }
    }

    fn start_paragraph(&mut self, at: usize) {
        let fence = if self.open.is_empty() {
            self.padded.fence_at(at)
        } else {
            None
        };
        match fence {
            Some(Fence::Open(episode)) => {
                if mem::replace(&mut self.in_spoiler, true) {
                    self.buffer.push(Piece::CloseSpoiler);
                }
                self.buffer.push(Piece::OpenSpoiler(episode));
                self.open.push(Open::Fence);
            }
            Some(Fence::Close) if self.in_spoiler => {
                self.in_spoiler = false;
                self.buffer.push(Piece::CloseSpoiler);
                self.open.push(Open::Fence);
            }
            _ if self.depth > MAX_DEPTH => self.drop_element(true),
            _ => {
                self.open.push(Open::Paragraph(self.buffer.len()));
                self.buffer
                    .push(Piece::Open(Element::Simple(Simple::Paragraph)));
            }
        }
    }

    fn start_element(&mut self, tag: Tag<'_>) {
        let (element, deepest) = match tag {
            Tag::HtmlBlock => (Element::Simple(Simple::Paragraph), MAX_DEPTH),
            Tag::Heading { level, .. } => (Element::Heading(level as u8), MAX_DEPTH),
            Tag::BlockQuote(_) => (Element::Simple(Simple::Quote), MAX_DEPTH),
            Tag::CodeBlock(_) => (Element::Simple(Simple::CodeBlock), MAX_DEPTH),
            Tag::List(first) => (Element::List(first), MAX_LIST_DEPTH),
            Tag::Item => (Element::Simple(Simple::Item), MAX_LIST_DEPTH + 1),
            Tag::Table(alignments) => (Element::Table(alignments), MAX_TABLE_DEPTH),
            Tag::TableHead => (Element::Simple(Simple::TableHead), MAX_TABLE_DEPTH + 1),
            Tag::TableRow => (Element::Simple(Simple::TableRow), MAX_TABLE_DEPTH + 1),
            // Cells of the head stand directly in it, so the deepest is the same as for those in rows.
            Tag::TableCell => (Element::Simple(Simple::TableCell), MAX_TABLE_DEPTH + 2),
            Tag::Emphasis => (Element::Simple(Simple::Emphasis), MAX_DEPTH),
            Tag::Strong => (Element::Simple(Simple::Strong), MAX_DEPTH),
            Tag::Strikethrough => (Element::Simple(Simple::Strike), MAX_DEPTH),
            // Switched off in the options.
            _ => return self.drop_element(true),
        };
        if self.depth > deepest {
            let inline = matches!(
                element,
                Element::Simple(Simple::Emphasis | Simple::Strong | Simple::Strike)
            );
            return self.drop_element(!inline);
        }
        self.open.push(Open::Kept);
        self.buffer.push(Piece::Open(element));
    }

    fn drop_element(&mut self, block: bool) {
        self.open.push(Open::Dropped { block });
    }

    fn end(&mut self, tag: TagEnd) {
        if let Some(mut page) = self.page.take() {
            if page.depth > 0 {
                page.depth -= 1;
                self.page = Some(page);
            } else {
                self.depth = self.depth.saturating_sub(1);
                self.end_page(page);
            }
            return;
        }
        self.depth = self.depth.saturating_sub(1);
        match self.open.pop() {
            None | Some(Open::Fence) => {}
            Some(Open::Kept) => self.buffer.push(Piece::Close),
            Some(Open::Dropped { block }) => {
                if block || matches!(tag, TagEnd::Item) {
                    self.inline(Piece::SoftBreak);
                }
            }
            Some(Open::Paragraph(start)) => self.end_paragraph(start),
            Some(Open::Link {
                content,
                destination,
            }) => self.end_link(content, &destination),
            Some(Open::Note {
                key,
                outside,
                depth,
            }) => {
                let note = mem::replace(&mut self.buffer, outside);
                self.depth = depth.saturating_sub(1);
                self.read.notes.entry(key).or_insert(note);
            }
        }
    }

    fn end_paragraph(&mut self, start: usize) {
        if let Some([Piece::Open(_), Piece::Page(link)]) = self.buffer.get(start..)
            && link.embed
            && self.cards < MAX_CARDS
        {
            let card = Piece::Card(link.clone());
            self.cards += 1;
            self.buffer.truncate(start);
            self.buffer.push(card);
        } else {
            self.buffer.push(Piece::Close);
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(page) = &mut self.page {
            page.words.push_str(text);
        } else if matches!(self.open.last(), Some(Open::Fence)) {
            // The line of a spoiler block says nothing to the reader.
        } else if let Some(Piece::Text(before)) = self.buffer.last_mut() {
            before.push_str(text);
        } else {
            self.buffer.push(Piece::Text(text.to_owned()));
        }
    }

    fn inline(&mut self, piece: Piece) {
        if let Some(page) = &mut self.page {
            match piece {
                Piece::Code(text) => page.words.push_str(&text),
                Piece::SoftBreak | Piece::HardBreak => page.words.push(' '),
                _ => {}
            }
        } else if !matches!(
            (self.open.last(), self.buffer.last(), &piece),
            (Some(Open::Fence), _, _) | (_, Some(Piece::SoftBreak), Piece::SoftBreak)
        ) {
            self.buffer.push(piece);
        }
    }
}
