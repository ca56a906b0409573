//! The only door to the store: [`Db::open`], [`Db::read`], [`Db::write`].
//!
//! One binary runs on embedded SQLite or on PostgreSQL, chosen by an address. Queries are written once, against
//! [`Conn`]; what its derived backend refuses goes through [`both!`], [`OnBoth`] or [`PerDb`]; what reading pages
//! asks goes through [`rows!`] and [`first!`], which cost less.
//!
//! Callers hand over closures. On SQLite a few threads read and one writes, with group commit; on PostgreSQL each
//! thread holds a session. Either way a read sees one snapshot, a write is one transaction that happens whole or not
//! at all, a panic costs its caller alone, and everything that waits has a bound.

use std::sync::mpsc::sync_channel;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

mod among;
mod calls;
mod conn;
mod counters;
pub mod dump;
mod error;
pub mod integrity;
mod job;
mod migrating;
mod migrations;
mod open_error;
mod order;
mod postgres;
mod queue;
mod settings;
mod shadows;
mod sqlite;
pub mod tables;
mod types;

pub use diesel::QueryResult;

pub use among::{among, among_texts};
pub use calls::reading_only;
pub use conn::{Conn, MultiBackend as Backend, OnBoth, PerDb};
pub use error::{DbError, UniqueViolation, unique_violation};
pub use open_error::OpenError;
pub use order::in_commit_order;
pub use settings::{Settings, Store, StoreKind};
pub use types::{Micros, UnknownWord};

pub use crate::{both, first, rows, run, text_enum};

use counters::Counters;
use postgres::worker::Workers;
use queue::Queue;
use sqlite::identity::Identity;
use sqlite::writer::Writer;

/// A handle on the open store. Cloning it is cheap; the store closes with [`Db::close`] or the last handle.
#[derive(Clone)]
pub struct Db {
    inner: Arc<Inner>,
}

struct Inner {
    settings: Settings,
    counters: Arc<Counters>,
    reads: Arc<Queue>,
    /// On PostgreSQL the same queue as `reads`.
    writes: Arc<Queue>,
    side: Side,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

/// What only one kind of store has.
enum Side {
    Sqlite(sqlite::File, Identity),
    Postgres(Arc<Workers>),
}

impl Db {
    /// Opens the store and starts its threads. Does not migrate.
    ///
    /// # Errors
    /// What an operator has to mend first, one sentence each; see [`OpenError`]. A database that a newer version of
    /// this program migrated is refused before anything is written to it.
    pub fn open(settings: &Settings) -> Result<Db, OpenError> {
        let counters = Arc::<Counters>::default();
        match &settings.store {
            Store::Sqlite { path } => {
                let path = std::path::absolute(path).map_err(|source| OpenError::DataDir {
                    dir: path.clone(),
                    source,
                })?;
                let mut conn = sqlite::open(&path, settings.busy_timeout)?;
                refuse_newer(migrations::unknown_in_sqlite(&mut conn))?;
                let file = sqlite::File {
                    path,
                    busy_timeout: settings.busy_timeout,
                    counters: Arc::clone(&counters),
                };
                Db::start_sqlite(settings.clone(), counters, file)
            }
            Store::Postgres { url } => {
                let server = postgres::Server::new(url, settings, Arc::clone(&counters));
                let mut conn = postgres::open(&server)?;
                refuse_newer(migrations::unknown_in_postgres(&mut conn))?;
                Db::start_postgres(settings.clone(), counters, server)
            }
        }
    }

    fn start_sqlite(
        settings: Settings,
        counters: Arc<Counters>,
        file: sqlite::File,
    ) -> Result<Db, OpenError> {
        let reads = Arc::new(Queue::new(settings.read_queue));
        let writes = Arc::new(Queue::new(settings.write_queue));
        let identity = Identity::of(&file.path);
        let mut threads = Vec::new();
        for _ in 0..settings.readers.max(1) {
            let (queue, file) = (Arc::clone(&reads), file.clone());
            threads.push(spawn("db-read", move || {
                sqlite::reader::run(&queue, &file)
            })?);
        }
        let (told, commits) = sync_channel(1);
        let writer = Writer::new(file.clone(), identity.clone(), settings.group, told);
        let queue = Arc::clone(&writes);
        threads.push(spawn("db-write", move || writer.run(&queue))?);
        let (of, is, after) = (file.clone(), identity.clone(), settings.checkpoint_after);
        threads.push(spawn("db-checkpoint", move || {
            sqlite::checkpointer::run(&of, &is, &commits, after);
        })?);
        let side = Side::Sqlite(file, identity);
        Ok(Db::started(
            settings,
            counters,
            (reads, writes),
            side,
            threads,
        ))
    }

    fn start_postgres(
        settings: Settings,
        counters: Arc<Counters>,
        server: postgres::Server,
    ) -> Result<Db, OpenError> {
        let queue = Arc::new(Queue::new(settings.read_queue));
        let workers = Arc::new(Workers::new(server));
        let mut threads = Vec::new();
        for _ in 0..settings.readers.max(1) {
            let (workers, queue) = (Arc::clone(&workers), Arc::clone(&queue));
            threads.push(spawn("db-session", move || workers.run(&queue))?);
        }
        let queues = (Arc::clone(&queue), queue);
        Ok(Db::started(
            settings,
            counters,
            queues,
            Side::Postgres(workers),
            threads,
        ))
    }

    fn started(
        settings: Settings,
        counters: Arc<Counters>,
        (reads, writes): (Arc<Queue>, Arc<Queue>),
        side: Side,
        threads: Vec<JoinHandle<()>>,
    ) -> Db {
        Db {
            inner: Arc::new(Inner {
                settings,
                counters,
                reads,
                writes,
                side,
                threads: Mutex::new(threads),
            }),
        }
    }

    /// The kind of store this is.
    pub fn kind(&self) -> StoreKind {
        self.inner.settings.store.kind()
    }

    /// Statements run since the store was opened, without those that only begin and end transactions, and without
    /// migrations.
    pub fn statements(&self) -> u64 {
        self.inner.counters.statements()
    }

    /// Transactions committed since the store was opened; group commit makes this less than the writes.
    pub fn commits(&self) -> u64 {
        self.inner.counters.commits()
    }

    /// How many jobs wait for a thread: reads, writes. On PostgreSQL both are the one queue there is.
    pub fn waiting(&self) -> (usize, usize) {
        (self.inner.reads.len(), self.inner.writes.len())
    }

    /// Takes no more work, does what waits, and ends the threads. Blocks until then; later calls are answered
    /// [`DbError::Closed`]. Must not be called from inside a closure given to this store.
    pub fn close(&self) {
        self.inner.close();
    }
}

impl Inner {
    fn close(&self) {
        self.reads.close();
        self.writes.close();
        let threads =
            std::mem::take(&mut *self.threads.lock().unwrap_or_else(PoisonError::into_inner));
        for thread in threads {
            // The last handle may be dropped by a closure, on one of these threads; that one ends by itself.
            if thread.thread().id() != std::thread::current().id() {
                // A thread catches the panics of its jobs, so there is nothing to hear from it.
                drop(thread.join());
            }
        }
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.close();
    }
}

fn spawn(name: &str, run: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>, OpenError> {
    std::thread::Builder::new()
        .name(name.to_owned())
        .spawn(run)
        .map_err(|error| OpenError::Query(format!("no thread can be started ({error})")))
}

fn refuse_newer(unknown: QueryResult<Option<String>>) -> Result<(), OpenError> {
    match unknown {
        Ok(None) => Ok(()),
        Ok(Some(version)) => Err(OpenError::Newer { version }),
        Err(error) => Err(OpenError::Query(error::one_line(&error.to_string()))),
    }
}
