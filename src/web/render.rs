//! Templates are filled in off the request workers: one large page must not hold up a hundred small ones.

use std::{
    cell::Cell,
    sync::{Arc, LazyLock},
    time::Duration,
};

use askama::Template;
use tokio::sync::Semaphore;

use super::Error;

/// Waiting and rendering together; longer means the machine is drowning and 503 is the honest answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// Twice the processors: rendering never waits for anything else, more would only take turns.
static PLACES: LazyLock<Arc<Semaphore>> = LazyLock::new(|| {
    Arc::new(Semaphore::new(
        2 * std::thread::available_parallelism().map_or(2, Into::into),
    ))
});

/// Bytes of the buffer a thread keeps for the next page.
const LARGEST_KEPT: usize = 1024 * 1024;

thread_local! {
    static BUFFER: Cell<String> = const { Cell::new(String::new()) };
}

/// Fills in a template on this thread. Pages are written into a buffer that is kept, because one that grows while it is written is
/// copied half a dozen times on the way.
///
/// # Errors
/// What the template's own methods refuse.
pub fn write(page: &impl Template) -> askama::Result<String> {
    let mut buffer = BUFFER.take();
    buffer.clear();
    page.render_into(&mut buffer)?;
    let text = buffer.as_str().to_owned();
    if buffer.capacity() <= LARGEST_KEPT {
        BUFFER.set(buffer);
    }
    Ok(text)
}

/// Fills in a template on a blocking thread.
///
/// # Errors
/// [`Error::Unavailable`] when no place was free or the page was not done in time, [`Error::Internal`] when the template
/// failed or panicked.
pub async fn render(page: impl Template + Send + 'static) -> Result<String, Error> {
    within(PATIENCE, move || write(&page).map_err(Error::internal)).await
}

/// Runs other pure work of a page, such as writing its prose, where templates are filled in.
///
/// # Errors
/// As [`render`].
pub async fn off_worker<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    within(PATIENCE, work).await
}

async fn within<T, W>(patience: Duration, work: W) -> Result<T, Error>
where
    T: Send + 'static,
    W: FnOnce() -> Result<T, Error> + Send + 'static,
{
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
        done.await.map_err(Error::internal)?
    };
    match tokio::time::timeout(patience, all).await {
        Ok(result) => result,
        Err(_elapsed) => Err(Error::Unavailable(
            "a page was not rendered in time".to_owned(),
        )),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Error, within};

    #[actix_web::test]
    async fn slow_work_becomes_unavailable_and_a_panic_internal() {
        let slow = within(Duration::from_millis(20), || {
            std::thread::sleep(Duration::from_millis(200));
            Ok(())
        });
        assert!(matches!(slow.await, Err(Error::Unavailable(_))));
        #[expect(clippy::panic, reason = "the point of the test")]
        let broken = within::<(), _>(Duration::from_secs(5), || panic!("on purpose"));
        assert!(matches!(broken.await, Err(Error::Internal(_))));
    }
}
