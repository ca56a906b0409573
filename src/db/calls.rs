//! Reading and writing: how a closure gets to a thread and its outcome back.

use std::sync::{Arc, mpsc};
use std::time::Duration;

use diesel::{QueryResult, RunQueryDsl};
use tokio::sync::oneshot;
use tokio::time::timeout;

use super::conn::Conn;
use super::counters::statements_on_this_thread;
use super::error::DbError;
use super::job::{Job, Read, Write};
use super::queue::{Queue, Queued, Ticket};
use super::{Db, Side};

tokio::task_local! {
    static READS_ONLY: ();
}

/// Runs what may read the store and not write to it: a write is refused with [`DbError::ReadOnly`].
pub async fn reading_only<F: Future>(work: F) -> F::Output {
    READS_ONLY.scope((), work).await
}

impl Db {
    /// Runs a closure over one snapshot of the store. It cannot write: both stores refuse.
    ///
    /// # Errors
    /// What the closure returned, or why the store did not run it. A caller waits at most `acquire_timeout` for its
    /// turn and `statement_timeout` for the outcome.
    pub async fn read<T, F>(&self, f: F) -> Result<T, DbError>
    where
        F: FnOnce(&mut Conn) -> QueryResult<T> + Send + 'static,
        T: Send + 'static,
    {
        if let Some(why) = self.outage() {
            return Err(why);
        }
        let (tell, outcome) = oneshot::channel();
        let job = Read::new(f, move |answer| drop(tell.send(answer)));
        let ticket = enqueue(&self.inner.reads, Box::new(job));
        let limit = self.inner.settings.statement_timeout;
        match self.outcome(outcome, &ticket, limit).await {
            Ok(answer) => answer,
            Err(NoOutcome::NotBegun) => Err(DbError::Busy),
            Err(NoOutcome::Unknown) => Err(DbError::TimedOut),
            Err(NoOutcome::Gone) => Err(DbError::Closed),
        }
    }

    /// As [`Db::read`], and tells how many statements the closure ran. For tests and metrics.
    ///
    /// # Errors
    /// As [`Db::read`].
    pub async fn read_counted<T, F>(&self, f: F) -> Result<(T, u64), DbError>
    where
        F: FnOnce(&mut Conn) -> QueryResult<T> + Send + 'static,
        T: Send + 'static,
    {
        self.read(move |conn| {
            let before = statements_on_this_thread();
            let value = f(conn)?;
            Ok((value, statements_on_this_thread() - before))
        })
        .await
    }

    /// Runs a closure as one transaction, which is committed to disk when this returns `Ok`.
    ///
    /// The closure may run more than once, each time after what it did was rolled back; so it must not change
    /// anything but the store. An `Err` from it rolls its transaction back, and nobody else's.
    ///
    /// # Errors
    /// What the closure returned, or why the store did not commit it. After [`DbError::Unconfirmed`] the write may
    /// have happened; after every other error it has not.
    pub async fn write<T, E, F>(&self, f: F) -> Result<T, E>
    where
        F: Fn(&mut Conn) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        if READS_ONLY.try_with(|()| ()).is_ok() {
            return Err(E::from(DbError::ReadOnly));
        }
        if let Some(why) = self.outage() {
            return Err(E::from(why));
        }
        let (tell, outcome) = oneshot::channel();
        let job = Write::new(f, move |answer| drop(tell.send(answer)));
        let ticket = enqueue(&self.inner.writes, Box::new(job));
        let settings = &self.inner.settings;
        // Twice: a write waits for the lock as well, and may be run again.
        let limit = settings.statement_timeout.saturating_mul(2);
        match self.outcome(outcome, &ticket, limit).await {
            Ok(answer) => answer,
            Err(NoOutcome::NotBegun) => Err(E::from(DbError::Busy)),
            Err(NoOutcome::Unknown) => {
                Err(E::from(DbError::Unconfirmed("it took too long".to_owned())))
            }
            Err(NoOutcome::Gone) => Err(E::from(DbError::Closed)),
        }
    }

    /// [`Db::read`] for the command line: blocks this thread, for as long as it takes.
    ///
    /// # Errors
    /// As [`Db::read`].
    pub fn read_blocking<T, F>(&self, f: F) -> Result<T, DbError>
    where
        F: FnOnce(&mut Conn) -> QueryResult<T> + Send + 'static,
        T: Send + 'static,
    {
        let (tell, outcome) = mpsc::sync_channel(1);
        let job = Read::new(f, move |answer| drop(tell.send(answer)));
        enqueue(&self.inner.reads, Box::new(job));
        outcome.recv().unwrap_or(Err(DbError::Closed))
    }

    /// [`Db::write`] for the command line: blocks this thread, for as long as it takes.
    ///
    /// # Errors
    /// As [`Db::write`].
    pub fn write_blocking<T, E, F>(&self, f: F) -> Result<T, E>
    where
        F: Fn(&mut Conn) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        let (tell, outcome) = mpsc::sync_channel(1);
        let job = Write::new(f, move |answer| drop(tell.send(answer)));
        enqueue(&self.inner.writes, Box::new(job));
        outcome
            .recv()
            .unwrap_or_else(|_| Err(E::from(DbError::Closed)))
    }

    /// Whether the store answers now, and is still the one that was opened: for the readiness probe.
    ///
    /// # Errors
    /// Why it is not ready.
    pub async fn check(&self) -> Result<(), DbError> {
        if let Side::Sqlite(_, identity) = &self.inner.side {
            identity.verify().map_err(DbError::Unavailable)?;
        }
        // A table that is always there: a file that was emptied would still answer a bare SELECT.
        let ask = "SELECT version FROM __diesel_schema_migrations LIMIT 1";
        self.read(move |conn| diesel::sql_query(ask).execute(conn).map(drop))
            .await
    }

    /// What to answer at once while the server is known to be out.
    fn outage(&self) -> Option<DbError> {
        match &self.inner.side {
            Side::Sqlite(..) => None,
            Side::Postgres(workers) => workers.server().outage().map(DbError::Unavailable),
        }
    }

    /// Waits for a job's outcome: first for its turn, then for its end, which a zero `limit` leaves open.
    async fn outcome<R>(
        &self,
        mut outcome: oneshot::Receiver<R>,
        ticket: &Ticket,
        limit: Duration,
    ) -> Result<R, NoOutcome> {
        let gone = |_: oneshot::error::RecvError| NoOutcome::Gone;
        if let Ok(answer) = timeout(self.inner.settings.acquire_timeout, &mut outcome).await {
            return answer.map_err(gone);
        }
        if ticket.abandon() {
            return Err(NoOutcome::NotBegun);
        }
        if limit.is_zero() {
            return outcome.await.map_err(gone);
        }
        match timeout(limit, outcome).await {
            Ok(answer) => answer.map_err(gone),
            Err(_elapsed) => Err(NoOutcome::Unknown),
        }
    }
}

/// Why a caller stopped waiting.
enum NoOutcome {
    /// The job had not begun and never will.
    NotBegun,
    /// It had begun, and goes on without us.
    Unknown,
    /// The thread is gone.
    Gone,
}

fn enqueue(queue: &Queue, job: Box<dyn Job>) -> Arc<Ticket> {
    let ticket = Arc::<Ticket>::default();
    queue.push(Queued {
        job,
        ticket: Arc::clone(&ticket),
    });
    ticket
}
