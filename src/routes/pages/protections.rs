//! `/{kind}/{slug}/protection`: who may do what to a page, until when and why.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use serde::Deserialize;

use crate::db::Db;
use crate::models::changes;
use crate::models::page::Page;
use crate::models::page::content::Faults;
use crate::models::page::lives::LifeError;
use crate::models::page::protection::{self, Guarded, Wanted, who};
use crate::models::user::Role;
use crate::routes::pages::tool::{self, Around, Lock, Refusal};
use crate::web::forms::{Posted, see_other};
use crate::web::guards::MayModerate;
use crate::web::{Chrome, Error, Shared, filters};

/// What the form sends.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ProtectionForm {
    edit: String,
    rename: String,
    /// Days from now; empty for no end.
    days: String,
    reason: String,
}

/// The form.
#[derive(Template)]
#[template(path = "pages/protection.html")]
struct ProtectionPage {
    chrome: Chrome,
    around: Around,
    locks: Vec<Lock>,
    /// Name of the field, label, the level chosen.
    actions: Vec<(&'static str, &'static str, Role)>,
    levels: Vec<Role>,
    form: ProtectionForm,
    faults: Faults,
}

const BELOW: &str = "/protection";
const MICROS_A_DAY: i64 = 24 * 60 * 60 * 1_000_000;
/// The longest a protection with an end may last, in days: what is to last longer has no end.
const MOST_DAYS: i64 = 3_650;

impl ProtectionPage {
    fn new(
        shared: &Shared,
        request: &HttpRequest,
        by: &MayModerate,
        page: &Page,
        form: ProtectionForm,
    ) -> Self {
        let now = shared.world.now();
        let locks = page.protections();
        let level = |typed: &str, action: Guarded| {
            let kept = page.protected(action, now).map(|kept| kept.level);
            typed.parse().ok().or(kept).unwrap_or(Role::Member)
        };
        Self {
            chrome: tool::chrome(shared, request, page, BELOW, "Protection"),
            around: Around::new(page),
            locks: locks
                .iter()
                .filter(|lock| lock.holds(now))
                .map(Lock::of)
                .collect(),
            actions: vec![
                ("edit", "Who may edit", level(&form.edit, Guarded::Edit)),
                (
                    "rename",
                    "Who may rename",
                    level(&form.rename, Guarded::Rename),
                ),
            ],
            levels: Role::ALL
                .iter()
                .copied()
                .filter(|level| (Role::Member..=by.moderator.role()).contains(level))
                .collect(),
            form,
            faults: Faults::default(),
        }
    }

    /// "editors, moderators and administrators".
    fn who(&self, level: &Role) -> &'static str {
        who(*level)
    }
}

/// `GET /{kind}/{slug}/protection`.
///
/// # Errors
/// 403 for others than moderators, 404, and the store's own.
pub async fn form(
    by: MayModerate,
    request: HttpRequest,
    shared: Data<Shared>,
    db: Data<Db>,
) -> Result<HttpResponse, Error> {
    match tool::live(&request, &shared, &db, BELOW).await? {
        Ok(page) => {
            let form = ProtectionForm::default();
            let made = ProtectionPage::new(&shared, &request, &by, &page, form);
            tool::answer(StatusCode::OK, made).await
        }
        Err(elsewhere) => Ok(elsewhere),
    }
}

/// `POST /{kind}/{slug}/protection`.
///
/// # Errors
/// 403 for others than moderators, 404, and the store's own.
pub async fn save(
    by: MayModerate,
    request: HttpRequest,
    shared: Data<Shared>,
    db: Data<Db>,
    posted: Posted<ProtectionForm>,
) -> Result<HttpResponse, Error> {
    let form = posted.trusted()?;
    let page = match tool::live(&request, &shared, &db, BELOW).await? {
        Ok(page) => page,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let at = shared.world.now();
    let mut made = ProtectionPage::new(&shared, &request, &by, &page, form.clone());
    let wanted = read(&form, at, &mut made.faults);
    if !made.faults.is_empty() {
        return tool::answer(StatusCode::UNPROCESSABLE_ENTITY, made).await;
    }
    let (moderator, id) = (by.moderator.clone(), page.id);
    let note = tool::one_line(&form.reason);
    let done = db.write(move |conn| {
        changes::noticed(conn, |conn| {
            protection::protect(conn, &moderator, id, &wanted, &note, at)
        })
    });
    let error = match done.await {
        Ok(((), notices)) => {
            tool::forget(&shared, &notices);
            return Ok(see_other(&page.href()));
        }
        Err(error) => error,
    };
    let (status, field, says) = match tool::sorted(error)? {
        Refusal::Other(LifeError::AboveYou) => (
            StatusCode::FORBIDDEN,
            "",
            "Only administrators keep something to administrators, or change what was kept to them.",
        ),
        Refusal::Gone => (StatusCode::CONFLICT, "", "The page went away meanwhile."),
        Refusal::Other(error) => return Err(Error::internal(error)),
        Refusal::Protected(_) | Refusal::Faulty(_) => {
            (StatusCode::CONFLICT, "", "Nothing was changed.")
        }
    };
    made.faults.add(field, says);
    tool::answer(status, made).await
}

/// What was chosen; what is wrong goes to the faults.
fn read(form: &ProtectionForm, at: i64, faults: &mut Faults) -> Vec<Wanted> {
    if form.reason.trim().is_empty() {
        faults.add(
            "reason",
            "Give the reason. Whoever cannot edit the page reads it.",
        );
    }
    let days = form.days.trim();
    let until = match days.parse::<i64>() {
        Ok(days) if (1..=MOST_DAYS).contains(&days) => Some(at + days * MICROS_A_DAY),
        _ if days.is_empty() => None,
        _ => {
            faults.add(
                "days",
                format!("Give a number of days, 1 to {MOST_DAYS}, or nothing for no end."),
            );
            None
        }
    };
    let actions = [
        ("edit", &form.edit, Guarded::Edit),
        ("rename", &form.rename, Guarded::Rename),
    ];
    let mut wanted = Vec::new();
    for (field, typed, action) in actions {
        match typed.parse::<Role>() {
            Ok(level) => wanted.push(Wanted {
                action,
                level,
                until: until.filter(|_| level > Role::Member),
            }),
            Err(_unknown) => faults.add(field, "Choose one of the values offered."),
        }
    }
    wanted
}
