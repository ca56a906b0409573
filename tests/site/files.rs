//! The catalogue as files: out of one kind of store, into the other, and nothing changes on the way.

use std::collections::BTreeMap;

use diesel::prelude::*;
use yeoun::db::StoreKind;
use yeoun::models::catalogue::{self, Problem, export};
use yeoun::models::page::Kind;
use yeoun::models::user::Editor;
use yeoun::schema::pages;

use crate::on_both_stores;
use crate::support::{Refused, Site, TestStore, store::AT};

fn exported(site: &Site) -> BTreeMap<String, String> {
    site.read(|conn| {
        let mut files = BTreeMap::new();
        let count = export::export(conn, &mut |path, text| {
            assert!(files.insert(path, text).is_none())
        })?;
        assert_eq!(count, files.len());
        Ok(files)
    })
}

fn import(site: &Site, files: Vec<(String, String)>) -> catalogue::Report {
    site.write(move |conn| {
        Ok::<_, Refused>(catalogue::import(conn, &Editor::operator(), &files, AT)?)
    })
    .unwrap()
}

fn travels(from: StoreKind, to: StoreKind) {
    let here = Site::reading(from);
    let files = exported(here);
    let there = Site::over(TestStore::empty(to));
    let report = import(&there, files.clone().into_iter().collect());
    assert_eq!((report.created, report.problems), (files.len(), vec![]));
    let again = exported(&there);
    for (path, text) in &files {
        assert_eq!(again.get(path), Some(text), "{path} changed on the way");
    }
    assert_eq!(again.len(), files.len());
    for path in files.keys() {
        let page = format!("/{}", path.trim_end_matches(".md"));
        let (one, other) = (here.get(&page), there.get(&page));
        assert!(
            one.ok().source() == other.ok().source(),
            "{page} reads differently"
        );
    }
    // And once more changes nothing.
    let report = import(&there, files.into_iter().collect());
    assert_eq!(
        (report.created, report.changed, report.problems),
        (0, 0, vec![])
    );
}

#[test]
fn the_catalogue_moves_from_sqlite_to_postgres_unchanged() {
    travels(StoreKind::Sqlite, StoreKind::Postgres);
}

#[test]
fn the_catalogue_moves_from_postgres_to_sqlite_unchanged() {
    travels(StoreKind::Postgres, StoreKind::Sqlite);
}

const NAME: &str =
    "[[names]]\nvalue = \"A New Song\"\nlocale = \"en\"\nkind = \"official\"\nprimary = true\n";

/// A file that is wrong: its path, its text, and where and how it must be told of.
type Broken = (
    &'static str,
    String,
    Option<usize>,
    &'static str,
    &'static str,
);

fn broken() -> Vec<Broken> {
    let with = |more: &str| format!("+++\n{NAME}{more}+++\n\nProse.\n");
    vec![
        (
            "songs/no-fence.md",
            "Only prose.".to_owned(),
            None,
            "",
            "+++",
        ),
        (
            "songs/no-toml.md",
            "+++\nmoods = [\n+++\n\nProse.\n".to_owned(),
            Some(2),
            "",
            "",
        ),
        (
            "songs/unknown-field.md",
            with("composer = \"x\"\n"),
            Some(7),
            "names[0].composer",
            "composer",
        ),
        (
            "songs/unknown-fact.md",
            format!("+++\ncomposer = \"x\"\n{NAME}+++\n"),
            Some(2),
            "composer",
            "composer",
        ),
        (
            "songs/no-name.md",
            "+++\nmoods = [\"longing\"]\n+++\n".to_owned(),
            None,
            "names",
            "name",
        ),
        (
            "songs/bad-role.md",
            with("[[credits]]\nrole = \"singer\"\ntext = \"X\"\n"),
            Some(8),
            "credits[0].role",
            "singer",
        ),
        (
            "songs/bad-time.md",
            with("[[cues]]\ndrama = \"drama:goblin\"\nepisode = 1\nbegin = \"noon\"\n"),
            Some(10),
            "cues[0].begin",
            "58:50",
        ),
        (
            "songs/no-such-artist.md",
            with("[[credits]]\nrole = \"composer\"\nartist = \"artist:nobody-at-all\"\n"),
            Some(9),
            "credits[0].artist",
            "artist:nobody-at-all",
        ),
        (
            "songs/refuted-without-reason.md",
            with("[[uses]]\ndrama = \"drama:goblin\"\nrank = \"refuted\"\n"),
            Some(7),
            "uses[0].reason",
            "why",
        ),
        (
            "songs/no-such-source.md",
            with("[[uses]]\ndrama = \"drama:goblin\"\nsources = [7]\n"),
            Some(9),
            "uses[0].sources",
            "7",
        ),
        ("songs/Bad Name.md", with(""), None, "", "address"),
        (
            "poems/a-poem.md",
            with(""),
            None,
            "",
            "dramas, songs, artists, albums or articles",
        ),
    ]
}

on_both_stores!(a_broken_file_is_named_with_line_field_and_reason, |site| {
    let before: i64 = site.read(|conn| pages::table.count().get_result(conn));
    let mut files: Vec<(String, String)> = broken()
        .iter()
        .map(|(path, text, ..)| ((*path).to_owned(), text.clone()))
        .collect();
    // Good files on both sides of the bad ones; the last names a page that is in a bad file.
    files.insert(
        0,
        (
            "songs/a-good-song.md".to_owned(),
            format!("+++\n{NAME}+++\n\nGood prose.\n"),
        ),
    );
    files.push((
        "artists/a-good-artist.md".to_owned(),
        format!(
            "+++\ntype = \"person\"\n{}+++\n",
            NAME.replace("Song", "Voice")
        ),
    ));
    let report = import(site, files);
    let told = |path: &str| -> Vec<Problem> {
        report
            .problems
            .iter()
            .filter(|problem| problem.file == path)
            .cloned()
            .collect()
    };
    let mut wrong = Vec::new();
    for (path, _, line, field, word) in broken() {
        let problems = told(path);
        let fits = |problem: &Problem| {
            problem.field == field
                && problem.message.contains(word)
                && (line.is_none() || problem.line == line)
        };
        if !problems.iter().any(fits) {
            wrong.push(format!(
                "{path}: wanted line {line:?}, field {field:?}, {word:?}; got {problems:?}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(report.created, 2, "{report:?}");
    site.get("/songs/a-good-song").ok().says("Good prose.");
    site.get("/artists/a-good-artist").ok();
    assert_eq!(site.get("/songs/bad-role").status, 404);
    let after: i64 = site.read(|conn| pages::table.count().get_result(conn));
    assert_eq!(after - before, 2, "something of a broken file was stored");
});

on_both_stores!(a_file_that_changes_a_page_makes_one_revision, |site| {
    let mut files = exported(site);
    let text = files.remove("songs/always.md").unwrap();
    let report = import(
        site,
        vec![(
            "songs/always.md".to_owned(),
            format!("{text}\nOne more sentence.\n"),
        )],
    );
    assert_eq!((report.changed, report.problems), (1, vec![]));
    site.get("/songs/always").ok().says("One more sentence.");
    let (_, revision, _) = site.page(Kind::Song, "always");
    assert_eq!(
        (revision.number, revision.changed.as_str()),
        (2, "[\"prose\"]")
    );
});
