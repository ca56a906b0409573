//! Levels and ids of headings.

use std::collections::{HashMap, HashSet};

use super::Heading;
use crate::text::slug::slugify;

/// Headings beyond this number have no id and are not listed.
const MAX_HEADINGS: usize = 1000;

/// The headings written so far.
#[derive(Debug)]
pub(super) struct Headings {
    pub(super) list: Vec<Heading>,
    last_level: u8,
    used: HashSet<String>,
    /// The next number to try behind an id.
    next: HashMap<String, usize>,
}

impl Headings {
    pub(super) fn new() -> Self {
        // The page's own title is the level above.
        Self {
            list: Vec::new(),
            last_level: 1,
            used: HashSet::new(),
            next: HashMap::new(),
        }
    }

    /// Gives a heading its level and, up to [`MAX_HEADINGS`], its id. `written` is 1 to 6 as in the source: 1 and 2
    /// become 2, and no level is skipped on the way down.
    pub(super) fn add(&mut self, written: u8, text: String) -> (u8, Option<&str>) {
        let level = written.clamp(2, 6).min(self.last_level + 1);
        self.last_level = level;
        if self.list.len() == MAX_HEADINGS {
            return (level, None);
        }
        let id = self.id(&text);
        self.list.push(Heading { level, id, text });
        (level, self.list.last().map(|heading| heading.id.as_str()))
    }

    fn id(&mut self, text: &str) -> String {
        let base = slugify(text).map_or_else(|| "s-section".to_owned(), |slug| format!("s-{slug}"));
        let next = self.next.entry(base.clone()).or_insert(1);
        loop {
            let id = if *next == 1 {
                base.clone()
            } else {
                format!("{base}-{next}")
            };
            *next += 1;
            if self.used.insert(id.clone()) {
                return id;
            }
        }
    }
}
