//! New members become editors by themselves, once they have edited enough and been here long enough.

use diesel::prelude::*;

use crate::db::Conn;
use crate::models::page::undo::kept;
use crate::models::user::{Role, User};
use crate::schema::users;

/// When a new member has become an editor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// Edits that were kept.
    pub edits: i64,
    /// Time since joining, microseconds.
    pub after: i64,
}

/// Makes a new member an editor when it is time, and answers whether it did. An edit is kept while its page is there and
/// nobody has taken it back. Cheap for everybody else: nothing is asked of the store before the time has passed.
pub fn promote_if_due(conn: &mut Conn, user: &User, rule: Rule, at: i64) -> QueryResult<bool> {
    let is_new = user.role == Role::Member && user.is_active();
    if !is_new || at - user.created_at < rule.after {
        return Ok(false);
    }
    if kept::count(conn, &user.name)? < rule.edits {
        return Ok(false);
    }
    let changed = diesel::update(users::table.find(user.id))
        .filter(users::role.eq(Role::Member))
        .set(users::role.eq(Role::Editor))
        .execute(conn)?;
    Ok(changed == 1)
}
