//! `/sitemap.xml` and its parts: every canonical address, for search engines.

pub mod part;

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use crate::db::{Db, Micros};
use crate::models::page::Kind;
use crate::models::sitemap;
use crate::routes::sitemap::part::Part;
use crate::text::xml::Xml;
use crate::web::{Dependency, Error, Rendered, Shared, cached};

/// The namespace of both files.
const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";
const XML: &str = "application/xml; charset=utf-8";

/// `GET /sitemap.xml`: which parts there are.
///
/// # Errors
/// The store's own.
pub async fn index(
    request: HttpRequest,
    shared: Data<Shared>,
    db: Data<Db>,
) -> Result<HttpResponse, Error> {
    cached(&request, &[], |_viewer| async {
        let parts = db
            .read(|conn| {
                let mut parts = vec![Part::Indexes];
                for &kind in Kind::ALL {
                    parts.extend(
                        sitemap::parts(conn, kind)?
                            .into_iter()
                            .map(|number| Part::Pages(kind, number)),
                    );
                }
                parts.extend(sitemap::sheet_parts(conn)?.into_iter().map(Part::Sheets));
                Ok(parts)
            })
            .await?;
        Ok(Rendered {
            body: index_of(&shared.config.base_url, &parts),
            depends: vec![Dependency::Site],
            content_type: XML,
        })
    })
    .await
}

fn index_of(base_url: &str, parts: &[Part]) -> String {
    let mut xml = Xml::new("sitemapindex", &[("xmlns", NAMESPACE)]);
    for part in parts {
        xml.open("sitemap", &[]);
        xml.text("loc", &[], &format!("{base_url}/sitemaps/{part}.xml"));
        xml.close();
    }
    xml.finish()
}

/// One address.
struct Location {
    path: String,
    /// Microseconds since 1970; none where the page has no one time of change.
    updated_at: Option<i64>,
}

fn addresses(base_url: &str, locations: &[Location]) -> String {
    let mut xml = Xml::new("urlset", &[("xmlns", NAMESPACE)]);
    for location in locations {
        xml.open("url", &[]);
        xml.text("loc", &[], &format!("{base_url}{}", location.path));
        if let Some(at) = location.updated_at {
            let at = Micros(at)
                .timestamp()
                .strftime("%Y-%m-%dT%H:%M:%SZ")
                .to_string();
            xml.text("lastmod", &[], &at);
        }
        xml.close();
    }
    xml.finish()
}
