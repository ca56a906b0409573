//! Members at the command line.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use yeoun::db::StoreKind;
use yeoun::models::audit;
use yeoun::models::user::{Moderator, User};

use crate::support::TestStore;
use crate::support::people::PASSWORD;

/// Runs `yeoun user …` over a store, with this on its standard input.
fn user(store: &TestStore, arguments: &[&str], typed: &str) -> Output {
    let mut command = yeoun(store.dir.path());
    command.arg("user").args(arguments);
    let mut child = command
        .args(["--database-url", &store.url()])
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Commands that ask for nothing have closed it already.
    let _ = child.stdin.take().unwrap().write_all(typed.as_bytes());
    child.wait_with_output().unwrap()
}

fn yeoun(data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_yeoun"));
    command
        .env_remove("DATABASE_URL")
        .env("YEOUN_DATA_DIR", data)
        .env("YEOUN_LOG", "error")
        .stdout(Stdio::piped());
    command
}

#[track_caller]
fn does(output: &Output, says: &str) {
    let error = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{error}");
    assert_eq!(String::from_utf8_lossy(&output.stdout), says);
}

#[track_caller]
fn fails(output: &Output, code: i32, says: &str) {
    let error = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{error}");
    assert!(error.contains(says), "{says:?} is not in {error}");
    assert!(!error.contains(PASSWORD), "the password is told: {error}");
}

/// A store of each kind with an administrator and a member, added at the command line.
fn stores() -> Vec<TestStore> {
    let typed = format!("{PASSWORD}\n");
    let kinds = [StoreKind::Sqlite, StoreKind::Postgres];
    let stores: Vec<TestStore> = kinds.into_iter().map(TestStore::empty).collect();
    for store in &stores {
        does(
            &user(store, &["add", "민지 Kim", "--role", "admin"], &typed),
            "민지 Kim joined as admin\n",
        );
        does(
            &user(store, &["add", "Boram"], &typed),
            "Boram joined as member\n",
        );
    }
    stores
}

#[test]
fn members_are_changed_at_the_command_line() {
    for store in stores() {
        let does = |arguments: &[&str], typed: &str, says: &str| {
            does(&user(&store, arguments, typed), says);
        };
        does(
            &["role", "boram", "moderator"],
            "",
            "Boram is moderator now\n",
        );
        does(
            &["disable", "Boram"],
            "",
            "Boram is disabled; every session has ended\n",
        );
        does(&["enable", "Boram"], "", "Boram is active again\n");
        does(
            &["password", "Boram"],
            "another good password\n",
            "Boram has a new password; every session has ended\n",
        );
        let list = user(&store, &["list"], "");
        let text = String::from_utf8(list.stdout).unwrap();
        let names: Vec<&str> = text
            .lines()
            .filter_map(|line| line.split('\t').next())
            .collect();
        assert_eq!(names, ["민지 Kim", "Boram"]);
        assert!(text.contains("Boram\tmoderator\tactive\t20"), "{text}");
        // Whoever moderates can read what was done to whom.
        let by = Moderator::operator();
        let log = store.db.read_blocking(move |conn| {
            let asked = audit::Asked::default();
            audit::page(conn, &by, &asked, 10)
        });
        let told: Vec<(String, String, Option<String>)> = log
            .unwrap()
            .into_iter()
            .map(|line| (line.deed.to_string(), line.details, line.subject))
            .collect();
        let boram = || Some("Boram".to_owned());
        let roles = r#"{"from":"member","to":"moderator"}"#.to_owned();
        assert_eq!(
            told,
            [
                ("enable".to_owned(), "null".to_owned(), boram()),
                ("disable".to_owned(), "null".to_owned(), boram()),
                ("role".to_owned(), roles, boram()),
            ]
        );
    }
}

#[test]
fn what_cannot_be_done_to_members_is_one_sentence() {
    let typed = format!("{PASSWORD}\n");
    for store in stores() {
        let fails = |arguments: &[&str], typed: &str, code: i32, says: &str| {
            fails(&user(&store, arguments, typed), code, says);
        };
        fails(&["add", "b0ram"], &typed, 1, "looks like it");
        fails(&["add", "Yeoun"], &typed, 1, "belongs to the site");
        fails(&["add", "Chaewon"], "short\n", 1, "at least 8");
        fails(&["add", "Chaewon"], "", 1, "at least 8");
        fails(&["add", "Chaewon", "--role", "king"], &typed, 2, "king");
        fails(
            &["role", "nobody-here", "editor"],
            "",
            1,
            "nobody is called",
        );
        fails(&["disable", "민지 kim"], "", 1, "only administrator");
        fails(&[], "", 2, "user");
        assert_eq!(store.db.read_blocking(User::all).unwrap().len(), 2);
    }
}

/// The first line a server prints that holds this.
fn line_with(server: &mut Child, words: &str) -> Option<String> {
    let lines = BufReader::new(server.stdout.take().unwrap()).lines();
    lines
        .map_while(Result::ok)
        .find(|line| line.contains(words))
}

#[test]
fn the_first_start_prints_the_link_of_the_first_administrator() {
    let store = TestStore::empty(StoreKind::Sqlite);
    let mut server = yeoun(store.dir.path())
        .args([
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--base-url",
            "https://wiki.example",
        ])
        .spawn()
        .unwrap();
    let link = line_with(&mut server, "/join?invite=");
    server.kill().unwrap();
    server.wait().unwrap();
    let link = link.unwrap();
    let secret = link
        .strip_prefix("https://wiki.example/join?invite=")
        .unwrap();
    assert_eq!(secret.len(), 64);
    // It is in the store only as a hash.
    let file = std::fs::read(store.dir.path().join("yeoun.db")).unwrap();
    let log = std::fs::read(store.dir.path().join("yeoun.db-wal")).unwrap_or_default();
    for bytes in [file, log] {
        assert!(!bytes.windows(64).any(|window| window == secret.as_bytes()));
    }
}
