//! `/users/{name}/reverts`: all that a member did since a moment, taken back.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde::Deserialize;

use super::block::named;
use crate::db::{Db, DbError};
use crate::models::changes;
use crate::models::page::labels;
use crate::models::page::undo::reverts::{self, Left, Plan};
use crate::models::user::User;
use crate::routes::pages::stale;
use crate::web::forms::{self, Posted};
use crate::web::guards::MayModerate;
use crate::web::{Chrome, Error, Shared, Viewer, filters, render};

/// Longest reason, in characters.
const LONGEST_REASON: usize = 500;

/// The form, and what it would do or did.
#[derive(Template)]
#[template(path = "users/reverts.html")]
struct RevertsPage {
    chrome: Chrome,
    user: User,
    form: RevertForm,
    fault: &'static str,
    /// Nothing before a moment was named.
    plans: Option<Vec<Plan>>,
    is_done: bool,
}

/// What the form sends.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RevertForm {
    since: String,
    reason: String,
}

/// `GET /users/{name}/reverts`: with `?since=2026-11-26T09:00`, what it would do.
///
/// # Errors
/// 404 when nobody has the name, and the store's own.
pub async fn form(
    by: MayModerate,
    request: HttpRequest,
    shared: Data<Shared>,
    db: Data<Db>,
    asked: Query<RevertForm>,
) -> Result<HttpResponse, Error> {
    let user = named(&request, &db).await?;
    let mut page = RevertsPage::new((&request, &shared), user, asked.into_inner());
    let Some(since) = page.since() else {
        let is_blank = page.form.since.is_empty();
        return page.answer(if is_blank { "" } else { NO_MOMENT }).await;
    };
    let user = page.user.clone();
    let plans = db.read(move |conn| reverts::plan(conn, &by.moderator, &user, since));
    page.plans = Some(plans.await?);
    page.answer("").await
}

/// `POST /users/{name}/reverts`: does it.
///
/// # Errors
/// 403 without the right session, 404 when nobody has the name, and the store's own.
pub async fn create(
    by: MayModerate,
    request: HttpRequest,
    shared: Data<Shared>,
    db: Data<Db>,
    posted: Posted<RevertForm>,
) -> Result<HttpResponse, Error> {
    let mut form = posted.trusted()?;
    form.reason = form.reason.trim().chars().take(LONGEST_REASON).collect();
    let user = named(&request, &db).await?;
    let mut page = RevertsPage::new((&request, &shared), user, form);
    let Some(since) = page.since() else {
        return page.answer(NO_MOMENT).await;
    };
    if page.form.reason.is_empty() {
        return page
            .answer("Say why, in one sentence. It becomes the note of every revision made.")
            .await;
    }
    let (user, reason, at) = (
        page.user.clone(),
        page.form.reason.clone(),
        shared.world.now(),
    );
    let done = db.write(move |conn| -> Result<_, DbError> {
        let before = changes::newest(conn)?;
        let plans = reverts::revert(conn, &by.moderator, &user, since, &reason, at)?;
        Ok((plans, changes::after(conn, before, i64::MAX)?))
    });
    let (plans, notices) = done.await?;
    shared.cache.invalidate(&stale::dependencies(&notices));
    (page.plans, page.is_done) = (Some(plans), true);
    page.answer("").await
}

const NO_MOMENT: &str =
    "Write since when: year, month, day, and the time if you like: 2026-11-26T09:00.";

impl RevertsPage {
    fn new((request, shared): (&HttpRequest, &Shared), user: User, form: RevertForm) -> Self {
        let (path, title) = (
            format!("{}/reverts", user.href()),
            format!("Take back the edits of {}", user.name),
        );
        Self {
            chrome: Chrome::new(shared, Viewer::of(request), path, title).with_no_index(),
            user,
            form,
            fault: "",
            plans: None,
            is_done: false,
        }
    }

    /// The moment named, in UTC.
    fn since(&self) -> Option<i64> {
        let moment: DateTime = self.form.since.trim().parse().ok()?;
        let moment = moment.to_zoned(TimeZone::UTC).ok()?;
        Some(moment.timestamp().as_microsecond())
    }

    async fn answer(mut self, fault: &'static str) -> Result<HttpResponse, Error> {
        self.fault = fault;
        let status = if fault.is_empty() {
            StatusCode::OK
        } else {
            StatusCode::UNPROCESSABLE_ENTITY
        };
        Ok(forms::page(status, render(self).await?))
    }

    /// "3, 5 and 8" without the "and".
    fn numbers(&self, plan: &Plan) -> String {
        let numbers: Vec<String> = plan.taken.iter().rev().map(ToString::to_string).collect();
        numbers.join(", ")
    }

    /// "Revision 3, Credits: changed by others since".
    fn words(&self, left: &Left) -> String {
        let what = match left.path.as_str() {
            "" => String::new(),
            path => format!(", {}", labels::field(labels::top(path))),
        };
        format!("Revision {}{what}: {}", left.number, left.why.label())
    }
}
