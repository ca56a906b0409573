//! `/dramas/{slug}`.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::db::Db;
use crate::models::credit::{Role, RoleGroup};
use crate::models::drama::episode::EpisodeNumber;
use crate::models::drama::scenes::{EpisodeItem, Scene};
use crate::models::drama::show::{AlbumItem, DramaView};
use crate::models::drama::{Drama, DramaKind};
use crate::models::mood::{self, Mood};
use crate::models::page::document::{Head, KindFacts};
use crate::models::page::{Kind, PageId};
use crate::models::song::listing::SongItem;
use crate::routes::dramas::cast::{self, CastLine};
use crate::routes::dramas::shelf;
use crate::routes::pages::disputes::{self, Dispute};
use crate::routes::pages::evidence::{self, Cite, CreditGroup, RoleLine};
use crate::routes::pages::frame::{self, Entry, Shown};
use crate::routes::pages::reading;
use crate::routes::pages::structured;
use crate::text::markdown::Rendered;
use crate::web::Viewer;
use crate::web::chrome::{JsonLd, OpenGraph};
use crate::web::{Chrome, Error, Shared, filters, render};

/// A drama's page.
#[derive(Template)]
#[template(path = "dramas/show.html")]
pub struct ShowPage<'a> {
    chrome: Chrome,
    shown: Shown,
    view: &'a DramaView,
    drama: Drama,
    prose: Option<&'a Rendered>,
}

/// `GET /dramas/{slug}`.
pub async fn show(
    request: HttpRequest,
    shared: Data<Shared>,
    db: Data<Db>,
) -> Result<HttpResponse, Error> {
    reading::show(&request, &shared, &db, Kind::Drama, write).await
}

/// `GET /dramas/{slug}/history/{n}`.
pub async fn revision(
    request: HttpRequest,
    shared: Data<Shared>,
    db: Data<Db>,
) -> Result<HttpResponse, Error> {
    crate::routes::pages::revision::show(&request, &shared, &db, Kind::Drama, write).await
}

pub(in crate::routes) fn write(
    shared: &Shared,
    viewer: Viewer,
    view: &DramaView,
    prose: Option<&Rendered>,
) -> askama::Result<String> {
    render::write(&ShowPage::fill(shared, viewer, view, prose))
}

impl<'a> ShowPage<'a> {
    fn fill(
        shared: &Shared,
        viewer: Viewer,
        view: &'a DramaView,
        prose: Option<&'a Rendered>,
    ) -> Self {
        let drama = match &view.document.facts {
            KindFacts::Drama(drama) => drama.clone(),
            _ => Drama::empty(DramaKind::Series),
        };
        let shown = Shown::of(&view.page, &view.revision);
        let songs = view
            .songs
            .values()
            .filter(|song| !song.uses.is_empty())
            .count();
        let title = format!("{} soundtrack: {songs} songs by scene", view.page.title);
        let lead = prose
            .as_ref()
            .map(|prose| prose.text_start.clone())
            .unwrap_or_default();
        let chrome = Chrome::new(shared, viewer, view.page.href(), title)
            .with_description(frame::description(&lead))
            .with_section("dramas")
            .with_open_graph(OpenGraph {
                kind: "video.tv_show",
                image: None,
            });
        let json_ld = JsonLd::new(&structured::drama::graph_of(view, &chrome.base_url));
        let chrome = if shown.is_latest {
            chrome.with_json_ld(json_ld)
        } else {
            chrome.with_no_index()
        };
        Self {
            chrome,
            shown,
            view,
            drama,
            prose,
        }
    }

    fn head(&self) -> &Head {
        &self.view.document.head
    }

    fn field_cites(&self, field: &str) -> Vec<Cite> {
        evidence::field_cites(self.head(), field)
    }

    fn is_disputed(&self, field: &str) -> bool {
        self.disputes().iter().any(|dispute| dispute.key == field)
    }

    fn disputes(&self) -> Vec<Dispute> {
        let mut disputes = disputes::of_fields(self.head());
        disputes.extend(disputes::of_credits(
            self.head(),
            &self.view.cards,
            &self.drama.credits,
        ));
        disputes
    }

    fn credits(&self) -> Vec<CreditGroup> {
        evidence::credit_groups(self.head(), &self.view.cards, &self.drama.credits)
    }

    /// The roles told in the facts beside the page.
    fn main_roles(&self) -> Vec<RoleLine> {
        let wanted =
            |role: Role| matches!(role, Role::Writer | Role::Director | Role::MusicDirector);
        self.credits()
            .into_iter()
            .flat_map(|group| group.roles)
            .filter(|role| wanted(role.role))
            .collect()
    }

    /// Credits of the music; those of the drama itself are among the facts.
    fn music_credits(&self) -> Vec<CreditGroup> {
        self.credits()
            .into_iter()
            .filter(|group| group.group != RoleGroup::Drama)
            .collect()
    }

    fn moods(&self) -> Vec<&'static Mood> {
        self.drama
            .moods
            .iter()
            .filter_map(|slug| mood::find(slug))
            .collect()
    }

    fn cast(&self) -> Vec<CastLine<'_>> {
        cast::lines(self.head(), &self.view.cards, &self.drama.cast)
    }

    fn shelf(&self) -> Vec<(String, &SongItem)> {
        shelf::songs(self.view)
    }

    fn albums(&self) -> &[AlbumItem] {
        &self.view.albums
    }

    fn song(&self, id: &PageId) -> Option<&SongItem> {
        self.view.songs.get(id)
    }

    fn episodes(&self) -> &[EpisodeItem] {
        &self.view.episodes
    }

    /// Label and address of an episode.
    fn episode(&self, item: &EpisodeItem) -> (String, String) {
        let number = EpisodeNumber {
            season: item.season,
            episode: item.episode,
        };
        (
            number.label(),
            format!("{}/episodes/{number}", self.view.page.href()),
        )
    }

    /// Where a scene stands: its time, or the part of the episode.
    fn place(&self, scene: &Scene) -> String {
        match scene.begin_s.and_then(|second| u32::try_from(second).ok()) {
            Some(second) => crate::text::timecode::Timecode::from_seconds(second)
                .map_or_else(|_| String::new(), |time| time.short()),
            None if scene.part.is_empty() => "untimed".to_owned(),
            None => scene.part.clone(),
        }
    }

    fn scene_count(&self) -> i64 {
        self.view
            .episodes
            .iter()
            .flat_map(|item| &item.songs)
            .map(|song| song.cues)
            .sum()
    }

    /// "2016" or "2020–2021".
    fn years(&self) -> String {
        let first = self.drama.first_aired.as_ref().map(|date| date.year());
        let last = self.drama.last_aired.as_ref().map(|date| date.year());
        match (first, last) {
            (Some(first), Some(last)) if first != last => format!("{first}–{last}"),
            (Some(year), _) | (None, Some(year)) => year.to_string(),
            (None, None) => String::new(),
        }
    }

    fn contents(&self) -> Vec<Entry> {
        let count = |count: usize| Some(count).filter(|count| *count > 0);
        let mut entries = Vec::new();
        let mut add = |id: &str, text: &str, number: Option<usize>, present: bool| {
            if present {
                entries.push(frame::section(id, text, number));
            }
        };
        add(
            "songs",
            "Songs",
            count(self.shelf().len()),
            !self.shelf().is_empty(),
        );
        add(
            "scenes",
            "Scenes",
            usize::try_from(self.scene_count()).ok().and_then(count),
            !self.episodes().is_empty(),
        );
        add("story", "Story", None, self.prose.is_some());
        add(
            "disputes",
            "Where sources disagree",
            count(self.disputes().len()),
            !self.disputes().is_empty(),
        );
        add(
            "credits",
            "Music credits",
            None,
            !self.music_credits().is_empty(),
        );
        add(
            "cast",
            "Cast",
            count(self.drama.cast.len()),
            !self.drama.cast.is_empty(),
        );
        add(
            "releases",
            "Releases",
            count(self.view.albums.len()),
            !self.view.albums.is_empty(),
        );
        add(
            "names",
            "Names",
            count(self.head().names.len()),
            self.head().names.len() > 1,
        );
        add(
            "sources",
            "Sources",
            count(self.head().sources.len()),
            !self.head().sources.is_empty(),
        );
        entries
    }
}

impl ShowPage<'_> {
    fn has_instrumentals(&self) -> bool {
        self.view.songs.values().any(|song| song.has_instrumental)
    }

    /// Last part of a network's address.
    fn slug_of(&self, network: &str) -> Option<String> {
        crate::text::slug::slugify(network).map(|slug| slug.to_string())
    }
}
