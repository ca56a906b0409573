//! References of a proposal: from the slugs editors write to the ids that survive every rename.

use std::collections::{BTreeSet, HashMap};

use diesel::prelude::*;

use crate::db::{Conn, among_texts};
use crate::models::link::RefKey;
use crate::models::page::content::Faults;
use crate::models::page::document::Document;
use crate::models::page::{Kind, PageId, State};
use crate::schema::{pages, redirects};
use crate::text::markdown::{self, LinkKey, memo};

type Wanted = BTreeSet<(Kind, String)>;

/// Turns every slug in the document into an id, in facts and in prose. Facts must name pages that exist; links in prose may
/// wait for theirs.
pub fn resolve(conn: &mut Conn, document: &mut Document, faults: &mut Faults) -> QueryResult<()> {
    let mut wanted = Wanted::new();
    document.visit_refs(&mut |_, _, reference| {
        if let RefKey::Slug(slug) = &reference.key {
            wanted.insert((reference.kind, slug.to_string()));
        }
    });
    for link in memo::links(&document.prose).iter() {
        if let (Ok(kind), LinkKey::Slug(slug)) = (link.kind.parse::<Kind>(), &link.key) {
            wanted.insert((kind, slug.to_string()));
        }
    }
    if wanted.is_empty() {
        return Ok(());
    }
    let known = known_slugs(conn, &wanted)?;
    document.visit_refs(&mut |path, _, reference| {
        let RefKey::Slug(slug) = &reference.key else { return };
        match known.get(&(reference.kind, slug.to_string())) {
            Some(id) => reference.key = RefKey::Id(*id),
            None => faults.add(
                path,
                format!("There is no {} \"{slug}\". Create that page first, or give the name as plain text.", reference.kind),
            ),
        }
    });
    document.prose = markdown::rewrite_links(&document.prose, |link| {
        let kind: Kind = link.kind.parse().ok()?;
        let LinkKey::Slug(slug) = &link.key else {
            return None;
        };
        known
            .get(&(kind, slug.to_string()))
            .map(|id| format!("{kind}#{id}"))
    });
    Ok(())
}

/// The ids behind slugs, present and former. Merged and deleted pages count: what refers to them is told so when shown.
pub fn known_slugs(
    conn: &mut Conn,
    wanted: &Wanted,
) -> QueryResult<HashMap<(Kind, String), PageId>> {
    let mut known = HashMap::new();
    for kind in Kind::ALL.iter().copied() {
        let slugs: Vec<&str> = wanted
            .iter()
            .filter(|(of, _)| *of == kind)
            .map(|(_, slug)| slug.as_str())
            .collect();
        for slugs in slugs.chunks(200) {
            let moved: Vec<(String, PageId)> = redirects::table
                .filter(redirects::kind.eq(kind))
                .filter(among_texts(redirects::slug, slugs.iter().copied()))
                .select((redirects::slug, redirects::page_id))
                .load(conn)?;
            let here: Vec<(String, PageId)> = pages::table
                .filter(pages::kind.eq(kind))
                .filter(among_texts(pages::slug, slugs.iter().copied()))
                .filter(pages::state.ne(State::Deleted))
                .select((pages::slug, pages::id))
                .load(conn)?;
            known.extend(
                moved
                    .into_iter()
                    .chain(here)
                    .map(|(slug, id)| ((kind, slug), id)),
            );
        }
    }
    Ok(known)
}
