//! Parts of a revision that only moderators may see. What is hidden is moved out of the revision and of the change log into a table
//! of its own: whatever reads those two cannot show it, whether it has heard of hiding or not.

use diesel::prelude::*;
use serde_json::json;

use crate::db::{Conn, text_enum};
use crate::models::audit::{self, Deed};
use crate::models::changes::{self, Action, Change};
use crate::models::page::revision::Revision;
use crate::models::page::{Page, RevisionId};
use crate::models::user::Moderator;
use crate::schema::{changes as log, hidden_parts, revisions};

/// What stands where a text was hidden: a content with nothing in it.
const NO_TEXT: &str = "{}";

text_enum! {
    /// What of a revision can be hidden.
    pub enum Part {
        /// What the page said.
        Text => "text",
        /// The words about the change.
        Note => "note",
        /// Who made it.
        Author => "author",
    }
}

impl Part {
    /// The word for readers.
    pub fn label(self) -> &'static str {
        match self {
            Self::Text => "Text",
            Self::Note => "Note",
            Self::Author => "Name",
        }
    }
}

/// One part that was hidden, as moderators see it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Hidden {
    pub part: Part,
    pub value: String,
    pub reason: String,
    /// Who hid it.
    pub by: String,
    /// Microseconds since 1970.
    pub at: i64,
}

/// Why nothing was hidden or shown.
#[derive(Debug, thiserror::Error)]
pub enum HideError {
    #[error("what the page says now cannot be hidden; save something else first")]
    Current,
    #[error("say why, in one sentence")]
    ReasonMissing,
    #[error(transparent)]
    Db(#[from] diesel::result::Error),
}

/// Hides those parts of a revision and shows the others; answers whether that was any different before.
///
/// # Errors
/// The text of the latest revision, and a missing reason.
pub fn set(
    conn: &mut Conn,
    by: &Moderator,
    (page, revision): (&Page, &Revision),
    wanted: &[Part],
    reason: &str,
    at: i64,
) -> Result<bool, HideError> {
    if wanted.contains(&Part::Text) && page.revision_id == Some(revision.id) {
        return Err(HideError::Current);
    }
    let differs = |part: &&Part| revision.hides(**part) != wanted.contains(*part);
    let (hide, show): (Vec<Part>, Vec<Part>) = Part::ALL
        .iter()
        .filter(differs)
        .partition(|part| wanted.contains(part));
    if hide.is_empty() && show.is_empty() {
        return Ok(false);
    }
    if reason.trim().is_empty() {
        return Err(HideError::ReasonMissing);
    }
    for part in &hide {
        take_away(conn, by, revision, *part, reason, at)?;
    }
    for part in &show {
        bring_back(conn, revision, *part)?;
    }
    tell(conn, by, (page, revision), (hide, show), reason, at)?;
    Ok(true)
}

/// Lets the caches know, and writes it into the audit log.
fn tell(
    conn: &mut Conn,
    by: &Moderator,
    (page, revision): (&Page, &Revision),
    (hide, show): (Vec<Part>, Vec<Part>),
    reason: &str,
    at: i64,
) -> QueryResult<()> {
    let change = Change {
        page: page.id,
        revision: None,
        action: Action::Hide,
        note: "",
        touched: &[page.id],
        at,
    };
    changes::record(conn, &by.editor(), &change)?;
    for (deed, parts) in [(Deed::Hide, hide), (Deed::Unhide, show)] {
        let parts: Vec<&str> = parts.iter().map(|part| part.as_str()).collect();
        if parts.is_empty() {
            continue;
        }
        let entry = audit::Entry {
            deed,
            page: Some(page.id),
            subject: None,
            reason,
            details: json!({ "revision": revision.number, "parts": parts }),
            at,
        };
        audit::record(conn, by, &entry)?;
    }
    Ok(())
}

/// What is hidden of a revision.
pub fn of(conn: &mut Conn, _by: &Moderator, revision: RevisionId) -> QueryResult<Vec<Hidden>> {
    hidden_parts::table
        .filter(hidden_parts::revision_id.eq(revision))
        .order(hidden_parts::part)
        .select((
            hidden_parts::part,
            hidden_parts::value,
            hidden_parts::reason,
            hidden_parts::hidden_by,
            hidden_parts::hidden_at,
        ))
        .load(conn)
}

/// The revisions of an author that do not name them any more.
pub fn of_author(conn: &mut Conn, _by: &Moderator, author: &str) -> QueryResult<Vec<RevisionId>> {
    hidden_parts::table
        .filter(hidden_parts::part.eq(Part::Author))
        .filter(hidden_parts::value.eq(author))
        .order(hidden_parts::revision_id)
        .select(hidden_parts::revision_id)
        .load(conn)
}

/// The revision with its text, hidden or not, for moderators.
pub fn with_text(conn: &mut Conn, _by: &Moderator, revision: Revision) -> QueryResult<Revision> {
    as_base(conn, revision)
}

/// The revision with its text, hidden or not, for the merge of an edit that began with it. None of it may be shown.
pub fn as_base(conn: &mut Conn, mut revision: Revision) -> QueryResult<Revision> {
    if revision.hides_text {
        revision.content = value(conn, revision.id, Part::Text)?;
        revision.hides_text = false;
    }
    Ok(revision)
}

fn value(conn: &mut Conn, revision: RevisionId, part: Part) -> QueryResult<String> {
    hidden_parts::table
        .find((revision, part))
        .select(hidden_parts::value)
        .first(conn)
}

fn take_away(
    conn: &mut Conn,
    by: &Moderator,
    revision: &Revision,
    part: Part,
    reason: &str,
    at: i64,
) -> QueryResult<()> {
    let (value, left) = match part {
        Part::Text => (&revision.content, NO_TEXT),
        Part::Note => (&revision.note, ""),
        Part::Author => (&revision.author, ""),
    };
    diesel::insert_into(hidden_parts::table)
        .values((
            hidden_parts::revision_id.eq(revision.id),
            hidden_parts::part.eq(part),
            hidden_parts::value.eq(value),
            hidden_parts::reason.eq(reason),
            hidden_parts::hidden_by.eq(by.name()),
            hidden_parts::hidden_at.eq(at),
        ))
        .execute(conn)?;
    put(conn, revision.id, part, true, left)
}

fn bring_back(conn: &mut Conn, revision: &Revision, part: Part) -> QueryResult<()> {
    let value = value(conn, revision.id, part)?;
    diesel::delete(hidden_parts::table.find((revision.id, part))).execute(conn)?;
    put(conn, revision.id, part, false, &value)
}

/// Writes a part where it is read from: into the revision, and into the entry of the change log about it.
fn put(
    conn: &mut Conn,
    id: RevisionId,
    part: Part,
    is_hidden: bool,
    value: &str,
) -> QueryResult<()> {
    let revision = revisions::table.find(id);
    let logged = log::table.filter(log::revision_id.eq(id));
    match part {
        Part::Text => {
            let set = (
                revisions::hides_text.eq(is_hidden),
                revisions::content.eq(value),
            );
            diesel::update(revision).set(set).execute(conn)?;
        }
        Part::Note => {
            let set = (
                revisions::hides_note.eq(is_hidden),
                revisions::note.eq(value),
            );
            diesel::update(revision).set(set).execute(conn)?;
            diesel::update(logged)
                .set(log::note.eq(value))
                .execute(conn)?;
        }
        Part::Author => {
            let set = (
                revisions::hides_author.eq(is_hidden),
                revisions::author.eq(value),
            );
            diesel::update(revision).set(set).execute(conn)?;
            diesel::update(logged)
                .set(log::author.eq(value))
                .execute(conn)?;
        }
    }
    Ok(())
}
