//! Becoming a member.

use diesel::prelude::*;

use crate::db::{Conn, DbError, unique_violation};
use crate::models::user::secret::Secret;
use crate::models::user::{Hashed, Role, Standing, User, UserId, UserName, invite};
use crate::schema::users;

/// Somebody who wants to join.
#[derive(Debug, Clone)]
pub struct Newcomer {
    pub name: UserName,
    pub password: Hashed,
}

/// Why nobody joined.
#[derive(Debug, thiserror::Error)]
pub enum JoinError {
    #[error("Another member has this name, or one that looks like it. Choose another.")]
    Taken,
    #[error("This link was used already or is more than a day old.")]
    LinkIsSpent,
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<diesel::result::Error> for JoinError {
    fn from(error: diesel::result::Error) -> Self {
        match unique_violation(&error) {
            Some(violation) if violation.table == "users" => Self::Taken,
            _ => Self::Db(error.into()),
        }
    }
}

/// Makes a member with a role, for the operator and for tests.
///
/// # Errors
/// [`JoinError::Taken`], and the store's own.
pub fn create(
    conn: &mut Conn,
    newcomer: &Newcomer,
    role: Role,
    at: i64,
) -> Result<User, JoinError> {
    let id: UserId = diesel::insert_into(users::table)
        .values((
            users::name.eq(newcomer.name.as_str()),
            users::name_key.eq(newcomer.name.key()),
            users::password.eq(newcomer.password.as_str()),
            users::role.eq(role),
            users::state.eq(Standing::Active),
            users::created_at.eq(at),
        ))
        .returning(users::id)
        .get_result(conn)?;
    Ok(User::find(conn, id)?.ok_or(diesel::result::Error::NotFound)?)
}

/// Makes a new member; with a link, one of the role it gives. To be called inside a write: a link is used up only when somebody
/// joins by it.
///
/// # Errors
/// [`JoinError`].
pub fn join(
    conn: &mut Conn,
    newcomer: &Newcomer,
    link: Option<&Secret>,
    at: i64,
) -> Result<User, JoinError> {
    let role = match link {
        None => Role::Member,
        Some(link) => invite::redeem(conn, link, at)?.ok_or(JoinError::LinkIsSpent)?,
    };
    create(conn, newcomer, role, at)
}
