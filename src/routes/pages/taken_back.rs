//! What undoing and restoring have in common: who may, how often, and what to say when it cannot be done.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::db::{Conn, Db, DbError};
use crate::models::page::merge::Collision;
use crate::models::page::save::{SaveError, Saved};
use crate::models::page::undo::UndoError;
use crate::models::page::{Page, PageId, State, labels};
use crate::models::user::Editor;
use crate::routes::pages::elsewhere;
use crate::routes::pages::frame::nav;
use crate::routes::pages::reading::{kind, segment};
use crate::web::forms::{page, see_other};
use crate::web::viewer::Member;
use crate::web::{Chrome, Error, Shared, Viewer, filters, limits, render};

/// Why something could not be taken back, field by field.
#[derive(Template)]
#[template(path = "pages/refused.html")]
struct RefusedPage {
    chrome: Chrome,
    title: String,
    href: String,
    says: &'static str,
    /// The field, and what is in the way there.
    reasons: Vec<(String, String)>,
}

/// Does it, and leads to what it changed; or says why it was not done.
///
/// # Errors
/// 429 after too many edits, 404, and the store's own.
pub async fn answer(
    (request, shared, db): (&HttpRequest, &Shared, &Db),
    member: &Member,
    revision: &str,
    deed: impl Fn(&mut Conn, &Editor, PageId, i64, i64) -> Result<Saved, UndoError> + Send + 'static,
) -> Result<HttpResponse, Error> {
    let (kind, text) = (kind(request)?, segment(request, 1)?);
    let number: i64 = revision.parse().map_err(|_no_number| {
        Error::Malformed("The form names no revision. Go back to the history and choose one.")
    })?;
    let now = shared.world.now();
    limits::undo(shared, member, request.head())?;
    let (by, slug) = (member.editor.clone(), text.as_title().to_owned());
    let outcome = db.write(move |conn| -> Result<_, DbError> {
        let page = Page::at(conn, kind, &slug)?;
        let Some(page) = page.filter(|page| page.state == State::Live) else {
            return Ok(None);
        };
        match deed(conn, &by, page.id, number, now) {
            // The store's refusals are its own to try again.
            Err(UndoError::Save(SaveError::Db(error))) => Err(error.into()),
            Err(UndoError::Save(SaveError::NotLive)) => Ok(None),
            outcome => Ok(Some((page, outcome))),
        }
    });
    let Some((page, outcome)) = outcome.await? else {
        return elsewhere::answer(shared, db, kind, text).await;
    };
    match outcome {
        Ok(Saved::Revision { number, .. }) => {
            Ok(see_other(&format!("{}/diff?to={number}", page.href())))
        }
        Ok(Saved::Unchanged) => {
            let says = "The page says so already: there was nothing to take back.";
            refused((request, shared), &page, StatusCode::OK, says, Vec::new()).await
        }
        Err(error) => {
            let (status, says, reasons) = told(error)?;
            refused((request, shared), &page, status, says, reasons).await
        }
    }
}

type Told = (StatusCode, &'static str, Vec<(String, String)>);

/// Status, sentence, and what is in the way.
fn told(error: UndoError) -> Result<Told, Error> {
    Ok(match error {
        UndoError::NoRevision => return Err(Error::NotFound),
        UndoError::First => (
            StatusCode::CONFLICT,
            "The first revision made the page. It cannot be undone; a moderator can delete the page.",
            Vec::new(),
        ),
        UndoError::Hidden => (
            StatusCode::CONFLICT,
            "What the page said then is hidden. A moderator would have to show it again first.",
            Vec::new(),
        ),
        UndoError::NoField => (
            StatusCode::CONFLICT,
            "This revision did not change that field.",
            Vec::new(),
        ),
        UndoError::Save(SaveError::Collisions(collisions)) => (
            StatusCode::CONFLICT,
            "A later revision changed the same again. Take that one back first, or edit the page by hand. In the way:",
            collisions.iter().map(in_the_way).collect(),
        ),
        UndoError::Save(SaveError::Faults(faults)) => (
            StatusCode::UNPROCESSABLE_ENTITY,
            "Later revisions rest on it: the page would not be right any more.",
            faults
                .0
                .into_iter()
                .map(|fault| (words(&fault.field), fault.message))
                .collect(),
        ),
        UndoError::Save(SaveError::Protected(_)) => (
            StatusCode::FORBIDDEN,
            "The page is protected: not everybody may edit it. Its edit page says who may, and why.",
            Vec::new(),
        ),
        UndoError::Save(error) => return Err(Error::internal(error)),
    })
}

fn in_the_way(collision: &Collision) -> (String, String) {
    let why = if collision.theirs.is_null() {
        "was taken away since."
    } else {
        "was changed again since."
    };
    (words(&collision.path), why.to_owned())
}

/// `credits[12].detail` as "Credits › Detail".
fn words(path: &str) -> String {
    let top = labels::field(labels::top(path));
    match path.rsplit_once('.') {
        Some((_, key)) => format!("{top} › {}", labels::field(labels::top(key))),
        None => top.to_owned(),
    }
}

async fn refused(
    (request, shared): (&HttpRequest, &Shared),
    page_of: &Page,
    status: StatusCode,
    says: &'static str,
    reasons: Vec<(String, String)>,
) -> Result<HttpResponse, Error> {
    let href = page_of.href();
    let chrome = Chrome::new(
        shared,
        Viewer::of(request),
        format!("{href}/history"),
        format!("Nothing was taken back, {href}"),
    );
    let refused = RefusedPage {
        chrome: chrome.with_no_index().with_section(nav(page_of.kind)),
        title: page_of.title.clone(),
        href,
        says,
        reasons,
    };
    let mut answer = page(status, render(refused).await?);
    answer
        .extensions_mut()
        .insert(crate::web::error_pages::Finished);
    Ok(answer)
}
