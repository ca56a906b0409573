//! Every error page is written here: ours and the framework's. The template uses no database and no page data, so it can
//! still be written when everything else is broken. Programs under `/api/` and `/suggest` get RFC 9457 JSON instead.

use std::{borrow::Cow, sync::Arc};

use actix_web::{
    HttpResponse,
    body::BoxBody,
    http::{
        StatusCode,
        header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, HeaderMap, HeaderValue, RETRY_AFTER, VARY},
    },
};
use askama::Template;

use super::{
    Chrome, Error, Shared, limits,
    request_id::RequestId,
    theme::{Theme, Visitor},
    viewer::{Member, Viewer},
};

/// Put into a response's extensions by a handler that wrote its error page itself in a form this module would not recognise.
/// HTML and JSON bodies are recognised without it.
#[derive(Clone, Copy, Debug)]
pub struct Finished;

/// The page.
#[derive(Template)]
#[template(path = "errors/error.html")]
struct ErrorPage<'a> {
    chrome: Chrome,
    status: u16,
    heading: &'static str,
    text: &'static str,
    detail: Option<&'a str>,
    request_id: &'a str,
    is_ours: bool,
}

/// What is kept of a request to write its error page.
#[derive(Clone, Debug)]
pub struct Asker {
    /// The raw path.
    pub path: String,
    /// For `data-theme`.
    pub theme: Theme,
    /// Whoever is logged in, once that is known.
    pub member: Option<Arc<Member>>,
}

impl Asker {
    /// From a request's head.
    pub fn new(path: &str, headers: &HeaderMap) -> Self {
        Self {
            path: path.to_owned(),
            theme: Visitor::read(headers).theme,
            member: None,
        }
    }

    fn is_program(&self) -> bool {
        self.path.starts_with("/api/") || self.path == "/suggest"
    }
}

/// Whether a handler's answer stands as it is.
pub fn is_finished(answer: &HttpResponse<BoxBody>) -> bool {
    let status = answer.status();
    if !status.is_client_error() && !status.is_server_error() {
        return true;
    }
    let kind = answer
        .headers()
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let own = ["text/html", "application/json", "application/problem+json"]
        .iter()
        .any(|own| kind.starts_with(own));
    own && answer.error().is_none() || answer.extensions().get::<Finished>().is_some()
}

/// The whole answer for a status, with what `error` adds to it.
pub fn answer(
    shared: &Shared,
    asker: &Asker,
    id: &RequestId,
    status: StatusCode,
    error: Option<&Error>,
    allow: Option<HeaderValue>,
) -> HttpResponse<BoxBody> {
    let (heading, text) = words(status);
    let detail = error.and_then(detail);
    let detail = detail.as_deref();
    let mut answer = HttpResponse::build(status);
    answer
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header((VARY, "Cookie"));
    if let Some(allow) = allow {
        answer.insert_header((ALLOW, allow));
    }
    match error {
        Some(Error::TooManyRequests { retry_after }) => {
            answer.insert_header((
                RETRY_AFTER,
                retry_after.as_millis().div_ceil(1000).max(1).to_string(),
            ));
        }
        _ if status == StatusCode::SERVICE_UNAVAILABLE => {
            answer.insert_header((RETRY_AFTER, "5"));
        }
        _ => {}
    }
    if asker.is_program() {
        let problem = serde_json::json!({
            "title": heading, "status": status.as_u16(), "detail": detail.unwrap_or(text), "request_id": id.as_str(),
        });
        return answer
            .insert_header((CONTENT_TYPE, "application/problem+json"))
            .body(problem.to_string());
    }
    let viewer = Viewer {
        theme: asker.theme,
        member: asker.member.clone(),
        ..Viewer::default()
    };
    let page = ErrorPage {
        chrome: Chrome::new(shared, viewer, "/", heading).with_no_index(),
        status: status.as_u16(),
        heading,
        text,
        detail,
        request_id: id.as_str(),
        is_ours: status.is_server_error(),
    };
    // The template only prints text; should it fail all the same, the heading alone is still an answer.
    let body = page
        .render()
        .unwrap_or_else(|_| format!("<!doctype html><title>{heading}</title><h1>{heading}</h1>"));
    answer
        .insert_header((CONTENT_TYPE, "text/html; charset=utf-8"))
        .body(body)
}

/// What an error adds for whoever asked.
fn detail(error: &Error) -> Option<Cow<'_, str>> {
    match error {
        Error::Gone { note } if !note.is_empty() => Some(Cow::Borrowed(note)),
        Error::Malformed(text) | Error::Forbidden(text) => Some(Cow::Borrowed(text)),
        Error::Blocked { says } => Some(Cow::Borrowed(says)),
        Error::TooManyRequests { retry_after } => Some(Cow::Owned(format!(
            "You can do this again in {}.",
            limits::in_words(*retry_after)
        ))),
        _ => None,
    }
}

/// A heading and one sentence that says what to do next. A 5xx has one fixed sentence: no cause ever leaves the log.
fn words(status: StatusCode) -> (&'static str, &'static str) {
    match status {
        StatusCode::BAD_REQUEST => (
            "This request could not be read",
            "Check the address for stray characters and try again.",
        ),
        StatusCode::FORBIDDEN => (
            "You cannot do this",
            "Go back, reload the page and try again; you may have to log in first.",
        ),
        StatusCode::NOT_FOUND => (
            "Nothing is here",
            "The address may be mistyped, or the page was never written. Look for it in the lists below.",
        ),
        StatusCode::METHOD_NOT_ALLOWED => (
            "This address does not take that",
            "Open it as an ordinary page instead.",
        ),
        StatusCode::REQUEST_TIMEOUT => (
            "That took too long to arrive",
            "Your connection was too slow to send all of it. Go back and send it again.",
        ),
        StatusCode::GONE => (
            "This page was deleted",
            "It will not come back under this address. Its neighbours are in the lists below.",
        ),
        StatusCode::PAYLOAD_TOO_LARGE => (
            "That is too large",
            "Go back, shorten the text and send it again.",
        ),
        StatusCode::URI_TOO_LONG => (
            "This address is too long",
            "Shorten the search and try again.",
        ),
        StatusCode::TOO_MANY_REQUESTS => ("Too many at once", "Wait a little and try again."),
        StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE => (
            "Your browser sent too much",
            "Delete the cookies of this site and try again.",
        ),
        StatusCode::SERVICE_UNAVAILABLE => (
            "We are catching our breath",
            "Nothing is lost. Try again in a few seconds.",
        ),
        other if other.is_server_error() => (
            "Something broke on our side",
            "Nothing you sent was wrong. Try again in a moment.",
        ),
        _ => ("This did not work", "Go back and try again."),
    }
}
