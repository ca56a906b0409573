//! Two contents compared, as `macros/diff.html` prints them: the page of a comparison, an edit before it is saved, a draft.

use crate::models::page::diff::{Cell, Change, Counts, Diff, Row};
use crate::text::words::{Paragraph, Piece, Stretch};

/// What differs, and how it is shown.
#[derive(Debug)]
pub struct Comparison {
    pub diff: Diff,
    /// The texts beside each other rather than in one.
    pub is_side: bool,
    /// The address that shows the texts the other way; empty where there is none.
    pub other_href: String,
    /// Each change has a button that takes it back.
    pub may_undo: bool,
}

/// A run of text within a paragraph.
#[derive(Debug)]
pub struct Run<'a> {
    pub text: &'a str,
    pub is_removed: bool,
    pub is_added: bool,
}

impl From<Diff> for Comparison {
    /// With the texts in one, and nothing to press.
    fn from(diff: Diff) -> Self {
        Self {
            diff,
            is_side: false,
            other_href: String::new(),
            may_undo: false,
        }
    }
}

impl Comparison {
    /// "2 fields", "1 row added", "24 words added, 3 removed".
    pub fn summary(&self) -> Vec<String> {
        let Counts {
            fields,
            rows_added,
            rows_removed,
            rows_changed,
            rows_moved,
            words,
        } = self.diff.counts;
        let counted = |count: usize, word: &str, deed: &str| {
            let plural = if count == 1 { "" } else { "s" };
            (count > 0).then(|| format!("{count} {word}{plural} {deed}"))
        };
        [
            counted(fields, "field", "changed"),
            counted(rows_added, "row", "added"),
            counted(rows_removed, "row", "removed"),
            counted(rows_changed, "row", "changed"),
            counted(rows_moved, "row", "moved"),
            counted(words.added, "word", "added"),
            counted(words.removed, "word", "removed"),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// Whether a row has an older and a newer side; one that came or went has one.
    pub fn has_before(&self, row: &Row) -> bool {
        row.change != Change::Added
    }

    /// What stands beside a value: its field, or where the heading says that already, what happened to it.
    pub fn label<'a>(&self, row: &Row, cell: &'a Cell) -> &'a str {
        if row.title.is_empty() {
            row.change.word()
        } else {
            &cell.label
        }
    }

    /// Whether a row has a newer side.
    pub fn has_after(&self, row: &Row) -> bool {
        row.change != Change::Removed
    }

    /// The paragraph of a stretch that is shown.
    pub fn shown<'a>(&self, stretch: &'a Stretch) -> Option<&'a Paragraph> {
        match stretch {
            Stretch::Shown(paragraph) => Some(paragraph),
            Stretch::Folded(_) => None,
        }
    }

    /// The paragraphs of a stretch that are folded away.
    pub fn folded<'a>(&self, stretch: &'a Stretch) -> &'a [Paragraph] {
        match stretch {
            Stretch::Shown(_) => &[],
            Stretch::Folded(paragraphs) => paragraphs,
        }
    }

    /// The word beside a paragraph.
    pub fn word(&self, paragraph: &Paragraph) -> Option<&'static str> {
        let change = match (paragraph.is_before(), paragraph.is_after()) {
            (false, _) => Change::Added,
            (_, false) => Change::Removed,
            _ => Change::Changed,
        };
        paragraph.is_changed().then(|| change.word())
    }

    /// A paragraph in one.
    pub fn inline<'a>(&self, paragraph: &'a Paragraph) -> Vec<Run<'a>> {
        runs(paragraph, |_| true)
    }

    /// A paragraph as it was.
    pub fn before<'a>(&self, paragraph: &'a Paragraph) -> Vec<Run<'a>> {
        runs(paragraph, Piece::is_before)
    }

    /// A paragraph as it is.
    pub fn after<'a>(&self, paragraph: &'a Paragraph) -> Vec<Run<'a>> {
        runs(paragraph, Piece::is_after)
    }
}

/// The pieces of a paragraph without the blank lines behind it.
fn runs(paragraph: &Paragraph, keep: impl Fn(&Piece) -> bool) -> Vec<Run<'_>> {
    let mut runs: Vec<Run<'_>> = paragraph
        .pieces
        .iter()
        .filter(|piece| keep(piece))
        .map(|piece| Run {
            text: piece.text(),
            is_removed: !piece.is_after(),
            is_added: !piece.is_before(),
        })
        .collect();
    while let Some(last) = runs.last_mut() {
        last.text = last.text.trim_end();
        if !last.text.is_empty() {
            break;
        }
        runs.pop();
    }
    runs
}
