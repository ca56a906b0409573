//! What a page refers to.

use std::collections::BTreeSet;

use diesel::prelude::*;

use crate::db::Conn;
use crate::models::link::RefKey;
use crate::models::page::document::Document;
use crate::models::page::{Kind, PageId};
use crate::schema::page_links;
use crate::text::markdown::{LinkKey, memo};

use super::replace;

/// Relation of a link written in prose.
pub const PROSE_LINK: &str = "prose";

#[derive(Insertable)]
#[diesel(table_name = page_links)]
struct PageLink {
    from_id: PageId,
    to_id: Option<PageId>,
    to_kind: Kind,
    to_slug: String,
    relation: String,
}

/// What a page refers to: kind, id or else slug, and how.
type Links = BTreeSet<(Kind, Option<PageId>, String, String)>;

/// Writes what the page refers to, and answers what it does now and did before. The documents are only looked at.
pub(super) fn links(
    conn: &mut Conn,
    page: PageId,
    before: Option<&mut Document>,
    document: &mut Document,
) -> QueryResult<BTreeSet<PageId>> {
    let now = links_of(document);
    let then = before.map(links_of);
    let mut touched = match &then {
        Some(then) => targets(then),
        None => linked(conn, page)?,
    };
    touched.extend(targets(&now));
    if then.as_ref() == Some(&now) {
        return Ok(touched);
    }
    let rows: Vec<PageLink> = now
        .into_iter()
        .map(|(to_kind, to_id, to_slug, relation)| PageLink {
            from_id: page,
            to_id,
            to_kind,
            to_slug,
            relation,
        })
        .collect();
    replace!(conn, page_links.from_id = page, rows);
    Ok(touched)
}

fn targets(links: &Links) -> BTreeSet<PageId> {
    links.iter().filter_map(|(_, id, _, _)| *id).collect()
}

fn links_of(document: &mut Document) -> Links {
    let mut links = Links::new();
    document.visit_refs(&mut |_, relation, reference| {
        let (id, slug) = split(&reference.key);
        links.insert((reference.kind, id, slug, relation.to_owned()));
    });
    for link in memo::links(&document.prose).iter() {
        let Ok(kind) = link.kind.parse::<Kind>() else {
            continue;
        };
        let (id, slug) = match &link.key {
            LinkKey::Id(id) => (Some(*id), String::new()),
            LinkKey::Slug(slug) => (None, slug.to_string()),
            LinkKey::Bad(_) => continue,
        };
        links.insert((kind, id, slug, PROSE_LINK.to_owned()));
    }
    links
}

fn split(key: &RefKey) -> (Option<PageId>, String) {
    match key {
        RefKey::Id(id) => (Some(*id), String::new()),
        RefKey::Slug(slug) => (None, slug.to_string()),
    }
}

/// Pages the page refers to, as last written.
pub(super) fn linked(conn: &mut Conn, page: PageId) -> QueryResult<BTreeSet<PageId>> {
    let ids: Vec<Option<PageId>> = page_links::table
        .filter(page_links::from_id.eq(page))
        .select(page_links::to_id)
        .load(conn)?;
    Ok(ids.into_iter().flatten().collect())
}
