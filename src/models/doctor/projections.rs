//! What is derived says what the latest revisions give. All of it is computed anew, by the code that saves, into temporary tables in
//! front of the real ones, and compared row by row.

use std::collections::BTreeSet;

use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{BigInt, Text};

use super::tables::{Holds, TABLES};
use super::{Checked, Remedy, odd, pages};
use crate::db::{Conn, tables};
use crate::models::page::document::{Document, Head};
use crate::models::page::{Kind, PageId, projection};

/// Pages read at once.
const CHUNK: usize = 200;

#[derive(QueryableByName)]
struct Live {
    #[diesel(sql_type = BigInt)]
    id: PageId,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Text)]
    slug: String,
    #[diesel(sql_type = Text)]
    title: String,
    #[diesel(sql_type = Text)]
    native: String,
    #[diesel(sql_type = Text)]
    disambiguation: String,
    #[diesel(sql_type = Text)]
    sort_key: String,
    #[diesel(sql_type = Text)]
    content: String,
}

pub(super) fn check(conn: &mut Conn, report: &mut Vec<Checked>) -> QueryResult<()> {
    let mut named = Checked::new("Every page has the name its latest revision gives it");
    let mut unread = BTreeSet::new();
    let mut after = 0;
    loop {
        let chunk = chunk(conn, after)?;
        for page in &chunk {
            after = page.id;
            if let Err(what) = project(conn, page, &mut named) {
                unread.insert(page.id);
                named.find(
                    format!("{}: {what}", pages::name(page.id, &page.kind, &page.slug)),
                    None,
                );
            }
        }
        if chunk.len() < CHUNK {
            break;
        }
    }
    report.push(named);
    let (schema, all) = (tables::schema(conn)?, tables::tables(conn)?);
    for (name, holds) in TABLES {
        let Some(table) = all.iter().find(|table| table.name == name) else {
            continue;
        };
        match holds {
            Holds::Originals => {}
            Holds::Tallies => report.push(tallies(conn, &schema)?),
            Holds::Derived(page) => report.push(rows(conn, &schema, table, page, &unread)?),
        }
    }
    Ok(())
}

fn chunk(conn: &mut Conn, after: PageId) -> QueryResult<Vec<Live>> {
    sql_query(format!(
        "SELECT p.id, p.kind, p.slug, p.title, p.native, p.disambiguation, p.sort_key, r.content \
         FROM pages AS p JOIN revisions AS r ON r.id = p.revision_id \
         WHERE p.state = 'live' AND p.id > {after} ORDER BY p.id LIMIT {CHUNK}"
    ))
    .load(conn)
}

/// Derives everything of a page anew, and compares its own row. An error is why that cannot be done.
fn project(conn: &mut Conn, page: &Live, named: &mut Checked) -> Result<(), String> {
    let kind: Kind = page.kind.parse().map_err(|error| format!("{error}"))?;
    let document = Document::from_text(kind, &page.content)
        .map_err(|error| format!("its latest revision cannot be read: {error}"))?;
    if !says(page, &document.head) {
        named.find(
            format!(
                "{} is stored under another name",
                pages::name(page.id, &page.kind, &page.slug)
            ),
            Some(Remedy::Page(page.id)),
        );
    }
    conn.transaction(|conn| projection::rewrite(conn, page.id, None, document))
        .map_err(|error| format!("what it gives cannot be written: {error}"))?;
    Ok(())
}

fn says(page: &Live, head: &Head) -> bool {
    page.title == head.title()
        && page.native == head.native()
        && page.disambiguation == head.disambiguation
        && page.sort_key == projection::sort_key(head)
}

/// Compares a table with what was computed; its pages are in the column `page`.
fn rows(
    conn: &mut Conn,
    schema: &str,
    table: &tables::Table,
    page: &str,
    unread: &BTreeSet<PageId>,
) -> QueryResult<Checked> {
    let name = &table.name;
    let mut checked = Checked::new(format!("{name} has what the latest revisions give"));
    // The number of a row is only where it lies.
    let columns: Vec<String> = table
        .columns
        .iter()
        .filter(|column| table.numbered.as_ref() != Some(&column.name))
        .map(|column| format!("\"{}\"", column.name))
        .collect();
    let columns = columns.join(", ");
    let of = |table: &str| {
        format!("SELECT {columns}, count(*) AS copies FROM {table} GROUP BY {columns}")
    };
    let (real, anew) = (of(&format!("{schema}.{name}")), of(name));
    for (one, other, words) in [
        (&real, &anew, "too many or wrong"),
        (&anew, &real, "missing"),
    ] {
        let query = format!(
            "SELECT {page} AS id, 'page ' || CAST({page} AS TEXT) || ': rows of {name} {words}: ' || CAST(count(*) AS TEXT) AS line \
             FROM ({one} EXCEPT {other}) AS different GROUP BY {page}"
        );
        for found in odd(conn, &query)? {
            if !unread.contains(&found.id) {
                checked.find(found.line, Some(Remedy::Page(found.id)));
            }
        }
    }
    Ok(checked)
}

/// Compares the numbers; what a tally is called depends on who had it first, and one that fell to nothing stays.
fn tallies(conn: &mut Conn, schema: &str) -> QueryResult<Checked> {
    let mut checked = Checked::new("tallies has the numbers of pages that facets has");
    let query = format!(
        "SELECT CAST(0 AS BIGINT) AS id, kind || ' ' || facet || ' ' || value || ': ' || CAST(sum(stored) AS TEXT) || ' pages are told and there are ' || CAST(sum(counted) AS TEXT) AS line \
         FROM (SELECT kind, facet, value, pages AS stored, 0 AS counted FROM {schema}.tallies \
         UNION ALL SELECT kind, facet, value, 0, count(*) FROM {schema}.facets GROUP BY kind, facet, value) AS both_of_them \
         GROUP BY kind, facet, value HAVING sum(stored) <> sum(counted)"
    );
    for found in odd(conn, &query)? {
        checked.find(found.line, Some(Remedy::Tallies));
    }
    Ok(checked)
}
