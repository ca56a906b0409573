//! The embedded store: one file, a few reader threads, one writer thread.

use std::fs::{DirBuilder, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::result::Error as DieselError;
use diesel::sql_types::{BigInt, Text};
use diesel::{Connection, QueryResult, QueryableByName, RunQueryDsl, SqliteConnection};

use super::conn::Conn;
use super::counters::Counters;
use super::open_error::OpenError;

pub(super) mod checkpointer;
pub(super) mod identity;
pub(super) mod reader;
pub(super) mod writer;

/// Whether a connection may write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    ReadOnly,
    ReadWrite,
}

/// How to open the file, for the threads that do so.
#[derive(Clone)]
pub(super) struct File {
    pub(super) path: PathBuf,
    pub(super) busy_timeout: Duration,
    pub(super) counters: Arc<Counters>,
}

impl File {
    /// Opens a connection with the settings every connection has.
    pub(super) fn connect(&self, access: Access) -> Result<Conn, String> {
        let mut conn = Conn::Sqlite(self.connect_unobserved(access)?);
        conn.set_instrumentation(self.counters.observer());
        Ok(conn)
    }

    /// The same for what is no work of anybody's and counts for nothing.
    fn connect_unobserved(&self, access: Access) -> Result<SqliteConnection, String> {
        let mut conn = establish(&self.path)?;
        tune(&mut conn, self.busy_timeout, access).map_err(|error| error.to_string())?;
        Ok(conn)
    }
}

fn establish(path: &Path) -> Result<SqliteConnection, String> {
    let path = path.to_str().ok_or("the path is not valid UTF-8")?;
    SqliteConnection::establish(path).map_err(|error| error.to_string())
}

/// The settings of every connection. The order matters: the first lets the later ones wait for a lock.
///
/// `synchronous=FULL` is what makes an acknowledged page survive a power cut in WAL mode; NORMAL was measured to lose
/// hundreds. `mmap_size=0` because a mapped file that somebody truncates, or a disk that fails, ends the process
/// instead of one request.
fn tune(conn: &mut SqliteConnection, busy_timeout: Duration, access: Access) -> QueryResult<()> {
    conn.batch_execute(&format!(
        "PRAGMA busy_timeout = {}",
        busy_timeout.as_millis()
    ))?;
    conn.batch_execute("PRAGMA journal_mode = WAL")?;
    conn.batch_execute("PRAGMA synchronous = FULL")?;
    conn.batch_execute("PRAGMA foreign_keys = ON")?;
    conn.batch_execute("PRAGMA cache_size = -16384")?;
    conn.batch_execute("PRAGMA mmap_size = 0")?;
    conn.batch_execute("PRAGMA temp_store = MEMORY")?;
    conn.batch_execute("PRAGMA trusted_schema = OFF")?;
    // The checkpointer does it long before.
    conn.batch_execute(&format!(
        "PRAGMA wal_autocheckpoint = {}",
        checkpointer::MOST_PAGES
    ))?;
    // A WAL that one burst made large is cut back after the next checkpoint.
    conn.batch_execute("PRAGMA journal_size_limit = 67108864")?;
    match access {
        Access::ReadOnly => conn.batch_execute("PRAGMA query_only = ON"),
        Access::ReadWrite => Ok(()),
    }
}

/// Makes the file if there is none, opens it once and looks whether it is ours.
///
/// # Errors
/// Everything an operator can get wrong with a path, each with its own sentence.
pub(super) fn open(path: &Path, busy_timeout: Duration) -> Result<SqliteConnection, OpenError> {
    if path.to_str().is_none() {
        return Err(OpenError::PathNotText(path.to_owned()));
    }
    prepare_file(path)?;
    let explain = |message: String| explain(path, message);
    let mut conn = establish(path).map_err(explain)?;
    let explain_query = |error: DieselError| explain(error.to_string());
    // Before anything is written: a file of another program must not even be switched to WAL.
    conn.batch_execute(&format!(
        "PRAGMA busy_timeout = {}",
        busy_timeout.as_millis()
    ))
    .map_err(explain_query)?;
    if is_foreign(&mut conn).map_err(explain_query)? {
        return Err(OpenError::Foreign(path.display().to_string()));
    }
    tune(&mut conn, busy_timeout, Access::ReadWrite).map_err(explain_query)?;
    let mode: Mode = diesel::sql_query("SELECT journal_mode FROM pragma_journal_mode")
        .get_result(&mut conn)
        .map_err(explain_query)?;
    if mode.journal_mode != "wal" {
        return Err(OpenError::Query(format!(
            "SQLite cannot keep a write-ahead log in {}; use a local disk",
            path.display()
        )));
    }
    Ok(conn)
}

#[derive(QueryableByName)]
struct Mode {
    #[diesel(sql_type = Text)]
    journal_mode: String,
}

#[derive(QueryableByName)]
struct Tables {
    #[diesel(sql_type = BigInt)]
    all_of_them: i64,
    #[diesel(sql_type = BigInt)]
    of_migrations: i64,
}

/// There are tables, but not the one every migrated database has.
fn is_foreign(conn: &mut SqliteConnection) -> QueryResult<bool> {
    let found: Tables = diesel::sql_query(
        "SELECT count(*) AS all_of_them, \
         coalesce(sum(name = '__diesel_schema_migrations'), 0) AS of_migrations \
         FROM sqlite_master WHERE type = 'table'",
    )
    .get_result(conn)?;
    Ok(found.all_of_them > 0 && found.of_migrations == 0)
}

/// Makes directory and file so that only their owner can read them: password hashes are inside.
fn prepare_file(path: &Path) -> Result<(), OpenError> {
    let dir = match path.parent() {
        Some(dir) if !dir.as_os_str().is_empty() => dir,
        _ => Path::new("."),
    };
    let cannot_write = |source: io::Error| match source.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            OpenError::StorageFull(dir.to_owned())
        }
        _ => OpenError::DataDir {
            dir: dir.to_owned(),
            source,
        },
    };
    if path.exists() && !path.is_file() {
        return Err(OpenError::NotAFile(path.to_owned()));
    }
    let journal = sibling(path, "-wal");
    if !path.exists() && journal.metadata().is_ok_and(|found| found.len() > 0) {
        return Err(OpenError::LostDatabase { journal });
    }
    private_dirs().create(dir).map_err(cannot_write)?;
    // The log and its index are made beside the file, so the directory itself must take new files.
    let probe = sibling(path, ".write-test");
    private_file().open(&probe).map_err(cannot_write)?;
    match std::fs::remove_file(&probe) {
        // Another process that starts at the same moment was quicker.
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        removed => removed.map_err(cannot_write)?,
    }
    private_file().open(path).map_err(cannot_write)?;
    Ok(())
}

/// The path with something added to its last part.
fn sibling(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

fn private_dirs() -> DirBuilder {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
}

fn private_file() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Turns SQLite's words into a sentence for the operator.
fn explain(path: &Path, message: String) -> OpenError {
    let path = path.to_owned();
    match message.as_str() {
        "database is locked" => OpenError::Locked(path),
        "database or disk is full" => OpenError::StorageFull(path),
        text if text.contains("not a database") || text.contains("malformed") => {
            OpenError::NotADatabase { path, message }
        }
        _ => OpenError::Query(format!("{}: {message}", path.display())),
    }
}
