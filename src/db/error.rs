//! What can go wrong with a read or a write.

use std::fmt;

use diesel::result::{DatabaseErrorInformation, DatabaseErrorKind, Error as DieselError};

use super::counters;

/// Why the store did not answer. [`DbError::is_unavailable`] tells what a visitor should try again.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// Too many were waiting, or another process held the lock, or writers kept colliding. Nothing was written.
    #[error("the database is busy")]
    Busy,
    /// It was begun and took too long. Nothing was written.
    #[error("the database took too long")]
    TimedOut,
    /// The store cannot be reached or used; the driver's own words. Nothing was written.
    #[error("the database is not available: {0}")]
    Unavailable(String),
    /// The disk under the store is full. Nothing was written.
    #[error("the disk under the database is full")]
    StorageFull,
    /// The store was lost while committing: the write is there whole or not at all, and only asking again tells.
    #[error("the database did not confirm the write: {0}")]
    Unconfirmed(String),
    /// The store was closed because the process is stopping.
    #[error("the database is closed")]
    Closed,
    /// What only reads asked for a write: a fault of ours. Nothing was written.
    #[error("a request that only reads asked for a write")]
    ReadOnly,
    /// The caller's closure panicked; its transaction was rolled back.
    #[error("a query panicked: {0}")]
    Panicked(String),
    /// The statement itself failed.
    #[error(transparent)]
    Query(DieselError),
}

impl DbError {
    /// Whether the same request may succeed a little later: what becomes a 503 with `Retry-After`.
    pub fn is_unavailable(&self) -> bool {
        !matches!(
            self,
            DbError::ReadOnly | DbError::Panicked(_) | DbError::Query(_)
        )
    }

    /// The same error for another caller of the same failed commit.
    pub(super) fn again(&self) -> DbError {
        match self {
            DbError::Busy => DbError::Busy,
            DbError::TimedOut => DbError::TimedOut,
            DbError::Unavailable(why) => DbError::Unavailable(why.clone()),
            DbError::StorageFull => DbError::StorageFull,
            DbError::Unconfirmed(why) => DbError::Unconfirmed(why.clone()),
            DbError::Closed => DbError::Closed,
            DbError::ReadOnly => DbError::ReadOnly,
            DbError::Panicked(why) => DbError::Panicked(why.clone()),
            DbError::Query(error) => DbError::Query(DieselError::DatabaseError(
                DatabaseErrorKind::Unknown,
                Box::new(error.to_string()),
            )),
        }
    }
}

impl From<DieselError> for DbError {
    fn from(error: DieselError) -> DbError {
        if counters::is_lost(&error) {
            return DbError::Unavailable(one_line(&error.to_string()));
        }
        if counters::is_conflict(&error) {
            return DbError::Busy;
        }
        let DieselError::DatabaseError(_, info) = &error else {
            return DbError::Query(error);
        };
        // Neither driver hands on its code for these, so the words have to do: SQLite's are fixed, PostgreSQL's
        // follow the server's `lc_messages`.
        match info.message() {
            "database is locked" | "database table is locked" => DbError::Busy,
            "database or disk is full" => DbError::StorageFull,
            message if message.starts_with("canceling statement due to lock timeout") => {
                DbError::Busy
            }
            message if message.starts_with("canceling statement due to statement timeout") => {
                DbError::TimedOut
            }
            message
                if message.starts_with("disk I/O error")
                    || message.starts_with("unable to open database file")
                    // A file that was damaged, cut or swapped under the running process.
                    || message.starts_with("database disk image is malformed")
                    || message.starts_with("file is not a database")
                    || message.starts_with("no such table") =>
            {
                DbError::Unavailable(message.to_owned())
            }
            message if message.ends_with("No space left on device") => DbError::StorageFull,
            _ => DbError::Query(error),
        }
    }
}

/// libpq indents and breaks its messages; a log line does not want that.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Which unique constraint refused a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UniqueViolation {
    /// The table; empty when SQLite names only an index on an expression.
    pub table: String,
    /// The columns, in the constraint's order; empty in the same case.
    pub columns: Vec<String>,
    /// The constraint or index where the store names it: always on PostgreSQL, on SQLite only for an index on an
    /// expression. Never branch on it where [`UniqueViolation::is_on`] will do.
    pub constraint: Option<String>,
}

impl UniqueViolation {
    /// Whether the constraint is the one over just these columns of this table.
    pub fn is_on(&self, table: &str, columns: &[&str]) -> bool {
        self.table == table && self.columns == columns
    }
}

impl fmt::Display for UniqueViolation {
    /// `table.column, table.column`, as SQLite writes it, for both stores.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, column) in self.columns.iter().enumerate() {
            let comma = if n == 0 { "" } else { ", " };
            write!(f, "{comma}{}.{column}", self.table)?;
        }
        match &self.constraint {
            Some(name) if self.columns.is_empty() => f.write_str(name),
            _ => Ok(()),
        }
    }
}

/// Reads which unique constraint an error speaks of; `None` when it speaks of none. The one place that knows how
/// each store says so: PostgreSQL in the fields of its error, SQLite in its message.
///
/// PostgreSQL refuses every further statement of a transaction after an error, SQLite does not: a closure that means
/// to go on wraps the statement in `conn.transaction(…)`, which is a savepoint.
pub fn unique_violation(error: &DieselError) -> Option<UniqueViolation> {
    let DieselError::DatabaseError(DatabaseErrorKind::UniqueViolation, info) = error else {
        return None;
    };
    Some(match info.table_name() {
        Some(table) => UniqueViolation {
            table: table.to_owned(),
            columns: columns_of_detail(info.details().unwrap_or_default()),
            constraint: info.constraint_name().map(str::to_owned),
        },
        None => of_sqlite_message(&**info),
    })
}

/// `Key (kind, slug)=(song, x) already exists.` The brackets stay when the words are translated.
fn columns_of_detail(detail: &str) -> Vec<String> {
    let key = detail.split_once(")=(").map_or("", |(key, _)| key);
    let list = key.split_once('(').map_or("", |(_, list)| list);
    list.split(", ")
        .filter(|column| !column.is_empty())
        .map(|column| column.trim_matches('"').to_owned())
        .collect()
}

/// `UNIQUE constraint failed: pages.kind, pages.slug`, or `… failed: index 'name'`.
fn of_sqlite_message(info: &(dyn DatabaseErrorInformation + Send + Sync)) -> UniqueViolation {
    let list = info
        .message()
        .split_once("failed: ")
        .map_or("", |(_, list)| list);
    if let Some(index) = list.strip_prefix("index ") {
        return UniqueViolation {
            table: String::new(),
            columns: Vec::new(),
            constraint: Some(index.trim_matches('\'').to_owned()),
        };
    }
    let pairs: Vec<(&str, &str)> = list
        .split(", ")
        .filter_map(|pair| pair.split_once('.'))
        .collect();
    UniqueViolation {
        table: pairs.first().map_or("", |(table, _)| table).to_owned(),
        columns: pairs
            .iter()
            .map(|(_, column)| (*column).to_owned())
            .collect(),
        constraint: None,
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn sqlite(kind: DatabaseErrorKind, message: &str) -> DieselError {
        DieselError::DatabaseError(kind, Box::new(message.to_owned()))
    }

    #[test]
    fn sqlite_names_the_columns_of_a_unique_constraint() {
        let error = sqlite(
            DatabaseErrorKind::UniqueViolation,
            "UNIQUE constraint failed: pages.kind, pages.slug",
        );
        let found = unique_violation(&error).unwrap();
        assert!(found.is_on("pages", &["kind", "slug"]));
        assert_eq!(found.to_string(), "pages.kind, pages.slug");
    }

    #[test]
    fn sqlite_names_only_the_index_when_it_is_on_an_expression() {
        let error = sqlite(
            DatabaseErrorKind::UniqueViolation,
            "UNIQUE constraint failed: index 'users_by_folded_name'",
        );
        assert_eq!(
            unique_violation(&error).unwrap().to_string(),
            "users_by_folded_name"
        );
    }

    #[test]
    fn a_translated_detail_still_gives_its_columns() {
        assert_eq!(
            columns_of_detail("(kind, slug)=(song, a)=(b) 키가 이미 있습니다."),
            ["kind", "slug"]
        );
        assert!(columns_of_detail("").is_empty());
    }

    #[test]
    fn other_errors_are_no_unique_violation() {
        assert_eq!(unique_violation(&DieselError::NotFound), None);
    }

    #[test]
    fn words_of_the_stores_become_what_a_visitor_can_try_again() {
        for message in [
            "database is locked",
            "database or disk is full",
            "disk I/O error",
            "database disk image is malformed",
            "no such table: pages",
        ] {
            assert!(DbError::from(sqlite(DatabaseErrorKind::Unknown, message)).is_unavailable());
        }
        assert!(
            !DbError::from(sqlite(DatabaseErrorKind::Unknown, "no such column: x"))
                .is_unavailable()
        );
        assert!(!DbError::from(DieselError::NotFound).is_unavailable());
    }
}
