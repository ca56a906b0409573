//! `/account`: one's own place.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use serde::Deserialize;

use crate::db::{Db, Micros};
use crate::models::page::card::Card;
use crate::models::user::Role;
use crate::models::user::draft::{self, Unborn};
use crate::models::user::session::{self, Session};
use crate::web::guards::SignedIn;
use crate::web::viewer::Member;
use crate::web::{Chrome, Error, Shared, Viewer, filters, forms, render};

/// Who one is here, the password, and where one is logged in.
#[derive(Template)]
#[template(path = "account/show.html")]
struct ShowPage {
    chrome: Chrome,
    member: Arc<Member>,
    faults: Faults,
    /// What was just done; empty when nothing was.
    done: &'static str,
    sessions: Vec<Line>,
    drafts: Vec<Unfinished>,
    /// When a new member becomes an editor.
    edits: i64,
    days: i64,
}

impl ShowPage {
    fn is_new(&self) -> bool {
        self.member.role == Role::Member
    }

    fn is_visitor(&self) -> bool {
        self.member.role == Role::Visitor
    }

    fn has_others(&self) -> bool {
        self.sessions.len() > 1
    }
}

/// What is wrong with a new password, each at its field; empty where nothing is.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Faults {
    pub current: String,
    pub password: String,
    pub again: String,
}

/// A draft that waits.
struct Unfinished {
    title: String,
    href: String,
    /// RFC 3339 in UTC, and for people.
    kept_at: String,
    kept: String,
}

/// One place where one is logged in.
struct Line {
    hash: String,
    device: String,
    is_this: bool,
    /// RFC 3339 in UTC, and for people.
    seen_at: String,
    seen: String,
    since: String,
}

/// What was just done.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    done: String,
}

/// `GET /account`.
///
/// # Errors
/// Those of the store and of rendering.
pub async fn show(
    SignedIn(member): SignedIn,
    request: HttpRequest,
    shared: Data<Shared>,
    db: Data<Db>,
    asked: Query<Asked>,
) -> Result<HttpResponse, Error> {
    let done = match asked.done.as_str() {
        "password" => "Your password is changed, and every other session has ended.",
        "session" => "The session has ended.",
        "others" => "Every other session has ended.",
        _ => "",
    };
    page(&request, &shared, &db, member, Faults::default(), done).await
}

/// The page, also when a form on it comes back.
///
/// # Errors
/// Those of the store and of rendering.
pub async fn page(
    request: &HttpRequest,
    shared: &Shared,
    db: &Db,
    member: Arc<Member>,
    faults: Faults,
    done: &'static str,
) -> Result<HttpResponse, Error> {
    let (id, now) = (member.id, shared.world.now());
    let caps = shared.config.people.drafts;
    let found = db.read(move |conn| {
        let drafts = (
            draft::pages(conn, id, now, caps)?,
            draft::unborn(conn, id, now, caps)?,
        );
        Ok((session::of_user(conn, id, now)?, drafts))
    });
    let (mut sessions, (pages, unborn)) = found.await?;
    sessions.sort_by_key(|session| session.token_hash != member.session);
    let status = if faults == Faults::default() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let rule = shared.config.people.promotion;
    let page = ShowPage {
        chrome: Chrome::new(shared, Viewer::of(request), "/account", "Your account")
            .with_no_index(),
        faults,
        done,
        sessions: sessions
            .iter()
            .map(|session| line(session, &member))
            .collect(),
        drafts: pages
            .iter()
            .map(unfinished)
            .chain(unborn.iter().map(unborn_yet))
            .collect(),
        member,
        edits: rule.edits,
        days: rule.after / (24 * 3_600 * 1_000_000),
    };
    Ok(forms::page(status, render(page).await?))
}

fn unfinished((card, at): &(Card, i64)) -> Unfinished {
    draft_line(card.title.clone(), format!("{}/edit", card.href()), *at)
}

/// A page that is not there yet.
fn unborn_yet(draft: &Unborn) -> Unfinished {
    let kind = draft.kind.label().to_lowercase();
    let title = match draft.title.as_str() {
        "" => format!("A new {kind}"),
        title => format!("{title} (a new {kind})"),
    };
    let href = format!("/{}/new?draft={}", draft.kind.plural(), draft.form);
    draft_line(title, href, draft.saved_at)
}

fn draft_line(title: String, href: String, at: i64) -> Unfinished {
    let kept = Micros(at).timestamp();
    Unfinished {
        title,
        href,
        kept_at: kept.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        kept: kept.strftime("%-d %B %Y, %H:%M UTC").to_string(),
    }
}

fn line(session: &Session, member: &Member) -> Line {
    let seen = Micros(session.seen_at).timestamp();
    let since = Micros(session.created_at).timestamp();
    Line {
        hash: session.token_hash.clone(),
        device: if session.device.is_empty() {
            "An unknown browser".to_owned()
        } else {
            session.device.clone()
        },
        is_this: session.token_hash == member.session,
        seen_at: seen.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        seen: seen.strftime("%-d %B %Y, %H:%M UTC").to_string(),
        since: since.strftime("%-d %B %Y").to_string(),
    }
}
