//! What only the server store does.

use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use futures_util::future::join_all;
use yeoun::db::{Db, DbError, Settings, Store, StoreKind};

use crate::cluster::PgCluster;
use crate::support::{Kind, SaveError, TestStore, add, count, create_notes};

fn own(cluster: &PgCluster) -> (Db, Settings) {
    let mut settings = Settings::new(Store::Postgres {
        url: cluster.database(),
    });
    settings.readers = 4;
    let db = Db::open(&settings).unwrap();
    db.migrate().unwrap();
    create_notes(&db);
    (db, settings)
}

async fn warm(db: &Db) {
    let pause = "SELECT pg_sleep(0.1)";
    join_all((0..4).map(|_| db.read(move |c| diesel::sql_query(pause).execute(c)))).await;
}

#[actix_web::test]
async fn a_restart_of_the_server_is_not_noticed_by_idle_sessions() {
    let cluster = PgCluster::start_new(&[]);
    let (db, _) = own(&cluster);
    warm(&db).await;
    cluster.stop();
    cluster.start();
    let reads = join_all((0..8).map(|_| db.read(count))).await;
    assert!(reads.iter().all(Result::is_ok), "{reads:?}");
    cluster.stop();
    cluster.start();
    let save =
        |n: i32| db.write(move |c| Ok::<_, SaveError>(add(c, Kind::Song, &format!("s{n}"))?));
    let saves = join_all((0..8).map(save)).await;
    assert!(saves.iter().all(Result::is_ok), "{saves:?}");
    assert_eq!(db.read(count).await.unwrap(), 8);
}

#[actix_web::test]
async fn while_the_server_is_out_callers_are_told_at_once_and_then_it_heals() {
    let cluster = PgCluster::start_new(&[]);
    let (db, _) = own(&cluster);
    warm(&db).await;
    cluster.stop();
    let since = Instant::now();
    for _ in 0..5 {
        let outcomes = join_all((0..20).map(|_| db.read(count))).await;
        assert!(
            outcomes
                .iter()
                .all(|o| matches!(o, Err(DbError::Unavailable(_)))),
            "{outcomes:?}"
        );
    }
    assert!(db.check().await.unwrap_err().is_unavailable());
    assert!(
        since.elapsed() < Duration::from_secs(1),
        "{:?}",
        since.elapsed()
    );
    cluster.start();
    let since = Instant::now();
    while db.check().await.is_err() {
        assert!(since.elapsed() < Duration::from_secs(5));
        actix_web::rt::time::sleep(Duration::from_millis(50)).await;
    }
    db.write(|c| Ok::<_, SaveError>(add(c, Kind::Song, "healed")?))
        .await
        .unwrap();
}

#[actix_web::test]
async fn a_write_cut_before_its_commit_is_made_once() {
    let store = TestStore::with(StoreKind::Postgres, |s| s.readers = 1);
    let tries = std::sync::Arc::new(std::sync::atomic::AtomicU32::new(0));
    let tries2 = std::sync::Arc::clone(&tries);
    store
        .db
        .write(move |c| {
            add(c, Kind::Song, "one")?;
            if tries2.fetch_add(1, std::sync::atomic::Ordering::SeqCst) == 0 {
                diesel::sql_query("SELECT pg_terminate_backend(pg_backend_pid())").execute(c)?;
            }
            Ok::<_, SaveError>(())
        })
        .await
        .unwrap();
    assert_eq!(tries.load(std::sync::atomic::Ordering::SeqCst), 2);
    assert_eq!(store.db.read(count).await.unwrap(), 1);
}

#[actix_web::test]
async fn a_statement_that_takes_too_long_is_cancelled() {
    let store = TestStore::with(StoreKind::Postgres, |s| {
        s.statement_timeout = Duration::from_millis(200)
    });
    let slow = store
        .db
        .read(|c| diesel::sql_query("SELECT pg_sleep(5)").execute(c))
        .await;
    assert!(matches!(slow, Err(DbError::TimedOut)), "{slow:?}");
    assert_eq!(store.db.read(count).await.unwrap(), 0);
}

#[actix_web::test]
async fn a_server_with_no_room_left_is_unavailable_and_recovers() {
    let cluster =
        PgCluster::start_new(&["max_connections = 6", "superuser_reserved_connections = 0"]);
    let (db, settings) = own(&cluster);
    let Store::Postgres { url } = &settings.store else {
        panic!("a server was expected");
    };
    let mut others = Vec::new();
    while let Ok(conn) = PgConnection::establish(url) {
        others.push(conn);
    }
    let outcome = db.read(count).await;
    assert!(
        matches!(&outcome, Err(DbError::Unavailable(why)) if why.contains("too many clients")),
        "{outcome:?}"
    );
    others.clear();
    actix_web::rt::time::sleep(Duration::from_millis(800)).await;
    assert_eq!(db.read(count).await.unwrap(), 0);
}

#[actix_web::test]
async fn sessions_say_whose_they_are_and_keep_their_limits() {
    #[derive(QueryableByName, Debug, PartialEq)]
    struct Session {
        #[diesel(sql_type = diesel::sql_types::Text)]
        name: String,
        #[diesel(sql_type = diesel::sql_types::Text)]
        isolation: String,
        #[diesel(sql_type = diesel::sql_types::Text)]
        limits: String,
    }
    let store = TestStore::new(StoreKind::Postgres);
    let ask = "SELECT current_setting('application_name') AS name, \
               current_setting('transaction_isolation') || ' ' || current_setting('transaction_read_only') AS isolation, \
               current_setting('statement_timeout') || ' ' || current_setting('lock_timeout') AS limits";
    let session = |isolation: &str| Session {
        name: "yeoun".to_owned(),
        isolation: isolation.to_owned(),
        limits: "10s 5s".to_owned(),
    };
    let reading = store
        .db
        .read(move |c| diesel::sql_query(ask).get_result::<Session>(c))
        .await
        .unwrap();
    assert_eq!(reading, session("repeatable read on"));
    let writing = store
        .db
        .write(move |c| Ok::<_, SaveError>(diesel::sql_query(ask).get_result::<Session>(c)?))
        .await;
    assert_eq!(writing.unwrap(), session("serializable off"));
}

#[actix_web::test]
async fn a_session_that_breaks_while_committing_leaves_the_write_unconfirmed() {
    let store = TestStore::new(StoreKind::Postgres);
    let trap = "CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql AS
                    'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END';
                CREATE CONSTRAINT TRIGGER cut AFTER INSERT ON notes
                    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION cut()";
    store
        .db
        .write(move |c| Ok::<_, SaveError>(c.batch_execute(trap)?))
        .await
        .unwrap();
    let save = store
        .db
        .write(|c| Ok::<_, SaveError>(add(c, Kind::Song, "maybe")?))
        .await;
    assert!(
        matches!(save, Err(SaveError::Db(DbError::Unconfirmed(_)))),
        "{save:?}"
    );
    assert_eq!(store.db.read(count).await.unwrap(), 0);
}

#[actix_web::test]
async fn a_caught_violation_inside_a_savepoint_lets_the_write_go_on() {
    let store = TestStore::new(StoreKind::Postgres);
    let saved = store.db.write(|c| {
        add(c, Kind::Song, "one")?;
        let twice = c.transaction(|c| Ok::<_, SaveError>(add(c, Kind::Song, "one")?));
        assert!(matches!(twice, Err(SaveError::Taken(_))), "{twice:?}");
        Ok::<_, SaveError>(add(c, Kind::Song, "two")?)
    });
    saved.await.unwrap();
    assert_eq!(store.db.read(count).await.unwrap(), 2);
}

#[actix_web::test]
async fn a_write_that_swallows_an_error_is_not_acknowledged() {
    let store = TestStore::new(StoreKind::Postgres);
    let save = store.db.write(|c| {
        add(c, Kind::Song, "one")?;
        drop(add(c, Kind::Song, "one"));
        Ok::<_, SaveError>(())
    });
    let save = save.await;
    assert!(save.is_err(), "{save:?}");
    assert_eq!(store.db.read(count).await.unwrap(), 0);
}
