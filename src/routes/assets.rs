//! `GET /assets/{file}` and the files with fixed names. The front layer sends them straight from memory; only the first
//! request for a packed form comes through here, to have it made.

use actix_web::{HttpRequest, HttpResponse, web};

use crate::web::{Error, Shared};

/// Packs what was asked for and sends it; an unknown hash is 404.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn show(request: HttpRequest, shared: web::Data<Shared>) -> Result<HttpResponse, Error> {
    let entry = shared
        .assets
        .at(request.uri().path())
        .ok_or(Error::NotFound)?;
    entry.pack(request.head()).await;
    entry
        .answer(request.head())
        .map(Into::into)
        .ok_or(Error::NotFound)
}
