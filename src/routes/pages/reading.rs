//! Reading a page: what all five kinds do the same way before their own page is filled in.

use actix_web::{HttpRequest, HttpResponse, web::Data};

use crate::db::{Conn, Db, QueryResult};
use crate::models::page::external::{self, Shared as SharedLink};
use crate::models::page::revision::Revision;
use crate::models::page::view::View;
use crate::models::page::{Kind, Page};
use crate::models::prose::ProseLinks;
use crate::routes::pages::elsewhere;
use crate::text::address::PathText;
use crate::text::html::escape_lang;
use crate::text::markdown::{Rendered as RenderedProse, memo};
use crate::web::Viewer;
use crate::web::urls::raw_segment;
use crate::web::viewer::Note;
use crate::web::{Dependency, Error, Rendered, Shared, cached};

/// How a view becomes the text of a page.
pub type Write<V> = fn(&Shared, Viewer, &V, Option<&RenderedProse>) -> askama::Result<String>;

/// Answers a reading page: from the cache, else from its latest revision, else with where the page went.
pub async fn show<V: View>(
    request: &HttpRequest,
    shared: &Data<Shared>,
    db: &Data<Db>,
    kind: Kind,
    write: Write<V>,
) -> Result<HttpResponse, Error> {
    let text = segment(request, 1)?;
    if !text.was_canonical() {
        return elsewhere::answer(shared, db, kind, text).await;
    }
    let answer = cached(request, &[], |viewer| {
        let (text, shared) = (text.clone(), shared.clone());
        written(db, shared, viewer, write, move |conn| {
            Revision::at(conn, kind, text.as_title())
        })
    });
    match answer.await {
        Err(Error::NotFound) => elsewhere::answer(shared, db, kind, text).await,
        answer => answer,
    }
}

/// Loads a page at a revision and writes it, both on the store's own thread: handing what was read to another one costs more than
/// writing most pages does.
///
/// # Errors
/// 404 when `find` finds nothing, and the store's own.
pub async fn written<V: View>(
    db: &Db,
    shared: Data<Shared>,
    viewer: Viewer,
    write: Write<V>,
    find: impl FnOnce(&mut Conn) -> QueryResult<Option<(Page, Revision)>> + Send + 'static,
) -> Result<Rendered, Error> {
    let read = db.read(move |conn| {
        let Some((page, revision)) = find(conn)? else {
            return Ok(Err(Error::NotFound));
        };
        filled_at(conn, &shared, viewer, page, revision, write)
    });
    read.await?
}

/// The page at a revision, saved or not.
pub fn filled_at<V: View>(
    conn: &mut Conn,
    shared: &Shared,
    mut viewer: Viewer,
    page: Page,
    revision: Revision,
    write: Write<V>,
) -> QueryResult<Result<Rendered, Error>> {
    let id = page.id;
    let view = V::load(conn, page, revision)?;
    if viewer.draft.is_some() || viewer.saved.is_some_and(|saved| saved.number > 0) {
        let shared = external::shared(conn, id, &view.document().head.links)?;
        viewer.notes = shared.into_iter().map(note).collect();
    }
    let links = ProseLinks::load(conn, &view.document().prose, view.cards())?;
    Ok(filled(shared, viewer, &view, &links, write))
}

/// A link that another page has as well: one of the two may be wrong, or they are two pages about the same thing.
fn note(shared: SharedLink) -> Note {
    Note {
        before: format!("The {} link also stands on", shared.text),
        title: escape_lang(&shared.card.title),
        href: shared.card.href(),
        after: ". Make sure that it is about this page.",
    }
}

/// Fills a page in and says what it shows.
fn filled<V: View>(
    shared: &Shared,
    viewer: Viewer,
    view: &V,
    links: &ProseLinks,
    write: Write<V>,
) -> Result<Rendered, Error> {
    let source = &view.document().prose;
    let prose = if source.is_empty() {
        None
    } else {
        let prose = memo::render(source, &|link| links.target(link));
        Some(prose.map_err(Error::internal)?)
    };
    let body = write(shared, viewer, view, prose.as_deref()).map_err(Error::internal)?;
    let mut shown = view.shown();
    shown.extend(links.shown());
    let depends = shown.into_iter().map(Dependency::Page).collect();
    Ok(Rendered::html(body, depends))
}

/// The kind of page an address begins with.
///
/// # Errors
/// 404 where it is none.
pub fn kind(request: &HttpRequest) -> Result<Kind, Error> {
    raw_segment(request, 0)
        .and_then(Kind::of_plural)
        .ok_or(Error::NotFound)
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
