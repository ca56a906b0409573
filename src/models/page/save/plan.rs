//! What a proposal comes to, before it is checked and written.

use std::borrow::Cow;
use std::collections::BTreeMap;

use diesel::QueryResult;
use serde_json::{Map, Value};

use crate::db::Conn;
use crate::models::page::content::Faults;
use crate::models::page::document::Document;
use crate::models::page::revision::Revision;
use crate::models::page::settle::{Side, settle};
use crate::models::page::{Page, RevisionId, hiding, merge};

use super::{Known, Proposal, SaveError, check, references, rows};

/// A page before and after.
#[derive(Debug, Clone)]
pub struct Plan<'a> {
    /// The page as it is.
    pub before: Cow<'a, Map<String, Value>>,
    /// The page as it would be.
    pub after: Map<String, Value>,
    /// It was brought together with what was saved meanwhile.
    pub merged: bool,
    /// What the page would be made of, where that is just what was proposed.
    pub(super) document: Option<Document>,
    pub(super) last_row: i64,
    pub(super) faults: Faults,
}

/// Finds out what a proposal comes to: its references, its rows, and what was saved meanwhile.
///
/// # Errors
/// Collisions with other editors, or the store's own refusal.
pub fn plan<'a>(
    conn: &mut Conn,
    page: &Page,
    known: Known<'a>,
    proposal: &Proposal,
) -> Result<Plan<'a>, SaveError> {
    let (mut plan, base) = alone(conn, page, known, proposal)?;
    if let Some(base) = base {
        plan.after = merge::merge(page.kind, &base, &plan.before, &plan.after)
            .map_err(SaveError::Collisions)?;
    }
    Ok(plan)
}

/// As [`plan`], but where two editors changed the same fields, those of the proposal stand. Answers whether there are any.
pub fn standing<'a>(
    conn: &mut Conn,
    page: &Page,
    known: Known<'a>,
    proposal: &Proposal,
) -> QueryResult<(Plan<'a>, bool)> {
    let (mut plan, base) = alone(conn, page, known, proposal)?;
    let Some(base) = base else {
        return Ok((plan, false));
    };
    let collisions = match merge::merge(page.kind, &base, &plan.before, &plan.after) {
        Ok(merged) => {
            plan.after = merged;
            return Ok((plan, false));
        }
        Err(collisions) => collisions,
    };
    let choices: BTreeMap<String, Side> = collisions
        .into_iter()
        .map(|collision| (collision.path, Side::Mine))
        .collect();
    let mut base = base.into_owned();
    settle(&mut base, &plan.before, &mut plan.after, &choices);
    if let Ok(merged) = merge::merge(page.kind, &base, &plan.before, &plan.after) {
        plan.after = merged;
    }
    Ok((plan, true))
}

/// What a page said at the base of a proposal.
type Began<'a> = Cow<'a, Map<String, Value>>;

/// The proposal by itself, and what it began from where that is not the page as it is.
fn alone<'a>(
    conn: &mut Conn,
    page: &Page,
    known: Known<'a>,
    proposal: &Proposal,
) -> QueryResult<(Plan<'a>, Option<Began<'a>>)> {
    let mut document = proposal.document.clone();
    let mut faults = Faults::default();
    references::resolve(conn, &mut document, &mut faults)?;
    let mut after = document.to_value();
    let is_respelt = check::normalise(&mut after);
    let (mut last_row, is_numbered) = rows::assign(page.kind, &mut after, page.last_row);
    let before = known.current.map_or_else(
        || Cow::Owned(Map::new()),
        |current| Cow::Borrowed(&current.flat),
    );
    let merged = proposal.base != page.revision_id;
    let mut base = None;
    if merged {
        let began = match known.began {
            Some(began) => Cow::Borrowed(began),
            None => Cow::Owned(base_content(conn, proposal.base)?),
        };
        last_row = rows::renumber(page.kind, &began, &before, &mut after, last_row);
        base = Some(began);
    }
    let plan = Plan {
        before,
        after,
        merged,
        document: (!is_respelt && !is_numbered && !merged).then_some(document),
        last_row,
        faults,
    };
    Ok((plan, base))
}

fn base_content(conn: &mut Conn, base: Option<RevisionId>) -> QueryResult<Map<String, Value>> {
    let Some(base) = base else {
        return Ok(Map::new());
    };
    let Some(base) = Revision::find(conn, base)? else {
        return Ok(Map::new());
    };
    Ok(hiding::as_base(conn, base)?.flat()?)
}
