//! A page's own row says what its latest revision says, and its revisions follow on each other.

use diesel::QueryResult;

use super::{Checked, Remedy, odd, quoted};
use crate::db::Conn;
use crate::models::page::{Kind, PageId, State};

/// What must not be found of pages; writing the page anew mends it.
const OF_PAGES: [&str; 3] = [
    "SELECT p.id, 'page ' || CAST(p.id AS TEXT) || ' (' || p.kind || ' ' || p.slug || ') is ' || p.state || ' and has no revision' AS line \
     FROM pages AS p LEFT JOIN revisions AS r ON r.id = p.revision_id AND r.page_id = p.id \
     WHERE p.state <> 'reserved' AND r.id IS NULL",
    "SELECT p.id, 'page ' || CAST(p.id AS TEXT) || ' is not at its latest revision, ' || CAST(max(r.number) AS TEXT) AS line \
     FROM pages AS p JOIN revisions AS r ON r.page_id = p.id \
     WHERE p.revision_id IS NOT NULL GROUP BY p.id, p.revision_id HAVING max(r.id) <> p.revision_id",
    "SELECT p.id, 'page ' || CAST(p.id AS TEXT) || ' has revisions and is only reserved' AS line \
     FROM pages AS p WHERE p.state = 'reserved' AND (p.revision_id IS NOT NULL OR EXISTS (SELECT 1 FROM revisions AS r WHERE r.page_id = p.id))",
];

/// What must not be found of revisions.
const OF_REVISIONS: [&str; 2] = [
    "SELECT page_id AS id, 'page ' || CAST(page_id AS TEXT) || ' has ' || CAST(count(*) AS TEXT) || ' revisions, numbered ' || CAST(min(number) AS TEXT) || ' to ' || CAST(max(number) AS TEXT) AS line \
     FROM revisions GROUP BY page_id HAVING min(number) <> 1 OR max(number) <> count(*)",
    "SELECT r.page_id AS id, 'revision ' || CAST(r.number AS TEXT) || ' of page ' || CAST(r.page_id AS TEXT) || ' does not follow on the one before it' AS line \
     FROM revisions AS r LEFT JOIN revisions AS b ON b.page_id = r.page_id AND b.number = r.number - 1 \
     WHERE coalesce(r.parent_id, 0) <> coalesce(b.id, 0)",
];

pub(super) fn check(conn: &mut Conn, report: &mut Vec<Checked>) -> QueryResult<()> {
    let mut pages = Checked::new("Every page is at its latest revision");
    for query in OF_PAGES {
        for found in odd(conn, query)? {
            pages.find(found.line, Some(Remedy::Page(found.id)));
        }
    }
    let words = format!(
        "SELECT id, 'page ' || CAST(id AS TEXT) || ' is a ' || kind || ' and ' || state || ', which are no words for it' AS line \
         FROM pages WHERE kind NOT IN ({}) OR state NOT IN ({})",
        quoted(Kind::ALL.iter().map(|kind| kind.as_str())),
        quoted(State::ALL.iter().map(|state| state.as_str())),
    );
    for found in odd(conn, &words)? {
        pages.find(found.line, None);
    }
    let mut revisions = Checked::new("The revisions of a page follow on each other");
    for query in OF_REVISIONS {
        for found in odd(conn, query)? {
            revisions.find(found.line, None);
        }
    }
    report.extend([pages, revisions]);
    Ok(())
}

/// The name of a page for the operator.
pub(super) fn name(id: PageId, kind: &str, slug: &str) -> String {
    format!("page {id} ({kind} {slug})")
}
