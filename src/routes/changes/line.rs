//! Changes as lists show them, by day.

use crate::models::changes::recent::Entry;
use crate::models::page::labels;
use crate::models::user;
use crate::routes::pages::frame::Moment;

/// One change.
pub struct Line {
    pub entry: Entry,
    pub made: Moment,
    /// What the reader has not seen yet.
    pub is_unseen: bool,
}

/// The changes of a day.
pub struct Day {
    /// "22 November 2026".
    pub day: String,
    pub lines: Vec<Line>,
}

impl Line {
    /// Of an entry of the log.
    pub fn new(entry: Entry, is_unseen: bool) -> Self {
        Self {
            made: Moment::of(entry.at),
            is_unseen,
            entry,
        }
    }

    /// Who did it.
    pub fn author(&self) -> &str {
        labels::author(&self.entry.author)
    }

    /// Their page, if they are a member.
    pub fn author_href(&self) -> Option<String> {
        let author = &self.entry.author;
        self.entry.role.map(|_| user::href(author))
    }

    /// What the revision changed; for the first one, the revision itself.
    pub fn diff_href(&self) -> Option<String> {
        let (_, number, _) = self.entry.revision.as_ref()?;
        let href = self.entry.href();
        Some(match number {
            1 => format!("{href}/history/1"),
            number => format!("{href}/diff?to={number}"),
        })
    }

    /// Where it can be taken back.
    pub fn undo_href(&self) -> Option<String> {
        let (_, number, _) = self.entry.revision.as_ref()?;
        (*number > 1).then(|| format!("{}/diff?to={number}#undo", self.entry.href()))
    }

    /// The number of the revision over all pages, for the mark.
    pub fn revision(&self) -> i64 {
        self.entry.revision.as_ref().map_or(0, |(id, ..)| *id)
    }
}

/// Gathers lines by their day, in the order they come in.
pub fn by_day(lines: impl IntoIterator<Item = Line>) -> Vec<Day> {
    let mut days: Vec<Day> = Vec::new();
    for line in lines {
        match days.last_mut() {
            Some(day) if day.day == line.made.day => day.lines.push(line),
            _ => days.push(Day {
                day: line.made.day.clone(),
                lines: vec![line],
            }),
        }
    }
    days
}
