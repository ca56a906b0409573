//! What changed between two texts, word by word: for readers, so it speaks in words and paragraphs rather than lines.
//!
//! Paragraphs are compared first, then the words of those that differ. Both comparisons use an algorithm whose work stays near
//! linear whatever the texts are, so nobody can make a diff expensive by writing a strange page.

mod fold;
mod merge;
mod phrases;
mod tokens;

use imara_diff::{Algorithm, Diff, Interner, Token};

pub use fold::{Stretch, folded};
pub use merge::merge;

use phrases::readable;
use tokens::{Sort, paragraphs, sort_of, tokens};

/// Most words, spaces and signs of one stretch that are compared one by one; longer ones count as written anew.
const MOST_TOKENS: usize = 60_000;

/// A part of a text, and in which of the two it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// In both.
    Same(String),
    /// Only in the older.
    Removed(String),
    /// Only in the newer.
    Added(String),
}

impl Piece {
    /// The text.
    pub fn text(&self) -> &str {
        match self {
            Self::Same(text) | Self::Removed(text) | Self::Added(text) => text,
        }
    }

    /// Whether the older text has it.
    pub fn is_before(&self) -> bool {
        !matches!(self, Self::Added(_))
    }

    /// Whether the newer text has it.
    pub fn is_after(&self) -> bool {
        !matches!(self, Self::Removed(_))
    }

    /// Whether only one of the two has it.
    pub fn is_change(&self) -> bool {
        !matches!(self, Self::Same(_))
    }
}

/// The pieces of one paragraph, with the blank lines behind it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Paragraph {
    pub pieces: Vec<Piece>,
}

impl Paragraph {
    /// Whether anything but white space differs.
    pub fn is_changed(&self) -> bool {
        self.pieces
            .iter()
            .any(|piece| piece.is_change() && !piece.text().trim().is_empty())
    }

    /// Whether the older text has words of it.
    pub fn is_before(&self) -> bool {
        self.has(Piece::is_before)
    }

    /// Whether the newer text has words of it.
    pub fn is_after(&self) -> bool {
        self.has(Piece::is_after)
    }

    fn has(&self, side: impl Fn(&Piece) -> bool) -> bool {
        self.pieces
            .iter()
            .any(|piece| side(piece) && !piece.text().trim().is_empty())
    }
}

/// How many words came and went.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    pub added: usize,
    pub removed: usize,
}

/// Compares two texts. The pieces that are the same or removed, joined, are the older text; those that are the same or added are
/// the newer one.
pub fn diff(before: &str, after: &str) -> Vec<Paragraph> {
    let (old, new) = (paragraphs(before), paragraphs(after));
    let keys = |list: &[&'_ str]| -> Vec<String> {
        list.iter().map(|text| text.trim_end().to_owned()).collect()
    };
    let mut out = Out::default();
    let (mut i, mut j) = (0, 0);
    for hunk in hunks(&keys(&old), &keys(&new)) {
        for (one, other) in rest(&old, i, hunk.0).zip(rest(&new, j, hunk.2)) {
            out.same_but_for_its_end(one, other);
        }
        let removed: String = rest(&old, hunk.0, hunk.1).collect();
        let added: String = rest(&new, hunk.2, hunk.3).collect();
        out.rewritten(&removed, &added);
        (i, j) = (hunk.1, hunk.3);
    }
    for (one, other) in rest(&old, i, old.len()).zip(rest(&new, j, new.len())) {
        out.same_but_for_its_end(one, other);
    }
    out.finish()
}

/// Words that came and went.
pub fn count(paragraphs: &[Paragraph]) -> Count {
    let mut count = Count::default();
    for piece in paragraphs.iter().flat_map(|paragraph| &paragraph.pieces) {
        let words = || {
            tokens(piece.text())
                .filter(|token| sort_of(token) == Sort::Word)
                .count()
        };
        match piece {
            Piece::Same(_) => {}
            Piece::Removed(_) => count.removed += words(),
            Piece::Added(_) => count.added += words(),
        }
    }
    count
}

/// Ranges of two lists that differ: from and to in the older, from and to in the newer.
fn hunks<T: std::hash::Hash + Eq>(old: &[T], new: &[T]) -> Vec<(usize, usize, usize, usize)> {
    let mut interner: Interner<&T> = Interner::new(old.len() + new.len());
    let before: Vec<Token> = old.iter().map(|item| interner.intern(item)).collect();
    let after: Vec<Token> = new.iter().map(|item| interner.intern(item)).collect();
    let mut diff = Diff::default();
    diff.compute_with(Algorithm::Histogram, &before, &after, interner.num_tokens());
    let place = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
    diff.hunks()
        .map(|hunk| {
            (
                place(hunk.before.start),
                place(hunk.before.end),
                place(hunk.after.start),
                place(hunk.after.end),
            )
        })
        .collect()
}

fn rest<'a>(list: &[&'a str], from: usize, to: usize) -> impl Iterator<Item = &'a str> {
    list.iter().copied().take(to).skip(from)
}

/// The comparison while it is made.
#[derive(Default)]
struct Out {
    done: Vec<Paragraph>,
    open: Paragraph,
}

impl Out {
    /// A paragraph both have, with whatever blank lines stand behind it.
    fn same_but_for_its_end(&mut self, old: &str, new: &str) {
        let words = old.trim_end();
        let (old_end, new_end) = (end_of(old, words), end_of(new, words));
        if old_end == new_end {
            self.push(Piece::Same(old.to_owned()));
        } else {
            self.push(Piece::Same(words.to_owned()));
            self.push(Piece::Removed(old_end.to_owned()));
            self.push(Piece::Added(new_end.to_owned()));
        }
        self.close();
    }

    /// A stretch of paragraphs that became another.
    fn rewritten(&mut self, old: &str, new: &str) {
        if old.is_empty() || new.is_empty() {
            for text in paragraphs(old) {
                self.push(Piece::Removed(text.to_owned()));
                self.close();
            }
            for text in paragraphs(new) {
                self.push(Piece::Added(text.to_owned()));
                self.close();
            }
            return;
        }
        let (before, after): (Vec<&str>, Vec<&str>) =
            (tokens(old).collect(), tokens(new).collect());
        if before.len() + after.len() > MOST_TOKENS {
            self.rewritten(old, "");
            self.rewritten("", new);
            return;
        }
        let mut pieces = Vec::new();
        let mut i = 0;
        let ends = (before.len(), before.len(), after.len(), after.len());
        for hunk in hunks(&before, &after).into_iter().chain([ends]) {
            pieces.push(Piece::Same(rest(&before, i, hunk.0).collect()));
            pieces.push(Piece::Removed(rest(&before, hunk.0, hunk.1).collect()));
            pieces.push(Piece::Added(rest(&after, hunk.2, hunk.3).collect()));
            i = hunk.1;
        }
        for piece in readable(pieces) {
            self.push_in_paragraphs(&piece);
        }
        self.close();
    }

    /// Begins a new paragraph behind every blank line.
    fn push_in_paragraphs(&mut self, piece: &Piece) {
        for text in paragraphs(piece.text()) {
            let ends = tokens::ends_paragraph(text);
            let text = text.to_owned();
            self.push(match piece {
                Piece::Same(_) => Piece::Same(text),
                Piece::Removed(_) => Piece::Removed(text),
                Piece::Added(_) => Piece::Added(text),
            });
            // Where one paragraph became two, the break is on one side only and the words go on.
            if ends {
                self.close();
            }
        }
    }

    fn push(&mut self, piece: Piece) {
        if piece.text().is_empty() {
            return;
        }
        match (self.open.pieces.last_mut(), piece) {
            (Some(Piece::Same(text)), Piece::Same(more))
            | (Some(Piece::Removed(text)), Piece::Removed(more))
            | (Some(Piece::Added(text)), Piece::Added(more)) => text.push_str(&more),
            (_, piece) => self.open.pieces.push(piece),
        }
    }

    fn close(&mut self) {
        if !self.open.pieces.is_empty() {
            self.done.push(std::mem::take(&mut self.open));
        }
    }

    fn finish(mut self) -> Vec<Paragraph> {
        self.close();
        self.done
    }
}

fn end_of<'a>(text: &'a str, words: &str) -> &'a str {
    text.get(words.len()..).unwrap_or_default()
}

#[cfg(test)]
mod tests;
