//! What the form sends besides the content: which button, what it began with, the words about the change.

use std::collections::BTreeMap;

use crate::models::page::settle::Side;
use crate::routes::pages::form::Typed;
use crate::routes::pages::form::questions::Answers;

/// Longest note about a change, in characters.
pub const LONGEST_NOTE: usize = 500;

/// The tick "Watch this page", and whether it was watched when the form was opened: only what was changed about it is done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Watch {
    pub is_ticked: bool,
    pub was_on: bool,
}

/// A form that was sent.
#[derive(Debug, Clone, Default)]
pub struct Sent {
    pub typed: Typed,
    /// The revision the form was filled from.
    pub base: i64,
    /// The highest id of a row given out when the form was made.
    pub last_row: i64,
    /// `save`, `preview`, `back`, or what a row's button says.
    pub operation: String,
    pub note: String,
    /// The editor calls the edit small.
    pub minor: bool,
    pub watch: Watch,
    /// A script sends it and reads the bare answer.
    pub is_quiet: bool,
    /// Sections of the form; none when it is the whole one.
    pub parts: Vec<String>,
    /// Collisions settled, and the revision they were settled against.
    pub choices: BTreeMap<String, Side>,
    pub settled: i64,
    /// The row a button was pressed for.
    pub focus: String,
    /// The number of the form of a new page, by which its draft is found.
    pub form: String,
    /// Of a new page: the address that waits for it, the pages of such a name its editor was shown, and whether it is none of them.
    pub address: String,
    pub alike: Vec<i64>,
    pub is_apart: bool,
    /// What is to become of sourced values that were changed.
    pub answers: Answers,
    /// What became of a block that was pasted, and of a source put behind several rows.
    pub said: String,
    pub cited: String,
}

impl Sent {
    /// Sorts the pairs: names that begin with `_` are about the form.
    pub fn new(pairs: Vec<(String, String)>) -> Self {
        let mut sent = Self::default();
        let mut content = Vec::with_capacity(pairs.len());
        for (name, value) in pairs {
            match name.as_str() {
                "token" => {}
                "_last" => sent.last_row = value.parse().unwrap_or(0).max(0),
                "_base" => sent.base = value.parse().unwrap_or(0),
                "_settled" => sent.settled = value.parse().unwrap_or(0),
                "_op" => sent.operation = value,
                "_note" => sent.note = one_line(&value),
                "_minor" => sent.minor = value == "yes",
                "_watch" => sent.watch.is_ticked = value == "yes",
                "_watched" => sent.watch.was_on = value == "yes",
                "_quiet" => sent.is_quiet = value == "yes",
                "_part" => sent.parts.push(value),
                "_form" => sent.form = number(&value),
                "_at" => sent.address = value,
                "_alike" => sent.alike.extend(value.parse::<i64>()),
                "_apart" => sent.is_apart = true,
                _ if sent.answers.take(&name, &value) => {}
                _ => match name.strip_prefix("_choose.") {
                    Some(path) => sent.choose(path, &value),
                    None => content.push((name, value)),
                },
            }
        }
        sent.typed = Typed::new(content);
        sent.answers.keep_sources_of(&sent.typed);
        sent
    }

    /// Whether the answer to the button is the form, not another page.
    pub fn is_shown(&self) -> bool {
        !self.is_quiet && !matches!(self.operation.as_str(), "save" | "preview" | "changes")
    }

    fn choose(&mut self, path: &str, side: &str) {
        let side = match side {
            "theirs" => Side::Theirs,
            "mine" => Side::Mine,
            _ => return,
        };
        self.choices.insert(path.to_owned(), side);
    }

    /// Everything again, to be carried through another form; without the button and without choices.
    pub fn pairs(&self) -> Vec<(String, String)> {
        let mut pairs = self.without_answers();
        pairs.extend(self.answers.pairs());
        pairs
    }

    /// As [`Self::pairs`], for the page that asks.
    pub fn without_answers(&self) -> Vec<(String, String)> {
        let mut pairs = vec![
            ("_base".to_owned(), self.base.to_string()),
            ("_last".to_owned(), self.last_row.to_string()),
            ("_note".to_owned(), self.note.clone()),
        ];
        pairs.extend(self.minor.then(|| ("_minor".to_owned(), "yes".to_owned())));
        let watch = [
            ("_watch", self.watch.is_ticked),
            ("_watched", self.watch.was_on),
        ];
        let ticked = watch.into_iter().filter(|(_, is_yes)| *is_yes);
        pairs.extend(ticked.map(|(name, _)| (name.to_owned(), "yes".to_owned())));
        pairs.extend(
            self.parts
                .iter()
                .map(|part| ("_part".to_owned(), part.clone())),
        );
        let new = [("_form", &self.form), ("_at", &self.address)];
        let new = new.into_iter().filter(|(_, value)| !value.is_empty());
        pairs.extend(new.map(|(name, value)| (name.to_owned(), value.clone())));
        pairs.extend(self.typed.pairs());
        pairs
    }
}

/// The sections a query asks for: `part=credits&part=cues`.
pub fn parts(query: &str) -> Vec<String> {
    query
        .split('&')
        .filter_map(|pair| pair.strip_prefix("part="))
        .map(str::to_owned)
        .collect()
}

/// Whether a query asks for the draft: `draft=continue`.
pub fn is_continued(query: &str) -> bool {
    query.split('&').any(|pair| pair == "draft=continue")
}

/// The draft of a new page a query asks for: `draft=00c0ffee`.
pub fn continued(query: &str) -> Option<String> {
    let mut found = query
        .split('&')
        .filter_map(|pair| pair.strip_prefix("draft="));
    found.next().map(number).filter(|form| !form.is_empty())
}

/// The number of a form; empty when it is none of ours.
fn number(text: &str) -> String {
    let is_ours = text.len() <= 16 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    if is_ours {
        text.to_owned()
    } else {
        String::new()
    }
}

/// Without line breaks, and no longer than a note may be.
fn one_line(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    words.chars().take(LONGEST_NOTE).collect()
}
