//! The store's own check.

use diesel::QueryResult;

use super::{Checked, Remedy};
use crate::db::{Conn, integrity};

pub(super) fn check(conn: &mut Conn, report: &mut Vec<Checked>) -> QueryResult<()> {
    let mut checked = Checked::new("The store finds nothing wrong with itself");
    let found = integrity::check(conn)?;
    for complaint in found.complaints {
        let remedy = complaint.is_of_index.then_some(Remedy::Indexes);
        checked.find(complaint.text, remedy);
    }
    checked.notes = found.notes;
    report.push(checked);
    Ok(())
}
