//! Nothing grows past its room.

use super::{files, none, root, source};

/// Most lines of a Rust file, a function, a template and a style sheet.
const FILE: usize = 300;
const FUNCTION: usize = 60;
const TEMPLATE: usize = 150;
const SHEET: usize = 200;

/// What may be longer, how long, and why.
const LONGER: [(&str, usize, &str); 5] = [
    (
        "src/text/links/sites.rs",
        500,
        "a table of sites; one reads the row one looks for",
    ),
    (
        "src/schema.rs",
        600,
        "a list of tables; nobody reads it from top to bottom",
    ),
    (
        "src/text/markdown/pieces/reader.rs",
        380,
        "one state machine over the events of the parser; its states belong together",
    ),
    (
        "src/text/markdown/write.rs",
        350,
        "one writer with an arm for every event there is",
    ),
    (
        "src/text/markdown/hostile.rs",
        400,
        "tests: a list of attacks",
    ),
];

/// Functions that may be longer, and why.
const LONGER_FUNCTIONS: [(&str, &str); 6] = [
    (
        "src/models/changes/recent.rs: load",
        "one query, and a line or three for every way to narrow it",
    ),
    (
        "src/config/read.rs: read_all",
        "one line or two for every setting there is",
    ),
    ("src/router.rs: routes", "the table of contents"),
    (
        "src/text/sleeve/latin.rs: latin",
        "a table: the strokes of every Latin letter",
    ),
    (
        "src/text/sleeve/letter.rs: consonant",
        "a table: the strokes of every Hangul consonant",
    ),
    (
        "tests/site/files.rs: broken",
        "a table: one broken file after another",
    ),
];

#[test]
fn files_stay_within_their_room() {
    let mut long = Vec::new();
    let kinds = [
        ("src", "rs", FILE),
        ("tests", "rs", FILE),
        ("templates", "html", TEMPLATE),
        ("static", "css", SHEET),
    ];
    for (folder, ending, most) in kinds {
        for file in files(folder, ending) {
            let lines = file.text.lines().count();
            let most = LONGER
                .iter()
                .find(|(path, ..)| *path == file.path)
                .map_or(most, |(_, lines, _)| *lines);
            if lines > most {
                long.push(format!("{}: {lines} lines, {most} allowed", file.path));
            }
        }
    }
    none("files", &long);
    let gone: Vec<String> = LONGER
        .iter()
        .filter(|(path, ..)| {
            std::fs::read_to_string(root().join(path)).map_or(0, |text| text.lines().count())
                < FILE * 4 / 5
        })
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
        let words = line
            .trim_start()
            .trim_start_matches("pub ")
            .trim_start_matches("pub(crate) ")
            .trim_start_matches("pub(super) ");
        let words = words
            .trim_start_matches("const ")
            .trim_start_matches("async ");
        let Some(rest) = words.strip_prefix("fn ") else {
            continue;
        };
        let name: String = rest
            .chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect();
        let close = format!("{}}}", " ".repeat(indent));
        let end = lines[at..].iter().position(|line| {
            *line == close || (line.trim_end().ends_with([';', '}']) && *line == lines[at])
        });
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
            if lines > FUNCTION
                && !LONGER_FUNCTIONS
                    .iter()
                    .any(|(function, _)| *function == name)
            {
                long.push(format!("{name}: {lines} lines"));
            }
        }
    }
    none("functions", &long);
}
