//! `/artists`.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::db::Db;
use crate::models::artist::ArtistType;
use crate::models::artist::listing::ArtistItem;
use crate::models::credit::Role;
use crate::models::page::Kind;
use crate::routes::pages::browse::{self, Around, Index, Offer};
use crate::web::{Chrome, Error, Shared, filters};

/// All artists.
#[derive(Template)]
#[template(path = "artists/index.html")]
pub struct IndexPage {
    chrome: Chrome,
    around: Around,
    rows: Vec<ArtistItem>,
}

const INDEX: Index = Index {
    kind: Kind::Artist,
    note: "Singers, groups, composers, and bands that exist only in a story.",
    offers: &[
        Offer {
            facet: "role",
            legend: "Known as",
            words: role,
            heading: str::to_owned,
        },
        Offer {
            facet: "type",
            legend: "Type",
            words: artist_type,
            heading: type_heading,
        },
    ],
};

/// `GET /artists`.
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

fn role(word: &str, _: &str) -> String {
    word.parse::<Role>()
        .map_or_else(|_| word.to_owned(), |role| role.people().to_owned())
}

fn type_heading(name: &str) -> String {
    match name {
        "Person" => "People".to_owned(),
        "Band in a story" => "Bands in stories".to_owned(),
        other => format!("{other}s"),
    }
}

fn artist_type(word: &str, _: &str) -> String {
    word.parse::<ArtistType>()
        .map_or_else(|_| word.to_owned(), |kind| kind.label().to_owned())
}
