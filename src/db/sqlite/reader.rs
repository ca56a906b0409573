//! A reader thread: one connection that cannot write, one read transaction per job.

use diesel::QueryResult;

use crate::db::conn::{self, Conn};
use crate::db::error::DbError;
use crate::db::job::look;
use crate::db::queue::{Queue, Queued};
use crate::db::sqlite::{Access, File};

/// Serves reads until the queue is closed and empty.
pub(in crate::db) fn run(queue: &Queue, file: &File) {
    let mut conn = None;
    while let Some(queued) = queue.pop() {
        if queued.ticket.begin() {
            serve(&mut conn, file, queued);
        }
    }
}

fn begin(conn: &mut Conn) -> QueryResult<()> {
    conn::begin(conn, "BEGIN", "BEGIN DEFERRED")
}

fn serve(slot: &mut Option<Conn>, file: &File, queued: Queued) {
    let Queued { job, .. } = queued;
    let mut conn = match slot
        .take()
        .map_or_else(|| file.connect(Access::ReadOnly), Ok)
    {
        Ok(conn) => conn,
        Err(why) => return job.refuse(DbError::Unavailable(why)),
    };
    let looked = look(&mut conn, begin, job);
    // A connection that is not back at rest is closed, and the next job opens another.
    if conn::depth(&mut conn) == Some(0) {
        *slot = Some(conn);
    }
    if let Err((error, job)) = looked {
        job.refuse(error.into());
    }
}
