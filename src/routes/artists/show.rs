//! `/artists/{slug}`.

use std::collections::BTreeSet;

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::db::Db;
use crate::models::artist::show::ArtistView;
use crate::models::artist::works::Collaborator;
use crate::models::artist::{Artist, ArtistType};
use crate::models::page::Kind;
use crate::models::page::document::{Head, KindFacts};
use crate::routes::artists::people::{self, GroupLine, MemberGroup};
use crate::routes::artists::work::{self, DramaLine, Group};
use crate::routes::pages::disputes::{self, Dispute};
use crate::routes::pages::evidence::{self, Cite};
use crate::routes::pages::frame::{self, Entry, Shown};
use crate::routes::pages::reading;
use crate::routes::pages::structured;
use crate::text::markdown::Rendered;
use crate::web::Viewer;
use crate::web::chrome::{JsonLd, OpenGraph};
use crate::web::{Chrome, Error, Shared, filters, render};

/// An artist's page.
#[derive(Template)]
#[template(path = "artists/show.html")]
pub struct ShowPage<'a> {
    chrome: Chrome,
    shown: Shown,
    view: &'a ArtistView,
    artist: Artist,
    prose: Option<&'a Rendered>,
}

/// `GET /artists/{slug}`.
pub async fn show(
    request: HttpRequest,
    shared: Data<Shared>,
    db: Data<Db>,
) -> Result<HttpResponse, Error> {
    reading::show(&request, &shared, &db, Kind::Artist, write).await
}

/// `GET /artists/{slug}/history/{n}`.
pub async fn revision(
    request: HttpRequest,
    shared: Data<Shared>,
    db: Data<Db>,
) -> Result<HttpResponse, Error> {
    crate::routes::pages::revision::show(&request, &shared, &db, Kind::Artist, write).await
}

pub(in crate::routes) fn write(
    shared: &Shared,
    viewer: Viewer,
    view: &ArtistView,
    prose: Option<&Rendered>,
) -> askama::Result<String> {
    render::write(&ShowPage::fill(shared, viewer, view, prose))
}

impl<'a> ShowPage<'a> {
    fn fill(
        shared: &Shared,
        viewer: Viewer,
        view: &'a ArtistView,
        prose: Option<&'a Rendered>,
    ) -> Self {
        let artist = match &view.document.facts {
            KindFacts::Artist(artist) => artist.clone(),
            _ => Artist {
                artist_type: ArtistType::Person,
                debut: None,
                agency: String::new(),
                members: Vec::new(),
            },
        };
        let shown = Shown::of(&view.page, &view.revision);
        let chrome = Chrome::new(shared, viewer, view.page.href(), view.page.title.clone())
            .with_section("artists")
            .with_open_graph(OpenGraph {
                kind: "profile",
                image: None,
            });
        let json_ld = JsonLd::new(&structured::artist::graph_of(view, &chrome.base_url));
        let chrome = if shown.is_latest {
            chrome.with_json_ld(json_ld)
        } else {
            chrome.with_no_index()
        };
        let mut page = Self {
            chrome,
            shown,
            view,
            artist,
            prose,
        };
        page.chrome.title = page.title();
        page.chrome.description = frame::description(&page.described());
        page
    }

    fn head(&self) -> &Head {
        &self.view.document.head
    }

    fn field_cites(&self, field: &str) -> Vec<Cite> {
        evidence::field_cites(self.head(), field)
    }

    /// "Nam Hye-seung, music director and composer".
    fn title(&self) -> String {
        let name = &self.view.page.title;
        let called = self.called(2);
        if called.is_empty() {
            name.clone()
        } else {
            format!("{name}, {called}")
        }
    }

    /// What the artist is: what a person does most, what a group is, and which story a band is of.
    fn called(&self, most: usize) -> String {
        let mut work = self.works_as();
        work.truncate(most);
        let dramas = self.dramas();
        match (self.artist.artist_type, dramas.as_slice()) {
            (ArtistType::Fictional, [drama]) => format!("band in {}", drama.card.title),
            (ArtistType::Fictional, _) => "band in a story".to_owned(),
            (ArtistType::Person, _) => work::listed(&work),
            (group, _) if work.is_empty() => group.label().to_lowercase(),
            _ => work::listed(&work),
        }
    }

    fn described(&self) -> String {
        let begins = self
            .prose
            .as_ref()
            .map(|prose| prose.text_start.clone())
            .filter(|text| !text.is_empty());
        begins.unwrap_or_else(|| {
            let dramas: Vec<String> = self
                .dramas()
                .iter()
                .take(4)
                .map(|line| line.card.title.clone())
                .collect();
            let work = if dramas.is_empty() {
                "names, members and sources".to_owned()
            } else {
                format!("songs and credits in {}", work::listed(&dramas))
            };
            format!("{}: {work}.", self.title())
        })
    }

    fn works_as(&self) -> Vec<String> {
        work::occupations(self.view, self.artist.artist_type)
    }

    fn by_drama(&self) -> Vec<Group<'_>> {
        work::by_drama(self.view)
    }

    /// Every drama the artist has a part in.
    fn dramas(&self) -> Vec<DramaLine<'_>> {
        work::dramas(self.view)
    }

    /// The dramas have a section of their own where the artist did more for them than their songs.
    fn has_drama_work(&self) -> bool {
        !self.view.dramas.is_empty()
    }

    /// "2016 to 2024".
    fn years(&self) -> Option<String> {
        let years: BTreeSet<&str> = self
            .view
            .aired
            .values()
            .filter_map(|date| date.get(..4))
            .collect();
        let (first, last) = (years.first()?, years.last()?);
        Some(if first == last {
            (*first).to_owned()
        } else {
            format!("{first} to {last}")
        })
    }

    /// Whoever shares more than one song, most first; several where they share the same number.
    fn most_often_with(&self) -> Vec<&Collaborator> {
        let most = self
            .view
            .collaborators
            .first()
            .map_or(0, |first| first.songs);
        self.view
            .collaborators
            .iter()
            .filter(|other| most > 1 && other.songs == most)
            .take(3)
            .collect()
    }

    fn members(&self) -> Vec<MemberGroup<'_>> {
        people::members(self.head(), &self.view.cards, &self.artist.members)
    }

    fn members_heading(&self) -> &'static str {
        people::heading(&self.members())
    }

    fn groups(&self) -> Vec<GroupLine<'_>> {
        people::groups(&self.view.groups)
    }

    fn disputes(&self) -> Vec<Dispute> {
        let mut disputes = disputes::of_fields(self.head());
        disputes.extend(people::disputed(
            self.head(),
            &self.view.cards,
            &self.artist.members,
        ));
        disputes
    }

    fn contents(&self) -> Vec<Entry> {
        let mut entries = Vec::new();
        if let Some(prose) = &self.prose {
            entries.push(frame::section("about", "About", None));
            entries.extend(
                frame::headings(&prose.headings)
                    .into_iter()
                    .map(|entry| Entry {
                        is_sub: true,
                        ..entry
                    }),
            );
        }
        for (id, text, count, present) in [
            (
                "members",
                self.members_heading(),
                self.members().iter().map(|group| group.members.len()).sum(),
                true,
            ),
            ("groups", "Groups", self.view.groups.len(), true),
            (
                "dramas",
                "Dramas",
                self.dramas().len(),
                self.has_drama_work(),
            ),
            ("songs", "Songs", self.view.works.len(), true),
            ("with", "Worked with", self.view.collaborators.len(), true),
            (
                "disputes",
                "Where sources disagree",
                self.disputes().len(),
                true,
            ),
            (
                "names",
                "Names",
                self.head().names.len(),
                self.head().names.len() > 1,
            ),
            ("sources", "Sources", self.head().sources.len(), true),
        ] {
            if present && count > 0 {
                entries.push(frame::section(id, text, Some(count)));
            }
        }
        entries
    }
}
