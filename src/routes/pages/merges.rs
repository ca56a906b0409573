//! `/{kind}/{slug}/merge`: two pages about one thing become one, and are taken apart again.

use std::collections::BTreeSet;

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use serde::Deserialize;

use crate::db::{Conn, Db, QueryResult};
use crate::models::changes;
use crate::models::page::card::Card;
use crate::models::page::content::Faults;
use crate::models::page::lives::{self, LifeError, Why};
use crate::models::page::named::{Found, Named};
use crate::models::page::{Kind, Page, PageId, State};
use crate::routes::pages::tool::{self, Around, Refusal};
use crate::web::forms::{Posted, see_other};
use crate::web::guards::MayModerate;
use crate::web::{Chrome, Error, Shared, filters};

/// What the form sends.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct MergeForm {
    /// A title, an address or a reference.
    into: String,
    reason: String,
}

/// The form.
#[derive(Template)]
#[template(path = "pages/merge.html")]
struct MergePage {
    chrome: Chrome,
    around: Around,
    /// The page it was merged into.
    merged: Option<Card>,
    form: MergeForm,
    faults: Faults,
    /// Pages the text may mean.
    several: Vec<Card>,
}

const BELOW: &str = "/merge";

async fn made(
    (request, shared, db): (&HttpRequest, &Shared, &Db),
    page: &Page,
    form: MergeForm,
) -> Result<MergePage, Error> {
    let merged = match page.merged_into {
        Some(into) => db.read(move |conn| Page::find(conn, into)).await?,
        None => None,
    };
    let words = if merged.is_some() {
        "Take the merge apart"
    } else {
        "Merge"
    };
    Ok(MergePage {
        chrome: tool::chrome(shared, request, page, BELOW, words),
        around: Around::new(page),
        merged: merged.as_ref().map(Card::from),
        form,
        faults: Faults::default(),
        several: Vec::new(),
    })
}

/// `GET /{kind}/{slug}/merge`.
///
/// # Errors
/// 403 for others than moderators, 404, and the store's own.
pub async fn form(
    _by: MayModerate,
    request: HttpRequest,
    shared: Data<Shared>,
    db: Data<Db>,
) -> Result<HttpResponse, Error> {
    let page = match tool::find(&request, &shared, &db, BELOW).await? {
        Ok(page) if page.state != State::Deleted => page,
        Ok(page) => return Ok(see_other(&page.href())),
        Err(elsewhere) => return Ok(elsewhere),
    };
    let made = made((&request, &shared, &db), &page, MergeForm::default()).await?;
    tool::answer(StatusCode::OK, made).await
}

/// `POST /{kind}/{slug}/merge`.
///
/// # Errors
/// 403 for others than moderators, 404, and the store's own.
pub async fn create(
    by: MayModerate,
    request: HttpRequest,
    shared: Data<Shared>,
    db: Data<Db>,
    posted: Posted<MergeForm>,
) -> Result<HttpResponse, Error> {
    let form = posted.trusted()?;
    let page = match tool::live(&request, &shared, &db, BELOW).await? {
        Ok(page) => page,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let mut made = made((&request, &shared, &db), &page, form.clone()).await?;
    let (kind, text) = (page.kind, form.into.trim().to_owned());
    let found = db.read(move |conn| named(conn, kind, &text)).await?;
    let into = chosen(&mut made, &page, found);
    if form.reason.trim().is_empty() {
        made.faults
            .add("reason", "Say why the two are one, in a sentence.");
    }
    let Some(into) = into.filter(|_| made.faults.is_empty()) else {
        return tool::answer(StatusCode::UNPROCESSABLE_ENTITY, made).await;
    };
    let (moderator, id, at) = (by.moderator.clone(), page.id, shared.world.now());
    let note = tool::one_line(&form.reason);
    let done = db.write(move |conn| {
        changes::noticed(conn, |conn| {
            lives::merge_into(conn, &moderator, id, into, Why { note: &note, at })
        })
    });
    match done.await {
        Ok((merged, notices)) => {
            tool::forget(&shared, &notices);
            Ok(see_other(&match merged.revision {
                Some(number) => format!("{}/diff?to={number}", merged.into.href()),
                None => merged.into.href(),
            }))
        }
        Err(error) => refused(made, error).await,
    }
}

/// `POST /{kind}/{slug}/unmerge`.
///
/// # Errors
/// 403 for others than moderators, 404, and the store's own.
pub async fn delete(
    by: MayModerate,
    request: HttpRequest,
    shared: Data<Shared>,
    db: Data<Db>,
    posted: Posted<MergeForm>,
) -> Result<HttpResponse, Error> {
    let form = posted.trusted()?;
    let page = match tool::find(&request, &shared, &db, BELOW).await? {
        Ok(page) => page,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let mut made = made((&request, &shared, &db), &page, form.clone()).await?;
    if form.reason.trim().is_empty() {
        made.faults
            .add("reason", "Say why the two are not one, in a sentence.");
        return tool::answer(StatusCode::UNPROCESSABLE_ENTITY, made).await;
    }
    let (moderator, id, at) = (by.moderator.clone(), page.id, shared.world.now());
    let note = tool::one_line(&form.reason);
    let done = db.write(move |conn| {
        changes::noticed(conn, |conn| {
            lives::unmerge(conn, &moderator, id, Why { note: &note, at })
        })
    });
    match done.await {
        Ok((apart, notices)) => {
            tool::forget(&shared, &notices);
            Ok(see_other(&apart.page.href()))
        }
        Err(error) => refused(made, error).await,
    }
}

fn named(conn: &mut Conn, kind: Kind, text: &str) -> QueryResult<Named> {
    let texts = BTreeSet::from([(kind, text.to_owned())]);
    Named::load(conn, &texts)
}

/// The page the form names; what is wrong goes to its faults.
fn chosen(made: &mut MergePage, page: &Page, named: Named) -> Option<PageId> {
    let text = made.form.into.trim().to_owned();
    if text.is_empty() {
        made.faults.add(
            "into",
            "Name the page that is to stay: its title or its address.",
        );
        return None;
    }
    match named.find(page.kind, &text) {
        Found::One(card) if card.id != page.id => Some(card.id),
        Found::One(_) => {
            made.faults
                .add("into", "That is this page itself. Name the other one.");
            None
        }
        Found::Several(cards) => {
            made.several = cards
                .iter()
                .filter(|card| card.id != page.id)
                .cloned()
                .collect();
            match made.several.as_slice() {
                [one] => Some(one.id),
                _ => {
                    made.faults.add(
                        "into",
                        "Several pages are called so. Give the address of the one you mean.",
                    );
                    None
                }
            }
        }
        Found::Nothing => {
            made.faults.add(
                "into",
                format!("There is no {} of this name or address.", page.kind),
            );
            None
        }
    }
}

async fn refused(mut made: MergePage, error: LifeError) -> Result<HttpResponse, Error> {
    let says = match tool::sorted(error)? {
        Refusal::Gone => "One of the two pages went away meanwhile.".to_owned(),
        Refusal::Protected(lock) => format!(
            "The page that would stay is protected: only {} may {}.",
            lock.who, lock.what
        ),
        Refusal::Faulty(messages) => format!(
            "The two cannot be one page as they are. {}",
            messages.join(" ")
        ),
        Refusal::Other(LifeError::NotMerged) => "The page is not merged any more.".to_owned(),
        Refusal::Other(error) => return Err(Error::internal(error)),
    };
    made.faults.add("", says);
    tool::answer(StatusCode::CONFLICT, made).await
}
