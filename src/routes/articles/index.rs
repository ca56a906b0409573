//! `/articles`.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::db::Db;
use crate::models::article::listing::ArticleItem;
use crate::models::page::Kind;
use crate::routes::pages::browse::{self, Around, Index};
use crate::web::{Chrome, Error, Shared, filters};

/// All articles.
#[derive(Template)]
#[template(path = "articles/index.html")]
pub struct IndexPage {
    chrome: Chrome,
    around: Around,
    rows: Vec<ArticleItem>,
}

const INDEX: Index = Index {
    kind: Kind::Article,
    note: "How soundtracks are made, why they move us, and how to read and edit this wiki.",
    offers: &[],
};

/// `GET /articles`.
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
