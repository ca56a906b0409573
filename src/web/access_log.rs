//! One structured line per request, under the target `access`. Reading is logged at debug, what may change something or was
//! refused at info, our own failures at error: the default filter (`info`) stays quiet under load and still says who did what.

use std::time::Duration;

use actix_web::http::{Method, StatusCode};

use super::csrf;

/// What one line says. The path is logged without its query: queries hold what people search for.
#[derive(Debug)]
pub struct Line<'a> {
    /// As sent.
    pub method: &'a Method,
    /// As sent, percent-encoded.
    pub path: &'a str,
    /// The pattern that matched, if any did.
    pub route: Option<&'a str>,
    /// As answered.
    pub status: StatusCode,
    /// From the head of the request to the head of the answer.
    pub took: Duration,
    /// Bytes of the body, when known.
    pub bytes: u64,
    /// The value of `X-Request-Id`.
    pub id: &'a str,
    /// Why a 5xx happened; never shown to the reader.
    pub cause: Option<&'a str>,
}

impl Line<'_> {
    /// Writes it.
    pub fn write(&self) {
        let Self {
            method,
            path,
            route,
            status,
            took,
            bytes,
            id,
            cause,
        } = self;
        let (status, micros) = (status.as_u16(), took.as_micros());
        if status >= 500 {
            tracing::error!(target: "access", %method, path, route, status, micros, bytes, id, cause);
        } else if status >= 400 && status != 404 || !csrf::is_read(method) {
            tracing::info!(target: "access", %method, path, route, status, micros, bytes, id);
        } else {
            tracing::debug!(target: "access", %method, path, route, status, micros, bytes, id);
        }
    }
}

/// Whether anybody reads the lines of cached pages. Costs one atomic load.
pub fn is_verbose() -> bool {
    tracing::enabled!(target: "access", tracing::Level::DEBUG)
}
