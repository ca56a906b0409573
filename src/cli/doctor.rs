//! `yeoun doctor [--rebuild]`.

use clap::{Arg, ArgAction, Command};

use super::{Failed, print, store};
use crate::config::Config;
use crate::db::Db;
use crate::models::doctor::{self, Checked, Report};

/// Most findings of one check that are printed; the rest are counted.
const SHOWN: usize = 20;

/// The grammar.
pub fn command() -> Command {
    Command::new("doctor")
        .about("Check that everything in the store holds; 1 when something does not")
        .arg(
            Arg::new("rebuild")
                .long("rebuild")
                .action(ArgAction::SetTrue)
                .help("Mend what can be derived anew, and say what was done"),
        )
}

/// Checks the store that the settings name, beside a server that may be running, and mends it when asked to.
///
/// # Errors
/// When something does not hold, or the store fails.
pub fn run(config: &Config, rebuild: bool) -> Result<(), Failed> {
    let db = store::open_whole(config)?;
    let outcome = visit(&db, rebuild);
    db.close();
    outcome
}

/// The same over an open store.
///
/// # Errors
/// When something does not hold, or the store fails.
pub fn visit(db: &Db, rebuild: bool) -> Result<(), Failed> {
    let missing = db.missing_migrations()?;
    if !missing.is_empty() {
        return Err(Failed(format!(
            "the database is older than this program and lacks {}; bring it up to date with yeoun migrate first",
            missing.join(", ")
        )));
    }
    let mut report = doctor::examine(db)?;
    if rebuild && !report.is_clean() {
        print(&told(&report))?;
        let mut done = String::new();
        report = doctor::rebuild(db, store::now(), &mut |deed| {
            done.push_str(&format!("mended: {deed}\n"));
        })?;
        print(&done)?;
    }
    print(&told(&report))?;
    match report.findings() {
        0 => Ok(()),
        _ if rebuild => Err(Failed(format!(
            "{} remain that only a person can mend; they are named above",
            things(report.findings())
        ))),
        _ if report.remedies().is_empty() => Err(Failed(format!(
            "{} named above; only a person can mend them",
            things(report.findings())
        ))),
        _ => Err(Failed(format!(
            "{} named above; yeoun doctor --rebuild mends what can be derived anew",
            things(report.findings())
        ))),
    }
}

fn things(count: usize) -> String {
    match count {
        1 => "1 thing does not hold:".to_owned(),
        count => format!("{count} things do not hold:"),
    }
}

/// The report, a line for each check and an indented one for each finding.
fn told(report: &Report) -> String {
    report.checks.iter().map(lines).collect()
}

fn lines(check: &Checked) -> String {
    let Checked {
        name,
        findings,
        notes,
    } = check;
    let mut text = match findings.len() {
        0 => format!("ok     {name}\n"),
        count => format!("WRONG  {name}: {count}\n"),
    };
    for finding in findings.iter().take(SHOWN) {
        let only_a_person = if finding.remedy.is_none() {
            " (not mended by itself)"
        } else {
            ""
        };
        text.push_str(&format!("         {}{only_a_person}\n", finding.what));
    }
    if findings.len() > SHOWN {
        text.push_str(&format!("         and {} more\n", findings.len() - SHOWN));
    }
    for note in notes {
        text.push_str(&format!("       note: {note}\n"));
    }
    text
}
