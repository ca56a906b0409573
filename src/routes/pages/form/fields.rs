//! Fields and lists that several kinds have.

use crate::models::credit::Role;
use crate::models::mood;
use crate::models::name::NameKind;
use crate::models::page::Kind;
use crate::models::rank::Rank;

use super::table::{Field, Input, List, Part, Section};

/// A field without help.
pub const fn field(key: &'static str, label: &'static str, input: Input) -> Field {
    Field {
        key,
        label,
        help: "",
        example: "",
        input,
        rare: false,
    }
}

impl Field {
    /// With a sentence of help.
    pub const fn help(mut self, help: &'static str) -> Self {
        self.help = help;
        self
    }

    /// With an example.
    pub const fn like(mut self, example: &'static str) -> Self {
        self.example = example;
        self
    }

    /// Behind "More".
    pub const fn rare(mut self) -> Self {
        self.rare = true;
        self
    }
}

/// Languages of names, the frequent ones first.
fn locales() -> Vec<(&'static str, &'static str)> {
    vec![
        ("ko", "Korean"),
        ("en", "English"),
        ("ko-Latn", "Korean in Latin letters"),
        ("ja", "Japanese"),
        ("ja-Latn", "Japanese in Latin letters"),
        ("zh", "Chinese"),
        ("zh-Hans", "Chinese, simplified"),
        ("zh-Hant", "Chinese, traditional"),
        ("es", "Spanish"),
        ("fr", "French"),
        ("th", "Thai"),
        ("vi", "Vietnamese"),
        ("id", "Indonesian"),
        ("tl", "Tagalog"),
        ("pt", "Portuguese"),
        ("de", "German"),
        ("ru", "Russian"),
        ("mul", "Several languages"),
    ]
}

fn name_kinds() -> Vec<(&'static str, &'static str)> {
    NameKind::ALL
        .iter()
        .map(|kind| (kind.as_str(), kind.label()))
        .collect()
}

fn roles() -> Vec<(&'static str, &'static str)> {
    Role::ALL
        .iter()
        .map(|role| (role.as_str(), role.label()))
        .collect()
}

fn ranks() -> Vec<(&'static str, &'static str)> {
    Rank::ALL
        .iter()
        .map(|rank| {
            let words = match rank {
                Rank::Preferred => "It holds",
                Rank::Also => "Also claimed",
                Rank::Refuted => "Refuted: known to be wrong",
            };
            (rank.as_str(), words)
        })
        .collect()
}

/// The moods of the vocabulary.
pub fn moods() -> Vec<(&'static str, &'static str)> {
    mood::ALL
        .iter()
        .map(|mood| (mood.slug, mood.name))
        .collect()
}

/// How a row stands beside others.
pub const RANK: Field = field("rank", "Standing", Input::Choice(ranks, ""))
    .help("Keep a claim that was proved wrong as refuted, so that nobody adds it back.")
    .rare();
/// Why it is refuted.
pub const REASON: Field = field("reason", "Reason", Input::Line)
    .help("Why it is refuted, or why this claim is the one to follow.")
    .rare();
/// What it rests on.
pub const SOURCES: Field = field("sources", "Sources", Input::Sources)
    .help("Numbers from the list of sources below.")
    .like("1, 3");
/// Nobody found a source yet.
pub const UNVERIFIED: Field = field("unverified", "No source was found yet", Input::Flag).rare();

/// Names.
pub const NAMES: Section = Section {
    key: "names",
    legend: "Names",
    note: "Every name people know it by, in every script. One name of each language is the main one.",
    parts: &[
        Part::List(List {
            key: "names",
            legend: "Names",
            one: "name",
            note: "",
            fields: &[
                field("value", "Name", Input::Line).like("첫눈처럼 너에게 가겠다"),
                field("locale", "Language", Input::Choice(locales, "")),
                field("kind", "Kind", Input::Choice(name_kinds, "")),
                field("primary", "The main name in this language", Input::Flag),
                field("sort", "Sorted as", Input::Line)
                    .help("Only where it is sorted otherwise than it is written.")
                    .like("Nam, Hye-seung")
                    .rare(),
                SOURCES,
                UNVERIFIED,
            ],
        }),
        Part::Field(
            field("disambiguation", "Told apart by", Input::Line)
                .help("A few words that tell it from others of the same name.")
                .like("song by Punch, 2016"),
        ),
    ],
};

/// What somebody did.
pub const ROLE: Field = field("role", "Role", Input::Choice(roles, ""));
/// Who did it.
pub const CREDITED: Field = field("who", "Who", Input::Who)
    .help("A name or the address of an artist's page.")
    .like("Rocoberry");
/// The name on the record.
pub const CREDITED_AS: Field = field("credited_as", "Printed as", Input::Line)
    .help("Only where the record prints another name.")
    .rare();
/// What the role alone does not say.
pub const DETAIL: Field = field("detail", "Detail", Input::Line)
    .help("Instrument, or part of the work.")
    .like("strings")
    .rare();

/// Under the heading of credits.
pub const CREDITS_NOTE: &str =
    "Who did what. A name without a page is fine; it can be linked later.";

/// Credits.
pub const CREDITS: Section = Section {
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
            RANK,
            REASON,
            UNVERIFIED,
        ],
    })],
};

/// Markdown.
pub const PROSE: Section = Section {
    key: "prose",
    legend: "Text",
    note: "In your own words, in Markdown. [[song:stay-with-me]] links a page, [^1] and a line [^1]: … make a note. No lyrics beyond a line or two.",
    parts: &[Part::Field(field("prose", "Text", Input::Prose))],
};

/// Links to other sites.
pub const LINKS: Section = Section {
    key: "links",
    legend: "Links",
    note: "The same thing on other sites.",
    parts: &[Part::List(List {
        key: "links",
        legend: "Links",
        one: "link",
        note: "",
        fields: &[
            field("url", "Address", Input::Link)
                .help("As you copied it; what was added on the way is taken off.")
                .like("https://www.wikidata.org/wiki/Q27950674"),
            field("site", "Site", Input::Site).help("Left empty, it is read from the address."),
            field("label", "Words", Input::Line)
                .help("Only where the name of the site does not say enough.")
                .rare(),
        ],
    })],
};

/// What values rest on, and what was claimed.
pub const SOURCES_AND_CLAIMS: Section = Section {
    key: "sources",
    legend: "Sources",
    note: "What the facts rest on. Rows name a source by its number.",
    parts: &[
        Part::List(List {
            key: "sources",
            legend: "Sources",
            one: "source",
            note: "",
            fields: &[
                field("title", "Title", Input::Line),
                field("publisher", "Publisher", Input::Line).like("Billboard"),
                field("url", "Address", Input::Url),
                field("date", "Published", Input::Date).like("2016-12-02"),
                field("detail", "Where in it", Input::Line)
                    .like("p. 4")
                    .rare(),
            ],
        }),
        Part::List(List {
            key: "claims",
            legend: "Claims",
            one: "claim",
            note: "What sources say about a single value, such as a date, where they disagree or where it needs a source.",
            fields: &[
                field("field", "About", Input::Line)
                    .help("Name of the value: first_aired, date, released, networks …")
                    .like("first_aired"),
                field("value", "Value", Input::Line),
                SOURCES,
                RANK,
                REASON,
                UNVERIFIED,
            ],
        }),
        Part::Field(
            field("unverified", "Values without a source", Input::Words)
                .help("Names of single values for which nobody found a source yet.")
                .like("episodes, agency"),
        ),
    ],
};

/// An artist page or a name.
pub const WHO: Field =
    field("who", "Who", Input::Who).help("A name or the address of an artist's page.");

/// The drama something belongs to.
pub const DRAMA: Field = field("drama", "Drama", Input::Page(Kind::Drama)).like("Goblin");
