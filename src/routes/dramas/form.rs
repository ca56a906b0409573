//! What the form of a drama asks for.

use crate::models::drama::{CastPart, DramaKind};
use crate::models::page::Kind;
use crate::routes::pages::form::fields::{
    self, CREDITS, LINKS, NAMES, PROSE, RANK, REASON, SOURCES, SOURCES_AND_CLAIMS, UNVERIFIED, WHO,
    field,
};
use crate::routes::pages::form::{Form, Input, List, Part, Section};

fn kinds() -> Vec<(&'static str, &'static str)> {
    DramaKind::ALL
        .iter()
        .map(|kind| (kind.as_str(), kind.label()))
        .collect()
}

fn cast_parts() -> Vec<(&'static str, &'static str)> {
    CastPart::ALL
        .iter()
        .map(|part| (part.as_str(), part.as_str()))
        .collect()
}

/// The form.
pub static FORM: Form = Form {
    kind: Kind::Drama,
    sections: &[
        NAMES,
        AIRED,
        CREDITS,
        CAST,
        PROSE,
        LINKS,
        SOURCES_AND_CLAIMS,
    ],
};

const AIRED: Section = Section {
    key: "aired",
    legend: "About the drama",
    note: "",
    parts: &[
        Part::Field(field("kind", "Kind", Input::Choice(kinds, ""))),
        Part::Field(field("networks", "Networks", Input::Words).like("tvN")),
        Part::Field(field("streaming", "Streaming", Input::Words).like("Netflix, Viki")),
        Part::Field(field("first_aired", "First aired", Input::Date).like("2016-12-02")),
        Part::Field(field("last_aired", "Last aired", Input::Date)),
        Part::Field(field("episodes", "Episodes", Input::Number).like("16")),
        Part::Field(field("specials", "Specials", Input::Number)),
        Part::Field(field("genres", "Genres", Input::Words).like("fantasy, romance")),
        Part::Field(field("moods", "Moods", Input::Several(fields::moods))),
        Part::List(List {
            key: "seasons",
            legend: "Seasons",
            one: "season",
            note: "Only where there are several.",
            fields: &[
                field("number", "Season", Input::Number),
                field("episodes", "Episodes", Input::Number),
                field("first_aired", "First aired", Input::Date),
                field("last_aired", "Last aired", Input::Date),
                SOURCES,
                UNVERIFIED,
            ],
        }),
    ],
};

const CAST: Section = Section {
    key: "cast",
    legend: "Cast",
    note: "Characters and who plays them, with the song that is their theme.",
    parts: &[Part::List(List {
        key: "cast",
        legend: "Cast",
        one: "character",
        note: "",
        fields: &[
            field("character", "Character", Input::Line).like("Kim Shin"),
            field("character_ko", "In Korean", Input::Line).like("김신"),
            WHO,
            field("part", "Part", Input::Choice(cast_parts, "Not said")),
            field("theme", "Theme", Input::Page(Kind::Song)),
            SOURCES,
            RANK,
            REASON,
            UNVERIFIED,
        ],
    })],
};
