//! The cache of anonymous pages. A hit costs one hash look-up with a borrowed key and a few reference counts; it is answered
//! in [`super::front`] before the router sees the request. A miss is rendered once however many wait for it.
//!
//! What is stored records what it shows ([`Dependency`]); whoever follows the change log calls [`PageCache::invalidate`]. A
//! render that raced such a call is answered but not stored.

mod cached;
mod dependency;
mod entry;
mod negotiation;

use std::{
    hash::Hash,
    sync::{Arc, PoisonError, RwLock},
};

use actix_http::{Response, body::BoxBody};
use actix_web::dev::RequestHead;
use quick_cache::{Equivalent, Weighter, sync::Cache};

pub use cached::{cached, private};
pub use dependency::{Dependency, DependencySet};
pub use entry::{Effort, Entry};

use super::{
    metrics::RouteCounters,
    theme::{Theme, Visitor},
};
use dependency::Invalidations;

/// What an entry weighs besides its body: the cell, its headers, its place in the table.
const OVERHEAD: usize = 1024;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Key {
    theme: Theme,
    target: Box<str>,
}

/// The same key without a copy. Field order and types hash as [`Key`]'s do.
#[derive(Hash)]
struct KeyRef<'a> {
    theme: Theme,
    target: &'a str,
}

impl Equivalent<Key> for KeyRef<'_> {
    fn equivalent(&self, key: &Key) -> bool {
        self.theme == key.theme && *self.target == *key.target
    }
}

#[derive(Debug)]
struct Page {
    entry: Entry,
    shows: DependencySet,
}

#[derive(Clone, Debug)]
struct Bytewise;

impl Weighter<Key, Arc<Page>> for Bytewise {
    /// Twice the body: the packed forms come later and are never larger together than the body itself was.
    fn weight(&self, key: &Key, page: &Arc<Page>) -> u64 {
        let bytes = 2 * page.entry.len() + 16 * page.shows.len() + key.target.len() + OVERHEAD;
        u64::try_from(bytes).unwrap_or(u64::MAX)
    }
}

/// What a page's handler made, and what it shows.
#[derive(Debug)]
pub struct Rendered {
    /// The body.
    pub body: String,
    /// Everything that must not change for the body to stay right.
    pub depends: Vec<Dependency>,
    /// With its charset.
    pub content_type: &'static str,
}

impl Rendered {
    /// An HTML page.
    pub fn html(body: String, depends: Vec<Dependency>) -> Self {
        Self {
            body,
            depends,
            content_type: "text/html; charset=utf-8",
        }
    }
}

/// The cache: bounded by bytes, shared by all workers.
#[derive(Debug)]
pub struct PageCache {
    pages: Cache<Key, Arc<Page>, Bytewise>,
    invalidations: RwLock<Invalidations>,
}

impl PageCache {
    /// `mebibytes`: how much to keep; 0 keeps nothing.
    pub fn new(mebibytes: u64) -> Self {
        let capacity = mebibytes.saturating_mul(1024 * 1024);
        // A page of the wiki is some 30 kB with its packed forms; the table grows if that guess is wrong.
        let items = usize::try_from(capacity / (32 * 1024))
            .unwrap_or(1024)
            .max(16);
        Self {
            pages: Cache::with_weighter(items, capacity, Bytewise),
            invalidations: RwLock::default(),
        }
    }

    /// The answer to a request if it is here and in the form the client wants.
    pub(crate) fn answer(
        &self,
        request: &RequestHead,
        target: &str,
    ) -> Option<(Response<BoxBody>, RouteCounters)> {
        let visitor = Visitor::read(request.headers());
        if visitor.is_personal {
            return None;
        }
        let page = self.pages.get(&KeyRef {
            theme: visitor.theme,
            target,
        })?;
        let answer = page.entry.answer(request)?;
        Some((answer, page.entry.counters.clone()))
    }

    /// Drops every page that shows one of these. When this returns, no later request gets an older render.
    pub fn invalidate(&self, changed: &[Dependency]) {
        if changed.is_empty() {
            return;
        }
        let changed = DependencySet::new(changed.to_vec());
        self.invalidations
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .push(changed.clone());
        self.pages
            .retain(|_, page| !page.shows.intersects(&changed));
    }

    /// Drops everything, for example after the change log was lost.
    pub fn clear(&self) {
        let mut log = self
            .invalidations
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        *log = Invalidations::restarted(log.epoch());
        drop(log);
        self.pages.clear();
    }

    /// Pages kept.
    pub fn len(&self) -> usize {
        self.pages.len()
    }

    /// Whether nothing is kept.
    pub fn is_empty(&self) -> bool {
        self.pages.is_empty()
    }

    /// Bytes kept, as the bound counts them.
    pub fn weight(&self) -> u64 {
        self.pages.weight()
    }

    fn epoch(&self) -> u64 {
        self.invalidations
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .epoch()
    }
}
