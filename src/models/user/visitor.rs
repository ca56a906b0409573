//! Those who edit without an account, where the operator lets them: each gets a temporary name, bound to the cookie of one browser. Nobody
//! ever sees the address they came from.

use diesel::prelude::*;

use crate::db::{Conn, Micros};
use crate::models::user::{Hashed, Role, Standing, User, UserId, name};
use crate::schema::users;

/// Makes a visitor, named by the year and their number: `~2026-41`. No member's name begins with a tilde. The password is one that nobody
/// knows. To be called inside a write.
pub fn create(conn: &mut Conn, password: &Hashed, at: i64) -> QueryResult<User> {
    // Nobody else has this salt, so the name it stands for is free until the number is known.
    let nameless = format!("~{}", password.as_str());
    let id: UserId = diesel::insert_into(users::table)
        .values((
            users::name.eq(&nameless),
            users::name_key.eq(&nameless),
            users::password.eq(password.as_str()),
            users::role.eq(Role::Visitor),
            users::state.eq(Standing::Active),
            users::created_at.eq(at),
        ))
        .returning(users::id)
        .get_result(conn)?;
    let name = format!("~{}-{id}", Micros(at).timestamp().strftime("%Y"));
    diesel::update(users::table.find(id))
        .set((users::name.eq(&name), users::name_key.eq(name::key(&name))))
        .execute(conn)?;
    User::find(conn, id)?.ok_or(diesel::result::Error::NotFound)
}
