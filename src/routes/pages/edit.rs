//! `/{kind}/{slug}/edit`: the one editor of all kinds.

mod changes;
mod collisions;
pub mod creation;
mod drafts;
mod entrance;
mod faults;
mod ground;
mod page;
mod planned;
mod press;
mod preview;
mod protected;
mod questions;
mod saving;
mod sent;
mod told;

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use crate::db::Db;
use crate::models::page::Kind;
use crate::models::page::blame::Blame;
use crate::models::page::content::Faults;
use crate::models::page::protection::Guarded;
use crate::models::watch;
use crate::routes::pages::elsewhere;
use crate::routes::pages::form::{Form, written};
use crate::routes::pages::reading::segment;
use crate::routes::{albums, articles, artists, dramas, songs};
use crate::text::address::PathText;
use crate::web::forms::Posted;
use crate::web::guards::MayEdit;
use crate::web::urls::raw_segment;
use crate::web::{Error, Shared, Viewer, limits};

use entrance::Entrance;
use ground::Ground;
use page::EditPage;
use press::{Attempt, Press};
use saving::{Outcome, Place};
use sent::{Sent, Watch};

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

/// `GET /{kind}/{slug}/edit`: the whole form, or with `?part=credits` only that part of it; with `?draft=continue` as the member left it.
///
/// # Errors
/// The way in for those who are not logged in, 404, and the store's own.
pub async fn form(
    MayEdit(member): MayEdit,
    request: HttpRequest,
    shared: Data<Shared>,
    db: Data<Db>,
) -> Result<HttpResponse, Error> {
    let (kind, text) = asked(&request)?;
    let editor = member.editor.clone();
    let query = request.uri().query().unwrap_or_default();
    let (parts, is_continued) = (sent::parts(query), sent::is_continued(query));
    let found = {
        let (text, shared) = (text.clone(), shared.clone());
        db.read(move |conn| {
            let now = shared.world.now();
            let at = (&*shared.config, now);
            let Some(opened) = drafts::opened(conn, kind, text.as_title(), member.id, at)? else {
                return Ok(None);
            };
            let is_on = watch::is_on(conn, member.id, opened.0.page.id, now)?;
            let (ground, cards, waiting) = opened;
            let typed = written::written(form_of(kind), &ground.base.document, &cards);
            Ok(Some((ground, typed, waiting, is_on)))
        })
    };
    let Some((ground, typed, waiting, is_watched)) = found.await? else {
        return elsewhere::below(&shared, &db, kind, text, "/edit").await;
    };
    let stops = ground
        .page
        .stops(&editor, Guarded::Edit, shared.world.now());
    if let Some(protection) = stops {
        return protected::show(&request, &shared, &db, ground, protection).await;
    }
    let viewer = Viewer::of(&request);
    if let Some((began, waiting)) = waiting.as_ref().filter(|_| is_continued) {
        let page = EditPage::new(&shared, viewer, form_of(kind), began, &waiting.sent);
        let page = page.with_draft(Some(waiting.saved_at));
        return page.answer(StatusCode::OK).await;
    }
    let sent = Sent {
        typed,
        base: ground.base.revision.id,
        last_row: ground.page.last_row,
        watch: Watch {
            is_ticked: is_watched,
            was_on: is_watched,
        },
        parts,
        ..Sent::default()
    };
    let page = EditPage::new(&shared, viewer, form_of(kind), &ground, &sent);
    let page = page.offering(waiting.map(|(_, waiting)| waiting.into()));
    page.answer(StatusCode::OK).await
}

/// `POST /{kind}/{slug}/edit`: a button of the form.
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
    let (entrance, sent, along) = entrance::enter(by, &request, &shared, &db, posted).await?;
    along.with(pressed(&request, shared, db, entrance, sent).await?)
}

async fn pressed(
    request: &HttpRequest,
    shared: Data<Shared>,
    db: Data<Db>,
    entrance: Entrance,
    sent: Sent,
) -> Result<HttpResponse, Error> {
    let (kind, text) = asked(request)?;
    let network = limits::network(&shared, request.head());
    let (slug, base) = (text.as_title().to_owned(), sent.base);
    // A save that goes well needs nothing of what the form is shown with again.
    let saver = entrance
        .by
        .as_ref()
        .filter(|_| entrance.token_fits && sent.operation == "save");
    let tried = match saver {
        Some(by) => {
            let at = Place::At(kind, slug.clone());
            Some(press::attempt(&shared, &db, by, &network, at, &sent).await)
        }
        None => None,
    };
    if let Some(Attempt::Made(Ok(Outcome::Saved(done)))) = &tried {
        return Ok(press::to(done));
    }
    let is_shown = sent.is_shown();
    let found = db.read(move |conn| {
        let mut found = Ground::at(conn, kind, &slug, base)?;
        if let Some(ground) = found.as_mut().filter(|_| is_shown) {
            ground.blame = Blame::load(conn, ground.page.id)?;
        }
        Ok(found)
    });
    let Some(ground) = found.await? else {
        return elsewhere::answer(&shared, &db, kind, text).await;
    };
    let press = Press {
        viewer: Viewer::of(request),
        network,
        form: form_of(kind),
        shared,
        db,
        ground,
        sent,
        tried,
    };
    press.answer(entrance).await
}

/// No fault at all.
fn none() -> Faults {
    Faults::default()
}
