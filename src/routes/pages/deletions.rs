//! `/{kind}/{slug}/deletion`: a page taken away, or brought back.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use serde::Deserialize;

use crate::db::Db;
use crate::models::changes;
use crate::models::page::content::Faults;
use crate::models::page::history::{self, Entry};
use crate::models::page::lives::{self, LifeError};
use crate::models::page::revision::Revision;
use crate::models::page::{Page, State, backlinks, labels};
use crate::models::{catalogue, user::Moderator};
use crate::routes::pages::frame::Moment;
use crate::routes::pages::tool::{self, Around, Refusal};
use crate::web::forms::{Posted, see_other};
use crate::web::guards::MayModerate;
use crate::web::{Chrome, Error, Shared, filters};

/// What the form sends.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct DeletionForm {
    reason: String,
}

/// What moderators see of a page that is to be deleted, or was.
#[derive(Template)]
#[template(path = "pages/deletion.html")]
struct DeletionPage {
    chrome: Chrome,
    around: Around,
    is_deleted: bool,
    /// Why it was deleted.
    note: String,
    /// Of a page that is there: how many pages name it.
    links: i64,
    /// Of a deleted page: its newest revisions and what it said last, as a content file.
    past: Vec<(Entry, Moment)>,
    source: String,
    form: DeletionForm,
    faults: Faults,
}

const BELOW: &str = "/deletion";

/// `GET /{kind}/{slug}/deletion`.
///
/// # Errors
/// 403 for others than moderators, 404, and the store's own.
pub async fn form(
    by: MayModerate,
    request: HttpRequest,
    shared: Data<Shared>,
    db: Data<Db>,
) -> Result<HttpResponse, Error> {
    let page = match tool::find(&request, &shared, &db, BELOW).await? {
        Ok(page) if page.state != State::Merged => page,
        Ok(page) => return Ok(see_other(&format!("{}/merge", page.href()))),
        Err(elsewhere) => return Ok(elsewhere),
    };
    let made = made(&by, (&request, &shared, &db), page, DeletionForm::default()).await?;
    tool::answer(StatusCode::OK, made).await
}

async fn made(
    _by: &MayModerate,
    (request, shared, db): (&HttpRequest, &Shared, &Db),
    page: Page,
    form: DeletionForm,
) -> Result<DeletionPage, Error> {
    let asked = page.clone();
    let is_deleted = page.state == State::Deleted;
    let (links, past, source) = db
        .read(move |conn| {
            if !is_deleted {
                return Ok((backlinks::count(conn, asked.id)?, Vec::new(), String::new()));
            }
            let past = history::newest(conn, &asked)?;
            let latest = Revision::latest(conn, &asked)?;
            let source = latest.map(|latest| catalogue::export::source(conn, asked.kind, &latest));
            Ok((0, past, source.transpose()?.unwrap_or_default()))
        })
        .await?;
    let words = if is_deleted { "Bring back" } else { "Delete" };
    Ok(DeletionPage {
        chrome: tool::chrome(shared, request, &page, BELOW, words),
        around: Around::new(&page),
        is_deleted,
        note: page.deletion_note,
        links,
        past: past
            .into_iter()
            .map(|mut entry| {
                let saved = Moment::of(entry.at);
                entry.author = labels::author(&entry.author).to_owned();
                (entry, saved)
            })
            .collect(),
        source,
        form,
        faults: Faults::default(),
    })
}

/// `POST /{kind}/{slug}/deletion`.
///
/// # Errors
/// 403 for others than moderators, 404, and the store's own.
pub async fn create(
    by: MayModerate,
    request: HttpRequest,
    shared: Data<Shared>,
    db: Data<Db>,
    posted: Posted<DeletionForm>,
) -> Result<HttpResponse, Error> {
    changed(
        &by,
        (&request, &shared, &db),
        posted,
        |conn, by, page, note, at| lives::delete(conn, by, page.id, note, at),
    )
    .await
}

/// `POST /{kind}/{slug}/undeletion`.
///
/// # Errors
/// As [`create`].
pub async fn delete(
    by: MayModerate,
    request: HttpRequest,
    shared: Data<Shared>,
    db: Data<Db>,
    posted: Posted<DeletionForm>,
) -> Result<HttpResponse, Error> {
    changed(
        &by,
        (&request, &shared, &db),
        posted,
        |conn, by, page, note, at| lives::undelete(conn, by, page.id, note, at).map(drop),
    )
    .await
}

type Deed = fn(&mut crate::db::Conn, &Moderator, &Page, &str, i64) -> Result<(), LifeError>;

async fn changed(
    by: &MayModerate,
    (request, shared, db): (&HttpRequest, &Shared, &Db),
    posted: Posted<DeletionForm>,
    deed: Deed,
) -> Result<HttpResponse, Error> {
    let form = posted.trusted()?;
    let page = match tool::find(request, shared, db, BELOW).await? {
        Ok(page) => page,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let (moderator, subject) = (by.moderator.clone(), page.clone());
    let (note, at) = (tool::one_line(&form.reason), shared.world.now());
    let done = db.write(move |conn| {
        changes::noticed(conn, |conn| deed(conn, &moderator, &subject, &note, at))
    });
    let error = match done.await {
        Ok(((), notices)) => {
            tool::forget(shared, &notices);
            // Where it is gone one sees that it is gone.
            return Ok(see_other(&page.href()));
        }
        Err(error) => error,
    };
    let mut made = made(by, (request, shared, db), page, form).await?;
    let status = match tool::sorted(error)? {
        Refusal::Other(LifeError::NoteMissing) => {
            made.faults.add(
                "reason",
                "Give the reason. Readers see it where the page was.",
            );
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Refusal::Gone => {
            made.faults
                .add("", "Somebody was faster: the page is as you see it now.");
            StatusCode::CONFLICT
        }
        Refusal::Faulty(_) | Refusal::Protected(_) => StatusCode::CONFLICT,
        Refusal::Other(error) => return Err(Error::internal(error)),
    };
    tool::answer(status, made).await
}
