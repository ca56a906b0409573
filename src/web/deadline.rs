//! Request bodies end. The HTTP layer cuts slow heads but waits for a slow body for ever, so every body is read through
//! [`LimitedBody`]: so many bytes, so much time, whatever extractor reads it.

use std::{
    cell::Cell,
    pin::Pin,
    rc::Rc,
    task::{Context, Poll},
    time::Duration,
};

use actix_web::{dev::Payload, error::PayloadError};
use bytes::Bytes;
use futures_util::Stream;
use tokio::time::{Instant, Sleep};

/// A sender that keeps this many bytes per second may take longer than the deadline.
const BYTES_PER_SECOND: u64 = 1024;

/// How reading a body ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fate {
    /// Well, or nobody read it.
    #[default]
    Fine,
    /// It was larger than the address takes.
    TooLarge,
    /// It came too slowly.
    TooSlow,
}

/// A body with a limit and a deadline. What happened is left in the shared cell, so that the answer's status does not depend
/// on how an extractor words its error.
pub struct LimitedBody {
    inner: Payload,
    left: usize,
    received: u64,
    start: Instant,
    patience: Duration,
    sleep: Pin<Box<Sleep>>,
    fate: Rc<Cell<Fate>>,
}

impl LimitedBody {
    /// `limit` in bytes; `patience` is for the first byte to the last, plus a second for every KiB that did come.
    pub fn new(inner: Payload, limit: usize, patience: Duration, fate: Rc<Cell<Fate>>) -> Self {
        let start = Instant::now();
        let sleep = Box::pin(tokio::time::sleep_until(start + patience));
        Self {
            inner,
            left: limit,
            received: 0,
            start,
            patience,
            sleep,
            fate,
        }
    }
}

impl Stream for LimitedBody {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match self.fate.get() {
            Fate::Fine => {}
            Fate::TooLarge => return Poll::Ready(Some(Err(PayloadError::Overflow))),
            Fate::TooSlow => return Poll::Ready(Some(Err(timed_out()))),
        }
        match Pin::new(&mut self.inner).poll_next(context) {
            Poll::Ready(Some(Ok(chunk))) => {
                let Some(left) = self.left.checked_sub(chunk.len()) else {
                    self.fate.set(Fate::TooLarge);
                    return Poll::Ready(Some(Err(PayloadError::Overflow)));
                };
                self.left = left;
                self.received += chunk.len() as u64;
                let earned = Duration::from_millis(self.received * 1000 / BYTES_PER_SECOND);
                let end = self.start + self.patience + earned;
                self.sleep.as_mut().reset(end);
                Poll::Ready(Some(Ok(chunk)))
            }
            Poll::Ready(other) => Poll::Ready(other),
            Poll::Pending => {
                if self.sleep.as_mut().poll(context).is_pending() {
                    return Poll::Pending;
                }
                self.fate.set(Fate::TooSlow);
                Poll::Ready(Some(Err(timed_out())))
            }
        }
    }
}

fn timed_out() -> PayloadError {
    PayloadError::Io(std::io::ErrorKind::TimedOut.into())
}
