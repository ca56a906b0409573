//! `/networks`.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::db::Db;
use crate::models::page::Kind;
use crate::models::page::index::{self, Tally};
use crate::web::{Chrome, Dependency, Error, Rendered, Shared, cached, filters, render};

/// Every network with the number of its dramas.
#[derive(Template)]
#[template(path = "networks/index.html")]
struct IndexPage {
    chrome: Chrome,
    networks: Vec<Tally>,
}

/// `GET /networks`.
pub async fn index(
    request: HttpRequest,
    shared: Data<Shared>,
    db: Data<Db>,
) -> Result<HttpResponse, Error> {
    let answer = cached(&request, &[], |viewer| async move {
        let tallies = db
            .read(|conn| index::tallies_of(conn, Kind::Drama, &["network"]))
            .await?;
        let mut networks: Vec<Tally> = tallies.into_iter().map(|(_, tally)| tally).collect();
        networks.sort_by_key(|network| (std::cmp::Reverse(network.pages), network.value.clone()));
        let chrome = Chrome::new(&shared, viewer, "/networks", "Networks")
            .with_description("The networks and services that first showed the dramas.");
        let depends = vec![Dependency::Kind(Kind::Drama.as_str())];
        Ok(Rendered::html(
            render(IndexPage { chrome, networks }).await?,
            depends,
        ))
    });
    answer.await
}
