//! `/songs`.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::db::Db;
use crate::models::page::Kind;
use crate::models::song::UseRole;
use crate::models::song::index::SongRow;
use crate::routes::pages::browse::{self, Around, Index, Offer};
use crate::web::{Chrome, Error, Shared, filters};

/// All songs.
#[derive(Template)]
#[template(path = "songs/index.html")]
pub struct IndexPage {
    chrome: Chrome,
    around: Around,
    rows: Vec<SongRow>,
}

const INDEX: Index = Index {
    kind: Kind::Song,
    note: "A title alone is not enough, so every row names singer and drama.",
    offers: &[
        Offer {
            facet: "mood",
            legend: "Mood",
            words: browse::mood_name,
            heading: |name| format!("Songs with {}", browse::mood_words(name)),
        },
        Offer {
            facet: "year",
            legend: "Released",
            words: browse::label,
            heading: |year| format!("Songs of {year}"),
        },
        Offer {
            facet: "use",
            legend: "In the drama",
            words: used,
            heading: used_heading,
        },
        Offer {
            facet: "remake",
            legend: "Only",
            words: |_, _| "Remakes".to_owned(),
            heading: |_| "Songs that are remakes".to_owned(),
        },
        Offer {
            facet: "scenes",
            legend: "Only",
            words: |_, _| "With known scenes".to_owned(),
            heading: |_| "Songs whose scenes are known".to_owned(),
        },
        Offer {
            facet: "drama",
            legend: "Drama",
            words: browse::label,
            heading: |name| format!("Songs from {name}"),
        },
    ],
};

/// `GET /songs`.
pub async fn index(
    request: HttpRequest,
    shared: Data<Shared>,
    db: Data<Db>,
) -> Result<HttpResponse, Error> {
    browse::index(&request, &shared, &db, &INDEX, |chrome, around, rows| {
        IndexPage {
            chrome,
            around,
            rows,
        }
    })
    .await
}

fn used_heading(name: &str) -> String {
    match name {
        "Heard in the story" => "Songs heard in the story".to_owned(),
        "Ending" => "Ending songs".to_owned(),
        "Teaser" => "Teaser songs".to_owned(),
        "Score" => "Pieces of the score".to_owned(),
        other => format!("{other}s"),
    }
}

fn used(word: &str, _: &str) -> String {
    word.parse::<UseRole>()
        .map_or_else(|_| word.to_owned(), |role| role.label().to_owned())
}
