//! `/moderation/log`: what was done with more than an editor's right.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use serde::Deserialize;

use crate::db::Db;
use crate::models::audit::{self, Asked, Deed};
use crate::models::user::{self, Role, User};
use crate::routes::changes::asked::with_query;
use crate::routes::pages::frame::Moment;
use crate::web::guards::MayModerate;
use crate::web::{Chrome, Error, Shared, Viewer, filters, forms, render};

/// Entries on one page.
const SIZE: i64 = 100;

/// The log.
#[derive(Template)]
#[template(path = "moderation/log.html")]
struct LogPage {
    chrome: Chrome,
    asked: Query<LogQuery>,
    lines: Vec<Line>,
    older: Option<String>,
}

/// One entry.
pub struct Line {
    pub entry: audit::Line,
    pub done: Moment,
}

/// What the address asks for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct LogQuery {
    deed: String,
    /// Whom it was done to.
    member: String,
    before: Option<i64>,
}

/// `GET /moderation/log`.
///
/// # Errors
/// The store's own.
pub async fn index(
    by: MayModerate,
    request: HttpRequest,
    shared: Data<Shared>,
    db: Data<Db>,
    query: Query<LogQuery>,
) -> Result<HttpResponse, Error> {
    let asked = query.clone();
    let found = db.read(move |conn| {
        let subject = match asked.member.trim() {
            "" => None,
            name => Some(User::named(conn, name)?.map_or(0, |user| user.id)),
        };
        let asked = Asked {
            before: asked.before,
            deed: asked.deed.parse::<Deed>().ok(),
            subject,
            ..Asked::default()
        };
        audit::page(conn, &by.moderator, &asked, SIZE)
    });
    let found = found.await?;
    let is_full = i64::try_from(found.len()).unwrap_or(i64::MAX) == SIZE;
    let last = found.last().filter(|_| is_full).map(|line| line.id);
    let chrome = Chrome::new(
        &shared,
        Viewer::of(&request),
        "/moderation/log",
        "Log of the moderators",
    );
    let page = LogPage {
        chrome: chrome.with_no_index(),
        older: last.map(|last| query.older(last)),
        lines: lines(found),
        asked: query,
    };
    Ok(forms::page(StatusCode::OK, render(page).await?))
}

/// Entries with their moments.
pub fn lines(entries: Vec<audit::Line>) -> Vec<Line> {
    entries
        .into_iter()
        .map(|entry| Line {
            done: Moment::of(entry.at),
            entry,
        })
        .collect()
}

impl LogQuery {
    fn older(&self, before: i64) -> String {
        let before = before.to_string();
        let pairs = [
            ("deed", self.deed.as_str()),
            ("member", &self.member),
            ("before", &before),
        ];
        let query = serde_urlencoded::to_string(pairs).unwrap_or_default();
        with_query("/moderation/log", &query)
    }
}

impl LogPage {
    fn deeds(&self) -> &'static [Deed] {
        Deed::ALL
    }
}

impl Line {
    /// Address of the page it was done to.
    pub fn page_href(&self) -> String {
        let page = self.entry.page.as_ref();
        page.map_or_else(String::new, |(_, kind, slug, _)| {
            format!("/{}/{slug}", kind.plural())
        })
    }

    /// Title of the page; empty where it was done to none.
    pub fn page_title(&self) -> &str {
        self.entry.page.as_ref().map_or("", |(.., title)| title)
    }

    /// The role before and the one given, where one was.
    pub fn roles(&self) -> Option<(&'static str, &'static str)> {
        let details = self.entry.details();
        let role = |key: &str| details.get(key)?.as_str()?.parse::<Role>().ok();
        (self.entry.deed == Deed::Role)
            .then(|| Some((role("from")?.label(), role("to")?.label())))?
    }

    /// Name and page of the member it was done to.
    pub fn subject(&self) -> Option<(&str, String)> {
        let name = self.entry.subject.as_deref()?;
        Some((name, user::href(name)))
    }
}
