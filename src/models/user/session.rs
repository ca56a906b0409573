//! Sessions: who is logged in, and where. The cookie holds a secret, the store its hash.

use diesel::prelude::*;

use crate::db::{Conn, first};
use crate::models::user::secret::Secret;
use crate::models::user::{Standing, User, UserId};
use crate::schema::{sessions, users};

const DAY: i64 = 24 * 3_600 * 1_000_000;
/// A session that is not used ends after this, microseconds.
pub const IDLE: i64 = 30 * DAY;
/// Every session ends after this.
pub const LONGEST: i64 = 90 * DAY;
/// How long after the last note a use is noted again: reading a page must not mean writing to the store.
pub const NOTED_EVERY: i64 = DAY / 24;
/// Sessions of one member; the one unused for longest makes room.
const MOST: i64 = 50;

/// One place where a member is logged in.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = sessions)]
pub struct Session {
    /// SHA-256 of what the cookie holds.
    pub token_hash: String,
    pub user_id: UserId,
    /// What forms of this session carry.
    pub form_token: String,
    /// Browser and system in a few words; may be empty.
    pub device: String,
    /// Microseconds since 1970, UTC; so are the others.
    pub created_at: i64,
    pub seen_at: i64,
    pub expires_at: i64,
}

/// The secrets of a session to be made.
#[derive(Debug, Clone)]
pub struct Fresh {
    /// For the cookie.
    pub cookie: Secret,
    /// For the forms.
    pub form: Secret,
    /// Browser and system in a few words.
    pub device: String,
}

/// Begins a session. The caller hands the cookie's secret to the browser and forgets it.
pub fn create(conn: &mut Conn, user: &User, fresh: &Fresh, at: i64) -> QueryResult<()> {
    diesel::delete(sessions::table.filter(sessions::expires_at.le(at))).execute(conn)?;
    let surplus: Vec<String> = sessions::table
        .filter(sessions::user_id.eq(user.id))
        .order((sessions::seen_at.desc(), sessions::token_hash.asc()))
        .offset(MOST - 1)
        .limit(MOST)
        .select(sessions::token_hash)
        .load(conn)?;
    for hash in surplus {
        revoke(conn, &hash)?;
    }
    diesel::insert_into(sessions::table)
        .values((
            sessions::token_hash.eq(fresh.cookie.hash()),
            sessions::user_id.eq(user.id),
            sessions::form_token.eq(fresh.form.reveal()),
            sessions::device.eq(&fresh.device),
            sessions::created_at.eq(at),
            sessions::seen_at.eq(at),
            sessions::expires_at.eq(at + IDLE),
        ))
        .execute(conn)?;
    Ok(())
}

/// The session a cookie belongs to and its member, in one statement; nothing when it ended or the member may not come in.
pub fn find(conn: &mut Conn, cookie: &Secret, at: i64) -> QueryResult<Option<(Session, User)>> {
    first!(
        conn,
        sessions::table
            .inner_join(users::table.on(users::id.eq(sessions::user_id)))
            .filter(sessions::token_hash.eq(cookie.hash()))
            .filter(sessions::expires_at.gt(at))
            .filter(users::state.eq(Standing::Active))
            .select((Session::as_select(), User::as_select()))
    )
    .optional()
}

/// The sessions of a member that have not ended, the last used first.
pub fn of_user(conn: &mut Conn, user: UserId, at: i64) -> QueryResult<Vec<Session>> {
    sessions::table
        .filter(sessions::user_id.eq(user))
        .filter(sessions::expires_at.gt(at))
        .order((sessions::seen_at.desc(), sessions::token_hash.asc()))
        .select(Session::as_select())
        .load(conn)
}

/// Notes that a session is in use, which puts its end off, but never beyond [`LONGEST`].
pub fn note_use(conn: &mut Conn, session: &Session, at: i64) -> QueryResult<()> {
    let end = (at + IDLE).min(session.created_at + LONGEST);
    diesel::update(sessions::table.find(&session.token_hash))
        .set((sessions::seen_at.eq(at), sessions::expires_at.eq(end)))
        .execute(conn)?;
    Ok(())
}

/// Ends a session.
pub fn revoke(conn: &mut Conn, token_hash: &str) -> QueryResult<()> {
    diesel::delete(sessions::table.find(token_hash)).execute(conn)?;
    Ok(())
}

/// Ends a session if it is this member's; answers whether it was.
pub fn revoke_own(conn: &mut Conn, user: UserId, token_hash: &str) -> QueryResult<bool> {
    let ended = diesel::delete(sessions::table.find(token_hash))
        .filter(sessions::user_id.eq(user))
        .execute(conn)?;
    Ok(ended == 1)
}

/// Ends every session of a member, except one where `keep` names it. Answers how many ended.
pub fn revoke_all(conn: &mut Conn, user: UserId, keep: Option<&str>) -> QueryResult<usize> {
    diesel::delete(
        sessions::table
            .filter(sessions::user_id.eq(user))
            .filter(sessions::token_hash.ne(keep.unwrap_or_default())),
    )
    .execute(conn)
}
