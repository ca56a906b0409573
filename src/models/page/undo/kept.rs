//! Which revisions were taken back whole, and which of somebody's edits were kept.

use std::collections::BTreeMap;

use diesel::prelude::*;

use crate::db::{Conn, among};
use crate::models::page::save::Saved;
use crate::models::page::{PageId, State};
use crate::schema::{pages, revisions, takebacks};

/// Edits looked at, newest first, to count those that were kept.
const MOST: i64 = 1_000;

/// Records that a revision took back others of its page: those numbered `from` to `to`.
pub fn record(
    conn: &mut Conn,
    page: PageId,
    saved: &Saved,
    (from, to): (i64, i64),
) -> QueryResult<()> {
    let Saved::Revision { id, number, .. } = saved else {
        return Ok(());
    };
    diesel::insert_into(takebacks::table)
        .values((
            takebacks::revision_id.eq(*id),
            takebacks::page_id.eq(page),
            takebacks::number.eq(*number),
            takebacks::from_number.eq(from),
            takebacks::to_number.eq(to),
        ))
        .execute(conn)?;
    Ok(())
}

/// How many of somebody's edits still count: the page is there, and nobody took them back, or whoever did was taken back in turn.
pub fn count(conn: &mut Conn, author: &str) -> QueryResult<i64> {
    let edits: Vec<(PageId, i64)> = revisions::table
        .inner_join(pages::table.on(pages::id.eq(revisions::page_id)))
        .filter(revisions::author.eq(author))
        .filter(pages::state.eq(State::Live))
        .order(revisions::id.desc())
        .limit(MOST)
        .select((revisions::page_id, revisions::number))
        .load(conn)?;
    let found: Vec<(PageId, i64, i64, i64)> = takebacks::table
        .filter(among(
            takebacks::page_id,
            edits.iter().map(|(page, _)| *page),
        ))
        .order((takebacks::page_id, takebacks::number.desc()))
        .select((
            takebacks::page_id,
            takebacks::number,
            takebacks::from_number,
            takebacks::to_number,
        ))
        .load(conn)?;
    // Newest first, so that whatever took one of them back is known by then.
    let mut standing: BTreeMap<PageId, Vec<(i64, i64)>> = BTreeMap::new();
    for (page, number, from, to) in found {
        let spans = standing.entry(page).or_default();
        if !is_within(spans, number) {
            spans.push((from, to));
        }
    }
    let kept = edits.iter().filter(|(page, number)| {
        let spans = standing.get(page).map(Vec::as_slice).unwrap_or_default();
        !is_within(spans, *number)
    });
    Ok(i64::try_from(kept.count()).unwrap_or(i64::MAX))
}

fn is_within(spans: &[(i64, i64)], number: i64) -> bool {
    spans
        .iter()
        .any(|(from, to)| (*from..=*to).contains(&number))
}
