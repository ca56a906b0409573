//! Numbers are given out once: the next one is higher than every one that is in use.

use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::BigInt;

use super::{Checked, Remedy};
use crate::db::{Conn, tables};

#[derive(QueryableByName)]
struct Highest {
    #[diesel(sql_type = BigInt)]
    highest: i64,
}

pub(super) fn check(conn: &mut Conn, report: &mut Vec<Checked>) -> QueryResult<()> {
    let mut checked = Checked::new("No number is given out twice");
    for table in tables::tables(conn)? {
        let (next, highest) = (tables::next_number(conn, &table)?, highest(conn, &table)?);
        if table.numbered.is_some() && next <= highest {
            checked.find(
                format!(
                    "{} would give out the number {next} again; {highest} is in use",
                    table.name
                ),
                Some(Remedy::Number(table.name.clone())),
            );
        }
    }
    report.push(checked);
    Ok(())
}

/// The highest number in use; 0 where there is none.
pub(super) fn highest(conn: &mut Conn, table: &tables::Table) -> QueryResult<i64> {
    let Some(column) = &table.numbered else {
        return Ok(0);
    };
    let schema = tables::schema(conn)?;
    let query = format!(
        "SELECT coalesce(max({column}), 0) AS highest FROM {schema}.{}",
        table.name
    );
    Ok(sql_query(query).get_result::<Highest>(conn)?.highest)
}
