//! `/join`.

use actix_web::cookie::Cookie;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use serde::Deserialize;

use crate::db::Db;
use crate::models::user::join::{self, JoinError, Newcomer};
use crate::models::user::secret::Secret;
use crate::models::user::session::{self, Fresh};
use crate::models::user::{Role, User, UserName, invite, password};
use crate::web::chrome::SITE_NAME;
use crate::web::forms::{self, Posted, see_other};
use crate::web::limits::{self, Act};
use crate::web::{
    Chrome, Error, Shared, Viewer, passwords, render, session as cookies, urls, viewer,
};

/// The form, as it is first seen and as it comes back.
#[derive(Template)]
#[template(path = "users/form.html")]
struct FormPage {
    chrome: Chrome,
    form: JoinForm,
    faults: Faults,
    /// What the one-time link makes of whoever joins by it.
    role: Option<Role>,
    /// Whether there was a link that is no longer good.
    is_link_spent: bool,
}

/// What is wrong, each at its field; empty where nothing is.
#[derive(Debug, Default, PartialEq, Eq)]
struct Faults {
    name: String,
    password: String,
    again: String,
}

/// From the address of a one-time link.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    invite: String,
}

/// What the form sends. Nothing else is read: nobody gives himself a role.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct JoinForm {
    name: String,
    password: String,
    again: String,
    invite: String,
    back: String,
}

/// `GET /join`.
///
/// # Errors
/// Those of the store and of rendering.
pub async fn form(
    request: HttpRequest,
    shared: Data<Shared>,
    db: Data<Db>,
    asked: Query<Asked>,
) -> Result<HttpResponse, Error> {
    let back = urls::came_from(&request, &shared.config.base_url);
    if viewer::member(&request).is_some_and(|member| member.role > Role::Visitor) {
        return Ok(see_other(&back));
    }
    let form = JoinForm {
        invite: asked.into_inner().invite,
        back,
        ..JoinForm::default()
    };
    answer(
        &request,
        &shared,
        &db,
        form,
        Faults::default(),
        StatusCode::OK,
    )
    .await
}

/// `POST /join`: makes the member and logs them in.
///
/// # Errors
/// 429 after too many from one network, and those of the store and of rendering.
pub async fn create(
    request: HttpRequest,
    shared: Data<Shared>,
    db: Data<Db>,
    posted: Posted<JoinForm>,
) -> Result<HttpResponse, Error> {
    let form = posted.form();
    let (name, mut faults) = check(&form);
    if let Some(name) = &name {
        let asked = name.as_str().to_owned();
        if db
            .read(move |conn| User::named(conn, &asked))
            .await?
            .is_some()
        {
            faults.name = JoinError::Taken.to_string();
        }
    }
    let Some(name) = name.filter(|_| faults == Faults::default()) else {
        return answer(
            &request,
            &shared,
            &db,
            form,
            faults,
            StatusCode::UNPROCESSABLE_ENTITY,
        )
        .await;
    };
    let now = shared.world.now();
    let network = limits::network(&shared, request.head());
    shared
        .limits
        .take(Act::Join, &network, shared.config.people.joins, now)?;
    let faults = match enter(&request, &shared, &db, name, &form).await? {
        Ok(cookie) => {
            let mut answer = see_other(urls::same_site_path(&form.back));
            answer.add_cookie(&cookie).map_err(Error::internal)?;
            return Ok(answer);
        }
        Err(JoinError::Db(error)) => return Err(error.into()),
        Err(JoinError::Taken) => Faults {
            name: JoinError::Taken.to_string(),
            ..Faults::default()
        },
        // The page says so itself.
        Err(JoinError::LinkIsSpent) => Faults::default(),
    };
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    answer(&request, &shared, &db, form, faults, status).await
}

/// Makes the member and their first session, both or neither, and gives the session's cookie.
async fn enter(
    request: &HttpRequest,
    shared: &Shared,
    db: &Db,
    name: UserName,
    form: &JoinForm,
) -> Result<Result<Cookie<'static>, JoinError>, Error> {
    let now = shared.world.now();
    let password = passwords::hash(form.password.clone(), shared.world.random()?).await?;
    let fresh = Fresh {
        cookie: shared.world.secret()?,
        form: shared.world.secret()?,
        device: cookies::device(request.headers()),
    };
    let cookie = cookies::cookie(shared, &fresh.cookie);
    let newcomer = Newcomer { name, password };
    let link = link(form);
    let joined = db.write(move |conn| -> Result<User, JoinError> {
        let user = join::join(conn, &newcomer, link.as_ref(), now)?;
        session::create(conn, &user, &fresh, now)?;
        Ok(user)
    });
    Ok(joined.await.map(|user| {
        tracing::info!(target: "people", user = user.id, role = %user.role, "joined");
        cookie
    }))
}

/// Everything that is wrong with what was typed, and the name where that is good.
fn check(form: &JoinForm) -> (Option<UserName>, Faults) {
    let mut faults = Faults::default();
    let name = match UserName::parse(&form.name) {
        Ok(name) => Some(name),
        Err(fault) => {
            faults.name = fault.to_string();
            None
        }
    };
    if let Err(fault) = password::check(&form.password, form.name.trim(), SITE_NAME) {
        faults.password = fault.to_string();
    } else if form.password != form.again {
        faults.again = "The two passwords differ. Type the same twice.".to_owned();
    }
    (name, faults)
}

/// The link the form was opened with. One that has not even the form of a link is spent like any other.
fn link(form: &JoinForm) -> Option<Secret> {
    if form.invite.is_empty() {
        return None;
    }
    Some(Secret::parse(&form.invite).unwrap_or_else(|| Secret::new([0; 32])))
}

async fn answer(
    request: &HttpRequest,
    shared: &Shared,
    db: &Db,
    mut form: JoinForm,
    faults: Faults,
    status: StatusCode,
) -> Result<HttpResponse, Error> {
    let now = shared.world.now();
    let link = link(&form);
    let has_link = link.is_some();
    let role = match link {
        None => None,
        Some(link) => db.read(move |conn| invite::role(conn, &link, now)).await?,
    };
    let is_link_spent = has_link && role.is_none();
    if is_link_spent {
        // Without it the form still makes an ordinary member.
        form.invite.clear();
    }
    form.back = urls::same_site_path(&form.back).to_owned();
    let chrome = Chrome::new(shared, Viewer::of(request), "/join", "Join").with_no_index();
    let page = FormPage {
        chrome,
        form,
        faults,
        role,
        is_link_spent,
    };
    Ok(forms::page(status, render(page).await?))
}
