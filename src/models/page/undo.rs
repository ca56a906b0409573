//! Taking back: one revision, one field of a revision, or everything since a revision. Each makes a new revision; those taken back
//! stay as they are.

pub mod kept;
mod part;
pub mod reverts;

use serde_json::{Map, Value};

use crate::db::Conn;
use crate::models::page::document::Document;
use crate::models::page::revision::Revision;
use crate::models::page::save::{self, Proposal, SaveError, Saved};
use crate::models::page::settle::{Side, settle};
use crate::models::page::{Kind, Page, PageId, labels, merge};
use crate::models::user::Editor;

/// The tag of a revision that takes back another, or a part of it.
pub const UNDO: &str = "undo";
/// The tag of a revision that says what an earlier one said.
pub const RESTORE: &str = "restore";

/// Why something was not taken back. Nothing was stored.
#[derive(Debug, thiserror::Error)]
pub enum UndoError {
    /// The page has no revision of this number.
    #[error("there is no such revision")]
    NoRevision,
    /// What the first revision did was to make the page; that is taken back by deleting it.
    #[error("the first revision cannot be undone, only the page deleted")]
    First,
    /// The revision left this field as it was.
    #[error("the revision did not change this field")]
    NoField,
    /// What the page said then, or before, is hidden.
    #[error("the text is hidden")]
    Hidden,
    /// As any other save: collisions name the fields that were changed again since, faults those that would no longer be right.
    #[error(transparent)]
    Save(#[from] SaveError),
}

impl From<diesel::result::Error> for UndoError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Save(error.into())
    }
}

/// Takes one revision back and leaves whatever was changed since. An empty note says which one it was.
///
/// # Errors
/// Collisions where a later revision changed the same fields again.
pub fn undo(
    conn: &mut Conn,
    by: &Editor,
    page: PageId,
    number: i64,
    note: &str,
    at: i64,
) -> Result<Saved, UndoError> {
    let past = Past::load(conn, page, number)?;
    let parent = past.parent(conn)?;
    let note = past.note(note, "Undid");
    let saved = past.take_back(conn, by, &parent, note, at)?;
    kept::record(conn, page, &saved, (number, number))?;
    Ok(saved)
}

/// Takes back what one revision did to one field: `episodes`, `prose`, `credits` (the order of the rows) or `credits[12]`.
///
/// # Errors
/// A field the revision did not change, and collisions where a later revision changed it again.
pub fn revert_field(
    conn: &mut Conn,
    by: &Editor,
    page: PageId,
    (number, path): (i64, &str),
    note: &str,
    at: i64,
) -> Result<Saved, UndoError> {
    let past = Past::load(conn, page, number)?;
    let parent = past.parent(conn)?;
    let wanted =
        part::taken_back(past.page.kind, &past.content, &parent, path).ok_or(UndoError::NoField)?;
    let field = labels::field(labels::top(path));
    let note = past.note(note, &format!("Took back {field} of"));
    past.take_back(conn, by, &wanted, note, at)
}

/// Makes the page say again what it said at a revision, all of it.
///
/// # Errors
/// Faults where what was right then is not right now.
pub fn restore(
    conn: &mut Conn,
    by: &Editor,
    page: PageId,
    number: i64,
    note: &str,
    at: i64,
) -> Result<Saved, UndoError> {
    let past = Past::load(conn, page, number)?;
    let proposal = Proposal {
        base: past.page.revision_id,
        document: document(past.page.kind, past.content.clone())?,
        note: past.note(note, "Restored"),
        at,
        tags: &[RESTORE],
    };
    let saved = save::save(conn, by, page, &proposal)?;
    if let Saved::Revision { number: now, .. } = saved {
        kept::record(conn, page, &saved, (number + 1, now - 1))?;
    }
    Ok(saved)
}

/// Takes one revision back as far as nothing in it was changed again since; answers the fields that stay as they are.
///
/// # Errors
/// Faults where the page would not be right any more.
pub fn as_far_as_possible(
    conn: &mut Conn,
    by: &Editor,
    page: PageId,
    number: i64,
    note: &str,
    at: i64,
) -> Result<Vec<String>, UndoError> {
    let mut past = Past::load(conn, page, number)?;
    let mut wanted = past.parent(conn)?;
    let latest = Revision::latest(conn, &past.page)?.ok_or(SaveError::NotLive)?;
    let current = latest.flat().map_err(SaveError::from)?;
    let mut kept = Vec::new();
    if let Err(collisions) = merge::merge(past.page.kind, &past.content, &current, &wanted) {
        let stays = |collision: &merge::Collision| (collision.path.clone(), Side::Theirs);
        let choices = collisions.iter().map(stays).collect();
        settle(&mut past.content, &current, &mut wanted, &choices);
        kept.extend(collisions.into_iter().map(|collision| collision.path));
    }
    past.take_back(conn, by, &wanted, note.to_owned(), at)?;
    Ok(kept)
}

/// A page and the revision in question.
struct Past {
    page: Page,
    revision: Revision,
    content: Map<String, Value>,
}

impl Past {
    fn load(conn: &mut Conn, page: PageId, number: i64) -> Result<Self, UndoError> {
        let page = Page::find(conn, page)?.ok_or(SaveError::NotLive)?;
        let revision = Revision::of(conn, page.id, number)?.ok_or(UndoError::NoRevision)?;
        let content = shown(&revision)?;
        Ok(Self {
            page,
            revision,
            content,
        })
    }

    /// What the page said before.
    fn parent(&self, conn: &mut Conn) -> Result<Map<String, Value>, UndoError> {
        let before = self.revision.number - 1;
        let parent = Revision::of(conn, self.page.id, before)?.ok_or(UndoError::First)?;
        shown(&parent)
    }

    /// The editor's words, or ours where there are none.
    fn note(&self, note: &str, deed: &str) -> String {
        // Without the name of whoever saved it: that may come to be hidden.
        let number = self.revision.number;
        match note.trim() {
            "" => format!("{deed} revision {number}."),
            said => said.to_owned(),
        }
    }

    /// Brings what is wanted instead of the revision together with what was saved since.
    fn take_back(
        &self,
        conn: &mut Conn,
        by: &Editor,
        wanted: &Map<String, Value>,
        note: String,
        at: i64,
    ) -> Result<Saved, UndoError> {
        let latest = Revision::latest(conn, &self.page)?.ok_or(SaveError::NotLive)?;
        let current = latest.flat().map_err(SaveError::from)?;
        let kind = self.page.kind;
        let merged =
            merge::merge(kind, &self.content, &current, wanted).map_err(SaveError::Collisions)?;
        let proposal = Proposal {
            base: self.page.revision_id,
            document: document(kind, merged)?,
            note,
            at,
            tags: &[UNDO],
        };
        Ok(save::save(conn, by, self.page.id, &proposal)?)
    }
}

/// The content, unless it is hidden: taking back must not bring it to light.
fn shown(revision: &Revision) -> Result<Map<String, Value>, UndoError> {
    if revision.hides_text {
        return Err(UndoError::Hidden);
    }
    Ok(revision.flat().map_err(SaveError::from)?)
}

fn document(kind: Kind, content: Map<String, Value>) -> Result<Document, SaveError> {
    Document::from_value(kind, &content).map_err(|fault| {
        let mut faults = crate::models::page::content::Faults::default();
        faults.0.push(fault);
        SaveError::Faults(faults)
    })
}
