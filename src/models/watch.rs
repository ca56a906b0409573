//! What members watch: pages, or dramas with everything that belongs to them.

use diesel::prelude::*;

use crate::db::{Conn, both};
use crate::models::changes;
use crate::models::page::{Kind, PageId, State};
use crate::models::user::UserId;
use crate::schema::{pages, watches};

/// A page somebody watches.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Watched {
    pub page: PageId,
    pub kind: Kind,
    pub slug: String,
    pub title: String,
    /// A drama with its songs and albums.
    pub is_wide: bool,
    /// Up to which entry of the change log its news were seen.
    pub seen: i64,
    /// Microseconds since 1970; nothing for ever.
    pub expires_at: Option<i64>,
}

impl Watched {
    /// Address of the page.
    pub fn href(&self) -> String {
        format!("/{}/{}", self.kind.plural(), self.slug)
    }
}

/// What a member watches at this moment, by title.
pub fn of(conn: &mut Conn, user: UserId, at: i64) -> QueryResult<Vec<Watched>> {
    watches::table
        .inner_join(pages::table.on(pages::id.eq(watches::page_id)))
        .filter(watches::user_id.eq(user))
        .filter(watches::expires_at.is_null().or(watches::expires_at.gt(at)))
        .filter(pages::state.eq(State::Live))
        .order((pages::sort_key, pages::id))
        .select((
            pages::id,
            pages::kind,
            pages::slug,
            pages::title,
            watches::is_wide,
            watches::seen,
            watches::expires_at,
        ))
        .load(conn)
}

/// Whether a member watches a page at this moment.
pub fn is_on(conn: &mut Conn, user: UserId, page: PageId, at: i64) -> QueryResult<bool> {
    let on: Option<i64> = watches::table
        .find((user, page))
        .filter(watches::expires_at.is_null().or(watches::expires_at.gt(at)))
        .select(watches::seen)
        .first(conn)
        .optional()?;
    Ok(on.is_some())
}

/// Begins to watch a page, or watches it otherwise. News from before do not count.
pub fn set(
    conn: &mut Conn,
    user: UserId,
    page: PageId,
    (is_wide, expires_at): (bool, Option<i64>),
    at: i64,
) -> QueryResult<()> {
    let seen = changes::newest(conn)?;
    both!(conn, c => diesel::insert_into(watches::table)
        .values((
            watches::user_id.eq(user),
            watches::page_id.eq(page),
            watches::is_wide.eq(is_wide),
            watches::seen.eq(seen),
            watches::expires_at.eq(expires_at),
            watches::created_at.eq(at),
        ))
        .on_conflict((watches::user_id, watches::page_id))
        .do_update()
        .set((watches::is_wide.eq(is_wide), watches::expires_at.eq(expires_at)))
        .execute(c))?;
    Ok(())
}

/// Watches a page no more.
pub fn end(conn: &mut Conn, user: UserId, page: PageId) -> QueryResult<()> {
    diesel::delete(watches::table.find((user, page))).execute(conn)?;
    Ok(())
}

/// Notes that a member has seen the news up to an entry of the change log.
pub fn see(conn: &mut Conn, user: UserId, up_to: i64) -> QueryResult<()> {
    diesel::update(watches::table.filter(watches::user_id.eq(user)))
        .filter(watches::seen.lt(up_to))
        .set(watches::seen.eq(up_to))
        .execute(conn)?;
    Ok(())
}
