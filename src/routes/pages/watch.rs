//! `/{kind}/{slug}/watch`: whether and for how long one watches a page.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use serde::Deserialize;

use crate::db::{Db, DbError};
use crate::models::page::{Kind, Page, State};
use crate::models::watch::{self, Watched};
use crate::routes::pages::elsewhere;
use crate::routes::pages::frame::{Moment, nav};
use crate::routes::pages::reading::{kind, segment};
use crate::web::forms::{self, Posted, see_other};
use crate::web::guards::SignedIn;
use crate::web::{Chrome, Error, Shared, Viewer, filters, render};

const DAY: i64 = 24 * 3_600 * 1_000_000;
/// How long a page can be watched: as forms say it, in words, in days; 0 is for ever.
const LENGTHS: [(&str, &str, i64); 4] = [
    ("ever", "until I end it", 0),
    ("1w", "a week", 7),
    ("1m", "a month", 30),
    ("3m", "three months", 90),
];

/// The form.
#[derive(Template)]
#[template(path = "pages/watch.html")]
struct WatchPage {
    chrome: Chrome,
    page: Page,
    now: Option<Watched>,
}

/// What the form sends.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct WatchForm {
    /// `page`, `wide` for a drama with all that belongs to it, or `no`.
    what: String,
    length: String,
}

/// `GET /{kind}/{slug}/watch`.
///
/// # Errors
/// The way in for those who are not logged in, 404, and the store's own.
pub async fn form(
    SignedIn(member): SignedIn,
    request: HttpRequest,
    shared: Data<Shared>,
    db: Data<Db>,
) -> Result<HttpResponse, Error> {
    let (kind, text) = (kind(&request)?, segment(&request, 1)?);
    let (slug, id, now) = (text.as_title().to_owned(), member.id, shared.world.now());
    let found = db.read(move |conn| {
        let page = Page::at(conn, kind, &slug)?.filter(|page| page.state == State::Live);
        Ok((page, watch::of(conn, id, now)?))
    });
    let (Some(page), watched) = found.await? else {
        return elsewhere::answer(&shared, &db, kind, text).await;
    };
    let title = format!("Watch {}, {}", page.title, page.href());
    let path = format!("{}/watch", page.href());
    let filled = WatchPage {
        chrome: Chrome::new(&shared, Viewer::of(&request), path, title)
            .with_section(nav(page.kind))
            .with_no_index(),
        now: watched.into_iter().find(|watched| watched.page == page.id),
        page,
    };
    Ok(forms::page(StatusCode::OK, render(filled).await?))
}

/// `POST /{kind}/{slug}/watch`.
///
/// # Errors
/// 403 without the right session, 404, and the store's own.
pub async fn save(
    SignedIn(member): SignedIn,
    request: HttpRequest,
    shared: Data<Shared>,
    db: Data<Db>,
    posted: Posted<WatchForm>,
) -> Result<HttpResponse, Error> {
    let form = posted.trusted()?;
    let (kind, text) = (kind(&request)?, segment(&request, 1)?);
    let (slug, now) = (text.as_title().to_owned(), shared.world.now());
    let done = db.write(move |conn| -> Result<_, DbError> {
        let page = Page::at(conn, kind, &slug)?.filter(|page| page.state == State::Live);
        let Some(page) = page else { return Ok(None) };
        match form.what.as_str() {
            "no" => watch::end(conn, member.id, page.id)?,
            what => {
                let is_wide = what == "wide" && page.kind == Kind::Drama;
                watch::set(conn, member.id, page.id, (is_wide, form.until(now)), now)?;
            }
        }
        Ok(Some(page))
    });
    match done.await? {
        Some(page) => Ok(see_other(&page.href())),
        None => elsewhere::answer(&shared, &db, kind, text).await,
    }
}

impl WatchForm {
    fn until(&self, now: i64) -> Option<i64> {
        let mut lengths = LENGTHS.iter();
        let (.., days) = lengths.find(|(name, ..)| *name == self.length)?;
        (*days > 0).then(|| now + days * DAY)
    }
}

impl WatchPage {
    fn kinds(&self) -> String {
        format!("{}s", self.page.kind.label())
    }

    fn href(&self) -> String {
        self.page.href()
    }

    /// The choices: value, words, and whether it is so now.
    fn choices(&self) -> Vec<(&'static str, &'static str, bool)> {
        let (is_watched, is_wide) = match &self.now {
            Some(now) => (true, now.is_wide),
            None => (false, false),
        };
        let is_drama = self.page.kind == Kind::Drama;
        let mut choices = vec![(
            "page",
            "Watch this page",
            is_watched && !is_wide || !is_watched && !is_drama,
        )];
        if is_drama {
            let is_chosen = is_wide || !is_watched;
            choices.push(("wide", "Watch it with all its songs and albums", is_chosen));
        }
        if is_watched {
            choices.push(("no", "Watch it no more", false));
        }
        choices
    }

    fn lengths(&self) -> &'static [(&'static str, &'static str, i64)] {
        &LENGTHS
    }

    /// "until 3 December 2026".
    fn until(&self) -> Option<String> {
        let until = self.now.as_ref()?.expires_at?;
        Some(format!("until {}", Moment::of(until).day))
    }
}
