//! What only the embedded store does.

use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use futures_util::future::join_all;
use yeoun::db::{DbError, Store, StoreKind};

use crate::support::{Kind, SaveError, TestStore, add, count};

fn path_of(store: &TestStore) -> std::path::PathBuf {
    match &store.settings.store {
        Store::Sqlite { path } => path.clone(),
        Store::Postgres { .. } => panic!("a file was expected"),
    }
}

fn other_process(store: &TestStore) -> SqliteConnection {
    SqliteConnection::establish(path_of(store).to_str().unwrap()).unwrap()
}

#[actix_web::test]
async fn writes_that_wait_share_commits() {
    let store = TestStore::new(StoreKind::Sqlite);
    let mut held = other_process(&store);
    held.batch_execute("BEGIN IMMEDIATE").unwrap();
    let before = store.db.commits();
    let saves = join_all((0..64).map(|n| {
        store
            .db
            .write(move |c| Ok::<_, SaveError>(add(c, Kind::Song, &format!("song-{n}"))?))
    }));
    let release = async {
        actix_web::rt::time::sleep(Duration::from_millis(300)).await;
        held.batch_execute("COMMIT").unwrap();
    };
    let (outcomes, ()) = futures_util::future::join(saves, release).await;
    assert!(outcomes.iter().all(Result::is_ok), "{outcomes:?}");
    assert_eq!(store.db.commits() - before, 2);
}

#[actix_web::test]
async fn a_lock_of_another_process_ends_in_busy_while_reads_go_on() {
    let store = TestStore::with(StoreKind::Sqlite, |s| {
        s.busy_timeout = Duration::from_millis(500)
    });
    let mut held = other_process(&store);
    held.batch_execute("BEGIN EXCLUSIVE").unwrap();
    let since = Instant::now();
    let save = store
        .db
        .write(|c| Ok::<_, SaveError>(add(c, Kind::Song, "late")?))
        .await;
    assert!(
        matches!(save, Err(SaveError::Db(DbError::Busy))),
        "{save:?}"
    );
    assert!(since.elapsed() < Duration::from_secs(2));
    assert_eq!(store.db.read(count).await.unwrap(), 0);
    held.batch_execute("ROLLBACK").unwrap();
    store
        .db
        .write(|c| Ok::<_, SaveError>(add(c, Kind::Song, "now")?))
        .await
        .unwrap();
}

#[actix_web::test]
async fn a_full_disk_is_said_and_the_others_of_the_group_are_kept() {
    let store = TestStore::new(StoreKind::Sqlite);
    // A page limit is answered with the same SQLITE_FULL as a full disk.
    let pages = "PRAGMA max_page_count = 60";
    store
        .db
        .write(move |c| Ok::<_, SaveError>(c.batch_execute(pages)?))
        .await
        .unwrap();
    let mut held = other_process(&store);
    held.batch_execute("BEGIN IMMEDIATE").unwrap();
    let saves = join_all((0..9).map(|n| {
        store.db.write(move |c| {
            add(c, Kind::Song, &format!("song-{n}"))?;
            if n == 4 {
                diesel::sql_query("UPDATE notes SET body = hex(zeroblob(4000000))").execute(c)?;
            }
            Ok::<_, SaveError>(())
        })
    }));
    let release = async {
        actix_web::rt::time::sleep(Duration::from_millis(200)).await;
        held.batch_execute("COMMIT").unwrap();
    };
    let (outcomes, ()) = futures_util::future::join(saves, release).await;
    for (n, outcome) in outcomes.iter().enumerate() {
        let full = matches!(outcome, Err(SaveError::Db(DbError::StorageFull)));
        assert_eq!(full, n == 4, "{n}: {outcome:?}");
        assert_eq!(outcome.is_ok(), n != 4, "{n}: {outcome:?}");
    }
    assert_eq!(store.db.read(count).await.unwrap(), 8);
}

#[actix_web::test]
async fn a_file_that_was_moved_away_takes_no_more_writes() {
    let store = TestStore::new(StoreKind::Sqlite);
    store
        .db
        .write(|c| Ok::<_, SaveError>(add(c, Kind::Song, "one")?))
        .await
        .unwrap();
    let (path, aside) = (path_of(&store), store.dir.path().join("aside.db"));
    std::fs::rename(&path, &aside).unwrap();
    let save = store
        .db
        .write(|c| Ok::<_, SaveError>(add(c, Kind::Song, "two")?))
        .await;
    assert!(
        matches!(save, Err(SaveError::Db(DbError::Unavailable(_)))),
        "{save:?}"
    );
    assert!(store.db.check().await.unwrap_err().is_unavailable());
    assert!(!path.exists());
    std::fs::rename(&aside, &path).unwrap();
    store
        .db
        .write(|c| Ok::<_, SaveError>(add(c, Kind::Song, "two")?))
        .await
        .unwrap();
    store.db.check().await.unwrap();
}

#[derive(QueryableByName)]
struct Log {
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    log: i64,
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    checkpointed: i64,
}

/// Pages of the write-ahead log, and how many of them are back in the file.
fn log_of(store: &TestStore) -> (i64, i64) {
    let log: Log = diesel::sql_query("PRAGMA wal_checkpoint(NOOP)")
        .get_result(&mut other_process(store))
        .unwrap();
    (log.log, log.checkpointed)
}

/// Commits that make the log some 2,000 pages long, which is twice what SQLite by itself would let it be.
async fn write_much(store: &TestStore) {
    for n in 0..8 {
        let write = store.db.write(move |c| {
            let id = add(c, Kind::Song, &format!("much-{n}"))?;
            let body = "여운".repeat(170_000);
            diesel::sql_query("UPDATE notes SET body = ? WHERE id = ?")
                .bind::<diesel::sql_types::Text, _>(body)
                .bind::<diesel::sql_types::BigInt, _>(id)
                .execute(c)?;
            Ok::<_, SaveError>(())
        });
        write.await.unwrap();
    }
}

#[actix_web::test]
async fn the_log_is_brought_back_beside_the_commits_and_not_in_them() {
    let store = TestStore::with(StoreKind::Sqlite, |s| {
        s.checkpoint_after = Duration::from_secs(600)
    });
    let before = log_of(&store);
    write_much(&store).await;
    let (log, checkpointed) = log_of(&store);
    assert!(log > 1_500, "{log} pages make no commit wait");
    assert_eq!(checkpointed, before.1, "a commit did it");
    // Closing does not wait for the rest, and leaves nothing in the log.
    let since = Instant::now();
    store.db.close();
    assert!(since.elapsed() < Duration::from_secs(30));
    assert_eq!(log_of(&store).0, 0);

    let store = TestStore::with(StoreKind::Sqlite, |s| {
        s.checkpoint_after = Duration::from_millis(20)
    });
    write_much(&store).await;
    let since = Instant::now();
    loop {
        let (log, checkpointed) = log_of(&store);
        if log == checkpointed && log > 0 {
            break;
        }
        assert!(
            since.elapsed() < Duration::from_secs(30),
            "{checkpointed} of {log} pages are back in the file"
        );
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[actix_web::test]
async fn a_clean_close_leaves_one_file() {
    let store = TestStore::new(StoreKind::Sqlite);
    store
        .db
        .write(|c| Ok::<_, SaveError>(add(c, Kind::Song, "one")?))
        .await
        .unwrap();
    store.db.read(count).await.unwrap();
    store.db.close();
    let left = std::fs::read_dir(store.dir.path()).unwrap().count();
    assert_eq!(left, 1);
}

#[actix_web::test]
async fn a_truncated_file_is_an_error_and_not_the_end_of_the_process() {
    let store = TestStore::new(StoreKind::Sqlite);
    let fill = |c: &mut yeoun::db::Conn| {
        let text = "UPDATE notes SET body = hex(zeroblob(200000))";
        add(c, Kind::Song, "long")?;
        diesel::sql_query(text).execute(c)?;
        Ok::<_, SaveError>(())
    };
    store.db.write(fill).await.unwrap();
    let mut other = other_process(&store);
    other
        .batch_execute("PRAGMA wal_checkpoint(TRUNCATE)")
        .unwrap();
    let file = std::fs::OpenOptions::new()
        .write(true)
        .open(path_of(&store))
        .unwrap();
    file.set_len(20_000).unwrap();
    let body = "SELECT count(*) FROM notes WHERE body LIKE '%1%'";
    let read = store
        .db
        .read(move |c| diesel::sql_query(body).execute(c))
        .await;
    assert!(
        matches!(read, Err(DbError::Query(_) | DbError::Unavailable(_))),
        "{read:?}"
    );
    drop(store.db.read(count).await);
}
