//! `/networks/{slug}`.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::db::Db;
use crate::models::drama::listing::DramaItem;
use crate::models::page::index::{self, Tally};
use crate::models::page::{Kind, browse};
use crate::routes::pages::elsewhere::moved;
use crate::routes::pages::reading::segment;
use crate::web::{Chrome, Dependency, Error, Rendered, Shared, cached, filters, render};

/// One network: the beginning of its dramas.
#[derive(Template)]
#[template(path = "networks/show.html")]
struct ShowPage {
    chrome: Chrome,
    network: Tally,
    dramas: Vec<DramaItem>,
}

impl ShowPage {
    fn has_more(&self) -> bool {
        self.dramas.len() < usize::try_from(self.network.pages).unwrap_or(0)
    }
}

/// `GET /networks/{slug}`.
pub async fn show(
    request: HttpRequest,
    shared: Data<Shared>,
    db: Data<Db>,
) -> Result<HttpResponse, Error> {
    let text = segment(&request, 1)?;
    let slug = text.slug().ok_or(Error::NotFound)?;
    if !text.was_canonical() {
        return Ok(moved(&format!("/networks/{slug}")));
    }
    let answer = cached(&request, &[], |viewer| async move {
        let (network, dramas) = db
            .read(move |conn| {
                let all = index::tallies_of(conn, Kind::Drama, &["network"])?;
                let network = all
                    .into_iter()
                    .map(|(_, tally)| tally)
                    .find(|tally| tally.value == slug.as_str());
                Ok((
                    network,
                    browse::beginning::<DramaItem>(conn, Kind::Drama, "network", slug.as_str())?.0,
                ))
            })
            .await?;
        let network = network.ok_or(Error::NotFound)?;
        let mut depends: Vec<Dependency> = browse::shown(&dramas)
            .into_iter()
            .map(Dependency::Page)
            .collect();
        depends.push(Dependency::Kind(Kind::Drama.as_str()));
        let title = format!("Dramas on {}", network.label);
        let chrome = Chrome::new(
            &shared,
            viewer,
            format!("/networks/{}", network.value),
            title,
        )
        .with_description(format!(
            "The dramas {} first showed, with their years and the number of their songs.",
            network.label
        ));
        Ok(Rendered::html(
            render(ShowPage {
                chrome,
                network,
                dramas,
            })
            .await?,
            depends,
        ))
    });
    answer.await
}
