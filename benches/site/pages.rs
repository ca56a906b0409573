//! Pages asked of the application inside this process, without sockets: for what only the store can count.

use std::sync::Arc;

use actix_web::web::Data;
use actix_web::{App, rt::System, test};
use yeoun::cli::{serve::Store, store};
use yeoun::config::Config;
use yeoun::db::Db;
use yeoun::server;
use yeoun::web::{Shared, World};

use crate::Outcome;

/// Counts the statements of pages that are not cached.
pub struct Statements {
    db: Db,
    shared: Data<Shared>,
}

impl Statements {
    /// Over an open store.
    pub fn of(db: &Db) -> Outcome<Self> {
        let mut config = Config::defaults()?;
        config.cache_mib = 0;
        Ok(Self {
            db: db.clone(),
            shared: Data::new(Shared::new(
                Arc::new(config),
                Store(db.clone()),
                World::new(store::now, store::random),
            )),
        })
    }

    /// Statements of one page.
    pub fn count(&self, path: &str) -> Outcome<u64> {
        let before = self.db.statements();
        self.ask(path, 1)?;
        Ok(self.db.statements() - before)
    }

    /// Asks for a page so many times, one after the other.
    pub fn ask(&self, path: &str, times: usize) -> Outcome {
        System::new().block_on(async {
            let app = App::new()
                .app_data(self.shared.clone())
                .configure(server::with_store(&self.db));
            let app = test::init_service(app).await;
            for _ in 0..times {
                let answer =
                    test::call_service(&app, test::TestRequest::get().uri(path).to_request()).await;
                let status = answer.status();
                if !status.is_success() {
                    return Err(format!("{path} answers {status}").into());
                }
                test::read_body(answer).await;
            }
            Ok(())
        })
    }
}
