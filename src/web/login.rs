//! Logging in: one attempt, from the name and the password to the session.

use std::sync::Arc;
use std::time::Duration;

use actix_web::HttpRequest;
use actix_web::cookie::Cookie;
use actix_web::http::StatusCode;

use super::limits::{self, Act};
use super::viewer::{self, Member};
use super::{Error, Shared, passwords, session};
use crate::db::{Db, DbError};
use crate::models::user::session::{self as sessions, Fresh, Session};
use crate::models::user::{User, attempts};

/// Networks may try so many times as many accounts as one of them allows attempts, before they have to wait whatever the account.
const ACCOUNTS: u32 = 10;

/// Who wants to come in, and from where.
struct Attempt {
    name: String,
    password: String,
    /// See `limits::network`.
    network: String,
}

/// What became of an attempt.
pub enum Entry {
    /// A session began: what the browser is to keep, and whose it is.
    In(Cookie<'static>, Arc<Member>),
    /// The status, what to tell, and how long to wait where that is why.
    Refused(StatusCode, String, Option<Duration>),
}

/// Lets somebody in whose name and password belong together. A session the browser had before ends.
///
/// # Errors
/// The store's, and those of hashing.
pub async fn enter(
    request: &HttpRequest,
    shared: &Shared,
    db: &Db,
    name: String,
    password: String,
) -> Result<Entry, Error> {
    let attempt = Attempt {
        name,
        password,
        network: limits::network(shared, request.head()),
    };
    Ok(match judge(shared, db, attempt).await? {
        Verdict::Right(user) => {
            let fresh = Fresh {
                cookie: shared.world.secret()?,
                form: shared.world.secret()?,
                device: session::device(request.headers()),
            };
            let cookie = session::cookie(shared, &fresh.cookie);
            let former = viewer::member(request).map(|member| member.session.clone());
            let session = begin(shared, db, user.clone(), fresh, former).await?;
            let member = session::member(&session, &user, shared.world.now());
            Entry::In(cookie, Arc::new(member.ok_or(Error::Forbidden("This account is closed."))?))
        }
        Verdict::Wrong => Entry::Refused(
            StatusCode::UNPROCESSABLE_ENTITY,
            "Name and password do not belong together. Check both, and whether the keyboard is set to Korean.".to_owned(),
            None,
        ),
        Verdict::Wait(wait) => Entry::Refused(
            StatusCode::TOO_MANY_REQUESTS,
            format!("Too many attempts. You can try again in {}.", limits::in_words(wait)),
            Some(wait),
        ),
    })
}

/// What is to be said of it.
enum Verdict {
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
async fn judge(shared: &Shared, db: &Db, attempt: Attempt) -> Result<Verdict, Error> {
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
async fn begin(
    shared: &Shared,
    db: &Db,
    user: User,
    fresh: Fresh,
    former: Option<String>,
) -> Result<Session, Error> {
    let now = shared.world.now();
    let begun = db.write(move |conn| -> Result<_, DbError> {
        if let Some(former) = &former {
            sessions::revoke(conn, former)?;
        }
        sessions::create(conn, &user, &fresh, now)?;
        Ok(sessions::find(conn, &fresh.cookie, now)?)
    });
    // The member may have been closed out in the same moment.
    let (session, _) = begun
        .await?
        .ok_or(Error::Forbidden("This account is closed."))?;
    Ok(session)
}
