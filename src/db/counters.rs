//! What diesel tells about each statement: counts for tests and metrics, and the faults a retry turns on.
//!
//! A statement's fault is noted here, on the thread that runs it, because a model may wrap diesel's error in one of
//! its own before the store layer sees it.

use std::cell::Cell;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use diesel::connection::{Instrumentation, InstrumentationEvent};
use diesel::result::{DatabaseErrorKind, Error as DieselError};

/// Totals since the store was opened.
#[derive(Debug, Default)]
pub(super) struct Counters {
    statements: AtomicU64,
    commits: AtomicU64,
}

impl Counters {
    /// Statements run, without those that only begin and end transactions.
    pub(super) fn statements(&self) -> u64 {
        self.statements.load(Ordering::Relaxed)
    }

    /// Outermost transactions committed, or at least asked to.
    pub(super) fn commits(&self) -> u64 {
        self.commits.load(Ordering::Relaxed)
    }

    /// The observer to hang on a new connection.
    pub(super) fn observer(self: &Arc<Self>) -> impl Instrumentation {
        Observer {
            counters: Arc::clone(self),
            ends_or_begins: false,
        }
    }
}

/// What went wrong on this thread since [`forget_faults`].
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Faults {
    /// Some statement failed.
    pub(super) failed: bool,
    /// Another transaction was in the way; running again may well succeed.
    pub(super) conflict: bool,
    /// The session is gone or no longer fit for use.
    pub(super) lost: bool,
}

thread_local! {
    static STATEMENTS: Cell<u64> = const { Cell::new(0) };
    static FAULTS: Cell<Faults> = const { Cell::new(Faults { failed: false, conflict: false, lost: false }) };
}

/// Statements run by this thread so far, without those that only begin and end transactions.
pub(super) fn statements_on_this_thread() -> u64 {
    STATEMENTS.get()
}

/// Starts watching for faults anew.
pub(super) fn forget_faults() {
    FAULTS.set(Faults::default());
}

/// The faults seen on this thread since [`forget_faults`].
pub(super) fn faults() -> Faults {
    FAULTS.get()
}

/// Whether running the transaction again may help. The message is PostgreSQL's, in its untranslated form.
pub(super) fn is_conflict(error: &DieselError) -> bool {
    match error {
        DieselError::DatabaseError(DatabaseErrorKind::SerializationFailure, _) => true,
        DieselError::DatabaseError(_, info) => info.message().contains("deadlock detected"),
        DieselError::RollbackErrorOnCommit { commit_error, .. } => is_conflict(commit_error),
        _ => false,
    }
}

/// Whether the session must be thrown away.
pub(super) fn is_lost(error: &DieselError) -> bool {
    match error {
        DieselError::DatabaseError(DatabaseErrorKind::ClosedConnection, _)
        | DieselError::BrokenTransactionManager => true,
        DieselError::DatabaseError(DatabaseErrorKind::UnableToSendCommand, info) => {
            !info.message().is_empty()
        }
        // Another node migrated the schema under this session's prepared statements.
        DieselError::DatabaseError(_, info) => {
            info.message().contains("cached plan must not change")
        }
        DieselError::RollbackErrorOnCommit { commit_error, .. } => is_lost(commit_error),
        _ => false,
    }
}

struct Observer {
    counters: Arc<Counters>,
    ends_or_begins: bool,
}

impl Observer {
    /// Counts a statement, unless the event before it said that it only begins or ends a transaction.
    fn count(&mut self) {
        if !std::mem::take(&mut self.ends_or_begins) {
            self.counters.statements.fetch_add(1, Ordering::Relaxed);
            STATEMENTS.set(STATEMENTS.get() + 1);
        }
    }
}

impl Instrumentation for Observer {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        match event {
            InstrumentationEvent::BeginTransaction { .. }
            | InstrumentationEvent::RollbackTransaction { .. } => {
                self.ends_or_begins = true;
            }
            InstrumentationEvent::CommitTransaction { depth, .. } => {
                self.ends_or_begins = true;
                if depth.get() == 1 {
                    self.counters.commits.fetch_add(1, Ordering::Relaxed);
                }
            }
            InstrumentationEvent::StartQuery { .. } => self.count(),
            InstrumentationEvent::FinishQuery {
                error: Some(error), ..
            } => {
                let seen = FAULTS.get();
                FAULTS.set(Faults {
                    failed: true,
                    conflict: seen.conflict || is_conflict(error),
                    lost: seen.lost || is_lost(error),
                });
            }
            _ => {}
        }
    }
}
