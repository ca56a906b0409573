//! Passwords are hashed off the request workers and only a few at a time: each takes 19 MiB, and two hundred logins at once must not
//! hold up a single reader.

use std::{
    sync::{Arc, LazyLock},
    time::Duration,
};

use tokio::sync::Semaphore;

use super::Error;
use crate::models::user::{
    Hashed,
    password::{self, HashError},
};

/// Waiting and hashing together.
const PATIENCE: Duration = Duration::from_secs(10);

/// Half the processors: the rest goes on answering.
static PLACES: LazyLock<Arc<Semaphore>> = LazyLock::new(|| {
    let processors = std::thread::available_parallelism().map_or(2, Into::into);
    Arc::new(Semaphore::new((processors / 2).max(1)))
});

/// Hashes a new password.
///
/// # Errors
/// [`Error::Unavailable`] when too many wait, [`Error::Internal`] when hashing fails.
pub async fn hash(password: String, salt: [u8; 16]) -> Result<Hashed, Error> {
    slowly(move || password::hash(&password, salt)).await
}

/// Whether a password is the one that is stored. For somebody who is not there it takes as long and is always wrong.
///
/// # Errors
/// As [`hash`].
pub async fn verify(password: String, stored: Option<Hashed>) -> Result<bool, Error> {
    slowly(move || {
        let fits = password::verify(&password, stored.as_ref().unwrap_or(&Hashed::of_nobody()))?;
        Ok(fits && stored.is_some())
    })
    .await
}

async fn slowly<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, HashError> + Send + 'static,
) -> Result<T, Error> {
    let all = async {
        let permit = Arc::clone(&PLACES)
            .acquire_owned()
            .await
            .map_err(Error::internal)?;
        let done = tokio::task::spawn_blocking(move || {
            // Held until the work ends, even if nobody waits for it any more.
            let _permit = permit;
            work()
        });
        done.await
            .map_err(Error::internal)?
            .map_err(Error::internal)
    };
    match tokio::time::timeout(PATIENCE, all).await {
        Ok(result) => result,
        Err(_elapsed) => Err(Error::Unavailable(
            "a password was not hashed in time".to_owned(),
        )),
    }
}
