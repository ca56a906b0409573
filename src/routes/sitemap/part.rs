//! `/sitemaps/{part}.xml`: one part of the sitemap.

use std::fmt;
use std::str::FromStr;

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use super::{Location, XML, addresses};
use crate::db::{Conn, Db, QueryResult};
use crate::models::page::Kind;
use crate::models::sitemap;
use crate::web::urls::raw_segment;
use crate::web::{Dependency, Error, Rendered, Shared, cached, render};

/// Which part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The front page, the indexes and what they are narrowed to.
    Indexes,
    /// Pages of a kind.
    Pages(Kind, i64),
    /// Cue sheets of episodes.
    Sheets(i64),
}

/// As in the address: `indexes`, `songs-1`, `episodes-1`.
impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Indexes => f.write_str("indexes"),
            Self::Pages(kind, number) => write!(f, "{}-{number}", kind.plural()),
            Self::Sheets(number) => write!(f, "episodes-{number}"),
        }
    }
}

impl FromStr for Part {
    type Err = ();

    /// The one spelling only.
    fn from_str(text: &str) -> Result<Self, ()> {
        let part = match text.rsplit_once('-') {
            None => Self::Indexes,
            Some((name, number)) => {
                let number: i64 = number.parse().map_err(|_not_a_number| ())?;
                if name == "episodes" {
                    Self::Sheets(number)
                } else {
                    Self::Pages(Kind::of_plural(name).ok_or(())?, number)
                }
            }
        };
        let in_range = !matches!(part, Self::Pages(_, number) | Self::Sheets(number) if !(1..=1_000_000_000).contains(&number));
        (in_range && part.to_string() == text)
            .then_some(part)
            .ok_or(())
    }
}

/// `GET /sitemaps/{part}.xml`. A part without addresses is 404: the index does not name it either.
///
/// # Errors
/// [`Error::NotFound`], and the store's own.
pub async fn show(
    request: HttpRequest,
    shared: Data<Shared>,
    db: Data<Db>,
) -> Result<HttpResponse, Error> {
    let name = raw_segment(&request, 1)
        .and_then(|name| name.strip_suffix(".xml"))
        .ok_or(Error::NotFound)?;
    let part: Part = name.parse().map_err(|()| Error::NotFound)?;
    cached(&request, &[], |_viewer| async {
        let locations = db.read(move |conn| locations(conn, part)).await?;
        if locations.is_empty() {
            return Err(Error::NotFound);
        }
        let base_url = shared.config.base_url.clone();
        let body = render::off_worker(move || Ok(addresses(&base_url, &locations))).await?;
        let depends = match part {
            Part::Indexes => vec![Dependency::Site],
            Part::Pages(kind, _) => vec![Dependency::Kind(kind.as_str())],
            Part::Sheets(_) => vec![
                Dependency::Kind(Kind::Drama.as_str()),
                Dependency::Kind(Kind::Song.as_str()),
            ],
        };
        Ok(Rendered {
            body,
            depends,
            content_type: XML,
        })
    })
    .await
}

fn locations(conn: &mut Conn, part: Part) -> QueryResult<Vec<Location>> {
    Ok(match part {
        Part::Indexes => indexes(conn)?,
        Part::Pages(kind, number) => sitemap::pages(conn, kind, number)?
            .into_iter()
            .map(|place| Location {
                path: format!("/{}/{}", kind.plural(), place.slug),
                updated_at: Some(place.updated_at),
            })
            .collect(),
        Part::Sheets(number) => sitemap::sheets(conn, number)?
            .into_iter()
            .map(|sheet| Location {
                path: format!("/dramas/{}/episodes/{}", sheet.drama, sheet.number),
                updated_at: Some(sheet.updated_at),
            })
            .collect(),
    })
}

fn indexes(conn: &mut Conn) -> QueryResult<Vec<Location>> {
    let kinds = Kind::ALL.iter().map(|kind| format!("/{}", kind.plural()));
    let values = sitemap::values(conn)?
        .into_iter()
        .map(|(facet, value)| format!("/{facet}s/{value}"));
    let facets = ["/moods", "/networks", "/years"]
        .into_iter()
        .map(str::to_owned);
    let paths = std::iter::once("/".to_owned())
        .chain(kinds)
        .chain(facets)
        .chain(values);
    Ok(paths
        .map(|path| Location {
            path,
            updated_at: None,
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::Part;
    use crate::models::page::Kind;

    #[test]
    fn a_part_has_one_address() {
        for (text, part) in [
            ("indexes", Part::Indexes),
            ("songs-1", Part::Pages(Kind::Song, 1)),
            ("dramas-12", Part::Pages(Kind::Drama, 12)),
            ("episodes-3", Part::Sheets(3)),
        ] {
            assert_eq!(text.parse(), Ok(part));
            assert_eq!(part.to_string(), text);
        }
        for bad in [
            "",
            "songs",
            "songs-0",
            "songs-01",
            "songs--1",
            "songs-+1",
            "song-1",
            "episodes-99999999999999999999",
            "x-1",
        ] {
            assert_eq!(bad.parse::<Part>(), Err(()), "{bad}");
        }
    }
}
