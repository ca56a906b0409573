//! The doctor finds whatever does not hold, and mends what can be derived anew.

#[path = "doctor/broken.rs"]
mod broken;

use std::process::{Command, Output};

use diesel::RunQueryDsl;
use diesel::connection::SimpleConnection;
use yeoun::db::{DbError, StoreKind};
use yeoun::models::doctor::{self, Report};
use yeoun::models::page::{Kind, PageId};
use yeoun::models::user::Role;

use crate::on_both_stores;
use crate::support::store::AT;
use crate::support::{Site, TestStore};
use broken::{Case, FOR_A_PERSON, MENDED};

/// What everything that is wrong says, a line each.
fn complaints(report: &Report) -> String {
    let findings = report.checks.iter().flat_map(|check| &check.findings);
    findings
        .map(|finding| format!("{}\n", finding.what))
        .collect()
}

/// Looks at the store, and finds nothing.
#[track_caller]
pub fn finds_nothing(store: &TestStore) {
    assert_eq!(complaints(&doctor::examine(&store.db).unwrap()), "");
}

/// Songs of the catalogue, each for one thing to be broken in it.
fn songs(site: &Site) -> Vec<PageId> {
    let query = "SELECT CAST(id AS TEXT) AS line FROM pages WHERE kind = 'song' AND state = 'live' AND id IN \
        (SELECT page_id FROM credits) AND id IN (SELECT page_id FROM cues) ORDER BY id";
    let lines = site.read(move |conn| crate::migrations::lines(conn, query));
    lines.iter().map(|line| line.parse().unwrap()).collect()
}

/// Breaks everything at once, each in a page of its own where it is a page's: `@` stands for its number.
fn break_all(site: &Site, songs: &[PageId], cases: &[Case]) {
    let mut songs = songs.iter();
    for (statement, _) in cases {
        let statement = match statement.contains('@') {
            true => statement.replace('@', &songs.next().unwrap().to_string()),
            false => (*statement).to_owned(),
        };
        let broken = site.db.write_blocking(move |conn| -> Result<_, DbError> {
            Ok(diesel::sql_query(&statement).execute(conn)?)
        });
        assert!(broken.unwrap() > 0, "nothing was broken by it");
    }
}

#[track_caller]
fn are_told(report: &Report, cases: &[Case]) {
    let told = complaints(report);
    let untold: Vec<&Case> = cases
        .iter()
        .filter(|(_, words)| !told.contains(words))
        .collect();
    assert!(untold.is_empty(), "{untold:#?}\nare not in\n{told}");
}

on_both_stores!(
    every_rule_is_seen_to_be_broken_and_what_can_be_is_mended,
    |site| {
        site.member("Boram", Role::Member);
        site.member("Dahye", Role::Member);
        // A page with a past, so that leftovers of older revisions would show.
        let (page, revision, mut document) = site.page(Kind::Song, "stay-with-me");
        document.prose = "Heard in [[drama:goblin]].".to_owned();
        site.save(&page, Some(revision.id), &document).unwrap();
        finds_nothing(&site.store);

        let songs = songs(site);
        break_all(site, &songs, MENDED);
        are_told(&doctor::examine(&site.db).unwrap(), MENDED);
        let mut deeds = 0;
        let mended = doctor::rebuild(&site.db, AT, &mut |_| deeds += 1).unwrap();
        assert_eq!(complaints(&mended), "");
        assert!(deeds > 20, "{deeds}");

        break_all(site, &songs, FOR_A_PERSON);
        let report = doctor::rebuild(&site.db, AT, &mut |_| {}).unwrap();
        are_told(&report, FOR_A_PERSON);
    }
);

fn yeoun_doctor(store: &TestStore, more: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_yeoun"))
        .args(["doctor", "--database-url", &store.url()])
        .args(more)
        .env("YEOUN_DATA_DIR", store.dir.path())
        .env("YEOUN_LOG", "error")
        .output()
        .unwrap()
}

on_both_stores!(the_command_tells_what_is_wrong_and_what_it_did, |site| {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    // Beside the running site.
    let clean = yeoun_doctor(&site.store, &[]);
    assert_eq!(clean.status.code(), Some(0), "{}", text(&clean.stdout));
    let told = text(&clean.stdout);
    assert!(told.lines().count() > 25, "{told}");
    assert!(!told.contains("WRONG"), "{told}");

    break_all(site, &songs(site), &MENDED[..1]);
    let sick = yeoun_doctor(&site.store, &[]);
    assert_eq!(sick.status.code(), Some(1));
    assert!(
        text(&sick.stdout).contains("WRONG  title_keys has what"),
        "{}",
        text(&sick.stdout)
    );
    assert!(
        text(&sick.stderr).contains("yeoun doctor --rebuild"),
        "{}",
        text(&sick.stderr)
    );

    let mended = yeoun_doctor(&site.store, &["--rebuild"]);
    assert_eq!(mended.status.code(), Some(0), "{}", text(&mended.stderr));
    assert!(
        text(&mended.stdout).contains("mended: wrote page"),
        "{}",
        text(&mended.stdout)
    );
    assert_eq!(yeoun_doctor(&site.store, &[]).status.code(), Some(0));
});

on_both_stores!(a_table_nobody_knows_is_noticed, |site| {
    let made = site.db.write_blocking(|conn| -> Result<_, DbError> {
        Ok(diesel::sql_query("CREATE TABLE surprises (id INTEGER PRIMARY KEY)").execute(conn)?)
    });
    made.unwrap();
    let report = doctor::examine(&site.db).unwrap();
    assert!(report.is_clean());
    let notes: Vec<&String> = report
        .checks
        .iter()
        .flat_map(|check| &check.notes)
        .collect();
    assert!(
        notes.iter().any(|note| note.contains("surprises")),
        "{notes:?}"
    );
});

fn statement(site: &Site, statement: &'static str) {
    let done = site
        .db
        .write_blocking(move |conn| -> Result<_, DbError> { Ok(conn.batch_execute(statement)?) });
    done.unwrap();
}

on_both_stores!(an_index_that_is_wrong_is_told_and_built_anew, |site| {
    let says = match site.db.kind() {
        StoreKind::Sqlite => {
            statement(
                site,
                "PRAGMA writable_schema = ON; \
                 UPDATE sqlite_master SET sql = 'CREATE INDEX pages_by_update ON pages (title, id)' WHERE name = 'pages_by_update'; \
                 PRAGMA schema_version = 4711; PRAGMA writable_schema = OFF",
            );
            "missing from index pages_by_update"
        }
        StoreKind::Postgres => {
            statement(
                site,
                "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'pages_by_update'::regclass",
            );
            "the index pages_by_update is not valid"
        }
    };
    let told = complaints(&doctor::examine(&site.db).unwrap());
    assert!(told.contains(says), "{told}");
    let mended = doctor::rebuild(&site.db, AT, &mut |_| {}).unwrap();
    assert_eq!(complaints(&mended), "");
});

#[test]
fn every_row_is_checked_where_postgresql_can() {
    let site = Site::start(StoreKind::Postgres);
    let notes = |report: Report| -> Vec<String> {
        report
            .checks
            .into_iter()
            .flat_map(|check| check.notes)
            .collect()
    };
    let told = notes(doctor::examine(&site.db).unwrap());
    assert!(
        told.iter()
            .any(|note| note.contains("CREATE EXTENSION amcheck")),
        "{told:?}"
    );
    statement(&site, "CREATE EXTENSION amcheck");
    let report = doctor::examine(&site.db).unwrap();
    assert_eq!(complaints(&report), "");
    assert_eq!(notes(report), Vec::<String>::new());
}
