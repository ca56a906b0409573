//! Rows of any table as lines of JSON, and back: what a backup is made of. Both stores write and read the JSON themselves, so a line
//! of one can be read by the other, whatever the types are called there.

use std::io;

use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{BigInt, Text};

use super::tables::{Column, Table};
use super::{Conn, both, tables};

/// Rows PostgreSQL sends at once.
const CHUNK: usize = 200;

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// Why rows were not written out.
#[derive(Debug, thiserror::Error)]
pub enum DumpError {
    #[error(transparent)]
    Store(#[from] diesel::result::Error),
    #[error(transparent)]
    Write(#[from] io::Error),
}

/// Hands on every row of a table as a JSON list of its columns, in the order of its key.
///
/// # Errors
/// The store's, or that of `each`.
pub fn rows(
    conn: &mut Conn,
    table: &Table,
    each: &mut dyn FnMut(&str) -> io::Result<()>,
) -> Result<(), DumpError> {
    let (list, cells): (_, fn(&Column) -> String) = match conn {
        Conn::Sqlite(_) => ("json_array", |column| match column.kind.as_str() {
            "BLOB" => format!("hex(\"{}\")", column.name),
            _ => format!("\"{}\"", column.name),
        }),
        Conn::Pg(_) => ("json_build_array", |column| match column.kind.as_str() {
            "bytea" => format!("upper(encode(\"{}\", 'hex'))", column.name),
            _ => format!("\"{}\"", column.name),
        }),
    };
    let columns: Vec<String> = table.columns.iter().map(cells).collect();
    let order = match table.key.as_slice() {
        [] => "1".to_owned(),
        key => key
            .iter()
            .map(|name| format!("\"{name}\""))
            .collect::<Vec<_>>()
            .join(", "),
    };
    let query = format!(
        "SELECT CAST({list}({}) AS TEXT) AS line FROM {} ORDER BY {order}",
        columns.join(", "),
        table.name
    );
    match conn {
        Conn::Sqlite(conn) => {
            for row in
                sql_query(query).load_iter::<Line, diesel::connection::DefaultLoadingMode>(conn)?
            {
                each(&row?.line)?;
            }
        }
        Conn::Pg(conn) => {
            sql_query(format!("DECLARE dump NO SCROLL CURSOR FOR {query}")).execute(conn)?;
            loop {
                let rows: Vec<Line> = sql_query(format!("FETCH {CHUNK} FROM dump")).load(conn)?;
                for row in &rows {
                    each(&row.line)?;
                }
                if rows.len() < CHUNK {
                    break;
                }
            }
            sql_query("CLOSE dump").execute(conn)?;
        }
    }
    Ok(())
}

/// Writes rows into a table: a JSON list of lists, each with the values of these columns.
pub fn insert(
    conn: &mut Conn,
    table: &Table,
    columns: &[String],
    rows: &str,
) -> QueryResult<usize> {
    let names: Vec<String> = columns.iter().map(|name| format!("\"{name}\"")).collect();
    let kind = |name: &String| {
        let found = table.columns.iter().find(|column| column.name == *name);
        found.map_or("", |column| column.kind.as_str())
    };
    let is_sqlite = matches!(conn, Conn::Sqlite(_));
    let values = columns
        .iter()
        .zip(0..)
        .map(|(name, place)| match (is_sqlite, kind(name)) {
            (true, "BLOB") => format!("unhex(json_extract(value, '$[{place}]'))"),
            (true, _) => format!("json_extract(value, '$[{place}]')"),
            (false, "bytea") => format!("decode(value ->> {place}, 'hex')"),
            (false, kind) => format!("CAST(value ->> {place} AS {kind})"),
        });
    let values: Vec<String> = values.collect();
    let (names, values, name) = (names.join(", "), values.join(", "), &table.name);
    let query = if is_sqlite {
        format!("INSERT INTO {name} ({names}) SELECT {values} FROM json_each(?)")
    } else {
        format!(
            "INSERT INTO {name} ({names}) OVERRIDING SYSTEM VALUE SELECT {values} FROM json_array_elements(CAST($1 AS json)) AS rows (value)"
        )
    };
    both!(conn, c => sql_query(query).bind::<Text, _>(rows).execute(c))
}

/// How many rows there are in all tables.
pub fn count(conn: &mut Conn) -> QueryResult<i64> {
    let mut all = 0;
    for table in tables::tables(conn)? {
        let query = format!("SELECT count(*) AS count FROM {}", table.name);
        all += sql_query(query).get_result::<Count>(conn)?.count;
    }
    Ok(all)
}

/// Removes every row, also where triggers would refuse; those are put aside for the time of it.
pub fn empty(conn: &mut Conn) -> QueryResult<()> {
    let tables = tables::tables(conn)?;
    if matches!(conn, Conn::Pg(_)) {
        for Table { name, .. } in &tables {
            sql_query(format!("ALTER TABLE {name} DISABLE TRIGGER USER")).execute(conn)?;
            sql_query(format!("DELETE FROM {name}")).execute(conn)?;
            sql_query(format!("ALTER TABLE {name} ENABLE TRIGGER USER")).execute(conn)?;
        }
        return Ok(());
    }
    let triggers: Vec<Line> =
        sql_query("SELECT sql AS line FROM sqlite_master WHERE type = 'trigger' ORDER BY name")
            .load(conn)?;
    let names: Vec<Line> =
        sql_query("SELECT name AS line FROM sqlite_master WHERE type = 'trigger' ORDER BY name")
            .load(conn)?;
    for name in names {
        sql_query(format!("DROP TRIGGER \"{}\"", name.line)).execute(conn)?;
    }
    for Table { name, .. } in &tables {
        sql_query(format!("DELETE FROM {name}")).execute(conn)?;
    }
    for trigger in triggers {
        sql_query(trigger.line).execute(conn)?;
    }
    Ok(())
}
