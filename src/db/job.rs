//! A caller's closure on its way through a thread that holds a connection.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use diesel::QueryResult;
use diesel::connection::SimpleConnection;
use diesel::result::Error as DieselError;

use super::conn::{self, Conn};
use super::counters::faults;
use super::error::DbError;

/// What to do with the transaction a closure ran in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    Keep,
    Discard,
}

/// A closure that runs in an open transaction and is answered after that has ended.
pub(super) trait Job: Send {
    /// Whether it may write, and so may be run more than once.
    fn writes(&self) -> bool;
    /// Runs the closure and keeps its outcome.
    fn run(&mut self, conn: &mut Conn) -> Verdict;
    /// Answers with the outcome of the last run.
    fn finish(self: Box<Self>);
    /// Answers with the store's own failure instead.
    fn refuse(self: Box<Self>, why: DbError);
}

/// A read: runs once.
pub(super) struct Read<F, T, A> {
    closure: Option<F>,
    outcome: Option<QueryResult<T>>,
    answer: A,
}

impl<F, T, A> Read<F, T, A> {
    pub(super) fn new(closure: F, answer: A) -> Self {
        Read {
            closure: Some(closure),
            outcome: None,
            answer,
        }
    }
}

impl<F, T, A> Job for Read<F, T, A>
where
    F: FnOnce(&mut Conn) -> QueryResult<T> + Send,
    T: Send,
    A: FnOnce(Result<T, DbError>) + Send,
{
    fn writes(&self) -> bool {
        false
    }

    fn run(&mut self, conn: &mut Conn) -> Verdict {
        let Some(closure) = self.closure.take() else {
            return Verdict::Discard;
        };
        let outcome = closure(conn);
        let verdict = if outcome.is_ok() {
            Verdict::Keep
        } else {
            Verdict::Discard
        };
        self.outcome = Some(outcome);
        verdict
    }

    fn finish(self: Box<Self>) {
        let this = *self;
        (this.answer)(match this.outcome {
            Some(outcome) => outcome.map_err(DbError::from),
            None => Err(DbError::Closed),
        });
    }

    fn refuse(self: Box<Self>, why: DbError) {
        (self.answer)(Err(why));
    }
}

/// A write: may run again, since whatever it did before was rolled back.
pub(super) struct Write<F, T, E, A> {
    closure: F,
    outcome: Option<Result<T, E>>,
    answer: A,
}

impl<F, T, E, A> Write<F, T, E, A> {
    pub(super) fn new(closure: F, answer: A) -> Self {
        Write {
            closure,
            outcome: None,
            answer,
        }
    }
}

impl<F, T, E, A> Job for Write<F, T, E, A>
where
    F: Fn(&mut Conn) -> Result<T, E> + Send,
    T: Send,
    E: From<DbError> + Send,
    A: FnOnce(Result<T, E>) + Send,
{
    fn writes(&self) -> bool {
        true
    }

    fn run(&mut self, conn: &mut Conn) -> Verdict {
        let outcome = (self.closure)(conn);
        let verdict = if outcome.is_ok() {
            Verdict::Keep
        } else {
            Verdict::Discard
        };
        self.outcome = Some(outcome);
        verdict
    }

    fn finish(self: Box<Self>) {
        let this = *self;
        (this.answer)(match this.outcome {
            Some(outcome) => outcome,
            None => Err(E::from(DbError::Closed)),
        });
    }

    fn refuse(self: Box<Self>, why: DbError) {
        (self.answer)(Err(E::from(why)));
    }
}

/// How a transaction went.
pub(super) enum Attempt {
    /// It could not be begun: the closure did not run.
    NotBegun(DieselError),
    /// Committed.
    Committed,
    /// Rolled back, as the closure's error asked.
    RolledBack,
    /// The closure was content, the commit was not.
    CommitFailed(DieselError),
    /// The closure panicked, or left a transaction open; rolled back.
    Panicked(String),
}

/// Runs a job in a transaction of its own.
pub(super) fn attempt(
    conn: &mut Conn,
    begin: fn(&mut Conn) -> QueryResult<()>,
    job: &mut dyn Job,
) -> Attempt {
    if let Err(error) = begin(conn) {
        return Attempt::NotBegun(error);
    }
    match run_guarded(conn, job) {
        Ok(Verdict::Keep) => match commit_all(conn) {
            Ok(()) => Attempt::Committed,
            Err(error) => {
                conn::roll_back_to(conn, 0);
                Attempt::CommitFailed(error)
            }
        },
        Ok(Verdict::Discard) => {
            conn::roll_back_to(conn, 0);
            Attempt::RolledBack
        }
        Err(message) => {
            conn::roll_back_to(conn, 0);
            Attempt::Panicked(message)
        }
    }
}

/// Runs a read in a transaction of its own, and answers it before that ends: what was read is read, and whoever waits for it need not
/// wait for the end as well. Hands the job back when the transaction could not be begun.
pub(super) fn look(
    conn: &mut Conn,
    begin: fn(&mut Conn) -> QueryResult<()>,
    mut job: Box<dyn Job>,
) -> Result<(), (DieselError, Box<dyn Job>)> {
    if let Err(error) = begin(conn) {
        return Err((error, job));
    }
    let ran = run_guarded(conn, job.as_mut());
    let is_well = matches!(ran, Ok(Verdict::Keep));
    match ran {
        Ok(_) => job.finish(),
        Err(message) => job.refuse(DbError::Panicked(message)),
    }
    if !is_well || conn::commit(conn).is_err() {
        conn::roll_back_to(conn, 0);
    }
    Ok(())
}

/// Commits, and means it: PostgreSQL answers the COMMIT of a transaction in which a statement failed with a quiet
/// ROLLBACK, and a closure that swallowed that failure would be told that its write was kept.
fn commit_all(conn: &mut Conn) -> QueryResult<()> {
    if matches!(conn, Conn::Pg(_)) && faults().failed {
        conn.batch_execute("SELECT 1")?;
    }
    conn::commit(conn)
}

/// Runs the closure. An error is the text of its panic, or says that it left a savepoint open.
pub(super) fn run_guarded(conn: &mut Conn, job: &mut dyn Job) -> Result<Verdict, String> {
    let before = conn::depth(conn);
    // The closure's own state is dropped with it and the transaction is rolled back, so nothing half-done is seen.
    match catch_unwind(AssertUnwindSafe(|| job.run(conn))) {
        Ok(Verdict::Keep) if conn::depth(conn) != before => {
            Err("it did not end a transaction it began".to_owned())
        }
        Ok(verdict) => Ok(verdict),
        Err(payload) => Err(panic_text(&*payload)),
    }
}

fn panic_text(payload: &(dyn Any + Send)) -> String {
    match (
        payload.downcast_ref::<&str>(),
        payload.downcast_ref::<String>(),
    ) {
        (Some(text), _) => (*text).to_owned(),
        (_, Some(text)) => text.clone(),
        _ => "no message".to_owned(),
    }
}
