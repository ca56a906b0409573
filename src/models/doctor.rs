//! The doctor: looks whether everything holds that the rest of the program relies on, and mends what can be derived anew.
//!
//! All of it is read from one snapshot, beside a server that runs. A new table is one line in [`tables`]; a new rule is one query in
//! the file of its check, or a check of its own in [`CHECKS`].

mod log;
mod members;
mod mend;
mod numbers;
mod pages;
mod projections;
mod redirects;
mod references;
mod snapshots;
mod store;
pub mod tables;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use crate::db::{Conn, Db, DbError};
use crate::models::page::{PageId, RevisionId};
use crate::models::user::Admin;

/// What makes a finding good again.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Remedy {
    /// Build every index anew.
    Indexes,
    /// Write anew what is derived from the page's latest revision.
    Page(PageId),
    /// Count anew how many pages have each facet.
    Tallies,
    /// Remove a redirect nobody can follow, by kind and slug.
    Redirect(String, String),
    /// Let a merged page lead straight to the page that is left.
    Merged(PageId, PageId),
    /// Remove rows that belong to nothing: the place of the rule in [`tables::references`].
    Orphans(usize),
    /// Write the line of a revision that the change log lacks.
    LogLine(RevisionId),
    /// Remember the highest number of a row of a page.
    LastRow(PageId),
    /// Give out higher numbers in a table.
    Number(String),
    /// End sessions of those who may not come in.
    Sessions,
    /// Work out anew what a member's name looks like.
    NameKey(i64),
}

/// One thing that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What, in words for the operator.
    pub what: String,
    /// How to mend it; none where only a person can tell what is right.
    pub remedy: Option<Remedy>,
}

/// What one check found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checked {
    /// What must hold, as a sentence.
    pub name: String,
    pub findings: Vec<Finding>,
    /// What the operator should know and need not mend.
    pub notes: Vec<String>,
}

impl Checked {
    fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            ..Self::default()
        }
    }

    fn find(&mut self, what: impl Into<String>, remedy: Option<Remedy>) {
        self.findings.push(Finding {
            what: what.into(),
            remedy,
        });
    }
}

/// What all checks found, in the order of [`CHECKS`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    pub checks: Vec<Checked>,
}

impl Report {
    /// Whether everything holds.
    pub fn is_clean(&self) -> bool {
        self.checks.iter().all(|check| check.findings.is_empty())
    }

    /// How many things do not hold.
    pub fn findings(&self) -> usize {
        self.checks.iter().map(|check| check.findings.len()).sum()
    }

    /// What would mend what can be mended, in the order to do it, each once.
    pub fn remedies(&self) -> Vec<Remedy> {
        let findings = self.checks.iter().flat_map(|check| &check.findings);
        let mut remedies: Vec<Remedy> = findings
            .filter_map(|finding| finding.remedy.clone())
            .collect();
        // Whatever was wrong with a page, its facets were counted with it.
        if remedies
            .iter()
            .any(|remedy| matches!(remedy, Remedy::Page(_)))
        {
            remedies.push(Remedy::Tallies);
        }
        remedies.sort_by_key(|remedy| (*remedy == Remedy::Tallies, remedy.clone()));
        remedies.dedup();
        remedies
    }
}

type Check = fn(&mut Conn, &mut Vec<Checked>) -> QueryResult<()>;

/// Every check there is, in the order it is told. Those of the store come first: nothing below can be trusted without it.
const CHECKS: [Check; 10] = [
    store::check,
    tables::check,
    numbers::check,
    references::check,
    snapshots::check,
    pages::check,
    projections::check,
    redirects::check,
    log::check,
    members::check,
];

/// Looks at everything, in one snapshot. Changes nothing.
///
/// # Errors
/// When the store could not be read at all.
pub fn examine(db: &Db) -> Result<Report, DbError> {
    db.over_shadows(&tables::derived(), |conn| {
        let mut report = Report::default();
        for check in CHECKS {
            check(conn, &mut report.checks)?;
        }
        Ok(report)
    })
}

/// Most times the store is gone through: what is derived of one page may need another's to be right first.
const ROUNDS: usize = 3;

/// Mends what can be derived anew, each remedy in a short write of its own, and looks again. `tell` hears what was done.
///
/// # Errors
/// When the store could not be read or written.
pub fn rebuild(db: &Db, at: i64, tell: &mut dyn FnMut(&str)) -> Result<Report, DbError> {
    let mut report = examine(db)?;
    let mut tried = Vec::new();
    for _ in 0..ROUNDS {
        let remedies = report.remedies();
        if remedies.is_empty() || remedies == tried {
            break;
        }
        for remedy in &remedies {
            let now = remedy.clone();
            let done = db.write_blocking(move |conn| -> Result<_, DbError> {
                Ok(mend::mend(conn, &Admin::operator(), &now, at)?)
            });
            match done {
                Ok(done) => tell(&done),
                // What one row says that cannot be read must not keep the others from being mended.
                Err(DbError::Query(error)) => {
                    tell(&format!("nothing, for {remedy:?} failed: {error}"))
                }
                Err(error) => return Err(error),
            }
        }
        tried = remedies;
        report = examine(db)?;
    }
    Ok(report)
}

/// A row of a query that looks for what does not hold: what it is about, and what to say of it.
#[derive(QueryableByName)]
struct Odd {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = Text)]
    line: String,
}

/// Most findings that one rule tells: a store in which more is wrong is not mended one by one.
const MOST: usize = 1000;

/// Runs a query for what does not hold, which answers `id` and `line`.
fn odd(conn: &mut Conn, query: &str) -> QueryResult<Vec<Odd>> {
    diesel::sql_query(format!(
        "SELECT id, line FROM ({query}) AS odd ORDER BY id, line LIMIT {MOST}"
    ))
    .load(conn)
}

/// Words as a list for `IN`.
fn quoted<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words
        .map(|word| format!("'{word}'"))
        .collect::<Vec<_>>()
        .join(", ")
}
