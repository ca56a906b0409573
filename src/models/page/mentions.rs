//! Mentions: the pages whose prose links here.

use diesel::prelude::*;

use crate::db::{Conn, rows};
use crate::models::page::card::Card;
use crate::models::page::{PageId, State, projection};
use crate::schema::{page_links, pages};

/// Most mentions shown on a page.
pub const MOST: i64 = 40;

/// Live pages whose prose links to this one, articles first.
pub fn of(conn: &mut Conn, page: PageId) -> QueryResult<Vec<Card>> {
    rows!(
        conn,
        pages::table
            .inner_join(page_links::table.on(page_links::from_id.eq(pages::id)))
            .filter(page_links::to_id.eq(page))
            .filter(page_links::relation.eq(projection::PROSE_LINK))
            .filter(pages::state.eq(State::Live))
            .filter(pages::id.ne(page))
            .order((pages::kind.asc(), pages::sort_key.asc(), pages::id.asc()))
            .limit(MOST)
            .select(Card::as_select())
    )
}
