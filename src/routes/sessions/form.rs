//! `/login`.

use actix_web::http::StatusCode;
use actix_web::http::header::RETRY_AFTER;
use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use serde::Deserialize;

use super::attempt::{self, Attempt, Verdict};
use crate::db::Db;
use crate::models::user::session::Fresh;
use crate::web::forms::{self, Posted, see_other};
use crate::web::{Chrome, Error, Shared, Viewer, limits, render, session, urls, viewer};

/// The form, as it is first seen and as it comes back.
#[derive(Template)]
#[template(path = "sessions/form.html")]
struct FormPage {
    chrome: Chrome,
    /// Where to go afterwards.
    back: String,
    name: String,
    /// What was wrong; empty at first.
    problem: String,
}

/// Where to go afterwards, from the address.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    back: String,
}

/// What the form sends.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct LoginForm {
    name: String,
    password: String,
    back: String,
}

/// `GET /login`.
///
/// # Errors
/// Those of rendering.
pub async fn form(
    request: HttpRequest,
    shared: Data<Shared>,
    asked: Query<Asked>,
) -> Result<HttpResponse, Error> {
    let back = if asked.back.is_empty() {
        urls::came_from(&request, &shared.config.base_url)
    } else {
        urls::same_site_path(&asked.back).to_owned()
    };
    if viewer::member(&request).is_some() {
        return Ok(see_other(&back));
    }
    let page = FormPage {
        chrome: chrome(&shared, &request),
        back,
        name: String::new(),
        problem: String::new(),
    };
    Ok(forms::page(StatusCode::OK, render(page).await?))
}

/// `POST /login`.
///
/// # Errors
/// Those of the store and of rendering.
pub async fn create(
    request: HttpRequest,
    shared: Data<Shared>,
    db: Data<Db>,
    posted: Posted<LoginForm>,
) -> Result<HttpResponse, Error> {
    let form = posted.form();
    let back = urls::same_site_path(&form.back).to_owned();
    let attempt = Attempt {
        name: form.name.clone(),
        password: form.password,
        network: limits::network(&shared, request.head()),
    };
    let (status, problem, wait) = match attempt::judge(&shared, &db, attempt).await? {
        Verdict::Right(user) => {
            let fresh = Fresh {
                cookie: shared.world.secret()?,
                form: shared.world.secret()?,
                device: session::device(request.headers()),
            };
            let cookie = session::cookie(&shared, &fresh.cookie);
            let former = viewer::member(&request).map(|member| member.session.clone());
            attempt::begin(&shared, &db, user, fresh, former).await?;
            let mut answer = see_other(&back);
            answer.add_cookie(&cookie).map_err(Error::internal)?;
            return Ok(answer);
        }
        Verdict::Wrong => (
            StatusCode::UNPROCESSABLE_ENTITY,
            "Name and password do not belong together. Check both, and whether the keyboard is set to Korean.".to_owned(),
            None,
        ),
        Verdict::Wait(wait) => (
            StatusCode::TOO_MANY_REQUESTS,
            format!("Too many attempts. You can try again in {}.", limits::in_words(wait)),
            Some(wait),
        ),
    };
    let page = FormPage {
        chrome: chrome(&shared, &request),
        back,
        name: form.name,
        problem,
    };
    let mut answer = forms::page(status, render(page).await?);
    if let Some(wait) = wait {
        let seconds = wait.as_millis().div_ceil(1000).max(1);
        let seconds = u64::try_from(seconds).unwrap_or(u64::MAX);
        answer.headers_mut().insert(RETRY_AFTER, seconds.into());
    }
    Ok(answer)
}

fn chrome(shared: &Shared, request: &HttpRequest) -> Chrome {
    Chrome::new(shared, Viewer::of(request), "/login", "Log in").with_no_index()
}
