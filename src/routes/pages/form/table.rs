//! What a form is made of: sections of fields and lists, in the order they are filled in.

use crate::models::page::Kind;
use crate::models::page::document::PROSE;

/// What an address calls everything but the text: `?part=facts`.
const FACTS: &str = "facts";

/// The form of one kind of page.
#[derive(Debug)]
pub struct Form {
    pub kind: Kind,
    pub sections: &'static [Section],
}

/// A part of the form with a heading; it can be edited by itself.
#[derive(Debug)]
pub struct Section {
    /// As written in addresses: `?part=credits`.
    pub key: &'static str,
    pub legend: &'static str,
    /// One sentence under the heading; may be empty.
    pub note: &'static str,
    pub parts: &'static [Part],
}

/// One field or one list of rows.
#[derive(Debug)]
pub enum Part {
    Field(Field),
    List(List),
}

impl Part {
    /// Name in the content format.
    pub fn key(&self) -> &'static str {
        match self {
            Part::Field(field) => field.key,
            Part::List(list) => list.key,
        }
    }
}

/// One value.
#[derive(Debug)]
pub struct Field {
    /// Name in the content format.
    pub key: &'static str,
    pub label: &'static str,
    /// One sentence; may be empty.
    pub help: &'static str,
    /// What a good value looks like; may be empty.
    pub example: &'static str,
    pub input: Input,
    /// In a row: stands with the rarer fields, behind "More".
    pub rare: bool,
}

/// Values a field can be chosen from: the word kept and the words shown.
pub type Choices = fn() -> Vec<(&'static str, &'static str)>;

/// How a value is typed.
#[derive(Debug, Clone, Copy)]
pub enum Input {
    /// One line.
    Line,
    /// One line that grows: a sentence or two.
    Lines,
    /// Markdown.
    Prose,
    /// Where a source is read on the web.
    Url,
    /// The same thing on another site; kept as the site itself writes it.
    Link,
    /// The site of the link in `url`; read from there where nothing is written.
    Site,
    /// `2016`, `2016-12` or `2016-12-02`.
    Date,
    /// A whole number.
    Number,
    /// `3:14`, `0:58:50` or seconds.
    Length,
    /// A time code as [`Input::Length`], kept in the field, or a part of the episode, kept in `part`.
    Moment,
    /// A time code.
    Timecode,
    /// Yes or nothing.
    Flag,
    /// Several texts with commas between them.
    Words,
    /// One of several; the text is what choosing none is called, empty where one must be chosen.
    Choice(Choices, &'static str),
    /// Any of several.
    Several(Choices),
    /// A page of this kind, by name or address.
    Page(Kind),
    /// An artist, kept in `artist`, or a name without a page, kept in `text`.
    Who,
    /// The parts of an artist credit: who, as printed, and what stands before the next.
    Credit,
    /// A version of the same song.
    Version,
    /// Numbers of the page's sources, with commas.
    Sources,
}

/// Rows of the same shape.
#[derive(Debug)]
pub struct List {
    /// Name in the content format.
    pub key: &'static str,
    pub legend: &'static str,
    /// What one row is called: "credit".
    pub one: &'static str,
    /// One sentence under the heading; may be empty.
    pub note: &'static str,
    pub fields: &'static [Field],
}

impl Form {
    /// The sections with these keys, or all when none is named; `facts` is all but the text.
    pub fn chosen<'a>(
        &'static self,
        keys: &'a [String],
    ) -> impl Iterator<Item = &'static Section> + 'a {
        let is_asked = |section: &Section, key: &str| match key {
            FACTS => section.key != PROSE,
            key => key == section.key,
        };
        self.sections
            .iter()
            .filter(move |section| keys.is_empty() || keys.iter().any(|key| is_asked(section, key)))
    }

    /// The list with this key.
    pub fn list(&'static self, key: &str) -> Option<&'static List> {
        let parts = self.sections.iter().flat_map(|section| section.parts);
        parts
            .filter_map(|part| match part {
                Part::List(list) => Some(list),
                Part::Field(_) => None,
            })
            .find(|list| list.key == key)
    }
}
