//! The checkpointer thread: brings the write-ahead log back into the file, beside the writer and not in its commits.
//!
//! Left to itself SQLite does so in the commit that makes the log a thousand pages long, and whoever happened to save then waits
//! for all of it, which is one save in fifty. A passive checkpoint on a connection of its own holds up neither readers nor the
//! writer. Should this thread not keep up, the commit that makes the log [`MOST_PAGES`] long still does the work itself.

use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;

use crate::db::sqlite::identity::Identity;
use crate::db::sqlite::{Access, File};

/// Pages of the log at which a commit waits for the checkpoint: 32 MB of the usual pages.
pub(super) const MOST_PAGES: u32 = 8192;

/// Folds the log `after` a commit it is told of, until nobody is left to tell of one.
pub(in crate::db) fn run(
    file: &File,
    identity: &Identity,
    commits: &Receiver<()>,
    after: Duration,
) {
    let mut conn = None;
    while commits.recv().is_ok() && rest(commits, after) {
        // A file that was moved away is the writer's to report; there is nothing to be saved in it.
        if identity.verify().is_err() {
            conn = None;
            continue;
        }
        if conn.is_none() {
            conn = file.connect_unobserved(Access::ReadWrite).ok();
        }
        let is_well = conn
            .as_mut()
            .is_some_and(|conn| conn.batch_execute("PRAGMA wal_checkpoint(PASSIVE)").is_ok());
        // What went wrong here the next commit meets as well, and tells of it.
        if !is_well {
            conn = None;
        }
    }
}

/// Waits until the rest is over; false when nobody is left who could commit.
fn rest(commits: &Receiver<()>, after: Duration) -> bool {
    let end = Instant::now() + after;
    loop {
        match commits.recv_timeout(end.saturating_duration_since(Instant::now())) {
            Ok(()) => {}
            Err(RecvTimeoutError::Timeout) => return true,
            Err(RecvTimeoutError::Disconnected) => return false,
        }
    }
}
