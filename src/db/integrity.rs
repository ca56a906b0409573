//! The store's own check of itself.

use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::Text;

use super::{Conn, tables};

/// What the store finds wrong with itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Integrity {
    pub complaints: Vec<Complaint>,
    /// What was not looked at, and what to do so that it is.
    pub notes: Vec<String>,
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Complaint {
    /// The store's words.
    pub text: String,
    /// Whether it is about an index, which can be built anew from its table.
    pub is_of_index: bool,
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

fn lines(conn: &mut Conn, query: &str) -> QueryResult<Vec<String>> {
    let rows: Vec<Line> = sql_query(query).load(conn)?;
    Ok(rows.into_iter().map(|row| row.line).collect())
}

/// Has the store check itself: every page, row and index on SQLite; on PostgreSQL every index, and with the extension `amcheck`
/// every row as well.
pub fn check(conn: &mut Conn) -> QueryResult<Integrity> {
    match conn {
        Conn::Sqlite(_) => sqlite(conn),
        Conn::Pg(_) => postgres(conn),
    }
}

/// Builds every index anew.
pub fn rebuild_indexes(conn: &mut Conn) -> QueryResult<()> {
    if matches!(conn, Conn::Sqlite(_)) {
        return sql_query("REINDEX").execute(conn).map(drop);
    }
    for table in tables::tables(conn)? {
        sql_query(format!("REINDEX TABLE {}", table.name)).execute(conn)?;
    }
    Ok(())
}

fn sqlite(conn: &mut Conn) -> QueryResult<Integrity> {
    let mut found = Integrity::default();
    let check =
        "SELECT integrity_check AS line FROM pragma_integrity_check WHERE integrity_check <> 'ok'";
    for text in lines(conn, check)? {
        let is_of_index = text.contains("missing from index")
            || text.contains("wrong # of entries in index")
            || text.contains("non-unique entry in index");
        found.complaints.push(Complaint { text, is_of_index });
    }
    let keys = "SELECT 'a row of ' || \"table\" || ' points at no row of ' || \"parent\" AS line FROM pragma_foreign_key_check LIMIT 50";
    found
        .complaints
        .extend(lines(conn, keys)?.into_iter().map(|text| Complaint {
            text,
            is_of_index: false,
        }));
    Ok(found)
}

const STATE_OF_POSTGRES: &str = "SELECT 'the index ' || c.relname || ' is not valid' AS line FROM pg_index AS i \
     JOIN pg_class AS c ON c.oid = i.indexrelid \
     WHERE c.relnamespace = current_schema()::regnamespace AND NOT (i.indisvalid AND i.indisready) ORDER BY 1";

const CONSTRAINTS: &str = "SELECT 'the constraint ' || conname || ' was never validated' AS line FROM pg_constraint \
     WHERE connamespace = current_schema()::regnamespace AND NOT convalidated ORDER BY 1";

const AMCHECK: &str = "SELECT n.nspname::text AS line FROM pg_extension AS e JOIN pg_namespace AS n ON n.oid = e.extnamespace \
     WHERE e.extname = 'amcheck'";

fn postgres(conn: &mut Conn) -> QueryResult<Integrity> {
    let mut found = Integrity::default();
    for (query, is_of_index) in [(STATE_OF_POSTGRES, true), (CONSTRAINTS, false)] {
        let texts = lines(conn, query)?;
        found.complaints.extend(
            texts
                .into_iter()
                .map(|text| Complaint { text, is_of_index }),
        );
    }
    match lines(conn, AMCHECK)?.first() {
        Some(schema) => found.complaints.extend(amcheck(conn, schema)?),
        None => found.notes.push(
            "the rows and the order of the indexes were not checked: PostgreSQL needs the extension for it (CREATE EXTENSION amcheck)"
                .to_owned(),
        ),
    }
    Ok(found)
}

/// Each in a savepoint, for a complaint about an index comes as an error.
fn amcheck(conn: &mut Conn, schema: &str) -> QueryResult<Vec<Complaint>> {
    let indexes = lines(
        conn,
        "SELECT c.oid::text AS line FROM pg_class AS c JOIN pg_am AS a ON a.oid = c.relam JOIN pg_index AS i ON i.indexrelid = c.oid \
         WHERE a.amname = 'btree' AND c.relnamespace = current_schema()::regnamespace AND i.indisvalid ORDER BY c.relname",
    )?;
    let mut found = Vec::new();
    for index in indexes {
        let check = format!("SELECT {schema}.bt_index_check({index}, true)");
        match conn.transaction(|conn| sql_query(check).execute(conn)) {
            Ok(_) => {}
            Err(diesel::result::Error::DatabaseError(_, info)) => found.push(Complaint {
                text: info.message().to_owned(),
                is_of_index: true,
            }),
            Err(error) => return Err(error),
        }
    }
    let ours = tables::schema(conn)?;
    for table in tables::tables(conn)? {
        let check = format!(
            "SELECT '{0}: ' || msg AS line FROM {schema}.verify_heapam(relation := '{ours}.{0}') LIMIT 50",
            table.name
        );
        let texts = lines(conn, &check)?;
        found.extend(texts.into_iter().map(|text| Complaint {
            text,
            is_of_index: false,
        }));
    }
    Ok(found)
}
