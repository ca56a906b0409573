//! How often somebody tried to log in: counted for an account as seen from one network, so that whoever guesses at a name keeps only
//! himself out and not its owner elsewhere. Kept in the store, so that a restart forgives nothing and all nodes count together.

use diesel::prelude::*;

use crate::db::Conn;
use crate::models::user::{name, secret};
use crate::schema::login_attempts;

/// No more than `most` within any stretch of `within` microseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    pub most: usize,
    pub within: i64,
}

/// What an attempt is counted under: the account asked for, there or not, and the network it was asked from. The store keeps
/// neither in a form that can be read.
pub fn bucket(name: &str, network: &str) -> String {
    secret::fingerprint(&["login", &name::key(name), network])
}

/// Counts an attempt, or answers how many microseconds from `at` the next one is welcome. What is refused is not counted.
pub fn record(
    conn: &mut Conn,
    bucket: &str,
    limits: &[Limit],
    at: i64,
) -> QueryResult<Option<i64>> {
    let longest = limits.iter().map(|limit| limit.within).max().unwrap_or(0);
    let most = limits.iter().map(|limit| limit.most).max().unwrap_or(0);
    diesel::delete(login_attempts::table.filter(login_attempts::made_at.le(at - longest)))
        .execute(conn)?;
    let made: Vec<i64> = login_attempts::table
        .filter(login_attempts::bucket.eq(bucket))
        .order(login_attempts::made_at.desc())
        .limit(i64::try_from(most).unwrap_or(i64::MAX))
        .select(login_attempts::made_at)
        .load(conn)?;
    let wait = limits.iter().filter_map(|limit| wait(&made, *limit, at));
    if let Some(wait) = wait.max() {
        return Ok(Some(wait));
    }
    diesel::insert_into(login_attempts::table)
        .values((
            login_attempts::bucket.eq(bucket),
            login_attempts::made_at.eq(at),
        ))
        .execute(conn)?;
    Ok(None)
}

/// Forgets what was tried before somebody came in.
pub fn forgive(conn: &mut Conn, bucket: &str) -> QueryResult<()> {
    diesel::delete(login_attempts::table.filter(login_attempts::bucket.eq(bucket)))
        .execute(conn)?;
    Ok(())
}

/// How long until the oldest of the last `most` attempts, newest first, no longer counts. A clock that was set back makes nobody
/// wait longer than the stretch.
fn wait(made: &[i64], limit: Limit, at: i64) -> Option<i64> {
    let oldest = made.get(limit.most.checked_sub(1)?)?;
    let left = oldest + limit.within - at;
    (left > 0).then(|| left.min(limit.within))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_ends_when_the_oldest_attempt_no_longer_counts() {
        let limit = Limit {
            most: 3,
            within: 100,
        };
        assert_eq!(wait(&[30, 20], limit, 40), None);
        assert_eq!(wait(&[30, 20, 10], limit, 40), Some(70));
        assert_eq!(wait(&[30, 20, 10], limit, 110), None);
        assert_eq!(
            wait(&[9_000, 8_000, 7_000], limit, 40),
            Some(100),
            "the clock was set back"
        );
    }

    #[test]
    fn spellings_of_a_name_share_a_bucket_and_networks_do_not() {
        assert_eq!(
            bucket("Minji", "203.0.113.9"),
            bucket("minji", "203.0.113.9")
        );
        assert_ne!(
            bucket("Minji", "203.0.113.9"),
            bucket("Minji", "203.0.113.8")
        );
    }
}
