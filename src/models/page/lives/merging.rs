//! Two pages about one thing become one, and are taken apart again where they were not.

mod united;

use std::collections::BTreeSet;

use diesel::prelude::*;
use serde_json::json;

use crate::db::Conn;
use crate::models::audit::{self, Asked, Deed};
use crate::models::changes::Action;
use crate::models::page::document::Document;
use crate::models::page::projection;
use crate::models::page::revision::Revision;
use crate::models::page::save::{self, Proposal, SaveError, Saved};
use crate::models::page::undo::{self, UndoError};
use crate::models::page::{Page, PageId, State};
use crate::models::user::Moderator;
use crate::schema::pages;

use super::{LifeError, Why, live, neighbours, tell};

/// The tag of the revision that took over what another page said.
const MERGE: &str = "merge";

/// What a merge came to.
#[derive(Debug, Clone, PartialEq)]
pub struct Merged {
    /// The page that is left.
    pub into: Page,
    /// The revision in which it took over what the other said; none where it said all of it already.
    pub revision: Option<i64>,
}

/// What taking a merge apart came to.
#[derive(Debug, Clone, PartialEq)]
pub struct Unmerged {
    /// The page that is there again.
    pub page: Page,
    /// The page it had been merged into.
    pub into: Page,
    /// What stays in it because it was changed since, by field.
    pub kept: Vec<String>,
}

/// Merges a page into another of its kind: what it says and the other does not is taken over (its names as aliases), whatever named it
/// counts for the other from now on, and its address leads there.
///
/// # Errors
/// When either page is not live, they are of different kinds, the note is missing, or the other page cannot take it over.
pub fn merge_into(
    conn: &mut Conn,
    by: &Moderator,
    page: PageId,
    into: PageId,
    why: Why<'_>,
) -> Result<Merged, LifeError> {
    why.said()?;
    let (page, into) = (live(conn, page)?, live(conn, into)?);
    if page.id == into.id || page.kind != into.kind {
        return Err(LifeError::NoTarget);
    }
    let naming = neighbours(conn, page.id)?;
    let revision = take_over(conn, by, &page, &into, why)?;
    diesel::update(pages::table.find(page.id))
        .set((
            pages::state.eq(State::Merged),
            pages::merged_into.eq(Some(into.id)),
            pages::updated_at.eq(why.at),
        ))
        .execute(conn)?;
    let mut touched: BTreeSet<PageId> = naming.iter().copied().collect();
    touched.insert(into.id);
    touched.extend(projection::remove(conn, page.id, page.kind)?);
    touched.extend(project_again(conn, &naming)?);
    let touched: Vec<PageId> = touched.into_iter().collect();
    let details = json!({ "into": into.id, "revision": revision });
    let told = (Action::Merge, Deed::Merge, details);
    tell(conn, &by.editor(), page.id, told, &touched, why)?;
    let into = live(conn, into.id)?;
    Ok(Merged { into, revision })
}

/// Saves the page that stays with what the other said besides.
fn take_over(
    conn: &mut Conn,
    by: &Moderator,
    page: &Page,
    into: &Page,
    why: Why<'_>,
) -> Result<Option<i64>, LifeError> {
    let theirs = latest(conn, page)?.flat().map_err(SaveError::from)?;
    let base = latest(conn, into)?;
    let mut flat = base.flat().map_err(SaveError::from)?;
    united::unite(into.kind, &mut flat, &theirs, into.last_row);
    let document = Document::from_value(into.kind, &flat).map_err(|fault| {
        let mut faults = crate::models::page::content::Faults::default();
        faults.0.push(fault);
        SaveError::Faults(faults)
    })?;
    let proposal = Proposal {
        base: Some(base.id),
        document,
        note: format!("Merged {} into this page: {}", page.href(), why.note),
        at: why.at,
        tags: &[MERGE],
    };
    match save::save(conn, &by.editor(), into.id, &proposal)? {
        Saved::Unchanged => Ok(None),
        Saved::Revision { number, .. } => Ok(Some(number)),
    }
}

/// The last merge of a page, as the audit log has it: the page it went into, and the revision made there.
pub fn last_merge(
    conn: &mut Conn,
    by: &Moderator,
    page: PageId,
) -> QueryResult<Option<(PageId, Option<i64>)>> {
    let asked = Asked {
        page: Some(page),
        deed: Some(Deed::Merge),
        ..Asked::default()
    };
    let line = audit::page(conn, by, &asked, 1)?.into_iter().next();
    Ok(line.and_then(|line| {
        let details = line.details();
        let into = details.get("into")?.as_i64()?;
        Some((
            into,
            details.get("revision").and_then(|number| number.as_i64()),
        ))
    }))
}

/// Takes a merge apart: the merged page is there again as it was, whatever names it counts for it again, and the other page gives back
/// what it took over, except where that was changed since.
///
/// # Errors
/// When the page is not merged or the note is missing.
pub fn unmerge(
    conn: &mut Conn,
    by: &Moderator,
    page: PageId,
    why: Why<'_>,
) -> Result<Unmerged, LifeError> {
    why.said()?;
    let page = Page::find(conn, page)?
        .filter(|page| page.state == State::Merged)
        .ok_or(LifeError::NotMerged)?;
    let into = page.merged_into.ok_or(LifeError::NotMerged)?;
    let into = Page::find(conn, into)?.ok_or(LifeError::NotMerged)?;
    let left = survivor(conn, &into)?;
    let naming = neighbours(conn, left)?;
    diesel::update(pages::table.find(page.id))
        .set((
            pages::state.eq(State::Live),
            pages::merged_into.eq(None::<PageId>),
            pages::updated_at.eq(why.at),
        ))
        .execute(conn)?;
    let document = latest(conn, &page)?
        .document(page.kind)
        .map_err(SaveError::from)?;
    let mut touched: BTreeSet<PageId> = naming.iter().copied().collect();
    touched.extend(projection::rewrite(conn, page.id, None, document)?);
    touched.extend(project_again(conn, &naming)?);
    let number = last_merge(conn, by, page.id)?
        .filter(|(merged_into, _)| *merged_into == into.id)
        .and_then(|(_, number)| number);
    let kept = match number.filter(|_| into.state == State::Live) {
        Some(number) => give_back(conn, by, &into, number, why)?,
        None => Vec::new(),
    };
    let touched: Vec<PageId> = touched.into_iter().collect();
    let details = json!({ "from": into.id, "kept": kept });
    let told = (Action::Unmerge, Deed::Unmerge, details);
    tell(conn, &by.editor(), page.id, told, &touched, why)?;
    let (page, into) = (
        live(conn, page.id)?,
        Page::find(conn, into.id)?.unwrap_or(into),
    );
    Ok(Unmerged { page, into, kept })
}

/// Takes back the revision of the merge as far as nothing in it was changed since; answers the fields that stay.
fn give_back(
    conn: &mut Conn,
    by: &Moderator,
    into: &Page,
    number: i64,
    why: Why<'_>,
) -> Result<Vec<String>, LifeError> {
    let note = format!("Took the merge of revision {number} apart: {}", why.note);
    match undo::as_far_as_possible(conn, &by.editor(), into.id, number, &note, why.at) {
        Ok(kept) => Ok(kept),
        // What was added since rests on what was taken over, or nobody may see what that was: all of it stays.
        Err(UndoError::Save(SaveError::Faults(_)) | UndoError::Hidden) => {
            Ok(vec!["everything".to_owned()])
        }
        Err(UndoError::Save(error)) => Err(error.into()),
        Err(UndoError::NoRevision | UndoError::First | UndoError::NoField) => Ok(Vec::new()),
    }
}

/// The page that is left at the end of a chain of merges.
fn survivor(conn: &mut Conn, page: &Page) -> QueryResult<PageId> {
    let mut id = page.id;
    let mut next = page.merged_into;
    for _ in 0..projection::LONGEST_CHAIN {
        let Some(into) = next else { break };
        id = into;
        next = Page::find(conn, into)?.and_then(|page| page.merged_into);
    }
    Ok(id)
}

fn latest(conn: &mut Conn, page: &Page) -> Result<Revision, LifeError> {
    Revision::latest(conn, page)?.ok_or(LifeError::NotLive)
}

/// Writes the query rows of these pages again, because what they name has become another page; answers what that touches.
fn project_again(conn: &mut Conn, pages: &[PageId]) -> Result<Vec<PageId>, LifeError> {
    let mut touched = Vec::new();
    for id in pages {
        let Some(page) = Page::find(conn, *id)?.filter(|page| page.state == State::Live) else {
            continue;
        };
        let document = latest(conn, &page)?
            .document(page.kind)
            .map_err(SaveError::from)?;
        touched.extend(projection::rewrite(conn, page.id, None, document)?);
    }
    Ok(touched)
}
