//! The change log tells of every revision, in order: caches, feeds and other nodes know of nothing else.

use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{BigInt, Text};

use super::{Checked, Remedy, odd, quoted};
use crate::db::Conn;
use crate::models::changes::Action;
use crate::models::page::PageId;

/// Entries read at once.
const CHUNK: usize = 1000;

const UNTOLD: &str = "SELECT r.id, 'the log does not tell of revision ' || CAST(r.number AS TEXT) || ' of page ' || CAST(r.page_id AS TEXT) AS line \
     FROM revisions AS r LEFT JOIN changes AS c ON c.revision_id = r.id WHERE c.id IS NULL";

/// What must not be found of the entries. What was added by the doctor is out of order by nature.
const ODD: [&str; 3] = [
    "SELECT revision_id AS id, 'the log tells ' || CAST(count(*) AS TEXT) || ' times of the revision with number ' || CAST(revision_id AS TEXT) AS line \
     FROM changes WHERE revision_id IS NOT NULL GROUP BY revision_id HAVING count(*) > 1",
    "SELECT c.id, 'entry ' || CAST(c.id AS TEXT) || ' is about page ' || CAST(c.page_id AS TEXT) || ' and its revision is of page ' || CAST(r.page_id AS TEXT) AS line \
     FROM changes AS c JOIN revisions AS r ON r.id = c.revision_id WHERE r.page_id <> c.page_id",
    "SELECT id, 'entry ' || CAST(id AS TEXT) || ' of page ' || CAST(page_id AS TEXT) || ' comes after that of a later revision' AS line \
     FROM (SELECT id, page_id, revision_id, lag(revision_id) OVER (PARTITION BY page_id ORDER BY id) AS before \
     FROM changes WHERE revision_id IS NOT NULL AND action <> 'rebuild') AS entries WHERE before > revision_id",
];

#[derive(QueryableByName)]
struct Entry {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = BigInt)]
    page_id: PageId,
    #[diesel(sql_type = Text)]
    touched: String,
}

pub(super) fn check(conn: &mut Conn, report: &mut Vec<Checked>) -> QueryResult<()> {
    let mut checked = Checked::new("The change log tells of every revision once, in order");
    for found in odd(conn, UNTOLD)? {
        checked.find(found.line, Some(Remedy::LogLine(found.id)));
    }
    let words = format!(
        "SELECT id, 'entry ' || CAST(id AS TEXT) || ' tells of the unknown deed ' || action AS line FROM changes WHERE action NOT IN ({})",
        quoted(Action::ALL.iter().map(|action| action.as_str())),
    );
    for query in ODD.into_iter().chain([words.as_str()]) {
        for found in odd(conn, query)? {
            checked.find(found.line, None);
        }
    }
    touched(conn, &mut checked)?;
    report.push(checked);
    Ok(())
}

/// Every entry says whose display it may have changed, the page's own among them.
fn touched(conn: &mut Conn, checked: &mut Checked) -> QueryResult<()> {
    let mut after = 0;
    loop {
        let entries: Vec<Entry> = sql_query(format!(
            "SELECT id, page_id, touched FROM changes WHERE id > {after} ORDER BY id LIMIT {CHUNK}"
        ))
        .load(conn)?;
        for entry in &entries {
            after = entry.id;
            let pages: Result<Vec<PageId>, _> = serde_json::from_str(&entry.touched);
            if !pages.is_ok_and(|pages| pages.contains(&entry.page_id)) {
                checked.find(
                    format!(
                        "entry {} does not say that page {} changed",
                        entry.id, entry.page_id
                    ),
                    None,
                );
            }
        }
        if entries.len() < CHUNK {
            return Ok(());
        }
    }
}
