//! Rows that belong to nothing.

use diesel::QueryResult;

use super::tables::{Orphan, REFERENCES, Reference};
use super::{Checked, Remedy, odd};
use crate::db::{Conn, tables};

pub(super) fn check(conn: &mut Conn, report: &mut Vec<Checked>) -> QueryResult<()> {
    let mut checked = Checked::new("Every row belongs to something that is there");
    let schema = tables::schema(conn)?;
    for (reference, place) in REFERENCES.iter().zip(0..) {
        let remedy = (reference.orphan == Orphan::Remove).then_some(Remedy::Orphans(place));
        for found in odd(conn, &orphans(reference, &schema))? {
            checked.find(found.line, remedy.clone());
        }
    }
    report.push(checked);
    Ok(())
}

/// How many rows of the table lead to each number that is not there. The real table is asked, not the one in front of it.
fn orphans(reference: &Reference, schema: &str) -> String {
    let Reference {
        table, column, to, ..
    } = reference;
    format!(
        "SELECT t.{column} AS id, CAST(count(*) AS TEXT) || ' of {table}: {column} leads to number ' || CAST(t.{column} AS TEXT) || ', which is not in {to}' AS line \
         FROM {schema}.{table} AS t LEFT JOIN {schema}.{to} AS o ON o.id = t.{column} \
         WHERE t.{column} IS NOT NULL AND o.id IS NULL GROUP BY t.{column}"
    )
}
