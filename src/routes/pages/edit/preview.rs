//! The page as it would be saved: the same view, the same template, and the form carried along.

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde_json::Value;

use crate::db::{Conn, QueryResult};
use crate::models::album::show::AlbumView;
use crate::models::article::show::ArticleView;
use crate::models::artist::show::ArtistView;
use crate::models::drama::show::DramaView;
use crate::models::page::document::Document;
use crate::models::page::merge;
use crate::models::page::revision::Revision;
use crate::models::page::{Kind, Page};
use crate::models::song::show::SongView;
use crate::routes::pages::reading::{Write, filled_at};
use crate::routes::{albums, articles, artists, dramas, songs};
use crate::web::viewer::Draft;
use crate::web::{Error, Rendered, Shared, Viewer};

use super::faults::faults;
use super::ground::{self, Ground};
use super::page::{EditPage, page};
use super::press::Press;
use super::questions;
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
    let reading = db
        .read(move |conn| ground::reading(conn, &read_ground, &read_sent))
        .await?;
    let (document, faults) = faults(kind, &reading);
    let Some(document) = document.filter(|_| faults.is_empty()) else {
        let page =
            EditPage::new(&shared, viewer, form, &ground, &sent).telling(Told::Faults(faults));
        return page.answer(StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    if !reading.asked.questions.is_empty() {
        return questions::show(&shared, viewer, &ground, &sent, reading.asked).await;
    }
    let flat = document.to_value();
    let changed = merge::changed_paths(kind, &ground.base.flat, &flat);
    viewer.draft = Some(Arc::new(Draft {
        action: ground.action(),
        pairs: sent.pairs(),
        changes: ground::automatic(form, &changed),
    }));
    let write_page = as_it_would_be(&ground, &document);
    let revision = Revision {
        id: 0,
        number: ground.base.revision.number + 1,
        content: Value::Object(flat).to_string(),
        ..ground.base.revision.clone()
    };
    let written = db.read(move |conn| {
        let (page, shared) = (write_page, &shared);
        match kind {
            Kind::Drama => {
                written::<DramaView>(conn, shared, viewer, page, revision, dramas::show::write)
            }
            Kind::Song => {
                written::<SongView>(conn, shared, viewer, page, revision, songs::show::write)
            }
            Kind::Artist => {
                written::<ArtistView>(conn, shared, viewer, page, revision, artists::show::write)
            }
            Kind::Album => {
                written::<AlbumView>(conn, shared, viewer, page, revision, albums::show::write)
            }
            Kind::Article => {
                written::<ArticleView>(conn, shared, viewer, page, revision, articles::show::write)
            }
        }
    });
    page(StatusCode::OK, written.await??.body)
}

/// The page of the preview; one that is not there yet is shown by the names it would have.
fn as_it_would_be(ground: &Ground, document: &Document) -> Page {
    let mut page = ground.page.clone();
    if ground.is_unborn() {
        page.title = document.head.title().to_owned();
        page.native = document.head.native().to_owned();
        page.disambiguation
            .clone_from(&document.head.disambiguation);
    }
    page
}

fn written<V: crate::models::page::view::View>(
    conn: &mut Conn,
    shared: &Shared,
    viewer: Viewer,
    page: Page,
    revision: Revision,
    write: Write<V>,
) -> QueryResult<Result<Rendered, Error>> {
    filled_at(conn, shared, viewer, page, revision, write)
}
