//! `/suggest?kind=artist&q=…`: the pages a field that names one may mean, for the script that offers them while one types.

use actix_web::http::header::CACHE_CONTROL;
use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse};
use serde::{Deserialize, Serialize};

use crate::db::Db;
use crate::models::link::PageRef;
use crate::models::page::card::Card;
use crate::models::page::{Kind, suggest};
use crate::web::Error;

/// What browsers and others may keep for how long: names change rarely, and an old one does no harm in a list of offers.
const A_MINUTE: &str = "public, max-age=60";

/// What is asked for.
#[derive(Debug, Deserialize)]
struct Asked {
    #[serde(default)]
    kind: String,
    #[serde(default)]
    q: String,
}

/// One page offered.
#[derive(Debug, Serialize)]
struct Offer {
    /// As the field keeps it beside the name: `artist#12`.
    page: String,
    title: String,
    /// The Korean name, where it says more than the title.
    native: String,
    /// What tells it from others of the same name.
    about: String,
}

impl From<Card> for Offer {
    fn from(card: Card) -> Self {
        Self {
            page: PageRef::by_id(card.kind, card.id).to_string(),
            native: card.native_beside().unwrap_or_default().to_owned(),
            about: card.disambiguation,
            title: card.title,
        }
    }
}

/// `GET /suggest`.
///
/// # Errors
/// 400 for a kind there is none of, and the store's own.
pub async fn index(request: HttpRequest, db: Data<Db>) -> Result<HttpResponse, Error> {
    let malformed = Error::Malformed("Ask as in /suggest?kind=artist&q=punch.");
    let Ok(asked) = Query::<Asked>::from_query(request.query_string()) else {
        return Err(malformed);
    };
    let Asked { kind, q } = asked.into_inner();
    let kind: Kind = kind.parse().or(Err(malformed))?;
    let cards = db.read(move |conn| suggest::to(conn, kind, &q)).await?;
    let offers: Vec<Offer> = cards.into_iter().map(Offer::from).collect();
    Ok(HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, A_MINUTE))
        .json(offers))
}
