//! Bringing a store to the schema of this program, and back.

use diesel::QueryResult;

use super::migrations::{self, Direction};
use super::open_error::OpenError;
use super::{Conn, Db, Side, error, sqlite, tables};

impl Db {
    /// Applies the migrations that are missing and returns their names, oldest first. Each is a transaction; two
    /// processes may do this at once.
    ///
    /// # Errors
    /// [`OpenError::Migration`] with the store's own words; what was applied before it stays.
    pub fn migrate(&self) -> Result<Vec<String>, OpenError> {
        self.migrate_towards(&Direction::Up)
    }

    /// Reverts every migration, newest first, and with them all that is stored. For tests.
    ///
    /// # Errors
    /// As [`Db::migrate`].
    pub fn revert_all(&self) -> Result<Vec<String>, OpenError> {
        self.migrate_towards(&Direction::Down)
    }

    /// Brings a store in which nothing is kept to just these migrations.
    ///
    /// # Errors
    /// As [`Db::migrate`].
    pub fn migrate_to(&self, versions: &[String]) -> Result<(), OpenError> {
        let applied = self.read_blocking(tables::applied_migrations);
        if applied.is_ok_and(|applied| applied.iter().any(|version| !versions.contains(version))) {
            self.revert_all()?;
        }
        self.migrate_towards(&Direction::UpTo(versions.to_vec()))?;
        Ok(())
    }

    /// The first of these migrations that this program does not know.
    ///
    /// # Errors
    /// When the program's own cannot be read.
    pub fn first_unknown_of(&self, versions: &[String]) -> Result<Option<String>, OpenError> {
        told(migrations::unknown_of(versions, self.kind()))
    }

    /// Names of the migrations that were not applied yet, oldest first.
    ///
    /// # Errors
    /// When the store cannot be asked.
    pub fn missing_migrations(&self) -> Result<Vec<String>, OpenError> {
        let missing = match &self.inner.side {
            Side::Sqlite(file, _) => migrations::missing(&mut Conn::Sqlite(sqlite::open(
                &file.path,
                file.busy_timeout,
            )?)),
            Side::Postgres(workers) => {
                let connected = workers.server().connect_unlimited();
                migrations::missing(&mut Conn::Pg(connected.map_err(OpenError::Unreachable)?))
            }
        };
        told(missing)
    }

    fn migrate_towards(&self, direction: &Direction) -> Result<Vec<String>, OpenError> {
        match &self.inner.side {
            Side::Postgres(workers) => {
                let connected = workers.server().connect_unlimited();
                let mut conn = connected.map_err(OpenError::Unreachable)?;
                migrations::migrate_postgres(&mut conn, direction)
            }
            Side::Sqlite(file, _) => {
                let mut conn = sqlite::open(&file.path, file.busy_timeout)?;
                migrations::migrate_sqlite(&mut conn, direction)
            }
        }
    }
}

fn told<T>(outcome: QueryResult<T>) -> Result<T, OpenError> {
    outcome.map_err(|error| OpenError::Query(error::one_line(&error.to_string())))
}
