//! `/years/{yyyy}`.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::db::Db;
use crate::models::album::listing::AlbumItem;
use crate::models::drama::listing::DramaItem;
use crate::models::page::years::{self, Counts};
use crate::models::page::{Kind, browse};
use crate::models::song::index::SongRow;
use crate::routes::pages::reading::segment;
use crate::web::{Chrome, Dependency, Error, Rendered, Shared, cached, filters, render};

/// One year: the beginning of its dramas, albums and songs.
#[derive(Template)]
#[template(path = "years/show.html")]
struct ShowPage {
    chrome: Chrome,
    year: String,
    counts: Counts,
    dramas: Vec<DramaItem>,
    albums: Vec<AlbumItem>,
    songs: Vec<SongRow>,
    /// The nearest years before and after of which something is known.
    before: Option<String>,
    after: Option<String>,
}

impl ShowPage {
    /// Whether the index has more than the `shown` ones.
    fn has_more(&self, shown: &usize, all: &i64) -> bool {
        *shown < usize::try_from(*all).unwrap_or(0)
    }
}

/// `GET /years/{yyyy}`.
pub async fn show(
    request: HttpRequest,
    shared: Data<Shared>,
    db: Data<Db>,
) -> Result<HttpResponse, Error> {
    let text = segment(&request, 1)?;
    let year = text.as_title().to_owned();
    if !text.was_canonical() || year.len() != 4 || !year.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Error::NotFound);
    }
    let answer = cached(&request, &[], |viewer| async move {
        let asked = year.clone();
        let (known, dramas, albums, songs) = db
            .read(move |conn| {
                let known = years::counts(conn)?;
                let dramas = browse::beginning::<DramaItem>(conn, Kind::Drama, "year", &asked)?.0;
                let albums = browse::beginning::<AlbumItem>(conn, Kind::Album, "year", &asked)?.0;
                let songs = browse::beginning::<SongRow>(conn, Kind::Song, "year", &asked)?.0;
                Ok((known, dramas, albums, songs))
            })
            .await?;
        let counts = known.get(&year).copied().ok_or(Error::NotFound)?;
        let before = known
            .range(..year.clone())
            .next_back()
            .map(|(year, _)| year.clone());
        let after = known
            .range(year.clone()..)
            .nth(1)
            .map(|(year, _)| year.clone());
        let mut shown = browse::shown(&dramas);
        shown.extend(browse::shown(&albums));
        shown.extend(browse::shown(&songs));
        let mut depends: Vec<Dependency> = shown.into_iter().map(Dependency::Page).collect();
        depends.extend(years::KINDS.map(|kind| Dependency::Kind(kind.as_str())));
        let chrome = Chrome::new(&shared, viewer, format!("/years/{year}"), format!("The music of {year}")).with_description(format!(
            "{year} in Korean drama music: the dramas that began, the albums that came out, and the songs of the year."
        ));
        let page = ShowPage {
            chrome,
            year,
            counts,
            dramas,
            albums,
            songs,
            before,
            after,
        };
        Ok(Rendered::html(render(page).await?, depends))
    });
    answer.await
}
