//! A migrated store of either kind for one test.

use std::time::Duration;

use diesel::prelude::*;
use tempfile::TempDir;
use yeoun_db::db::{Conn, Db, DbError, Settings, Store, StoreKind, text_enum, unique_violation};

use crate::cluster::PgCluster;

diesel::table! {
    notes (id) {
        id -> BigInt,
        kind -> Text,
        slug -> Text,
        body -> Nullable<Text>,
        written_at -> BigInt,
        rank -> BigInt,
    }
}

text_enum! {
    /// What a note is about.
    pub enum Kind {
        /// A drama.
        Drama => "drama",
        /// A song.
        Song => "song",
    }
}

/// A store, and the directory it lives in where it has one.
pub struct TestStore {
    pub db: Db,
    pub settings: Settings,
    pub dir: TempDir,
}

impl TestStore {
    pub fn new(kind: StoreKind) -> TestStore {
        TestStore::with(kind, |_| {})
    }

    pub fn with(kind: StoreKind, change: impl FnOnce(&mut Settings)) -> TestStore {
        let dir = tempfile::tempdir().unwrap();
        let store = match kind {
            StoreKind::Sqlite => Store::from_url(None, dir.path()).unwrap(),
            StoreKind::Postgres => Store::Postgres {
                url: PgCluster::shared().database(),
            },
        };
        let mut settings = Settings::new(store);
        settings.readers = 4;
        settings.busy_timeout = Duration::from_secs(5);
        change(&mut settings);
        let db = Db::open(&settings).unwrap();
        db.migrate().unwrap();
        TestStore { db, settings, dir }
    }
}

/// A model's error that hides diesel's inside, as the real ones do.
#[derive(Debug)]
pub enum SaveError {
    Taken(String),
    Refused,
    Db(DbError),
}

impl From<DbError> for SaveError {
    fn from(error: DbError) -> Self {
        SaveError::Db(error)
    }
}

impl From<diesel::result::Error> for SaveError {
    fn from(error: diesel::result::Error) -> Self {
        match unique_violation(&error) {
            Some(found) => SaveError::Taken(found.to_string()),
            None => SaveError::Db(error.into()),
        }
    }
}

pub fn add(conn: &mut Conn, kind: Kind, slug: &str) -> QueryResult<i64> {
    diesel::insert_into(notes::table)
        .values((
            notes::kind.eq(kind),
            notes::slug.eq(slug),
            notes::written_at.eq(0),
        ))
        .returning(notes::id)
        .get_result(conn)
}

pub fn count(conn: &mut Conn) -> QueryResult<i64> {
    notes::table.count().get_result(conn)
}
