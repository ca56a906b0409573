//! The site as an operator runs it: the release binary, in a process of its own.

use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::Outcome;

/// The binary that cargo built together with this program.
pub const BINARY: &str = env!("CARGO_BIN_EXE_yeoun");

/// A running site; it ends with this value.
pub struct Site {
    child: Child,
    pub address: SocketAddr,
}

impl Site {
    /// Starts it over a data directory, with so many MiB of rendered pages, and waits until it is ready.
    pub fn start(data: &Path, cache_mib: u32) -> Outcome<Self> {
        let site = Self::spawn(data, cache_mib)?;
        let begun = Instant::now();
        while get(&site.url("/readyz"), &[]).is_err() {
            if begun.elapsed() > Duration::from_secs(60) {
                return Err("the site did not become ready within a minute".into());
            }
            sleep(Duration::from_millis(20));
        }
        Ok(site)
    }

    /// Starts it and does not wait.
    pub fn spawn(data: &Path, cache_mib: u32) -> Outcome<Self> {
        let address = free_address()?;
        let child = Command::new(BINARY)
            .arg("--data-dir")
            .arg(data)
            .args([
                "--listen",
                &address.to_string(),
                "--cache-mib",
                &cache_mib.to_string(),
            ])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        Ok(Self { child, address })
    }

    /// Its process.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// The address of one of its pages.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        end(&mut self.child);
    }
}

/// Ends a process we started the way an operator would, and waits for it.
pub fn end(child: &mut Child) {
    let asked = Command::new("kill")
        .args(["-TERM", &child.id().to_string()])
        .status();
    if !asked.is_ok_and(|status| status.success()) {
        // It has ended by itself, or there is no `kill`; either way nothing more can be done than this.
        let _ = child.kill();
    }
    let _ = child.wait();
}

/// An address of this machine that nobody listens at.
pub fn free_address() -> Outcome<SocketAddr> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?)
}

/// The address of the same page with a parameter that the page does not know: such an address is answered and never kept, so
/// that many who ask at once do not share one render.
pub fn uncached(path: &str) -> String {
    let mark = if path.contains('?') { '&' } else { '?' };
    format!("{path}{mark}uncached")
}

/// Where generated data is kept: beside the build.
pub fn bench_dir() -> PathBuf {
    let built = Path::new(BINARY)
        .parent()
        .and_then(Path::parent)
        .unwrap_or(Path::new("target"));
    built.join("bench")
}

/// A data directory that has the starter catalogue and nothing else.
pub fn starter() -> Outcome<tempfile::TempDir> {
    let dir = tempfile::tempdir()?;
    drop(Site::start(dir.path(), 0)?);
    Ok(dir)
}

/// One answer as it came over the wire, packed or not.
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Answer {
    /// A header's value.
    pub fn header(&self, name: &str) -> Outcome<&str> {
        let found = self.headers.iter().find(|(of, _)| of == name);
        found
            .map(|(_, value)| value.as_str())
            .ok_or_else(|| format!("the answer has no {name}").into())
    }
}

/// Gets a page; anything but 200 is an error.
pub fn get(url: &str, headers: &[(&str, &str)]) -> Outcome<Answer> {
    let mut request = ureq::get(url).header("connection", "close");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let (head, mut body) = request.call()?.into_parts();
    let text = |value: &ureq::http::HeaderValue| value.to_str().map(str::to_owned);
    let headers: Result<Vec<_>, _> = head
        .headers
        .iter()
        .map(|(name, value)| {
            Ok::<_, ureq::http::header::ToStrError>((name.to_string(), text(value)?))
        })
        .collect();
    let answer = Answer {
        status: head.status.as_u16(),
        headers: headers?,
        body: body.with_config().limit(64 << 20).read_to_vec()?,
    };
    if answer.status == 200 {
        Ok(answer)
    } else {
        Err(format!("{url} answers {}", answer.status).into())
    }
}
