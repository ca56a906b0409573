//! The house rules, read from the source text.

use std::collections::BTreeSet;
use std::path::Path;

/// Most lines of a Rust file, a function, a template and a style sheet.
const FILE: usize = 300;
const FUNCTION: usize = 60;
const TEMPLATE: usize = 150;
const SHEET: usize = 200;

/// What may be longer, how long, and why.
const LONGER: [(&str, usize, &str); 4] = [
    ("src/schema.rs", 600, "a list of tables; nobody reads it from top to bottom"),
    ("src/text/markdown/pieces/reader.rs", 380, "one state machine over the events of the parser; its states belong together"),
    ("src/text/markdown/write.rs", 350, "one writer with an arm for every event there is"),
    ("src/text/markdown/hostile.rs", 400, "tests: a list of attacks"),
];

/// Functions that may be longer, and why.
const LONGER_FUNCTIONS: [(&str, &str); 2] = [
    ("src/config/read.rs: read_all", "one line or two for every setting there is"),
    ("src/router.rs: routes", "the table of contents"),
];

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
        let code = self.text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        code.lines().filter(|line| !line.trim_start().starts_with("//")).map(|line| format!("{line}\n")).collect()
    }

    /// Whether all of it is tests.
    fn is_test(&self) -> bool {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        self.path.starts_with("tests/") || matches!(name, "tests.rs" | "hostile.rs" | "conformance.rs")
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
        } else if path.extension().is_some_and(|extension| extension == ending) {
            let name = path.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/");
            found.push(File { path: name, text: std::fs::read_to_string(&path).unwrap() });
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
    for file in source().iter().filter(|file| file.path.starts_with(folder) && !file.is_test()) {
        let code = file.code();
        for line in code.lines() {
            found.extend(words.iter().filter(|word| line.contains(**word)).map(|word| format!("{}: {word}: {}", file.path, line.trim())));
        }
    }
    found
}

#[test]
fn the_models_and_the_text_know_nothing_of_the_web() {
    for floor in ["src/models", "src/text"] {
        none(floor, &having(floor, &["actix_web", "actix_http", "askama", "crate::web", "crate::routes", "crate::server", "crate::cli"]));
    }
    none("src/text", &having("src/text", &["crate::db", "crate::models", "crate::schema", "diesel"]));
    none("src/db", &having("src/db", &["crate::models", "crate::web", "crate::routes", "actix"]));
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
        let others: Vec<String> = NOUNS.iter().filter(|other| **other != noun).map(|other| format!("routes::{other}")).collect();
        let words: Vec<&str> = others.iter().map(String::as_str).collect();
        borrowed.extend(having(&format!("src/routes/{noun}"), &words));
    }
    borrowed.extend(having("src/routes/pages", &NOUNS.map(|noun| match noun {
        "dramas" => "routes::dramas",
        "songs" => "routes::songs",
        "artists" => "routes::artists",
        "albums" => "routes::albums",
        _ => "routes::articles",
    })));
    borrowed.retain(|line| !line.starts_with("src/routes/pages/edit.rs"));
    none("one noun's routes in another's", &borrowed);
}

#[test]
fn the_web_layer_knows_no_noun_of_the_wiki() {
    let known: Vec<String> =
        having("src/web", &["crate::models", "crate::routes"]).into_iter().filter(|line| !line.contains("crate::models::user")).collect();
    none("nouns in web/", &known);
}

/// Who may write rows: the save path, the projections of each kind, and the change log.
const WRITERS: [&str; 4] = ["src/models/page/", "src/models/changes.rs", "src/models/credit.rs", "src/models/catalogue.rs"];

#[test]
fn only_the_save_path_writes() {
    let writes = having("src", &["insert_into(", "diesel::update(", "diesel::delete(", "batch_execute("]);
    let elsewhere: Vec<String> = writes
        .into_iter()
        .filter(|line| !line.starts_with("src/db/") && !WRITERS.iter().any(|writer| line.starts_with(writer)))
        .filter(|line| !(line.starts_with("src/models/") && line.contains("/facts.rs:")))
        .collect();
    none("writes outside the save path", &elsewhere);
    let revisions: Vec<String> =
        having("src", &["insert_into(revisions"]).into_iter().filter(|line| !line.starts_with("src/models/page/")).collect();
    none("revisions written elsewhere", &revisions);
}

#[test]
fn settings_clock_and_chance_come_from_outside() {
    let environment: Vec<String> = having("src", &["std::env", "env::var"]).into_iter().filter(|line| !line.starts_with("src/config")).collect();
    none("std::env", &environment);
    let clocks: Vec<String> = having("src", &["Timestamp::now", "SystemTime::now", "Zoned::now", "rand::"])
        .into_iter()
        .filter(|line| !line.starts_with("src/cli/store.rs"))
        .collect();
    none("clocks", &clocks);
}

#[test]
fn nothing_panics_on_purpose_and_nothing_is_left_undone() {
    let words = [".unwrap()", ".expect(", "panic!(", "todo!(", "unimplemented!(", "unreachable!(", "dbg!(", "println!(", "#[allow(", "#![allow("];
    none("src", &having("src", &words));
    let ignored: Vec<String> = files("tests", "rs")
        .iter()
        .filter(|file| !file.path.ends_with("house.rs"))
        .flat_map(|file| file.text.lines().filter(|line| line.trim_start().starts_with("#[ignore")).map(|line| format!("{}: {line}", file.path)).collect::<Vec<_>>())
        .collect();
    none("tests that are skipped", &ignored);
}

#[test]
fn html_is_escaped_unless_our_own_renderer_made_it() {
    let mut found = Vec::new();
    for file in files("templates", "html") {
        let text = file.text.replace(' ', "");
        found.extend(["|safe", "escape=\"none\"", "{%filterescape"].iter().filter(|word| text.contains(**word)).map(|word| format!("{}: {word}", file.path)));
        for wrong in ["style=\"", "<style", "onclick=", "onload=", "href=\"\"", "javascript:"] {
            if file.text.contains(wrong) {
                found.push(format!("{}: {wrong}", file.path));
            }
        }
        for script in file.text.split("<script").skip(1) {
            let tag = script.split('>').next().unwrap_or_default();
            if !tag.contains("src=") && !tag.contains("application/ld+json") {
                found.push(format!("{}: <script{tag}>", file.path));
            }
        }
    }
    none("unescaped or inline", &found);
    let safe: Vec<String> = having("src", &["HtmlSafe", "filters::Safe", "escape = \"none\""])
        .into_iter()
        .filter(|line| !line.starts_with("src/text/html.rs") && !line.starts_with("src/web/"))
        .collect();
    none("HTML marked safe elsewhere", &safe);
}

#[test]
fn every_template_is_used() {
    let templates = files("templates", "html");
    let mut used: BTreeSet<String> = BTreeSet::new();
    let quoted = |text: &str, before: &str, used: &mut BTreeSet<String>| {
        used.extend(text.split(before).skip(1).filter_map(|rest| rest.split('"').nth(1)).map(str::to_owned));
    };
    for file in source() {
        quoted(&file.text, "template(path", &mut used);
    }
    for file in &templates {
        for word in ["extends", "include", "import"] {
            quoted(&file.text, &format!("{word} "), &mut used);
        }
    }
    let unused: Vec<String> =
        templates.iter().map(|file| file.path.trim_start_matches("templates/").to_owned()).filter(|path| !used.contains(path)).collect();
    none("templates nobody uses", &unused);
}

#[test]
fn every_picture_and_script_is_used() {
    let mut text = String::new();
    for file in files("templates", "html").into_iter().chain(source()).chain(files("static", "css")).chain(files("static", "js")).chain(files("static", "webmanifest")) {
        text.push_str(&file.text);
    }
    let unused: Vec<String> = files("static", "svg")
        .into_iter()
        .chain(files("static", "js"))
        .map(|file| file.path.trim_start_matches("static/").to_owned())
        .filter(|path| !path.starts_with("root/") && !text.contains(path.as_str()))
        .collect();
    none("files nobody names", &unused);
}

#[test]
fn every_class_of_the_style_sheets_occurs() {
    let mut text = String::new();
    for file in files("templates", "html").into_iter().chain(source()).chain(files("static", "js")) {
        text.push_str(&file.text);
    }
    let mut unused = BTreeSet::new();
    for file in files("static", "css") {
        let sheet: String = file.text.split("/*").map(|part| part.split_once("*/").map_or(part, |(_, rest)| rest)).collect();
        for name in sheet.split('.').skip(1) {
            let class: String = name.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect();
            // A class may be put together: `mood-{{ family }}`.
            let stem = class.rsplit_once('-').map_or(class.as_str(), |(stem, _)| stem);
            let is_class = class.starts_with(|c: char| c.is_ascii_lowercase());
            if is_class && !text.contains(&class) && !text.contains(&format!("{stem}-{{")) {
                unused.insert(format!("{}: .{class}", file.path));
            }
        }
    }
    none("classes nobody has", &unused.into_iter().collect::<Vec<_>>());
}

#[test]
fn no_file_is_named_after_nothing() {
    let banned = ["utils", "helpers", "common", "misc", "services", "repositories", "prelude", "dto", "mod"];
    let wrong: Vec<String> = source()
        .into_iter()
        .chain(files("tests", "rs"))
        .map(|file| file.path)
        .filter(|path| path.split('/').any(|part| banned.contains(&part.trim_end_matches(".rs"))))
        .collect();
    none("names", &wrong);
    let verbs: Vec<String> =
        having("src", &["fn get_", "fn fetch_"]);
    none("functions named get_ or fetch_", &verbs);
}

#[test]
fn files_stay_within_their_room() {
    let mut long = Vec::new();
    let kinds = [("src", "rs", FILE), ("tests", "rs", FILE), ("templates", "html", TEMPLATE), ("static", "css", SHEET)];
    for (folder, ending, most) in kinds {
        for file in files(folder, ending) {
            let lines = file.text.lines().count();
            let most = LONGER.iter().find(|(path, ..)| *path == file.path).map_or(most, |(_, lines, _)| *lines);
            if lines > most {
                long.push(format!("{}: {lines} lines, {most} allowed", file.path));
            }
        }
    }
    none("files", &long);
    let gone: Vec<String> = LONGER
        .iter()
        .filter(|(path, ..)| std::fs::read_to_string(root().join(path)).map_or(0, |text| text.lines().count()) < FILE * 4 / 5)
        .map(|(path, ..)| format!("{path} needs no exception any more"))
        .collect();
    none("exceptions", &gone);
}

/// Names and lengths of the functions of a file that is formatted as rustfmt does.
fn functions(text: &str) -> Vec<(String, usize)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let indent = line.len() - line.trim_start().len();
        let words = line.trim_start().trim_start_matches("pub ").trim_start_matches("pub(crate) ").trim_start_matches("pub(super) ");
        let words = words.trim_start_matches("const ").trim_start_matches("async ");
        let Some(rest) = words.strip_prefix("fn ") else { continue };
        let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        let close = format!("{}}}", " ".repeat(indent));
        let end = lines[at..].iter().position(|line| *line == close || (line.trim_end().ends_with([';', '}']) && *line == lines[at]));
        found.push((name, end.unwrap_or(0) + 1));
    }
    found
}

#[test]
fn functions_fit_on_a_screen() {
    assert_eq!(functions("fn a() {\n    b();\n}\n"), [("a".to_owned(), 3)]);
    let mut long = Vec::new();
    for file in source().into_iter().chain(files("tests", "rs")) {
        for (name, lines) in functions(&file.text) {
            let name = format!("{}: {name}", file.path);
            if lines > FUNCTION && !LONGER_FUNCTIONS.iter().any(|(function, _)| *function == name) {
                long.push(format!("{name}: {lines} lines"));
            }
        }
    }
    none("functions", &long);
}

#[test]
fn the_project_speaks_of_itself_alone() {
    let words = ["/work/", "scratch", "this session", "an agent"];
    let mut found = Vec::new();
    for file in source().into_iter().chain(files("templates", "html")).chain(files("static", "css")).chain(files("content", "md")) {
        found.extend(words.iter().filter(|word| file.text.contains(**word)).map(|word| format!("{}: {word}", file.path)));
    }
    none("words from elsewhere", &found);
}
