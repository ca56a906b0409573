//! The bounded queue between callers and the threads that hold connections.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use super::error::DbError;
use super::job::Job;

/// Says whether a job was begun, so that a caller who stops waiting knows whether anything can have been written.
#[derive(Debug, Default)]
pub(super) struct Ticket(AtomicU8);

const WAITING: u8 = 0;
const BEGUN: u8 = 1;
const ABANDONED: u8 = 2;

impl Ticket {
    /// The thread takes the job up. False when the caller has gone.
    pub(super) fn begin(&self) -> bool {
        self.swap(BEGUN)
    }

    /// The caller stops waiting. False when the job was begun, so that its outcome is open.
    pub(super) fn abandon(&self) -> bool {
        self.swap(ABANDONED)
    }

    fn swap(&self, to: u8) -> bool {
        match self
            .0
            .compare_exchange(WAITING, to, Ordering::AcqRel, Ordering::Acquire)
        {
            Ok(_) => true,
            Err(now) => now == to,
        }
    }

    fn is_abandoned(&self) -> bool {
        self.0.load(Ordering::Acquire) == ABANDONED
    }
}

/// A job with its ticket.
pub(super) struct Queued {
    pub(super) job: Box<dyn Job>,
    pub(super) ticket: Arc<Ticket>,
}

impl Queued {
    /// Whether the caller still waits for an outcome that has not begun.
    pub(super) fn is_wanted(&self) -> bool {
        !self.ticket.is_abandoned()
    }
}

struct State {
    jobs: VecDeque<Queued>,
    closed: bool,
}

/// First in, first out, with a bound.
pub(super) struct Queue {
    state: Mutex<State>,
    filled: Condvar,
    bound: usize,
}

impl Queue {
    pub(super) fn new(bound: usize) -> Queue {
        Queue {
            state: Mutex::new(State {
                jobs: VecDeque::new(),
                closed: false,
            }),
            filled: Condvar::new(),
            bound: bound.max(1),
        }
    }

    /// Adds a job, or answers it at once when the queue is full or closed.
    pub(super) fn push(&self, queued: Queued) {
        let mut state = self.lock();
        let why = if state.closed {
            DbError::Closed
        } else if state.jobs.len() >= self.bound {
            DbError::Busy
        } else {
            state.jobs.push_back(queued);
            drop(state);
            self.filled.notify_one();
            return;
        };
        drop(state);
        queued.job.refuse(why);
    }

    /// Waits for a job; `None` once the queue is closed and empty.
    pub(super) fn pop(&self) -> Option<Queued> {
        let mut state = self.lock();
        loop {
            if let Some(queued) = state.jobs.pop_front() {
                return Some(queued);
            }
            if state.closed {
                return None;
            }
            state = self
                .filled
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// A job that waits already, if there is one.
    pub(super) fn pop_now(&self) -> Option<Queued> {
        self.lock().jobs.pop_front()
    }

    /// How many jobs wait.
    pub(super) fn len(&self) -> usize {
        self.lock().jobs.len()
    }

    /// Takes no more jobs. Those that wait are still done.
    pub(super) fn close(&self) {
        self.lock().closed = true;
        self.filled.notify_all();
    }

    // Nothing below the lock can panic, so a poisoned state is a whole one.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
