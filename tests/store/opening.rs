use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use yeoun::db::{Db, OpenError, Settings, Store, StoreKind};

use crate::cluster::PgCluster;
use crate::on_both;
use crate::support::{Kind, SaveError, TestStore, add};

fn path_of(settings: &Settings) -> std::path::PathBuf {
    match &settings.store {
        Store::Sqlite { path } => path.clone(),
        Store::Postgres { .. } => panic!("a file was expected"),
    }
}

fn sqlite_at(path: std::path::PathBuf) -> Settings {
    Settings::new(Store::Sqlite { path })
}

fn refusal(settings: &Settings) -> OpenError {
    match Db::open(settings) {
        Ok(_) => panic!("it was opened"),
        Err(error) => error,
    }
}

on_both! {
    async fn migrations_go_up_down_and_up_with_rows_in_them(kind) {
        let store = TestStore::new(kind);
        assert_eq!(store.db.migrate().unwrap(), Vec::<String>::new());
        store.db.write(|c| Ok::<_, SaveError>(add(c, Kind::Song, "one")?)).await.unwrap();
        let mut down = store.db.revert_all().unwrap();
        let up = store.db.migrate().unwrap();
        down.reverse();
        assert_eq!(up, down);
        assert!(!up.is_empty());
        store.db.write(|c| Ok::<_, SaveError>(add(c, Kind::Song, "two")?)).await.unwrap();
    }

    async fn a_database_of_a_newer_version_is_refused(kind) {
        let store = TestStore::new(kind);
        store
            .db
            .write(|c| {
                c.batch_execute("INSERT INTO __diesel_schema_migrations (version) VALUES ('29991231000000')")?;
                Ok::<_, SaveError>(())
            })
            .await
            .unwrap();
        store.db.close();
        let error = refusal(&store.settings);
        assert!(matches!(&error, OpenError::Newer { version } if version == "29991231000000"), "{error}");
        assert!(error.to_string().contains("newer version"));
    }

    async fn several_processes_may_migrate_at_once(kind) {
        let dir = tempfile::tempdir().unwrap();
        let store = match kind {
            StoreKind::Sqlite => Store::from_url(None, dir.path()).unwrap(),
            StoreKind::Postgres => Store::Postgres { url: PgCluster::shared().database() },
        };
        let settings = Settings::new(store);
        let nodes: Vec<_> = (0..4)
            .map(|_| {
                let settings = settings.clone();
                std::thread::spawn(move || Db::open(&settings).unwrap().migrate().unwrap().len())
            })
            .collect();
        let applied: usize = nodes.into_iter().map(|node| node.join().unwrap()).sum();
        let db = Db::open(&settings).unwrap();
        assert_eq!(db.revert_all().unwrap().len(), applied);
    }
}

#[test]
fn a_directory_is_not_a_database() {
    let dir = tempfile::tempdir().unwrap();
    assert!(matches!(
        refusal(&sqlite_at(dir.path().to_owned())),
        OpenError::NotAFile(_)
    ));
}

#[test]
fn a_file_that_is_something_else_is_refused_and_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("yeoun.db");
    let text = "여운이 남는 글. ".repeat(200);
    std::fs::write(&path, &text).unwrap();
    let error = refusal(&sqlite_at(path.clone()));
    assert!(matches!(error, OpenError::NotADatabase { .. }), "{error}");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
}

#[test]
fn the_database_of_another_program_is_refused_and_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("other.db");
    let mut conn = SqliteConnection::establish(path.to_str().unwrap()).unwrap();
    conn.batch_execute("CREATE TABLE theirs (id INTEGER)")
        .unwrap();
    drop(conn);
    let before = std::fs::read(&path).unwrap();
    assert!(matches!(
        refusal(&sqlite_at(path.clone())),
        OpenError::Foreign(_)
    ));
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

#[test]
fn a_journal_without_its_database_is_not_buried() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("yeoun.db-wal"), "frames").unwrap();
    let path = dir.path().join("yeoun.db");
    assert!(matches!(
        refusal(&sqlite_at(path.clone())),
        OpenError::LostDatabase { .. }
    ));
    assert!(!path.exists());
}

#[test]
fn a_directory_that_cannot_be_made_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let blocked = dir.path().join("file");
    std::fs::write(&blocked, "").unwrap();
    let error = refusal(&sqlite_at(blocked.join("data").join("yeoun.db")));
    assert!(matches!(error, OpenError::DataDir { .. }), "{error}");
    assert!(error.to_string().contains("file/data"), "{error}");
    // No user, not even root, can make a file here.
    let error = refusal(&sqlite_at("/proc/yeoun.db".into()));
    assert!(matches!(error, OpenError::DataDir { .. }), "{error}");
}

#[test]
fn a_locked_database_is_refused_with_its_name() {
    let store = TestStore::new(StoreKind::Sqlite);
    let mut settings = store.settings.clone();
    store.db.close();
    let path = path_of(&settings);
    let mut other = SqliteConnection::establish(path.to_str().unwrap()).unwrap();
    other
        .batch_execute("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE")
        .unwrap();
    settings.busy_timeout = Duration::from_millis(100);
    let error = refusal(&settings);
    assert!(matches!(error, OpenError::Locked(_)), "{error}");
}

#[cfg(unix)]
#[test]
fn the_files_can_be_read_by_their_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let store = TestStore::new(StoreKind::Sqlite);
    store
        .db
        .write_blocking(|c| Ok::<_, SaveError>(add(c, Kind::Song, "one")?))
        .unwrap();
    for entry in std::fs::read_dir(store.dir.path()).unwrap() {
        let entry = entry.unwrap();
        let mode = entry.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{:?} has {mode:o}", entry.file_name());
    }
}

#[test]
fn a_server_that_is_not_there_is_reported_within_seconds_in_its_own_words() {
    // Port 1 is refused; the second address swallows packets.
    for url in [
        "postgres://yeoun@127.0.0.1:1/wiki",
        "postgres://yeoun@192.0.2.1:5432/wiki",
    ] {
        let since = Instant::now();
        let error = refusal(&Settings::new(Store::Postgres {
            url: url.to_owned(),
        }));
        assert!(matches!(error, OpenError::Unreachable(_)), "{error}");
        assert!(
            error.to_string().contains("connection to server at"),
            "{error}"
        );
        assert!(
            since.elapsed() < Duration::from_secs(6),
            "{url} took {:?}",
            since.elapsed()
        );
    }
}

#[test]
fn a_server_that_would_lose_writes_is_refused() {
    let cluster = PgCluster::start_new(&["synchronous_commit = off"]);
    let settings = Settings::new(Store::Postgres {
        url: cluster.database(),
    });
    let error = refusal(&settings);
    assert!(
        error.to_string().contains("synchronous_commit = off"),
        "{error}"
    );
    let mut admin = PgConnection::establish(&cluster.url("postgres")).unwrap();
    admin
        .batch_execute("ALTER SYSTEM SET synchronous_commit = on")
        .unwrap();
    admin.batch_execute("ALTER SYSTEM SET fsync = off").unwrap();
    admin.batch_execute("SELECT pg_reload_conf()").unwrap();
    drop(admin);
    std::thread::sleep(Duration::from_millis(500));
    let error = refusal(&settings);
    assert!(error.to_string().contains("fsync = off"), "{error}");
}

#[test]
fn a_database_that_cannot_hold_korean_is_refused() {
    let cluster = PgCluster::shared();
    let url = cluster.url("postgres");
    let mut admin = PgConnection::establish(&url).unwrap();
    let name = format!("ascii_{}", std::process::id());
    let create = format!(
        "CREATE DATABASE {name} ENCODING 'SQL_ASCII' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'"
    );
    admin.batch_execute(&create).unwrap();
    let error = refusal(&Settings::new(Store::Postgres {
        url: cluster.url(&name),
    }));
    assert!(error.to_string().contains("SQL_ASCII"), "{error}");
    admin
        .batch_execute(&format!("DROP DATABASE {name} WITH (FORCE)"))
        .unwrap();
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

#[actix_web::test]
async fn every_sqlite_connection_is_set_to_lose_nothing() {
    let store = TestStore::with(StoreKind::Sqlite, |s| s.readers = 1);
    let ask = "SELECT synchronous * 100 + foreign_keys * 10 + query_only AS n \
               FROM pragma_synchronous, pragma_foreign_keys, pragma_query_only";
    let reader: Number = store
        .db
        .read(move |c| diesel::sql_query(ask).get_result(c))
        .await
        .unwrap();
    let writer = store
        .db
        .write(move |c| Ok::<_, SaveError>(diesel::sql_query(ask).get_result::<Number>(c)?.n))
        .await
        .unwrap();
    assert_eq!((reader.n, writer), (211, 210));
}
