//! The handlers' side of the cache.

use std::{
    sync::{Arc, PoisonError},
    time::Duration,
};

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderValue, VARY},
    web,
};
use bytes::Bytes;

use super::{DependencySet, Effort, Entry, Key, Page, Rendered};
use crate::web::{Error, Shared, metrics::RouteCounters, theme::Visitor, viewer::Viewer};

/// How long one request waits for another's render of the same page before it renders for itself.
const LONGEST_WAIT: Duration = Duration::from_secs(5);
/// Addresses longer than this are never kept.
const LONGEST_KEY: usize = 512;

/// Answers an anonymous GET from the cache, or renders and keeps it. `render` is told whom to write it for.
///
/// `query` names the query parameters the page reads. An address with any other parameter is answered but not kept, so that
/// nobody can fill the cache with `?1`, `?2`, `?3`.
///
/// For a visitor with a session (or any other personal cookie) `render` runs every time and the answer is `private`.
///
/// # Errors
/// Whatever `render` answers instead of a page; nothing is kept then.
pub async fn cached<F, R>(
    request: &HttpRequest,
    query: &[&str],
    render: F,
) -> Result<HttpResponse, Error>
where
    F: FnOnce(Viewer) -> R,
    R: Future<Output = Result<Rendered, Error>>,
{
    let shared = shared(request)?;
    let visitor = Visitor::read(request.headers());
    if visitor.is_personal {
        return Ok(private(render(Viewer::of(request)).await?));
    }
    let viewer = Viewer::anonymous(visitor.theme);
    let Some(target) = storable_target(request, query) else {
        return Ok(send(request, &page_of(request, render(viewer).await?).entry).await);
    };
    let cache = &shared.cache;
    let key = Key {
        theme: visitor.theme,
        target: target.into(),
    };
    shared.metrics.misses.increment(1);
    let place =
        tokio::time::timeout(LONGEST_WAIT, cache.pages.get_value_or_guard_async(&key)).await;
    let page = match place {
        Ok(Ok(page)) => page,
        Ok(Err(guard)) => {
            let start = cache.epoch();
            let page = Arc::new(page_of(request, render(viewer).await?));
            // The lock is held until the page is in: an invalidation either comes first and is seen, or finds the page there.
            let log = cache
                .invalidations
                .read()
                .unwrap_or_else(PoisonError::into_inner);
            if !log.touched_since(start, &page.shows) {
                // Refused only when the place was taken over meanwhile; the page is right all the same.
                let _ = guard.insert(Arc::clone(&page));
            }
            drop(log);
            page
        }
        // Somebody else's render of this page hangs or keeps failing.
        Err(_elapsed) => Arc::new(page_of(request, render(viewer).await?)),
    };
    Ok(send(request, &page.entry).await)
}

/// What the routes share; it is always there, except in a test that forgot it.
fn shared(request: &HttpRequest) -> Result<&Shared, Error> {
    let data = request
        .app_data::<web::Data<Shared>>()
        .map(|data| data.get_ref());
    data.ok_or_else(|| Error::Internal("the shared state is not in the app data".to_owned()))
}

/// A body that is this visitor's own: never stored by anybody, but the browser's back button may show it again.
pub fn private(rendered: Rendered) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((
            CONTENT_TYPE,
            HeaderValue::from_static(rendered.content_type),
        ))
        .insert_header((CACHE_CONTROL, HeaderValue::from_static("private, no-cache")))
        .insert_header((VARY, HeaderValue::from_static("Accept-Encoding, Cookie")))
        .body(rendered.body)
}

async fn send(request: &HttpRequest, entry: &Entry) -> HttpResponse {
    entry.pack(request.head()).await;
    match entry.answer(request.head()) {
        Some(answer) => answer.into(),
        None => HttpResponse::from_error(Error::Internal("a packed form was not made".to_owned())),
    }
}

fn page_of(request: &HttpRequest, rendered: Rendered) -> Page {
    let pattern = request.match_pattern().unwrap_or_default();
    Page {
        shows: DependencySet::new(rendered.depends),
        entry: Entry::new(
            Bytes::from(rendered.body),
            HeaderValue::from_static(rendered.content_type),
            HeaderValue::from_static("public, max-age=0, must-revalidate"),
            HeaderValue::from_static("Accept-Encoding, Cookie"),
            Effort::PAGE,
            RouteCounters::new(&pattern),
        ),
    }
}

/// The address to keep a page under, unless it must not be kept.
fn storable_target<'a>(request: &'a HttpRequest, known: &[&str]) -> Option<&'a str> {
    let target = request.uri().path_and_query()?.as_str();
    let query = request.uri().query().unwrap_or_default();
    let known_only = query.is_empty()
        || query
            .split('&')
            .all(|pair| known.contains(&pair.split_once('=').map_or(pair, |(name, _)| name)));
    (known_only && target.len() <= LONGEST_KEY && request.uri().query() != Some(""))
        .then_some(target)
}
