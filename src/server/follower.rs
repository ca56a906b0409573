//! Follows the change log, so that the page cache forgets what has changed: saves of this process, of other nodes, and of
//! commands run beside it.

use std::time::Duration;

use actix_web::web::Data;

use crate::db::{Db, DbError};
use crate::models::changes;
use crate::routes::pages::stale;
use crate::web::Shared;

/// How often the log is looked at: at most this long does anybody see an old page.
const EVERY: Duration = Duration::from_millis(500);
/// Entries read at once.
const BATCH: i64 = 500;

/// Follows until the task is dropped. A store that is away is asked again and again; when it comes back, everything missed is
/// read.
pub async fn follow(shared: Data<Shared>, db: Db) {
    let mut every = tokio::time::interval(EVERY);
    let mut seen: Option<i64> = None;
    loop {
        every.tick().await;
        match step(&shared, &db, seen).await {
            Ok(newest) => seen = Some(newest),
            Err(error) => tracing::debug!(%error, "the change log cannot be read"),
        }
    }
}

/// Reads what is new since `seen` and tells the cache. Before anything was seen, whatever is cached may be older than the log.
///
/// # Errors
/// The store's own.
pub async fn step(shared: &Shared, db: &Db, seen: Option<i64>) -> Result<i64, DbError> {
    let Some(mut seen) = seen else {
        let newest = db.read(changes::newest).await?;
        shared.cache.clear();
        return Ok(newest);
    };
    loop {
        let notices = db
            .read(move |conn| changes::after(conn, seen, BATCH))
            .await?;
        let Some(last) = notices.last() else {
            return Ok(seen);
        };
        seen = last.id;
        shared.cache.invalidate(&stale::dependencies(&notices));
    }
}
