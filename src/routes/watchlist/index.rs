//! `/watchlist`: changes of the pages one watches.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use serde::Deserialize;

use crate::db::Db;
use crate::models::changes::recent::{Entry, Recent, Wanted};
use crate::models::user::Role;
use crate::models::watch::{self, Watched};
use crate::routes::changes::line::{Day, Line, by_day};
use crate::routes::pages::frame::Moment;
use crate::web::guards::SignedIn;
use crate::web::viewer::Member;
use crate::web::{Chrome, Error, Shared, Viewer, filters, forms, render};

/// Changes on one page.
const SIZE: usize = 100;

/// The news, and what is watched.
#[derive(Template)]
#[template(path = "watchlist/index.html")]
struct WatchlistPage {
    chrome: Chrome,
    token: String,
    days: Vec<Day>,
    /// The newest entry shown, for the button that marks all as seen.
    newest: i64,
    has_unseen: bool,
    older: Option<String>,
    watched: Vec<Watched>,
    may_patrol: bool,
}

/// Where the list goes on.
#[derive(Deserialize)]
pub struct Asked {
    before: Option<i64>,
}

/// `GET /watchlist`.
///
/// # Errors
/// The way in for those who are not logged in, and the store's own.
pub async fn index(
    SignedIn(member): SignedIn,
    request: HttpRequest,
    shared: Data<Shared>,
    db: Data<Db>,
    asked: Query<Asked>,
) -> Result<HttpResponse, Error> {
    let (id, now, before) = (member.id, shared.world.now(), asked.before);
    let found = db.read(move |conn| {
        let watched = watch::of(conn, id, now)?;
        let wanted = Wanted {
            watched_by: Some((id, now)),
            before,
            ..Wanted::default()
        };
        Ok((Recent::load(conn, &wanted, SIZE)?, watched))
    });
    let (recent, watched) = found.await?;
    let seen = Seen::of(&watched);
    let newest = recent.entries.first().map_or(0, |entry| entry.id);
    let lines: Vec<Line> = recent
        .entries
        .into_iter()
        .map(|entry| {
            let is_unseen = seen.is_unseen(&entry, &member);
            Line::new(entry, is_unseen)
        })
        .collect();
    let chrome = Chrome::new(
        &shared,
        Viewer::of(&request),
        "/watchlist",
        "Your watchlist",
    );
    let page = WatchlistPage {
        chrome: chrome.with_no_index(),
        token: member.token.clone(),
        has_unseen: lines.iter().any(|line| line.is_unseen),
        days: by_day(lines),
        newest,
        older: recent
            .older
            .map(|before| format!("/watchlist?before={before}")),
        watched,
        may_patrol: member.role >= Role::Editor,
    };
    Ok(forms::page(StatusCode::OK, render(page).await?))
}

/// Up to which entry news were seen: of each page, and of what belongs to dramas.
struct Seen {
    pages: HashMap<i64, i64>,
    rest: i64,
}

impl Seen {
    fn of(watched: &[Watched]) -> Self {
        let wide = watched.iter().filter(|watched| watched.is_wide);
        Self {
            pages: watched.iter().map(|it| (it.page, it.seen)).collect(),
            rest: wide.map(|watched| watched.seen).min().unwrap_or(i64::MAX),
        }
    }

    /// What one did oneself is no news.
    fn is_unseen(&self, entry: &Entry, member: &Member) -> bool {
        let seen = self.pages.get(&entry.page_id).copied();
        entry.id > seen.unwrap_or(self.rest) && entry.author != member.name
    }
}

impl WatchlistPage {
    /// "until 3 December 2026".
    fn until(&self, watched: &Watched) -> Option<String> {
        let until = watched.expires_at?;
        Some(format!("until {}", Moment::of(until).day))
    }
}
