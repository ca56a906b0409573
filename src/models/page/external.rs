//! Links to other sites as a query table: which pages say that the same thing elsewhere is theirs.

use std::collections::BTreeMap;

use diesel::prelude::*;

use crate::db::{Conn, among_texts};
use crate::models::link::ExternalLink;
use crate::models::page::card::Card;
use crate::models::page::projection::update;
use crate::models::page::{PageId, State};
use crate::schema::{external_links, pages};
use crate::text::links;

/// Most other pages told of.
const MOST: i64 = 8;

#[derive(PartialEq, Insertable, AsChangeset)]
#[diesel(table_name = external_links, primary_key(page_id, row_id), treat_none_as_null = true)]
struct Row {
    page_id: PageId,
    row_id: i64,
    url: String,
}

/// A link that stands on another page as well.
#[derive(Debug, Clone, PartialEq)]
pub struct Shared {
    /// The words of the link.
    pub text: String,
    pub card: Card,
}

/// In one form, so that spellings of the same address meet; one that cannot be folded as it is.
fn key(link: &ExternalLink) -> String {
    links::fold(&link.url).map_or_else(|_| link.url.clone(), |folded| folded.url)
}

/// Writes the links of a page in place of those that are there.
pub fn rewrite(
    conn: &mut Conn,
    page: PageId,
    before: Option<&[ExternalLink]>,
    links: &[ExternalLink],
) -> QueryResult<()> {
    let rows = |links: &[ExternalLink]| -> Vec<Row> {
        let row = |link: &ExternalLink| Row {
            page_id: page,
            row_id: link.id,
            url: key(link),
        };
        links.iter().map(row).collect()
    };
    update!(conn, external_links.page_id = page, before.map(rows) => rows(links));
    Ok(())
}

/// The other live pages that have one of these links.
pub fn shared(conn: &mut Conn, page: PageId, links: &[ExternalLink]) -> QueryResult<Vec<Shared>> {
    if links.is_empty() {
        return Ok(Vec::new());
    }
    let words: BTreeMap<String, String> =
        links.iter().map(|link| (key(link), link.text())).collect();
    let found: Vec<(String, Card)> = external_links::table
        .inner_join(pages::table.on(pages::id.eq(external_links::page_id)))
        .filter(among_texts(external_links::url, words.keys().cloned()))
        .filter(pages::state.eq(State::Live))
        .filter(pages::id.ne(page))
        .order((
            external_links::url.asc(),
            pages::sort_key.asc(),
            pages::id.asc(),
        ))
        .limit(MOST)
        .select((external_links::url, Card::as_select()))
        .load(conn)?;
    Ok(found
        .into_iter()
        .map(|(url, card)| Shared {
            text: words.get(&url).cloned().unwrap_or_default(),
            card,
        })
        .collect())
}
