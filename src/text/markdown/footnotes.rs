//! Numbers of footnotes, in order of first reference, and the marks between text and note.

use std::collections::HashMap;

use super::pieces::note_key;
use crate::text::markdown::escape::{push_attribute, push_text};

/// A note links back to this many of its references; later ones link to the note only.
const MAX_BACK_LINKS: usize = 8;

/// So many references to one note are links; later ones are its number only.
const MAX_REFERENCES: usize = 64;

/// The notes referred to so far.
#[derive(Debug, Default)]
pub(super) struct Footnotes {
    numbers: HashMap<String, usize>,
    /// Key and number of references of each note, by number.
    notes: Vec<(String, usize)>,
}

impl Footnotes {
    /// The key of the note with this number (from 1), if any was referred to by it.
    pub(super) fn key(&self, number: usize) -> Option<String> {
        let (key, _) = self.notes.get(number.checked_sub(1)?)?;
        Some(key.clone())
    }

    /// Appends a reference. Inside a link there is no second one, so only its number stands there.
    pub(super) fn push_reference(&mut self, label: &str, in_link: bool, out: &mut String) {
        let key = note_key(label);
        let number = *self.numbers.entry(key.clone()).or_insert_with(|| {
            self.notes.push((key, 0));
            self.notes.len()
        });
        let mut count = 0;
        if let Some((_, references)) = number.checked_sub(1).and_then(|at| self.notes.get_mut(at)) {
            *references += 1;
            count = *references;
        }
        out.push_str("<sup");
        if count <= MAX_BACK_LINKS {
            push_attribute("id", &reference_id(number, count), out);
        }
        out.push('>');
        if in_link || count > MAX_REFERENCES {
            push_text(&number.to_string(), out);
        } else {
            out.push_str(&format!(
                "<a href=\"#fn-{number}\" aria-label=\"Note {number}\">{number}</a>"
            ));
        }
        out.push_str("</sup>");
    }

    /// Appends the links from a note back to its references.
    pub(super) fn push_back_links(&self, number: usize, out: &mut String) {
        let count = number
            .checked_sub(1)
            .and_then(|at| self.notes.get(at))
            .map_or(0, |(_, count)| *count);
        for nth in 1..=count.min(MAX_BACK_LINKS) {
            let id = reference_id(number, nth);
            let which = id.trim_start_matches("fnref-");
            out.push_str(&format!(
                " <a href=\"#{id}\" class=\"fn-back\" aria-label=\"Back to reference {which}\">↩</a>"
            ));
        }
    }
}

fn reference_id(number: usize, nth: usize) -> String {
    if nth == 1 {
        format!("fnref-{number}")
    } else {
        format!("fnref-{number}-{nth}")
    }
}
