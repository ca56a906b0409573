//! `/{kind}/{slug}/info`: what is known of a page beside what it says.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::db::Db;
use crate::models::page::info::Info;
use crate::models::page::labels;
use crate::routes::pages::elsewhere;
use crate::routes::pages::form::touched::Touch;
use crate::routes::pages::frame::{Moment, nav};
use crate::routes::pages::reading::{kind, segment};
use crate::routes::pages::tool::{Around, Lock};
use crate::web::{Chrome, Dependency, Error, Rendered, Shared, Viewer, cached, filters, render};

/// The page.
#[derive(Template)]
#[template(path = "pages/info.html")]
struct InfoPage {
    chrome: Chrome,
    around: Around,
    info: Info,
    created: Moment,
    changed: Moment,
    made_by: String,
    changed_by: String,
    /// Who changed which part last, the newest first.
    touches: Vec<(String, Touch)>,
    locks: Vec<Lock>,
    permalink: String,
}

/// `GET /{kind}/{slug}/info`.
///
/// # Errors
/// 404, and the store's own.
pub async fn show(
    request: HttpRequest,
    shared: Data<Shared>,
    db: Data<Db>,
) -> Result<HttpResponse, Error> {
    let (kind, text) = (kind(&request)?, segment(&request, 1)?);
    if !text.was_canonical() {
        return elsewhere::below(&shared, &db, kind, text, "/info").await;
    }
    let answer = cached(&request, &[], |viewer| {
        let (text, shared, db) = (text.clone(), shared.clone(), db.clone());
        async move {
            let info = db
                .read(move |conn| Info::load(conn, kind, text.as_title()))
                .await?
                .ok_or(Error::NotFound)?;
            let mut shown = vec![Dependency::Page(info.page.id)];
            shown.extend(info.merged.iter().map(|card| Dependency::Page(card.id)));
            let page = fill(&shared, viewer, info);
            Ok(Rendered::html(render(page).await?, shown))
        }
    });
    match answer.await {
        Err(Error::NotFound) => elsewhere::below(&shared, &db, kind, text, "/info").await,
        answer => answer,
    }
}

fn fill(shared: &Shared, viewer: Viewer, info: Info) -> InfoPage {
    let page = &info.page;
    let now = shared.world.now();
    let touches = info.blame.fields().into_iter().map(|(path, touch)| {
        let label = labels::field(path).to_owned();
        (label, Touch::new(touch, &page.href(), path))
    });
    let title = format!("About the page: {}, {}", page.title, page.href());
    InfoPage {
        chrome: Chrome::new(shared, viewer, format!("{}/info", page.href()), title)
            .with_section(nav(page.kind))
            .with_no_index(),
        around: Around::new(page),
        created: Moment::of(info.first.created_at),
        changed: Moment::of(info.latest.created_at),
        made_by: labels::author(&info.first.author).to_owned(),
        changed_by: labels::author(&info.latest.author).to_owned(),
        touches: touches.collect(),
        locks: page
            .protections()
            .iter()
            .filter(|protection| protection.holds(now))
            .map(Lock::of)
            .collect(),
        permalink: format!("{}/p/{}", shared.config.base_url, page.id),
        info,
    }
}
