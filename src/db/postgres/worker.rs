//! A thread with one PostgreSQL session, for reads and writes alike.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use diesel::QueryResult;

use crate::db::conn::{self, Conn};
use crate::db::counters::{self, Faults, forget_faults};
use crate::db::error::DbError;
use crate::db::job::{Attempt, Job, attempt};
use crate::db::postgres::Server;
use crate::db::queue::Queue;

/// How often a write is run again when others were in the way.
const RETRIES: u32 = 10;

/// What the threads of one store share.
pub(in crate::db) struct Workers {
    server: Server,
    /// Held by a write that runs again. Writes that collided then wait for one another instead of colliding anew.
    second_try: Mutex<()>,
}

impl Workers {
    pub(in crate::db) fn new(server: Server) -> Workers {
        Workers {
            server,
            second_try: Mutex::new(()),
        }
    }

    pub(in crate::db) fn server(&self) -> &Server {
        &self.server
    }

    /// Serves jobs until the queue is closed and empty. Run by each thread.
    pub(in crate::db) fn run(&self, queue: &Queue) {
        let mut conn = None;
        while let Some(queued) = queue.pop() {
            if queued.ticket.begin() {
                self.serve(&mut conn, queued.job);
            }
        }
    }

    fn serve(&self, slot: &mut Option<Conn>, mut job: Box<dyn Job>) {
        let mut collided = None;
        let mut retries = 0;
        let mut reconnected = false;
        loop {
            let mut conn = match slot.take().map_or_else(|| self.server.connect(), Ok) {
                Ok(conn) => conn,
                Err(why) => return job.refuse(DbError::Unavailable(why)),
            };
            forget_faults();
            let begin = if job.writes() { begin_write } else { begin_read };
            let outcome = attempt(&mut conn, begin, job.as_mut());
            let faults = counters::faults();
            if conn::depth(&mut conn) == Some(0) && !faults.lost {
                *slot = Some(conn);
            }
            match next(&outcome, faults, job.writes(), reconnected) {
                Next::Reconnect => {
                    reconnected = true;
                    *slot = None;
                }
                Next::Retry if retries < RETRIES => {
                    retries += 1;
                    if collided.is_none() {
                        collided = Some(self.second_try.lock().unwrap_or_else(PoisonError::into_inner));
                    } else {
                        std::thread::sleep(Duration::from_millis(u64::from(retries)));
                    }
                }
                Next::Retry => return job.refuse(DbError::Busy),
                Next::Answer => return answer(job, outcome, faults),
            }
        }
    }
}

fn begin_read(conn: &mut Conn) -> QueryResult<()> {
    conn::begin(conn, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", "BEGIN")
}

fn begin_write(conn: &mut Conn) -> QueryResult<()> {
    conn::begin(conn, "BEGIN ISOLATION LEVEL SERIALIZABLE", "BEGIN IMMEDIATE")
}

/// What follows an attempt.
#[derive(Debug, PartialEq, Eq)]
enum Next {
    Answer,
    /// Nothing was done, or all of it undone: once more, on a new session.
    Reconnect,
    /// Others were in the way: once more.
    Retry,
}

fn next(outcome: &Attempt, faults: Faults, writes: bool, reconnected: bool) -> Next {
    match outcome {
        // The usual sign of a session that ended while it was idle. The closure has not run.
        Attempt::NotBegun(_) if !reconnected => Next::Reconnect,
        // The session broke before the commit was sent, so the server undid the write.
        Attempt::RolledBack if writes && faults.lost && !reconnected => Next::Reconnect,
        Attempt::RolledBack if writes && faults.conflict => Next::Retry,
        Attempt::CommitFailed(error) if writes && counters::is_conflict(error) => Next::Retry,
        _ => Next::Answer,
    }
}

fn answer(job: Box<dyn Job>, outcome: Attempt, faults: Faults) {
    match outcome {
        Attempt::Committed | Attempt::RolledBack => job.finish(),
        Attempt::CommitFailed(error) if job.writes() && faults.lost => {
            job.refuse(DbError::Unconfirmed(super::one_line(&error.to_string())));
        }
        Attempt::NotBegun(error) | Attempt::CommitFailed(error) => job.refuse(error.into()),
        Attempt::Panicked(message) => job.refuse(DbError::Panicked(message)),
    }
}
