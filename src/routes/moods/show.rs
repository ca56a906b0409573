//! `/moods/{slug}`.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::db::Db;
use crate::models::drama::listing::DramaItem;
use crate::models::mood::{self, Mood};
use crate::models::page::{Kind, browse};
use crate::models::song::index::SongRow;
use crate::routes::pages::elsewhere::moved;
use crate::routes::pages::reading::segment;
use crate::web::{Chrome, Dependency, Error, Rendered, Shared, cached, filters, render};

/// One mood: the beginning of its songs and dramas.
#[derive(Template)]
#[template(path = "moods/show.html")]
struct ShowPage {
    chrome: Chrome,
    mood: &'static Mood,
    songs: Vec<SongRow>,
    all_songs: i64,
    dramas: Vec<DramaItem>,
    all_dramas: i64,
}

impl ShowPage {
    fn moods(&self) -> &'static [Mood] {
        &mood::ALL
    }

    fn has_more_songs(&self) -> bool {
        self.songs.len() < usize::try_from(self.all_songs).unwrap_or(0)
    }

    fn has_more_dramas(&self) -> bool {
        self.dramas.len() < usize::try_from(self.all_dramas).unwrap_or(0)
    }
}

/// `GET /moods/{slug}`.
pub async fn show(
    request: HttpRequest,
    shared: Data<Shared>,
    db: Data<Db>,
) -> Result<HttpResponse, Error> {
    let text = segment(&request, 1)?;
    let mood = text
        .slug()
        .and_then(|slug| mood::find(slug.as_str()))
        .ok_or(Error::NotFound)?;
    if !text.was_canonical() {
        return Ok(moved(&format!("/moods/{}", mood.slug)));
    }
    let answer = cached(&request, &[], |viewer| async move {
        let ((songs, all_songs), (dramas, all_dramas)) = db
            .read(move |conn| {
                let songs = browse::beginning::<SongRow>(conn, Kind::Song, "mood", mood.slug)?;
                Ok((
                    songs,
                    browse::beginning::<DramaItem>(conn, Kind::Drama, "mood", mood.slug)?,
                ))
            })
            .await?;
        let mut shown = browse::shown(&songs);
        shown.extend(browse::shown(&dramas));
        let mut depends: Vec<Dependency> = shown.into_iter().map(Dependency::Page).collect();
        depends.extend([Kind::Song, Kind::Drama].map(|kind| Dependency::Kind(kind.as_str())));
        let title = format!("{}: songs and dramas by mood", mood.name);
        let chrome = Chrome::new(&shared, viewer, format!("/moods/{}", mood.slug), title)
            .with_description(format!(
                "{} ({}): songs and dramas of this mood, with singer and drama.",
                mood.name, mood.korean
            ));
        let chrome = if songs.is_empty() && dramas.is_empty() {
            chrome.with_no_index()
        } else {
            chrome
        };
        let page = ShowPage {
            chrome,
            mood,
            songs,
            all_songs,
            dramas,
            all_dramas,
        };
        Ok(Rendered::html(render(page).await?, depends))
    });
    answer.await
}
