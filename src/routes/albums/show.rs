//! `/albums/{slug}`.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::db::Db;
use crate::models::album::show::AlbumView;
use crate::models::album::{Album, Track};
use crate::models::page::Kind;
use crate::models::page::document::{Head, KindFacts};
use crate::models::song::listing::SongItem;
use crate::routes::albums::series::SeriesLine;
use crate::routes::albums::tracks::{self, TrackLine};
use crate::routes::pages::disputes::{self, Dispute};
use crate::routes::pages::evidence::{self, Cite, Who};
use crate::routes::pages::frame::{self, Entry, Shown};
use crate::routes::pages::reading;
use crate::routes::pages::structured;
use crate::text::markdown::Rendered;
use crate::web::Viewer;
use crate::web::chrome::{JsonLd, OpenGraph};
use crate::web::{Chrome, Error, Shared, filters, render};

/// An album's page.
#[derive(Template)]
#[template(path = "albums/show.html")]
pub struct ShowPage<'a> {
    chrome: Chrome,
    shown: Shown,
    view: &'a AlbumView,
    /// Nothing only if the revision is of another kind, which saving rules out.
    album: Option<Album>,
    prose: Option<&'a Rendered>,
}

/// `GET /albums/{slug}`.
pub async fn show(
    request: HttpRequest,
    shared: Data<Shared>,
    db: Data<Db>,
) -> Result<HttpResponse, Error> {
    reading::show(&request, &shared, &db, Kind::Album, write).await
}

/// `GET /albums/{slug}/history/{n}`.
pub async fn revision(
    request: HttpRequest,
    shared: Data<Shared>,
    db: Data<Db>,
) -> Result<HttpResponse, Error> {
    crate::routes::pages::revision::show(&request, &shared, &db, Kind::Album, write).await
}

pub(in crate::routes) fn write(
    shared: &Shared,
    viewer: Viewer,
    view: &AlbumView,
    prose: Option<&Rendered>,
) -> askama::Result<String> {
    render::write(&ShowPage::fill(shared, viewer, view, prose))
}

impl<'a> ShowPage<'a> {
    fn fill(
        shared: &Shared,
        viewer: Viewer,
        view: &'a AlbumView,
        prose: Option<&'a Rendered>,
    ) -> Self {
        let album = match &view.document.facts {
            KindFacts::Album(album) => Some(album.clone()),
            _ => None,
        };
        let shown = Shown::of(&view.page, &view.revision);
        let chrome = Chrome::new(shared, viewer, view.page.href(), view.page.title.clone())
            .with_section("albums")
            .with_open_graph(OpenGraph {
                kind: "music.album",
                image: None,
            });
        let json_ld = JsonLd::new(&structured::album::graph_of(view, &chrome.base_url));
        let chrome = if shown.is_latest {
            chrome.with_json_ld(json_ld)
        } else {
            chrome.with_no_index()
        };
        let mut page = Self {
            chrome,
            shown,
            view,
            album,
            prose,
        };
        page.chrome.title = page.title();
        page.chrome.description = frame::description(&page.described());
        page
    }

    fn head(&self) -> &Head {
        &self.view.document.head
    }

    /// The album's title, with its song where it has only one, and its drama where the title does not name it.
    fn title(&self) -> String {
        let title = &self.view.page.title;
        if let [song] = self.songs().as_slice() {
            let by: String = song
                .credit
                .iter()
                .map(|name| format!("{}{}", name.name, name.join))
                .collect();
            return if by.is_empty() {
                format!("{title}: {}", song.card.title)
            } else {
                format!("{title}: {} by {by}", song.card.title)
            };
        }
        match self
            .drama()
            .filter(|drama| drama.href.is_some() && !title.contains(&drama.name))
        {
            Some(drama) => format!("{title} ({})", drama.name),
            None => title.clone(),
        }
    }

    fn described(&self) -> String {
        let begins = self
            .prose
            .as_ref()
            .map(|prose| prose.text_start.clone())
            .filter(|text| !text.is_empty());
        begins.unwrap_or_else(|| {
            let songs: Vec<&str> = self
                .songs()
                .iter()
                .map(|song| song.card.title.as_str())
                .collect();
            let date = self.album.as_ref().and_then(|album| album.date.as_ref());
            let released = date
                .map(|date| format!(", released {}", date.human()))
                .unwrap_or_default();
            let with = if songs.is_empty() {
                "its place in the soundtrack".to_owned()
            } else {
                songs.join(", ")
            };
            format!("{}{released}: {with}.", self.view.page.title)
        })
    }

    fn drama(&self) -> Option<Who> {
        let drama = self.album.as_ref()?.drama.as_ref()?;
        Some(evidence::who(&self.view.cards, Some(drama), "", ""))
    }

    fn songs(&self) -> Vec<&SongItem> {
        tracks::songs(&self.tracks())
    }

    fn tracks(&self) -> Vec<TrackLine<'_>> {
        tracks::lines(self.view, self.entered())
    }

    /// The tracks as entered, refuted ones among them.
    fn entered(&self) -> &[Track] {
        self.album
            .as_ref()
            .map_or(&[][..], |album| album.tracks.as_slice())
    }

    fn series(&self) -> Vec<SeriesLine<'_>> {
        let lines = self.view.series.iter();
        lines
            .map(|(card, part, date)| SeriesLine {
                card,
                part,
                date,
                is_this: card.id == self.view.page.id,
                songs: self
                    .view
                    .series_songs
                    .get(&card.id)
                    .map_or(&[][..], Vec::as_slice),
            })
            .collect()
    }

    /// The release before and the one after.
    fn beside(&self) -> (Option<SeriesLine<'_>>, Option<SeriesLine<'_>>) {
        let Some(at) = self
            .view
            .series
            .iter()
            .position(|(card, ..)| card.id == self.view.page.id)
        else {
            return (None, None);
        };
        let before = at
            .checked_sub(1)
            .and_then(|at| self.series().into_iter().nth(at));
        (before, self.series().into_iter().nth(at + 1))
    }

    fn is_disputed(&self, field: &str) -> bool {
        disputes::of_fields(self.head())
            .iter()
            .any(|dispute| dispute.key == field)
    }

    fn field_cites(&self, field: &str) -> Vec<Cite> {
        evidence::field_cites(self.head(), field)
    }

    fn disputes(&self) -> Vec<Dispute> {
        let mut disputes = disputes::of_fields(self.head());
        disputes.extend(tracks::disputed(self.view, self.entered()));
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
            ("tracks", "Tracks", self.tracks().len(), true),
            (
                "series",
                "The whole soundtrack",
                self.view.series.len(),
                self.view.series.len() > 1,
            ),
            (
                "disputes",
                "Where sources disagree",
                self.disputes().len(),
                !self.disputes().is_empty(),
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
