//! From text to settings.

mod people;

use std::{
    ffi::OsString,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    ops::RangeInclusive,
    path::PathBuf,
    time::Duration,
};

use actix_web::http::Uri;

use super::{Config, Faults, LogFormat, Network, Origin, SETTINGS, Setting, Source};

/// The values found so far and everything wrong with them.
struct Reader {
    origins: Vec<Origin>,
    faults: Vec<String>,
}

impl Reader {
    fn fault(&mut self, setting: &Setting, value: &str, advice: &str) {
        let shown = setting.shown(value);
        self.faults.push(format!(
            "{} (--{}) is {shown:?}: {advice}",
            setting.env, setting.flag
        ));
    }

    /// The text of a setting; `None` where it is empty.
    fn text(&self, flag: &str) -> Option<(&'static Setting, String)> {
        let origin = self
            .origins
            .iter()
            .find(|origin| origin.setting.flag == flag)?;
        (!origin.value.is_empty()).then(|| (origin.setting, origin.value.clone()))
    }

    /// Reads a setting; a fault leaves `None`, and so does an empty one.
    fn read<T>(
        &mut self,
        flag: &str,
        advice: &str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let (setting, value) = self.text(flag)?;
        let parsed = parse(value.trim());
        if parsed.is_none() {
            self.fault(setting, &value, advice);
        }
        parsed
    }

    fn number(&mut self, flag: &str, allowed: RangeInclusive<u64>) -> Option<u64> {
        let advice = format!(
            "write a whole number from {} to {}",
            allowed.start(),
            allowed.end()
        );
        self.read(flag, &advice, |text| {
            text.parse().ok().filter(|number| allowed.contains(number))
        })
    }

    fn count(&mut self, flag: &str, allowed: RangeInclusive<u64>) -> Option<usize> {
        self.number(flag, allowed)
            .and_then(|number| usize::try_from(number).ok())
    }

    fn seconds(&mut self, flag: &str, allowed: RangeInclusive<u64>) -> Option<Duration> {
        let advice = format!(
            "write whole seconds from {} to {}",
            allowed.start(),
            allowed.end()
        );
        let read = |text: &str| {
            text.strip_suffix('s')
                .unwrap_or(text)
                .parse()
                .ok()
                .filter(|seconds| allowed.contains(seconds))
        };
        self.read(flag, &advice, read).map(Duration::from_secs)
    }
}

impl Config {
    /// From two look-ups: a flag by its setting, an environment variable by its name.
    ///
    /// # Errors
    /// All faults together.
    pub(super) fn from_sources(
        flag: impl Fn(&Setting) -> Option<String>,
        env: impl Fn(&str) -> Option<OsString>,
    ) -> Result<Self, Faults> {
        let mut reader = Reader {
            origins: Vec::new(),
            faults: Vec::new(),
        };
        for setting in &SETTINGS {
            let (value, source) = match (flag(setting), env(setting.env)) {
                (Some(value), _) => {
                    if value.is_empty() && !setting.default.is_empty() {
                        reader.fault(setting, "", "give it a value or leave it out");
                    }
                    (value, Source::Flag)
                }
                // An empty variable is how a supervisor's file says "not set".
                (None, Some(value)) if value.is_empty() => {
                    (setting.default.to_owned(), Source::Default)
                }
                (None, Some(value)) => match value.into_string() {
                    Ok(value) => (value, Source::Environment),
                    Err(_not_text) => {
                        reader
                            .faults
                            .push(format!("{} is not UTF-8 text", setting.env));
                        continue;
                    }
                },
                (None, None) => (setting.default.to_owned(), Source::Default),
            };
            reader.origins.push(Origin {
                setting,
                value,
                source,
            });
        }
        let config = read_all(&mut reader);
        match config {
            Some(config) if reader.faults.is_empty() => Ok(Self {
                origins: effective(&config, reader.origins),
                ..config
            }),
            _ => Err(Faults(reader.faults)),
        }
    }
}

/// Reads every setting before giving up on any. `None` only where a fault is noted.
fn read_all(reader: &mut Reader) -> Option<Config> {
    let cores = std::thread::available_parallelism().map_or(2, Into::into);
    let address = "write an address and a port, such as 127.0.0.1:8080 or [::]:8080";
    let listen = reader.read("listen", address, |text| text.parse::<SocketAddr>().ok());
    let data_dir = reader.read("data-dir", "write a directory", |text| {
        Some(PathBuf::from(text))
    });
    let database_url = reader.read(
        "database-url",
        "write postgres://user@host/name or sqlite:PATH",
        |text| {
            let known = ["postgres://", "postgresql://", "sqlite:"]
                .iter()
                .any(|scheme| text.starts_with(scheme));
            known.then(|| text.to_owned())
        },
    );
    let base_url = reader.read(
        "base-url",
        "write https:// and the host alone, such as https://wiki.example",
        base_url,
    );
    let workers = reader.count("workers", 1..=1024).unwrap_or(cores);
    let cache_mib = reader.number("cache-mib", 0..=1_048_576);
    let log_format = reader.read(
        "log-format",
        "write auto, human or json",
        |text| match text {
            "auto" => Some(LogFormat::Auto),
            "human" => Some(LogFormat::Human),
            "json" => Some(LogFormat::Json),
            _ => None,
        },
    );
    let log_filter = reader.read(
        "log",
        "write a level, or targets with levels such as info,access=debug",
        |text| {
            text.parse::<tracing_subscriber::filter::Targets>()
                .is_ok()
                .then(|| text.to_owned())
        },
    );
    let shutdown_timeout = reader.seconds("shutdown-timeout", 0..=3600);
    let max_connections = reader.count("max-connections", 1..=1_000_000);
    let body_timeout = reader.seconds("body-timeout", 1..=3600);
    let metrics_listen = reader.read("metrics-listen", address, |text| {
        text.parse::<SocketAddr>().ok()
    });
    let readers = reader.count("readers", 1..=256).unwrap_or(cores.max(2));
    let proxies = "write addresses or blocks with commas between, such as 10.0.0.0/8,::1";
    let trusted_proxies = reader.read("trusted-proxies", proxies, |text| {
        text.split(',')
            .map(|one| one.trim().parse::<Network>().ok())
            .collect::<Option<Vec<_>>>()
    });
    let people = people::people(reader);
    let listen = listen?;
    Some(Config {
        listen,
        data_dir: data_dir?,
        database_url,
        base_url: base_url.unwrap_or_else(|| address_of(listen)),
        workers,
        cache_mib: cache_mib?,
        log_format: log_format?,
        log_filter: log_filter.unwrap_or_default(),
        shutdown_timeout: shutdown_timeout?,
        max_connections: max_connections?,
        body_timeout: body_timeout?,
        metrics_listen,
        readers,
        trusted_proxies: trusted_proxies.unwrap_or_default(),
        people: people?,
        origins: Vec::new(),
    })
}

/// Fills in what was worked out, so that `yeoun config` shows it.
fn effective(config: &Config, mut origins: Vec<Origin>) -> Vec<Origin> {
    for origin in origins.iter_mut().filter(|origin| origin.value.is_empty()) {
        origin.value = match origin.setting.flag {
            "database-url" => format!("sqlite:{}", config.data_dir.join("yeoun.db").display()),
            "base-url" => config.base_url.clone(),
            "workers" => config.workers.to_string(),
            "readers" => config.readers.to_string(),
            _ => continue,
        };
    }
    origins
}

/// Scheme, host and port; nothing after them but at most one slash.
fn base_url(text: &str) -> Option<String> {
    let uri = text.parse::<Uri>().ok()?;
    let scheme = uri
        .scheme_str()
        .filter(|scheme| matches!(*scheme, "http" | "https"))?;
    let authority = uri
        .authority()
        .filter(|authority| !authority.as_str().contains('@'))?;
    let bare = uri.path() == "/" && uri.query().is_none() && !authority.host().is_empty();
    bare.then(|| format!("{scheme}://{}", authority.as_str().to_ascii_lowercase()))
}

/// Where a browser on this machine finds the site: "any address" is not one.
fn address_of(listen: SocketAddr) -> String {
    let shown = if listen.ip().is_unspecified() {
        SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), listen.port())
    } else {
        listen
    };
    format!("http://{shown}")
}
