//! Headings and footnotes.

use super::{Writer, one_line};
use crate::text::markdown::Target;
use crate::text::markdown::escape::push_attribute;
use crate::text::markdown::links::WikiLink;
use crate::text::markdown::pieces::note_key;

impl<F> Writer<'_, F>
where
    F: Fn(&WikiLink) -> Option<Target>,
{
    pub(super) fn note(&mut self, label: &str) {
        if self.pieces.notes.contains_key(&note_key(label)) {
            self.footnotes
                .push_reference(label, self.in_link, &mut self.out);
        } else {
            self.text(&format!("[^{label}]"));
        }
    }

    /// Writes the notes that were referred to; a note may refer to further ones.
    pub(super) fn notes(&mut self) -> bool {
        let pieces = self.pieces;
        let mut number = 1;
        // Whatever the notes begin with, the text of the page does not begin there.
        self.in_spoiler = true;
        while let Some(key) = self.footnotes.key(number) {
            if number == 1 {
                self.out.push_str(
                    "<section class=\"footnotes\" aria-labelledby=\"footnotes\"><h2 id=\"footnotes\">Notes</h2><ol>",
                );
            }
            self.out.push_str("<li");
            push_attribute("id", &format!("fn-{number}"), &mut self.out);
            self.out.push('>');
            self.all(pieces.notes.get(&key).map_or(&[], Vec::as_slice));
            let in_paragraph = self.out.ends_with("</p>");
            if in_paragraph {
                self.out.truncate(self.out.len() - "</p>".len());
            }
            self.footnotes.push_back_links(number, &mut self.out);
            self.out
                .push_str(if in_paragraph { "</p></li>" } else { "</li>" });
            number += 1;
        }
        if number > 1 {
            self.out.push_str("</ol></section>");
        }
        number > 1
    }

    /// A heading without content would be an empty entry in every list of headings, so it is left out.
    pub(super) fn close_heading(&mut self, written: u8, start: usize) {
        let content = self.out.split_off(start.min(self.out.len()));
        let text = one_line(&self.heading_text.take().unwrap_or_default());
        if text.is_empty() {
            self.out.push_str(&content);
            return;
        }
        let (level, id) = self.headings.add(written, text);
        self.out.push_str(&format!("<h{level}"));
        if let Some(id) = id {
            push_attribute("id", id, &mut self.out);
        }
        self.out.push('>');
        self.out.push_str(&content);
        self.out.push_str(&format!("</h{level}>"));
    }
}
