//! `/albums`.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::db::Db;
use crate::models::album::AlbumKind;
use crate::models::album::listing::AlbumItem;
use crate::models::page::Kind;
use crate::routes::pages::browse::{self, Around, Index, Offer};
use crate::web::{Chrome, Error, Shared, filters};

/// All albums.
#[derive(Template)]
#[template(path = "albums/index.html")]
pub struct IndexPage {
    chrome: Chrome,
    around: Around,
    rows: Vec<AlbumItem>,
}

const INDEX: Index = Index {
    kind: Kind::Album,
    note: "Parts, special tracks, full albums and anniversary editions, as they came out.",
    offers: &[
        Offer {
            facet: "type",
            legend: "Kind",
            words: album_kind,
            heading: kind_heading,
        },
        Offer {
            facet: "year",
            legend: "Released",
            words: browse::label,
            heading: |year| format!("Albums of {year}"),
        },
        Offer {
            facet: "drama",
            legend: "Drama",
            words: browse::label,
            heading: |name| format!("Albums of {name}"),
        },
    ],
};

/// `GET /albums`.
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

fn kind_heading(name: &str) -> String {
    match name {
        "Part of a soundtrack" => "Parts of soundtracks".to_owned(),
        "Album" => "Full albums".to_owned(),
        other => format!("{other}s"),
    }
}

fn album_kind(word: &str, _: &str) -> String {
    word.parse::<AlbumKind>()
        .map_or_else(|_| word.to_owned(), |kind| kind.label().to_owned())
}
