//! The schema's history, embedded in the program, one for each store.

use std::collections::HashSet;

use diesel::connection::SimpleConnection;
use diesel::migration::{Migration, MigrationConnection, MigrationSource, MigrationVersion};
use diesel::pg::Pg;
use diesel::result::Error as DieselError;
use diesel::sql_types::{BigInt, Bool};
use diesel::sqlite::Sqlite;
use diesel::{PgConnection, QueryResult, QueryableByName, RunQueryDsl, SqliteConnection};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::conn::Conn;
use super::error::one_line;
use super::open_error::OpenError;
use super::settings::StoreKind;

const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");

/// Held while migrating, so that two nodes can start at once. The number only has to be ours.
const LOCK: i64 = 0x7965_6f75_6e00;

/// Which way to go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Direction {
    /// Apply what is missing.
    Up,
    /// Apply what is missing of these.
    UpTo(Vec<String>),
    /// Revert everything.
    Down,
}

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = Bool)]
    found: bool,
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// The first applied migration this program does not know, if any. Writes nothing.
pub(super) fn unknown_in_sqlite(conn: &mut SqliteConnection) -> QueryResult<Option<String>> {
    let table = "SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE name = '__diesel_schema_migrations') AS found";
    if !diesel::sql_query(table).get_result::<Found>(conn)?.found {
        return Ok(None);
    }
    let applied = conn
        .applied_migrations()
        .map_err(DieselError::QueryBuilderError)?;
    first_unknown::<Sqlite>(&SQLITE, &applied)
}

/// The same for PostgreSQL.
pub(super) fn unknown_in_postgres(conn: &mut PgConnection) -> QueryResult<Option<String>> {
    let table = "SELECT to_regclass('__diesel_schema_migrations') IS NOT NULL AS found";
    if !diesel::sql_query(table).get_result::<Found>(conn)?.found {
        return Ok(None);
    }
    let applied = conn
        .applied_migrations()
        .map_err(DieselError::QueryBuilderError)?;
    first_unknown::<Pg>(&POSTGRES, &applied)
}

/// The first of these versions that this program has no migration for.
pub(super) fn unknown_of(versions: &[String], kind: StoreKind) -> QueryResult<Option<String>> {
    let applied: Vec<MigrationVersion<'_>> = versions
        .iter()
        .map(|version| MigrationVersion::from(version.clone()))
        .collect();
    match kind {
        StoreKind::Sqlite => first_unknown::<Sqlite>(&SQLITE, &applied),
        StoreKind::Postgres => first_unknown::<Pg>(&POSTGRES, &applied),
    }
}

/// Names of the migrations that were not applied yet, oldest first.
pub(super) fn missing(conn: &mut Conn) -> QueryResult<Vec<String>> {
    match conn {
        Conn::Sqlite(conn) => missing_in(conn, &SQLITE),
        Conn::Pg(conn) => missing_in(conn, &POSTGRES),
    }
}

fn missing_in<C, DB>(conn: &mut C, source: &EmbeddedMigrations) -> QueryResult<Vec<String>>
where
    C: MigrationHarness<DB>,
    DB: diesel::backend::Backend,
{
    let applied = conn
        .applied_migrations()
        .map_err(DieselError::QueryBuilderError)?;
    let mut all: Vec<Step<DB>> = source
        .migrations()
        .map_err(DieselError::QueryBuilderError)?;
    all.retain(|step| !applied.contains(&step.name().version().as_owned()));
    let mut names: Vec<String> = all.iter().map(|step| step.name().to_string()).collect();
    names.sort();
    Ok(names)
}

fn first_unknown<DB: diesel::backend::Backend>(
    embedded: &EmbeddedMigrations,
    applied: &[MigrationVersion<'_>],
) -> QueryResult<Option<String>> {
    let known: Vec<Box<dyn Migration<DB>>> = embedded
        .migrations()
        .map_err(DieselError::QueryBuilderError)?;
    let known: HashSet<String> = known
        .iter()
        .map(|m| m.name().version().to_string())
        .collect();
    let mut unknown: Vec<String> = applied.iter().map(MigrationVersion::to_string).collect();
    unknown.retain(|version| !known.contains(version));
    Ok(unknown.into_iter().min())
}

/// Migrates a SQLite database and names what was applied or reverted.
///
/// Each step takes the write lock before it looks what is missing, so a second process waits and then finds nothing
/// to do. Foreign keys are off while tables are rebuilt, as SQLite asks for, and checked before each commit.
pub(super) fn migrate_sqlite(
    conn: &mut SqliteConnection,
    direction: &Direction,
) -> Result<Vec<String>, OpenError> {
    let fault = |error: DieselError| OpenError::Query(error.to_string());
    conn.setup().map_err(fault)?;
    conn.batch_execute("PRAGMA foreign_keys = OFF")
        .map_err(fault)?;
    let mut names = Vec::new();
    while let Some(name) = sqlite_step(conn, direction)? {
        names.push(name);
    }
    conn.batch_execute("PRAGMA foreign_keys = ON")
        .map_err(fault)?;
    Ok(names)
}

fn sqlite_step(
    conn: &mut SqliteConnection,
    direction: &Direction,
) -> Result<Option<String>, OpenError> {
    conn.immediate_transaction(|conn| -> Result<Option<String>, StepError> {
        let Some(step) = next_step(conn, &SQLITE, direction)? else {
            return Ok(None);
        };
        let name = step.name().to_string();
        run_step(conn, step.as_ref(), direction)
            .map_err(|message| StepError::of(&name, message))?;
        let broken: Count =
            diesel::sql_query("SELECT count(*) AS count FROM pragma_foreign_key_check")
                .get_result(conn)?;
        match broken.count {
            0 => Ok(Some(name)),
            n => Err(StepError::of(
                &name,
                format!("{n} rows would point at nothing"),
            )),
        }
    })
    .map_err(OpenError::from)
}

/// Migrates a PostgreSQL database under an advisory lock and names what was applied or reverted.
pub(super) fn migrate_postgres(
    conn: &mut PgConnection,
    direction: &Direction,
) -> Result<Vec<String>, OpenError> {
    let fault = |error: DieselError| OpenError::Query(one_line(&error.to_string()));
    conn.batch_execute(&format!("SELECT pg_advisory_lock({LOCK})"))
        .map_err(fault)?;
    let migrated = postgres_steps(conn, direction);
    let unlocked = conn.batch_execute(&format!("SELECT pg_advisory_unlock({LOCK})"));
    let names = migrated?;
    unlocked.map_err(fault)?;
    Ok(names)
}

fn postgres_steps(
    conn: &mut PgConnection,
    direction: &Direction,
) -> Result<Vec<String>, OpenError> {
    let mut names = Vec::new();
    while let Some(step) = next_step(conn, &POSTGRES, direction)? {
        let name = step.name().to_string();
        run_step(conn, step.as_ref(), direction)
            .map_err(|message| StepError::of(&name, message))?;
        names.push(name);
    }
    Ok(names)
}

type Step<DB> = Box<dyn Migration<DB>>;

/// The next migration to apply, or the last one to revert.
fn next_step<C, DB>(
    conn: &mut C,
    source: &EmbeddedMigrations,
    way: &Direction,
) -> Result<Option<Step<DB>>, StepError>
where
    C: MigrationHarness<DB>,
    DB: diesel::backend::Backend,
{
    let applied = conn
        .applied_migrations()
        .map_err(StepError::while_looking)?;
    let mut steps: Vec<Step<DB>> = source.migrations().map_err(StepError::while_looking)?;
    let is_applied = |step: &Step<DB>| applied.contains(&step.name().version().as_owned());
    steps.retain(|step| is_applied(step) == (*way == Direction::Down));
    if let Direction::UpTo(wanted) = way {
        steps.retain(|step| wanted.contains(&step.name().version().to_string()));
    }
    steps.sort_by_key(|step| step.name().version().to_string());
    Ok(match way {
        Direction::Up | Direction::UpTo(_) => steps.into_iter().next(),
        Direction::Down => steps.into_iter().next_back(),
    })
}

fn run_step<C, DB>(conn: &mut C, step: &dyn Migration<DB>, way: &Direction) -> Result<(), String>
where
    C: MigrationHarness<DB>,
    DB: diesel::backend::Backend,
{
    let ran = match way {
        Direction::Up | Direction::UpTo(_) => conn.run_migration(step),
        Direction::Down => conn.revert_migration(step),
    };
    ran.map(drop).map_err(|error| one_line(&error.to_string()))
}

/// A step's failure, with the migration's name where it is known.
struct StepError {
    name: Option<String>,
    message: String,
}

impl StepError {
    fn of(name: &str, message: String) -> StepError {
        StepError {
            name: Some(name.to_owned()),
            message,
        }
    }

    fn while_looking(error: Box<dyn std::error::Error + Send + Sync>) -> StepError {
        StepError {
            name: None,
            message: one_line(&error.to_string()),
        }
    }
}

impl From<DieselError> for StepError {
    fn from(error: DieselError) -> StepError {
        StepError {
            name: None,
            message: one_line(&error.to_string()),
        }
    }
}

impl From<StepError> for OpenError {
    fn from(StepError { name, message }: StepError) -> OpenError {
        match name {
            Some(name) => OpenError::Migration { name, message },
            None => OpenError::Query(message),
        }
    }
}
