//! `/moderation`: where moderators begin.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::log::{Line, lines};
use crate::db::Db;
use crate::models::audit::{self, Asked};
use crate::models::changes::recent::{Recent, Wanted};
use crate::models::user::User;
use crate::routes::changes::line::{self, Day, by_day};
use crate::routes::users::block::until;
use crate::web::guards::MayModerate;
use crate::web::{Chrome, Error, Shared, Viewer, filters, forms, render};

/// Edits and log entries shown.
const SOME: usize = 10;

/// What waits, who is blocked, what was done.
#[derive(Template)]
#[template(path = "moderation/index.html")]
struct ModerationPage {
    chrome: Chrome,
    days: Vec<Day>,
    blocked: Vec<User>,
    log: Vec<Line>,
}

/// `GET /moderation`.
///
/// # Errors
/// The store's own.
pub async fn index(
    by: MayModerate,
    request: HttpRequest,
    shared: Data<Shared>,
    db: Data<Db>,
) -> Result<HttpResponse, Error> {
    let now = shared.world.now();
    let found = db.read(move |conn| {
        let wanted = Wanted {
            is_unpatrolled: true,
            ..Wanted::default()
        };
        let waiting = Recent::load(conn, &wanted, SOME)?;
        let blocked = User::blocked(conn, &by.moderator, now)?;
        let limit = i64::try_from(SOME).unwrap_or(10);
        let log = audit::page(conn, &by.moderator, &Asked::default(), limit)?;
        Ok((waiting, blocked, log))
    });
    let (waiting, blocked, log) = found.await?;
    let chrome = Chrome::new(&shared, Viewer::of(&request), "/moderation", "Moderation");
    let waiting = waiting.entries.into_iter();
    let page = ModerationPage {
        chrome: chrome.with_no_index(),
        days: by_day(waiting.map(|entry| line::Line::new(entry, false))),
        blocked,
        log: lines(log),
    };
    Ok(forms::page(StatusCode::OK, render(page).await?))
}

impl ModerationPage {
    fn until(&self, user: &User) -> String {
        user.blocked_until.map_or_else(String::new, until)
    }
}
