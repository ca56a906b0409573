//! Sourced values were changed: what is to become of what was there is asked once, before anything is saved.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use crate::models::page::content::Faults;
use crate::routes::pages::form::questions::{Asked, Question};
use crate::web::{Chrome, Error, Shared, Viewer, filters, render};

use super::ground::Ground;
use super::page::page;
use super::sent::Sent;

/// The page of questions.
#[derive(Template)]
#[template(path = "pages/questions.html")]
struct QuestionsPage {
    chrome: Chrome,
    title: String,
    href: String,
    section: &'static str,
    /// "Songs".
    kind_label: String,
    asked: Asked,
    faults: Faults,
    pairs: Vec<(String, String)>,
}

impl QuestionsPage {
    /// The ways to answer: what is kept, what it is called, and what becomes of the old value.
    fn ways(&self) -> [(&'static str, &'static str, &'static str); 3] {
        [
            (
                "correct",
                "It was a mistake",
                "The old value stays as refuted, with your reason, so that nobody adds it back.",
            ),
            (
                "both",
                "Both are claimed",
                "The page goes on following the first, and lists both where sources disagree.",
            ),
            (
                "typo",
                "It was only misspelt",
                "The old value is replaced, and its sources stand behind the new one.",
            ),
        ]
    }
}

/// Asks.
pub async fn show(
    shared: &Shared,
    viewer: Viewer,
    ground: &Ground,
    sent: &Sent,
    asked: Asked,
) -> Result<HttpResponse, Error> {
    let page_of = &ground.page;
    let chrome = Chrome::new(
        shared,
        viewer,
        format!("{}/edit", page_of.href()),
        format!("Edit {}", page_of.title),
    )
    .with_section(page_of.kind.plural())
    .with_no_index();
    let made = QuestionsPage {
        chrome,
        title: page_of.title.clone(),
        href: page_of.href(),
        section: page_of.kind.plural(),
        kind_label: format!("{}s", page_of.kind.label()),
        faults: faults(&asked.questions),
        asked,
        pairs: sent.without_answers(),
    };
    page(StatusCode::UNPROCESSABLE_ENTITY, render(made).await?)
}

fn faults(questions: &[Question]) -> Faults {
    let mut faults = Faults::default();
    for question in questions {
        if let Some(fault) = question.fault {
            faults.add(
                format!("_claim.{}", question.path),
                format!("{}: {fault}", question.label),
            );
        }
    }
    faults
}
