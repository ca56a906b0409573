//! Two changed versions of a text, brought together: by paragraph, and where both changed one, by its lines.

use super::hunks;
use super::tokens::{ends_paragraph, paragraphs};

/// A range of the older text's paragraphs that one side wrote anew.
#[derive(Debug, Clone, Copy)]
struct Change {
    from: usize,
    to: usize,
    /// The paragraphs that stand there instead, in that side's text.
    new: (usize, usize),
    is_mine: bool,
}

impl Change {
    /// Whether the two cannot both hold as they are: they overlap, or put something new into one place. A paragraph put beside one that
    /// was changed is not in its way.
    fn meets(&self, from: usize, to: usize) -> bool {
        (self.from < to && from < self.to)
            || (self.from == self.to && from == to && from == self.from)
    }
}

/// The text with the changes of both sides; nothing where both changed the same lines differently.
pub fn merge(base: &str, theirs: &str, mine: &str) -> Option<String> {
    let (old, their_text, my_text) = (paragraphs(base), paragraphs(theirs), paragraphs(mine));
    let mut changes = changes(&old, &their_text, false);
    changes.extend(self::changes(&old, &my_text, true));
    changes.sort_by_key(|change| (change.from, change.to, change.is_mine));
    let text = Sides {
        kept: kept(&old, &their_text, &my_text, &changes),
        old,
        theirs: their_text,
        mine: my_text,
    };
    let mut out: Vec<String> = Vec::new();
    let mut at = 0;
    let mut changes = changes.into_iter().peekable();
    while let Some(first) = changes.next() {
        let (from, mut to) = (first.from, first.to);
        let mut together = vec![first];
        while let Some(next) = changes.next_if(|next| next.meets(from, to)) {
            to = to.max(next.to);
            together.push(next);
        }
        out.extend(
            text.kept
                .iter()
                .take(from)
                .skip(at)
                .map(|text| (*text).to_owned()),
        );
        out.push(text.settled((from, to), &together)?);
        at = to.max(at);
    }
    out.extend(text.kept.iter().skip(at).map(|text| (*text).to_owned()));
    out.retain(|text| !text.is_empty());
    // The text ends as whoever changed its end has it.
    let (old_end, their_end) = (end_of(base), end_of(theirs));
    let end = if their_end == old_end {
        end_of(mine)
    } else {
        their_end
    };
    let text = joined(&out);
    let words = text.trim_end();
    Some(if words.is_empty() {
        String::new()
    } else {
        format!("{words}{end}")
    })
}

/// The white space at the end of a text.
fn end_of(text: &str) -> &str {
    text.get(text.trim_end().len()..).unwrap_or_default()
}

/// The texts in paragraphs.
struct Sides<'a> {
    old: Vec<&'a str>,
    theirs: Vec<&'a str>,
    mine: Vec<&'a str>,
    /// The older paragraphs, with the blank lines behind them as whoever changed those has them.
    kept: Vec<&'a str>,
}

impl Sides<'_> {
    /// What stands in a range of the older text once the changes there are made.
    fn settled(&self, (from, to): (usize, usize), together: &[Change]) -> Option<String> {
        let side = |is_mine: bool| -> String {
            let source = if is_mine { &self.mine } else { &self.theirs };
            let mut text = String::new();
            let mut at = from;
            for change in together.iter().filter(|change| change.is_mine == is_mine) {
                text.extend(self.old.iter().take(change.from).skip(at).copied());
                let (begin, end) = change.new;
                text.extend(source.iter().take(end).skip(begin).copied());
                at = change.to;
            }
            text.extend(self.old.iter().take(to).skip(at).copied());
            text
        };
        let (theirs, mine) = (side(false), side(true));
        let changed_by = |is_mine: bool| together.iter().any(|change| change.is_mine == is_mine);
        if !changed_by(true) || theirs == mine {
            return Some(theirs);
        }
        if !changed_by(false) {
            return Some(mine);
        }
        let old: String = self.old.iter().take(to).skip(from).copied().collect();
        diffy::merge(&old, &theirs, &mine).ok()
    }
}

/// What one side changed; blank lines behind a paragraph do not count.
fn changes(old: &[&str], new: &[&str], is_mine: bool) -> Vec<Change> {
    let words = |list: &[&str]| -> Vec<String> {
        list.iter().map(|text| text.trim_end().to_owned()).collect()
    };
    hunks(&words(old), &words(new))
        .into_iter()
        .map(|(from, to, begin, end)| Change {
            from,
            to,
            new: (begin, end),
            is_mine,
        })
        .collect()
}

fn kept<'a>(
    old: &[&'a str],
    theirs: &[&'a str],
    mine: &[&'a str],
    changes: &[Change],
) -> Vec<&'a str> {
    let counterpart = |at: usize, source: &[&'a str], is_mine: bool| -> Option<&'a str> {
        let before = changes
            .iter()
            .rfind(|change| change.is_mine == is_mine && change.from <= at);
        let place = match before {
            Some(change) => (at + change.new.1).checked_sub(change.to)?,
            None => at,
        };
        source.get(place).copied()
    };
    old.iter()
        .enumerate()
        .map(|(at, text)| {
            let same = |other: &&str| other.trim_end() == text.trim_end();
            let theirs = counterpart(at, theirs, false).filter(same).unwrap_or(text);
            let mine = counterpart(at, mine, true).filter(same).unwrap_or(text);
            if theirs == *text { mine } else { theirs }
        })
        .collect()
}

/// One text, with a blank line behind every paragraph that is followed by another.
fn joined(list: &[String]) -> String {
    let mut text = String::new();
    for part in list {
        if !text.is_empty() && !ends_paragraph(&text) {
            text.truncate(text.trim_end().len());
            text.push_str("\n\n");
        }
        text.push_str(part);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::merge;
    use proptest::prelude::*;

    const BASE: [&str; 4] = [
        "One of them.",
        "Two of them.",
        "Three of them.",
        "Four of them.",
    ];

    /// An edit of one paragraph, or a new one in front of it; after the last there is only room for a new one.
    #[derive(Debug, Clone, Copy, PartialEq)]
    enum Edit {
        Change(usize),
        Remove(usize),
        Insert(usize),
    }

    fn all() -> Vec<Edit> {
        let each =
            (0..BASE.len()).flat_map(|at| [Edit::Change(at), Edit::Remove(at), Edit::Insert(at)]);
        each.chain([Edit::Insert(BASE.len())]).collect()
    }

    fn edited(edits: &[Edit], end: &str) -> String {
        let mut list: Vec<String> = Vec::new();
        for (at, text) in BASE.iter().enumerate() {
            if edits.contains(&Edit::Insert(at)) {
                list.push(format!("New before {at}."));
            }
            if edits.contains(&Edit::Change(at)) {
                list.push(format!("{text} And more."));
            } else if !edits.contains(&Edit::Remove(at)) {
                list.push((*text).to_owned());
            }
        }
        if edits.contains(&Edit::Insert(BASE.len())) {
            list.push("New at the end.".to_owned());
        }
        format!("{}{end}", list.join("\n\n"))
    }

    #[test]
    fn editors_of_different_paragraphs_are_never_in_each_others_way() {
        let mut in_the_way_by_line = 0;
        for end in ["", "\n"] {
            for one in all() {
                for other in all() {
                    let place = |edit: Edit| match edit {
                        Edit::Change(at) | Edit::Remove(at) => at,
                        Edit::Insert(at) => 100 + at,
                    };
                    if place(one) == place(other) {
                        continue;
                    }
                    let base = edited(&[], end);
                    let (theirs, mine) = (edited(&[one], end), edited(&[other], end));
                    let wanted = edited(&[one, other], end);
                    if diffy::merge(&base, &theirs, &mine).ok().as_ref() != Some(&wanted) {
                        in_the_way_by_line += 1;
                    }
                    assert_eq!(
                        merge(&base, &theirs, &mine).as_ref(),
                        Some(&wanted),
                        "{one:?} {other:?}"
                    );
                }
            }
        }
        assert!(in_the_way_by_line > 0, "lines alone would do");
    }

    #[test]
    fn lines_of_one_paragraph_are_merged_and_one_line_is_not() {
        let base = "a\nb\nc\nd\ne\n";
        assert_eq!(
            merge(base, "A\nb\nc\nd\ne\n", "a\nb\nc\nd\nE\n").as_deref(),
            Some("A\nb\nc\nd\nE\n")
        );
        assert_eq!(merge("a\n", "b\n", "c\n"), None);
        assert_eq!(merge("a\n", "b\n", "b\n").as_deref(), Some("b\n"));
        assert_eq!(merge("", "new", "other"), None);
    }

    proptest! {
        #[test]
        fn what_only_one_side_changed_is_taken_as_it_is(base in "([ab]{1,2}|\n|\n\n){0,12}", new in "([ab]{1,2}|\n|\n\n){0,12}") {
            let (one, other) = (merge(&base, &new, &base), merge(&base, &base, &new));
            prop_assert_eq!(&one, &other);
            // Blank lines behind a paragraph that was moved about are nobody's words.
            let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
            prop_assert_eq!(one.as_deref().map(words), Some(words(&new)));
            prop_assert_eq!(merge(&base, &new, &new).as_deref().map(words), Some(words(&new)));
        }

        #[test]
        fn nobody_comes_first(base in "([ab]{1,2}|\n|\n\n){0,12}", one in "([ab]{1,2}|\n|\n\n){0,12}", other in "([ab]{1,2}|\n|\n\n){0,12}") {
            prop_assert_eq!(merge(&base, &one, &other).is_some(), merge(&base, &other, &one).is_some());
        }
    }
}
