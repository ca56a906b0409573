//! What the form of an artist asks for.

use crate::models::artist::{ArtistType, MemberKind};
use crate::models::page::Kind;
use crate::routes::pages::form::fields::{
    LINKS, NAMES, PROSE, RANK, REASON, SOURCES, SOURCES_AND_CLAIMS, UNVERIFIED, WHO, field,
};
use crate::routes::pages::form::{Form, Input, List, Part, Section};

fn types() -> Vec<(&'static str, &'static str)> {
    ArtistType::ALL
        .iter()
        .map(|kind| (kind.as_str(), kind.label()))
        .collect()
}

fn member_kinds() -> Vec<(&'static str, &'static str)> {
    MemberKind::ALL
        .iter()
        .map(|kind| {
            let words = match kind {
                MemberKind::Member => "Member",
                MemberKind::Subgroup => "Sub-unit",
                MemberKind::Voice => "Real voice of a band in a story",
            };
            (kind.as_str(), words)
        })
        .collect()
}

/// The form.
pub static FORM: Form = Form {
    kind: Kind::Artist,
    sections: &[NAMES, ABOUT, MEMBERS, PROSE, LINKS, SOURCES_AND_CLAIMS],
};

const ABOUT: Section = Section {
    key: "about",
    legend: "About the artist",
    note: "",
    parts: &[
        Part::Field(field("type", "Type", Input::Choice(types, ""))),
        Part::Field(field("debut", "Debut", Input::Date).like("2014-06")),
        Part::Field(field("agency", "Agency", Input::Line)),
    ],
};

const MEMBERS: Section = Section {
    key: "members",
    legend: "Members",
    note: "Members of a group, or the real voices of a band in a story.",
    parts: &[Part::List(List {
        key: "members",
        legend: "Members",
        one: "member",
        note: "",
        fields: &[
            WHO,
            field("kind", "As", Input::Choice(member_kinds, "Member")),
            field("from", "From", Input::Date).like("2012"),
            field("to", "Until", Input::Date),
            SOURCES,
            RANK,
            REASON,
            UNVERIFIED,
        ],
    })],
};
