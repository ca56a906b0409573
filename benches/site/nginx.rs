//! nginx with the very same bytes as files, as well set up as it can be for that.

use std::fs;
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use tempfile::TempDir;

use crate::Outcome;
use crate::site::{self, Answer};

/// Headers nginx writes by itself, or that belong to one body only.
const ITS_OWN: [&str; 8] = [
    "connection",
    "content-encoding",
    "content-length",
    "content-type",
    "date",
    "etag",
    "last-modified",
    "transfer-encoding",
];

/// A running nginx; it ends with this value.
pub struct Nginx {
    child: Child,
    pub address: SocketAddr,
    _dir: TempDir,
}

impl Nginx {
    /// Starts one that serves the body of `plain`, and that of `packed` to who takes gzip, at `path`, with the same headers.
    pub fn start(path: &str, plain: &Answer, packed: &Answer) -> Outcome<Self> {
        let dir = tempfile::tempdir()?;
        let address = site::free_address()?;
        let file = dir.path().join("files").join(path.trim_start_matches('/'));
        fs::create_dir_all(file.parent().ok_or("the page has no folder")?)?;
        fs::write(&file, &plain.body)?;
        let mut with_suffix = file.into_os_string();
        with_suffix.push(".gz");
        fs::write(&with_suffix, &packed.body)?;
        let place = dir.path().display().to_string();
        fs::write(
            dir.path().join("nginx.conf"),
            configuration(&place, address, plain)?,
        )?;
        let child = Command::new("nginx")
            .args(["-p", &place, "-c", "nginx.conf", "-e", "error.log"])
            .stdin(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("nginx cannot be run ({error}); install nginx-light"))?;
        let nginx = Self {
            child,
            address,
            _dir: dir,
        };
        for _ in 0..250 {
            if site::get(&nginx.url(path), &[]).is_ok() {
                return Ok(nginx);
            }
            sleep(Duration::from_millis(20));
        }
        let log = fs::read_to_string(nginx._dir.path().join("error.log")).unwrap_or_default();
        Err(format!("nginx did not start: {log}").into())
    }

    /// Its master process.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// The address of a file.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        site::end(&mut self.child);
    }
}

/// No log, no reconnecting, open files kept open, as many workers as the site has.
fn configuration(dir: &str, address: SocketAddr, plain: &Answer) -> Outcome<String> {
    let workers = std::thread::available_parallelism()?;
    let content_type = plain.header("content-type")?;
    let mut headers = String::new();
    for (name, value) in plain
        .headers
        .iter()
        .filter(|(name, _)| !ITS_OWN.contains(&name.as_str()))
    {
        let value = value.replace('\\', "\\\\").replace('"', "\\\"");
        headers.push_str(&format!("    add_header {name} \"{value}\";\n"));
    }
    Ok(format!(
        "user root;
daemon off;
worker_processes {workers};
pid {dir}/nginx.pid;
error_log {dir}/error.log crit;
events {{ worker_connections 4096; }}
http {{
  access_log off;
  server_tokens off;
  sendfile on;
  tcp_nopush on;
  tcp_nodelay on;
  keepalive_timeout 65;
  keepalive_requests 1000000000;
  open_file_cache max=100 inactive=1h;
  open_file_cache_valid 1h;
  client_body_temp_path {dir}/body;
  proxy_temp_path {dir}/proxy;
  fastcgi_temp_path {dir}/fastcgi;
  uwsgi_temp_path {dir}/uwsgi;
  scgi_temp_path {dir}/scgi;
  types {{ }}
  default_type \"{content_type}\";
  gzip off;
  gzip_static on;
  server {{
    listen {address} backlog=4096;
    root {dir}/files;
{headers}  }}
}}
"
    ))
}
