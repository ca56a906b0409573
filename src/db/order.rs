//! The order of the change log.

use diesel::prelude::*;
use diesel::sql_types::BigInt;

use super::Conn;

diesel::define_sql_function! {
    /// Waits for a lock that is held to the end of the transaction. What it answers is empty and of no type of ours; nobody reads it.
    fn pg_advisory_xact_lock(key: BigInt) -> Text;
}

/// Held by whoever appends to the change log. The number only has to be ours.
const LOG_LOCK: i64 = 0x7965_6f75_6e01;

/// Makes this transaction commit before any other that appends to the change log after it, so that a reader who goes by id
/// never passes over an entry that is still being written. SQLite has one writer and needs nothing.
///
/// # Errors
/// The store's own, such as a lock that is not given in time.
pub fn in_commit_order(conn: &mut Conn) -> QueryResult<()> {
    match conn {
        Conn::Sqlite(_) => Ok(()),
        // A statement of diesel's own stays prepared; one of text is prepared at every run.
        Conn::Pg(conn) => diesel::select(pg_advisory_xact_lock(LOG_LOCK))
            .execute(conn)
            .map(drop),
    }
}
