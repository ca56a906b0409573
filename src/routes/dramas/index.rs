//! `/dramas`.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::db::Db;
use crate::models::drama::listing::DramaItem;
use crate::models::page::Kind;
use crate::routes::pages::browse::{self, Around, Index, Offer};
use crate::web::{Chrome, Error, Shared, filters};

/// All dramas.
#[derive(Template)]
#[template(path = "dramas/index.html")]
pub struct IndexPage {
    chrome: Chrome,
    around: Around,
    rows: Vec<DramaItem>,
}

const INDEX: Index = Index {
    kind: Kind::Drama,
    note: "Each with its network, its years and the songs known of it.",
    offers: &[
        Offer {
            facet: "network",
            legend: "Network",
            words: browse::label,
            heading: |name| format!("Dramas on {name}"),
        },
        Offer {
            facet: "year",
            legend: "First aired",
            words: browse::label,
            heading: |year| format!("Dramas of {year}"),
        },
        Offer {
            facet: "director",
            legend: "Music director",
            words: browse::label,
            heading: |name| format!("Dramas with music directed by {name}"),
        },
        Offer {
            facet: "mood",
            legend: "Mood",
            words: browse::mood_name,
            heading: |name| format!("Dramas with {}", browse::mood_words(name)),
        },
        Offer {
            facet: "genre",
            legend: "Genre",
            words: genre,
            heading: |name| format!("Dramas: {}", name.to_lowercase()),
        },
    ],
};

/// `GET /dramas`.
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

fn genre(word: &str, label: &str) -> String {
    let words = browse::label(word, label);
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
