//! A throw-away PostgreSQL server for tests.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};

/// A server that listens on a socket in its own temporary directory, and is gone when this process is.
///
/// With `TEST_DATABASE_URL` set, [`PgCluster::shared`] is that server instead; its role must be able to create
/// databases.
pub struct PgCluster {
    place: Place,
    /// Waits for the end of its input, which is the end of this process, then stops the server and removes it.
    _janitor: Option<Child>,
}

enum Place {
    Given { url: String },
    Own { bin: PathBuf, dir: PathBuf },
}

impl PgCluster {
    /// The server all tests of this process share; each makes a database of its own in it.
    pub fn shared() -> &'static PgCluster {
        static SHARED: OnceLock<PgCluster> = OnceLock::new();
        SHARED.get_or_init(|| match option_of_the_tests("TEST_DATABASE_URL") {
            Some(url) => PgCluster {
                place: Place::Given { url },
                _janitor: None,
            },
            None => PgCluster::start_new(&[]),
        })
    }

    /// A server for a test that stops it or needs other settings, such as `fsync=off`.
    pub fn start_new(settings: &[&str]) -> PgCluster {
        let bin = newest_bin();
        let dir = as_postgres(OsStr::new("mktemp"), &["-d", "/tmp/yeoun-pg-XXXXXX"]);
        let dir = PathBuf::from(dir.trim());
        let data = dir.join("data");
        let data = data.to_str().unwrap();
        as_postgres(
            bin.join("initdb").as_os_str(),
            &[
                "-D",
                data,
                "-U",
                "postgres",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale=C",
                "--no-sync",
            ],
        );
        let socket = dir.to_str().unwrap();
        let mut conf =
            format!("listen_addresses = ''\nunix_socket_directories = '{socket}'\nfsync = on\n");
        for setting in settings {
            conf.push_str(setting);
            conf.push('\n');
        }
        // `include_dir` style files need the owner's hand, so the settings go in through the shell.
        as_postgres(
            OsStr::new("sh"),
            &[
                "-c",
                "printf %s \"$1\" >> \"$2\"/postgresql.conf",
                "sh",
                &conf,
                data,
            ],
        );
        let stop = format!(
            "read _; '{}' -D '{data}' -m immediate stop; rm -rf '{socket}'",
            pg_ctl(&bin).display()
        );
        let janitor = postgres_command(OsStr::new("sh"))
            .args(["-c", &stop])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let cluster = PgCluster {
            place: Place::Own { bin, dir },
            _janitor: Some(janitor),
        };
        cluster.start();
        cluster
    }

    /// Makes an empty database and returns its address.
    pub fn database(&self) -> String {
        self.database_like("template1")
    }

    /// Makes a copy of another database, to which nobody may be connected, and returns its address.
    pub fn database_like(&self, template: &str) -> String {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!(
            "t{}_{}",
            std::process::id(),
            NEXT.fetch_add(1, Ordering::Relaxed)
        );
        let mut conn = PgConnection::establish(&self.url("postgres")).unwrap();
        conn.batch_execute(&format!("CREATE DATABASE {name} TEMPLATE {template}"))
            .unwrap();
        self.url(&name)
    }

    /// The address of a database of this server.
    pub fn url(&self, database: &str) -> String {
        match &self.place {
            Place::Own { dir, .. } => {
                let host = dir.to_str().unwrap().replace('/', "%2F");
                format!("postgres://postgres@/{database}?host={host}")
            }
            Place::Given { url } => {
                let (before, parameters) = url.split_once('?').unwrap_or((url, ""));
                let server = before.rsplit_once('/').unwrap().0;
                format!("{server}/{database}?{parameters}")
            }
        }
    }

    /// Stops the server as a crash would: sessions are cut, the log is replayed at the next start.
    pub fn stop(&self) {
        self.control(&["-m", "immediate", "stop"]);
    }

    /// Starts the server and waits until it answers.
    pub fn start(&self) {
        self.control(&["-w", "-t", "60", "-l", "/dev/null", "start"]);
    }

    fn control(&self, arguments: &[&str]) {
        let Place::Own { bin, dir } = &self.place else {
            unreachable!("a given server is not ours to stop");
        };
        let data = dir.join("data");
        let mut all = vec!["-s", "-D", data.to_str().unwrap()];
        all.extend(arguments);
        // The server must not keep a pipe of ours open, so nothing is captured here.
        let status = postgres_command(pg_ctl(bin).as_os_str())
            .args(&all)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .unwrap();
        assert!(status.success(), "pg_ctl {arguments:?}: {status}");
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "a setting of the tests, not of the program"
)]
fn option_of_the_tests(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

fn pg_ctl(bin: &Path) -> PathBuf {
    bin.join("pg_ctl")
}

/// The newest `/usr/lib/postgresql/*/bin` there is.
fn newest_bin() -> PathBuf {
    std::fs::read_dir("/usr/lib/postgresql")
        .expect("PostgreSQL's server programs in /usr/lib/postgresql, or TEST_DATABASE_URL")
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse::<u32>().ok())
        .max()
        .map(|version| PathBuf::from(format!("/usr/lib/postgresql/{version}/bin")))
        .unwrap()
}

/// The server refuses to run as root, so root runs it as `postgres`.
fn postgres_command(program: &OsStr) -> Command {
    let is_root = std::fs::metadata("/proc/self")
        .is_ok_and(|me| std::os::unix::fs::MetadataExt::uid(&me) == 0);
    let mut command = if is_root {
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--"]).arg(program);
        command
    } else {
        Command::new(program)
    };
    command.current_dir("/");
    command
}

fn as_postgres(program: &OsStr, arguments: &[&str]) -> String {
    let output = postgres_command(program).args(arguments).output().unwrap();
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{program:?}: {complaint}");
    String::from_utf8(output.stdout).unwrap()
}
