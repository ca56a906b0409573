//! What the pages of page tools have in common: the page they are about, what stands around their forms, and what follows a deed.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::db::{Db, DbError};
use crate::models::changes::Notice;
use crate::models::page::lives::LifeError;
use crate::models::page::protection::Protection;
use crate::models::page::save::SaveError;
use crate::models::page::{Page, State};
use crate::routes::pages::elsewhere;
use crate::routes::pages::frame::{Moment, nav};
use crate::routes::pages::reading::{kind, segment};
use crate::routes::pages::stale;
use crate::web::forms::page;
use crate::web::{Chrome, Error, Shared, Viewer, error_pages, render};

/// Longest reason, in characters.
const LONGEST_REASON: usize = 500;

/// The way back from a tool's page.
#[derive(Debug, Clone)]
pub struct Around {
    pub title: String,
    pub href: String,
    pub section: &'static str,
    /// "Songs".
    pub kinds: String,
    /// "song".
    pub kind: &'static str,
}

impl Around {
    /// Of a page.
    pub fn new(page: &Page) -> Self {
        Self {
            title: page.title.clone(),
            href: page.href(),
            section: nav(page.kind),
            kinds: format!("{}s", page.kind.label()),
            kind: page.kind.as_str(),
        }
    }
}

/// A protection in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lock {
    /// "edit this page".
    pub what: &'static str,
    /// "moderators and administrators".
    pub who: &'static str,
    pub reason: String,
    pub by: String,
    pub since: Moment,
    pub until: Option<Moment>,
}

impl Lock {
    /// Of a protection.
    pub fn of(protection: &Protection) -> Self {
        Self {
            what: protection.action.words(),
            who: protection.who(),
            reason: protection.reason.clone(),
            by: protection.by.clone(),
            since: Moment::of(protection.at),
            until: protection.until.map(Moment::of),
        }
    }
}

/// The page at the address, whatever has become of it, or the answer that leads to where it is; `below` is what the address has
/// behind the page's own, with its slash.
///
/// # Errors
/// 404, and the store's own.
pub async fn find(
    request: &HttpRequest,
    shared: &Shared,
    db: &Db,
    below: &str,
) -> Result<Result<Page, HttpResponse>, Error> {
    let (kind, text) = (kind(request)?, segment(request, 1)?);
    if text.was_canonical() {
        let slug = text.as_title().to_owned();
        let found = db.read(move |conn| Page::at(conn, kind, &slug)).await?;
        if let Some(page) = found.filter(|page| page.state != State::Reserved) {
            return Ok(Ok(page));
        }
    }
    elsewhere::below(shared, db, kind, text, below)
        .await
        .map(Err)
}

/// The live page at the address, or the answer that says what has become of it.
///
/// # Errors
/// 404, and the store's own.
pub async fn live(
    request: &HttpRequest,
    shared: &Shared,
    db: &Db,
    below: &str,
) -> Result<Result<Page, HttpResponse>, Error> {
    match find(request, shared, db, below).await? {
        Ok(page) if page.state == State::Live => Ok(Ok(page)),
        Ok(page) => {
            let text = segment(request, 1)?;
            elsewhere::below(shared, db, page.kind, text, below)
                .await
                .map(Err)
        }
        elsewhere => Ok(elsewhere),
    }
}

/// The frame of a tool's page: `below` as in [`find`], `words` such as "Rename".
pub fn chrome(
    shared: &Shared,
    request: &HttpRequest,
    page: &Page,
    below: &str,
    words: &str,
) -> Chrome {
    Chrome::new(
        shared,
        Viewer::of(request),
        format!("{}{below}", page.href()),
        format!("{words}: {}, {}", page.title, page.href()),
    )
    .with_section(nav(page.kind))
    .with_no_index()
}

/// A tool's page, complete whatever its status.
///
/// # Errors
/// Those of rendering.
pub async fn answer(
    status: StatusCode,
    template: impl Template + Send + 'static,
) -> Result<HttpResponse, Error> {
    let mut answer = page(status, render(template).await?);
    answer.extensions_mut().insert(error_pages::Finished);
    Ok(answer)
}

/// Lets the cache of this process forget what a deed made stale.
pub fn forget(shared: &Shared, notices: &[Notice]) {
    shared.cache.invalidate(&stale::dependencies(notices));
}

/// A reason as typed: one line, no longer than one may be.
pub fn one_line(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    words.chars().take(LONGEST_REASON).collect()
}

/// What a page that is not there, a protection and the store have to say to whoever tried; everything else is the tool's own to tell.
pub enum Refusal {
    /// The page went away meanwhile.
    Gone,
    Protected(Box<Lock>),
    /// The content that would come of it has faults: each in a sentence.
    Faulty(Vec<String>),
    Other(LifeError),
}

/// Sorts a refusal.
///
/// # Errors
/// The store's own.
pub fn sorted(error: LifeError) -> Result<Refusal, Error> {
    Ok(match error {
        LifeError::Store(error) => return Err(error.into()),
        LifeError::Db(error) => return Err(DbError::from(error).into()),
        LifeError::NotLive => Refusal::Gone,
        LifeError::Protected(protection) => Refusal::Protected(Box::new(Lock::of(&protection))),
        LifeError::Save(SaveError::Faults(faults)) => {
            Refusal::Faulty(faults.0.into_iter().map(|fault| fault.message).collect())
        }
        error => Refusal::Other(error),
    })
}
