//! Load, made by `wrk`.

use std::process::Command;

use crate::{Outcome, machine};

/// Connections at once, for us and for whatever we are compared with.
const CONNECTIONS: &str = "32";

/// What a run cost the server.
#[derive(Clone, Copy, Default)]
pub struct Cost {
    pub requests: u64,
    /// CPU seconds of the server.
    pub seconds: f64,
}

impl Cost {
    /// CPU microseconds a request.
    pub fn micros(self) -> f64 {
        self.seconds * 1e6 / self.requests.max(1) as f64
    }

    /// Both together.
    pub fn and(self, other: Self) -> Self {
        Self {
            requests: self.requests + other.requests,
            seconds: self.seconds + other.seconds,
        }
    }
}

/// Asks for one address for so many seconds, and tells what that cost the process that answers.
pub fn cost(pid: u32, url: &str, headers: &[(&str, &str)], seconds: u32) -> Outcome<Cost> {
    let before = machine::cpu_seconds(pid)?;
    let requests = run(url, headers, seconds)?;
    Ok(Cost {
        requests,
        seconds: machine::cpu_seconds(pid)? - before,
    })
}

/// The same until there were enough requests.
pub fn cost_of(pid: u32, url: &str, least: u64) -> Outcome<Cost> {
    let mut total = Cost::default();
    while total.requests < least {
        total = total.and(cost(pid, url, &[], 2)?);
    }
    Ok(total)
}

/// Asks for one address for so many seconds. How many requests were answered; a refused one is an error.
pub fn run(url: &str, headers: &[(&str, &str)], seconds: u32) -> Outcome<u64> {
    let mut command = Command::new("wrk");
    command.args([
        "-t1",
        "-c",
        CONNECTIONS,
        "-d",
        &format!("{seconds}s"),
        "--timeout",
        "10s",
    ]);
    for (name, value) in headers {
        command.args(["-H", &format!("{name}: {value}")]);
    }
    let output = command
        .arg(url)
        .output()
        .map_err(|error| format!("wrk cannot be run ({error}); install it"))?;
    let text = String::from_utf8_lossy(&output.stdout);
    if !output.status.success() || text.contains("Non-2xx") || text.contains("Socket errors") {
        return Err(format!(
            "wrk on {url}: {text}{}",
            String::from_utf8_lossy(&output.stderr)
        )
        .into());
    }
    let requests = text
        .lines()
        .find_map(|line| line.trim().split_once(" requests in ")?.0.parse().ok());
    requests.ok_or_else(|| format!("wrk on {url} told no number: {text}").into())
}
