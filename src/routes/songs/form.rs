//! What the form of a song asks for.

use crate::models::cue::{Certainty, CueKind};
use crate::models::page::Kind;
use crate::models::song::{UseRole, VersionKind};
use crate::routes::pages::form::fields::{
    self, CREDITED, CREDITED_AS, CREDITS_NOTE, DETAIL, DRAMA, LINKS, NAMES, PROSE, RANK, REASON,
    ROLE, SOURCES, SOURCES_AND_CLAIMS, UNVERIFIED, field,
};
use crate::routes::pages::form::{Form, Input, List, Part, Section};

fn use_roles() -> Vec<(&'static str, &'static str)> {
    UseRole::ALL
        .iter()
        .map(|role| (role.as_str(), role.label()))
        .collect()
}

fn version_kinds() -> Vec<(&'static str, &'static str)> {
    VersionKind::ALL
        .iter()
        .map(|kind| (kind.as_str(), kind.label()))
        .collect()
}

fn cue_kinds() -> Vec<(&'static str, &'static str)> {
    CueKind::ALL
        .iter()
        .map(|kind| (kind.as_str(), kind.label()))
        .collect()
}

fn certainties() -> Vec<(&'static str, &'static str)> {
    Certainty::ALL
        .iter()
        .map(|certainty| (certainty.as_str(), certainty.as_str()))
        .collect()
}

/// The form.
pub static FORM: Form = Form {
    kind: Kind::Song,
    sections: &[
        NAMES,
        USES,
        VERSIONS,
        CREDITS,
        SCENES,
        ABOUT,
        PROSE,
        LINKS,
        SOURCES_AND_CLAIMS,
    ],
};

const USES: Section = Section {
    key: "uses",
    legend: "Dramas",
    note: "The dramas it was made for or plays in. One it is often named with by mistake stays here as refuted, with the reason.",
    parts: &[Part::List(List {
        key: "uses",
        legend: "Dramas",
        one: "drama",
        note: "",
        fields: &[
            DRAMA,
            field("role", "As", Input::Choice(use_roles, "Not known")),
            field("about", "Whose theme", Input::Line)
                .help("The character or couple, for a theme.")
                .like("Kim Shin"),
            SOURCES,
            field("note", "Note", Input::Line).rare(),
            RANK,
            REASON,
            UNVERIFIED,
        ],
    })],
};

const VERSIONS: Section = Section {
    key: "versions",
    legend: "Versions",
    note: "Each recording with its own artist credit; the first is the one lists name.",
    parts: &[Part::List(List {
        key: "versions",
        legend: "Versions",
        one: "version",
        note: "",
        fields: &[
            field("kind", "Kind", Input::Choice(version_kinds, "")),
            field("credit", "Sung or played by", Input::Credit)
                .help("One artist a line, with what is printed before the next."),
            field("length", "Length", Input::Length).like("3:14"),
            field("released", "Released", Input::Date).like("2016-12-02"),
            SOURCES,
            field("label", "Called", Input::Line)
                .help("Only where the kind does not say enough.")
                .rare(),
            field("language", "Language", Input::Line)
                .help("Only where it is not Korean, as a tag: en, ja.")
                .rare(),
            field("isrc", "ISRC", Input::Line)
                .like("KRA381604312")
                .rare(),
            RANK,
            REASON,
            UNVERIFIED,
        ],
    })],
};

const CREDITS: Section = Section {
    key: "credits",
    legend: "Credits",
    note: CREDITS_NOTE,
    parts: &[Part::List(List {
        key: "credits",
        legend: "Credits",
        one: "credit",
        note: "",
        fields: &[
            ROLE,
            CREDITED,
            SOURCES,
            CREDITED_AS,
            DETAIL,
            field("version", "Version", Input::Version)
                .help("Where it holds for one version only.")
                .rare(),
            RANK,
            REASON,
            UNVERIFIED,
        ],
    })],
};

const SCENES: Section = Section {
    key: "cues",
    legend: "Scenes",
    note: "Where it is heard. What happens, in your own words and in a sentence; mark what would spoil the story.",
    parts: &[Part::List(List {
        key: "cues",
        legend: "Scenes",
        one: "scene",
        note: "",
        fields: &[
            DRAMA,
            field("episode", "Episode", Input::Number),
            field("begin", "Begins", Input::Moment)
                .help("A time code, or opening, early, middle, late, ending.")
                .like("58:50"),
            field("end", "Ends", Input::Timecode).like("1:01:20"),
            field("description", "What happens", Input::Lines).help("At most 300 characters."),
            field("spoiler", "Spoils episode", Input::Number)
                .help("The episode a reader must have seen."),
            SOURCES,
            field("kind", "Heard", Input::Choice(cue_kinds, "Not known")).rare(),
            field("version", "Version", Input::Version).rare(),
            field("season", "Season", Input::Number)
                .help("Only from the second on.")
                .rare(),
            field("cut", "Cut", Input::Line)
                .help("Where times differ: broadcast, streaming.")
                .rare(),
            field("characters", "Characters", Input::Words)
                .like("Kim Shin, Ji Eun-tak")
                .rare(),
            field("moods", "Moods", Input::Several(fields::moods)).rare(),
            field(
                "certainty",
                "How sure",
                Input::Choice(certainties, "Not said"),
            )
            .rare(),
            RANK,
            REASON,
            UNVERIFIED,
        ],
    })],
};

const ABOUT: Section = Section {
    key: "about",
    legend: "About the song",
    note: "",
    parts: &[
        Part::Field(
            field("languages", "Languages", Input::Words)
                .help("As tags; zxx where there are no words.")
                .like("ko, en"),
        ),
        Part::Field(field("moods", "Moods", Input::Several(fields::moods))),
        Part::Field(
            field("remake_of", "Remake of", Input::Line)
                .help("Whose song it was before.")
                .like("Sanulrim, 1981"),
        ),
    ],
};
