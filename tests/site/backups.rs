//! A store becomes a file, and the file a store of either kind again.

#[path = "backups/harmed.rs"]
mod harmed;

use std::collections::BTreeSet;
use std::io::Read;
use std::path::Path;
use std::process::{Command, Output};

use diesel::RunQueryDsl;
use flate2::read::GzDecoder;
use serde_json::{Value, json};
use yeoun::db::{DbError, StoreKind, dump, tables};
use yeoun::models::page::Kind;
use yeoun::models::user::Role;

use crate::doctor::finds_nothing;
use crate::on_both_stores;
use crate::support::{Site, TestStore};
use harmed::written_anew;

fn yeoun(store: &TestStore, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_yeoun"))
        .args(arguments)
        .args(["--database-url", &store.url()])
        .env("YEOUN_DATA_DIR", store.dir.path())
        .env("YEOUN_LOG", "error")
        .output()
        .unwrap()
}

/// Runs a command, which must succeed.
#[track_caller]
fn does(store: &TestStore, arguments: &[&str]) -> String {
    let output = yeoun(store, arguments);
    let told = String::from_utf8(output.stdout).unwrap();
    let complaint = String::from_utf8(output.stderr).unwrap();
    assert_eq!(
        output.status.code(),
        Some(0),
        "{arguments:?}: {told}{complaint}"
    );
    told
}

/// Runs a command, which must fail with one sentence that has these words.
#[track_caller]
fn fails(store: &TestStore, arguments: &[&str], words: &str) {
    let output = yeoun(store, arguments);
    let complaint = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{complaint}");
    assert_eq!(complaint.lines().count(), 1, "{complaint}");
    assert!(complaint.contains(words), "{words:?} is not in {complaint}");
}

/// The lines of a backup.
fn lines(path: &Path) -> Vec<String> {
    let mut text = String::new();
    GzDecoder::new(std::fs::File::open(path).unwrap())
        .read_to_string(&mut text)
        .unwrap();
    text.lines().map(str::to_owned).collect()
}

/// What a backup says, however its store writes it: truth is a number in one of them.
fn said(path: &Path) -> Vec<Value> {
    let as_number = |value: Value| {
        value
            .as_bool()
            .map_or(value, |truth| json!(i64::from(truth)))
    };
    let lines = lines(path).into_iter().skip(1);
    let mut said: Vec<Value> = lines
        .map(|line| match serde_json::from_str(&line).unwrap() {
            Value::Array(row) => Value::Array(row.into_iter().map(as_number).collect()),
            other => other,
        })
        .collect();
    // The checksum is of how it was written.
    said.pop();
    said
}

fn rows(store: &TestStore) -> i64 {
    store.db.read_blocking(dump::count).unwrap()
}

/// A site with members, sessions, a page with a past, and something in the log that may only be added to.
fn lived_in(site: &Site) {
    site.member("민지 Kim", Role::Admin);
    let (page, revision, mut document) = site.page(Kind::Song, "stay-with-me");
    document.prose = "Quotes \" and \\ and\ttabs, a line\nbreak, 여운, \u{1f3b5}.".to_owned();
    site.save(&page, Some(revision.id), &document).unwrap();
    let statement = "INSERT INTO audit (created_at, author, action, reason, details) VALUES (1, 'Yeoun', 'test', 'because', '{}')";
    let added = site.db.write_blocking(move |conn| -> Result<_, DbError> {
        Ok(diesel::sql_query(statement).execute(conn)?)
    });
    added.unwrap();
}

on_both_stores!(a_backup_becomes_a_store_of_either_kind, |site| {
    lived_in(site);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("yeoun.backup");
    // Beside the running site.
    let told = does(&site.store, &["backup", file.to_str().unwrap()]);
    assert!(
        told.contains(&format!("{} rows of", rows(&site.store))),
        "{told}"
    );
    let written = said(&file);
    let in_backup: BTreeSet<&str> = written
        .iter()
        .filter_map(|line| line.get("table")?.as_str())
        .collect();
    let there = site.read(tables::tables);
    assert_eq!(
        in_backup,
        there.iter().map(|table| table.name.as_str()).collect()
    );
    for kind in [StoreKind::Sqlite, StoreKind::Postgres] {
        let other = TestStore::empty(kind);
        let told = does(&other, &["restore", file.to_str().unwrap()]);
        assert!(
            told.contains("ok     The store finds nothing wrong with itself"),
            "{told}"
        );
        finds_nothing(&other);
        let again = folder.path().join("again.backup");
        does(&other, &["backup", again.to_str().unwrap()]);
        assert!(said(&again) == written, "{kind} says something else");
        // And it goes on from there.
        let site = Site::over(other);
        let (page, revision, mut document) = site.page(Kind::Song, "always");
        document.prose = "One more.".to_owned();
        site.save(&page, Some(revision.id), &document).unwrap();
        site.get("/songs/stay-with-me").ok().says("여운");
        finds_nothing(&site.store);
    }
});

on_both_stores!(
    a_store_with_something_in_it_is_given_up_only_when_told,
    |site| {
        lived_in(site);
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("yeoun.backup");
        let file = file.to_str().unwrap();
        does(&site.store, &["backup", file]);
        let (page, revision, mut document) = site.page(Kind::Song, "always");
        document.prose = "Written after the backup.".to_owned();
        site.save(&page, Some(revision.id), &document).unwrap();
        let before = rows(&site.store);
        fails(&site.store, &["restore", file], "--replace");
        assert_eq!(rows(&site.store), before);
        does(&site.store, &["restore", file, "--replace"]);
        let (_, revision, _) = site.page(Kind::Song, "always");
        assert_eq!(revision.number, 1);
        finds_nothing(&site.store);
        let removed = site.db.write_blocking(|conn| -> Result<_, DbError> {
            Ok(diesel::sql_query("DELETE FROM audit").execute(conn)?)
        });
        assert!(
            removed.is_err(),
            "the log that may only be added to has lost its guard"
        );
    }
);

on_both_stores!(a_backup_of_an_older_version_is_brought_up_to_date, |site| {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("old.backup");
    let old = TestStore::empty(site.db.kind());
    let all = old.db.read_blocking(tables::applied_migrations).unwrap();
    old.db.migrate_to(&all[..3]).unwrap();
    assert_eq!(
        old.db.read_blocking(tables::applied_migrations).unwrap(),
        all[..3]
    );
    does(&old, &["backup", path.to_str().unwrap()]);
    let empty = TestStore::empty(site.db.kind());
    does(&empty, &["restore", path.to_str().unwrap()]);
    assert_eq!(
        empty.db.read_blocking(tables::applied_migrations).unwrap(),
        all
    );
    fails(
        &site.store,
        &["restore", path.to_str().unwrap(), "--replace"],
        "older version",
    );
    let newer = std::fs::read(&path).unwrap();
    let newer = written_anew(&newer, |text| {
        text.replacen("\"migrations\":[", "\"migrations\":[\"29991231000000\",", 1)
    });
    std::fs::write(&path, newer).unwrap();
    fails(
        &empty,
        &["restore", path.to_str().unwrap()],
        "checksum is wrong",
    );
});

#[test]
fn a_backup_takes_the_place_of_an_older_one_and_of_nothing_else() {
    let store = TestStore::with_catalogue(StoreKind::Sqlite);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("yeoun.backup");
    let path = file.to_str().unwrap();
    does(&store, &["backup", path]);
    does(&store, &["backup", path]);
    use std::os::unix::fs::PermissionsExt;
    assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    let database = store.dir.path().join("yeoun.db");
    let before = std::fs::read(&database).unwrap();
    fails(
        &store,
        &["backup", database.to_str().unwrap()],
        "is no backup of Yeoun",
    );
    fails(
        &store,
        &["backup", folder.path().to_str().unwrap()],
        "is no backup of Yeoun",
    );
    fails(
        &store,
        &["backup", "/proc/yeoun.backup"],
        "cannot be written",
    );
    assert!(std::fs::read(&database).unwrap() == before);
    let names = std::fs::read_dir(folder.path()).unwrap();
    assert_eq!(names.count(), 1, "something was left beside it");
}

#[test]
fn there_is_no_backup_of_a_store_that_is_not_there() {
    let folder = tempfile::tempdir().unwrap();
    for command in ["backup", "doctor"] {
        let mut run = Command::new(env!("CARGO_BIN_EXE_yeoun"));
        run.arg(command).env("YEOUN_DATA_DIR", folder.path());
        if command == "backup" {
            run.arg(folder.path().join("file"));
        }
        let output = run.output().unwrap();
        let complaint = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{complaint}");
        assert!(complaint.contains("there is no database"), "{complaint}");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
