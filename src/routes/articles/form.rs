//! What the form of an article asks for.

use crate::models::page::Kind;
use crate::routes::pages::form::fields::{LINKS, NAMES, PROSE, SOURCES_AND_CLAIMS, field};
use crate::routes::pages::form::{Form, Input, Part, Section};

/// The form.
pub static FORM: Form = Form {
    kind: Kind::Article,
    sections: &[NAMES, ABOUT, PROSE, LINKS, SOURCES_AND_CLAIMS],
};

const ABOUT: Section = Section {
    key: "about",
    legend: "About the article",
    note: "",
    parts: &[
        Part::Field(
            field("summary", "Summary", Input::Lines).help("One or two sentences, shown in lists."),
        ),
        Part::Field(field("authors", "Authors", Input::Words)),
    ],
};
