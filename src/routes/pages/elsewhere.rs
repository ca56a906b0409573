//! Addresses that are not a page's own: other spellings, former names, merged, deleted and unknown pages.

use actix_web::http::StatusCode;
use actix_web::http::header::LOCATION;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::db::Db;
use crate::models::page::card::Card;
use crate::models::page::{Address, Kind, Page, State, near};
use crate::routes::pages::frame::nav;
use crate::routes::pages::reading::segment;
use crate::text::address::PathText;
use crate::text::slug::Slug;
use crate::web::{Chrome, Error, Shared, Viewer, error_pages, filters, render};

/// What a reader finds where no page is: its words, pages with a similar name, and the way on.
#[derive(Template)]
#[template(path = "pages/missing.html")]
struct MissingPage {
    chrome: Chrome,
    kind: Kind,
    words: String,
    near: Vec<Card>,
}

impl MissingPage {
    /// The form of a new page of this name, at this address.
    fn create_href(&self) -> String {
        creation_href(self.kind, &self.words)
    }
}

/// The form of a new page, begun with what an address said: a slug, or a title in any script.
pub fn creation_href(kind: Kind, words: &str) -> String {
    let encoded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let form = format!("/{}/new", kind.plural());
    match (words, Slug::parse(words)) {
        ("", _) => form,
        (words, Ok(slug)) => {
            format!(
                "{form}?name={}&at={slug}",
                encoded(&words.replace('-', " "))
            )
        }
        (words, Err(_)) => format!("{form}?name={}", encoded(words)),
    }
}

/// What a reader finds where a page was deleted.
#[derive(Template)]
#[template(path = "pages/gone.html")]
struct GonePage {
    chrome: Chrome,
    kind: Kind,
    href: String,
    title: String,
    note: String,
}

/// Leads to where a page went: 301 to its address, 410 with the note of its deletion, 404 with pages of similar names.
pub async fn answer(
    shared: &Shared,
    db: &Db,
    kind: Kind,
    text: PathText,
) -> Result<HttpResponse, Error> {
    let (address, near) = db
        .read(move |conn| {
            let address = Address::find(conn, kind, &text)?;
            let near = match &address {
                Address::Missing { words } => near::to(conn, kind, words)?,
                _ => Vec::new(),
            };
            Ok((address, near))
        })
        .await?;
    told(shared, kind, address, near).await
}

/// The same for an address below a page's own, such as its history: `rest` begins with a slash. A page that was renamed keeps what
/// is below it; one that was merged has none of its own any more, and leads to the page that is left.
pub async fn below(
    shared: &Shared,
    db: &Db,
    kind: Kind,
    text: PathText,
    rest: &str,
) -> Result<HttpResponse, Error> {
    let asked = text.clone();
    let (address, is_merged) = db
        .read(move |conn| {
            let here = Page::at(conn, kind, asked.as_title())?;
            let is_merged = here.is_some_and(|page| page.state == State::Merged);
            Ok((Address::find(conn, kind, &asked)?, is_merged))
        })
        .await?;
    match address {
        // The page is here; what was asked for below it is not.
        Address::Here(_) => Err(Error::NotFound),
        Address::Moved(href) if !is_merged => Ok(moved(&format!("{href}{rest}"))),
        Address::Missing { .. } => answer(shared, db, kind, text).await,
        address => told(shared, kind, address, Vec::new()).await,
    }
}

async fn told(
    shared: &Shared,
    kind: Kind,
    address: Address,
    near: Vec<Card>,
) -> Result<HttpResponse, Error> {
    match address {
        Address::Here(page) => Ok(moved(&page.href())),
        Address::Moved(href) => Ok(moved(&href)),
        Address::Gone { href, title, note } => {
            let chrome = Chrome::new(shared, Viewer::default(), "", "Deleted")
                .with_no_index()
                .with_section(nav(kind));
            finished(
                StatusCode::GONE,
                render(GonePage {
                    chrome,
                    kind,
                    href,
                    title,
                    note,
                })
                .await?,
            )
        }
        Address::Missing { words } => {
            let chrome = Chrome::new(shared, Viewer::default(), "", "Not found")
                .with_no_index()
                .with_section(nav(kind));
            finished(
                StatusCode::NOT_FOUND,
                render(MissingPage {
                    chrome,
                    kind,
                    words,
                    near,
                })
                .await?,
            )
        }
    }
}

/// A page's address with a slash behind it.
pub async fn trailing_slash(request: HttpRequest) -> Result<HttpResponse, Error> {
    segment(&request, 1)?;
    let path = request.uri().path().trim_end_matches('/');
    if path.starts_with("//") {
        return Err(Error::NotFound);
    }
    Ok(moved(path))
}

/// 301 to an address on this site.
pub fn moved(href: &str) -> HttpResponse {
    HttpResponse::MovedPermanently()
        .insert_header((LOCATION, href))
        .insert_header(("cache-control", "public, max-age=300"))
        .finish()
}

/// An error page that is complete: the front layer adds headers and leaves its body alone.
fn finished(status: StatusCode, body: String) -> Result<HttpResponse, Error> {
    let mut answer = HttpResponse::build(status)
        .content_type("text/html; charset=utf-8")
        .body(body);
    answer.extensions_mut().insert(error_pages::Finished);
    Ok(answer)
}
