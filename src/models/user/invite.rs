//! One-time links by which somebody joins with a role: how the first administrator comes in.

use diesel::prelude::*;

use crate::db::Conn;
use crate::models::user::secret::Secret;
use crate::models::user::{Admin, Role, User};
use crate::schema::invites;

/// How long a link is good, in microseconds: a day.
pub const VALID: i64 = 24 * 3_600 * 1_000_000;

/// Remembers a link; only its hash is stored.
pub fn create(
    conn: &mut Conn,
    _by: &Admin,
    secret: &Secret,
    role: Role,
    at: i64,
) -> QueryResult<()> {
    diesel::insert_into(invites::table)
        .values((
            invites::token_hash.eq(secret.hash()),
            invites::role.eq(role),
            invites::created_at.eq(at),
            invites::expires_at.eq(at + VALID),
        ))
        .execute(conn)?;
    Ok(())
}

/// Makes the link of the first administrator while there is no member; it takes the place of any made before. Answers whether it
/// was made.
pub fn create_first(conn: &mut Conn, by: &Admin, secret: &Secret, at: i64) -> QueryResult<bool> {
    if User::is_anybody_there(conn)? {
        return Ok(false);
    }
    diesel::delete(invites::table).execute(conn)?;
    create(conn, by, secret, Role::Admin, at)?;
    Ok(true)
}

/// The role a link gives, while it is good.
pub fn role(conn: &mut Conn, secret: &Secret, at: i64) -> QueryResult<Option<Role>> {
    invites::table
        .find(secret.hash())
        .filter(invites::expires_at.gt(at))
        .select(invites::role)
        .first(conn)
        .optional()
}

/// Uses a link up and answers the role it gave; nothing when it was used before, or is too old.
pub fn redeem(conn: &mut Conn, secret: &Secret, at: i64) -> QueryResult<Option<Role>> {
    let role = role(conn, secret, at)?;
    let used = diesel::delete(invites::table.find(secret.hash())).execute(conn)?;
    Ok(role.filter(|_| used == 1))
}
