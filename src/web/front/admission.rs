//! What can be refused before the router sees it, and how much of a body is let through.

use std::{cell::Cell, rc::Rc, time::Duration};

use actix_http::{BoxedPayloadStream, Request};
use actix_web::{
    dev::Payload,
    http::{StatusCode, header::CONTENT_LENGTH},
};

use super::BodyLimit;
use crate::web::{
    csrf,
    deadline::{Fate, LimitedBody},
    urls,
};

/// Bytes of all header names and values together; more is 431.
const MAX_HEADERS: usize = 32 * 1024;

/// What can be refused by the head alone; else how many bytes the body may have.
pub(super) fn admit(
    request: &Request,
    base_url: &str,
    body_limit: BodyLimit,
) -> Result<usize, StatusCode> {
    let head = request.head();
    let target = head
        .uri
        .path_and_query()
        .map_or(0, |target| target.as_str().len());
    if target > urls::MAX_TARGET {
        return Err(StatusCode::URI_TOO_LONG);
    }
    let headers: usize = head
        .headers()
        .iter()
        .map(|(name, value)| name.as_str().len() + value.len())
        .sum();
    if headers > MAX_HEADERS {
        return Err(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE);
    }
    if !urls::is_readable_path(head.uri.path())
        || !head.uri.query().is_none_or(urls::is_readable_query)
    {
        return Err(StatusCode::BAD_REQUEST);
    }
    if !csrf::is_allowed(head, base_url) {
        return Err(StatusCode::FORBIDDEN);
    }
    let limit = body_limit(head.uri.path());
    let announced = head
        .headers()
        .get(CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    if announced.is_some_and(|bytes| bytes > limit as u64) {
        return Err(StatusCode::PAYLOAD_TOO_LARGE);
    }
    Ok(limit)
}

/// Puts the limits around the body, if there is one.
pub(super) fn limited(
    request: Request,
    limit: usize,
    patience: Duration,
    fate: &Rc<Cell<Fate>>,
) -> Request {
    let (request, payload) = request.replace_payload(Payload::None);
    if matches!(payload, Payload::None) {
        return request;
    }
    let body = LimitedBody::new(payload, limit, patience, Rc::clone(fate));
    let (request, _none) = request.replace_payload(Payload::Stream {
        payload: Box::pin(body) as BoxedPayloadStream,
    });
    request
}
