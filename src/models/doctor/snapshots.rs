//! Every revision can be read back, each row has a number of its own, and none above the highest the page knows of.

use std::collections::HashSet;

use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{BigInt, Text};
use serde_json::{Map, Value};

use super::{Checked, Remedy};
use crate::db::Conn;
use crate::models::page::document::{Document, row_lists};
use crate::models::page::{Kind, PageId};

/// Revisions read at once.
const CHUNK: usize = 200;

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    page_id: PageId,
    #[diesel(sql_type = BigInt)]
    number: i64,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = BigInt)]
    last_row: i64,
    #[diesel(sql_type = Text)]
    changed: String,
    #[diesel(sql_type = Text)]
    tags: String,
    #[diesel(sql_type = Text)]
    content: String,
}

/// What the revisions of a page told so far.
#[derive(Default)]
struct Past {
    page: PageId,
    last_row: i64,
    highest: i64,
}

pub(super) fn check(conn: &mut Conn, report: &mut Vec<Checked>) -> QueryResult<()> {
    let mut readable = Checked::new("Every revision can be read");
    let mut rows = Checked::new("Every row has a number of its own");
    let mut past = Past::default();
    let mut after = (0, 0);
    loop {
        let chunk = chunk(conn, after)?;
        for row in &chunk {
            after = (row.page_id, row.number);
            if past.page != row.page_id {
                past.end(&mut rows);
                past = Past {
                    page: row.page_id,
                    last_row: row.last_row,
                    ..Past::default()
                };
            }
            match content(row) {
                Ok((kind, content)) => past.note(row.number, kind, &content, &mut rows),
                Err(why) => readable.find(
                    format!(
                        "revision {} of page {} cannot be read: {why}",
                        row.number, row.page_id
                    ),
                    None,
                ),
            }
        }
        if chunk.len() < CHUNK {
            break;
        }
    }
    past.end(&mut rows);
    report.extend([readable, rows]);
    Ok(())
}

fn chunk(conn: &mut Conn, (page, number): (PageId, i64)) -> QueryResult<Vec<Row>> {
    sql_query(format!(
        "SELECT r.page_id, r.number, p.kind, p.last_row, r.changed, r.tags, coalesce(h.value, r.content) AS content \
         FROM revisions AS r JOIN pages AS p ON p.id = r.page_id \
         LEFT JOIN hidden_parts AS h ON h.revision_id = r.id AND h.part = 'text' \
         WHERE (r.page_id, r.number) > ({page}, {number}) ORDER BY r.page_id, r.number LIMIT {CHUNK}"
    ))
    .load(conn)
}

/// The content, when everything the revision keeps can be read.
fn content(row: &Row) -> Result<(Kind, Map<String, Value>), String> {
    let kind: Kind = row.kind.parse().map_err(|error| format!("{error}"))?;
    for (list, what) in [
        (&row.changed, "the changed fields"),
        (&row.tags, "the tags"),
    ] {
        serde_json::from_str::<Vec<String>>(list).map_err(|error| format!("{what}: {error}"))?;
    }
    Document::from_text(kind, &row.content).map_err(|error| error.to_string())?;
    let content = serde_json::from_str(&row.content).map_err(|error| error.to_string())?;
    Ok((kind, content))
}

impl Past {
    fn note(&mut self, number: i64, kind: Kind, content: &Map<String, Value>, found: &mut Checked) {
        let mut here = HashSet::new();
        for (list, id) in row_numbers(kind, content) {
            self.highest = self.highest.max(id);
            if id < 1 || !here.insert((list, id)) {
                found.find(
                    format!(
                        "page {}, revision {number}: more than one row of {list} has the number {id}",
                        self.page
                    ),
                    None,
                );
            }
        }
    }

    fn end(&self, found: &mut Checked) {
        if self.highest > self.last_row {
            found.find(
                format!(
                    "page {} would give out row numbers after {} again; {} is in use",
                    self.page, self.last_row, self.highest
                ),
                Some(Remedy::LastRow(self.page)),
            );
        }
    }
}

/// The list and the number of every row.
pub(super) fn row_numbers(kind: Kind, content: &Map<String, Value>) -> Vec<(&'static str, i64)> {
    let mut numbers = Vec::new();
    for list in row_lists(kind) {
        let rows = content.get(list).and_then(Value::as_array);
        let ids = rows
            .into_iter()
            .flatten()
            .map(|row| row.get("id").and_then(Value::as_i64));
        numbers.extend(ids.map(|id| (list, id.unwrap_or(0))));
    }
    numbers
}
