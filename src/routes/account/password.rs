//! `/account/password`.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use super::show::{self, Faults};
use crate::db::{Db, DbError};
use crate::models::user::{User, attempts, password};
use crate::web::chrome::SITE_NAME;
use crate::web::forms::{Posted, see_other};
use crate::web::guards::SignedIn;
use crate::web::{Error, Shared, limits, passwords};

/// What the form sends.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct PasswordForm {
    current: String,
    password: String,
    again: String,
}

/// `POST /account/password`: asks for the current password, and ends every other session. Attempts count as those to log in do.
///
/// # Errors
/// 403 when the form was written for another session, 429 after too many attempts, and those of the store and of rendering.
pub async fn save(
    SignedIn(member): SignedIn,
    request: HttpRequest,
    shared: Data<Shared>,
    db: Data<Db>,
    posted: Posted<PasswordForm>,
) -> Result<HttpResponse, Error> {
    let form = posted.trusted()?;
    let mut faults = Faults::default();
    if let Err(fault) = password::check(&form.password, &member.name, SITE_NAME) {
        faults.password = fault.to_string();
    } else if form.password != form.again {
        faults.again = "The two passwords differ. Type the same twice.".to_owned();
    }
    let now = shared.world.now();
    let people = &shared.config.people;
    let rules = [people.logins.limit(), people.logins_long.limit()];
    let network = limits::network(&shared, request.head());
    let bucket = attempts::bucket(&member.name, &network);
    let (name, counted) = (member.name.clone(), bucket.clone());
    let found = db.write(move |conn| -> Result<_, DbError> {
        let wait = attempts::record(conn, &counted, &rules, now)?;
        Ok((wait, User::with_password(conn, &name)?))
    });
    let (wait, found) = found.await?;
    if let Some(wait) = wait {
        let retry_after = std::time::Duration::from_micros(wait.unsigned_abs());
        return Err(Error::TooManyRequests { retry_after });
    }
    let (user, stored) = found.unzip();
    if !passwords::verify(form.current, stored).await? {
        faults.current = "This is not your current password.".to_owned();
    }
    let Some(user) = user.filter(|_| faults == Faults::default()) else {
        return show::page(&request, &shared, &db, member, faults, "").await;
    };
    let hashed = passwords::hash(form.password, shared.world.random()?).await?;
    let keep = member.session.clone();
    db.write(move |conn| -> Result<_, DbError> {
        attempts::forgive(conn, &bucket)?;
        Ok(user.set_password(conn, &hashed, Some(&keep))?)
    })
    .await?;
    tracing::info!(target: "people", user = member.id, "password changed");
    Ok(see_other("/account?done=password"))
}
