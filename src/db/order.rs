//! The order of the change log.

use diesel::prelude::*;
use diesel::sql_query;

use super::Conn;

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
        Conn::Pg(conn) => sql_query(format!("SELECT pg_advisory_xact_lock({LOG_LOCK})"))
            .execute(conn)
            .map(|_| ()),
    }
}
