//! `/{kind}/{slug}/history/{n}/hiding`: what of a revision only moderators may see, and what was hidden.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use serde::Deserialize;

use crate::db::{Conn, Db, DbError, QueryResult};
use crate::models::changes;
use crate::models::page::hiding::{self, Hidden, HideError, Part};
use crate::models::page::revision::Revision;
use crate::models::page::{Kind, Page, labels};
use crate::routes::pages::frame::{Moment, nav};
use crate::routes::pages::reading::{kind, segment};
use crate::routes::pages::revision::numbered;
use crate::routes::pages::{elsewhere, stale};
use crate::web::forms::{self, Posted, see_other};
use crate::web::guards::MayModerate;
use crate::web::{Chrome, Error, Shared, Viewer, filters, render};

/// Longest reason, in characters.
const LONGEST_REASON: usize = 500;

/// The form, and below it what is hidden.
#[derive(Template)]
#[template(path = "pages/hiding.html")]
struct HidingPage {
    chrome: Chrome,
    kind: Kind,
    title: String,
    href: String,
    revision: Revision,
    saved: Moment,
    is_latest: bool,
    /// Which parts the form asks to hide.
    wanted: Vec<Part>,
    reason: String,
    /// What is wrong: with the parts, and with the reason.
    faults: Faults,
    hidden: Vec<Hidden>,
}

#[derive(Default)]
struct Faults {
    parts: &'static str,
    reason: &'static str,
}

/// What the form sends.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct HidingForm {
    text: Option<String>,
    note: Option<String>,
    author: Option<String>,
    reason: String,
}

/// `GET /{kind}/{slug}/history/{n}/hiding`.
///
/// # Errors
/// 404 where there is no such revision, and the store's own.
pub async fn form(
    by: MayModerate,
    request: HttpRequest,
    shared: Data<Shared>,
    db: Data<Db>,
) -> Result<HttpResponse, Error> {
    let (kind, text, number) = (kind(&request)?, segment(&request, 1)?, numbered(&request)?);
    let (slug, eyes) = (text.as_title().to_owned(), by.moderator);
    let found = db.read(move |conn| {
        let Some((page, revision)) = find(conn, kind, &slug, number)? else {
            return Ok(None);
        };
        let hidden = hiding::of(conn, &eyes, revision.id)?;
        Ok(Some((page, revision, hidden)))
    });
    let Some((page, revision, hidden)) = found.await? else {
        return elsewhere::answer(&shared, &db, kind, text).await;
    };
    let wanted = hidden.iter().map(|part| part.part).collect();
    let filled = HidingPage::fill((&request, &shared), page, revision, hidden, wanted);
    Ok(forms::page(StatusCode::OK, render(filled).await?))
}

/// `POST /{kind}/{slug}/history/{n}/hiding`: hides the parts that are ticked, shows the others.
///
/// # Errors
/// 403 without the right session, 404, and the store's own.
pub async fn save(
    by: MayModerate,
    request: HttpRequest,
    shared: Data<Shared>,
    db: Data<Db>,
    posted: Posted<HidingForm>,
) -> Result<HttpResponse, Error> {
    let form = posted.trusted()?;
    let (kind, text, number) = (kind(&request)?, segment(&request, 1)?, numbered(&request)?);
    let (wanted, reason) = (form.wanted(), one_line(&form.reason));
    let (slug, at, words) = (
        text.as_title().to_owned(),
        shared.world.now(),
        reason.clone(),
    );
    let (parts, eyes) = (wanted.clone(), by.moderator.clone());
    let done = db.write(move |conn| -> Result<_, DbError> {
        let Some((page, revision)) = find(conn, kind, &slug, number)? else {
            return Ok(None);
        };
        let outcome = hiding::set(conn, &eyes, (&page, &revision), &parts, &words, at);
        if let Err(HideError::Db(error)) = outcome {
            return Err(error.into());
        }
        let hidden = hiding::of(conn, &eyes, revision.id)?;
        let notice = changes::newest_of(conn, page.id)?;
        Ok(Some((page, revision, hidden, notice, outcome)))
    });
    let Some((page, revision, hidden, notice, outcome)) = done.await? else {
        return elsewhere::answer(&shared, &db, kind, text).await;
    };
    let mut faults = Faults::default();
    match outcome {
        Err(HideError::Current) => {
            faults.parts = "This is what the page says now. Save something better first, then hide this revision.";
        }
        Err(HideError::ReasonMissing) => {
            faults.reason = "Say why, in one sentence: it stands in the log of the moderators.";
        }
        Ok(_) | Err(HideError::Db(_)) => {
            shared
                .cache
                .invalidate(&stale::dependencies(notice.as_slice()));
            return Ok(see_other(&format!("{}/history", page.href())));
        }
    }
    let mut filled = HidingPage::fill((&request, &shared), page, revision, hidden, wanted);
    (filled.faults, filled.reason) = (faults, reason);
    Ok(forms::page(
        StatusCode::UNPROCESSABLE_ENTITY,
        render(filled).await?,
    ))
}

impl HidingForm {
    fn wanted(&self) -> Vec<Part> {
        let ticked = [
            (Part::Text, &self.text),
            (Part::Note, &self.note),
            (Part::Author, &self.author),
        ];
        let ticked = ticked.into_iter().filter(|(_, tick)| tick.is_some());
        ticked.map(|(part, _)| part).collect()
    }
}

/// The revision, whatever has become of its page.
fn find(
    conn: &mut Conn,
    kind: Kind,
    slug: &str,
    number: i64,
) -> QueryResult<Option<(Page, Revision)>> {
    let Some(page) = Page::at(conn, kind, slug)? else {
        return Ok(None);
    };
    let revision = Revision::of(conn, page.id, number)?;
    Ok(revision.map(|revision| (page, revision)))
}

impl HidingPage {
    fn fill(
        (request, shared): (&HttpRequest, &Shared),
        page: Page,
        revision: Revision,
        hidden: Vec<Hidden>,
        wanted: Vec<Part>,
    ) -> Self {
        let href = page.href();
        let (path, number) = (format!("{href}/history"), revision.number);
        let title = format!("Hide parts of revision {number}, {href}");
        Self {
            chrome: Chrome::new(shared, Viewer::of(request), path, title)
                .with_section(nav(page.kind))
                .with_no_index(),
            kind: page.kind,
            is_latest: page.revision_id == Some(revision.id),
            title: page.title,
            href,
            saved: Moment::of(revision.created_at),
            revision,
            wanted,
            reason: String::new(),
            faults: Faults::default(),
            hidden,
        }
    }

    /// "Songs".
    fn kinds(&self) -> String {
        format!("{}s", self.kind.label())
    }

    /// "Revision 3 of 22 November 2026, by hanji".
    fn author(&self) -> &str {
        labels::author(&self.revision.author)
    }

    /// The boxes: name, label, what it would hide, and whether it is ticked.
    fn boxes(&self) -> Vec<(&'static str, &'static str, &'static str, bool)> {
        let hint = |part: Part| match part {
            Part::Text => "What the page said. Comparisons with this revision show nothing then.",
            Part::Note => "The words about the change.",
            Part::Author => "Who made it. It leaves the list of their contributions as well.",
        };
        Part::ALL
            .iter()
            .map(|part| {
                (
                    part.as_str(),
                    part.label(),
                    hint(*part),
                    self.wanted.contains(part),
                )
            })
            .collect()
    }

    fn hidden_at(&self, hidden: &Hidden) -> Moment {
        Moment::of(hidden.at)
    }

    fn is_text(&self, hidden: &Hidden) -> bool {
        hidden.part == Part::Text
    }
}

/// Without line breaks, and no longer than a reason may be.
fn one_line(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    words.chars().take(LONGEST_REASON).collect()
}
