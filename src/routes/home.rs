//! `/`: the front page.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::db::Db;
use crate::models::home::HomeView;
use crate::models::mood::{self, Mood};
use crate::routes::pages::structured;
use crate::web::Viewer;
use crate::web::chrome::JsonLd;
use crate::web::{Chrome, Dependency, Error, Rendered, Shared, cached, filters, render};

/// The front page.
#[derive(Template)]
#[template(path = "home.html")]
pub struct HomePage {
    chrome: Chrome,
    view: HomeView,
}

/// `GET /`.
pub async fn show(
    request: HttpRequest,
    shared: Data<Shared>,
    db: Data<Db>,
) -> Result<HttpResponse, Error> {
    let (shared, db) = (&shared, &db);
    cached(&request, &[], |viewer| async move {
        let view = db.read(HomeView::load).await?;
        let depends = view
            .shown()
            .into_iter()
            .map(Dependency::Page)
            .chain([Dependency::Site])
            .collect();
        let body = render(HomePage::new(shared, viewer, view)).await?;
        Ok(Rendered::html(body, depends))
    })
    .await
}

impl HomePage {
    fn new(shared: &Shared, viewer: Viewer, view: HomeView) -> Self {
        let chrome = Chrome::new(shared, viewer, "/", "The music of Korean dramas")
            .with_description("Who sang it, in which scene it played, and why it stays: the wiki for the music of Korean dramas.")
            .with_json_ld(JsonLd::new(&structured::home::graph_of(&shared.config.base_url)));
        Self { chrome, view }
    }

    /// Moods that songs have, with their numbers.
    fn moods(&self) -> Vec<(&'static Mood, i64)> {
        mood::ALL
            .iter()
            .filter_map(|mood| {
                let tally = self
                    .view
                    .moods
                    .iter()
                    .find(|tally| tally.value == mood.slug)?;
                Some((mood, tally.pages))
            })
            .collect()
    }

    /// "18 dramas", in the singular where there is one.
    fn counted(&self, kind: &crate::models::page::Kind, count: &i64) -> String {
        let word = kind.label().to_lowercase();
        if *count == 1 {
            format!("1 {word}")
        } else {
            format!("{count} {word}s")
        }
    }

    /// Day of a change, as `2026-11-22`.
    fn day(&self, at: &i64) -> String {
        crate::db::Micros(*at)
            .timestamp()
            .strftime("%Y-%m-%d")
            .to_string()
    }
}

impl HomePage {
    /// The drama printed over a record.
    fn first_drama(&self, song: &crate::models::song::listing::SongItem) -> String {
        song.uses
            .first()
            .map(|used| used.drama.title.clone())
            .unwrap_or_default()
    }
}
