//! Indexes: what all five do the same way before their own rows are written out.

mod asked;
mod offer;

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::db::Db;
use crate::models::page::Kind;
use crate::models::page::browse::{Applied, Browse, Row};
use crate::models::page::index::{Cursor, From};
use crate::routes::pages::elsewhere;
use crate::web::{Chrome, Dependency, Error, Rendered, Shared, cached, render};

use asked::Asked;
pub use asked::escaped;
pub use offer::{Choice, Group, Letter, Offer, label, mood_name, mood_words};

/// Fewer pages than this are found without their first letters.
const LETTERS_FROM: i64 = 12;

/// One index: its kind and the filters it offers.
pub struct Index {
    pub kind: Kind,
    /// One sentence under the heading.
    pub note: &'static str,
    pub offers: &'static [Offer],
}

impl Index {
    /// Every facet the address may name.
    fn facets(&self) -> Vec<&'static str> {
        ["letter", "initial"]
            .into_iter()
            .chain(self.offers.iter().map(|offer| offer.facet))
            .collect()
    }

    /// Address of the index, narrowed to a value.
    fn href(&self, facet: &str, value: &str) -> String {
        format!("/{}?{facet}={}", self.kind.plural(), escaped(value))
    }

    /// "183 songs".
    fn counted(&self, count: i64) -> String {
        let word = if count == 1 {
            self.kind.as_str()
        } else {
            self.kind.plural()
        };
        format!("{count} {word}")
    }

    /// The heading under a filter, and the value in plain words.
    fn heading(&self, applied: &Applied) -> (String, String) {
        let kinds = self.kind.plural();
        let of_kind = self.kind.label();
        match self
            .offers
            .iter()
            .find(|offer| offer.facet == applied.facet)
        {
            Some(offer) => {
                let words = (offer.words)(&applied.address, &applied.label);
                (
                    (offer.heading)(&words),
                    format!("{}: {words}", offer.legend),
                )
            }
            None if applied.address == "#" => (
                format!("{of_kind}s with a number or sign first"),
                "First letter: #".to_owned(),
            ),
            None => (
                format!("{of_kind}s beginning with {}", applied.address),
                format!("First letter of {kinds}: {}", applied.address),
            ),
        }
    }
}

/// What stands around the rows of an index.
pub struct Around {
    /// `/songs`.
    pub home: String,
    /// "Songs".
    pub name: String,
    pub heading: String,
    pub note: String,
    /// The filter in plain words.
    pub narrowed: Option<String>,
    /// "183 songs": all, whatever the filter.
    pub all: String,
    pub is_empty: bool,
    pub letters: Vec<Letter>,
    pub initials: Vec<Letter>,
    pub groups: Vec<Group>,
    /// First and last name of this page, where there are more pages.
    pub span: Option<(String, String)>,
    /// The first page, for those that came from another.
    pub first: Option<String>,
    pub previous: Option<String>,
    pub next: Option<String>,
}

/// Answers an index: the rows of one page under one filter, and the way to all others.
///
/// # Errors
/// 400 for an address that cannot be read, and the store's own.
pub async fn index<R, P>(
    request: &HttpRequest,
    shared: &Data<Shared>,
    db: &Data<Db>,
    index: &'static Index,
    fill: fn(Chrome, Around, Vec<R>) -> P,
) -> Result<HttpResponse, Error>
where
    R: Row,
    P: Template + Send + 'static,
{
    let facets = index.facets();
    let asked = Asked::read(request.uri().query().unwrap_or_default(), &facets)?;
    let names: Vec<&str> = facets.iter().copied().chain(["after", "before"]).collect();
    let answer = cached(request, &names, |viewer| async move {
        let Asked { wanted, from } = asked;
        let (found, from) = db
            .read(move |conn| {
                Browse::<R>::load(conn, index.kind, wanted, &from, &facets)
                    .map(|found| (found, from))
            })
            .await?;
        let around = Around::of(index, &found, &from);
        let mut depends: Vec<Dependency> =
            found.shown().into_iter().map(Dependency::Page).collect();
        depends.push(Dependency::Kind(index.kind.as_str()));
        let path = path(index, found.applied.as_ref(), &from);
        let mut chrome = Chrome::new(shared, viewer, path, around.heading.clone())
            .with_section(index.kind.plural())
            .with_description(around.description());
        if found.total == 0 || from != From::Start {
            chrome = chrome.with_no_index();
        }
        let body = render(fill(chrome, around, found.rows)).await?;
        Ok(Rendered::html(body, depends))
    });
    answer.await
}

/// The address of an index with a slash behind it.
pub async fn trailing_slash(request: HttpRequest) -> HttpResponse {
    elsewhere::moved(&format!("/{}", request.uri().path().trim_matches('/')))
}

/// `/songs?letter=G&after=…`.
fn path(index: &Index, applied: Option<&Applied>, from: &From) -> String {
    let narrowed = applied.map_or_else(
        || format!("/{}", index.kind.plural()),
        |filter| index.href(filter.facet, &filter.address),
    );
    match from {
        From::Start => narrowed,
        From::After(cursor) => continued(&narrowed, "after", cursor),
        From::Before(cursor) => continued(&narrowed, "before", cursor),
    }
}

fn continued(path: &str, name: &str, cursor: &Cursor) -> String {
    let sign = if path.contains('?') { '&' } else { '?' };
    format!("{path}{sign}{name}={}", asked::written_cursor(cursor))
}

impl Around {
    fn of<R: Row>(index: &Index, found: &Browse<R>, from: &From) -> Self {
        let kind = index.kind;
        let name = format!("{}s", kind.label());
        let all = index.counted(found.all);
        let (heading, narrowed, note) = match &found.applied {
            None => (name.clone(), None, format!("{all}. {}", index.note)),
            Some(applied) => {
                let (heading, words) = index.heading(applied);
                let heading = if found.total == 0 {
                    format!("No {} here", kind.plural())
                } else {
                    heading
                };
                (heading, Some(words), format!("{} of {all}.", found.total))
            }
        };
        let first_page = path(index, found.applied.as_ref(), &From::Start);
        let is_part = found.previous.is_some() || found.next.is_some();
        let ends = found
            .rows
            .first()
            .zip(found.rows.last())
            .filter(|_| is_part);
        let (letters, initials) = offer::letters(index, found, found.all >= LETTERS_FROM);
        Self {
            home: format!("/{}", kind.plural()),
            heading,
            name,
            note,
            narrowed,
            all,
            is_empty: found.rows.is_empty(),
            letters,
            initials,
            groups: offer::groups(index, found),
            span: ends.map(|(first, last)| (first.card().title.clone(), last.card().title.clone())),
            first: Some(first_page.clone()).filter(|_| {
                *from != From::Start && (found.previous.is_some() || found.rows.is_empty())
            }),
            previous: found
                .previous
                .as_ref()
                .map(|cursor| continued(&first_page, "before", cursor)),
            next: found
                .next
                .as_ref()
                .map(|cursor| continued(&first_page, "after", cursor)),
        }
    }

    fn description(&self) -> String {
        format!(
            "{}: {} The wiki for the music of Korean dramas.",
            self.heading, self.note
        )
    }
}
