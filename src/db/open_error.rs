//! Why a store cannot be used at all: what the operator reads when the process refuses to start.

use std::path::PathBuf;

/// Each message is one sentence that says what to do next.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The directory of the database file cannot be made or written.
    #[error(
        "The data directory {dir} cannot be written ({source}); give the process a directory it owns."
    )]
    DataDir {
        /// The directory.
        dir: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The path of the database names a directory, a device or the like.
    #[error("The database path {0} is not a file; name a file inside a directory.")]
    NotAFile(PathBuf),
    /// The path of the database cannot be handed to SQLite.
    #[error("The database path {0} is not valid UTF-8; choose another.")]
    PathNotText(PathBuf),
    /// The file is something else, or damaged.
    #[error(
        "The file {path} is not a usable SQLite database ({message}); restore a backup or name another file."
    )]
    NotADatabase {
        /// The file.
        path: PathBuf,
        /// SQLite's own words.
        message: String,
    },
    /// The journal is there without its database: starting would bury it under an empty wiki.
    #[error(
        "The journal {journal} is there but its database is not; put the database file back or remove the journal."
    )]
    LostDatabase {
        /// The `-wal` file.
        journal: PathBuf,
    },
    /// The database holds another program's tables.
    #[error("The database {0} holds tables of another program; name an empty one.")]
    Foreign(String),
    /// Another process holds the database.
    #[error("The database {0} is locked by another process; stop that process first.")]
    Locked(PathBuf),
    /// The disk is full.
    #[error("The disk under {0} is full; free some space first.")]
    StorageFull(PathBuf),
    /// A newer program migrated the database.
    #[error(
        "The database was migrated by a newer version of this program (it has {version}); run that version or restore a backup."
    )]
    Newer {
        /// The first migration this program does not know.
        version: String,
    },
    /// The server cannot be reached or does not let us in; libpq's own words.
    #[error("PostgreSQL cannot be reached: {0}")]
    Unreachable(String),
    /// The server is set up to lose acknowledged writes.
    #[error(
        "PostgreSQL runs with {setting} = {value}, which can lose saved pages; set {setting} = {wanted}."
    )]
    UnsafeServer {
        /// The server's setting.
        setting: &'static str,
        /// Its value.
        value: String,
        /// What it has to be.
        wanted: &'static str,
    },
    /// A migration failed; it was rolled back.
    #[error("The migration {name} failed and was rolled back: {message}")]
    Migration {
        /// The migration.
        name: String,
        /// The store's own words.
        message: String,
    },
    /// Anything else the store answered while it was opened.
    #[error("The database cannot be opened: {0}")]
    Query(String),
}
