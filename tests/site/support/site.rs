//! A running site.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, OnceLock, mpsc};
use std::time::Duration;

use actix_web::web::Data;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use tokio::sync::oneshot;
use ureq::http::Request;
use yeoun::config::Config;
use yeoun::db::{Db, StoreKind};
use yeoun::web::{Shared, World};
use yeoun::{cli, server};

use super::{Reply, TestStore, store::AT};

/// What a browser escapes in a path.
const IN_PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'`')
    .add(b'^');

/// The server, on a free port, in a thread of this process. It stops when dropped.
pub struct Site {
    pub store: TestStore,
    pub db: Db,
    pub shared: Data<Shared>,
    pub address: SocketAddr,
    /// What the site takes for now, microseconds since 1970.
    pub clock: Arc<AtomicI64>,
    agent: ureq::Agent,
    stop: Option<oneshot::Sender<()>>,
}

impl Site {
    /// A site of the test's own, with the catalogue.
    pub fn start(kind: StoreKind) -> Self {
        Self::over(TestStore::with_catalogue(kind))
    }

    /// The one site all tests share that only look.
    pub fn reading(kind: StoreKind) -> &'static Self {
        static SQLITE: OnceLock<Site> = OnceLock::new();
        static POSTGRES: OnceLock<Site> = OnceLock::new();
        let site = match kind {
            StoreKind::Sqlite => &SQLITE,
            StoreKind::Postgres => &POSTGRES,
        };
        site.get_or_init(|| Self::start(kind))
    }

    /// A site over a store.
    pub fn over(store: TestStore) -> Self {
        Self::over_with(store, |_| {})
    }

    /// The same with other settings.
    pub fn over_with(store: TestStore, set: impl FnOnce(&mut Config)) -> Self {
        let mut config = Config::defaults().unwrap();
        config.listen = "127.0.0.1:0".parse().unwrap();
        config.base_url = "http://yeoun.example".to_owned();
        config.workers = 2;
        config.shutdown_timeout = Duration::from_secs(1);
        // So that tests can come from anywhere.
        config.trusted_proxies = vec!["127.0.0.1".parse().unwrap()];
        set(&mut config);
        let clock = Arc::new(AtomicI64::new(AT + 10_000_000));
        let ticking = Arc::clone(&clock);
        let world = World::new(move || ticking.load(Ordering::SeqCst), cli::store::random);
        let db = store.db.clone();
        let shared = Data::new(Shared::new(
            Arc::new(config),
            cli::serve::Store(db.clone()),
            world,
        ));
        let (stop, stopped) = oneshot::channel();
        let (tell, told) = mpsc::channel();
        let (for_thread, routes) = (shared.clone(), server::with_store(&db));
        std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let stop = async {
                    let _ = stopped.await;
                };
                let running = server::start(for_thread, routes, stop).unwrap();
                tell.send(running.address).unwrap();
                running.server.await.unwrap();
            });
        });
        let address = told.recv().unwrap();
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_global(Some(Duration::from_secs(30)))
            .build()
            .into();
        Self {
            store,
            db,
            shared,
            address,
            clock,
            agent,
            stop: Some(stop),
        }
    }

    /// Lets time pass.
    pub fn wait(&self, seconds: i64) {
        self.clock.fetch_add(seconds * 1_000_000, Ordering::SeqCst);
    }

    /// Asks for a path, which may be written as people write it: Hangul and spaces are escaped as a browser would.
    pub fn get(&self, path: &str) -> Reply {
        self.ask("GET", path, &[], "")
    }

    /// The same with headers.
    pub fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Reply {
        self.ask("GET", path, headers, "")
    }

    /// Sends a form.
    pub fn post(&self, path: &str, form: &str) -> Reply {
        self.ask(
            "POST",
            path,
            &[("content-type", "application/x-www-form-urlencoded")],
            form,
        )
    }

    /// One request; nothing is followed, and no status is an error.
    pub fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Reply {
        let escaped = utf8_percent_encode(path, IN_PATH);
        let mut request = Request::builder()
            .method(method)
            .uri(format!("http://{}{escaped}", self.address));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let answer = if body.is_empty() {
            self.agent.run(request.body(()).unwrap())
        } else {
            self.agent.run(request.body(body.to_owned()).unwrap())
        };
        let answer = answer.unwrap_or_else(|error| panic!("{method} {path}: {error}"));
        let (head, mut body) = answer.into_parts();
        let bytes = body.with_config().limit(64 << 20).read_to_vec().unwrap();
        Reply {
            path: path.to_owned(),
            status: head.status.as_u16(),
            headers: head.headers,
            bytes,
        }
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        let _ = self.stop.take().map(|stop| stop.send(()));
    }
}
