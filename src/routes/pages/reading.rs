//! Reading a page: what all five kinds do the same way before their own page is filled in.

use actix_web::{HttpRequest, HttpResponse, web::Data};
use askama::Template;

use crate::db::{Conn, Db, QueryResult};
use crate::models::page::revision::Revision;
use crate::models::page::view::View;
use crate::models::page::{Kind, Page};
use crate::models::prose::ProseLinks;
use crate::routes::pages::elsewhere;
use crate::text::address::PathText;
use crate::text::markdown::{self, Rendered as RenderedProse};
use crate::web::theme::Theme;
use crate::web::urls::raw_segment;
use crate::web::{Dependency, Error, Rendered, Shared, cached, render};

/// How a view becomes a page.
pub type Fill<V, P> = fn(&Shared, Theme, V, Option<RenderedProse>) -> P;

/// Answers a reading page: from the cache, else from its latest revision, else with where the page went.
pub async fn show<V: View, P: Template + Send + 'static>(
    request: &HttpRequest,
    shared: &Data<Shared>,
    db: &Data<Db>,
    kind: Kind,
    fill: Fill<V, P>,
) -> Result<HttpResponse, Error> {
    let text = segment(request, 1)?;
    if !text.was_canonical() {
        return elsewhere::answer(shared, db, kind, text).await;
    }
    let answer = cached(request, &[], |theme| {
        let text = text.clone();
        async move {
            let found = db.read(move |conn| latest::<V>(conn, kind, &text)).await?;
            let (view, links) = found.ok_or(Error::NotFound)?;
            filled(shared, theme, view, links, fill).await
        }
    });
    match answer.await {
        Err(Error::NotFound) => elsewhere::answer(shared, db, kind, text).await,
        answer => answer,
    }
}

/// Fills a page in and says what it shows.
pub async fn filled<V: View, P: Template + Send + 'static>(
    shared: &Shared,
    theme: Theme,
    view: V,
    links: ProseLinks,
    fill: Fill<V, P>,
) -> Result<Rendered, Error> {
    let mut shown = view.shown();
    shown.extend(links.shown());
    let prose = written(view.document().prose.clone(), links).await?;
    let depends = shown.into_iter().map(Dependency::Page).collect();
    let body = render(fill(shared, theme, view, prose)).await?;
    Ok(Rendered::html(body, depends))
}

/// The nth segment of the address, strictly read.
///
/// # Errors
/// 400 for bytes that are no text, 404 for text that can be no page.
pub fn segment(request: &HttpRequest, n: usize) -> Result<PathText, Error> {
    use crate::text::address::AddressError;
    let raw = raw_segment(request, n).ok_or(Error::NotFound)?;
    PathText::parse(raw).map_err(|error| match error {
        AddressError::Malformed => Error::Malformed(
            "The address is not readable text. Check it, or begin at the front page.",
        ),
        AddressError::Refused => Error::NotFound,
    })
}

fn latest<V: View>(
    conn: &mut Conn,
    kind: Kind,
    text: &PathText,
) -> QueryResult<Option<(V, ProseLinks)>> {
    match Revision::at(conn, kind, text.as_title())? {
        Some((page, revision)) => at_revision(conn, page, revision).map(Some),
        None => Ok(None),
    }
}

/// The view of a page at one of its revisions, with what its prose links to.
pub fn at_revision<V: View>(
    conn: &mut Conn,
    page: Page,
    revision: Revision,
) -> QueryResult<(V, ProseLinks)> {
    let view = V::load(conn, page, revision)?;
    let links = ProseLinks::load(conn, &view.document().prose)?;
    Ok((view, links))
}

/// Prose as HTML, written off the request workers.
async fn written(prose: String, links: ProseLinks) -> Result<Option<RenderedProse>, Error> {
    if prose.is_empty() {
        return Ok(None);
    }
    crate::web::render::off_worker(move || {
        let prose = markdown::parse(&prose).map_err(Error::internal)?;
        Ok(Some(prose.render(&|link| links.target(link))))
    })
    .await
}
