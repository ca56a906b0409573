//! The catalogue as files: one page a file, TOML front matter and Markdown. The starter catalogue, `yeoun import` and
//! `yeoun export` share the format; `content/README.md` describes it.

pub mod export;
pub mod file;
mod lines;
pub mod starter;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use diesel::prelude::*;

use crate::db::Conn;
use crate::models::catalogue::file::ContentFile;
use crate::models::link::RefKey;
use crate::models::page::content::Faults;
use crate::models::page::save::{self, Proposal, SaveError, Saved};
use crate::models::page::{Kind, State};
use crate::models::user::Editor;
use crate::schema::pages;

/// Something wrong with a file: where, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    pub file: String,
    /// Line of the file, from one; nothing when the file as a whole is meant.
    pub line: Option<usize>,
    pub field: String,
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        if !self.field.is_empty() {
            write!(f, ": {}", self.field)?;
        }
        write!(f, ": {}", self.message)
    }
}

/// What an import did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    pub created: usize,
    pub changed: usize,
    pub unchanged: usize,
    /// Files that were left out, each with its reasons.
    pub problems: Vec<Problem>,
}

/// Imports files in one transaction: each good file becomes a revision of its page; a file with any fault is left out whole and
/// told of, and so is a file whose facts name a page that is neither here nor in a good file.
///
/// # Errors
/// Only the store's own.
pub fn import(
    conn: &mut Conn,
    by: &Editor,
    files: &[(String, String)],
    at: i64,
) -> QueryResult<Report> {
    let mut report = Report::default();
    let mut good: BTreeMap<(Kind, String), ContentFile> = BTreeMap::new();
    for (path, text) in files {
        match ContentFile::parse(path, text) {
            Ok(file) => {
                good.insert((file.kind, file.slug.to_string()), file);
            }
            Err(problems) => report.problems.extend(problems),
        }
    }
    leave_out_dangling(conn, &mut good, &mut report)?;
    let mut reserved = Vec::with_capacity(good.len());
    for file in good.values() {
        reserved.push(save::reserve(conn, file.kind, &file.slug, at)?);
    }
    for (file, page) in good.values().zip(reserved) {
        let proposal = Proposal {
            base: page.revision_id,
            document: file.document.clone(),
            note: "Imported from a content file.".to_owned(),
            at,
            tags: &[],
        };
        match save::save(conn, by, page.id, &proposal) {
            Ok(Saved::Unchanged) => report.unchanged += 1,
            Ok(Saved::Revision { number: 1, .. }) => report.created += 1,
            Ok(Saved::Revision { .. }) => report.changed += 1,
            Err(SaveError::Db(error)) => return Err(error),
            Err(SaveError::Faults(faults)) => {
                report.problems.extend(file.problems(&faults));
                diesel::delete(
                    pages::table
                        .filter(pages::id.eq(page.id))
                        .filter(pages::state.eq(State::Reserved)),
                )
                .execute(conn)?;
            }
            Err(refusal) => report.problems.push(file.problem("", refusal.to_string())),
        }
    }
    report.problems.sort();
    Ok(report)
}

/// Leaves out files whose facts name pages that will not be there, again and again until nothing dangles.
fn leave_out_dangling(
    conn: &mut Conn,
    good: &mut BTreeMap<(Kind, String), ContentFile>,
    report: &mut Report,
) -> QueryResult<()> {
    let mut wanted: BTreeSet<(Kind, String)> = BTreeSet::new();
    for file in good.values_mut() {
        file.document.visit_refs(&mut |_, _, reference| {
            if let RefKey::Slug(slug) = &reference.key {
                wanted.insert((reference.kind, slug.to_string()));
            }
        });
    }
    wanted.retain(|key| !good.contains_key(key));
    let known = save::known_slugs(conn, &wanted)?;
    loop {
        let there: BTreeSet<(Kind, String)> =
            good.keys().cloned().chain(known.keys().cloned()).collect();
        let mut dangling: Vec<((Kind, String), Faults)> = Vec::new();
        for (key, file) in good.iter_mut() {
            let mut faults = Faults::default();
            file.document.visit_refs(&mut |path, _, reference| {
                if let RefKey::Slug(slug) = &reference.key
                    && !there.contains(&(reference.kind, slug.to_string()))
                {
                    faults.add(
                        path,
                        format!(
                            "There is no page {reference}, neither here nor among the good files."
                        ),
                    );
                }
            });
            if !faults.is_empty() {
                dangling.push((key.clone(), faults));
            }
        }
        if dangling.is_empty() {
            return Ok(());
        }
        for (key, faults) in dangling {
            if let Some(file) = good.remove(&key) {
                report.problems.extend(file.problems(&faults));
            }
        }
    }
}
