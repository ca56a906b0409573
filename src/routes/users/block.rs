//! `/users/{name}/block`: who may not edit for a while.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use serde::Deserialize;

use crate::db::{Db, DbError, Micros};
use crate::models::user::block::{BlockError, FOR_GOOD, LENGTHS};
use crate::models::user::{ChangeError, User};
use crate::routes::pages::reading::segment;
use crate::web::forms::{self, Posted, see_other};
use crate::web::guards::MayModerate;
use crate::web::{Chrome, Error, Shared, Viewer, filters, render};

/// Longest reason, in characters.
const LONGEST_REASON: usize = 500;

/// The form.
#[derive(Template)]
#[template(path = "users/block.html")]
struct BlockPage {
    chrome: Chrome,
    user: User,
    /// "until 3 December 2026: no reason", of the block in force.
    now: Option<String>,
    form: BlockForm,
    fault: String,
}

/// What the form sends.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct BlockForm {
    /// One of [`LENGTHS`], or `end`.
    length: String,
    reason: String,
}

/// `GET /users/{name}/block`.
///
/// # Errors
/// 404 when nobody has the name, and the store's own.
pub async fn form(
    _by: MayModerate,
    request: HttpRequest,
    shared: Data<Shared>,
    db: Data<Db>,
) -> Result<HttpResponse, Error> {
    let user = named(&request, &db).await?;
    let page = BlockPage::fill(
        (&request, &shared),
        user,
        BlockForm::default(),
        String::new(),
    );
    Ok(forms::page(StatusCode::OK, render(page).await?))
}

/// `POST /users/{name}/block`.
///
/// # Errors
/// 403 without the right session, 404 when nobody has the name, and the store's own.
pub async fn save(
    by: MayModerate,
    request: HttpRequest,
    shared: Data<Shared>,
    db: Data<Db>,
    posted: Posted<BlockForm>,
) -> Result<HttpResponse, Error> {
    let mut form = posted.trusted()?;
    form.reason = form.reason.trim().chars().take(LONGEST_REASON).collect();
    let user = named(&request, &db).await?;
    let now = shared.world.now();
    let until = match LENGTHS.iter().find(|(name, ..)| *name == form.length) {
        Some((.., length)) => Some(now.saturating_add(*length)),
        None if form.length == "end" => None,
        None => {
            let fault = "Choose how long.".to_owned();
            let page = BlockPage::fill((&request, &shared), user, form, fault);
            return Ok(forms::page(
                StatusCode::UNPROCESSABLE_ENTITY,
                render(page).await?,
            ));
        }
    };
    let (blocked, reason) = (user.clone(), form.reason.clone());
    let outcome = db.write(move |conn| -> Result<_, DbError> {
        let by = (&by.moderator, by.member.role);
        match blocked.set_block(conn, by, until, &reason, now) {
            Err(BlockError::Change(ChangeError::Db(error))) => Err(error),
            outcome => Ok(outcome),
        }
    });
    match outcome.await? {
        Ok(()) => Ok(see_other(&user.href())),
        Err(error) => {
            let fault = sentence(&error.to_string());
            let page = BlockPage::fill((&request, &shared), user, form, fault);
            Ok(forms::page(
                StatusCode::UNPROCESSABLE_ENTITY,
                render(page).await?,
            ))
        }
    }
}

/// The member in the address.
///
/// # Errors
/// 404 when nobody has the name, and the store's own.
pub async fn named(request: &HttpRequest, db: &Db) -> Result<User, Error> {
    let name = segment(request, 1)?.as_title().to_owned();
    let user = db.read(move |conn| User::named(conn, &name)).await?;
    user.ok_or(Error::NotFound)
}

/// With a capital letter and a full stop.
fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    format!("{}{}.", first.unwrap_or_default(), letters.as_str())
}

impl BlockPage {
    fn fill(
        (request, shared): (&HttpRequest, &Shared),
        user: User,
        form: BlockForm,
        fault: String,
    ) -> Self {
        let path = format!("{}/block", user.href());
        let block = user.block(shared.world.now());
        Self {
            chrome: Chrome::new(
                shared,
                Viewer::of(request),
                path,
                format!("Block {}", user.name),
            )
            .with_no_index(),
            now: block.map(|block| format!("{}: {}", until(block.until), block.reason)),
            user,
            form,
            fault,
        }
    }

    /// The lengths to choose from, and whether each is chosen.
    fn lengths(&self) -> Vec<(&'static str, &'static str, bool)> {
        LENGTHS
            .iter()
            .map(|(name, words, _)| (*name, *words, self.form.length == *name))
            .collect()
    }
}

/// "until 3 December 2026, 09:15 UTC".
pub fn until(until: i64) -> String {
    if until == FOR_GOOD {
        return "for good".to_owned();
    }
    let until = Micros(until).timestamp();
    until.strftime("until %-d %B %Y, %H:%M UTC").to_string()
}
