//! Sourced values were changed: what is to become of what was there is asked once, before anything is saved.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use crate::models::page::content::Faults;
use crate::routes::pages::form::Typed;
use crate::routes::pages::form::fields::SOURCES_AND_CLAIMS;
use crate::routes::pages::form::operations::new_key;
use crate::routes::pages::form::questions::{Asked, Question, SECTION};
use crate::routes::pages::form::show::Showing;
use crate::routes::pages::form::typed::Row;
use crate::routes::pages::form::views::{Control, FieldView, PartView};
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
    /// The row of a source that is not there yet, and its number.
    another: Vec<FieldView>,
    another_number: usize,
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
    mut asked: Asked,
) -> Result<HttpResponse, Error> {
    let page_of = &ground.page;
    let mut pairs = sent.without_answers();
    if !sent.parts.is_empty() && sent.parts.iter().all(|part| part != SECTION) {
        // A source that is added here stands in its section.
        pairs.push(("_part".to_owned(), SECTION.to_owned()));
        pairs.extend(std::mem::take(&mut asked.section));
    }
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
        another: another(sent),
        another_number: asked.sources.len() + 1,
        asked,
        pairs,
    };
    page(StatusCode::UNPROCESSABLE_ENTITY, render(made).await?)
}

/// The fields of a source that is not there yet: those of a row of the form.
fn another(sent: &Sent) -> Vec<FieldView> {
    let row = Row {
        key: new_key(sent.typed.rows(SECTION)).unwrap_or_default(),
        ..Row::default()
    };
    let mut typed = Typed::default();
    typed.lists.insert(SECTION.to_owned(), vec![row]);
    let nothing = Faults::default();
    let section = Showing::new(&typed, &nothing, "", Vec::new()).sections(&[&SOURCES_AND_CLAIMS]);
    let parts = section.into_iter().flat_map(|section| section.parts);
    let rows = parts.filter_map(|part| match part {
        PartView::List(list) if list.key == SECTION => Some(list.rows),
        _ => None,
    });
    let fields = rows.flatten().flat_map(|row| [row.fields, row.rare]);
    fields.flatten().collect()
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
