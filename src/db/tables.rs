//! The tables there are, as the store itself tells: for checks and backups, which must not depend on what a list in the code
//! remembers.

use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{BigInt, Bool, Text};

use super::Conn;

/// A column, in its table's order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    pub name: String,
    /// The type as the store names it: `INTEGER` or `bigint`, `TEXT` or `text`.
    pub kind: String,
}

/// A table of the wiki; those of the store and of the migrations are not told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    pub name: String,
    pub columns: Vec<Column>,
    /// The columns of the primary key, in its order.
    pub key: Vec<String>,
    /// The column whose numbers the store gives out, each once.
    pub numbered: Option<String>,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = Text)]
    column_name: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = BigInt)]
    place_in_key: i64,
    #[diesel(sql_type = Bool)]
    is_numbered: bool,
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

const OF_SQLITE: &str = "SELECT m.name AS table_name, c.name AS column_name, c.type AS kind, c.pk AS place_in_key, \
     c.pk = 1 AND m.sql LIKE '%AUTOINCREMENT%' AS is_numbered \
     FROM main.sqlite_master AS m, pragma_table_info(m.name, 'main') AS c \
     WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND m.name NOT LIKE '\\_\\_%' ESCAPE '\\' \
     ORDER BY m.name, c.cid";

const OF_POSTGRES: &str = "SELECT c.relname::text AS table_name, a.attname::text AS column_name, \
     format_type(a.atttypid, NULL) AS kind, a.attidentity <> '' AS is_numbered, \
     coalesce(array_position(i.indkey::smallint[], a.attnum) + 1, 0)::bigint AS place_in_key \
     FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped \
     LEFT JOIN pg_index AS i ON i.indrelid = c.oid AND i.indisprimary \
     WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace AND c.relname NOT LIKE '\\_\\_%' \
     ORDER BY c.relname COLLATE \"C\", a.attnum";

/// Every table, by name.
pub fn tables(conn: &mut Conn) -> QueryResult<Vec<Table>> {
    let rows: Vec<Row> = sql_query(match conn {
        Conn::Sqlite(_) => OF_SQLITE,
        Conn::Pg(_) => OF_POSTGRES,
    })
    .load(conn)?;
    let mut tables: Vec<Table> = Vec::new();
    for of_table in rows.chunk_by(|one, other| one.table_name == other.table_name) {
        let mut key: Vec<&Row> = of_table.iter().filter(|row| row.place_in_key > 0).collect();
        key.sort_by_key(|row| row.place_in_key);
        let columns = of_table.iter().map(|row| Column {
            name: row.column_name.clone(),
            kind: row.kind.clone(),
        });
        let Some(first) = of_table.first() else {
            continue;
        };
        tables.push(Table {
            name: first.table_name.clone(),
            columns: columns.collect(),
            key: key.iter().map(|row| row.column_name.clone()).collect(),
            numbered: of_table
                .iter()
                .find(|row| row.is_numbered)
                .map(|row| row.column_name.clone()),
        });
    }
    Ok(tables)
}

/// Where the real tables are, for queries beside temporary ones of the same names.
pub fn schema(conn: &mut Conn) -> QueryResult<String> {
    match conn {
        Conn::Sqlite(_) => Ok("main".to_owned()),
        Conn::Pg(_) => text(conn, "SELECT quote_ident(current_schema()) AS line"),
    }
}

/// The names of the migrations that were applied, oldest first.
pub fn applied_migrations(conn: &mut Conn) -> QueryResult<Vec<String>> {
    let query = "SELECT CAST(version AS TEXT) AS line FROM __diesel_schema_migrations ORDER BY 1";
    let rows: Vec<Line> = sql_query(query).load(conn)?;
    Ok(rows.into_iter().map(|row| row.line).collect())
}

/// The number the next row of a table gets; 0 for a table whose numbers the store does not give out.
pub fn next_number(conn: &mut Conn, table: &Table) -> QueryResult<i64> {
    let query = match conn {
        Conn::Sqlite(_) if table.numbered.is_some() => format!(
            "SELECT coalesce((SELECT seq FROM main.sqlite_sequence WHERE name = '{}'), 0) + 1 AS number",
            table.name
        ),
        Conn::Pg(_) if table.numbered.is_some() => format!(
            "SELECT last_value + CASE WHEN is_called THEN 1 ELSE 0 END AS number FROM {}",
            sequence(conn, table)?
        ),
        _ => return Ok(0),
    };
    Ok(sql_query(query).get_result::<Number>(conn)?.number)
}

/// Makes the next row of a table get this number.
pub fn set_next_number(conn: &mut Conn, table: &Table, next: i64) -> QueryResult<()> {
    match conn {
        Conn::Sqlite(_) => {
            let forget = format!("DELETE FROM sqlite_sequence WHERE name = '{}'", table.name);
            sql_query(forget).execute(conn)?;
            let keep = format!(
                "INSERT INTO sqlite_sequence (name, seq) VALUES ('{}', {})",
                table.name,
                next - 1
            );
            sql_query(keep).execute(conn)?;
        }
        Conn::Pg(_) => {
            let set = format!("SELECT setval('{}', {next}, false)", sequence(conn, table)?);
            sql_query(set).execute(conn)?;
        }
    }
    Ok(())
}

/// The name of what gives out a table's numbers on PostgreSQL.
fn sequence(conn: &mut Conn, table: &Table) -> QueryResult<String> {
    let (schema, column) = (schema(conn)?, table.numbered.as_deref().unwrap_or("id"));
    let query = format!(
        "SELECT pg_get_serial_sequence('{schema}.{}', '{column}') AS line",
        table.name
    );
    text(conn, &query)
}

fn text(conn: &mut Conn, query: &str) -> QueryResult<String> {
    Ok(sql_query(query).get_result::<Line>(conn)?.line)
}
