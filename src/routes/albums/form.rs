//! What the form of an album asks for.

use crate::models::album::AlbumKind;
use crate::models::page::Kind;
use crate::routes::pages::form::fields::{
    DRAMA, LINKS, NAMES, PROSE, RANK, REASON, SOURCES, SOURCES_AND_CLAIMS, UNVERIFIED, field,
};
use crate::routes::pages::form::{Form, Input, List, Part, Section};

fn kinds() -> Vec<(&'static str, &'static str)> {
    AlbumKind::ALL
        .iter()
        .map(|kind| (kind.as_str(), kind.label()))
        .collect()
}

/// The form.
pub static FORM: Form = Form {
    kind: Kind::Album,
    sections: &[NAMES, ABOUT, TRACKS, PROSE, LINKS, SOURCES_AND_CLAIMS],
};

const ABOUT: Section = Section {
    key: "about",
    legend: "About the release",
    note: "",
    parts: &[
        Part::Field(DRAMA),
        Part::Field(field("kind", "Kind", Input::Choice(kinds, ""))),
        Part::Field(field("part", "Part as printed", Input::Line).like("Part 9")),
        Part::Field(
            field("order", "Order", Input::Number)
                .help("Its place among the releases of the drama: the part's number, usually.")
                .like("9"),
        ),
        Part::Field(
            field("date", "Released", Input::Date)
                .help("The day in Korea.")
                .like("2017-01-07"),
        ),
        Part::Field(
            field("time", "Hour", Input::Line)
                .help("In Korea.")
                .like("18:00"),
        ),
        Part::Field(field("label", "Label", Input::Line).like("CJ E&M")),
        Part::Field(field("catalogue_number", "Catalogue number", Input::Line)),
    ],
};

const TRACKS: Section = Section {
    key: "tracks",
    legend: "Tracks",
    note: "In their order.",
    parts: &[Part::List(List {
        key: "tracks",
        legend: "Tracks",
        one: "track",
        note: "",
        fields: &[
            field("position", "Number", Input::Number),
            field("song", "Song", Input::Page(Kind::Song)),
            field("title", "Printed as", Input::Line)
                .help("Where it differs from the song's name, or where the song has no page."),
            field("length", "Length", Input::Length).like("3:43"),
            SOURCES,
            field("version", "Version", Input::Version)
                .help("The number of the version on the song's page.")
                .rare(),
            RANK,
            REASON,
            UNVERIFIED,
        ],
    })],
};
