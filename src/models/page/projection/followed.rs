//! References followed through merges: whatever named a page that was merged into another counts for that one. What editors wrote
//! stays as it is, so that a merge can be taken apart.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;

use crate::db::{Conn, among, rows};
use crate::models::link::RefKey;
use crate::models::page::document::{Document, KindFacts};
use crate::models::page::{PageId, State};
use crate::schema::pages;
use crate::text::markdown::{self, LinkKey, memo};

/// The longest chain of merges that is followed.
pub const LONGEST_CHAIN: usize = 8;

/// Turns every reference in these documents to the page that is left.
pub(super) fn follow<'a>(
    conn: &mut Conn,
    documents: impl Iterator<Item = &'a mut Document>,
) -> QueryResult<()> {
    let mut documents: Vec<&mut Document> = documents.collect();
    let mut named: BTreeSet<PageId> = BTreeSet::new();
    for document in &mut documents {
        document.visit_refs(&mut |_, _, reference| named.extend(reference.id()));
        let links = memo::links(&document.prose);
        named.extend(links.iter().filter_map(markdown::WikiLink::id));
    }
    let left = survivors(conn, named)?;
    if !left.is_empty() {
        for document in &mut documents {
            redirect(document, &left);
        }
    }
    Ok(())
}

fn redirect(document: &mut Document, left: &BTreeMap<PageId, PageId>) {
    if let KindFacts::Album(album) = &mut document.facts {
        // The version a track names is a row of the page that is gone.
        let is_gone = |id: PageId| left.contains_key(&id);
        for track in &mut album.tracks {
            if track
                .song
                .as_ref()
                .and_then(|song| song.id())
                .is_some_and(is_gone)
            {
                track.version = None;
            }
        }
    }
    document.visit_refs(&mut |_, _, reference| {
        if let Some(id) = reference.id().and_then(|id| left.get(&id)) {
            reference.key = RefKey::Id(*id);
        }
    });
    document.prose = markdown::rewrite_links(&document.prose, |link| {
        let LinkKey::Id(id) = &link.key else {
            return None;
        };
        left.get(id).map(|id| format!("{}#{id}", link.kind))
    });
}

/// Those of the pages that were merged, each with the page that is left.
fn survivors(conn: &mut Conn, named: BTreeSet<PageId>) -> QueryResult<BTreeMap<PageId, PageId>> {
    let mut into: BTreeMap<PageId, PageId> = BTreeMap::new();
    let mut asked = named;
    for _ in 0..LONGEST_CHAIN {
        if asked.is_empty() {
            break;
        }
        let merged: Vec<(PageId, Option<PageId>)> = rows!(
            conn,
            pages::table
                .filter(among(pages::id, asked.iter().copied()))
                .filter(pages::state.eq(State::Merged))
                .order(pages::id)
                .select((pages::id, pages::merged_into))
        )?;
        asked = merged.iter().filter_map(|(_, next)| *next).collect();
        into.extend(
            merged
                .into_iter()
                .filter_map(|(id, next)| Some((id, next?))),
        );
        asked.retain(|id| !into.contains_key(id));
    }
    let end = |mut id: PageId| {
        for _ in 0..LONGEST_CHAIN {
            match into.get(&id) {
                Some(next) => id = *next,
                None => break,
            }
        }
        id
    };
    Ok(into.keys().map(|id| (*id, end(*id))).collect())
}
