//! What each kind of page has to say about itself, so that saving, diffing and undoing are written once for all five.

use std::collections::BTreeSet;

use diesel::QueryResult;

use crate::db::Conn;
use crate::models::credit::Role;
use crate::models::link::PageRef;
use crate::models::page::PageId;
use crate::models::page::document::Head;

/// One thing wrong with a document, at the place it is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Path of the field, as `credits[2].artist`; empty for the page as a whole.
    pub field: String,
    /// One sentence: what is wrong and what to do.
    pub message: String,
}

/// All faults of a document, gathered rather than stopped at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Faults(pub Vec<Fault>);

impl Faults {
    /// Notes a fault.
    pub fn add(&mut self, field: impl Into<String>, message: impl Into<String>) {
        self.0.push(Fault {
            field: field.into(),
            message: message.into(),
        });
    }

    /// What is wrong with a field; nothing where it is right.
    pub fn of(&self, field: &str) -> &str {
        let mut told = self.0.iter().filter(|fault| fault.field == field);
        told.next().map_or("", |fault| fault.message.as_str())
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// A value and the relation by which a page refers to another.
pub type RefVisitor<'a> = dyn FnMut(&str, &'static str, &mut PageRef) + 'a;

/// A facet of a page: what indexes can be narrowed by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Facet {
    pub name: &'static str,
    pub value: String,
    /// Words for readers; empty where the value is a page id or speaks for itself.
    pub label: String,
}

impl Facet {
    /// A facet whose value needs no other label.
    pub fn plain(name: &'static str, value: impl Into<String>) -> Self {
        Self {
            name,
            value: value.into(),
            label: String::new(),
        }
    }
}

/// What a kind of page must be able to do.
pub trait Facts {
    /// Lists of rows: each row has a stable id and is merged on its own.
    const ROWS: &'static [&'static str];

    /// Visits every reference to another page with its path and relation. The path serves error messages.
    fn visit_refs(&mut self, visit: &mut RefVisitor<'_>);

    /// Checks what the types cannot say.
    fn validate(&self, head: &Head, faults: &mut Faults);

    /// What indexes can find this page by, beside its letters.
    fn facets(&self) -> Vec<Facet>;

    /// Artists credited here and as what; refuted credits are left out.
    fn credited(&self) -> BTreeSet<(PageId, Role)> {
        BTreeSet::new()
    }

    /// Writes the page's own query rows in place of those that are there. What they are made of may be the same as `before`, which
    /// is what the rows there say; those stay.
    fn project(&self, before: Option<&Self>, conn: &mut Conn, page: PageId) -> QueryResult<()>;
}
