//! Blocks: a member who does harm may not edit for a while, and is told why.

use diesel::prelude::*;
use serde_json::json;

use crate::db::Conn;
use crate::models::audit::{self, Deed, Entry};
use crate::models::user::{ChangeError, Moderator, Role, User};
use crate::schema::users;

const DAY: i64 = 24 * 3_600 * 1_000_000;
/// The end of a block without one.
pub const FOR_GOOD: i64 = i64::MAX;

/// How long a block can last: as forms say it, in words, in microseconds.
pub const LENGTHS: [(&str, &str, i64); 6] = [
    ("1d", "a day", DAY),
    ("3d", "3 days", 3 * DAY),
    ("1w", "a week", 7 * DAY),
    ("1m", "a month", 30 * DAY),
    ("1y", "a year", 365 * DAY),
    ("ever", "for good", FOR_GOOD),
];

/// A block in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Microseconds since 1970; [`FOR_GOOD`] for one without an end.
    pub until: i64,
    pub reason: String,
}

/// Why nobody was blocked.
#[derive(Debug, thiserror::Error)]
pub enum BlockError {
    #[error("say why, in one sentence; whoever is blocked reads it")]
    ReasonMissing,
    #[error("nobody can block themselves")]
    Oneself,
    #[error("only administrators can block a moderator, and nobody an administrator")]
    TooHigh,
    #[error(transparent)]
    Change(#[from] ChangeError),
}

impl From<diesel::result::Error> for BlockError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Change(error.into())
    }
}

impl User {
    /// The block in force at this moment.
    pub fn block(&self, at: i64) -> Option<Block> {
        let until = self.blocked_until.filter(|until| *until > at)?;
        Some(Block {
            until,
            reason: self.block_reason.clone(),
        })
    }

    /// Keeps the member from editing until a moment, or lets them edit again.
    ///
    /// # Errors
    /// A missing reason, and members nobody or not this moderator can block.
    pub fn set_block(
        &self,
        conn: &mut Conn,
        (by, role): (&Moderator, Role),
        until: Option<i64>,
        reason: &str,
        at: i64,
    ) -> Result<(), BlockError> {
        if reason.trim().is_empty() {
            return Err(BlockError::ReasonMissing);
        }
        if by.user_id() == Some(self.id) {
            return Err(BlockError::Oneself);
        }
        let is_too_high =
            self.role == Role::Admin || self.role == Role::Moderator && role < Role::Admin;
        if until.is_some() && is_too_high {
            return Err(BlockError::TooHigh);
        }
        diesel::update(users::table.find(self.id))
            .set((
                users::blocked_until.eq(until),
                users::block_reason.eq(reason),
            ))
            .execute(conn)?;
        let deed = match until {
            Some(_) => Deed::Block,
            None => Deed::Unblock,
        };
        let entry = Entry {
            deed,
            page: None,
            subject: Some(self.id),
            reason,
            details: json!({ "until": until }),
            at,
        };
        audit::record(conn, by, &entry)?;
        Ok(())
    }

    /// Those who are blocked at this moment, by name.
    pub fn blocked(conn: &mut Conn, _by: &Moderator, at: i64) -> QueryResult<Vec<Self>> {
        users::table
            .filter(users::blocked_until.gt(at))
            .order(users::name)
            .select(Self::as_select())
            .load(conn)
    }
}
