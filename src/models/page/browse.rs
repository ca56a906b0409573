//! Indexes as readers see them: one page of a kind, narrowed or not, with the rows of that kind and the filters that lead on.

use std::collections::BTreeSet;

use diesel::prelude::*;

use crate::db::{Conn, first};
use crate::models::page::card::{Card, Cards};
use crate::models::page::index::{self, Cursor, Filter, From, Tally};
use crate::models::page::{Kind, Page, PageId};
use crate::schema::redirects;

/// A page as the index of its kind shows it.
pub trait Row: Sized + Send + 'static {
    /// Rows shown at once: two dozen of those with a large picture.
    const PER_PAGE: usize = 48;
    /// The rows of these pages, in their order, in a number of statements that does not depend on how many they are.
    fn of(conn: &mut Conn, cards: Vec<Card>) -> QueryResult<Vec<Self>>;
    /// Adds every page the row shows.
    fn shown(&self, ids: &mut BTreeSet<PageId>);
    /// The page itself.
    fn card(&self) -> &Card;
}

/// A filter as the address asks for it: a word, or the slug of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    pub facet: &'static str,
    pub value: String,
}

/// The filter an index is narrowed by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    pub facet: &'static str,
    /// As written in addresses.
    pub address: String,
    /// Words of the value, empty where it speaks for itself.
    pub label: String,
}

/// One page of an index with everything around it.
#[derive(Debug, Clone)]
pub struct Browse<R> {
    /// Pages of the kind, whatever the filter.
    pub all: i64,
    /// Pages under the filter.
    pub total: i64,
    pub applied: Option<Applied>,
    pub rows: Vec<R>,
    pub previous: Option<Cursor>,
    pub next: Option<Cursor>,
    /// The values of the offered facets.
    pub tallies: Vec<(String, Tally)>,
}

impl<R: Row> Browse<R> {
    /// Loads one page of the index of a kind. A filter that nothing is filed under gives no rows.
    pub fn load(
        conn: &mut Conn,
        kind: Kind,
        wanted: Option<Wanted>,
        from: &From,
        offered: &[&'static str],
    ) -> QueryResult<Self> {
        let all = index::count(conn, kind)?;
        let tallies = index::tallies_of(conn, kind, offered)?;
        let (filter, applied) = match wanted {
            None => (Some(Filter::all()), None),
            Some(wanted) => resolved(conn, wanted, &tallies)?,
        };
        let Some(filter) = filter else {
            return Ok(Self {
                all,
                total: 0,
                applied,
                rows: Vec::new(),
                previous: None,
                next: None,
                tallies,
            });
        };
        let mut slice = index::slice(conn, kind, &filter, from, R::PER_PAGE)?;
        if matches!(from, From::Before(_)) && slice.previous.is_none() {
            // Less than a page is left before the cursor: the first page is the one meant.
            slice = index::slice(conn, kind, &filter, &From::Start, R::PER_PAGE)?;
        }
        let rows = R::of(conn, slice.cards)?;
        Ok(Self {
            all,
            total: slice.total,
            applied,
            rows,
            previous: slice.previous,
            next: slice.next,
            tallies,
        })
    }

    /// Every page shown.
    pub fn shown(&self) -> BTreeSet<PageId> {
        shown(&self.rows)
    }
}

/// Every page these rows show.
pub fn shown<R: Row>(rows: &[R]) -> BTreeSet<PageId> {
    let mut ids = BTreeSet::new();
    for row in rows {
        row.shown(&mut ids);
    }
    ids
}

/// The beginning of an index under a filter, and how many pages it has in all.
pub fn beginning<R: Row>(
    conn: &mut Conn,
    kind: Kind,
    facet: &'static str,
    value: &str,
) -> QueryResult<(Vec<R>, i64)> {
    let filter = Filter {
        facet,
        value: value.to_owned(),
    };
    let slice = index::slice(conn, kind, &filter, &From::Start, R::PER_PAGE)?;
    Ok((R::of(conn, slice.cards)?, slice.total))
}

/// What is looked up for a filter, and how it is told.
fn resolved(
    conn: &mut Conn,
    wanted: Wanted,
    tallies: &[(String, Tally)],
) -> QueryResult<(Option<Filter>, Option<Applied>)> {
    let Wanted { facet, value } = wanted;
    if !index::names_page(facet) {
        let label = tallies
            .iter()
            .find(|(name, tally)| name == facet && tally.value == value)
            .map(|(_, tally)| tally.label.clone());
        let applied = Applied {
            facet,
            address: value.clone(),
            label: label.unwrap_or_default(),
        };
        return Ok((Some(Filter { facet, value }), Some(applied)));
    }
    let kind = if facet == "drama" {
        Kind::Drama
    } else {
        Kind::Artist
    };
    Ok(match named(conn, kind, &value)? {
        Some(card) => {
            let applied = Applied {
                facet,
                address: card.slug,
                label: card.title,
            };
            (
                Some(Filter {
                    facet,
                    value: card.id.to_string(),
                }),
                Some(applied),
            )
        }
        None => (
            None,
            Some(Applied {
                facet,
                address: value,
                label: String::new(),
            }),
        ),
    })
}

/// The live page with this slug, or with which its page was merged, or to which a former slug leads.
fn named(conn: &mut Conn, kind: Kind, slug: &str) -> QueryResult<Option<Card>> {
    let at: Option<PageId> = match Page::at(conn, kind, slug)? {
        Some(page) => Some(page.id),
        None => first!(
            conn,
            redirects::table
                .find((kind, slug))
                .select(redirects::page_id)
        )
        .optional()?,
    };
    let Some(id) = at else { return Ok(None) };
    Ok(Cards::load(conn, [id])?.find(id).cloned())
}
