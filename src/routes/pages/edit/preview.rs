//! The page as it would be saved: the same view, the same template, and the form carried along.

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde_json::{Map, Value};

use crate::db::{Conn, QueryResult};
use crate::models::album::show::AlbumView;
use crate::models::article::show::ArticleView;
use crate::models::artist::show::ArtistView;
use crate::models::drama::show::DramaView;
use crate::models::page::content::Faults;
use crate::models::page::document::Document;
use crate::models::page::merge;
use crate::models::page::revision::Revision;
use crate::models::page::{Kind, Page};
use crate::models::song::show::SongView;
use crate::routes::pages::form::questions::Asked;
use crate::routes::pages::reading::filled_at;
use crate::routes::{albums, articles, artists, dramas, songs};
use crate::web::viewer::Draft;
use crate::web::{Error, Rendered, Shared, Viewer};

use super::faults::faults;
use super::ground::{self, Ground};
use super::page::{EditPage, page};
use super::planned::{self, Meanwhile, Planned};
use super::press::Press;
use super::questions;
use super::sent::Sent;
use super::told::Told;

/// Shows the preview, or the form again where it has faults.
pub async fn show(press: Press) -> Result<HttpResponse, Error> {
    let Press {
        shared,
        db,
        mut viewer,
        form,
        ground,
        sent,
        ..
    } = press;
    let kind = ground.page.kind;
    let (read_ground, read_sent) = (ground.clone(), sent.clone());
    let planned = match db
        .read(move |conn| plan(conn, &read_ground, &read_sent))
        .await?
    {
        Plan::Faulty(faults) => {
            let page =
                EditPage::new(&shared, viewer, form, &ground, &sent).telling(Told::Faults(faults));
            return page.answer(StatusCode::UNPROCESSABLE_ENTITY).await;
        }
        Plan::Asking(asked) => {
            return questions::show(&shared, viewer, &ground, &sent, asked).await;
        }
        Plan::Made(planned) => planned,
    };
    let changed = merge::changed_paths(kind, &planned.before, &planned.after);
    viewer.draft = Some(Arc::new(Draft {
        action: ground.action(),
        pairs: sent.pairs(),
        changes: ground::automatic(form, &changed),
        is_new: ground.is_unborn(),
        meanwhile: told(planned.meanwhile),
    }));
    let write_page = as_it_would_be(&ground, &planned.after);
    let revision = Revision {
        id: 0,
        number: planned.number,
        content: Value::Object(planned.after).to_string(),
        ..ground.base.revision.clone()
    };
    let written = db.read(move |conn| written(conn, &shared, viewer, write_page, revision));
    page(StatusCode::OK, written.await??.body)
}

/// What was typed, as far as it can be shown.
enum Plan {
    Faulty(Faults),
    /// Something is to be asked first.
    Asking(Asked),
    Made(Planned),
}

fn plan(conn: &mut Conn, ground: &Ground, sent: &Sent) -> QueryResult<Plan> {
    let reading = ground::reading(conn, ground, sent)?;
    let (document, faults) = faults(ground.page.kind, &reading);
    Ok(match document.filter(|_| faults.is_empty()) {
        None => Plan::Faulty(faults),
        Some(_) if !reading.asked.questions.is_empty() => Plan::Asking(reading.asked),
        Some(document) => Plan::Made(planned::planned(conn, ground, document)?),
    })
}

fn told(meanwhile: Meanwhile) -> &'static str {
    match meanwhile {
        Meanwhile::Nothing => "",
        Meanwhile::Saved => "What others saved since you began is in it.",
        Meanwhile::Collided => {
            "Others saved other words for some of it since you began; yours are shown, and the save will ask which stay."
        }
    }
}

/// The page of the preview; one that is not there yet is shown by the names it would have.
fn as_it_would_be(ground: &Ground, content: &Map<String, Value>) -> Page {
    let mut page = ground.page.clone();
    let document = Document::from_value(page.kind, content);
    if let (true, Ok(document)) = (ground.is_unborn(), document) {
        page.title = document.head.title().to_owned();
        page.native = document.head.native().to_owned();
        page.disambiguation
            .clone_from(&document.head.disambiguation);
    }
    page
}

/// The page as its kind is shown.
fn written(
    conn: &mut Conn,
    shared: &Shared,
    viewer: Viewer,
    page: Page,
    revision: Revision,
) -> QueryResult<Result<Rendered, Error>> {
    macro_rules! written {
        ($view:ty, $kind:ident) => {
            filled_at::<$view>(conn, shared, viewer, page, revision, $kind::show::write)
        };
    }
    match page.kind {
        Kind::Drama => written!(DramaView, dramas),
        Kind::Song => written!(SongView, songs),
        Kind::Artist => written!(ArtistView, artists),
        Kind::Album => written!(AlbumView, albums),
        Kind::Article => written!(ArticleView, articles),
    }
}
