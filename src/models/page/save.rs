//! The one save path: every revision of every kind of page is written here and nowhere else.

pub mod check;
pub mod plan;
mod references;
mod rows;
mod write;

use diesel::prelude::*;
use serde_json::{Map, Value};

use crate::db::Conn;
use crate::models::page::content::Faults;
use crate::models::page::document::Document;
use crate::models::page::merge::{self, Collision};
use crate::models::page::protection::{Guarded, Protection};
use crate::models::page::revision::{Content, Unreadable};
use crate::models::page::{Kind, Page, PageId, RevisionId, State};
use crate::models::user::Editor;
use crate::schema::{pages, redirects};
use crate::text::slug::Slug;

use plan::Plan;
pub use references::known_slugs;

/// What an editor proposes for a page.
#[derive(Debug, Clone)]
pub struct Proposal {
    /// The revision the editor began from; none for a page without one.
    pub base: Option<RevisionId>,
    pub document: Document,
    /// The editor's words about the change.
    pub note: String,
    /// The moment of saving, microseconds since 1970.
    pub at: i64,
    /// Words about how the revision came to be, such as `undo`; `merged` is added by the save itself.
    pub tags: &'static [&'static str],
}

/// What was read of a page in the write that saves it, so that nothing of it is read twice.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// The latest revision; none for a page without one.
    pub current: Option<&'a Content>,
    /// What the page said at the base of the proposal, where that is known.
    pub began: Option<&'a Map<String, Value>>,
}

/// What became of a proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saved {
    /// The page said so already: no revision was made.
    Unchanged,
    /// A new revision.
    Revision {
        id: RevisionId,
        number: i64,
        merged: bool,
        /// Pages whose display may have changed, the page itself among them.
        touched: Vec<PageId>,
    },
}

/// Why a proposal was not saved. Nothing of it was stored.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// The content itself is wrong: every fault, each at its field.
    #[error("{} faults", .0.0.len())]
    Faults(Faults),
    /// Somebody else changed the same fields meanwhile.
    #[error("{} fields were changed by two editors", .0.len())]
    Collisions(Vec<Collision>),
    /// The page was deleted or merged meanwhile.
    #[error("the page is no longer there")]
    NotLive,
    /// Only some may edit the page, and the editor is none of them.
    #[error("the page is protected: {}", .0.reason)]
    Protected(Box<Protection>),
    #[error(transparent)]
    Db(#[from] diesel::result::Error),
}

impl From<Unreadable> for SaveError {
    fn from(error: Unreadable) -> Self {
        Self::Db(error.into())
    }
}

/// The tag of a revision whose editor called it small.
pub const MINOR: &str = "minor";

/// Gives out the identity of a page that has no revision yet, or finds the one that was given out.
pub fn reserve(conn: &mut Conn, kind: Kind, slug: &Slug, at: i64) -> QueryResult<Page> {
    if let Some(page) = Page::at(conn, kind, slug.as_ref())? {
        return Ok(page);
    }
    // Whoever was led on from here would find the new page instead.
    diesel::delete(redirects::table.find((kind, slug.as_ref()))).execute(conn)?;
    let id: PageId = diesel::insert_into(pages::table)
        .values((
            pages::kind.eq(kind),
            pages::slug.eq(slug.as_ref()),
            pages::state.eq(State::Reserved),
            pages::title.eq(""),
            pages::native.eq(""),
            pages::disambiguation.eq(""),
            pages::sort_key.eq(""),
            pages::last_row.eq(0i64),
            pages::created_at.eq(at),
            pages::updated_at.eq(at),
            pages::deletion_note.eq(""),
        ))
        .returning(pages::id)
        .get_result(conn)?;
    Page::find(conn, id)?.ok_or(diesel::result::Error::NotFound)
}

/// Saves a proposal: finds out whether it changes anything, merges it with what others saved meanwhile, checks it, and writes
/// the revision together with everything derived from it. To be called inside a write.
///
/// # Errors
/// Faults of the content, collisions with other editors, a page that is gone, or the store's own refusal.
pub fn save(
    conn: &mut Conn,
    by: &Editor,
    page: PageId,
    proposal: &Proposal,
) -> Result<Saved, SaveError> {
    let page = Page::find(conn, page)?.ok_or(SaveError::NotLive)?;
    let current = Content::latest(conn, &page)?;
    let known = Known {
        current: current.as_ref(),
        began: None,
    };
    onto(conn, by, &page, known, proposal)
}

/// As [`save`], where the page was read in the same write already.
///
/// # Errors
/// As [`save`].
pub fn onto(
    conn: &mut Conn,
    by: &Editor,
    page: &Page,
    known: Known<'_>,
    proposal: &Proposal,
) -> Result<Saved, SaveError> {
    if !matches!(page.state, State::Live | State::Reserved) {
        return Err(SaveError::NotLive);
    }
    if let Some(protection) = page.stops(by, Guarded::Edit, proposal.at) {
        return Err(SaveError::Protected(Box::new(protection)));
    }
    let Plan {
        before,
        after,
        merged,
        document,
        last_row,
        faults,
    } = plan::plan(conn, page, known, proposal)?;
    if known.current.is_some() && after == *before {
        return Ok(Saved::Unchanged);
    }
    let document = checked(page.kind, &after, document, faults)?;
    let changed = merge::changed_paths(page.kind, &before, &after);
    let written = write::Written {
        content: &after,
        changed: &changed,
        merged,
        last_row,
    };
    write::write(conn, by, page, known.current, proposal, document, &written)
}

/// The content a new page would have if it were made of this document.
///
/// # Errors
/// The store's own.
pub fn as_saved(conn: &mut Conn, document: &Document) -> QueryResult<Map<String, Value>> {
    let mut document = document.clone();
    references::resolve(conn, &mut document, &mut Faults::default())?;
    let mut content = document.to_value();
    check::normalise(&mut content);
    rows::assign(document.kind(), &mut content, 0);
    Ok(content)
}

/// The content as a document without faults, or all the faults there are; `faults` are those found so far, and `document` is there where
/// the content was made of it.
fn checked(
    kind: Kind,
    content: &Map<String, Value>,
    document: Option<Document>,
    mut faults: Faults,
) -> Result<Document, SaveError> {
    let document = match document.map_or_else(|| Document::from_value(kind, content), Ok) {
        Ok(document) => document,
        Err(fault) => {
            faults.0.push(fault);
            return Err(SaveError::Faults(faults));
        }
    };
    document.validate(content, &mut faults);
    if !faults.is_empty() {
        return Err(SaveError::Faults(faults));
    }
    Ok(document)
}
