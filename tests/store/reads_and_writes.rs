use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::{Duration, Instant};

use diesel::prelude::*;
use futures_util::future::join_all;
use yeoun::db::{Conn, DbError, StoreKind};

use crate::on_both;
use crate::support::{Kind, SaveError, TestStore, add, count, notes};

fn bump(conn: &mut Conn) -> Result<i64, SaveError> {
    let rank: i64 = notes::table
        .select(notes::rank)
        .filter(notes::slug.eq("shared"))
        .first(conn)?;
    diesel::update(notes::table.filter(notes::slug.eq("shared")))
        .set(notes::rank.eq(rank + 1))
        .execute(conn)?;
    Ok(rank + 1)
}

on_both! {
    async fn what_is_written_can_be_read(kind) {
        let store = TestStore::new(kind);
        assert_eq!(store.db.kind(), kind);
        let id = store.db.write(|c| Ok::<_, SaveError>(add(c, Kind::Drama, "signal")?)).await.unwrap();
        let found: (i64, Kind) = store
            .db
            .read(|c| notes::table.select((notes::id, notes::kind)).filter(notes::slug.eq("signal")).first(c))
            .await
            .unwrap();
        assert_eq!(found, (id, Kind::Drama));
        store.db.check().await.unwrap();
    }

    async fn an_error_from_a_write_undoes_all_of_it(kind) {
        let store = TestStore::new(kind);
        let refused = store
            .db
            .write(|c| {
                add(c, Kind::Drama, "signal")?;
                Err::<(), _>(SaveError::Refused)
            })
            .await;
        assert!(matches!(refused, Err(SaveError::Refused)));
        assert_eq!(store.db.read(count).await.unwrap(), 0);
    }

    async fn a_unique_violation_names_its_columns(kind) {
        let store = TestStore::new(kind);
        let save = |c: &mut Conn| Ok::<_, SaveError>(add(c, Kind::Drama, "signal")?);
        store.db.write(save).await.unwrap();
        match store.db.write(save).await {
            Err(SaveError::Taken(columns)) => assert_eq!(columns, "notes.kind, notes.slug"),
            other => panic!("{other:?}"),
        }
    }

    async fn a_failing_job_in_a_group_undoes_only_itself(kind) {
        let store = TestStore::new(kind);
        let saves = (0..40).map(|n| {
            store.db.write(move |c| {
                add(c, Kind::Song, &format!("song-{n}"))?;
                match n % 4 {
                    0 => Err(SaveError::Refused),
                    1 => Ok(add(c, Kind::Song, &format!("song-{n}")).map(drop)?),
                    _ => Ok(()),
                }
            })
        });
        let outcomes = join_all(saves).await;
        for (n, outcome) in outcomes.iter().enumerate() {
            match n % 4 {
                0 => assert!(matches!(outcome, Err(SaveError::Refused)), "{n}: {outcome:?}"),
                1 => assert!(matches!(outcome, Err(SaveError::Taken(_))), "{n}: {outcome:?}"),
                _ => assert!(outcome.is_ok(), "{n}: {outcome:?}"),
            }
        }
        assert_eq!(store.db.read(count).await.unwrap(), 20);
    }

    async fn fifty_parallel_writers_lose_nothing(kind) {
        let store = TestStore::with(kind, |s| s.acquire_timeout = Duration::from_secs(60));
        store.db.write(|c| Ok::<_, SaveError>(add(c, Kind::Song, "shared")?)).await.unwrap();
        let mut seen: Vec<i64> =
            join_all((0..50).map(|_| store.db.write(bump))).await.into_iter().map(Result::unwrap).collect();
        seen.sort_unstable();
        assert_eq!(seen, (1..=50).collect::<Vec<i64>>());
    }

    async fn writes_go_on_while_readers_read_one_snapshot(kind) {
        let store = TestStore::new(kind);
        let (begun, may_end) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicBool::new(false)));
        let (begun2, may_end2) = (Arc::clone(&begun), Arc::clone(&may_end));
        let reader = store.db.read(move |c| {
            let before = count(c)?;
            begun2.store(true, Ordering::SeqCst);
            while !may_end2.load(Ordering::SeqCst) {
                std::thread::sleep(Duration::from_millis(1));
            }
            Ok((before, count(c)?))
        });
        let writer = async {
            while !begun.load(Ordering::SeqCst) {
                actix_web::rt::time::sleep(Duration::from_millis(1)).await;
            }
            store.db.write(|c| Ok::<_, SaveError>(add(c, Kind::Song, "meanwhile")?)).await.unwrap();
            may_end.store(true, Ordering::SeqCst);
        };
        let (seen, ()) = futures_util::future::join(reader, writer).await;
        assert_eq!(seen.unwrap(), (0, 0));
        assert_eq!(store.db.read(count).await.unwrap(), 1);
    }

    async fn a_panic_costs_its_caller_alone(kind) {
        let store = TestStore::with(kind, |s| s.readers = 1);
        let read = store.db.read(|_| -> QueryResult<()> { panic!("ouch") }).await;
        assert!(matches!(&read, Err(DbError::Panicked(why)) if why == "ouch"), "{read:?}");
        let write = store
            .db
            .write(|c| -> Result<(), SaveError> {
                add(c, Kind::Song, "lost")?;
                panic!("ouch {}", 2)
            })
            .await;
        assert!(matches!(&write, Err(SaveError::Db(DbError::Panicked(why))) if why == "ouch 2"), "{write:?}");
        store.db.write(|c| Ok::<_, SaveError>(add(c, Kind::Song, "kept")?)).await.unwrap();
        assert_eq!(store.db.read(count).await.unwrap(), 1);
    }

    async fn a_panic_inside_a_nested_transaction_is_undone_too(kind) {
        let store = TestStore::new(kind);
        let saves = (0..8).map(|n| {
            store.db.write(move |c| {
                add(c, Kind::Song, &format!("outer-{n}"))?;
                c.transaction(|c| {
                    add(c, Kind::Song, &format!("inner-{n}"))?;
                    assert!(n % 2 == 0, "odd");
                    Ok::<_, SaveError>(())
                })
            })
        });
        join_all(saves).await;
        assert_eq!(store.db.read(count).await.unwrap(), 8);
    }

    async fn a_read_cannot_write(kind) {
        let store = TestStore::with(kind, |s| s.readers = 1);
        let refused = store.db.read(|c| add(c, Kind::Song, "sneaked")).await;
        assert!(matches!(refused, Err(DbError::Query(_))), "{refused:?}");
        assert_eq!(store.db.read(count).await.unwrap(), 0);
        store.db.write(|c| Ok::<_, SaveError>(add(c, Kind::Song, "proper")?)).await.unwrap();
    }

    async fn statements_are_counted_without_the_transactions_own(kind) {
        let store = TestStore::new(kind);
        let before = store.db.statements();
        let (_, read) = store.db.read_counted(|c| Ok((count(c)?, count(c)?))).await.unwrap();
        store.db.write(|c| Ok::<_, SaveError>(add(c, Kind::Song, "one")?)).await.unwrap();
        assert_eq!((read, store.db.statements() - before), (2, 3));
    }

    async fn closing_does_what_waits_and_then_refuses(kind) {
        let store = TestStore::with(kind, |s| s.readers = 2);
        let saves: Vec<_> = (0..30)
            .map(|n| {
                let db = store.db.clone();
                actix_web::rt::spawn(async move {
                    db.write(move |c| Ok::<_, SaveError>(add(c, Kind::Song, &format!("song-{n}"))?)).await
                })
            })
            .collect();
        actix_web::rt::task::yield_now().await;
        let db = store.db.clone();
        actix_web::rt::task::spawn_blocking(move || db.close()).await.unwrap();
        for outcome in join_all(saves).await {
            outcome.unwrap().unwrap();
        }
        assert!(matches!(store.db.read(count).await, Err(DbError::Closed)));
        let write = store.db.write(|c| Ok::<_, SaveError>(add(c, Kind::Song, "late")?)).await;
        assert!(matches!(write, Err(SaveError::Db(DbError::Closed))));
        let again = yeoun::db::Db::open(&store.settings).unwrap();
        assert_eq!(again.read(count).await.unwrap(), 30);
    }

    async fn a_caller_waits_no_longer_than_it_may(kind) {
        let store = TestStore::with(kind, |s| {
            s.readers = 1;
            s.acquire_timeout = Duration::from_millis(100);
            s.statement_timeout = Duration::from_millis(300);
        });
        let hold = |_: &mut Conn| {
            std::thread::sleep(Duration::from_millis(1500));
            Ok(())
        };
        let since = Instant::now();
        let slow = store.db.read(hold);
        let waiting = async {
            actix_web::rt::time::sleep(Duration::from_millis(20)).await;
            store.db.read(count).await
        };
        let (slow, waiting) = futures_util::future::join(slow, waiting).await;
        assert!(matches!(slow, Err(DbError::TimedOut)), "{slow:?}");
        assert!(matches!(waiting, Err(DbError::Busy)), "{waiting:?}");
        assert!(since.elapsed() < Duration::from_millis(1200));
    }

    async fn a_full_queue_answers_at_once(kind) {
        let store = TestStore::with(kind, |s| {
            s.readers = 1;
            s.read_queue = 4;
            s.write_queue = 4;
        });
        let reads = (0..40).map(|_| {
            store.db.read(|c| {
                std::thread::sleep(Duration::from_millis(20));
                count(c)
            })
        });
        let outcomes = join_all(reads).await;
        let busy = outcomes.iter().filter(|o| matches!(o, Err(DbError::Busy))).count();
        assert!(busy >= 30 && outcomes.iter().any(Result::is_ok), "{busy} of 40 were refused");
    }

    async fn the_command_line_can_block_even_inside_a_runtime(kind) {
        let store = TestStore::new(kind);
        store.db.write_blocking(|c| Ok::<_, SaveError>(add(c, Kind::Song, "one")?)).unwrap();
        assert_eq!(store.db.read_blocking(count).unwrap(), 1);
    }

    async fn a_write_whose_caller_left_is_still_done_once_it_began(kind) {
        let store = TestStore::new(kind);
        let ran = Arc::new(AtomicU32::new(0));
        let ran2 = Arc::clone(&ran);
        let save = store.db.write(move |c| {
            ran2.fetch_add(1, Ordering::SeqCst);
            // Longer than the caller waits, however busy the machine is.
            std::thread::sleep(Duration::from_millis(50));
            Ok::<_, SaveError>(add(c, Kind::Song, "orphan")?)
        });
        actix_web::rt::time::timeout(Duration::from_nanos(1), save).await.unwrap_err();
        store.db.write(|c| Ok::<_, SaveError>(add(c, Kind::Song, "next")?)).await.unwrap();
        store.db.close();
        let again = yeoun::db::Db::open(&store.settings).unwrap();
        assert_eq!((again.read(count).await.unwrap(), ran.load(Ordering::SeqCst)), (2, 1));
    }
}
