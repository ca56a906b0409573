//! `/moods`.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::db::Db;
use crate::models::mood::{Family, Mood};
use crate::models::page::Kind;
use crate::models::page::index::{self, Tally};
use crate::web::{Chrome, Dependency, Error, Rendered, Shared, cached, render};

/// The vocabulary of moods, family by family.
#[derive(Template)]
#[template(path = "moods/index.html")]
struct IndexPage {
    chrome: Chrome,
    songs: Vec<(String, Tally)>,
    dramas: Vec<(String, Tally)>,
}

impl IndexPage {
    /// "21 songs, 4 dramas", "none yet".
    fn known(&self, mood: &Mood) -> String {
        let counts = [
            (count(&self.songs, mood), "song"),
            (count(&self.dramas, mood), "drama"),
        ];
        let known: Vec<String> = counts
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, word)| format!("{count} {word}{}", if count == 1 { "" } else { "s" }))
            .collect();
        if known.is_empty() {
            "none yet".to_owned()
        } else {
            known.join(", ")
        }
    }

    fn families(&self) -> [Family; 6] {
        Family::ALL
    }
}

fn count(tallies: &[(String, Tally)], mood: &Mood) -> i64 {
    tallies
        .iter()
        .find(|(_, tally)| tally.value == mood.slug)
        .map_or(0, |(_, tally)| tally.pages)
}

/// `GET /moods`.
pub async fn index(
    request: HttpRequest,
    shared: Data<Shared>,
    db: Data<Db>,
) -> Result<HttpResponse, Error> {
    let answer = cached(&request, &[], |viewer| async move {
        let (songs, dramas) = db
            .read(|conn| {
                Ok((
                    index::tallies_of(conn, Kind::Song, &["mood"])?,
                    index::tallies_of(conn, Kind::Drama, &["mood"])?,
                ))
            })
            .await?;
        let chrome = Chrome::new(&shared, viewer, "/moods", "Moods")
            .with_description("Songs and dramas by mood: twenty-four words in six families, each with its Korean name.");
        let depends = vec![
            Dependency::Kind(Kind::Song.as_str()),
            Dependency::Kind(Kind::Drama.as_str()),
        ];
        Ok(Rendered::html(
            render(IndexPage {
                chrome,
                songs,
                dramas,
            })
            .await?,
            depends,
        ))
    });
    answer.await
}
