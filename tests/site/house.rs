//! The house rules, read from the source text.

mod looks;
mod sizes;
mod writers;

use std::path::Path;

const NOUNS: [&str; 5] = ["dramas", "songs", "artists", "albums", "articles"];

/// A file of the project.
struct File {
    /// From the root, with slashes.
    path: String,
    text: String,
}

impl File {
    /// The code: without comments, and without the tests at the end.
    fn code(&self) -> String {
        let code = self.text.split("\n#[cfg(test)]").next().unwrap_or_default();
        code.lines()
            .filter(|line| !line.trim_start().starts_with("//"))
            .map(|line| format!("{line}\n"))
            .collect()
    }

    /// Whether all of it is tests.
    fn is_test(&self) -> bool {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        self.path.starts_with("tests/")
            || self.path.contains("/hostile/")
            || matches!(name, "tests.rs" | "hostile.rs" | "conformance.rs")
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below a folder with this ending, in order.
fn files(folder: &str, ending: &str) -> Vec<File> {
    let mut found = Vec::new();
    gather(&root().join(folder), ending, &mut found);
    found.sort_by(|one, other| one.path.cmp(&other.path));
    assert!(!found.is_empty(), "nothing in {folder}");
    found
}

fn gather(folder: &Path, ending: &str, found: &mut Vec<File>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            gather(&path, ending, found);
        } else if path
            .extension()
            .is_some_and(|extension| extension == ending)
        {
            let name = path.strip_prefix(root()).unwrap();
            found.push(File {
                path: name.to_str().unwrap().replace('\\', "/"),
                text: std::fs::read_to_string(&path).unwrap(),
            });
        }
    }
}

fn source() -> Vec<File> {
    files("src", "rs")
}

#[track_caller]
fn none(what: &str, complaints: &[String]) {
    assert!(complaints.is_empty(), "{what}:\n{complaints:#?}");
}

/// Files below `folder` whose code has one of these words.
fn having(folder: &str, words: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for file in source()
        .iter()
        .filter(|file| file.path.starts_with(folder) && !file.is_test())
    {
        let code = file.code();
        for line in code.lines() {
            found.extend(
                words
                    .iter()
                    .filter(|word| line.contains(**word))
                    .map(|word| format!("{}: {word}: {}", file.path, line.trim())),
            );
        }
    }
    found
}

#[test]
fn the_models_and_the_text_know_nothing_of_the_web() {
    for floor in ["src/models", "src/text"] {
        let words = [
            "actix_web",
            "actix_http",
            "askama",
            "crate::web",
            "crate::routes",
            "crate::server",
            "crate::cli",
        ];
        // The one name text takes from the template engine: the mark on the type that prints unescaped.
        let mark = "impl askama::filters::HtmlSafe for Html {}";
        let mut found = having(floor, &words);
        found.retain(|line| !line.ends_with(mark));
        none(floor, &found);
    }
    none(
        "src/text",
        &having(
            "src/text",
            &["crate::db", "crate::models", "crate::schema", "diesel"],
        ),
    );
    none(
        "src/db",
        &having(
            "src/db",
            &["crate::models", "crate::web", "crate::routes", "actix"],
        ),
    );
}

#[test]
fn routes_write_no_queries() {
    let queries: Vec<String> = having("src/routes", &["diesel", "schema::", "sql_query"])
        .into_iter()
        .filter(|line| !line.contains("use diesel::QueryResult;"))
        .collect();
    none("queries in routes", &queries);
}

#[test]
fn no_noun_borrows_from_another_nouns_routes() {
    let mut borrowed = Vec::new();
    for noun in NOUNS {
        let others: Vec<String> = NOUNS
            .iter()
            .filter(|other| **other != noun)
            .map(|other| format!("routes::{other}"))
            .collect();
        let words: Vec<&str> = others.iter().map(String::as_str).collect();
        borrowed.extend(having(&format!("src/routes/{noun}"), &words));
    }
    borrowed.extend(having(
        "src/routes/pages",
        &NOUNS.map(|noun| match noun {
            "dramas" => "routes::dramas",
            "songs" => "routes::songs",
            "artists" => "routes::artists",
            "albums" => "routes::albums",
            _ => "routes::articles",
        }),
    ));
    borrowed.retain(|line| !line.starts_with("src/routes/pages/edit.rs"));
    none("one noun's routes in another's", &borrowed);
}

#[test]
fn the_web_layer_knows_no_noun_of_the_wiki() {
    let known: Vec<String> = having("src/web", &["crate::models", "crate::routes"])
        .into_iter()
        .filter(|line| !line.contains("crate::models::user"))
        .collect();
    none("nouns in web/", &known);
}

#[test]
fn settings_clock_and_chance_come_from_outside() {
    let environment: Vec<String> = having("src", &["std::env", "env::var"])
        .into_iter()
        .filter(|line| !line.starts_with("src/config"))
        .collect();
    none("std::env", &environment);
    let clocks: Vec<String> = having(
        "src",
        &["Timestamp::now", "SystemTime::now", "Zoned::now", "rand::"],
    )
    .into_iter()
    .filter(|line| !line.starts_with("src/cli/store.rs"))
    .collect();
    none("clocks", &clocks);
}

#[test]
fn nothing_panics_on_purpose_and_nothing_is_left_undone() {
    let words = [
        ".unwrap()",
        ".expect(",
        "panic!(",
        "todo!(",
        "unimplemented!(",
        "unreachable!(",
        "dbg!(",
        "println!(",
        "#[allow(",
        "#![allow(",
    ];
    none("src", &having("src", &words));
    let ignored: Vec<String> = files("tests", "rs")
        .iter()
        .filter(|file| !file.path.ends_with("house.rs"))
        .flat_map(|file| {
            file.text
                .lines()
                .filter(|line| line.trim_start().starts_with("#[ignore"))
                .map(|line| format!("{}: {line}", file.path))
                .collect::<Vec<_>>()
        })
        .collect();
    none("tests that are skipped", &ignored);
}

#[test]
fn no_file_is_named_after_nothing() {
    let banned = [
        "utils",
        "helpers",
        "common",
        "misc",
        "services",
        "repositories",
        "prelude",
        "dto",
        "mod",
    ];
    let wrong: Vec<String> = source()
        .into_iter()
        .chain(files("tests", "rs"))
        .map(|file| file.path)
        .filter(|path| {
            path.split('/')
                .any(|part| banned.contains(&part.trim_end_matches(".rs")))
        })
        .collect();
    none("names", &wrong);
    let verbs: Vec<String> = having("src", &["fn get_", "fn fetch_"]);
    none("functions named get_ or fetch_", &verbs);
}

#[test]
fn the_project_speaks_of_itself_alone() {
    let words = ["/work/", "house.md", "an AI", "language model"];
    let mut found = Vec::new();
    for file in source()
        .into_iter()
        .chain(files("templates", "html"))
        .chain(files("static", "css"))
        .chain(files("content", "md"))
    {
        found.extend(
            words
                .iter()
                .filter(|word| file.text.contains(**word))
                .map(|word| format!("{}: {word}", file.path)),
        );
    }
    none("words from elsewhere", &found);
}
