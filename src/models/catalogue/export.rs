//! Writing the catalogue out: every live page as a file, references by slug.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::db::Conn;
use crate::models::catalogue::file;
use crate::models::link::RefKey;
use crate::models::page::card::Cards;
use crate::models::page::document::Document;
use crate::models::page::revision::Revision;
use crate::models::page::{Kind, Page, PageId, State};
use crate::models::song::show::referred;
use crate::schema::{pages, revisions};
use crate::text::markdown::{self, LinkKey};
use crate::text::slug::Slug;

/// Pages read at once.
const BATCH: i64 = 500;

/// Where every page is now: what a reference by id is written as.
type Slugs = HashMap<PageId, (Kind, String)>;

/// Hands every live page to `write` as a path relative to the export's folder and the text of its file, kind by kind and slug by
/// slug.
///
/// # Errors
/// The store's own, and content that has no form in a file.
pub fn export(conn: &mut Conn, write: &mut dyn FnMut(String, String)) -> QueryResult<usize> {
    let slugs = slugs(conn)?;
    let mut count = 0;
    for kind in Kind::ALL.iter().copied() {
        let mut after = String::new();
        loop {
            let batch: Vec<(Page, Revision)> = pages::table
                .inner_join(revisions::table.on(revisions::id.nullable().eq(pages::revision_id)))
                .filter(pages::kind.eq(kind))
                .filter(pages::state.eq(State::Live))
                .filter(pages::slug.gt(&after))
                .order(pages::slug.asc())
                .limit(BATCH)
                .select((Page::as_select(), Revision::as_select()))
                .load(conn)?;
            let Some((last, _)) = batch.last() else { break };
            after.clone_from(&last.slug);
            for (page, revision) in &batch {
                let mut document = revision.document(kind)?;
                by_slug(&mut document, &slugs);
                let text = file::format(&document.to_value())
                    .map_err(|error| diesel::result::Error::SerializationError(Box::new(error)))?;
                write(format!("{}/{}.md", kind.plural(), page.slug), text);
                count += 1;
            }
        }
    }
    Ok(count)
}

/// One revision as the text of a content file.
///
/// # Errors
/// As [`export`].
pub fn source(conn: &mut Conn, kind: Kind, revision: &Revision) -> QueryResult<String> {
    let mut document = revision.document(kind)?;
    let cards = Cards::load(conn, referred(&mut document))?;
    let slugs = cards.ids().filter_map(|id| {
        let card = cards.find(id)?;
        Some((id, (card.kind, card.slug.clone())))
    });
    by_slug(&mut document, &slugs.collect());
    file::format(&document.to_value())
        .map_err(|error| diesel::result::Error::SerializationError(Box::new(error)))
}

/// Slugs of all pages; of a merged page, the one it was merged into.
fn slugs(conn: &mut Conn) -> QueryResult<Slugs> {
    let rows: Vec<(PageId, Kind, String, Option<PageId>)> = pages::table
        .select((pages::id, pages::kind, pages::slug, pages::merged_into))
        .order(pages::id)
        .load(conn)?;
    let here: Slugs = rows
        .iter()
        .map(|(id, kind, slug, _)| (*id, (*kind, slug.clone())))
        .collect();
    let mut slugs = here.clone();
    for (id, _, _, into) in &rows {
        if let Some(target) = into.and_then(|into| here.get(&into)) {
            slugs.insert(*id, target.clone());
        }
    }
    Ok(slugs)
}

/// Writes every reference of a document by slug.
fn by_slug(document: &mut Document, slugs: &Slugs) {
    document.visit_refs(&mut |_, _, reference| {
        let slug = reference
            .id()
            .and_then(|id| slugs.get(&id))
            .and_then(|(_, slug)| Slug::parse(slug).ok());
        if let Some(slug) = slug {
            reference.key = RefKey::Slug(slug);
        }
    });
    document.prose = markdown::rewrite_links(&document.prose, |link| {
        let LinkKey::Id(id) = &link.key else {
            return None;
        };
        slugs.get(id).map(|(kind, slug)| format!("{kind}:{slug}"))
    });
}
