//! `POST /visits`: a temporary name, for those who edit without an account.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use crate::db::{Db, DbError};
use crate::models::user::session::{self, Fresh};
use crate::models::user::visitor;
use crate::web::forms::{Posted, see_other};
use crate::web::limits::{self, Act};
use crate::web::{Error, Shared, passwords, session as cookies, urls, viewer};

/// What the form sends.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct VisitForm {
    /// Where to go afterwards.
    back: String,
}

/// `POST /visits`: makes the name and its session, and leads back to what was asked for.
///
/// # Errors
/// 404 where nobody edits without an account, 429 after too many from one network, and those of the store.
pub async fn create(
    request: HttpRequest,
    shared: Data<Shared>,
    db: Data<Db>,
    posted: Posted<VisitForm>,
) -> Result<HttpResponse, Error> {
    let rate = shared.config.people.visitors.ok_or(Error::NotFound)?;
    let form = posted.form();
    let mut answer = see_other(urls::same_site_path(&form.back));
    if viewer::member(&request).is_some() {
        return Ok(answer);
    }
    let now = shared.world.now();
    let network = limits::network(&shared, request.head());
    shared.limits.take(Act::Visit, &network, rate, now)?;
    let fresh = Fresh {
        cookie: shared.world.secret()?,
        form: shared.world.secret()?,
        device: cookies::device(request.headers()),
    };
    let unknown = shared.world.secret()?.reveal().to_owned();
    let password = passwords::hash(unknown, shared.world.random()?).await?;
    let cookie = cookies::cookie(&shared, &fresh.cookie);
    db.write(move |conn| -> Result<_, DbError> {
        let user = visitor::create(conn, &password, now)?;
        session::create(conn, &user, &fresh, now)?;
        Ok(())
    })
    .await?;
    answer.add_cookie(&cookie).map_err(Error::internal)?;
    Ok(answer)
}
