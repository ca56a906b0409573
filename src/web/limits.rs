//! How often something may be done: token buckets in memory, shared by all workers. A bucket starts full, so that a burst of the
//! whole allowance is fine, and fills evenly.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use actix_web::{
    HttpResponse,
    dev::RequestHead,
    http::header::{HeaderValue, RETRY_AFTER},
};

use super::{Error, Shared, client, viewer::Member};
use crate::config::Rate;

/// Buckets remembered; beyond that, those that are full again are forgotten, and in the worst case all.
const MOST_BUCKETS: usize = 100_000;

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Act {
    /// Logging in, from one network, whatever the account.
    Login,
    /// Becoming a member, from one network.
    Join,
    /// Being given a temporary name, from one network.
    Visit,
    /// Saving a page, by one member.
    Edit,
    /// Saving a page, from one network, whatever the member.
    EditFrom,
    /// Taking something back, by one member.
    Undo,
    /// Keeping a draft, by one member.
    Draft,
}

#[derive(Clone, Copy, Debug)]
struct Bucket {
    tokens: f64,
    /// Microseconds since 1970.
    at: i64,
    rate: Rate,
}

impl Bucket {
    /// As it is now. A clock that was set back takes nothing away.
    fn filled(self, now: i64) -> Self {
        let passed = now.saturating_sub(self.at).max(0);
        let tokens = self.tokens + passed as f64 / micros_of_one(self.rate);
        Self {
            tokens: tokens.min(f64::from(self.rate.most)),
            at: now,
            rate: self.rate,
        }
    }

    fn is_full(self) -> bool {
        self.tokens >= f64::from(self.rate.most)
    }
}

/// How long one token takes to come.
fn micros_of_one(rate: Rate) -> f64 {
    rate.per.as_micros() as f64 / f64::from(rate.most.max(1))
}

/// The buckets of one process.
#[derive(Debug, Default)]
pub struct Limits(Mutex<HashMap<(Act, String), Bucket>>);

impl Limits {
    /// Takes one token from the bucket of `key`. `now` is in microseconds since 1970.
    ///
    /// # Errors
    /// [`Error::TooManyRequests`] with when the next token comes.
    pub fn take(&self, act: Act, key: &str, rate: Rate, now: i64) -> Result<(), Error> {
        let mut buckets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= MOST_BUCKETS {
            buckets.retain(|_, bucket| !bucket.filled(now).is_full());
            if buckets.len() >= MOST_BUCKETS {
                tracing::warn!("too many are counted at once; counting begins anew");
                buckets.clear();
            }
        }
        let full = Bucket {
            tokens: f64::from(rate.most),
            at: now,
            rate,
        };
        let bucket = buckets.entry((act, key.to_owned())).or_insert(full);
        *bucket = Bucket { rate, ..*bucket }.filled(now);
        if bucket.tokens < 1.0 {
            let wait = (1.0 - bucket.tokens) * micros_of_one(rate);
            return Err(Error::TooManyRequests {
                retry_after: Duration::from_micros(wait.ceil() as u64),
            });
        }
        bucket.tokens -= 1.0;
        Ok(())
    }
}

/// Counts a save by a member, and by their network: new ones may save less often than those whose edits were kept.
///
/// # Errors
/// As [`Limits::take`].
pub fn edit(shared: &Shared, member: &Member, network: &str) -> Result<(), Error> {
    let people = &shared.config.people;
    let rate = if member.role.is_new() {
        people.edits_new
    } else {
        people.edits
    };
    let (key, now) = (member.id.to_string(), shared.world.now());
    shared.limits.take(Act::Edit, &key, rate, now)?;
    // Nobody may do less because of where they are than they may by themselves.
    let of_all = faster(people.edits_network, rate);
    shared.limits.take(Act::EditFrom, network, of_all, now)
}

/// The one of two rates that lets more through.
fn faster(one: Rate, other: Rate) -> Rate {
    if micros_of_one(one) <= micros_of_one(other) {
        one
    } else {
        other
    }
}

/// Counts what a member takes back: one press of a button undoes much work, so it may be done less often than saving.
///
/// # Errors
/// As [`Limits::take`].
pub fn undo(shared: &Shared, member: &Member, head: &RequestHead) -> Result<(), Error> {
    let people = &shared.config.people;
    let rate = if member.role.is_new() {
        people.undos_new
    } else {
        people.undos
    };
    let (key, now) = (member.id.to_string(), shared.world.now());
    shared.limits.take(Act::Undo, &key, rate, now)?;
    edit(shared, member, &network(shared, head))
}

/// Adds to a page of our own about too many requests when the next one is welcome.
pub fn tell_wait(answer: &mut HttpResponse, error: &Error) {
    if let Error::TooManyRequests { retry_after } = error {
        tell_to_wait(answer, *retry_after);
    }
}

/// Adds when the next attempt is welcome, in whole seconds.
pub fn tell_to_wait(answer: &mut HttpResponse, wait: Duration) {
    let seconds = wait.as_millis().div_ceil(1000).max(1);
    if let Ok(value) = HeaderValue::from_str(&seconds.to_string()) {
        answer.headers_mut().insert(RETRY_AFTER, value);
    }
}

/// Counts a draft kept by a member.
///
/// # Errors
/// As [`Limits::take`].
pub fn draft(shared: &Shared, member: &Member) -> Result<(), Error> {
    let (key, now) = (member.id.to_string(), shared.world.now());
    let rate = shared.config.people.draft_saves;
    shared.limits.take(Act::Draft, &key, rate, now)
}

/// The network a request comes from: an IPv4 address, or the /64 that one household or machine has of IPv6. Empty where the peer is
/// unknown, so that all such share one allowance.
pub fn network(shared: &Shared, head: &RequestHead) -> String {
    match client::address(head, &shared.config.trusted_proxies) {
        Some(IpAddr::V6(address)) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
        Some(address) => address.to_string(),
        None => String::new(),
    }
}

/// A wait in words, rounded up: "5 minutes".
pub fn in_words(wait: Duration) -> String {
    let seconds = wait.as_millis().div_ceil(1000).max(1);
    let (count, unit) = match seconds {
        0..=90 => (seconds, "second"),
        91..=5_400 => (seconds.div_ceil(60), "minute"),
        5_401..=129_600 => (seconds.div_ceil(3_600), "hour"),
        _ => (seconds.div_ceil(86_400), "day"),
    };
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {unit}{plural}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE: Rate = Rate {
        most: 3,
        per: Duration::from_secs(60),
    };
    const SECOND: i64 = 1_000_000;

    fn wait(limits: &Limits, key: &str, now: i64) -> Option<u64> {
        match limits.take(Act::Edit, key, RATE, now) {
            Err(Error::TooManyRequests { retry_after }) => Some(retry_after.as_secs()),
            _ => None,
        }
    }

    #[test]
    fn a_burst_of_the_allowance_passes_and_then_one_at_a_time() {
        let limits = Limits::default();
        for _ in 0..3 {
            assert_eq!(wait(&limits, "a", 0), None);
        }
        assert_eq!(wait(&limits, "a", 0), Some(20));
        assert_eq!(wait(&limits, "b", 0), None, "others are not held up");
        assert_eq!(wait(&limits, "a", 15 * SECOND), Some(5));
        assert_eq!(wait(&limits, "a", 20 * SECOND), None);
        assert_eq!(wait(&limits, "a", 20 * SECOND), Some(20));
    }

    #[test]
    fn a_clock_that_is_set_back_locks_nobody_out() {
        let limits = Limits::default();
        for _ in 0..3 {
            assert_eq!(wait(&limits, "a", 1_000 * SECOND), None);
        }
        assert_eq!(wait(&limits, "a", 0), Some(20));
        assert_eq!(wait(&limits, "a", 20 * SECOND), None);
    }

    #[test]
    fn a_wait_is_told_in_words() {
        for (seconds, words) in [
            (0, "1 second"),
            (60, "60 seconds"),
            (240, "4 minutes"),
            (7_000, "2 hours"),
            (172_800, "2 days"),
        ] {
            assert_eq!(in_words(Duration::from_secs(seconds)), words);
        }
    }
}
