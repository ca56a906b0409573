//! Temporary tables in front of real ones, so that what is derived can be computed anew beside what is stored, by the same code.

use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::Text;

use super::conn::{self, Conn};
use super::error::DbError;
use super::sqlite::Access;
use super::{Db, Side, tables};

#[derive(QueryableByName)]
struct Definition {
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    sql: String,
}

impl Db {
    /// Runs a closure over one snapshot of the store in which each of these tables is hidden behind an empty temporary one of the
    /// same name and make. What the closure writes goes there and is gone with it; the real rows are at [`tables::schema`]. The
    /// store itself cannot be changed by it, no lock is taken that another process would wait for, and nothing limits how long it
    /// may take. Blocks this thread.
    ///
    /// # Errors
    /// What the closure returned, or why the store did not run it.
    pub fn over_shadows<T>(
        &self,
        names: &[&str],
        f: impl FnOnce(&mut Conn) -> QueryResult<T>,
    ) -> Result<T, DbError> {
        let mut conn = match &self.inner.side {
            Side::Sqlite(file, _) => file.connect(Access::ReadWrite),
            Side::Postgres(workers) => workers.server().connect_unlimited().map(Conn::Pg),
        }
        .map_err(DbError::Unavailable)?;
        let schema = tables::schema(&mut conn)?;
        for name in names {
            shadow(&mut conn, &schema, name)?;
        }
        conn::begin(
            &mut conn,
            "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
            "BEGIN DEFERRED",
        )?;
        let outcome = f(&mut conn);
        conn::roll_back_to(&mut conn, 0);
        Ok(outcome?)
    }
}

fn shadow(conn: &mut Conn, schema: &str, name: &str) -> QueryResult<()> {
    if matches!(conn, Conn::Pg(_)) {
        let like = format!("CREATE TEMP TABLE {name} (LIKE {schema}.{name} INCLUDING ALL)");
        return sql_query(like).execute(conn).map(drop);
    }
    let definitions: Vec<Definition> = sql_query(format!(
        "SELECT type AS kind, name, sql FROM main.sqlite_master \
         WHERE tbl_name = '{name}' AND sql IS NOT NULL ORDER BY type = 'table' DESC, name"
    ))
    .load(conn)?;
    for Definition {
        kind,
        name: own,
        sql,
    } in definitions
    {
        // Everything before the columns is names, which may be quoted in several ways.
        let columns = sql
            .find('(')
            .and_then(|at| sql.get(at..))
            .unwrap_or_default();
        let is_unique = sql.to_uppercase().starts_with("CREATE UNIQUE");
        let copy = match kind.as_str() {
            "table" => format!("CREATE TEMP TABLE {name} {columns}"),
            "index" if is_unique => format!("CREATE UNIQUE INDEX temp.{own} ON {name} {columns}"),
            "index" => format!("CREATE INDEX temp.{own} ON {name} {columns}"),
            _ => continue,
        };
        sql_query(copy).execute(conn)?;
    }
    Ok(())
}
