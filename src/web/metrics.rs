//! Numbers for Prometheus. Counters of the hot path are looked up once and kept; the rest goes through the `metrics` macros.

use std::{
    sync::{OnceLock, atomic::AtomicI64, atomic::Ordering},
    time::{Duration, Instant},
};

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, http::header::CONTENT_TYPE, web};
use metrics::{
    Counter, counter, describe_counter, describe_gauge, describe_histogram, gauge, histogram,
};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};

use super::{Error, PageCache, Shared, client};

/// The counter of statements, incremented by the store layer with `metrics::counter!`.
pub const DB_STATEMENTS: &str = "yeoun_db_statements_total";
const REQUESTS: &str = "yeoun_http_requests_total";
const SECONDS: &str = "yeoun_http_request_duration_seconds";

/// The process's recorder: one per process, however many servers the tests start in it.
static RECORDER: OnceLock<PrometheusHandle> = OnceLock::new();

/// The handles the server itself writes to.
#[derive(Clone)]
pub struct Metrics {
    handle: PrometheusHandle,
    started: Instant,
    /// Pages and files answered before the router.
    pub hits: Counter,
    /// Pages that had to be rendered or waited for.
    pub misses: Counter,
}

impl Metrics {
    /// Installs the recorder at the first call.
    pub fn install() -> Self {
        let handle = RECORDER.get_or_init(|| {
            let recorder = PrometheusBuilder::new().build_recorder();
            let handle = recorder.handle();
            // Only fails when another recorder was installed first; then ours just stays empty.
            let _ = metrics::set_global_recorder(recorder);
            describe_counter!(REQUESTS, "Requests by route pattern and class of status.");
            describe_histogram!(
                SECONDS,
                "Seconds per request that reached the router, by route pattern."
            );
            describe_counter!(DB_STATEMENTS, "Statements sent to the store.");
            describe_counter!(
                "yeoun_page_cache_hits_total",
                "Answers from the page cache or the assets."
            );
            describe_counter!(
                "yeoun_page_cache_misses_total",
                "Pages that were not in the cache."
            );
            describe_gauge!("yeoun_page_cache_bytes", "Bytes the page cache holds.");
            describe_gauge!("yeoun_page_cache_pages", "Pages the page cache holds.");
            describe_gauge!(
                "yeoun_requests_in_flight",
                "Requests beyond the cache that are being answered now."
            );
            describe_gauge!("yeoun_uptime_seconds", "Seconds since the start.");
            handle
        });
        Self {
            handle: handle.clone(),
            started: Instant::now(),
            hits: counter!("yeoun_page_cache_hits_total"),
            misses: counter!("yeoun_page_cache_misses_total"),
        }
    }

    /// Empties the buffers of the histograms; to be called every few seconds.
    pub fn upkeep(&self) {
        self.handle.run_upkeep();
    }

    fn text(&self, cache: &PageCache, in_flight: &InFlight) -> String {
        // A gauge is a float; sizes of this order fit exactly.
        #[expect(clippy::cast_precision_loss, reason = "sizes stay far below 2^52")]
        {
            gauge!("yeoun_page_cache_bytes").set(cache.weight() as f64);
            gauge!("yeoun_page_cache_pages").set(cache.len() as f64);
            gauge!("yeoun_requests_in_flight").set(in_flight.0.load(Ordering::Relaxed) as f64);
        }
        gauge!("yeoun_uptime_seconds").set(self.started.elapsed().as_secs_f64());
        self.handle.render()
    }
}

impl std::fmt::Debug for Metrics {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Metrics").finish_non_exhaustive()
    }
}

/// How many requests are being answered.
#[derive(Debug, Default)]
pub struct InFlight(AtomicI64);

impl InFlight {
    /// Counts one until the guard goes.
    pub fn enter(&self) -> InFlightGuard<'_> {
        self.0.fetch_add(1, Ordering::Relaxed);
        InFlightGuard(&self.0)
    }

    /// How many there are now.
    pub fn count(&self) -> i64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// One request under way.
#[derive(Debug)]
pub struct InFlightGuard<'a>(&'a AtomicI64);

impl Drop for InFlightGuard<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// The two counters a cached answer can increment, found once per entry.
#[derive(Clone)]
pub struct RouteCounters {
    ok: Counter,
    not_modified: Counter,
}

impl RouteCounters {
    /// `route`: the pattern, such as `/songs/{slug}`.
    pub fn new(route: &str) -> Self {
        let of = |class: &'static str| counter!(REQUESTS, "route" => route.to_owned(), "status" => class);
        Self {
            ok: of("2xx"),
            not_modified: of("3xx"),
        }
    }

    /// Counts an answer from the cache.
    pub fn count(&self, status: StatusCode) {
        if status == StatusCode::NOT_MODIFIED {
            self.not_modified.increment(1)
        } else {
            self.ok.increment(1)
        }
    }
}

impl std::fmt::Debug for RouteCounters {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RouteCounters").finish_non_exhaustive()
    }
}

/// Counts a request that went through the router. Unknown addresses share one label, so that nobody can invent labels.
pub fn record(route: Option<&str>, status: StatusCode, took: Duration) {
    let route = route.unwrap_or("none").to_owned();
    let class = match status.as_u16() {
        100..=199 => "1xx",
        200..=299 => "2xx",
        300..=399 => "3xx",
        400..=499 => "4xx",
        _ => "5xx",
    };
    counter!(REQUESTS, "route" => route.clone(), "status" => class).increment(1);
    histogram!(SECONDS, "route" => route).record(took.as_secs_f64());
}

/// `GET /metrics`. Without a listener of its own only this machine is answered; to anybody else there is nothing here.
///
/// # Errors
/// [`Error::NotFound`] for everybody else.
pub async fn show(request: HttpRequest, shared: web::Data<Shared>) -> Result<HttpResponse, Error> {
    let elsewhere = shared.config.metrics_listen.is_some();
    if elsewhere || !client::is_local(request.head()) {
        return Err(Error::NotFound);
    }
    Ok(answer(&shared))
}

/// The same on the metrics listener, where whoever reaches it may read.
pub async fn show_to_all(shared: web::Data<Shared>) -> HttpResponse {
    answer(&shared)
}

fn answer(shared: &Shared) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8"))
        .insert_header(("cache-control", "no-store"))
        .body(shared.metrics.text(&shared.cache, &shared.in_flight))
}
