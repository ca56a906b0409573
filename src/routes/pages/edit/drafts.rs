//! Drafts: kept by a button, by a script or after a refused save, and offered when their member comes back.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE};

use crate::config::Config;
use crate::db::{Conn, DbError, QueryResult};
use crate::models::page::Kind;
use crate::models::page::card::Cards;
use crate::models::page::diff::{self, Diff};
use crate::models::user::{UserId, draft};
use crate::routes::pages::comparison::Comparison;
use crate::routes::pages::frame::Moment;
use crate::web::forms::see_other;
use crate::web::guards::MayEdit;
use crate::web::{Error, limits};

use super::faults::faults;
use super::ground::{self, Ground};
use super::planned;
use super::press::Press;
use super::sent::Sent;
use super::told::Told;

/// A draft that waits for its member.
pub struct Waiting {
    pub sent: Sent,
    pub saved_at: i64,
    diff: Diff,
    /// Something in it cannot be saved as it stands.
    is_faulty: bool,
}

/// What is said of it above the form.
#[derive(Debug)]
pub struct Offer {
    pub saved: Moment,
    pub is_faulty: bool,
    pub changes: Comparison,
}

impl From<Waiting> for Offer {
    fn from(waiting: Waiting) -> Self {
        Self {
            saved: Moment::of(waiting.saved_at),
            is_faulty: waiting.is_faulty,
            changes: Comparison::from(waiting.diff),
        }
    }
}

/// A page to be edited, the pages it names, and the draft its member has of it with the ground that began from.
type Opened = (Ground, Cards, Option<(Ground, Waiting)>);

/// The live page at this address and what waits there for a member.
pub fn opened(
    conn: &mut Conn,
    kind: Kind,
    slug: &str,
    by: UserId,
    at: (&Config, i64),
) -> QueryResult<Option<Opened>> {
    let Some((ground, cards)) = Ground::latest(conn, kind, slug)? else {
        return Ok(None);
    };
    let waiting = find(conn, by, &ground, at)?;
    Ok(Some((ground, cards, waiting)))
}

/// The draft a member has of a page, unless the page says all of it already.
fn find(
    conn: &mut Conn,
    by: UserId,
    ground: &Ground,
    (config, now): (&Config, i64),
) -> QueryResult<Option<(Ground, Waiting)>> {
    let page = &ground.page;
    let place = draft::place_of(page.id);
    let Some(kept) = draft::find(conn, by, &place, now, config.people.drafts)? else {
        return Ok(None);
    };
    let sent = Sent::new(kept.fields);
    let Some(mut began) = Ground::at(conn, page.kind, &page.slug, sent.base)? else {
        return Ok(None);
    };
    began.blame.clone_from(&ground.blame);
    let reading = ground::reading(conn, &began, &sent)?;
    let (document, found) = faults(page.kind, &reading);
    let is_faulty = !found.is_empty();
    let diff = match document.filter(|_| !is_faulty) {
        Some(document) => planned::proposed(conn, &began, document)?.diff,
        // As far as it could be read.
        None => diff::diff(conn, page.kind, &ground.base.flat, &reading.flat)?,
    };
    if diff.is_empty() && !is_faulty {
        return Ok(None);
    }
    let waiting = Waiting {
        sent,
        saved_at: kept.saved_at,
        diff,
        is_faulty,
    };
    Ok(Some((began, waiting)))
}

/// A new page somebody began, as the form of another one tells of it.
#[derive(Debug)]
pub struct Begun {
    /// The number of its form.
    pub form: String,
    /// The first name typed; may be empty.
    pub title: String,
    pub saved: Moment,
}

/// The new pages of a kind a member has begun, the newest first.
pub fn begun(
    conn: &mut Conn,
    kind: Kind,
    by: UserId,
    (config, now): (&Config, i64),
) -> QueryResult<Vec<Begun>> {
    let drafts = draft::unborn(conn, by, now, config.people.drafts)?;
    let of_kind = drafts.into_iter().filter(|draft| draft.kind == kind);
    Ok(of_kind
        .map(|draft| Begun {
            form: draft.form,
            title: draft.title,
            saved: Moment::of(draft.saved_at),
        })
        .collect())
}

/// A new page as its member left it, and when.
pub fn left(
    conn: &mut Conn,
    kind: Kind,
    form: &str,
    by: UserId,
    (config, now): (&Config, i64),
) -> QueryResult<Option<(Sent, i64)>> {
    let place = draft::place_of_new(kind, form);
    let kept = draft::find(conn, by, &place, now, config.people.drafts)?;
    Ok(kept.map(|kept| (Sent::new(kept.fields), kept.saved_at)))
}

/// Keeps the form as a draft: the form again for readers, a bare time for scripts.
pub async fn save(press: Press, by: &MayEdit) -> Result<HttpResponse, Error> {
    let is_quiet = press.sent.is_quiet;
    if let Err(error) = limits::draft(&press.shared, &by.0) {
        if is_quiet {
            return Err(error);
        }
        let page = press.page().telling(Told::TooMany);
        return page.answer(StatusCode::TOO_MANY_REQUESTS).await;
    }
    let kept = press.keep(by).await;
    match kept {
        Some(at) if is_quiet => Ok(HttpResponse::Ok()
            .insert_header((CONTENT_TYPE, "text/plain; charset=utf-8"))
            .insert_header((CACHE_CONTROL, "private, no-store"))
            .body(Moment::of(at).time)),
        Some(_) => press.page().with_draft(kept).answer(StatusCode::OK).await,
        None => {
            let page = press.page().telling(Told::NotKept);
            page.answer(StatusCode::SERVICE_UNAVAILABLE).await
        }
    }
}

/// Throws the draft away: back to the form.
pub async fn delete(press: Press, by: &MayEdit) -> Result<HttpResponse, Error> {
    let (editor, place) = (by.editor().clone(), press.ground.place(&press.sent));
    press
        .db
        .write(move |conn| draft::discard(conn, &editor, &place).map_err(DbError::from))
        .await?;
    Ok(see_other(&press.ground.action()))
}
