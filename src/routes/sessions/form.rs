//! `/login`.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use serde::Deserialize;

use crate::db::Db;
use crate::models::user::Role;
use crate::web::forms::{self, Posted, see_other};
use crate::web::login::{self, Entry};
use crate::web::{Chrome, Error, Shared, Viewer, limits, render, urls, viewer};

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
    /// One may edit without an account.
    has_visitors: bool,
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
    if viewer::member(&request).is_some_and(|member| member.role > Role::Visitor) {
        return Ok(see_other(&back));
    }
    let page = FormPage {
        chrome: chrome(&shared, &request),
        back,
        name: String::new(),
        problem: String::new(),
        has_visitors: has_visitors(&shared, &request),
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
    let entry = login::enter(&request, &shared, &db, form.name.clone(), form.password);
    let (status, problem, wait) = match entry.await? {
        Entry::In(cookie, _) => {
            let mut answer = see_other(&back);
            answer.add_cookie(&cookie).map_err(Error::internal)?;
            return Ok(answer);
        }
        Entry::Refused(status, problem, wait) => (status, problem, wait),
    };
    let page = FormPage {
        chrome: chrome(&shared, &request),
        back,
        name: form.name,
        problem,
        has_visitors: has_visitors(&shared, &request),
    };
    let mut answer = forms::page(status, render(page).await?);
    if let Some(wait) = wait {
        limits::tell_to_wait(&mut answer, wait);
    }
    Ok(answer)
}

/// Whether a temporary name is there to be had.
fn has_visitors(shared: &Shared, request: &HttpRequest) -> bool {
    shared.config.people.visitors.is_some() && viewer::member(request).is_none()
}

fn chrome(shared: &Shared, request: &HttpRequest) -> Chrome {
    Chrome::new(shared, Viewer::of(request), "/login", "Log in").with_no_index()
}
