//! A server on a free port, and two ways to talk to it.

use std::{
    future::{Future, ready},
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
        mpsc,
    },
    time::Duration,
};

use actix_web::{
    HttpRequest, HttpResponse,
    web::{self as actix, Data, ServiceConfig},
};
use serde::Deserialize;
use tempfile::TempDir;
use tokio::sync::oneshot;
use yeoun::{
    cli,
    config::Config,
    db::{Db, Settings, Store},
    server,
    web::{Dependency, Error, Rendered, Shared, World, cached, health::StoreCheck},
};

/// What the test pages do.
#[derive(Default)]
pub struct Stage {
    /// How often `/page` was rendered.
    pub renders: AtomicUsize,
    /// Milliseconds a render takes.
    pub slowness: AtomicUsize,
}

/// A store that answers as told.
pub struct Check(pub Result<(), String>);

impl StoreCheck for Check {
    fn check(&self) -> Pin<Box<dyn Future<Output = Result<(), String>> + Send + '_>> {
        Box::pin(ready(self.0.clone()))
    }
}

/// A running site. Stops when dropped.
pub struct Site {
    pub address: SocketAddr,
    pub shared: Data<Shared>,
    pub stage: Arc<Stage>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<std::thread::JoinHandle<()>>,
    _data: TempDir,
}

#[derive(Deserialize)]
struct Fields {
    #[serde(default)]
    text: String,
}

#[derive(Deserialize)]
struct Typed {
    #[expect(dead_code, reason = "only its type matters")]
    page: u32,
}

async fn page(request: HttpRequest, stage: Data<Stage>) -> Result<HttpResponse, Error> {
    cached(&request, &["page"], |theme| async move {
        let n = stage.renders.fetch_add(1, Ordering::SeqCst) + 1;
        let slowness = stage.slowness.load(Ordering::SeqCst) as u64;
        actix_web::rt::time::sleep(Duration::from_millis(slowness)).await;
        let body = format!(
            "<!doctype html><p>{} render {n}</p>{}",
            theme.theme.as_str(),
            "도깨비 ".repeat(2000)
        );
        Ok(Rendered::html(
            body,
            vec![Dependency::Page(7), Dependency::Kind("song")],
        ))
    })
    .await
}

async fn broken() -> HttpResponse {
    panic!("secret cause")
}

async fn internal() -> Result<HttpResponse, Error> {
    Err(Error::Internal("secret cause".to_owned()))
}

async fn gone() -> Result<HttpResponse, Error> {
    Err(Error::Gone {
        note: "a copy of <b>another</b>".to_owned(),
    })
}

async fn busy() -> Result<HttpResponse, Error> {
    Err(Error::TooManyRequests {
        retry_after: Duration::from_millis(1500),
    })
}

async fn typed(_: actix::Query<Typed>) -> &'static str {
    "fine"
}

async fn post(fields: actix::Form<Fields>) -> String {
    fields.text.len().to_string()
}

async fn slow() -> &'static str {
    actix_web::rt::time::sleep(Duration::from_millis(700)).await;
    "slow but done"
}

async fn invalid() -> HttpResponse {
    HttpResponse::UnprocessableEntity()
        .content_type("text/html; charset=utf-8")
        .body("the form again")
}

fn routes(site: &mut ServiceConfig) {
    site.service(actix::resource("/page").route(actix::get().to(page)))
        .route("/broken", actix::get().to(broken))
        .route("/internal", actix::get().to(internal))
        .route("/gone", actix::get().to(gone))
        .route("/busy", actix::get().to(busy))
        .route("/typed", actix::get().to(typed))
        .route("/post", actix::post().to(post))
        .route("/slow", actix::get().to(slow))
        .route("/invalid", actix::get().to(invalid));
}

impl Site {
    pub fn start() -> Self {
        Self::with(|_| {}, Check(Ok(())))
    }

    pub fn with(change: impl FnOnce(&mut Config), store: Check) -> Self {
        let mut config = Config::defaults().unwrap();
        config.listen = "127.0.0.1:0".parse().unwrap();
        config.workers = 2;
        config.body_timeout = Duration::from_millis(400);
        config.shutdown_timeout = Duration::from_secs(5);
        change(&mut config);
        let shared = Data::new(Shared::new(
            Arc::new(config),
            store,
            World::new(cli::store::now, cli::store::random),
        ));
        let stage = Arc::new(Stage::default());
        let (stop, stopped) = oneshot::channel();
        let (tell, told) = mpsc::channel();
        let data = tempfile::tempdir().unwrap();
        let db = Db::open(&Settings::new(Store::from_url(None, data.path()).unwrap())).unwrap();
        db.migrate().unwrap();
        let (for_thread, stage_data) = (shared.clone(), Data::from(Arc::clone(&stage)));
        let thread = std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let site = server::with_store(&db);
                let more = move |service: &mut ServiceConfig| {
                    service.app_data(stage_data.clone());
                    site(service);
                    routes(service);
                };
                let stop = async {
                    let _ = stopped.await;
                };
                let running = server::start(for_thread, more, stop).unwrap();
                tell.send(running.address).unwrap();
                running.server.await.unwrap();
            });
        });
        let address = told.recv().unwrap();
        Self {
            address,
            shared,
            stage,
            stop: Some(stop),
            thread: Some(thread),
            _data: data,
        }
    }

    pub fn renders(&self) -> usize {
        self.stage.renders.load(Ordering::SeqCst)
    }

    /// Begins the graceful stop.
    pub fn stop(&mut self) {
        self.shared.drain();
        let _ = self.stop.take().map(|stop| stop.send(()));
    }

    /// Waits for the end.
    pub fn join(&mut self) {
        self.thread.take().unwrap().join().unwrap();
    }

    /// One request on its own connection.
    pub fn ask(&self, method: &str, target: &str, headers: &[(&str, &str)], body: &str) -> Reply {
        let mut text = format!(
            "{method} {target} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n",
            self.address
        );
        for (name, value) in headers {
            text.push_str(&format!("{name}: {value}\r\n"));
        }
        if !body.is_empty() {
            text.push_str(&format!(
                "Content-Length: {}\r\nContent-Type: application/x-www-form-urlencoded\r\n",
                body.len()
            ));
        }
        text.push_str("\r\n");
        text.push_str(body);
        let mut stream = self.connect();
        // The server may answer and close before it has read everything.
        let _ = stream.write_all(text.as_bytes());
        Reply::read(stream)
    }

    pub fn get(&self, target: &str, headers: &[(&str, &str)]) -> Reply {
        self.ask("GET", target, headers, "")
    }

    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(10)))
            .unwrap();
        stream
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.stop();
    }
}

/// An answer read to the end of the connection.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Reply {
    pub fn read(mut stream: TcpStream) -> Self {
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        let end = bytes
            .windows(4)
            .position(|w| w == b"\r\n\r\n")
            .unwrap_or_else(|| panic!("no head in {bytes:?}"));
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
        let mut lines = head.split("\r\n");
        let status = lines
            .next()
            .unwrap()
            .split(' ')
            .nth(1)
            .unwrap()
            .parse()
            .unwrap();
        let pair = |line: &str| {
            line.split_once(": ")
                .map(|(n, v)| (n.to_ascii_lowercase(), v.to_owned()))
                .unwrap()
        };
        Self {
            status,
            headers: lines.map(pair).collect(),
            body: bytes[end + 4..].to_vec(),
        }
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers
            .iter()
            .find(|(n, _)| n == name)
            .map_or("", |(_, v)| v)
    }

    pub fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }
}
