//! Opening the store for a command.

use std::time::Duration;

use super::Failed;
use crate::config::Config;
use crate::db::{Db, DbError, Settings, Store};
use crate::models::catalogue::starter;

/// Opens and migrates the store that the settings name.
///
/// # Errors
/// One sentence for the operator.
pub fn open(config: &Config) -> Result<Db, Failed> {
    let db = Db::open(&settings(config)?)?;
    for name in db.migrate()? {
        tracing::info!(name, "migrated");
    }
    Ok(db)
}

/// Opens the store as it is, for work on all of it: nothing limits how long a statement takes.
///
/// # Errors
/// One sentence for the operator.
pub fn open_whole(config: &Config) -> Result<Db, Failed> {
    if let Store::Sqlite { path } = &settings(config)?.store
        && !path.exists()
    {
        return Err(Failed(format!(
            "there is no database at {}; say where it is with --data-dir or --database-url",
            path.display()
        )));
    }
    open_new(config)
}

/// The same for a store that may have to be made.
///
/// # Errors
/// One sentence for the operator.
pub fn open_new(config: &Config) -> Result<Db, Failed> {
    let mut settings = settings(config)?;
    settings.statement_timeout = Duration::ZERO;
    Ok(Db::open(&settings)?)
}

fn settings(config: &Config) -> Result<Settings, Failed> {
    let store =
        Store::from_url(config.database_url.as_deref(), &config.data_dir).map_err(Failed)?;
    let mut settings = Settings::new(store);
    settings.readers = config.readers.max(1);
    Ok(settings)
}

/// Loads the starter catalogue into a store that has never held anything.
///
/// # Errors
/// One sentence for the operator.
pub fn load_starter(db: &Db) -> Result<(), Failed> {
    let at = now();
    let report = db.write_blocking(move |conn| -> Result<_, DbError> {
        Ok(starter::load_into_empty(conn, at)?)
    })?;
    if let Some(report) = report {
        tracing::info!(pages = report.created, "loaded the starter catalogue");
        for problem in &report.problems {
            tracing::error!(%problem, "a file of the starter catalogue was left out");
        }
    }
    Ok(())
}

/// The present, in microseconds since 1970: commands are run by people, and what they save is dated now.
pub fn now() -> i64 {
    jiff::Timestamp::now().as_microsecond()
}

/// Fills a buffer with bytes from the system that nobody can foretell.
///
/// # Errors
/// When the system has none to give.
pub fn random(bytes: &mut [u8]) -> std::io::Result<()> {
    getrandom::fill(bytes).map_err(|error| std::io::Error::other(error.to_string()))
}
