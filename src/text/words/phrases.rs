//! From the shortest list of changes to the one that reads best.

use super::Piece;
use super::tokens::{Sort, ends_paragraph, sort_of, tokens};

/// Takes back what the comparison found the same only by chance: a space or a comma between two changes, and a handful of small
/// words in a text that was written anew. What is read then are whole phrases.
pub fn readable(pieces: Vec<Piece>) -> Vec<Piece> {
    let words = |text: &str| {
        tokens(text)
            .filter(|token| sort_of(token) == Sort::Word)
            .count()
    };
    let (mut same, mut changed) = (0, 0);
    for piece in &pieces {
        let count = words(piece.text());
        if piece.is_change() {
            changed += count;
        } else {
            same += count;
        }
    }
    // Both sides count among the changed, so a quarter of it is an eighth of the two texts.
    let written_anew = same * 4 < changed && changed > 8;
    let last = pieces.len();
    let mut out: Vec<Piece> = Vec::new();
    let (mut removed, mut added) = (String::new(), String::new());
    for (at, piece) in pieces.into_iter().enumerate() {
        match piece {
            Piece::Removed(text) => removed.push_str(&text),
            Piece::Added(text) => added.push_str(&text),
            Piece::Same(text) => {
                let is_between = !(removed.is_empty() && added.is_empty()) && at + 3 < last;
                let is_chance = written_anew || (is_between && words(&text) == 0);
                if is_chance && !ends_paragraph(&text) {
                    removed.push_str(&text);
                    added.push_str(&text);
                } else {
                    flush(&mut out, &mut removed, &mut added);
                    out.push(Piece::Same(text));
                }
            }
        }
    }
    flush(&mut out, &mut removed, &mut added);
    out
}

/// Writes down what gathered: first what went, then what came.
fn flush(out: &mut Vec<Piece>, removed: &mut String, added: &mut String) {
    out.push(Piece::Removed(std::mem::take(removed)));
    out.push(Piece::Added(std::mem::take(added)));
}
