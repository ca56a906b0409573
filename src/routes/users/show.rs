//! `/users/{name}`.

use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use serde::Deserialize;

use crate::db::{Db, Micros};
use crate::models::page::RevisionId;
use crate::models::user::User;
use crate::models::user::contributions::{self, Contribution};
use crate::routes::pages::elsewhere::moved;
use crate::routes::pages::reading::segment;
use crate::web::page_cache::private;
use crate::web::{Chrome, Error, Rendered, Shared, Viewer, filters, render};

/// Contributions on one page.
const ON_A_PAGE: usize = 50;

/// A member and what they have written.
#[derive(Template)]
#[template(path = "users/show.html")]
struct ShowPage {
    chrome: Chrome,
    user: User,
    /// "22 November 2026".
    since: String,
    lines: Vec<Line>,
    /// Whether the newest ones are not on this page.
    is_continued: bool,
    /// The address of the next page.
    next: Option<String>,
}

impl ShowPage {
    /// Whether the reader may block the member and take back what they did.
    fn may_moderate(&self) -> bool {
        let member = self.chrome.viewer.member.as_ref();
        member.is_some_and(|member| member.moderator.is_some())
    }
}

/// One contribution.
struct Line {
    made: Contribution,
    /// RFC 3339 in UTC.
    at: String,
    day: String,
}

/// Where the list goes on.
#[derive(Deserialize)]
pub struct Asked {
    before: Option<RevisionId>,
}

/// `GET /users/{name}`. The list changes with every save, so no cache keeps it.
///
/// # Errors
/// 404 when nobody has the name, and those of the store and of rendering.
pub async fn show(
    request: HttpRequest,
    shared: Data<Shared>,
    db: Data<Db>,
    asked: Query<Asked>,
) -> Result<HttpResponse, Error> {
    let text = segment(&request, 1)?;
    let (name, before) = (text.as_title().to_owned(), asked.before);
    let found = db.read(move |conn| {
        let Some(user) = User::named(conn, &name)? else {
            return Ok(None);
        };
        let limit = i64::try_from(ON_A_PAGE).unwrap_or(0) + 1;
        let made = contributions::page(conn, &user.name, before, limit)?;
        Ok(Some((user, made)))
    });
    let (user, mut made) = found.await?.ok_or(Error::NotFound)?;
    if text.as_title() != user.name {
        return Ok(moved(&user.href()));
    }
    let has_more = made.len() > ON_A_PAGE;
    made.truncate(ON_A_PAGE);
    let last = made.last().filter(|_| has_more);
    let next = last.map(|last| format!("{}?before={}", user.href(), last.id));
    let chrome = Chrome::new(
        &shared,
        Viewer::of(&request),
        user.href(),
        user.name.clone(),
    )
    .with_no_index();
    let page = ShowPage {
        chrome,
        since: day(user.created_at),
        user,
        lines: made.into_iter().map(line).collect(),
        is_continued: before.is_some(),
        next,
    };
    Ok(private(Rendered::html(render(page).await?, Vec::new())))
}

fn line(made: Contribution) -> Line {
    let at = Micros(made.at).timestamp();
    Line {
        at: at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        day: day(made.at),
        made,
    }
}

fn day(at: i64) -> String {
    Micros(at).timestamp().strftime("%-d %B %Y").to_string()
}
