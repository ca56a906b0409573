//! A thread with one PostgreSQL session, for reads and writes alike.

use std::sync::{PoisonError, RwLock};
use std::time::Duration;

use diesel::QueryResult;

use crate::db::conn::{self, Conn};
use crate::db::counters::{self, Faults, forget_faults};
use crate::db::error::DbError;
use crate::db::job::{Attempt, Job, attempt, look};
use crate::db::postgres::Server;
use crate::db::queue::Queue;

/// How often a write is run again when others were in the way.
const RETRIES: u32 = 10;

/// From which retry on a write has this process's other writes wait for it.
const ALONE_FROM: u32 = 3;

/// What the threads of one store share.
pub(in crate::db) struct Workers {
    server: Server,
    /// Shared by writes, held alone by one that collided again and again: without this, a page many people save at
    /// once can starve one of them.
    turn: RwLock<()>,
}

impl Workers {
    pub(in crate::db) fn new(server: Server) -> Workers {
        Workers {
            server,
            turn: RwLock::new(()),
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

    fn serve(&self, slot: &mut Option<Conn>, job: Box<dyn Job>) {
        if job.writes() {
            self.write(slot, job);
        } else {
            self.read(slot, job);
        }
    }

    /// The session that is open, or a new one; faults are watched for anew.
    fn session(&self, slot: &mut Option<Conn>) -> Result<Conn, DbError> {
        forget_faults();
        let conn = slot.take().map_or_else(|| self.server.connect(), Ok);
        conn.map_err(DbError::Unavailable)
    }

    fn read(&self, slot: &mut Option<Conn>, mut job: Box<dyn Job>) {
        let mut reconnected = false;
        loop {
            let mut conn = match self.session(slot) {
                Ok(conn) => conn,
                Err(why) => return job.refuse(why),
            };
            let looked = look(&mut conn, begin_read, job);
            if conn::depth(&mut conn) == Some(0) && !counters::faults().lost {
                *slot = Some(conn);
            }
            match looked {
                Ok(()) => return,
                // The usual sign of a session that ended while it was idle. The closure has not run.
                Err((_, again)) if !reconnected => job = again,
                Err((error, job)) => return job.refuse(error.into()),
            }
            reconnected = true;
            *slot = None;
        }
    }

    fn write(&self, slot: &mut Option<Conn>, mut job: Box<dyn Job>) {
        let mut retries = 0;
        let mut reconnected = false;
        loop {
            let mut conn = match self.session(slot) {
                Ok(conn) => conn,
                Err(why) => return job.refuse(why),
            };
            let outcome = self.attempt(&mut conn, job.as_mut(), retries);
            let faults = counters::faults();
            if conn::depth(&mut conn) == Some(0) && !faults.lost {
                *slot = Some(conn);
            }
            match next(&outcome, faults, reconnected) {
                Next::Reconnect => {
                    reconnected = true;
                    *slot = None;
                }
                Next::Retry if retries < RETRIES => {
                    retries += 1;
                    std::thread::sleep(Duration::from_millis(u64::from(retries)));
                }
                Next::Retry => return job.refuse(DbError::Busy),
                Next::Answer => return answer(job, outcome, faults),
            }
        }
    }

    fn attempt(&self, conn: &mut Conn, job: &mut dyn Job, retries: u32) -> Attempt {
        if retries < ALONE_FROM {
            let _shared = self.turn.read().unwrap_or_else(PoisonError::into_inner);
            attempt(conn, begin_write, job)
        } else {
            let _alone = self.turn.write().unwrap_or_else(PoisonError::into_inner);
            attempt(conn, begin_write, job)
        }
    }
}

fn begin_read(conn: &mut Conn) -> QueryResult<()> {
    conn::begin(
        conn,
        "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        "BEGIN",
    )
}

fn begin_write(conn: &mut Conn) -> QueryResult<()> {
    conn::begin(
        conn,
        "BEGIN ISOLATION LEVEL SERIALIZABLE",
        "BEGIN IMMEDIATE",
    )
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

fn next(outcome: &Attempt, faults: Faults, reconnected: bool) -> Next {
    match outcome {
        // The usual sign of a session that ended while it was idle. The closure has not run.
        Attempt::NotBegun(_) if !reconnected => Next::Reconnect,
        // The session broke before the commit was sent, so the server undid the write.
        Attempt::RolledBack if faults.lost && !reconnected => Next::Reconnect,
        Attempt::RolledBack if faults.conflict => Next::Retry,
        // A commit that broke off may have happened, so it is never made again.
        Attempt::CommitFailed(_) if faults.conflict && !faults.lost => Next::Retry,
        _ => Next::Answer,
    }
}

fn answer(job: Box<dyn Job>, outcome: Attempt, faults: Faults) {
    match outcome {
        Attempt::Committed | Attempt::RolledBack => job.finish(),
        Attempt::CommitFailed(error) if faults.lost => {
            job.refuse(DbError::Unconfirmed(super::one_line(&error.to_string())));
        }
        Attempt::NotBegun(error) | Attempt::CommitFailed(error) => job.refuse(error.into()),
        Attempt::Panicked(message) => job.refuse(DbError::Panicked(message)),
    }
}
