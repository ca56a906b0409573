//! `/feeds/changes.atom`: the latest changes (RFC 4287).

use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse};

use crate::db::{Db, Micros};
use crate::models::changes::recent::{Entry, Recent};
use crate::models::page::labels;
use crate::routes::changes::asked::{Asked, with_query};
use crate::routes::pages::structured::home::LICENCE;
use crate::text::xml::Xml;
use crate::web::chrome::SITE_NAME;
use crate::web::{Dependency, Error, Rendered, Shared, cached, render};

/// Entries in the feed.
const ENTRIES: usize = 50;
/// Where the feed is.
const PATH: &str = "/feeds/changes.atom";

/// `GET /feeds/changes.atom`.
///
/// # Errors
/// The store's own.
pub async fn show(
    request: HttpRequest,
    shared: Data<Shared>,
    db: Data<Db>,
    asked: Query<Asked>,
) -> Result<HttpResponse, Error> {
    let asked = asked.into_inner();
    cached(&request, &["kind", "new", "minor", "unpatrolled"], |_viewer| async {
        let path = with_query(PATH, &asked.query(None));
        let found = db.read(move |conn| {
            let (wanted, faults) = asked.wanted(conn, None)?;
            if !faults.is_empty() {
                return Ok(None);
            }
            Recent::load(conn, &wanted, ENTRIES).map(Some)
        });
        let recent = found.await?.ok_or(Error::Malformed(
            "The feed cannot be narrowed so. Narrow the recent changes, and follow the link to the feed there.",
        ))?;
        let base_url = shared.config.base_url.clone();
        let body = render::off_worker(move || Ok(feed(&base_url, &path, &recent.entries))).await?;
        Ok(Rendered {
            body,
            depends: vec![Dependency::Site],
            content_type: "application/atom+xml; charset=utf-8",
        })
    })
    .await
}

/// The feed of these entries, newest first.
pub fn feed(base_url: &str, path: &str, entries: &[Entry]) -> String {
    let address = format!("{base_url}{path}");
    let updated = entries.iter().map(|entry| entry.at).max().unwrap_or(0);
    let mut xml = Xml::new(
        "feed",
        &[("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", "en")],
    );
    xml.text("id", &[], &address);
    xml.text("title", &[], &format!("{SITE_NAME}: changes"));
    xml.text(
        "subtitle",
        &[],
        "What was written last in the wiki for the music of Korean dramas",
    );
    xml.text("updated", &[], &moment(updated));
    xml.empty(
        "link",
        &[
            ("rel", "self"),
            ("type", "application/atom+xml"),
            ("href", &address),
        ],
    );
    xml.empty(
        "link",
        &[
            ("rel", "alternate"),
            ("type", "text/html"),
            (
                "href",
                &format!("{base_url}{}", path.replace(PATH, "/changes")),
            ),
        ],
    );
    xml.empty(
        "link",
        &[("rel", "license"), ("type", "text/html"), ("href", LICENCE)],
    );
    xml.text("rights", &[], "Text under CC BY-SA 4.0");
    for entry in entries {
        self::entry(&mut xml, base_url, entry);
    }
    xml.finish()
}

/// One change. Its id holds on to the page's permanent address, so that it survives every rename.
fn entry(xml: &mut Xml, base_url: &str, entry: &Entry) {
    let page = format!("{base_url}/{}/{}", entry.kind.plural(), entry.slug);
    xml.open("entry", &[]);
    xml.text(
        "id",
        &[],
        &format!("{base_url}/p/{}#change-{}", entry.page_id, entry.id),
    );
    xml.text(
        "title",
        &[],
        &format!("{}: {}", entry.title, entry.action.label()),
    );
    xml.text("updated", &[], &moment(entry.at));
    xml.open("author", &[]);
    xml.text("name", &[], labels::author(&entry.author));
    xml.close();
    match &entry.revision {
        Some((_, number, _)) => {
            let revision = format!("{page}/history/{number}");
            xml.empty(
                "link",
                &[
                    ("rel", "alternate"),
                    ("type", "text/html"),
                    ("href", &revision),
                ],
            );
            xml.empty(
                "link",
                &[("rel", "related"), ("type", "text/html"), ("href", &page)],
            );
        }
        None => xml.empty(
            "link",
            &[("rel", "alternate"), ("type", "text/html"), ("href", &page)],
        ),
    }
    xml.empty(
        "category",
        &[("term", entry.kind.as_str()), ("label", entry.kind.label())],
    );
    for tag in entry.tags() {
        xml.empty("category", &[("term", &tag)]);
    }
    if !entry.note.is_empty() {
        xml.text("summary", &[], &entry.note);
    }
    xml.close();
}

/// RFC 3339 in UTC.
fn moment(at: i64) -> String {
    Micros(at)
        .timestamp()
        .strftime("%Y-%m-%dT%H:%M:%SZ")
        .to_string()
}
