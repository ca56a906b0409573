//! What a save would change: the page as it is beside the page as it would be, and the form carried along.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use crate::db::QueryResult;
use crate::models::page::content::Faults;
use crate::routes::pages::comparison::Comparison;
use crate::web::{Chrome, Error, filters, render};

use super::faults::faults;
use super::ground;
use super::page::page;
use super::planned::{self, Meanwhile, Proposed};
use super::press::Press;
use super::told::Told;

/// The page of changes.
#[derive(Template)]
#[template(path = "pages/changes.html")]
struct ChangesPage {
    chrome: Chrome,
    title: String,
    href: String,
    section: &'static str,
    /// "Songs".
    kind_label: String,
    /// Others saved meanwhile, and the save would have to ask whose values stay.
    collides: bool,
    changes: Comparison,
    pairs: Vec<(String, String)>,
}

/// Shows them, or the form again where it has faults.
pub async fn show(press: Press) -> Result<HttpResponse, Error> {
    let (ground, sent) = (press.ground.clone(), press.sent.clone());
    let found = press
        .db
        .read(move |conn| -> QueryResult<Result<Proposed, Faults>> {
            let reading = ground::reading(conn, &ground, &sent)?;
            let (document, faults) = faults(ground.page.kind, &reading);
            match document.filter(|_| faults.is_empty()) {
                Some(document) => Ok(Ok(planned::proposed(conn, &ground, document)?)),
                None => Ok(Err(faults)),
            }
        })
        .await?;
    let proposed = match found {
        Ok(proposed) => proposed,
        Err(faults) => {
            let page = press.page().telling(Told::Faults(faults));
            return page.answer(StatusCode::UNPROCESSABLE_ENTITY).await;
        }
    };
    let of = &press.ground.page;
    let chrome = Chrome::new(
        &press.shared,
        press.viewer.clone(),
        format!("{}/edit", of.href()),
        format!("Your changes to {}", of.title),
    )
    .with_section(of.kind.plural())
    .with_no_index();
    let made = ChangesPage {
        chrome,
        title: of.title.clone(),
        href: of.href(),
        section: of.kind.plural(),
        kind_label: format!("{}s", of.kind.label()),
        collides: proposed.meanwhile == Meanwhile::Collided,
        changes: Comparison::from(proposed.diff),
        pairs: press.sent.pairs(),
    };
    page(StatusCode::OK, render(made).await?)
}
