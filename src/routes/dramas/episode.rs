//! `/dramas/{slug}/episodes/{n}`: the cue sheet, and with `?at=41:20` what was playing then.

use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use serde::Deserialize;

use crate::db::Db;
use crate::models::cue::CueKind;
use crate::models::drama::episode::{EpisodeNumber, EpisodeView, SheetCue};
use crate::models::mood::{self, Mood};
use crate::models::page::card::Card;
use crate::models::page::{Address, Kind, PageId};
use crate::models::song::listing::SongItem;
use crate::routes::pages::elsewhere;
use crate::routes::pages::reading::segment;
use crate::text::timecode::Timecode;
use crate::web::Viewer;
use crate::web::{Chrome, Dependency, Error, Rendered, Shared, cached, filters, render};

/// A moment somebody asks about.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    at: String,
}

/// The page.
#[derive(Template)]
#[template(path = "dramas/episode.html")]
pub struct EpisodePage {
    chrome: Chrome,
    view: EpisodeView,
    drama: Card,
    asked: String,
    at: Option<i64>,
    /// Why the asked time cannot be read.
    fault: Option<String>,
}

/// `GET /dramas/{slug}/episodes/{n}`.
pub async fn show(
    request: HttpRequest,
    shared: Data<Shared>,
    db: Data<Db>,
    asked: Query<Asked>,
) -> Result<HttpResponse, Error> {
    let text = segment(&request, 1)?;
    if !text.was_canonical() {
        return elsewhere::answer(&shared, &db, Kind::Drama, text).await;
    }
    let number: EpisodeNumber = segment(&request, 3)?
        .as_title()
        .parse()
        .map_err(|()| Error::NotFound)?;
    let (shared, db) = (&shared, &db);
    let again = text.clone();
    // Every minute of every episode would be a page of its own in the cache, so only the sheet itself is kept.
    let answer = cached(&request, &[], |viewer| async move {
        let found = db
            .read(move |conn| {
                let Address::Here(page) = Address::find(conn, Kind::Drama, &text)? else {
                    return Ok(None);
                };
                EpisodeView::load(conn, *page, number).map(Some)
            })
            .await?;
        let view = found
            .filter(|view| !view.cues.is_empty())
            .ok_or(Error::NotFound)?;
        let depends = view.shown().into_iter().map(Dependency::Page).collect();
        let body = render(EpisodePage::new(
            shared,
            viewer,
            view,
            asked.into_inner().at,
        ))
        .await?;
        Ok(Rendered::html(body, depends))
    });
    match answer.await {
        Err(Error::NotFound) => elsewhere::answer(shared, db, Kind::Drama, again).await,
        answer => answer,
    }
}

/// One song's places in the episode, as a strip.
pub struct Lane<'a> {
    pub song: &'a SongItem,
    /// Begin and length in seconds.
    pub spans: Vec<(i64, i64)>,
}

impl EpisodePage {
    fn new(shared: &Shared, viewer: Viewer, view: EpisodeView, asked: String) -> Self {
        let asked = asked.trim().chars().take(20).collect::<String>();
        let (at, fault) = if asked.is_empty() {
            (None, None)
        } else {
            match Timecode::parse(&asked) {
                Ok(time) => (Some(i64::from(time.seconds())), None),
                Err(error) => (None, Some(error.to_string())),
            }
        };
        let path = format!("{}/episodes/{}", view.drama.href(), view.number);
        let title = format!(
            "{}, {}: what was playing",
            view.drama.title,
            view.number.label().to_lowercase()
        );
        let described = format!(
            "Cue sheet of {}, {}: {} cues of {} songs with their times.",
            view.drama.title,
            view.number.label().to_lowercase(),
            view.cues.len(),
            view.songs.len()
        );
        let chrome = Chrome::new(shared, viewer, path, title)
            .with_description(described)
            .with_section("dramas");
        Self {
            chrome,
            drama: (&view.drama).into(),
            view,
            asked,
            at,
            fault,
        }
    }

    fn song(&self, id: &PageId) -> Option<&SongItem> {
        self.view.songs.get(id)
    }

    /// What sounded at the asked moment.
    fn answer(&self) -> Vec<&SheetCue> {
        self.at
            .map(|second| self.view.at(second))
            .unwrap_or_default()
    }

    /// Whether the asked moment lies inside the cue.
    fn sounds(&self, cue: &SheetCue) -> bool {
        self.at
            .is_some_and(|second| EpisodeView::sounds(cue, second))
    }

    fn has_times(&self) -> bool {
        self.view.cues.iter().any(|cue| cue.begin_s.is_some())
    }

    /// Length of the strips: the last end, rounded up to whole ten minutes.
    fn width(&self) -> i64 {
        let last = self
            .view
            .cues
            .iter()
            .filter_map(|cue| cue.end_s.or(cue.begin_s))
            .max()
            .unwrap_or(0);
        last.div_euclid(600) * 600 + 600
    }

    /// Marks every ten minutes.
    fn ticks(&self) -> Vec<i64> {
        (0..=self.width() / 600).map(|tick| tick * 600).collect()
    }

    fn tick_label(&self, second: &i64) -> String {
        format!("{}:{:02}", second / 3600, second % 3600 / 60)
    }

    /// Songs with times, in the order they are first heard.
    fn lanes(&self) -> Vec<Lane<'_>> {
        let mut lanes: Vec<Lane<'_>> = Vec::new();
        for cue in &self.view.cues {
            let (Some(begin), Some(song)) = (cue.begin_s, self.view.songs.get(&cue.song)) else {
                continue;
            };
            let span = (begin, cue.end_s.map_or(20, |end| (end - begin).max(20)));
            match lanes.iter_mut().find(|lane| lane.song.card.id == cue.song) {
                Some(lane) => lane.spans.push(span),
                None => lanes.push(Lane {
                    song,
                    spans: vec![span],
                }),
            }
        }
        lanes
    }

    fn kind(&self, cue: &SheetCue) -> Option<&'static str> {
        cue.kind.parse::<CueKind>().ok().map(CueKind::label)
    }

    fn moods(&self, cue: &SheetCue) -> Vec<&'static Mood> {
        let slugs: Vec<String> = serde_json::from_str(&cue.moods).unwrap_or_default();
        slugs.iter().filter_map(|slug| mood::find(slug)).collect()
    }

    fn cuts(&self) -> Option<&str> {
        self.view
            .cues
            .iter()
            .find(|cue| cue.begin_s.is_some() && !cue.cut.is_empty())
            .map(|cue| cue.cut.as_str())
    }

    fn iso(&self, second: &i64) -> String {
        format!("PT{second}S")
    }

    fn is_this(&self, number: &EpisodeNumber) -> bool {
        *number == self.view.number
    }

    fn href(&self, number: &EpisodeNumber) -> String {
        format!("{}/episodes/{number}", self.drama.href())
    }
}
