//! What links here: the pages that name a page, by the relation in which they do.

use diesel::dsl::count_star;
use diesel::prelude::*;

use crate::db::{Conn, first, rows};
use crate::models::page::card::Card;
use crate::models::page::{Page, PageId, State};
use crate::schema::{page_links, pages};

/// A relation and the number of pages in it.
pub type Group = (String, i64);

/// How many live pages name this one.
pub fn count(conn: &mut Conn, page: PageId) -> QueryResult<i64> {
    first!(
        conn,
        page_links::table
            .inner_join(pages::table.on(pages::id.eq(page_links::from_id)))
            .filter(page_links::to_id.eq(page))
            .filter(pages::state.eq(State::Live))
            .filter(page_links::from_id.ne(page))
            .select(diesel::dsl::count(page_links::from_id).aggregate_distinct())
    )
}

/// The relations in which live pages name this one, by their names.
pub fn groups(conn: &mut Conn, page: PageId) -> QueryResult<Vec<Group>> {
    rows!(
        conn,
        page_links::table
            .inner_join(pages::table.on(pages::id.eq(page_links::from_id)))
            .filter(page_links::to_id.eq(page))
            .filter(pages::state.eq(State::Live))
            .filter(page_links::from_id.ne(page))
            .group_by(page_links::relation)
            .order(page_links::relation)
            .select((page_links::relation, count_star()))
    )
}

/// Up to `limit` live pages that name this one in a relation, in the order of lists, behind the page `after` where one is given.
pub fn page(
    conn: &mut Conn,
    page: PageId,
    relation: &str,
    after: Option<PageId>,
    limit: i64,
) -> QueryResult<Vec<Card>> {
    let after = match after {
        Some(after) => Page::find(conn, after)?.map(|page| (page.sort_key, page.id)),
        None => None,
    };
    let (key, id) = after.unwrap_or_default();
    rows!(
        conn,
        page_links::table
            .inner_join(pages::table.on(pages::id.eq(page_links::from_id)))
            .filter(page_links::to_id.eq(page))
            .filter(page_links::relation.eq(relation))
            .filter(pages::state.eq(State::Live))
            .filter(page_links::from_id.ne(page))
            .filter(
                pages::sort_key
                    .gt(&key)
                    .or(pages::sort_key.eq(&key).and(pages::id.gt(id)))
            )
            .order((pages::sort_key, pages::id))
            .limit(limit)
            .select(Card::as_select())
    )
}
