//! `/art/{kinds}/{slug}.svg`: the sleeve art of a page.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use crate::db::Db;
use crate::models::page::Kind;
use crate::models::sleeve::SleeveFacts;
use crate::text::sleeve::{self, Sleeve, SleeveKind};
use crate::text::slug::Slug;
use crate::web::urls::raw_segment;
use crate::web::{Dependency, Error, Rendered, cached, render};

/// `GET /art/{kinds}/{slug}.svg`. Former slugs are not followed: only pages name their art, and they are made again when a
/// page is renamed.
///
/// # Errors
/// [`Error::NotFound`] where no live page is, and the store's own.
pub async fn show(request: HttpRequest, db: Data<Db>) -> Result<HttpResponse, Error> {
    let kind = raw_segment(&request, 1)
        .and_then(Kind::of_plural)
        .ok_or(Error::NotFound)?;
    let slug = raw_segment(&request, 2)
        .and_then(|file| file.strip_suffix(".svg"))
        .ok_or(Error::NotFound)?;
    let slug = Slug::parse(slug).map_err(|_no_slug| Error::NotFound)?;
    cached(&request, &[], |_viewer| async {
        let found = db
            .read(move |conn| SleeveFacts::load(conn, kind, slug.as_str()))
            .await?;
        let facts = found.ok_or(Error::NotFound)?;
        let depends = facts.shown.iter().copied().map(Dependency::Page).collect();
        let body = render::off_worker(move || Ok(draw(&facts))).await?;
        Ok(Rendered {
            body,
            depends,
            content_type: "image/svg+xml",
        })
    })
    .await
}

fn draw(facts: &SleeveFacts) -> String {
    let moods: Vec<&str> = facts.moods.iter().map(String::as_str).collect();
    sleeve::svg(&Sleeve {
        kind: match facts.kind {
            Kind::Drama => SleeveKind::Drama,
            Kind::Song => SleeveKind::Song,
            Kind::Artist => SleeveKind::Artist,
            Kind::Album => SleeveKind::Album,
            Kind::Article => SleeveKind::Article,
        },
        title: &facts.title,
        native: &facts.native,
        moods: &moods,
        marks: &facts.marks,
        number: facts.number,
    })
}
