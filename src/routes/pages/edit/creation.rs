//! `/{kind}/new`: a page that is not there yet, through the one editor.

mod prefill;

use std::collections::BTreeSet;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse};

use crate::db::{Conn, Db, DbError, QueryResult};
use crate::models::changes::{self, Notice};
use crate::models::page::creation::{self, CreateError, Newborn};
use crate::models::page::save::{SaveError, Saved};
use crate::models::page::{Kind, Page};
use crate::models::user::Editor;
use crate::routes::pages::form::operations;
use crate::routes::pages::reading::kind;
use crate::routes::pages::stale;
use crate::text::slug::Slug;
use crate::web::forms::Posted;
use crate::web::guards::MayEdit;
use crate::web::limits;
use crate::web::{Error, Shared, Viewer};

use super::ground::{self, Ground};
use super::page::{EditPage, Told};
use super::sent::Sent;
use super::{form_of, preview};

pub use prefill::Asked;

/// `GET /{kind}/new`: the empty form, with what the link to it knew.
///
/// # Errors
/// The way in for those who are not logged in, and the store's own.
pub async fn form(
    _by: MayEdit,
    request: HttpRequest,
    shared: Data<Shared>,
    db: Data<Db>,
    asked: Query<Asked>,
) -> Result<HttpResponse, Error> {
    let kind = kind(&request)?;
    let ground = Ground::unborn(kind).map_err(Error::internal)?;
    let asked = asked.into_inner();
    let sent = db
        .read(move |conn| prefill::sent(conn, kind, &asked))
        .await?;
    let page = EditPage::new(&shared, Viewer::of(&request), form_of(kind), &ground, &sent);
    page.answer(StatusCode::OK).await
}

/// `POST /{kind}/new`: a button of the form, as in the form of a page that is there.
///
/// # Errors
/// 404 for an unknown kind, and the store's own.
pub async fn create(
    by: Option<MayEdit>,
    request: HttpRequest,
    shared: Data<Shared>,
    db: Data<Db>,
    posted: Posted<Vec<(String, String)>>,
) -> Result<HttpResponse, Error> {
    let kind = kind(&request)?;
    let (token_fits, form) = (posted.token_fits, form_of(kind));
    let mut sent = Sent::new(posted.form());
    // A page is made whole.
    sent.parts.clear();
    let (viewer, ground) = (
        Viewer::of(&request),
        Ground::unborn(kind).map_err(Error::internal)?,
    );
    if let Some(focus) = operations::apply(&mut sent.typed, &sent.operation) {
        sent.focus = focus;
        let page = EditPage::new(&shared, viewer, form, &ground, &sent);
        return page.answer(StatusCode::OK).await;
    }
    if sent.operation == "preview" && by.is_some() {
        return preview::show(&shared, &db, viewer, form, ground, sent).await;
    }
    let told =
        |told: Told| EditPage::new(&shared, viewer.clone(), form, &ground, &sent).telling(told);
    let Some(by) = by.filter(|_| token_fits) else {
        return told(Told::NotLoggedIn).answer(StatusCode::FORBIDDEN).await;
    };
    if sent.operation != "save" {
        return told(Told::Nothing).answer(StatusCode::OK).await;
    }
    if limits::edit(&shared, &by.0).is_err() {
        let page = told(Told::TooMany);
        return page.answer(StatusCode::TOO_MANY_REQUESTS).await;
    }
    let (editor, now) = (by.editor().clone(), shared.world.now());
    let (status, what) = match save(&db, editor, kind, sent.clone(), now).await {
        Ok(Outcome::Made(page, notice)) => {
            let stale = stale::dependencies(notice.as_slice());
            shared.cache.invalidate(&stale);
            let made = Saved::Revision {
                id: 0,
                number: 1,
                merged: false,
            };
            return Ok(super::to(&page.href(), &made));
        }
        Ok(Outcome::Refused(status, told)) => (status, told),
        Err(error) if error.is_unavailable() => (StatusCode::SERVICE_UNAVAILABLE, Told::Busy),
        Err(error) => return Err(error.into()),
    };
    told(what).answer(status).await
}

/// What became of a new page.
enum Outcome {
    Made(Box<Page>, Option<Notice>),
    Refused(StatusCode, Told),
}

async fn save(db: &Db, by: Editor, kind: Kind, sent: Sent, at: i64) -> Result<Outcome, DbError> {
    db.write(move |conn| saved(conn, &by, kind, &sent, at).map_err(DbError::from))
        .await
}

fn saved(conn: &mut Conn, by: &Editor, kind: Kind, sent: &Sent, at: i64) -> QueryResult<Outcome> {
    let ground = Ground::unborn(kind)?;
    let reading = ground::reading(conn, &ground, sent)?;
    let (document, faults) = ground::faults(kind, &reading);
    let Some(document) = document.filter(|_| faults.is_empty()) else {
        return Ok(refused(Told::Faults(faults)));
    };
    let told_apart: BTreeSet<i64> = match sent.is_apart {
        true => sent.alike.iter().copied().collect(),
        false => BTreeSet::new(),
    };
    let newborn = Newborn {
        document,
        wanted: Slug::parse(&sent.address).ok(),
        told_apart,
        note: match sent.note.as_str() {
            "" => "Made the page.".to_owned(),
            said => said.to_owned(),
        },
        at,
    };
    let placed = |faults: crate::models::page::content::Faults| {
        crate::models::page::content::Faults(
            faults.0.iter().map(|fault| reading.placed(fault)).collect(),
        )
    };
    match creation::create(conn, by, &newborn) {
        Ok(page) => {
            let notice = changes::newest_of(conn, page.id)?;
            Ok(Outcome::Made(Box::new(page), notice))
        }
        Err(CreateError::Alike(cards, faults)) => Ok(Outcome::Refused(
            StatusCode::CONFLICT,
            Told::Alike(cards, placed(faults)),
        )),
        Err(CreateError::Save(SaveError::Faults(faults))) => {
            Ok(refused(Told::Faults(placed(faults))))
        }
        Err(CreateError::Save(SaveError::Db(error))) => Err(error),
        // Nothing else can befall a page that nobody knows of yet.
        Err(CreateError::Save(_)) => Ok(refused(Told::Gone)),
    }
}

fn refused(told: Told) -> Outcome {
    Outcome::Refused(StatusCode::UNPROCESSABLE_ENTITY, told)
}
