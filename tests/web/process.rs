//! The binary: exit codes, signals, sentences.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpListener,
    path::Path,
    process::{Child, Command, ExitStatus, Output, Stdio},
    time::{Duration, Instant},
};

const BINARY: &str = env!("CARGO_BIN_EXE_yeoun");

fn run(arguments: &[&str]) -> Output {
    let data = tempfile::tempdir().unwrap();
    Command::new(BINARY)
        .args(arguments)
        .env("YEOUN_DATA_DIR", data.path())
        .env_remove("DATABASE_URL")
        .output()
        .unwrap()
}

#[expect(
    clippy::zombie_processes,
    reason = "every test waits for what it started"
)]
/// A started site over an empty folder, its address, and the rest of its log.
fn serve(data: &Path) -> (Child, String, BufReader<std::process::ChildStderr>) {
    let mut child = Command::new(BINARY)
        .env("YEOUN_DATA_DIR", data)
        .env_remove("DATABASE_URL")
        .args(["serve", "--listen", "127.0.0.1:0", "--log-format", "json"])
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut log = BufReader::new(child.stderr.take().unwrap());
    let mut line = String::new();
    loop {
        line.clear();
        assert_ne!(log.read_line(&mut line).unwrap(), 0, "the log ended");
        let value: serde_json::Value = serde_json::from_str(&line).unwrap();
        if let Some(address) = value["fields"]["address"].as_str() {
            return (child, address.to_owned(), log);
        }
    }
}

fn signal(child: &Child, name: &str) {
    let status = Command::new("kill")
        .args([name, &child.id().to_string()])
        .status()
        .unwrap();
    assert!(status.success());
}

fn ended(mut child: Child, within: Duration) -> ExitStatus {
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return status;
        }
        assert!(start.elapsed() < within, "still running");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_signal_ends_the_server_well() {
    for name in ["-TERM", "-INT"] {
        let data = tempfile::tempdir().unwrap();
        let (child, address, _log) = serve(data.path());
        let mut stream = std::net::TcpStream::connect(&address).unwrap();
        stream
            .write_all(b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            .unwrap();
        let mut text = String::new();
        stream.read_to_string(&mut text).unwrap();
        assert!(text.starts_with("HTTP/1.1 200"), "{text}");
        signal(&child, name);
        assert_eq!(ended(child, Duration::from_secs(10)).code(), Some(0));
    }
}

#[test]
fn a_second_signal_ends_it_at_once() {
    let data = tempfile::tempdir().unwrap();
    let (child, address, _log) = serve(data.path());
    // A body that keeps coming holds the drain open.
    let mut stream = std::net::TcpStream::connect(&address).unwrap();
    stream
        .write_all(b"POST /settings/appearance HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 50\r\n\r\na")
        .unwrap();
    std::thread::sleep(Duration::from_millis(200));
    signal(&child, "-TERM");
    std::thread::sleep(Duration::from_millis(300));
    signal(&child, "-TERM");
    assert_eq!(ended(child, Duration::from_secs(2)).code(), Some(1));
}

#[test]
fn a_taken_port_is_one_sentence() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let output = run(&[
        "--listen",
        &taken.local_addr().unwrap().to_string(),
        "--log",
        "error",
    ]);
    let text = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(
        text.contains("cannot listen on") && text.lines().count() == 1,
        "{text}"
    );
}

#[test]
fn wrong_settings_are_all_named_and_usage_is_two() {
    let output = run(&["config", "--listen", "x", "--cache-mib", "-3"]);
    let text = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(
        text.contains("--listen") && text.contains("--cache-mib"),
        "{text}"
    );
    assert_eq!(run(&["dance"]).status.code(), Some(2));
    let shown = run(&["config", "--database-url", "postgres://me:s3cret@db/x"]);
    assert_eq!(shown.status.code(), Some(0));
    let text = String::from_utf8(shown.stdout).unwrap();
    assert!(
        text.contains("me:***@db") && !text.contains("s3cret"),
        "{text}"
    );
}
