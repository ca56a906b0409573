//! Those who edit without an account, where the operator lets them: each gets a temporary name, bound to the cookie of one browser. Nobody
//! ever sees the address they came from.

use diesel::dsl::max;
use diesel::prelude::*;

use crate::db::{Conn, Micros, first};
use crate::models::user::{Hashed, Role, Standing, User, UserId, name};
use crate::schema::users;

/// Makes a visitor, named by the year and a number nobody had: `~2026-41`. No member's name begins with a tilde. The password is one that nobody
/// knows. To be called inside a write.
pub fn create(conn: &mut Conn, password: &Hashed, at: i64) -> QueryResult<User> {
    let last: Option<UserId> = first!(conn, users::table.select(max(users::id)))?;
    let number = last.unwrap_or(0) + 1;
    let name = format!("~{}-{number}", Micros(at).timestamp().strftime("%Y"));
    let id: UserId = diesel::insert_into(users::table)
        .values((
            users::name.eq(&name),
            users::name_key.eq(name::key(&name)),
            users::password.eq(password.as_str()),
            users::role.eq(Role::Visitor),
            users::state.eq(Standing::Active),
            users::created_at.eq(at),
        ))
        .returning(users::id)
        .get_result(conn)?;
    User::find(conn, id)?.ok_or(diesel::result::Error::NotFound)
}
