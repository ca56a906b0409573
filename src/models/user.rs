//! Members of the site: who they are, and the proofs of what they may do.

pub mod attempts;
pub mod block;
pub mod contributions;
pub mod draft;
pub mod invite;
pub mod join;
pub mod name;
pub mod password;
pub mod promotion;
mod proof;
pub mod secret;
pub mod session;
pub mod visitor;

use diesel::prelude::*;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use serde_json::{Value, json};

use crate::db::{Conn, text_enum};
use crate::models::audit::{self, Deed};
use crate::schema::users;

pub use name::UserName;
pub use password::Hashed;
pub use proof::{Actor, Admin, Editor, Moderator};

/// Number of a member, the same for ever.
pub type UserId = i64;

/// What an address cannot hold as it stands.
const IN_PATH: &AsciiSet = &CONTROLS.add(b' ').add(b'%').add(b'?').add(b'#').add(b'/');

text_enum! {
    /// How far a member is trusted, from the newest to the keeper of the keys. Everyone may edit; the later ones may more.
    pub enum Role {
        /// Somebody without an account, under a temporary name; see [`visitor`].
        Visitor => "visitor",
        /// Somebody new: may edit, but not in bulk.
        Member => "member",
        /// Somebody whose edits were kept; see [`promotion`].
        Editor => "editor",
        /// May undo what others did to many pages, and stop them.
        Moderator => "moderator",
        /// May say who is what.
        Admin => "admin",
    }
}

impl Role {
    /// Whether edits of such wait for a second look, and may be made less often.
    pub fn is_new(self) -> bool {
        self <= Self::Member
    }

    /// The role for readers.
    pub fn label(self) -> &'static str {
        match self {
            Self::Visitor => "Visitor",
            Self::Member => "New member",
            Self::Editor => "Editor",
            Self::Moderator => "Moderator",
            Self::Admin => "Administrator",
        }
    }
}

text_enum! {
    /// Whether a member may come in.
    pub enum Standing {
        Active => "active",
        Disabled => "disabled",
    }
}

/// A member, without the password: what is not here cannot be shown by mistake.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = users)]
pub struct User {
    pub id: UserId,
    pub name: String,
    pub role: Role,
    pub state: Standing,
    /// Microseconds since 1970, UTC.
    pub created_at: i64,
    /// Until when they may not edit, if they were ever kept from it.
    pub blocked_until: Option<i64>,
    pub block_reason: String,
}

/// Why a change to a member was not made.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    /// Nobody would be left who can change it back.
    #[error("{0} is the only administrator; make somebody else one first")]
    LastAdmin(String),
    #[error(transparent)]
    Db(#[from] crate::db::DbError),
}

impl From<diesel::result::Error> for ChangeError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
}

/// The address of a member's page.
pub fn href(name: &str) -> String {
    format!("/users/{}", utf8_percent_encode(name, IN_PATH))
}

impl User {
    /// Address of the member's page.
    pub fn href(&self) -> String {
        href(&self.name)
    }

    /// Whether the member may come in.
    pub fn is_active(&self) -> bool {
        self.state == Standing::Active
    }

    /// The member with this number.
    pub fn find(conn: &mut Conn, id: UserId) -> QueryResult<Option<Self>> {
        users::table
            .find(id)
            .select(Self::as_select())
            .first(conn)
            .optional()
    }

    /// The member whose name is spelt like this, or so alike that nobody else can have it.
    pub fn named(conn: &mut Conn, name: &str) -> QueryResult<Option<Self>> {
        users::table
            .filter(users::name_key.eq(name::key(name)))
            .select(Self::as_select())
            .first(conn)
            .optional()
    }

    /// The same, with the password as it is stored.
    pub fn with_password(conn: &mut Conn, name: &str) -> QueryResult<Option<(Self, Hashed)>> {
        let found: Option<(Self, String)> = users::table
            .filter(users::name_key.eq(name::key(name)))
            .select((Self::as_select(), users::password))
            .first(conn)
            .optional()?;
        Ok(found.map(|(user, password)| (user, Hashed::stored(password))))
    }

    /// Everybody, in the order they joined.
    pub fn all(conn: &mut Conn) -> QueryResult<Vec<Self>> {
        users::table
            .order(users::id)
            .select(Self::as_select())
            .load(conn)
    }

    /// Whether there is anybody at all.
    pub fn is_anybody_there(conn: &mut Conn) -> QueryResult<bool> {
        let first: Option<UserId> = users::table.select(users::id).first(conn).optional()?;
        Ok(first.is_some())
    }

    /// Gives a new password and ends every session but `keep`, the hash of the one it was changed in.
    pub fn set_password(
        &self,
        conn: &mut Conn,
        password: &Hashed,
        keep: Option<&str>,
    ) -> QueryResult<()> {
        diesel::update(users::table.find(self.id))
            .set(users::password.eq(password.as_str()))
            .execute(conn)?;
        session::revoke_all(conn, self.id, keep)?;
        Ok(())
    }

    /// Gives a role, and tells the audit log of it.
    ///
    /// # Errors
    /// The only administrator stays one.
    pub fn set_role(
        &self,
        conn: &mut Conn,
        by: &Admin,
        role: Role,
        at: i64,
    ) -> Result<(), ChangeError> {
        if role != Role::Admin {
            self.refuse_if_last_admin(conn)?;
        }
        diesel::update(users::table.find(self.id))
            .set(users::role.eq(role))
            .execute(conn)?;
        let details = json!({"from": self.role.as_str(), "to": role.as_str()});
        Ok(self.record(conn, by, Deed::Role, details, at)?)
    }

    /// Lets a member in no more, at once: every session ends.
    ///
    /// # Errors
    /// The only administrator stays.
    pub fn disable(&self, conn: &mut Conn, by: &Admin, at: i64) -> Result<(), ChangeError> {
        self.refuse_if_last_admin(conn)?;
        diesel::update(users::table.find(self.id))
            .set(users::state.eq(Standing::Disabled))
            .execute(conn)?;
        session::revoke_all(conn, self.id, None)?;
        Ok(self.record(conn, by, Deed::Disable, Value::Null, at)?)
    }

    /// Lets a disabled member in again.
    pub fn enable(&self, conn: &mut Conn, by: &Admin, at: i64) -> QueryResult<()> {
        diesel::update(users::table.find(self.id))
            .set(users::state.eq(Standing::Active))
            .execute(conn)?;
        self.record(conn, by, Deed::Enable, Value::Null, at)
    }

    /// Tells the audit log what was done to the member.
    fn record(
        &self,
        conn: &mut Conn,
        by: &Admin,
        deed: Deed,
        details: Value,
        at: i64,
    ) -> QueryResult<()> {
        let entry = audit::Entry {
            deed,
            page: None,
            subject: Some(self.id),
            reason: "",
            details,
            at,
        };
        audit::record(conn, by, &entry).map(drop)
    }

    fn refuse_if_last_admin(&self, conn: &mut Conn) -> Result<(), ChangeError> {
        let others: Option<UserId> = users::table
            .filter(users::role.eq(Role::Admin))
            .filter(users::state.eq(Standing::Active))
            .filter(users::id.ne(self.id))
            .select(users::id)
            .first(conn)
            .optional()?;
        if self.role == Role::Admin && self.is_active() && others.is_none() {
            return Err(ChangeError::LastAdmin(self.name.clone()));
        }
        Ok(())
    }
}
