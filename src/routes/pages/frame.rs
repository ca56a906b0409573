//! What stands around every page's own part: contents, the note of an old revision, the line about the last change.

use crate::models::page::revision::Revision;
use crate::models::page::{Kind, Page, labels};
use crate::routes::pages::tool::Lock;
use crate::text::markdown::Heading;

/// One entry of a page's contents list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub id: String,
    pub text: String,
    /// How many things the section holds; nothing when counting says nothing.
    pub count: Option<usize>,
    /// A heading below a section.
    pub is_sub: bool,
}

/// A section of the page.
pub fn section(id: &str, text: &str, count: Option<usize>) -> Entry {
    Entry {
        id: id.to_owned(),
        text: text.to_owned(),
        count,
        is_sub: false,
    }
}

/// The headings of prose as entries.
pub fn headings(headings: &[Heading]) -> Vec<Entry> {
    headings
        .iter()
        .filter(|heading| heading.level <= 3)
        .map(|heading| Entry {
            id: heading.id.clone(),
            text: heading.text.clone(),
            count: None,
            is_sub: heading.level > 2,
        })
        .collect()
}

/// Which revision a page shows, and whether it is the latest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    pub page_id: i64,
    pub href: String,
    pub number: i64,
    pub author: String,
    pub note: String,
    /// RFC 3339 in UTC, to the second.
    pub at: String,
    /// "22 November 2026".
    pub day: String,
    pub is_latest: bool,
    /// Not saved: a preview.
    pub is_draft: bool,
    /// What only some may do: "edit this page", who may, why, and until when. Ended ones among them: a page that is kept must not
    /// depend on the hour.
    pub locks: Vec<Lock>,
}

impl Shown {
    /// Of a page at a revision.
    pub fn of(page: &Page, revision: &Revision) -> Self {
        let Moment { at, day, .. } = Moment::of(revision.created_at);
        Self {
            page_id: page.id,
            href: page.href(),
            number: revision.number,
            author: labels::author(&revision.author).to_owned(),
            note: revision.note.clone(),
            at,
            day,
            is_latest: page.revision_id == Some(revision.id),
            is_draft: revision.id == 0,
            locks: page.protections().iter().map(Lock::of).collect(),
        }
    }

    /// Which of the page's views this is: the page itself, a preview from its form, or a part of its past.
    pub fn tab(&self) -> &'static str {
        match (self.is_draft, self.is_latest) {
            (true, _) => "edit",
            (_, true) => "read",
            _ => "past",
        }
    }
}

/// An instant for readers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// RFC 3339 in UTC, to the second.
    pub at: String,
    /// "22 November 2026".
    pub day: String,
    /// "09:15", in UTC.
    pub time: String,
}

impl Moment {
    /// Of microseconds since 1970.
    pub fn of(at: i64) -> Self {
        let at = crate::db::Micros(at).timestamp();
        Self {
            at: at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
            day: at.strftime("%-d %B %Y").to_string(),
            time: at.strftime("%H:%M").to_string(),
        }
    }
}

/// The section of the navigation a kind belongs to.
pub fn nav(kind: Kind) -> &'static str {
    kind.plural()
}

/// A description for search results: whole words, at most 160 characters.
pub fn description(text: &str) -> String {
    const MOST: usize = 160;
    if text.chars().count() <= MOST {
        return text.to_owned();
    }
    let mut short = String::new();
    for word in text.split_whitespace() {
        if short.chars().count() + word.chars().count() + 2 > MOST {
            break;
        }
        if !short.is_empty() {
            short.push(' ');
        }
        short.push_str(word);
    }
    short.push('…');
    short
}
