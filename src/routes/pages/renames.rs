//! `/{kind}/{slug}/rename`: another address, another main name, or both.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use serde::Deserialize;

use crate::db::Db;
use crate::models::changes;
use crate::models::page::content::Faults;
use crate::models::page::lives::{self, LifeError, Renaming, Why};
use crate::models::page::protection::Guarded;
use crate::models::page::save::check::MAX_NAME;
use crate::models::page::{Page, State};
use crate::routes::pages::tool::{self, Around, Lock, Refusal};
use crate::text::slug::Slug;
use crate::web::forms::{Posted, see_other};
use crate::web::guards::MayRename;
use crate::web::limits;
use crate::web::{Chrome, Error, Shared, filters};

/// What the form sends.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RenameForm {
    address: String,
    name: String,
    keep: String,
    reason: String,
}

/// The form.
#[derive(Template)]
#[template(path = "pages/rename.html")]
struct RenamePage {
    chrome: Chrome,
    around: Around,
    form: RenameForm,
    faults: Faults,
    /// The page that has the address.
    holder: Option<Page>,
    lock: Option<Lock>,
}

const BELOW: &str = "/rename";

impl RenamePage {
    fn new(shared: &Shared, request: &HttpRequest, page: &Page, form: RenameForm) -> Self {
        Self {
            chrome: tool::chrome(shared, request, page, BELOW, "Rename"),
            around: Around::new(page),
            form,
            faults: Faults::default(),
            holder: None,
            lock: None,
        }
    }
}

/// `GET /{kind}/{slug}/rename`.
///
/// # Errors
/// The way in for those who are not logged in, 404, and the store's own.
pub async fn form(
    by: MayRename,
    request: HttpRequest,
    shared: Data<Shared>,
    db: Data<Db>,
) -> Result<HttpResponse, Error> {
    let page = match tool::live(&request, &shared, &db, BELOW).await? {
        Ok(page) => page,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let form = RenameForm {
        address: page.slug.clone(),
        name: page.title.clone(),
        keep: "yes".to_owned(),
        reason: String::new(),
    };
    let mut made = RenamePage::new(&shared, &request, &page, form);
    made.lock = lock(&shared, &by, &page);
    let status = match made.lock {
        Some(_) => StatusCode::FORBIDDEN,
        None => StatusCode::OK,
    };
    tool::answer(status, made).await
}

/// `POST /{kind}/{slug}/rename`.
///
/// # Errors
/// 403 without the right session, 429 after too many edits, 404, and the store's own.
pub async fn create(
    by: MayRename,
    request: HttpRequest,
    shared: Data<Shared>,
    db: Data<Db>,
    posted: Posted<RenameForm>,
) -> Result<HttpResponse, Error> {
    let form = posted.trusted()?;
    let page = match tool::live(&request, &shared, &db, BELOW).await? {
        Ok(page) => page,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let mut made = RenamePage::new(&shared, &request, &page, form.clone());
    made.lock = lock(&shared, &by, &page);
    if made.lock.is_some() {
        return tool::answer(StatusCode::FORBIDDEN, made).await;
    }
    let slug = match read(&form, &mut made.faults) {
        Some(slug) if made.faults.is_empty() => slug,
        _ => return tool::answer(StatusCode::UNPROCESSABLE_ENTITY, made).await,
    };
    let network = limits::network(&shared, request.head());
    limits::edit(&shared, &by.0, &network)?;
    let (editor, id, at) = (by.editor().clone(), page.id, shared.world.now());
    let renamed = db.write(move |conn| {
        changes::noticed(conn, |conn| {
            let renaming = Renaming {
                slug: &slug,
                name: Some(form.name.trim()).filter(|name| !name.is_empty()),
                keeps_old: !form.keep.is_empty(),
            };
            let note = tool::one_line(&form.reason);
            lives::rename(conn, &editor, id, renaming, Why { note: &note, at })
        })
    });
    match renamed.await {
        Ok((page, notices)) => {
            tool::forget(&shared, &notices);
            Ok(see_other(&page.href()))
        }
        Err(error) => refused(made, error).await,
    }
}

/// What keeps somebody from renaming the page.
fn lock(shared: &Shared, by: &MayRename, page: &Page) -> Option<Lock> {
    let stops = page.stops(by.editor(), Guarded::Rename, shared.world.now());
    stops.as_ref().map(Lock::of)
}

/// The address typed; what is wrong goes to the faults.
fn read(form: &RenameForm, faults: &mut Faults) -> Option<Slug> {
    if form.reason.trim().is_empty() {
        faults.add("reason", "Say in a sentence why the page is renamed.");
    }
    if form.name.len() > MAX_NAME {
        faults.add("name", format!("A name holds at most {MAX_NAME} bytes."));
    }
    match Slug::parse(form.address.trim()) {
        Ok(slug) => Some(slug),
        Err(error) => {
            faults.add("address", error.to_string());
            None
        }
    }
}

async fn refused(mut made: RenamePage, error: LifeError) -> Result<HttpResponse, Error> {
    let status = match tool::sorted(error)? {
        Refusal::Gone => {
            made.faults.add(
                "",
                "The page went away meanwhile: it was deleted or merged into another.",
            );
            StatusCode::CONFLICT
        }
        Refusal::Protected(lock) => {
            made.lock = Some(*lock);
            StatusCode::FORBIDDEN
        }
        Refusal::Faulty(messages) => {
            for message in messages {
                made.faults.add("name", message);
            }
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Refusal::Other(LifeError::SlugTaken(holder)) => {
            made.faults.add("address", "This address is taken. Choose another, or merge the two pages if they are about the same thing.");
            made.holder = Some(*holder).filter(|holder| holder.id != 0);
            StatusCode::CONFLICT
        }
        Refusal::Other(error) => return Err(Error::internal(error)),
    };
    tool::answer(status, made).await
}
