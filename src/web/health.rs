//! What a supervisor and a balancer ask.

use std::{pin::Pin, time::Duration};

use actix_web::{HttpResponse, web};

use super::Shared;
use crate::db::Db;

/// How long the store may take to answer before it counts as away.
const PATIENCE: Duration = Duration::from_secs(1);

/// The store's side of the readiness check.
pub trait StoreCheck: Send + Sync + 'static {
    /// Runs the cheapest statement there is. The error is for the log.
    fn check(&self) -> Pin<Box<dyn Future<Output = Result<(), String>> + Send + '_>>;

    /// The store itself, where there is one: sessions are looked up in it.
    fn db(&self) -> Option<&Db> {
        None
    }
}

/// `GET /healthz`: the process answers.
pub async fn live() -> HttpResponse {
    plain(&mut HttpResponse::Ok(), "ok\n")
}

/// `GET /readyz`: 200 when the store answers, 503 while it does not or while the server drains.
pub async fn ready(shared: web::Data<Shared>) -> HttpResponse {
    if shared.is_draining() {
        return plain(&mut HttpResponse::ServiceUnavailable(), "draining\n");
    }
    let cause = match tokio::time::timeout(PATIENCE, shared.store.check()).await {
        Ok(Ok(())) => return plain(&mut HttpResponse::Ok(), "ready\n"),
        Ok(Err(cause)) => cause,
        Err(_elapsed) => "no answer within a second".to_owned(),
    };
    tracing::error!(cause, "the store does not answer");
    plain(
        &mut HttpResponse::ServiceUnavailable(),
        "store unavailable\n",
    )
}

/// `GET /version`.
pub async fn version() -> HttpResponse {
    HttpResponse::Ok()
        .insert_header(("cache-control", "no-store"))
        .json(serde_json::json!({
            "name": "yeoun",
            "version": env!("CARGO_PKG_VERSION"),
            "commit": option_env!("YEOUN_COMMIT"),
        }))
}

/// A status a machine reads. The mark keeps its 503 from being replaced by the page for people.
fn plain(answer: &mut actix_web::HttpResponseBuilder, text: &'static str) -> HttpResponse {
    let mut answer = answer
        .insert_header(("content-type", "text/plain; charset=utf-8"))
        .insert_header(("cache-control", "no-store"))
        .body(text);
    answer.extensions_mut().insert(super::error_pages::Finished);
    answer
}
