//! Writes pieces as HTML.

mod notes;
mod page;

use super::footnotes::Footnotes;
use super::headings::Headings;
use super::links::WikiLink;
use super::pieces::{Element, Piece, Pieces, Simple};
use super::table::Table;
use super::{Heading, Target};
use crate::text::markdown::escape::{push_attribute, push_lang, push_text};

/// What the writing gave, not sanitised yet.
pub(super) struct Written {
    pub(super) html: String,
    pub(super) headings: Vec<Heading>,
    pub(super) has_footnotes: bool,
    pub(super) text_start: String,
}

struct Writer<'a, F> {
    pieces: &'a Pieces,
    target: &'a F,
    out: String,
    open: Vec<Open>,
    headings: Headings,
    footnotes: Footnotes,
    table: Table,
    /// Empty cells that may still be added to short rows.
    cell_budget: usize,
    in_code: bool,
    in_link: bool,
    in_spoiler: bool,
    /// Plain text of the heading that is open.
    heading_text: Option<String>,
    /// Plain text of the paragraph that may become `text_start`.
    first_text: Option<String>,
    text_start: String,
}

/// What closing an element has to write.
enum Open {
    Tag(&'static str),
    Heading { written: u8, start: usize },
    Paragraph,
    CodeBlock,
    Link,
    Table,
    Row,
    Cell,
}

/// Writes body and footnotes; `source_bytes` bounds what short table rows may add.
pub(super) fn write<F>(pieces: &Pieces, source_bytes: usize, target: &F) -> Written
where
    F: Fn(&WikiLink) -> Option<Target>,
{
    let mut writer = Writer {
        pieces,
        target,
        out: String::with_capacity(source_bytes * 2),
        open: Vec::new(),
        headings: Headings::new(),
        footnotes: Footnotes::default(),
        table: Table::default(),
        cell_budget: source_bytes,
        in_code: false,
        in_link: false,
        in_spoiler: false,
        heading_text: None,
        first_text: None,
        text_start: String::new(),
    };
    writer.all(&pieces.body);
    let has_footnotes = writer.notes();
    Written {
        html: writer.out,
        headings: writer.headings.list,
        has_footnotes,
        text_start: writer.text_start,
    }
}

impl<F> Writer<'_, F>
where
    F: Fn(&WikiLink) -> Option<Target>,
{
    fn all(&mut self, pieces: &[Piece]) {
        for piece in pieces {
            self.piece(piece);
        }
    }

    fn piece(&mut self, piece: &Piece) {
        match piece {
            Piece::Open(element) => self.open(element),
            Piece::Close => self.close(),
            Piece::Text(text) => self.text(text),
            Piece::Code(code) => {
                self.out.push_str("<code>");
                push_text(code, &mut self.out);
                self.out.push_str("</code>");
                self.plain(code);
            }
            Piece::Note(label) => self.note(label),
            Piece::Page(link) => self.page(link),
            Piece::Card(link) => self.card(link),
            Piece::OpenSpoiler(episode) => self.open_spoiler(*episode),
            Piece::CloseSpoiler => {
                self.in_spoiler = false;
                self.out.push_str("</details>");
            }
            Piece::SoftBreak => self.line_break("\n"),
            Piece::HardBreak => self.line_break("<br>\n"),
            Piece::Rule => self.out.push_str("<hr>"),
        }
    }

    fn open(&mut self, element: &Element) {
        let (html, open) = match element {
            Element::Simple(simple) => return self.open_simple(*simple),
            Element::Heading(level) => {
                self.heading_text = Some(String::new());
                (
                    "",
                    Open::Heading {
                        written: *level,
                        start: self.out.len(),
                    },
                )
            }
            Element::List(None) => ("<ul>", Open::Tag("</ul>")),
            Element::List(Some(first)) => {
                self.out.push_str("<ol");
                if *first != 1 {
                    push_attribute("start", &first.to_string(), &mut self.out);
                }
                (">", Open::Tag("</ol>"))
            }
            Element::Table(alignments) => {
                self.table.open(alignments.clone(), &mut self.out);
                ("", Open::Table)
            }
            Element::Link(url, title) => {
                self.in_link = true;
                self.out.push_str("<a");
                push_attribute("href", &url.href, &mut self.out);
                if !title.is_empty() {
                    push_attribute("title", title, &mut self.out);
                }
                if url.external {
                    push_attribute("rel", super::sanitise::EXTERNAL_REL, &mut self.out);
                }
                (">", Open::Link)
            }
        };
        self.out.push_str(html);
        self.open.push(open);
    }

    fn open_simple(&mut self, simple: Simple) {
        let (html, open) = match simple {
            Simple::Paragraph => {
                let first = self.open.is_empty() && !self.in_spoiler && self.text_start.is_empty();
                if first {
                    self.first_text = Some(String::new());
                }
                ("<p>", Open::Paragraph)
            }
            Simple::Quote => ("<blockquote>", Open::Tag("</blockquote>")),
            Simple::CodeBlock => {
                self.in_code = true;
                ("<pre tabindex=\"0\"><code>", Open::CodeBlock)
            }
            Simple::Item => ("<li>", Open::Tag("</li>")),
            Simple::Emphasis => ("<em>", Open::Tag("</em>")),
            Simple::Strong => ("<strong>", Open::Tag("</strong>")),
            Simple::Strike => ("<del>", Open::Tag("</del>")),
            Simple::TableHead | Simple::TableRow => {
                self.table
                    .open_row(simple == Simple::TableHead, &mut self.out);
                ("", Open::Row)
            }
            Simple::TableCell => {
                self.table.open_cell(&self.out);
                ("", Open::Cell)
            }
        };
        self.out.push_str(html);
        self.open.push(open);
    }

    fn close(&mut self) {
        match self.open.pop() {
            None => {}
            Some(Open::Tag(html)) => self.out.push_str(html),
            Some(Open::Heading { written, start }) => self.close_heading(written, start),
            Some(Open::Paragraph) => {
                self.out.push_str("</p>");
                if let Some(text) = self.first_text.take() {
                    self.text_start = one_line(&text);
                }
            }
            Some(Open::CodeBlock) => {
                self.in_code = false;
                self.out.push_str("</code></pre>");
            }
            Some(Open::Link) => {
                self.in_link = false;
                self.out.push_str("</a>");
            }
            Some(Open::Table) => self.table.close(&mut self.out),
            Some(Open::Row) => self.table.close_row(&mut self.cell_budget, &mut self.out),
            Some(Open::Cell) => self.table.close_cell(&mut self.out),
        }
    }

    fn text(&mut self, text: &str) {
        if self.in_code {
            push_text(text, &mut self.out);
        } else {
            push_lang(text, &mut self.out);
        }
        self.plain(text);
    }

    fn line_break(&mut self, html: &str) {
        self.out.push_str(html);
        self.plain(" ");
    }

    fn plain(&mut self, text: &str) {
        for capture in [&mut self.heading_text, &mut self.first_text]
            .into_iter()
            .flatten()
        {
            capture.push_str(text);
        }
    }

    fn open_spoiler(&mut self, episode: Option<u16>) {
        self.in_spoiler = true;
        self.out.push_str(&match episode {
            Some(n) => format!(
                "<details class=\"spoiler\" data-episode=\"{n}\"><summary>Spoiler: episode {n}</summary>"
            ),
            None => "<details class=\"spoiler\"><summary>Spoiler</summary>".to_owned(),
        });
    }
}

/// Plain text with every run of white space as one space.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
