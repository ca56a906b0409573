//! `/changes/patrols`: marks that somebody has looked at what a new member did.

use actix_web::HttpResponse;
use actix_web::web::Data;
use serde::Deserialize;

use crate::db::{Db, DbError};
use crate::models::patrol;
use crate::web::forms::{Posted, see_other};
use crate::web::guards::MayPatrol;
use crate::web::{Error, Shared, urls};

/// What the button sends.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct PatrolForm {
    revision: String,
    back: String,
}

/// `POST /changes/patrols`.
///
/// # Errors
/// 403 without the right session, 404 where there is no such revision, and the store's own.
pub async fn create(
    MayPatrol(member): MayPatrol,
    shared: Data<Shared>,
    db: Data<Db>,
    posted: Posted<PatrolForm>,
) -> Result<HttpResponse, Error> {
    let form = posted.trusted()?;
    let revision: i64 = form
        .revision
        .parse()
        .map_err(|_no_number| Error::NotFound)?;
    let (by, at) = (member.editor.clone(), shared.world.now());
    let found =
        db.write(move |conn| -> Result<_, DbError> { Ok(patrol::mark(conn, &by, revision, at)?) });
    if !found.await? {
        return Err(Error::NotFound);
    }
    let back = match form.back.as_str() {
        "" => "/changes?unpatrolled=yes",
        back => urls::same_site_path(back),
    };
    Ok(see_other(back))
}
