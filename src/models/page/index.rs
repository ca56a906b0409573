//! Indexes: pages of a kind in order, narrowed by one facet, cut into pages by key so that the last costs what the first does.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::db::{Conn, among_texts, first, rows};
use crate::models::page::card::{Card, Cards};
use crate::models::page::{Kind, PageId, State};
use crate::schema::{facets, pages, tallies};

/// What an index is narrowed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    pub facet: &'static str,
    pub value: String,
}

impl Filter {
    /// No narrowing at all.
    pub fn all() -> Self {
        Self {
            facet: "all",
            value: String::new(),
        }
    }
}

/// Facets a reader may narrow an index by, as written in the address.
pub const FACETS: [&str; 13] = [
    "letter", "initial", "year", "network", "director", "mood", "genre", "role", "type", "use",
    "drama", "remake", "scenes",
];

/// Where a page of the index begins or ends: the sort key and id of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    pub sort_key: String,
    pub id: PageId,
}

/// Which way to go from a cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum From {
    Start,
    After(Cursor),
    Before(Cursor),
}

/// One page of an index.
#[derive(Debug, Clone)]
pub struct Slice {
    pub cards: Vec<Card>,
    /// How many there are in all under this filter.
    pub total: i64,
    pub previous: Option<Cursor>,
    pub next: Option<Cursor>,
}

/// One value of a facet and how many pages have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// As kept: a word, or the id of a page.
    pub value: String,
    /// As written in addresses: the value, or the slug of the page.
    pub address: String,
    pub label: String,
    pub pages: i64,
}

/// One page of the index of a kind, of so many pages.
pub fn slice(
    conn: &mut Conn,
    kind: Kind,
    filter: &Filter,
    from: &From,
    size: usize,
) -> QueryResult<Slice> {
    let total = first!(
        conn,
        tallies::table
            .find((kind, filter.facet, &filter.value))
            .select(tallies::pages)
    )
    .optional()?
    .unwrap_or(0);
    let query = facets::table
        .inner_join(pages::table.on(pages::id.eq(facets::page_id)))
        .filter(facets::kind.eq(kind))
        .filter(facets::facet.eq(filter.facet))
        .filter(facets::value.eq(&filter.value))
        .filter(pages::state.eq(State::Live))
        .select((Card::as_select(), facets::sort_key))
        .limit(i64::try_from(size + 1).unwrap_or(i64::MAX))
        .into_boxed::<crate::db::Backend>();
    let query = match from {
        From::Start => query.order((facets::sort_key.asc(), facets::page_id.asc())),
        From::After(cursor) => query
            .filter(
                facets::sort_key.gt(&cursor.sort_key).or(facets::sort_key
                    .eq(&cursor.sort_key)
                    .and(facets::page_id.gt(cursor.id))),
            )
            .filter(facets::sort_key.ge(&cursor.sort_key))
            .order((facets::sort_key.asc(), facets::page_id.asc())),
        From::Before(cursor) => query
            .filter(
                facets::sort_key.lt(&cursor.sort_key).or(facets::sort_key
                    .eq(&cursor.sort_key)
                    .and(facets::page_id.lt(cursor.id))),
            )
            .filter(facets::sort_key.le(&cursor.sort_key))
            .order((facets::sort_key.desc(), facets::page_id.desc())),
    };
    Ok(cut(query.load(conn)?, total, from, size))
}

/// A page of the index from the rows read away from the cursor, one more than are shown where there are more.
fn cut(mut rows: Vec<(Card, String)>, total: i64, from: &From, size: usize) -> Slice {
    let more = rows.len() > size;
    if more {
        rows.pop();
    }
    if matches!(from, From::Before(_)) {
        rows.reverse();
    }
    let cursor = |row: Option<&(Card, String)>| {
        row.map(|(card, key)| Cursor {
            sort_key: key.clone(),
            id: card.id,
        })
    };
    let (has_previous, has_next) = match from {
        From::Start => (false, more),
        From::After(_) => (true, more),
        From::Before(_) => (more, true),
    };
    Slice {
        previous: cursor(rows.first()).filter(|_| has_previous),
        next: cursor(rows.last()).filter(|_| has_next),
        cards: rows.into_iter().map(|(card, _)| card).collect(),
        total,
    }
}

/// Whether the values of a facet are ids of pages.
pub fn names_page(facet: &str) -> bool {
    facet == "director" || facet == "drama"
}

/// Most values of a facet that names pages: there are as many of them as pages, so only those with the most are told.
pub const MOST_NAMED: i64 = 24;

/// The values of these facets with their counts, in order; values that are page ids get the page's title as label, are left
/// out when the page is no longer there, and no more than [`MOST_NAMED`] of them are told, those with the most pages first.
pub fn tallies_of(
    conn: &mut Conn,
    kind: Kind,
    names: &[&'static str],
) -> QueryResult<Vec<(String, Tally)>> {
    let words = names.iter().copied().filter(|facet| !names_page(facet));
    let mut rows: Vec<(String, String, String, i64)> = rows!(
        conn,
        tallies::table
            .filter(tallies::kind.eq(kind))
            .filter(among_texts(tallies::facet, words))
            .filter(tallies::pages.gt(0))
            .order((tallies::facet.asc(), tallies::value.asc()))
            .select((
                tallies::facet,
                tallies::value,
                tallies::label,
                tallies::pages,
            ))
    )?;
    for facet in names.iter().filter(|facet| names_page(facet)) {
        let largest = largest(conn, kind, facet, MOST_NAMED)?;
        rows.extend(
            largest
                .into_iter()
                .map(|(value, pages)| ((*facet).to_owned(), value, String::new(), pages)),
        );
    }
    let ids: Vec<PageId> = rows
        .iter()
        .filter(|row| names_page(&row.0))
        .filter_map(|row| row.1.parse().ok())
        .collect();
    let cards = if ids.is_empty() {
        Cards::default()
    } else {
        Cards::load(conn, ids)?
    };
    Ok(rows
        .into_iter()
        .filter_map(|(facet, value, label, pages)| {
            let (address, label) = if names_page(&facet) {
                let card = cards.find(value.parse().ok()?)?;
                (card.slug.clone(), card.title.clone())
            } else {
                (value.clone(), label)
            };
            Some((
                facet,
                Tally {
                    value,
                    address,
                    label,
                    pages,
                },
            ))
        })
        .collect())
}

/// How many live pages of a kind there are.
pub fn count(conn: &mut Conn, kind: Kind) -> QueryResult<i64> {
    let count: Option<i64> = first!(
        conn,
        tallies::table
            .find((kind, "all", ""))
            .select(tallies::pages)
    )
    .optional()?;
    Ok(count.unwrap_or(0))
}

/// How many live pages there are of every kind, in the order of [`Kind::ALL`].
pub fn counts(conn: &mut Conn) -> QueryResult<Vec<(Kind, i64)>> {
    let rows: Vec<(Kind, i64)> = rows!(
        conn,
        tallies::table
            .filter(among_texts(
                tallies::kind,
                Kind::ALL.iter().map(|kind| kind.as_str()),
            ))
            .filter(tallies::facet.eq("all"))
            .filter(tallies::value.eq(""))
            .select((tallies::kind, tallies::pages))
    )?;
    let pages = |kind: Kind| rows.iter().find(|row| row.0 == kind).map_or(0, |row| row.1);
    Ok(Kind::ALL.iter().map(|kind| (*kind, pages(*kind))).collect())
}

/// The values of a facet that the most pages have, with their numbers.
pub fn largest(
    conn: &mut Conn,
    kind: Kind,
    facet: &str,
    most: i64,
) -> QueryResult<Vec<(String, i64)>> {
    rows!(
        conn,
        tallies::table
            .filter(tallies::kind.eq(kind))
            .filter(tallies::facet.eq(facet))
            .filter(tallies::pages.gt(0))
            .order((tallies::pages.desc(), tallies::value.asc()))
            .limit(most)
            .select((tallies::value, tallies::pages))
    )
}

/// How many pages of a kind are filed under each of these pages; those without any are left out.
pub fn sizes(
    conn: &mut Conn,
    kind: Kind,
    facet: &str,
    under: &[PageId],
) -> QueryResult<HashMap<PageId, i64>> {
    let rows: Vec<(String, i64)> = rows!(
        conn,
        tallies::table
            .filter(tallies::kind.eq(kind))
            .filter(tallies::facet.eq(facet))
            .filter(among_texts(
                tallies::value,
                under.iter().map(ToString::to_string),
            ))
            .select((tallies::value, tallies::pages))
    )?;
    Ok(rows
        .into_iter()
        .filter_map(|(id, pages)| Some((id.parse().ok()?, pages)))
        .collect())
}
