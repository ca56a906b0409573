//! Which store, and how much of it.

use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The name of the database file in the data directory when no address is given.
const FILE_NAME: &str = "yeoun.db";

/// Where the wiki is kept.
#[derive(Clone, PartialEq, Eq)]
pub enum Store {
    /// One file, in this process.
    Sqlite {
        /// The database file; `-wal` and `-shm` live beside it.
        path: PathBuf,
    },
    /// A server.
    Postgres {
        /// A libpq address, `postgres://…`; may hold a password.
        url: String,
    },
}

/// The kind of store, for the few places that must ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StoreKind {
    /// Embedded SQLite.
    Sqlite,
    /// PostgreSQL.
    Postgres,
}

impl StoreKind {
    /// The name used in log lines and metric labels.
    pub const fn as_str(self) -> &'static str {
        match self {
            StoreKind::Sqlite => "sqlite",
            StoreKind::Postgres => "postgres",
        }
    }
}

impl fmt::Display for StoreKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Store {
    /// Reads a database address: `postgres://…`, `postgresql://…`, `sqlite:PATH`, or none for `yeoun.db` in the
    /// data directory.
    ///
    /// # Errors
    /// One sentence for the operator. It repeats no more of the address than its scheme, for the rest may be secret.
    pub fn from_url(url: Option<&str>, data_dir: &Path) -> Result<Store, String> {
        let Some(url) = url.map(str::trim).filter(|url| !url.is_empty()) else {
            return Ok(Store::Sqlite {
                path: data_dir.join(FILE_NAME),
            });
        };
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Ok(Store::Postgres {
                url: url.to_owned(),
            });
        }
        if let Some(rest) = url.strip_prefix("sqlite:") {
            let path = rest.strip_prefix("//").unwrap_or(rest);
            return match path {
                "" => Err("The database address sqlite: names no file; write sqlite:/path/to/yeoun.db.".to_owned()),
                path if path.starts_with(':') => Err(
                    "A database in memory would be lost at every stop; write sqlite:/path/to/yeoun.db.".to_owned(),
                ),
                path => Ok(Store::Sqlite { path: path.into() }),
            };
        }
        let scheme = url
            .split_once(':')
            .map_or("no scheme", |(scheme, _)| scheme);
        Err(format!(
            "The database address has {scheme:?} where postgres://, postgresql:// or sqlite: is understood."
        ))
    }

    /// The kind of store this is.
    pub const fn kind(&self) -> StoreKind {
        match self {
            Store::Sqlite { .. } => StoreKind::Sqlite,
            Store::Postgres { .. } => StoreKind::Postgres,
        }
    }
}

impl fmt::Display for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Store::Sqlite { path } => write!(f, "sqlite:{}", path.display()),
            Store::Postgres { url } => f.write_str(&without_secrets(url)),
        }
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// The address without its user, password and parameters.
fn without_secrets(url: &str) -> String {
    let (scheme, rest) = url.split_once("://").unwrap_or(("postgres", url));
    let rest = rest.split_once('?').map_or(rest, |(before, _)| before);
    let rest = rest.rsplit_once('@').map_or(rest, |(_, after)| after);
    format!("{scheme}://{rest}")
}

/// How the store is used. `Settings::new` has the values a small machine wants.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where the wiki is kept.
    pub store: Store,
    /// SQLite: reader threads. PostgreSQL: sessions, for reads and writes alike. At least 1.
    pub readers: usize,
    /// How many reads may wait for a thread before more are answered [`DbError::Busy`](super::DbError::Busy).
    pub read_queue: usize,
    /// The same for writes.
    pub write_queue: usize,
    /// SQLite: how many writes share one commit, and so one `fsync`. At least 1.
    pub group: usize,
    /// SQLite: how long to wait for a lock that another process holds. PostgreSQL: `lock_timeout`.
    pub busy_timeout: Duration,
    /// SQLite: how long the write-ahead log is left alone after a commit before it is brought back into the file, so that one
    /// checkpoint serves the commits of a while.
    pub checkpoint_after: Duration,
    /// How long a caller waits for its turn.
    pub acquire_timeout: Duration,
    /// PostgreSQL: `statement_timeout`. Both: how long a read that has begun is waited for. Zero means for ever.
    pub statement_timeout: Duration,
    /// PostgreSQL: how long to wait for a server that does not answer a new connection, in whole seconds, at least 2.
    pub connect_timeout: Duration,
}

impl Settings {
    /// The usual values for a store.
    pub fn new(store: Store) -> Settings {
        let readers = match store.kind() {
            StoreKind::Sqlite => {
                std::thread::available_parallelism().map_or(2, |n| n.get().clamp(2, 8))
            }
            StoreKind::Postgres => 10,
        };
        Settings {
            store,
            readers,
            read_queue: 1024,
            write_queue: 256,
            group: 32,
            busy_timeout: Duration::from_secs(5),
            checkpoint_after: Duration::from_secs(10),
            acquire_timeout: Duration::from_secs(5),
            statement_timeout: Duration::from_secs(10),
            connect_timeout: Duration::from_secs(3),
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn read(url: &str) -> Result<Store, String> {
        Store::from_url(Some(url), Path::new("/data"))
    }

    #[test]
    fn no_address_means_a_file_in_the_data_directory() {
        let expected = Store::Sqlite {
            path: "/data/yeoun.db".into(),
        };
        assert_eq!(Store::from_url(None, Path::new("/data")).unwrap(), expected);
        assert_eq!(read("  ").unwrap(), expected);
    }

    #[test]
    fn every_spelling_of_a_sqlite_address_gives_its_path() {
        for (url, path) in [
            ("sqlite:wiki.db", "wiki.db"),
            ("sqlite:/srv/wiki.db", "/srv/wiki.db"),
            ("sqlite:///srv/wiki.db", "/srv/wiki.db"),
        ] {
            assert_eq!(read(url).unwrap(), Store::Sqlite { path: path.into() });
        }
    }

    #[test]
    fn an_unknown_address_is_refused_without_repeating_its_secrets() {
        for url in [
            "mysql://root:hunter2@db/wiki",
            "hunter2",
            "sqlite:",
            "sqlite::memory:",
        ] {
            assert!(!read(url).unwrap_err().contains("hunter2"), "{url}");
        }
    }

    #[test]
    fn a_store_shows_no_password() {
        let store = read("postgres://minji:p@ss@db.example/wiki?password=hunter2").unwrap();
        assert_eq!(
            format!("{store} {store:?}"),
            "postgres://db.example/wiki postgres://db.example/wiki"
        );
    }
}
