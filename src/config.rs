//! The settings: every one is a flag and an environment variable, and this is the only place that reads the environment.
//! Values arrive as text and are all read before anything is said, so that one message names every wrong setting.

mod masked;
mod people;
mod read;
mod settings;

use std::{
    fmt,
    net::{IpAddr, SocketAddr},
    path::PathBuf,
    str::FromStr,
    time::Duration,
};

pub use people::{People, Rate};
pub use settings::{SETTINGS, Setting};

/// How log lines look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// Human on a terminal, JSON elsewhere.
    Auto,
    /// For people.
    Human,
    /// One JSON object per line.
    Json,
}

/// An address or a block of them, `10.0.0.0/8`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    prefix: u8,
}

impl Network {
    /// Whether an address lies in the block.
    pub fn contains(&self, other: IpAddr) -> bool {
        let (mine, other, width) = match (self.address, other) {
            (IpAddr::V4(a), IpAddr::V4(b)) => {
                (u128::from(a.to_bits()), u128::from(b.to_bits()), 32)
            }
            (IpAddr::V6(a), IpAddr::V6(b)) => (a.to_bits(), b.to_bits(), 128),
            _ => return false,
        };
        let shift = width - u32::from(self.prefix);
        mine.checked_shr(shift).unwrap_or(0) == other.checked_shr(shift).unwrap_or(0)
    }
}

impl FromStr for Network {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (address, prefix) = text
            .split_once('/')
            .map_or((text, None), |(address, prefix)| (address, Some(prefix)));
        let Ok(address) = address.parse::<IpAddr>() else {
            return Err("not an address");
        };
        let width = if address.is_ipv4() { 32 } else { 128 };
        let prefix = match prefix.map(str::parse::<u8>) {
            None => width,
            Some(Ok(prefix)) if prefix <= width => prefix,
            Some(_) => return Err("the part after the slash is not a prefix length"),
        };
        Ok(Self { address, prefix })
    }
}

/// The effective settings.
#[derive(Clone)]
pub struct Config {
    /// Where the site listens. Port 0 takes any free one.
    pub listen: SocketAddr,
    /// Where the database, the secrets and the uploads live.
    pub data_dir: PathBuf,
    /// `postgres://…`, or `sqlite:PATH`; without it, `yeoun.db` in the data directory. May hold a password.
    pub database_url: Option<String>,
    /// The public address: scheme, host and port, no slash at the end. With https, cookies are secure and HSTS is sent.
    pub base_url: String,
    /// Threads that answer requests.
    pub workers: usize,
    /// MiB of rendered pages to keep; 0 keeps none.
    pub cache_mib: u64,
    /// How log lines look.
    pub log_format: LogFormat,
    /// Which log lines are written, in the syntax of `tracing-subscriber`'s `EnvFilter`.
    pub log_filter: String,
    /// How long requests may take to finish after SIGTERM.
    pub shutdown_timeout: Duration,
    /// Connections open at once, over all workers.
    pub max_connections: usize,
    /// How long a request body may take to arrive, plus a second for every KiB that did.
    pub body_timeout: Duration,
    /// Where `/metrics` is served to whoever can reach it; without it, the site serves it to this machine alone.
    pub metrics_listen: Option<SocketAddr>,
    /// Threads that read the database.
    pub readers: usize,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<Network>,
    /// What members may do how often, and when they are trusted with more.
    pub people: People,
    /// For `config`: every setting as text, and where it came from.
    origins: Vec<Origin>,
}

#[derive(Clone)]
struct Origin {
    setting: &'static Setting,
    value: String,
    source: Source,
}

/// Where a value came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Source {
    Flag,
    Environment,
    Default,
}

/// Every wrong setting, one line each.
#[derive(Debug, thiserror::Error)]
#[error("{} wrong; run `yeoun --help` for what each takes:\n  {}", count(.0.len()), .0.join("\n  "))]
pub struct Faults(pub Vec<String>);

fn count(faults: usize) -> String {
    if faults == 1 {
        "one setting is".to_owned()
    } else {
        format!("{faults} settings are")
    }
}

impl Config {
    /// From the flags and the process's environment.
    ///
    /// # Errors
    /// All faults together.
    pub fn load(matches: &clap::ArgMatches) -> Result<Self, Faults> {
        Self::from_sources(
            |setting| {
                matches
                    .try_get_one::<String>(setting.flag)
                    .ok()
                    .flatten()
                    .cloned()
            },
            |name| std::env::var_os(name),
        )
    }

    /// The defaults, for tests.
    ///
    /// # Errors
    /// Never, unless a default is wrong.
    pub fn defaults() -> Result<Self, Faults> {
        Self::from_sources(|_| None, |_| None)
    }

    /// Whether readers come over TLS.
    pub fn is_https(&self) -> bool {
        self.base_url.starts_with("https://")
    }

    /// The output of `yeoun config`: name, value, source; secrets masked.
    pub fn describe(&self) -> String {
        let width = |of: fn(&Origin) -> usize| self.origins.iter().map(of).max().unwrap_or(0);
        let names = width(|origin| origin.setting.env.len());
        let values = width(|origin| origin.setting.shown(&origin.value).chars().count());
        let mut lines = String::new();
        for origin in &self.origins {
            let source = match origin.source {
                Source::Flag => format!("flag --{}", origin.setting.flag),
                Source::Environment => "environment".to_owned(),
                Source::Default => "default".to_owned(),
            };
            let value = origin.setting.shown(&origin.value);
            lines.push_str(&format!(
                "{:names$}  {value:values$}  {source}\n",
                origin.setting.env
            ));
        }
        lines
    }
}

impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.describe())
    }
}

#[cfg(test)]
mod tests;
