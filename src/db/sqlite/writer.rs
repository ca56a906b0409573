//! The writer thread: the only connection that writes, and group commit.
//!
//! Writes that wait are taken up together, each in a savepoint of its own inside one `BEGIN IMMEDIATE` transaction,
//! and acknowledged after its commit. One `fsync` then serves them all, which is what makes `synchronous=FULL`
//! affordable; and one writer never meets the lock of another.

use std::sync::mpsc::SyncSender;
use std::time::{Duration, Instant};

use diesel::QueryResult;
use diesel::result::Error as DieselError;

use crate::db::conn::{self, Conn};
use crate::db::error::DbError;
use crate::db::job::{Attempt, Verdict, attempt, run_guarded};
use crate::db::queue::{Queue, Queued};
use crate::db::sqlite::identity::Identity;
use crate::db::sqlite::{Access, File};

/// How long one `BEGIN IMMEDIATE` waits for another process, before the writer looks who still waits for it.
const LOCK_STEP: Duration = Duration::from_millis(200);

/// The writer and what it needs.
pub(in crate::db) struct Writer {
    file: File,
    identity: Identity,
    group: usize,
    lock_timeout: Duration,
    conn: Option<Conn>,
    /// Who brings the log back into the file is told of every group. It ends with this and closes after the connection above, since
    /// the last to close folds the log.
    commits: SyncSender<()>,
}

impl Writer {
    /// `group`: how many writes share a commit. `commits`: told of each.
    pub(in crate::db) fn new(
        mut file: File,
        identity: Identity,
        group: usize,
        commits: SyncSender<()>,
    ) -> Writer {
        let lock_timeout = file.busy_timeout;
        file.busy_timeout = lock_timeout.min(LOCK_STEP);
        Writer {
            file,
            identity,
            group: group.max(1),
            lock_timeout,
            conn: None,
            commits,
        }
    }

    /// Serves writes until the queue is closed and empty.
    pub(in crate::db) fn run(mut self, queue: &Queue) {
        while let Some(first) = queue.pop() {
            self.serve(queue, vec![first]);
        }
    }

    fn serve(&mut self, queue: &Queue, mut group: Vec<Queued>) {
        let opened = self
            .identity
            .verify()
            .and_then(|()| match self.conn.take() {
                Some(conn) => Ok(conn),
                None => self.file.connect(Access::ReadWrite),
            });
        let mut conn = match opened {
            Ok(conn) => conn,
            Err(why) => return refuse_all(group, &DbError::Unavailable(why)),
        };
        let is_well = match self.begin(&mut conn, queue, &mut group) {
            Ok(()) if group.is_empty() => conn::roll_back_to(&mut conn, 0),
            Ok(()) => run_group(&mut conn, group),
            Err(error) => {
                let is_well = is_locked(&error);
                refuse_all(group, &error.into());
                is_well
            }
        };
        // After a failed commit or a disk's error the next group starts on a new connection.
        if is_well && conn::depth(&mut conn) == Some(0) {
            self.conn = Some(conn);
        }
        // One that was told and has not looked yet will see this one too.
        let _ = self.commits.try_send(());
    }

    /// Begins the transaction of a group, waiting for other processes, and takes up whatever came in meanwhile.
    fn begin(&self, conn: &mut Conn, queue: &Queue, group: &mut Vec<Queued>) -> QueryResult<()> {
        let since = Instant::now();
        loop {
            let begun = begin_immediate(conn);
            group.retain(Queued::is_wanted);
            while group.len() < self.group {
                match queue.pop_now() {
                    Some(queued) => group.push(queued),
                    None => break,
                }
            }
            match begun {
                Ok(()) => {
                    group.retain(|queued| queued.ticket.begin());
                    return Ok(());
                }
                Err(error)
                    if is_locked(&error)
                        && since.elapsed() < self.lock_timeout
                        && !group.is_empty() => {}
                Err(error) => return Err(error),
            }
        }
    }
}

fn begin_immediate(conn: &mut Conn) -> QueryResult<()> {
    conn::begin(conn, "BEGIN", "BEGIN IMMEDIATE")
}

fn is_locked(error: &DieselError) -> bool {
    matches!(error, DieselError::DatabaseError(_, info) if info.message() == "database is locked")
}

fn refuse_all(group: Vec<Queued>, why: &DbError) {
    for queued in group {
        queued.job.refuse(why.again());
    }
}

/// Runs each job of the group in its savepoint, commits once, then answers them all. False when the connection
/// had better be replaced.
fn run_group(conn: &mut Conn, group: Vec<Queued>) -> bool {
    let mut done = Vec::with_capacity(group.len());
    let mut rest = group.into_iter();
    while let Some(mut queued) = rest.next() {
        match run_in_savepoint(conn, &mut queued) {
            Ran::Done(verdict) => done.push((queued, verdict)),
            Ran::Panicked(message) => queued.job.refuse(DbError::Panicked(message)),
            Ran::TransactionLost(why) => {
                // A full disk and the like make SQLite end the whole transaction. The one it happened to is told;
                // the others did nothing wrong and run again, each alone.
                match why {
                    Some(error) => queued.job.refuse(error),
                    None => queued.job.finish(),
                }
                conn::roll_back_to(conn, 0);
                let others = done.into_iter().map(|(queued, _)| queued).chain(rest);
                others.for_each(|queued| run_alone(conn, queued));
                return false;
            }
        }
    }
    let why = match conn::commit(conn) {
        Ok(()) => {
            done.into_iter().for_each(|(queued, _)| queued.job.finish());
            return true;
        }
        Err(error) => DbError::from(error),
    };
    conn::roll_back_to(conn, 0);
    for (queued, verdict) in done {
        match verdict {
            Verdict::Keep => queued.job.refuse(why.again()),
            Verdict::Discard => queued.job.finish(),
        }
    }
    false
}

enum Ran {
    Done(Verdict),
    Panicked(String),
    /// The transaction around the savepoint is gone; with the store's own error when the closure saw none.
    TransactionLost(Option<DbError>),
}

fn run_in_savepoint(conn: &mut Conn, queued: &mut Queued) -> Ran {
    if let Err(error) = conn::savepoint(conn) {
        return Ran::TransactionLost(Some(error.into()));
    }
    match run_guarded(conn, queued.job.as_mut()) {
        Ok(Verdict::Keep) => match conn::commit(conn) {
            Ok(()) => Ran::Done(Verdict::Keep),
            Err(error) => Ran::TransactionLost(Some(error.into())),
        },
        Ok(Verdict::Discard) if conn::roll_back_to(conn, 1) => Ran::Done(Verdict::Discard),
        Ok(Verdict::Discard) => Ran::TransactionLost(None),
        Err(message) if conn::roll_back_to(conn, 1) => Ran::Panicked(message),
        Err(message) => Ran::TransactionLost(Some(DbError::Panicked(message))),
    }
}

fn run_alone(conn: &mut Conn, queued: Queued) {
    let Queued { mut job, .. } = queued;
    match attempt(conn, begin_immediate, job.as_mut()) {
        Attempt::Committed | Attempt::RolledBack => job.finish(),
        Attempt::NotBegun(error) | Attempt::CommitFailed(error) => job.refuse(error.into()),
        Attempt::Panicked(message) => job.refuse(DbError::Panicked(message)),
    }
}
