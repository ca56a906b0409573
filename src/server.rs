//! The server: how an application is put together, started and stopped. The binary and the tests use the same functions.

use std::{io, net::SocketAddr, time::Duration};

use actix_web::{
    App, HttpServer,
    dev::{Server, ServerHandle},
    web::{self, Data, FormConfig, JsonConfig, PayloadConfig, ServiceConfig},
};
use tokio::sync::oneshot;

pub mod follower;

use crate::{
    db::Db,
    router,
    web::{Shared, front::front},
};

/// How long a request's head may take, and how long a connection may idle between requests.
const HEAD_PATIENCE: Duration = Duration::from_secs(5);
/// Files the process needs besides connections: database, logs, sockets.
const SPARE_FILES: usize = 500;

/// Why the server did not start or did not end well.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The address is taken or not ours.
    #[error(
        "cannot listen on {address}: {cause}; stop what uses it, or choose another with {flag}"
    )]
    Listen {
        /// As configured.
        address: SocketAddr,
        /// From the system.
        cause: io::Error,
        /// The flag that sets it.
        flag: &'static str,
    },
    /// The event loop failed.
    #[error("the server stopped: {0}")]
    Run(#[from] io::Error),
    /// A second signal came before the requests were done.
    #[error("stopped at once by a second signal; {0} requests were cut off")]
    Forced(i64),
}

/// A started server.
pub struct Running {
    /// Ends when the server has stopped.
    pub server: Server,
    /// Where it listens.
    pub address: SocketAddr,
}

/// Binds and starts. `routes` names the addresses ([`router::register`], and whatever a test adds); the server stops
/// gracefully when `stop` resolves. Must be called inside an actix system.
///
/// # Errors
/// [`Failure::Listen`].
pub fn start<R>(
    shared: Data<Shared>,
    routes: R,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<Running, Failure>
where
    R: Fn(&mut ServiceConfig) + Clone + Send + 'static,
{
    let config = shared.config.clone();
    let for_workers = shared.clone();
    let server = HttpServer::new(move || {
        let limit = usize::MAX;
        // The one limit on bodies is the front layer's; the extractors' own would only be a second opinion.
        let application = App::new()
            .app_data(for_workers.clone())
            .app_data(PayloadConfig::new(limit))
            .app_data(FormConfig::default().limit(limit))
            .app_data(JsonConfig::default().limit(limit))
            .configure(routes.clone())
            .default_service(web::to(router::otherwise));
        front(application, for_workers.clone(), router::body_limit)
    });
    let failed = |cause| Failure::Listen {
        address: config.listen,
        cause,
        flag: "--listen",
    };
    let server = server
        .workers(config.workers)
        .max_connections(config.max_connections.div_ceil(config.workers))
        .backlog(4096)
        .tcp_nodelay(true)
        .keep_alive(HEAD_PATIENCE)
        .client_request_timeout(HEAD_PATIENCE)
        .client_disconnect_timeout(Duration::from_secs(1))
        .shutdown_timeout(config.shutdown_timeout.as_secs())
        .shutdown_signal(stop)
        .bind(config.listen)
        .map_err(failed)?;
    let address = server.addrs().first().copied().unwrap_or(config.listen);
    Ok(Running {
        server: server.run(),
        address,
    })
}

/// The routes of the site over a store.
pub fn with_store(db: &Db) -> impl Fn(&mut ServiceConfig) + Clone + Send + 'static {
    let db = Data::new(db.clone());
    move |site| {
        site.app_data(db.clone());
        router::register(site);
    }
}

/// Runs the site until SIGTERM or Ctrl-C; `started` is told the address. The first signal turns `/readyz` to 503 and lets
/// requests finish, the second stops at once.
///
/// # Errors
/// [`Failure`].
pub async fn serve(
    shared: Data<Shared>,
    db: &Db,
    started: impl FnOnce(SocketAddr),
) -> Result<(), Failure> {
    warn_about_files(shared.config.max_connections);
    let mut signals = Signals::new()?;
    let (stop, stopped) = oneshot::channel::<()>();
    let running = start(shared.clone(), with_store(db), async {
        // A dropped sender means the same as a message: stop.
        let _ = stopped.await;
    })?;
    let metrics = metrics_server(&shared)?;
    let upkeep = actix_web::rt::spawn(upkeep(shared.clone()));
    let follower = actix_web::rt::spawn(follower::follow(shared.clone(), db.clone()));
    started(running.address);
    let watch = async {
        signals.next().await;
        tracing::info!("draining: requests may finish, new ones go elsewhere");
        shared.drain();
        let _ = stop.send(());
        signals.next().await;
    };
    let result = tokio::select! {
        result = running.server => result.map_err(Failure::from),
        () = watch => Err(Failure::Forced(shared.in_flight.count())),
    };
    upkeep.abort();
    follower.abort();
    if let Some(metrics) = metrics {
        metrics.stop(false).await;
    }
    result
}

/// The listener that serves nothing but metrics.
fn metrics_server(shared: &Data<Shared>) -> Result<Option<ServerHandle>, Failure> {
    let Some(address) = shared.config.metrics_listen else {
        return Ok(None);
    };
    let shared = shared.clone();
    let server = HttpServer::new(move || {
        App::new()
            .app_data(shared.clone())
            .configure(router::register_metrics)
    })
    .workers(1)
    .disable_signals()
    .bind(address)
    .map_err(|cause| Failure::Listen {
        address,
        cause,
        flag: "--metrics-listen",
    })?
    .run();
    let handle = server.handle();
    actix_web::rt::spawn(server);
    Ok(Some(handle))
}

async fn upkeep(shared: Data<Shared>) {
    let mut every = tokio::time::interval(Duration::from_secs(5));
    loop {
        every.tick().await;
        shared.metrics.upkeep();
    }
}

/// The signals that end a server.
struct Signals {
    terminate: tokio::signal::unix::Signal,
    interrupt: tokio::signal::unix::Signal,
}

impl Signals {
    fn new() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

/// Says so when the system allows fewer open files than the connections need. Linux only; elsewhere nothing is said.
fn warn_about_files(max_connections: usize) {
    let Ok(limits) = std::fs::read_to_string("/proc/self/limits") else {
        return;
    };
    let soft = limits.lines().find_map(|line| {
        line.strip_prefix("Max open files")?
            .split_whitespace()
            .next()
    });
    let Some(soft) = soft.and_then(|number| number.parse::<usize>().ok()) else {
        return;
    };
    if soft < max_connections + SPARE_FILES {
        tracing::warn!(
            open_files = soft,
            max_connections,
            "the limit of open files is too small for that many connections; raise it (ulimit -n) or lower --max-connections"
        );
    }
}
