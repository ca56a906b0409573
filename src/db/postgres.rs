//! The server store: a fixed number of threads, each with a session of its own.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::sql_types::Text;
use diesel::{Connection, PgConnection, QueryableByName, RunQueryDsl};

use super::conn::Conn;
use super::counters::Counters;
use super::error::one_line;
use super::open_error::OpenError;
use super::settings::Settings;

pub(super) mod worker;

/// How to reach the server, for the threads that do so.
pub(super) struct Server {
    url: String,
    lock_timeout: Duration,
    statement_timeout: Duration,
    connect_timeout: Duration,
    counters: Arc<Counters>,
    outage: Mutex<Option<Outage>>,
}

/// The server did not answer: nobody asks again before `until`, so that a visitor is told at once instead of waiting
/// for one more attempt.
struct Outage {
    until: Instant,
    message: String,
}

/// How long after a failed attempt the next is made.
const PAUSE: Duration = Duration::from_millis(500);

impl Server {
    pub(super) fn new(url: &str, settings: &Settings, counters: Arc<Counters>) -> Server {
        Server {
            url: with_parameters(url, settings.connect_timeout),
            lock_timeout: settings.busy_timeout,
            statement_timeout: settings.statement_timeout,
            connect_timeout: settings.connect_timeout,
            counters,
            outage: Mutex::new(None),
        }
    }

    /// A session with the limits a request has.
    ///
    /// # Errors
    /// libpq's own words. While the server is known to be out, the words of the attempt that found out.
    pub(super) fn connect(&self) -> Result<Conn, String> {
        self.claim_attempt()?;
        let connected = self.connect_unlimited().and_then(|mut conn| {
            // A closure that hangs must not hold its locks for ever; without a limit on statements, nothing has one.
            let idle = if self.statement_timeout.is_zero() { 0 } else { 60_000 };
            let limits = format!(
                "SET statement_timeout = {}; SET lock_timeout = {}; SET idle_in_transaction_session_timeout = {idle}",
                self.statement_timeout.as_millis(),
                self.lock_timeout.as_millis(),
            );
            conn.batch_execute(&limits)
                .map_err(|error| one_line(&error.to_string()))?;
            let mut conn = Conn::Pg(conn);
            conn.set_instrumentation(self.counters.observer());
            Ok(conn)
        });
        let mut outage = self.outage.lock().unwrap_or_else(PoisonError::into_inner);
        match (&*outage, &connected) {
            (None, Err(message)) => tracing::warn!(%message, "PostgreSQL does not answer"),
            (Some(_), Ok(_)) => tracing::info!("PostgreSQL answers again"),
            _ => {}
        }
        *outage = connected.as_ref().err().map(|message| Outage {
            until: Instant::now() + PAUSE,
            message: message.clone(),
        });
        connected
    }

    /// A session without limits, for migrations.
    pub(super) fn connect_unlimited(&self) -> Result<PgConnection, String> {
        PgConnection::establish(&self.url).map_err(|error| one_line(&error.to_string()))
    }

    /// What to answer while the server is known to be out; `None` when it is worth an attempt.
    pub(super) fn outage(&self) -> Option<String> {
        let outage = self.outage.lock().unwrap_or_else(PoisonError::into_inner);
        outage
            .as_ref()
            .filter(|outage| Instant::now() < outage.until)
            .map(|outage| outage.message.clone())
    }

    /// During an outage one thread at a time finds out whether it is over.
    fn claim_attempt(&self) -> Result<(), String> {
        let mut outage = self.outage.lock().unwrap_or_else(PoisonError::into_inner);
        match outage.as_mut() {
            Some(outage) if Instant::now() < outage.until => Err(outage.message.clone()),
            Some(outage) => {
                outage.until = Instant::now() + self.connect_timeout + PAUSE;
                Ok(())
            }
            None => Ok(()),
        }
    }
}

/// Adds what the address does not say itself: a limit for connecting, and how soon a dead line is noticed.
fn with_parameters(url: &str, connect_timeout: Duration) -> String {
    let mut url = url.to_owned();
    let wanted = [
        (
            "connect_timeout",
            connect_timeout.as_secs().max(2).to_string(),
        ),
        ("application_name", "yeoun".to_owned()),
        ("keepalives_idle", "60".to_owned()),
        ("tcp_user_timeout", "10000".to_owned()),
    ];
    for (name, value) in wanted {
        if !url.contains(&format!("{name}=")) {
            url.push(if url.contains('?') { '&' } else { '?' });
            url.push_str(&format!("{name}={value}"));
        }
    }
    url
}

#[derive(QueryableByName)]
struct ServerSettings {
    #[diesel(sql_type = Text)]
    fsync: String,
    #[diesel(sql_type = Text)]
    synchronous_commit: String,
    #[diesel(sql_type = Text)]
    server_encoding: String,
}

/// Connects once and looks whether the server keeps what it acknowledges.
pub(super) fn open(server: &Server) -> Result<PgConnection, OpenError> {
    let mut conn = server.connect_unlimited().map_err(OpenError::Unreachable)?;
    let found: ServerSettings = diesel::sql_query(
        "SELECT current_setting('fsync') AS fsync, \
         current_setting('synchronous_commit') AS synchronous_commit, \
         current_setting('server_encoding') AS server_encoding",
    )
    .get_result(&mut conn)
    .map_err(|error| OpenError::Query(one_line(&error.to_string())))?;
    if found.fsync == "off" {
        return Err(OpenError::UnsafeServer {
            setting: "fsync",
            value: found.fsync,
            wanted: "on",
        });
    }
    if found.synchronous_commit == "off" {
        return Err(OpenError::UnsafeServer {
            setting: "synchronous_commit",
            value: found.synchronous_commit,
            wanted: "on",
        });
    }
    if found.server_encoding != "UTF8" {
        return Err(OpenError::Query(format!(
            "its encoding is {}, which cannot hold Korean; create it with ENCODING 'UTF8'",
            found.server_encoding
        )));
    }
    Ok(conn)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_added_but_never_overridden() {
        let plain = with_parameters("postgres://db/wiki", Duration::from_secs(3));
        assert!(plain.starts_with("postgres://db/wiki?connect_timeout=3&application_name=yeoun&"));
        let given = with_parameters("postgres://db/wiki?connect_timeout=9", Duration::ZERO);
        assert!(given.contains("connect_timeout=9&") && !given.contains("connect_timeout=2"));
    }
}
