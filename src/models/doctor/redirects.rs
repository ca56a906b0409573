//! Old addresses lead somewhere: no chain, no cycle, no dead end.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{BigInt, Nullable, Text};

use super::{Checked, Remedy};
use crate::db::Conn;
use crate::models::page::{PageId, State};

/// Merges a reader is led through at most.
const STEPS: usize = 8;

#[derive(QueryableByName)]
struct Redirect {
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Text)]
    slug: String,
    #[diesel(sql_type = Text)]
    line: String,
}

/// What must not be found of redirects; none of these leads anybody anywhere, so they may go.
const USELESS: &str = "SELECT r.kind, r.slug, 'is the address of a page as well, so nobody is led on by it' AS line \
     FROM redirects AS r JOIN pages AS p ON p.kind = r.kind AND p.slug = r.slug \
     UNION ALL SELECT r.kind, r.slug, 'leads to a page that was never written' \
     FROM redirects AS r JOIN pages AS p ON p.id = r.page_id WHERE p.state = 'reserved' \
     ORDER BY 1, 2, 3";

const OTHER_KIND: &str = "SELECT r.kind, r.slug, 'leads to a page of another kind, ' || p.kind || ' ' || p.slug AS line \
     FROM redirects AS r JOIN pages AS p ON p.id = r.page_id WHERE p.kind <> r.kind ORDER BY 1, 2";

#[derive(QueryableByName)]
struct Merge {
    #[diesel(sql_type = BigInt)]
    id: PageId,
    #[diesel(sql_type = Text)]
    state: String,
    #[diesel(sql_type = Nullable<BigInt>)]
    merged_into: Option<PageId>,
}

const MERGES: &str = "SELECT id, state, merged_into FROM pages \
     WHERE state = 'merged' OR merged_into IS NOT NULL ORDER BY id";

#[derive(QueryableByName)]
struct Dead {
    #[diesel(sql_type = BigInt)]
    id: PageId,
}

/// Merging into a page that is deleted later is no dead end: the reader is told so.
const NOWHERE: &str = "SELECT m.id FROM pages AS m LEFT JOIN pages AS p ON p.id = m.merged_into \
     WHERE m.state = 'merged' AND (p.id IS NULL OR p.state = 'reserved') ORDER BY m.id";

pub(super) fn check(conn: &mut Conn, report: &mut Vec<Checked>) -> QueryResult<()> {
    let mut redirects = Checked::new("Every redirect leads to a page");
    for (query, can_go) in [(USELESS, true), (OTHER_KIND, false)] {
        for Redirect { kind, slug, line } in sql_query(query).load::<Redirect>(conn)? {
            let what = format!("the redirect {kind} {slug} {line}");
            redirects.find(what, can_go.then_some(Remedy::Redirect(kind, slug)));
        }
    }
    let mut merges = Checked::new("Every merged page leads to the one that is left");
    for dead in sql_query(NOWHERE).load::<Dead>(conn)? {
        merges.find(
            format!("page {} was merged into a page that is not there", dead.id),
            None,
        );
    }
    let all: Vec<Merge> = sql_query(MERGES).load(conn)?;
    for merge in &all {
        if merge.state != State::Merged.as_str() {
            merges.find(
                format!(
                    "page {} is {} and is marked as merged into another",
                    merge.id, merge.state
                ),
                None,
            );
        }
    }
    follow(&all, &mut merges);
    report.extend([redirects, merges]);
    Ok(())
}

fn follow(all: &[Merge], found: &mut Checked) {
    let into: BTreeMap<PageId, PageId> = all
        .iter()
        .filter(|merge| merge.state == State::Merged.as_str())
        .filter_map(|merge| Some((merge.id, merge.merged_into?)))
        .collect();
    for id in into.keys() {
        let (mut seen, mut at) = (BTreeSet::from([*id]), *id);
        while let Some(next) = into.get(&at) {
            at = *next;
            if !seen.insert(at) {
                found.find(
                    format!("page {id} was merged in a circle, by page {at}"),
                    None,
                );
                break;
            }
        }
        let is_circle = into.contains_key(&at);
        if !is_circle && seen.len() > STEPS + 1 {
            found.find(
                format!(
                    "page {id} leads to page {at} only by {} merges",
                    seen.len() - 1
                ),
                Some(Remedy::Merged(*id, at)),
            );
        }
    }
}
