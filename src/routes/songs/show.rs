//! `/songs/{slug}`.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::db::Db;
use crate::models::mood::{self, Mood};
use crate::models::page::Kind;
use crate::models::page::document::{Head, KindFacts};
use crate::models::song::listing::SongItem;
use crate::models::song::show::{Release, SongView};
use crate::models::song::{Song, VersionKind};
use crate::routes::pages::disputes::{self, Dispute};
use crate::routes::pages::evidence::{self, CreditGroup};
use crate::routes::pages::frame::{self, Entry, Shown};
use crate::routes::pages::reading;
use crate::routes::pages::structured;
use crate::routes::songs::scenes::{self, HeardIn};
use crate::routes::songs::versions::{self, UseLine, VersionLine};
use crate::text::dates::PartialDate;
use crate::text::markdown::Rendered;
use crate::web::Viewer;
use crate::web::chrome::{JsonLd, OpenGraph};
use crate::web::{Chrome, Error, Shared, filters, render};

/// A song's page.
#[derive(Template)]
#[template(path = "songs/show.html")]
pub struct ShowPage<'a> {
    chrome: Chrome,
    shown: Shown,
    view: &'a SongView,
    song: &'a Song,
    prose: Option<&'a Rendered>,
    /// Each list is made once: the page shows most of them in several places.
    uses: Vec<UseLine<'a>>,
    refuted_uses: Vec<UseLine<'a>>,
    versions: Vec<VersionLine<'a>>,
    credits: Vec<CreditGroup>,
    disputes: Vec<Dispute>,
    heard_in: Vec<HeardIn<'a>>,
}

/// `GET /songs/{slug}`.
pub async fn show(
    request: HttpRequest,
    shared: Data<Shared>,
    db: Data<Db>,
) -> Result<HttpResponse, Error> {
    reading::show(&request, &shared, &db, Kind::Song, write).await
}

/// `GET /songs/{slug}/history/{n}`.
pub async fn revision(
    request: HttpRequest,
    shared: Data<Shared>,
    db: Data<Db>,
) -> Result<HttpResponse, Error> {
    crate::routes::pages::revision::show(&request, &shared, &db, Kind::Song, write).await
}

pub(in crate::routes) fn write(
    shared: &Shared,
    viewer: Viewer,
    view: &SongView,
    prose: Option<&Rendered>,
) -> askama::Result<String> {
    let nothing = Song::default();
    let song = match &view.document.facts {
        KindFacts::Song(song) => song,
        _ => &nothing,
    };
    render::write(&ShowPage::fill(shared, viewer, view, song, prose))
}

impl<'a> ShowPage<'a> {
    fn fill(
        shared: &Shared,
        viewer: Viewer,
        view: &'a SongView,
        song: &'a Song,
        prose: Option<&'a Rendered>,
    ) -> Self {
        let (head, cards) = (&view.document.head, &view.cards);
        let mut disputes = disputes::of_fields(head);
        disputes.extend(disputes::of_credits(head, cards, &song.credits));
        let mut page = Self {
            chrome: Chrome::new(shared, viewer, view.page.href(), view.page.title.clone()),
            shown: Shown::of(&view.page, &view.revision),
            uses: versions::uses(head, cards, &song.uses, false),
            refuted_uses: versions::uses(head, cards, &song.uses, true),
            versions: versions::versions(head, cards, &song.versions),
            credits: evidence::credit_groups(head, cards, &song.credits),
            heard_in: scenes::heard_in(head, cards, &song.cues),
            disputes,
            view,
            song,
            prose,
        };
        page.complete();
        page
    }

    /// Title, description and the other words of the frame.
    fn complete(&mut self) {
        let by = versions::by(&self.versions);
        let dramas: Vec<&str> = self
            .uses
            .iter()
            .map(|line| line.drama.name.as_str())
            .collect();
        let from = if dramas.is_empty() {
            String::new()
        } else {
            format!(" ({})", dramas.join(", "))
        };
        let title = if by.is_empty() {
            format!("{}{from}", self.view.page.title)
        } else {
            format!("{} by {by}{from}", self.view.page.title)
        };
        let lead = self
            .prose
            .as_ref()
            .map(|prose| prose.text_start.clone())
            .filter(|text| !text.is_empty());
        let described =
            frame::description(&lead.unwrap_or_else(|| {
                format!("{title}: credits, releases and the scenes it plays in.")
            }));
        let chrome = self
            .chrome
            .clone()
            .with_description(described)
            .with_section("songs");
        let chrome = chrome.with_open_graph(OpenGraph {
            kind: "music.song",
            image: None,
        });
        let json_ld = JsonLd::new(&structured::song::graph_of(self.view, &chrome.base_url));
        self.chrome = if self.shown.is_latest {
            chrome.with_json_ld(json_ld)
        } else {
            chrome.with_no_index()
        };
        self.chrome.title = title;
    }

    fn head(&self) -> &Head {
        &self.view.document.head
    }

    /// When the song first came out for the drama.
    fn released(&self) -> Option<&PartialDate> {
        let made_for_it = self
            .song
            .versions
            .iter()
            .filter(|version| version.kind != VersionKind::Original);
        made_for_it
            .filter_map(|version| version.released.as_ref())
            .min()
    }

    fn is_disputed(&self, field: &str) -> bool {
        self.disputes.iter().any(|dispute| dispute.key == field)
    }

    fn moods(&self) -> Vec<&'static Mood> {
        self.song
            .moods
            .iter()
            .filter_map(|slug| mood::find(slug))
            .collect()
    }

    fn releases(&self) -> &[Release] {
        &self.view.releases
    }

    /// The first few releases for the facts, each once though the song may be on it in several versions.
    fn first_releases(&self) -> Vec<&Release> {
        let mut first: Vec<&Release> = Vec::new();
        for release in &self.view.releases {
            if first.len() < 3 && first.iter().all(|other| other.album.id != release.album.id) {
                first.push(release);
            }
        }
        first
    }

    fn namesakes(&self) -> &[SongItem] {
        &self.view.namesakes
    }

    fn contents(&self) -> Vec<Entry> {
        let mut entries = Vec::new();
        if let Some(prose) = &self.prose {
            entries.push(frame::section("story", "Story", None));
            entries.extend(
                frame::headings(&prose.headings)
                    .into_iter()
                    .map(|entry| Entry {
                        is_sub: true,
                        ..entry
                    }),
            );
        }
        let scenes = self
            .song
            .cues
            .iter()
            .filter(|cue| !cue.rank.is_refuted())
            .count();
        let disputes = self.disputes.len() + usize::from(!self.refuted_uses.is_empty());
        for (id, text, count, present) in [
            ("scenes", "Heard in", scenes, scenes > 0),
            ("disputes", "Where sources disagree", disputes, disputes > 0),
            ("credits", "Credits", 0, !self.credits.is_empty()),
            (
                "versions",
                "Versions",
                self.song.versions.len(),
                !self.song.versions.is_empty(),
            ),
            (
                "releases",
                "Releases",
                self.view.releases.len(),
                !self.view.releases.is_empty(),
            ),
            (
                "names",
                "Names",
                self.head().names.len(),
                self.head().names.len() > 1,
            ),
            (
                "sources",
                "Sources",
                self.head().sources.len(),
                !self.head().sources.is_empty(),
            ),
        ] {
            if present {
                entries.push(frame::section(
                    id,
                    text,
                    Some(count).filter(|count| *count > 0),
                ));
            }
        }
        entries
    }
}
