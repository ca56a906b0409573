//! Lives of a page beyond its content: renamed, merged into another, deleted. Its old addresses go on answering.

mod deletion;
mod merging;
mod rename;

use diesel::prelude::*;
use serde_json::Value;

use crate::db::{Conn, DbError};
use crate::models::audit::{self, Deed, Entry};
use crate::models::changes::{self, Action, Change};
use crate::models::page::protection::Protection;
use crate::models::page::save::SaveError;
use crate::models::page::{Page, PageId, State};
use crate::models::user::Editor;
use crate::schema::page_links;

pub use deletion::{delete, undelete};
pub use merging::{Merged, Unmerged, last_merge, merge_into, unmerge};
pub use rename::{Renaming, rename};

/// Why a page could not be renamed, merged or deleted. Nothing was stored.
#[derive(Debug, thiserror::Error)]
pub enum LifeError {
    #[error("the page is no longer there")]
    NotLive,
    /// With the page that has or had the address.
    #[error("another page has this address")]
    SlugTaken(Box<Page>),
    #[error("a page cannot be merged into itself or into a page of another kind")]
    NoTarget,
    #[error("say why, in one sentence")]
    NoteMissing,
    #[error("only administrators keep something to administrators")]
    AboveYou,
    /// The merge is not there to be taken apart.
    #[error("the page was not merged")]
    NotMerged,
    #[error("the page is protected: {}", .0.reason)]
    Protected(Box<Protection>),
    /// The content that would come of it cannot be saved.
    #[error(transparent)]
    Save(SaveError),
    #[error(transparent)]
    Db(#[from] diesel::result::Error),
    #[error(transparent)]
    Store(#[from] DbError),
}

impl From<SaveError> for LifeError {
    fn from(error: SaveError) -> Self {
        match error {
            SaveError::Db(error) => Self::Db(error),
            SaveError::NotLive => Self::NotLive,
            SaveError::Protected(protection) => Self::Protected(protection),
            error => Self::Save(error),
        }
    }
}

/// Why and when something is done to a page.
#[derive(Debug, Clone, Copy)]
pub struct Why<'a> {
    pub note: &'a str,
    /// Microseconds since 1970.
    pub at: i64,
}

impl Why<'_> {
    fn said(&self) -> Result<(), LifeError> {
        match self.note.trim() {
            "" => Err(LifeError::NoteMissing),
            _ => Ok(()),
        }
    }
}

fn live(conn: &mut Conn, page: PageId) -> Result<Page, LifeError> {
    Page::find(conn, page)?
        .filter(|page| page.state == State::Live)
        .ok_or(LifeError::NotLive)
}

/// Pages that name this one: what they show changes with it.
fn neighbours(conn: &mut Conn, page: PageId) -> QueryResult<Vec<PageId>> {
    let mut ids: Vec<PageId> = page_links::table
        .filter(page_links::to_id.eq(page))
        .select(page_links::from_id)
        .distinct()
        .order(page_links::from_id)
        .load(conn)?;
    ids.push(page);
    Ok(ids)
}

/// Writes the change log and the audit log.
fn tell(
    conn: &mut Conn,
    by: &Editor,
    page: PageId,
    (action, deed, details): (Action, Deed, Value),
    touched: &[PageId],
    why: Why<'_>,
) -> Result<(), LifeError> {
    let change = Change {
        page,
        revision: None,
        action,
        note: why.note,
        touched,
        at: why.at,
    };
    changes::record(conn, by, &change)?;
    let entry = Entry {
        deed,
        page: Some(page),
        subject: None,
        reason: why.note,
        details,
        at: why.at,
    };
    audit::record(conn, by, &entry)?;
    Ok(())
}
