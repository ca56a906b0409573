//! The edit page of somebody who may not edit: what the page is made of, to read, and why.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::db::Db;
use crate::models::catalogue;
use crate::models::page::protection::Protection;
use crate::routes::pages::tool::{self, Around, Lock};
use crate::web::{Chrome, Error, Shared, filters};

use super::ground::Ground;

/// The page.
#[derive(Template)]
#[template(path = "pages/protected.html")]
struct ProtectedPage {
    chrome: Chrome,
    around: Around,
    lock: Lock,
    source: String,
}

/// Shows it.
///
/// # Errors
/// The store's own.
pub async fn show(
    request: &HttpRequest,
    shared: &Shared,
    db: &Db,
    ground: Ground,
    protection: Protection,
) -> Result<HttpResponse, Error> {
    let Ground { page, base, .. } = ground;
    let kind = page.kind;
    let source = db
        .read(move |conn| catalogue::export::source(conn, kind, &base.revision))
        .await?;
    let made = ProtectedPage {
        chrome: tool::chrome(shared, request, &page, "/edit", "Protected"),
        around: Around::new(&page),
        lock: Lock::of(&protection),
        source,
    };
    tool::answer(StatusCode::FORBIDDEN, made).await
}
