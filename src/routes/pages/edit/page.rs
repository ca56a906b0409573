//! The form's page.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE, VARY};
use askama::Template;

use crate::models::page::blame::Blame;
use crate::models::page::card::Card;
use crate::models::page::content::Faults;
use crate::models::page::{Page, State};
use crate::models::song::VersionKind;
use crate::routes::pages::form::Form;
use crate::routes::pages::form::show::Showing;
use crate::routes::pages::form::touched;
use crate::routes::pages::form::views::{Control, PartView, SectionView};
use crate::routes::pages::frame::Moment;
use crate::routes::pages::tool::Lock;
use crate::web::{Chrome, Error, Shared, Viewer, filters, render};

use super::drafts::{Begun, Offer};
use super::entrance::Login;
use super::ground::{self, Ground};
use super::sent::{Sent, Watch};
use super::told::Told;

/// The form.
#[derive(Template)]
#[template(path = "pages/edit.html")]
pub struct EditPage {
    chrome: Chrome,
    title: String,
    href: String,
    /// Where the form is sent.
    action: String,
    is_new: bool,
    /// Of a new page: the number of its form, others its member has begun, the address that waits for it, and pages it may be a
    /// second copy of.
    number: String,
    begun: Vec<Begun>,
    address: String,
    alike: Vec<Card>,
    section: &'static str,
    /// "Songs".
    kind_label: String,
    token: String,
    base: i64,
    last_row: i64,
    parts: Vec<String>,
    /// What was answered about sourced values, as fields.
    answers: Vec<(String, String)>,
    sections: Vec<SectionView>,
    /// All sections there are: key and heading.
    all: Vec<(&'static str, &'static str)>,
    note: String,
    minor: bool,
    watch: Watch,
    /// When a draft of it was kept.
    kept: Option<Moment>,
    /// A draft from before.
    offer: Option<Offer>,
    faults: Faults,
    notice: Option<(&'static str, &'static str)>,
    lock: Option<Box<Lock>>,
    /// Where to log in, for those who are not.
    login: Option<Login>,
    blocked: String,
    /// Where the page is now: words and address.
    way: Option<(&'static str, String)>,
    /// What the fields are made of, once it is known what is wrong with them.
    rest: Option<Box<Rest>>,
}

struct Rest {
    form: &'static Form,
    sent: Sent,
    kept: Vec<(String, String)>,
    blame: Blame,
}

impl EditPage {
    /// The form as it was sent.
    pub fn new(
        shared: &Shared,
        viewer: Viewer,
        form: &'static Form,
        ground: &Ground,
        sent: &Sent,
    ) -> Self {
        let page = &ground.page;
        let token = viewer
            .member
            .as_ref()
            .map(|member| member.token.clone())
            .unwrap_or_default();
        let chrome = Chrome::new(shared, viewer, ground.action(), ground.heading())
            .with_section(page.kind.plural())
            .with_no_index();
        Self {
            chrome,
            title: page.title.clone(),
            href: page.href(),
            action: ground.action(),
            is_new: ground.is_unborn(),
            number: sent.form.clone(),
            begun: Vec::new(),
            address: sent.address.clone(),
            alike: Vec::new(),
            section: page.kind.plural(),
            kind_label: format!("{}s", page.kind.label()),
            token,
            base: ground.base.revision.id,
            last_row: sent.last_row,
            parts: sent.parts.clone(),
            answers: sent.answers.pairs(),
            sections: Vec::new(),
            all: all(form),
            note: sent.note.clone(),
            minor: sent.minor,
            watch: sent.watch,
            kept: None,
            offer: None,
            faults: super::none(),
            notice: None,
            lock: None,
            login: None,
            blocked: String::new(),
            way: way(page),
            rest: Some(Box::new(Rest {
                form,
                sent: sent.clone(),
                kept: versions(ground),
                blame: ground.blame.clone(),
            })),
        }
    }

    /// Makes the fields: hundreds of them, so this is done where templates are filled in.
    fn fill(&mut self) {
        let Some(rest) = self.rest.take() else { return };
        let Rest {
            form,
            sent,
            kept,
            blame,
        } = *rest;
        let showing = Showing::new(&sent.typed, &self.faults, &sent.focus, kept)
            .saying(&sent.said, &sent.cited);
        self.sections = showing.sections(&ground::sections(form, &sent));
        touched::tell(&mut self.sections, &self.href, &blame);
    }

    /// With what there is to say.
    pub fn telling(mut self, told: Told) -> Self {
        self.notice = told.notice();
        match told {
            Told::Faults(faults) => self.faults = faults,
            Told::Alike(cards, faults) => (self.alike, self.faults) = (cards, faults),
            Told::Protected(lock) => self.lock = Some(lock),
            Told::NotLoggedIn => self.login = Some(Login::default()),
            Told::NotIn(login) => self.login = Some(login),
            Told::Blocked(says) => self.blocked = says,
            _ => {}
        }
        self
    }

    /// With the moment a draft was kept.
    pub fn with_draft(mut self, kept: Option<i64>) -> Self {
        self.kept = kept.map(Moment::of);
        self
    }

    /// With a draft from before, to go on with or to throw away.
    pub fn offering(mut self, offer: Option<Offer>) -> Self {
        self.offer = offer;
        self
    }

    /// With the new pages that were begun before.
    pub fn telling_of(mut self, begun: Vec<Begun>) -> Self {
        self.begun = begun;
        self
    }

    /// As an answer that nobody else gets.
    pub async fn answer(mut self, status: StatusCode) -> Result<HttpResponse, Error> {
        let body = render::off_worker(move || {
            self.fill();
            render::write(&self).map_err(Error::internal)
        });
        page(status, body.await?)
    }
}

/// Key and heading of every section.
fn all(form: &'static Form) -> Vec<(&'static str, &'static str)> {
    let sections = form.sections.iter();
    sections
        .map(|section| (section.key, section.legend))
        .collect()
}

/// Where to read a page that is not where it was.
fn way(page: &Page) -> Option<(&'static str, String)> {
    match page.state {
        State::Merged => Some((
            "Read the page it was merged with",
            format!("/p/{}", page.id),
        )),
        State::Live | State::Reserved => None,
        _ => Some(("See what became of it", page.href())),
    }
}

/// A page with somebody's own words in it.
pub fn page(status: StatusCode, body: String) -> Result<HttpResponse, Error> {
    Ok(HttpResponse::build(status)
        .insert_header((CONTENT_TYPE, "text/html; charset=utf-8"))
        .insert_header((CACHE_CONTROL, "private, no-store"))
        .insert_header((VARY, "Cookie"))
        .body(body))
}

/// The versions of the page as it was, for fields that name one.
fn versions(ground: &Ground) -> Vec<(String, String)> {
    let flat = &ground.base.flat;
    let versions = flat.get("versions").and_then(serde_json::Value::as_array);
    versions
        .into_iter()
        .flatten()
        .zip(1..)
        .map(|(version, number): (_, usize)| {
            let text = |key: &str| {
                version
                    .get(key)
                    .and_then(serde_json::Value::as_str)
                    .unwrap_or_default()
            };
            let kind = text("kind")
                .parse::<VersionKind>()
                .map_or("", VersionKind::label);
            let words = if text("label").is_empty() {
                kind
            } else {
                text("label")
            };
            let id = version
                .get("id")
                .map(ToString::to_string)
                .unwrap_or_default();
            (id, format!("{number}. {words}"))
        })
        .collect()
}
