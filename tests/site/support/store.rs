//! Stores of either kind: empty, or with the catalogue. The catalogue is imported once for each kind of store and process,
//! and copied for every test that asks.

use std::sync::OnceLock;

use tempfile::TempDir;
use yeoun::db::{Db, DbError, Settings, Store, StoreKind};
use yeoun::models::catalogue::{Report, starter};

use super::cluster::PgCluster;

/// The moment everything is imported at: the clock stands still, so that two stores can be compared byte by byte.
pub const AT: i64 = 1_772_323_200_000_000;

/// An open store and where it lives.
pub struct TestStore {
    pub db: Db,
    pub settings: Settings,
    pub dir: TempDir,
}

impl TestStore {
    /// Migrated, and nothing in it.
    pub fn empty(kind: StoreKind) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let store = match kind {
            StoreKind::Sqlite => Store::from_url(None, dir.path()).unwrap(),
            StoreKind::Postgres => Store::Postgres {
                url: PgCluster::shared().database(),
            },
        };
        Self::open(store, dir)
    }

    /// A copy of the catalogue.
    pub fn with_catalogue(kind: StoreKind) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let store = match kind {
            StoreKind::Sqlite => {
                std::fs::write(dir.path().join("yeoun.db"), sqlite_template()).unwrap();
                Store::from_url(None, dir.path()).unwrap()
            }
            StoreKind::Postgres => Store::Postgres {
                url: PgCluster::shared().database_like(postgres_template()),
            },
        };
        Self::open(store, dir)
    }

    fn open(store: Store, dir: TempDir) -> Self {
        let mut settings = Settings::new(store);
        settings.readers = 4;
        let db = Db::open(&settings).unwrap();
        db.migrate().unwrap();
        Self { db, settings, dir }
    }

    /// Loads the catalogue.
    pub fn load(&self) -> Report {
        let loaded = self.db.write_blocking(|conn| -> Result<_, DbError> {
            Ok(starter::load_into_empty(conn, AT)?)
        });
        loaded.unwrap().expect("the store was not empty")
    }

    /// The database address, as an operator would write it.
    pub fn url(&self) -> String {
        match &self.settings.store {
            Store::Sqlite { path } => format!("sqlite:{}", path.display()),
            Store::Postgres { url } => url.clone(),
        }
    }
}

/// The bytes of a database file with the catalogue in it.
fn sqlite_template() -> &'static [u8] {
    static TEMPLATE: OnceLock<Vec<u8>> = OnceLock::new();
    TEMPLATE.get_or_init(|| {
        let store = TestStore::empty(StoreKind::Sqlite);
        store.load();
        store.db.close();
        std::fs::read(store.dir.path().join("yeoun.db")).unwrap()
    })
}

/// The name of a database with the catalogue in it.
fn postgres_template() -> &'static str {
    static TEMPLATE: OnceLock<String> = OnceLock::new();
    TEMPLATE.get_or_init(|| {
        let store = TestStore::empty(StoreKind::Postgres);
        store.load();
        store.db.close();
        let url = store.url();
        let (before, _) = url.split_once('?').unwrap_or((&url, ""));
        before.rsplit_once('/').unwrap().1.to_owned()
    })
}
