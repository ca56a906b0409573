//! `/{kind}/{slug}/edit`: the one editor of all kinds.

mod collisions;
mod ground;
mod page;
mod preview;
mod sent;

use actix_web::http::StatusCode;
use actix_web::http::header::LOCATION;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use crate::db::Db;
use crate::models::page::Kind;
use crate::models::page::content::Faults;
use crate::models::page::save::Saved;
use crate::routes::pages::elsewhere;
use crate::routes::pages::form::{Form, operations, written};
use crate::routes::pages::reading::segment;
use crate::routes::pages::stale;
use crate::routes::{albums, articles, artists, dramas, songs};
use crate::text::address::PathText;
use crate::web::forms::Posted;
use crate::web::guards::MayEdit;
use crate::web::limits;
use crate::web::urls::raw_segment;
use crate::web::{Error, Shared, Viewer};

use ground::{Ground, Outcome};
use page::{EditPage, Told};
use sent::Sent;

/// The form of a kind.
fn form_of(kind: Kind) -> &'static Form {
    match kind {
        Kind::Drama => &dramas::form::FORM,
        Kind::Song => &songs::form::FORM,
        Kind::Artist => &artists::form::FORM,
        Kind::Album => &albums::form::FORM,
        Kind::Article => &articles::form::FORM,
    }
}

/// Kind and slug of the address.
fn asked(request: &HttpRequest) -> Result<(Kind, PathText), Error> {
    let kind = raw_segment(request, 0).and_then(Kind::of_plural);
    Ok((kind.ok_or(Error::NotFound)?, segment(request, 1)?))
}

/// `GET /{kind}/{slug}/edit`: the whole form, or with `?part=credits` only that part of it.
///
/// # Errors
/// The way in for those who are not logged in, 404, and the store's own.
pub async fn form(
    _by: MayEdit,
    request: HttpRequest,
    shared: Data<Shared>,
    db: Data<Db>,
) -> Result<HttpResponse, Error> {
    let (kind, text) = asked(&request)?;
    let parts = sent::parts(request.uri().query().unwrap_or_default());
    let found = {
        let text = text.clone();
        db.read(move |conn| Ground::latest(conn, kind, text.as_title()))
            .await?
    };
    let Some((ground, cards)) = found else {
        return elsewhere::answer(&shared, &db, kind, text).await;
    };
    let sent = Sent {
        typed: written::written(form_of(kind), &ground.document, &cards),
        base: ground.base.id,
        last_row: ground.page.last_row,
        parts,
        ..Sent::default()
    };
    let page = EditPage::new(&shared, Viewer::of(&request), form_of(kind), &ground, &sent);
    page.answer(StatusCode::OK).await
}

/// `POST /{kind}/{slug}/edit`: a button of the form. Whatever becomes of it, what was typed comes back until it is saved.
///
/// # Errors
/// 404 and the store's own.
pub async fn save(
    by: Option<MayEdit>,
    request: HttpRequest,
    shared: Data<Shared>,
    db: Data<Db>,
    posted: Posted<Vec<(String, String)>>,
) -> Result<HttpResponse, Error> {
    let (kind, text) = asked(&request)?;
    let token_fits = posted.token_fits;
    let mut sent = Sent::new(posted.form());
    let viewer = Viewer::of(&request);
    let slug = text.as_title().to_owned();
    let (asked, base) = (slug.clone(), sent.base);
    let found = db.read(move |conn| Ground::at(conn, kind, &asked, base));
    let Some(ground) = found.await? else {
        return elsewhere::answer(&shared, &db, kind, text).await;
    };
    let form = form_of(kind);
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
        return told(refusal(&viewer)).answer(StatusCode::FORBIDDEN).await;
    };
    if sent.operation != "save" {
        return told(Told::Nothing).answer(StatusCode::OK).await;
    }
    if let Err(error) = limits::edit(&shared, &by.0, request.head()) {
        let page = told(Told::TooMany);
        let mut answer = page.answer(StatusCode::TOO_MANY_REQUESTS).await?;
        limits::tell_wait(&mut answer, &error);
        return Ok(answer);
    }
    let now = shared.world.now();
    let saved = ground::save(&db, by.editor().clone(), kind, slug, sent.clone(), now).await;
    let (status, what) = match saved {
        Ok(Outcome::Saved(href, saved, notice)) => {
            shared
                .cache
                .invalidate(&stale::dependencies(notice.as_slice()));
            return Ok(to(&href, &saved));
        }
        Ok(Outcome::Collided(collisions, current)) => {
            return collisions::show(&shared, viewer, &ground, sent, collisions, current).await;
        }
        Ok(Outcome::Faulty(faults)) => (StatusCode::UNPROCESSABLE_ENTITY, Told::Faults(faults)),
        Ok(Outcome::Gone) => (StatusCode::CONFLICT, Told::Gone),
        Err(error) if error.is_unavailable() => (StatusCode::SERVICE_UNAVAILABLE, Told::Busy),
        Err(error) => return Err(error.into()),
    };
    told(what).answer(status).await
}

/// Why nothing is taken from the reader: they are blocked, or no longer logged in.
fn refusal(viewer: &Viewer) -> Told {
    let member = viewer.member.as_ref();
    let blocked = member.and_then(|member| member.blocked.clone());
    blocked.map_or(Told::NotLoggedIn, Told::Blocked)
}

/// Back to the page, which says what was saved.
fn to(href: &str, saved: &Saved) -> HttpResponse {
    let number = match saved {
        Saved::Unchanged => 0,
        Saved::Revision { number, .. } => *number,
    };
    let merged = matches!(saved, Saved::Revision { merged: true, .. });
    let merged = if merged { "&merged=yes" } else { "" };
    HttpResponse::SeeOther()
        .insert_header((LOCATION, format!("{href}?saved={number}{merged}")))
        .finish()
}

/// No fault at all.
fn none() -> Faults {
    Faults::default()
}
