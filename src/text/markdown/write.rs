//! Writes pieces as HTML.

mod page;

use super::footnotes::Footnotes;
use super::headings::Headings;
use super::links::WikiLink;
use super::pieces::{Element, Piece, Pieces, Simple};
use super::table::Table;
use super::{Heading, Target};
use crate::text::html::{push_attribute, push_escaped, push_lang};

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
                push_escaped(code, &mut self.out);
                self.out.push_str("</code>");
                self.plain(code);
            }
            Piece::Note(label) => self.note(label),
            Piece::Page(link) => self.page(link),
            Piece::Card(link) => self.card(link),
            Piece::OpenSpoiler(episode) => self.open_spoiler(*episode),
            Piece::CloseSpoiler => {
                self.in_spoiler = false;
                self.out.push_str("</details>\n");
            }
            Piece::SoftBreak => self.line_break("\n"),
            Piece::HardBreak => self.line_break("<br>\n"),
            Piece::Rule => self.out.push_str("<hr>\n"),
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
            Element::List(None) => ("<ul>\n", Open::Tag("</ul>\n")),
            Element::List(Some(first)) => {
                self.out.push_str("<ol");
                if *first != 1 {
                    push_attribute("start", &first.to_string(), &mut self.out);
                }
                (">\n", Open::Tag("</ol>\n"))
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
            Simple::Quote => ("<blockquote>", Open::Tag("</blockquote>\n")),
            Simple::CodeBlock => {
                self.in_code = true;
                ("<pre tabindex=\"0\"><code>", Open::CodeBlock)
            }
            Simple::Item => ("<li>", Open::Tag("</li>\n")),
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
                self.out.push_str("</p>\n");
                if let Some(text) = self.first_text.take() {
                    self.text_start = one_line(&text);
                }
            }
            Some(Open::CodeBlock) => {
                self.in_code = false;
                self.out.push_str("</code></pre>\n");
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

    /// A heading without content would be an empty entry in every list of headings, so it is left out.
    fn close_heading(&mut self, written: u8, start: usize) {
        let content = self.out.split_off(start.min(self.out.len()));
        let text = one_line(&self.heading_text.take().unwrap_or_default());
        if text.is_empty() {
            self.out.push_str(&content);
            return;
        }
        let heading = self.headings.add(written, text);
        let level = heading.level;
        self.out.push_str(&format!("<h{level}"));
        push_attribute("id", &heading.id, &mut self.out);
        self.out.push('>');
        self.out.push_str(&content);
        self.out.push_str(&format!("</h{level}>\n"));
    }

    fn text(&mut self, text: &str) {
        if self.in_code {
            push_escaped(text, &mut self.out);
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
                "<details class=\"spoiler\" data-episode=\"{n}\"><summary>Spoiler: episode {n}</summary>\n"
            ),
            None => "<details class=\"spoiler\"><summary>Spoiler</summary>\n".to_owned(),
        });
    }

    fn note(&mut self, label: &str) {
        if self
            .pieces
            .notes
            .contains_key(&super::pieces::note_key(label))
        {
            self.footnotes
                .push_reference(label, self.in_link, &mut self.out);
        } else {
            self.text(&format!("[^{label}]"));
        }
    }

    /// Writes the notes that were referred to; a note may refer to further ones.
    fn notes(&mut self) -> bool {
        let pieces = self.pieces;
        let mut number = 1;
        // Whatever the notes begin with, the text of the page does not begin there.
        self.in_spoiler = true;
        while let Some(key) = self.footnotes.key(number) {
            if number == 1 {
                self.out.push_str(
                    "<section class=\"footnotes\" aria-labelledby=\"footnotes\"><h2 id=\"footnotes\">Notes</h2>\n<ol>\n",
                );
            }
            self.out.push_str("<li");
            push_attribute("id", &format!("fn-{number}"), &mut self.out);
            self.out.push('>');
            self.all(pieces.notes.get(&key).map_or(&[], Vec::as_slice));
            let in_paragraph = self.out.ends_with("</p>\n");
            if in_paragraph {
                self.out.truncate(self.out.len() - "</p>\n".len());
            }
            self.footnotes.push_back_links(number, &mut self.out);
            self.out.push_str(if in_paragraph {
                "</p></li>\n"
            } else {
                "</li>\n"
            });
            number += 1;
        }
        if number > 1 {
            self.out.push_str("</ol></section>\n");
        }
        number > 1
    }
}

/// Plain text with every run of white space as one space.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
