//! `yeoun serve`.

use std::{io::IsTerminal, pin::Pin, sync::Arc};

use actix_web::web::Data;
use tracing_subscriber::{Layer, filter::Targets, layer::SubscriberExt, util::SubscriberInitExt};

use super::{Failed, store, users};
use crate::{
    config::{Config, LogFormat},
    db::Db,
    server,
    web::{Shared, World, health::StoreCheck},
};

/// Serves until a signal.
///
/// # Errors
/// One sentence.
pub fn run(config: Config) -> Result<(), Failed> {
    start_log(&config);
    let db = store::open(&config)?;
    store::load_starter(&db)?;
    users::welcome(&config, &db)?;
    let shared = Data::new(Shared::new(
        Arc::new(config),
        Store(db.clone()),
        World::new(store::now, store::random),
    ));
    let system = actix_web::rt::System::new();
    let outcome = system.block_on(server::serve(shared.clone(), &db, |address| {
        tracing::info!(%address, base_url = shared.config.base_url, "serving");
    }));
    db.close();
    outcome?;
    tracing::info!("stopped");
    Ok(())
}

/// Log lines go to stderr, the stream for messages.
fn start_log(config: &Config) {
    let human = match config.log_format {
        LogFormat::Human => true,
        LogFormat::Json => false,
        LogFormat::Auto => std::io::stderr().is_terminal(),
    };
    // The filter was read once already, when the settings were.
    let filter: Targets = config.log_filter.parse().unwrap_or_default();
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    let lines = if human {
        lines.boxed()
    } else {
        lines.json().boxed()
    };
    tracing_subscriber::registry()
        .with(lines.with_filter(filter))
        .init();
    // A panic in a handler is answered with 500 and logged with its request; where it happened is logged here.
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string);
        tracing::error!(
            place,
            "panic: {}",
            panic.payload_as_str().unwrap_or_default()
        );
    }));
}

/// The readiness check asks the store itself.
pub struct Store(pub Db);

impl StoreCheck for Store {
    fn check(&self) -> Pin<Box<dyn Future<Output = Result<(), String>> + Send + '_>> {
        Box::pin(async { self.0.check().await.map_err(|error| error.to_string()) })
    }

    fn db(&self) -> Option<&Db> {
        Some(&self.0)
    }
}
