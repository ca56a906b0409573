//! Revisions: full snapshots, numbered from one within their page, never changed once written; but parts of them may be hidden
//! (`hiding.rs`), and then stand elsewhere.

use diesel::prelude::*;
use serde_json::{Map, Value};

use crate::db::{Conn, first};
use crate::models::page::document::Document;
use crate::models::page::hiding::Part;
use crate::models::page::{Kind, Page, PageId, RevisionId, State};
use crate::schema::{pages, revisions};

/// One saved state of a page.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable)]
#[diesel(table_name = revisions)]
pub struct Revision {
    pub id: RevisionId,
    pub page_id: PageId,
    /// 1, 2, 3 … within the page.
    pub number: i64,
    pub parent_id: Option<RevisionId>,
    pub author: String,
    /// Microseconds since 1970, UTC.
    pub created_at: i64,
    pub note: String,
    /// JSON list of the field paths this revision changed.
    pub changed: String,
    /// JSON list of words such as `merged` or `import`.
    pub tags: String,
    /// The flat form of the content as JSON; nothing is in it when the text is hidden.
    pub content: String,
    pub hides_text: bool,
    /// The note is empty then, as the author is when that is hidden.
    pub hides_note: bool,
    pub hides_author: bool,
}

/// A revision with what it says, read once.
#[derive(Debug, Clone)]
pub struct Content {
    pub revision: Revision,
    /// The flat form.
    pub flat: Map<String, Value>,
    pub document: Document,
}

impl Content {
    /// Reads a revision of a page of this kind.
    ///
    /// # Errors
    /// When the stored text does not fit the kind of page.
    pub fn of(kind: Kind, revision: Revision) -> Result<Self, Unreadable> {
        let flat = revision.flat()?;
        let document = Document::from_value(kind, &flat)
            .map_err(|fault| revision.unreadable(format!("{}: {}", fault.field, fault.message)))?;
        Ok(Self {
            revision,
            flat,
            document,
        })
    }

    /// The latest revision of a page, read.
    ///
    /// # Errors
    /// The store's own, and those of [`Self::of`].
    pub fn latest(conn: &mut Conn, page: &Page) -> QueryResult<Option<Self>> {
        let latest = Revision::latest(conn, page)?;
        Ok(latest.map(|of| Self::of(page.kind, of)).transpose()?)
    }
}

/// The content of a revision could not be read back: the store was tampered with.
#[derive(Debug, thiserror::Error)]
#[error("revision {revision} of page {page} cannot be read: {reason}")]
pub struct Unreadable {
    page: PageId,
    revision: RevisionId,
    reason: String,
}

impl Revision {
    /// The latest revision of a page.
    pub fn latest(conn: &mut Conn, page: &Page) -> QueryResult<Option<Self>> {
        match page.revision_id {
            Some(id) => {
                first!(conn, revisions::table.find(id).select(Self::as_select())).optional()
            }
            None => Ok(None),
        }
    }

    /// The revision with this id, whatever its page.
    pub fn find(conn: &mut Conn, id: RevisionId) -> QueryResult<Option<Self>> {
        first!(conn, revisions::table.find(id).select(Self::as_select())).optional()
    }

    /// The live page at this address with its latest revision, in one statement.
    pub fn at(conn: &mut Conn, kind: Kind, slug: &str) -> QueryResult<Option<(Page, Self)>> {
        first!(
            conn,
            pages::table
                .inner_join(revisions::table.on(revisions::id.nullable().eq(pages::revision_id)))
                .filter(pages::kind.eq(kind))
                .filter(pages::slug.eq(slug))
                .filter(pages::state.eq(State::Live))
                .select((Page::as_select(), Self::as_select()))
        )
        .optional()
    }

    /// The live page at this address with one of its revisions, in one statement.
    pub fn numbered(
        conn: &mut Conn,
        kind: Kind,
        slug: &str,
        number: i64,
    ) -> QueryResult<Option<(Page, Self)>> {
        first!(
            conn,
            pages::table
                .inner_join(revisions::table.on(revisions::page_id.eq(pages::id)))
                .filter(pages::kind.eq(kind))
                .filter(pages::slug.eq(slug))
                .filter(pages::state.eq(State::Live))
                .filter(revisions::number.eq(number))
                .select((Page::as_select(), Self::as_select()))
        )
        .optional()
    }

    /// The page at this address, whatever has become of it, with one of its revisions, in one statement.
    pub fn of_page_at(
        conn: &mut Conn,
        kind: Kind,
        slug: &str,
        id: RevisionId,
    ) -> QueryResult<Option<(Page, Self)>> {
        first!(
            conn,
            pages::table
                .inner_join(revisions::table.on(revisions::page_id.eq(pages::id)))
                .filter(pages::kind.eq(kind))
                .filter(pages::slug.eq(slug))
                .filter(revisions::id.eq(id))
                .select((Page::as_select(), Self::as_select()))
        )
        .optional()
    }

    /// A revision of a page by its number.
    pub fn of(conn: &mut Conn, page: PageId, number: i64) -> QueryResult<Option<Self>> {
        first!(
            conn,
            revisions::table
                .filter(revisions::page_id.eq(page))
                .filter(revisions::number.eq(number))
                .select(Self::as_select())
        )
        .optional()
    }

    /// Whether a part is hidden.
    pub fn hides(&self, part: Part) -> bool {
        match part {
            Part::Text => self.hides_text,
            Part::Note => self.hides_note,
            Part::Author => self.hides_author,
        }
    }

    /// The flat form of the content.
    ///
    /// # Errors
    /// When the stored text is no JSON object.
    pub fn flat(&self) -> Result<Map<String, Value>, Unreadable> {
        serde_json::from_str(&self.content).map_err(|error| self.unreadable(error.to_string()))
    }

    /// The content as typed facts.
    ///
    /// # Errors
    /// When the stored text does not fit the kind of page.
    pub fn document(&self, kind: Kind) -> Result<Document, Unreadable> {
        Document::from_text(kind, &self.content).map_err(|error| self.unreadable(error.to_string()))
    }

    fn unreadable(&self, reason: String) -> Unreadable {
        Unreadable {
            page: self.page_id,
            revision: self.id,
            reason,
        }
    }
}

impl From<Unreadable> for diesel::result::Error {
    /// Seen from a query, a snapshot that cannot be read is a row that cannot be deserialised.
    fn from(error: Unreadable) -> Self {
        Self::DeserializationError(Box::new(error))
    }
}
