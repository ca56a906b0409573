//! Links in the parser's events: to pages and to anywhere else.

use std::ops::Range;

use pulldown_cmark::LinkType;

use super::{Open, Reader};
use crate::text::markdown::links::{Found, WikiLink};
use crate::text::markdown::pieces::{Element, Piece};
use crate::text::markdown::{MAX_DEPTH, urls};

/// A link to a page whose words are being read.
pub(super) struct Page {
    pub(super) range: Range<usize>,
    pub(super) target: String,
    pub(super) embed: bool,
    pub(super) has_words: bool,
    pub(super) words: String,
    pub(super) depth: usize,
}

impl Reader<'_> {
    pub(super) fn start_link(&mut self, link_type: LinkType, destination: &str, title: String) {
        let mail = matches!(link_type, LinkType::Email).then(|| format!("mailto:{destination}"));
        let url = urls::accepted(mail.as_deref().unwrap_or(destination));
        match url {
            Some(url) if !self.in_link && self.depth <= MAX_DEPTH => {
                self.in_link = true;
                self.buffer.push(Piece::Open(Element::Link(url, title)));
                let content = self.buffer.len();
                self.open.push(Open::Link {
                    content,
                    destination: destination.to_owned(),
                });
            }
            _ => self.drop_element(false),
        }
    }

    pub(super) fn start_page(
        &mut self,
        target: &str,
        has_words: bool,
        embed: bool,
        range: Range<usize>,
    ) {
        let target = target.to_owned();
        self.page = Some(Page {
            range,
            target,
            embed,
            has_words,
            words: String::new(),
            depth: 0,
        });
    }

    pub(super) fn end_page(&mut self, page: Page) {
        let link = WikiLink::new(
            &page.target,
            page.has_words.then_some(page.words),
            page.embed,
        );
        if self.in_link {
            self.text(&link.words());
        } else {
            self.buffer.push(Piece::Page(link.clone()));
        }
        self.read.links.push(Found {
            link,
            target: page.target,
            range: page.range,
        });
    }

    /// A link without words shows its address, because it could not be seen or read out otherwise.
    pub(super) fn end_link(&mut self, content: usize, destination: &str) {
        let words = self.buffer.get(content..).unwrap_or_default();
        if !words.iter().any(has_words) {
            self.text(destination);
        }
        self.in_link = false;
        self.buffer.push(Piece::Close);
    }
}

fn has_words(piece: &Piece) -> bool {
    match piece {
        Piece::Text(text) | Piece::Code(text) => !text.trim().is_empty(),
        Piece::Note(_) | Piece::Page(_) => true,
        _ => false,
    }
}
