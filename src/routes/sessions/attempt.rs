//! One attempt to log in, from the names to the verdict.

use std::time::Duration;

use crate::db::{Db, DbError};
use crate::models::user::session::{self, Fresh};
use crate::models::user::{User, attempts};
use crate::web::limits::Act;
use crate::web::{Error, Shared, passwords};

/// Networks may try so many times as many accounts as one of them allows attempts, before they have to wait whatever the account.
const ACCOUNTS: u32 = 10;

/// Who wants to come in, and from where.
#[derive(Debug)]
pub struct Attempt {
    pub name: String,
    pub password: String,
    /// See `limits::network`.
    pub network: String,
}

/// What became of it.
#[derive(Debug)]
pub enum Verdict {
    /// The password is this member's.
    Right(User),
    /// It is not, or nobody has that name: the two must not be told apart.
    Wrong,
    /// Too many attempts; when the next one is welcome.
    Wait(Duration),
}

/// Counts an attempt before anything is compared, so that many at once do not slip through.
///
/// # Errors
/// The store's, and those of hashing.
pub async fn judge(shared: &Shared, db: &Db, attempt: Attempt) -> Result<Verdict, Error> {
    let now = shared.world.now();
    let people = &shared.config.people;
    let mut rate = people.logins;
    rate.most = rate.most.saturating_mul(ACCOUNTS);
    let counted = shared.limits.take(Act::Login, &attempt.network, rate, now);
    if let Err(Error::TooManyRequests { retry_after }) = counted {
        return Ok(Verdict::Wait(retry_after));
    }
    let limits = [people.logins.limit(), people.logins_long.limit()];
    let bucket = attempts::bucket(&attempt.name, &attempt.network);
    let (name, counted) = (attempt.name.clone(), bucket.clone());
    let found = db.write(move |conn| -> Result<_, DbError> {
        let wait = attempts::record(conn, &counted, &limits, now)?;
        Ok((wait, User::with_password(conn, &name)?))
    });
    let (wait, found) = found.await?;
    if let Some(wait) = wait {
        tracing::info!(target: "people", network = attempt.network, "login held up");
        return Ok(Verdict::Wait(Duration::from_micros(wait.unsigned_abs())));
    }
    let (user, stored) = found.unzip();
    let fits = passwords::verify(attempt.password, stored).await?;
    let Some(user) = user.filter(|user| fits && user.is_active()) else {
        tracing::info!(target: "people", network = attempt.network, "login refused");
        return Ok(Verdict::Wrong);
    };
    db.write(move |conn| -> Result<_, DbError> { Ok(attempts::forgive(conn, &bucket)?) })
        .await?;
    tracing::info!(target: "people", user = user.id, "login");
    Ok(Verdict::Right(user))
}

/// Begins a session in place of `former`, the one the browser had.
///
/// # Errors
/// The store's.
pub async fn begin(
    shared: &Shared,
    db: &Db,
    user: User,
    fresh: Fresh,
    former: Option<String>,
) -> Result<(), Error> {
    let now = shared.world.now();
    db.write(move |conn| -> Result<_, DbError> {
        if let Some(former) = &former {
            session::revoke(conn, former)?;
        }
        Ok(session::create(conn, &user, &fresh, now)?)
    })
    .await?;
    Ok(())
}
