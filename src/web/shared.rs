//! The one piece of app data every route and the front layer share.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use super::{
    PageCache,
    assets::Assets,
    health::StoreCheck,
    limits::Limits,
    metrics::{InFlight, Metrics},
    security_headers::SecurityHeaders,
    world::World,
};
use crate::config::Config;

/// What lives as long as the server.
pub struct Shared {
    /// The effective settings.
    pub config: Arc<Config>,
    /// Anonymous pages.
    pub cache: PageCache,
    /// The embedded files.
    pub assets: Arc<Assets>,
    /// Handles of the hot counters.
    pub metrics: Metrics,
    /// Requests past the cache.
    pub in_flight: InFlight,
    /// How often members do what they do.
    pub limits: Limits,
    /// The clock and chance.
    pub world: World,
    pub(crate) security_headers: SecurityHeaders,
    pub(crate) store: Box<dyn StoreCheck>,
    draining: AtomicBool,
}

impl Shared {
    /// Prepares everything; `store` answers the readiness check and keeps the sessions.
    pub fn new(config: Arc<Config>, store: impl StoreCheck, world: World) -> Self {
        Self {
            cache: PageCache::new(config.cache_mib),
            assets: Arc::new(Assets::embedded()),
            metrics: Metrics::install(),
            in_flight: InFlight::default(),
            limits: Limits::default(),
            world,
            security_headers: SecurityHeaders::new(config.is_https()),
            store: Box::new(store),
            draining: AtomicBool::new(false),
            config,
        }
    }

    /// From now on `/readyz` answers 503, so that a balancer sends nobody new.
    pub fn drain(&self) {
        self.draining.store(true, Ordering::Release);
    }

    /// Whether the server is on its way out.
    pub fn is_draining(&self) -> bool {
        self.draining.load(Ordering::Acquire)
    }
}

impl std::fmt::Debug for Shared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shared")
            .field("config", &self.config)
            .finish_non_exhaustive()
    }
}
