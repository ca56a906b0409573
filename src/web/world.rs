//! The clock and the chance the site runs on. Both are handed in from outside, so that tests can hold them still.

use std::{fmt, io};

use super::Error;
use crate::models::user::secret::Secret;

/// Where the time and random bytes come from.
pub struct World {
    clock: Box<dyn Fn() -> i64 + Send + Sync>,
    chance: fn(&mut [u8]) -> io::Result<()>,
}

impl World {
    /// `clock` tells microseconds since 1970; `chance` fills a buffer with bytes nobody can foretell.
    pub fn new(
        clock: impl Fn() -> i64 + Send + Sync + 'static,
        chance: fn(&mut [u8]) -> io::Result<()>,
    ) -> Self {
        Self {
            clock: Box::new(clock),
            chance,
        }
    }

    /// Now, in microseconds since 1970.
    pub fn now(&self) -> i64 {
        (self.clock)()
    }

    /// Random bytes.
    ///
    /// # Errors
    /// [`Error::Internal`] when the system has none to give.
    pub fn random<const N: usize>(&self) -> Result<[u8; N], Error> {
        let mut bytes = [0; N];
        (self.chance)(&mut bytes).map_err(Error::internal)?;
        Ok(bytes)
    }

    /// A new secret.
    ///
    /// # Errors
    /// As [`World::random`].
    pub fn secret(&self) -> Result<Secret, Error> {
        Ok(Secret::new(self.random()?))
    }
}

impl fmt::Debug for World {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("World").finish_non_exhaustive()
    }
}
