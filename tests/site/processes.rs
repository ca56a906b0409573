//! The command line as an operator meets it: exit codes, and sentences that say what to do.

use std::collections::BTreeMap;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Output};

use diesel::connection::SimpleConnection;
use diesel::{Connection, SqliteConnection};
use yeoun::db::StoreKind;

use crate::support::TestStore;

fn run(data: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_yeoun"));
    command
        .args(arguments)
        .env_remove("DATABASE_URL")
        .env("YEOUN_DATA_DIR", data)
        .env("YEOUN_LOG", "error");
    command.envs(variables.iter().copied());
    command.output().unwrap()
}

fn complaint(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// Failed with one sentence that holds these words.
#[track_caller]
fn fails(output: &Output, words: &[&str]) {
    let text = complaint(output);
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert_eq!(text.lines().count(), 1, "more than a sentence: {text}");
    assert!(text.starts_with("yeoun: "), "{text}");
    for word in words {
        assert!(text.contains(word), "{word:?} is not in {text}");
    }
    assert!(
        !text.contains("panicked") && !text.contains("Error {"),
        "{text}"
    );
}

#[test]
fn wrong_settings_are_named_all_at_once() {
    let data = tempfile::tempdir().unwrap();
    let variables = [
        ("YEOUN_WORKERS", "many"),
        ("YEOUN_BASE_URL", "wiki.example"),
        ("DATABASE_URL", "mysql://u:hunter2@db/x"),
    ];
    let output = run(
        data.path(),
        &["--listen", "here", "--log-format", "xml"],
        &variables,
    );
    let text = complaint(&output);
    assert_eq!(output.status.code(), Some(2), "{text}");
    for name in [
        "YEOUN_WORKERS",
        "YEOUN_BASE_URL",
        "DATABASE_URL",
        "--listen",
        "--log-format",
    ] {
        assert!(text.contains(name), "{name} is not named: {text}");
    }
    assert!(!text.contains("hunter2"), "{text}");
    for wrong in [&["dance"][..], &["--nothing"], &["import"], &["export"]] {
        assert_eq!(
            run(data.path(), wrong, &[]).status.code(),
            Some(2),
            "{wrong:?}"
        );
    }
    assert_eq!(run(data.path(), &["--help"], &[]).status.code(), Some(0));
    assert_eq!(run(data.path(), &["--version"], &[]).status.code(), Some(0));
    assert_eq!(
        std::fs::read_dir(data.path()).unwrap().count(),
        0,
        "something was written before the settings were right"
    );
}

#[test]
fn a_taken_port_is_one_sentence() {
    let data = tempfile::tempdir().unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    fails(
        &run(data.path(), &["--listen", &address], &[]),
        &["cannot listen on", &address, "--listen"],
    );
}

#[test]
fn a_data_directory_that_cannot_be_written_is_one_sentence() {
    let data = tempfile::tempdir().unwrap();
    // Not even root can make a file here, nor a folder inside a file.
    fails(
        &run(Path::new("/proc/yeoun"), &["migrate"], &[]),
        &["/proc/yeoun", "cannot be written"],
    );
    let file = data.path().join("file");
    std::fs::write(&file, "").unwrap();
    fails(
        &run(&file.join("inside"), &["migrate"], &[]),
        &["cannot be written"],
    );
}

#[test]
fn a_database_of_a_newer_version_is_one_sentence() {
    let store = TestStore::empty(StoreKind::Sqlite);
    store.db.close();
    let file = store.dir.path().join("yeoun.db");
    let mut conn = SqliteConnection::establish(file.to_str().unwrap()).unwrap();
    conn.batch_execute(
        "INSERT INTO __diesel_schema_migrations (version) VALUES ('29991231000000')",
    )
    .unwrap();
    drop(conn);
    let before = std::fs::read(&file).unwrap();
    fails(
        &run(store.dir.path(), &["serve", "--listen", "127.0.0.1:0"], &[]),
        &["newer version", "29991231000000"],
    );
    assert!(std::fs::read(&file).unwrap() == before, "it was written to");
}

#[test]
fn a_file_that_is_no_database_is_one_sentence_and_is_left_alone() {
    let data = tempfile::tempdir().unwrap();
    let file = data.path().join("yeoun.db");
    std::fs::write(&file, "words ".repeat(2000)).unwrap();
    fails(
        &run(data.path(), &["serve", "--listen", "127.0.0.1:0"], &[]),
        &["not a usable SQLite database"],
    );
    assert_eq!(
        std::fs::read_to_string(&file).unwrap(),
        "words ".repeat(2000)
    );
}

#[test]
fn a_postgres_that_cannot_be_reached_is_one_sentence() {
    let data = tempfile::tempdir().unwrap();
    let output = run(
        data.path(),
        &[
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--database-url",
            "postgres://me:hunter2@127.0.0.1:1/wiki",
        ],
        &[],
    );
    fails(&output, &["PostgreSQL cannot be reached"]);
    assert!(!complaint(&output).contains("hunter2"));
}

#[test]
fn import_of_nothing_is_one_sentence() {
    let data = tempfile::tempdir().unwrap();
    fails(
        &run(data.path(), &["import", "/nowhere/at/all"], &[]),
        &["/nowhere/at/all", "cannot be read"],
    );
    let empty = tempfile::tempdir().unwrap();
    fails(
        &run(
            data.path(),
            &["import", empty.path().to_str().unwrap()],
            &[],
        ),
        &["no content files"],
    );
}

/// Every file below a folder.
fn tree(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for folder in std::fs::read_dir(root).unwrap() {
        for file in std::fs::read_dir(folder.unwrap().path()).unwrap() {
            let path = file.unwrap().path();
            files.insert(
                path.strip_prefix(root).unwrap().display().to_string(),
                std::fs::read(&path).unwrap(),
            );
        }
    }
    files
}

#[test]
fn a_wiki_moves_from_one_store_to_the_other_by_the_command_line() {
    let from = TestStore::with_catalogue(StoreKind::Sqlite);
    let to = TestStore::empty(StoreKind::Postgres);
    let (data, first, second) = (
        tempfile::tempdir().unwrap(),
        tempfile::tempdir().unwrap(),
        tempfile::tempdir().unwrap(),
    );
    let folder = |dir: &tempfile::TempDir| dir.path().to_str().unwrap().to_owned();
    for (command, path, url) in [
        ("export", folder(&first), from.url()),
        ("import", folder(&first), to.url()),
        ("export", folder(&second), to.url()),
    ] {
        let output = run(data.path(), &[command, &path, "--database-url", &url], &[]);
        assert_eq!(
            output.status.code(),
            Some(0),
            "{command}: {}",
            complaint(&output)
        );
        assert_eq!(complaint(&output), "", "{command}");
    }
    let (first, second) = (tree(first.path()), tree(second.path()));
    assert!(first.len() > 400);
    assert!(first == second, "the second export differs from the first");
}
