//! What there is to check: every table of the wiki, and what its rows belong to.

use std::collections::BTreeSet;

use diesel::QueryResult;

use super::Checked;
use crate::db::{Conn, tables};

/// What kind of rows a table has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// What people wrote or did. Nothing else can tell what is right.
    Originals,
    /// What the latest revisions say, found by the page in this column.
    Derived(&'static str),
    /// The number of pages with each facet.
    Tallies,
}

/// What becomes of a row whose other end is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Orphan {
    /// It says nothing without the other: it may go.
    Remove,
    /// A person has to look.
    Keep,
}

/// A column whose values are numbers of another table's rows.
#[derive(Debug, Clone, Copy)]
pub struct Reference {
    pub table: &'static str,
    pub column: &'static str,
    /// The table it leads to, by the column `id`.
    pub to: &'static str,
    pub orphan: Orphan,
}

const fn leads(
    table: &'static str,
    column: &'static str,
    to: &'static str,
    orphan: Orphan,
) -> Reference {
    Reference {
        table,
        column,
        to,
        orphan,
    }
}

/// Every table, each with what it holds. A table that is not here is told of as unknown, and a test asks for it.
pub const TABLES: [(&str, Holds); 30] = [
    ("pages", Holds::Originals),
    ("revisions", Holds::Originals),
    ("hidden_parts", Holds::Originals),
    ("redirects", Holds::Originals),
    ("changes", Holds::Originals),
    ("title_keys", Holds::Derived("page_id")),
    ("page_links", Holds::Derived("from_id")),
    ("external_links", Holds::Derived("page_id")),
    ("facets", Holds::Derived("page_id")),
    ("tallies", Holds::Tallies),
    ("song_uses", Holds::Derived("page_id")),
    ("artist_credits", Holds::Derived("page_id")),
    ("credits", Holds::Derived("page_id")),
    ("cues", Holds::Derived("page_id")),
    ("episode_songs", Holds::Derived("song_id")),
    ("castings", Holds::Derived("page_id")),
    ("memberships", Holds::Derived("page_id")),
    ("album_facts", Holds::Derived("page_id")),
    ("tracks", Holds::Derived("page_id")),
    ("drama_facts", Holds::Derived("page_id")),
    ("article_facts", Holds::Derived("page_id")),
    ("users", Holds::Originals),
    ("sessions", Holds::Originals),
    ("login_attempts", Holds::Originals),
    ("invites", Holds::Originals),
    ("audit", Holds::Originals),
    ("patrols", Holds::Originals),
    ("watches", Holds::Originals),
    ("takebacks", Holds::Originals),
    ("drafts", Holds::Originals),
];

/// What belongs to what. Derived tables need no line: they are compared row by row with what they should say.
pub const REFERENCES: [Reference; 16] = [
    leads("revisions", "page_id", "pages", Orphan::Keep),
    leads("hidden_parts", "revision_id", "revisions", Orphan::Keep),
    leads("pages", "merged_into", "pages", Orphan::Keep),
    leads("redirects", "page_id", "pages", Orphan::Remove),
    leads("changes", "page_id", "pages", Orphan::Keep),
    leads("changes", "revision_id", "revisions", Orphan::Keep),
    leads("page_links", "to_id", "pages", Orphan::Keep),
    leads("sessions", "user_id", "users", Orphan::Remove),
    leads("patrols", "revision_id", "revisions", Orphan::Remove),
    leads("watches", "user_id", "users", Orphan::Remove),
    leads("watches", "page_id", "pages", Orphan::Remove),
    leads("audit", "page_id", "pages", Orphan::Keep),
    leads("audit", "user_id", "users", Orphan::Keep),
    leads("takebacks", "revision_id", "revisions", Orphan::Remove),
    leads("takebacks", "page_id", "pages", Orphan::Remove),
    leads("drafts", "user_id", "users", Orphan::Remove),
];

/// The tables that are computed anew to be compared.
pub(super) fn derived() -> Vec<&'static str> {
    let is_derived = |holds: &Holds| *holds != Holds::Originals;
    let named = TABLES.iter().filter(|(_, holds)| is_derived(holds));
    named.map(|(name, _)| *name).collect()
}

pub(super) fn check(conn: &mut Conn, report: &mut Vec<Checked>) -> QueryResult<()> {
    let mut checked = Checked::new("Every table is there");
    let found: BTreeSet<String> = tables::tables(conn)?
        .into_iter()
        .map(|table| table.name)
        .collect();
    for (name, _) in TABLES {
        if !found.contains(name) {
            checked.find(format!("there is no table {name}"), None);
        }
    }
    for name in found {
        if !TABLES.iter().any(|(known, _)| *known == name) {
            checked.notes.push(format!(
                "the table {name} is not known, so nothing in it was checked"
            ));
        }
    }
    report.push(checked);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{REFERENCES, TABLES};

    #[test]
    fn every_table_of_the_schema_is_known_here() {
        let schema = include_str!("../../schema.rs");
        let is_there = |name: &str| schema.contains(&format!("\n    {name} ("));
        for part in schema.split("diesel::table! {").skip(1) {
            let name = part.trim_start().split(' ').next().unwrap_or_default();
            assert!(
                TABLES.iter().any(|(known, _)| *known == name),
                "say in src/models/doctor/tables.rs what {name} holds and what its rows belong to"
            );
        }
        for (name, _) in TABLES {
            assert!(is_there(name), "there is no table {name}");
        }
        for reference in REFERENCES {
            assert!(
                is_there(reference.table) && is_there(reference.to),
                "{reference:?}"
            );
        }
    }
}
