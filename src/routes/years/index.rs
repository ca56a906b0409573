//! `/years`.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::db::Db;
use crate::models::page::years::{self, Counts};
use crate::web::{Chrome, Dependency, Error, Rendered, Shared, cached, render};

/// Every year with what is known of it.
#[derive(Template)]
#[template(path = "years/index.html")]
struct IndexPage {
    chrome: Chrome,
    years: Vec<(String, Counts)>,
}

/// `GET /years`.
pub async fn index(
    request: HttpRequest,
    shared: Data<Shared>,
    db: Data<Db>,
) -> Result<HttpResponse, Error> {
    let answer = cached(&request, &[], |viewer| async move {
        let years = db.read(years::counts).await?.into_iter().rev().collect();
        let chrome = Chrome::new(&shared, viewer, "/years", "Years").with_description(
            "Year by year: the dramas that began, the albums that came out, the songs of the year.",
        );
        let depends = years::KINDS
            .map(|kind| Dependency::Kind(kind.as_str()))
            .to_vec();
        Ok(Rendered::html(
            render(IndexPage { chrome, years }).await?,
            depends,
        ))
    });
    answer.await
}
