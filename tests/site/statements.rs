//! What a page costs the store: a handful of statements, however much it shows.

use std::collections::BTreeSet;
use std::fmt::Write;

use yeoun::db::StoreKind;
use yeoun::models::catalogue;
use yeoun::models::page::Kind;
use yeoun::models::user::{Editor, Role};

use crate::on_both_stores;
use crate::support::{Refused, Site, crawl, form::Form, store::AT};

/// Most statements of a page that is not in the cache.
const MOST: u64 = 12;
/// Most for the pages that gather several lists: the front page, and a year with its dramas, albums and songs.
const MOST_LISTS: u64 = 16;
/// Most of a save that changes one value: who saves, what there is, what the form names, and what is written.
const MOST_SAVE: u64 = 14;

/// Statements that one request makes the store run.
fn cost(site: &Site, path: &str) -> u64 {
    site.shared.cache.clear();
    let before = site.db.statements();
    site.get(path).ok();
    site.db.statements() - before
}

/// A song with so many scenes, credits, versions, names and sources.
fn song(title: &str, rows: usize) -> String {
    let mut text = String::from("+++\n");
    let _ = write!(
        text,
        "[[names]]\nvalue = \"{title}\"\nlocale = \"en\"\nkind = \"official\"\nprimary = true\n"
    );
    for n in 1..rows {
        let _ = write!(
            text,
            "[[names]]\nvalue = \"{title} {n}\"\nlocale = \"en\"\nkind = \"search_hint\"\n"
        );
    }
    text.push_str("[[uses]]\ndrama = \"drama:goblin\"\nrole = \"insert\"\n");
    for n in 0..rows {
        let _ = write!(
            text,
            "[[versions]]\nkind = \"vocal\"\ncredit = [{{ artist = \"artist:punch\" }}]\nlabel = \"No. {n}\"\n"
        );
        let _ = write!(
            text,
            "[[credits]]\nrole = \"composer\"\nartist = \"artist:rocoberry\"\ndetail = \"{n}\"\n"
        );
        let minute = n % 60;
        let episode = n % 16 + 1;
        let _ = write!(
            text,
            "[[cues]]\ndrama = \"drama:goblin\"\nepisode = {episode}\nbegin = \"0:{minute:02}:05\"\ndescription = \"Scene {n}.\"\n"
        );
        let _ = write!(
            text,
            "[[sources]]\nid = {}\ntitle = \"Source {n}\"\n",
            n + 10_000
        );
    }
    text.push_str("+++\n\nHeard in [[drama:goblin]].\n");
    text
}

on_both_stores!(a_song_with_many_rows_costs_what_one_with_few_does, |site| {
    let files = vec![
        ("songs/few-rows.md".to_owned(), song("A Song of Few", 3)),
        (
            "songs/many-rows.md".to_owned(),
            song("One With Plenty", 300),
        ),
    ];
    let report = site.write(move |conn| {
        Ok::<_, Refused>(catalogue::import(
            conn,
            &Editor::operator(),
            &files,
            AT + 1,
        )?)
    });
    let report = report.unwrap();
    assert_eq!((report.created, report.problems), (2, vec![]));
    let (few, many) = (
        cost(site, "/songs/few-rows"),
        cost(site, "/songs/many-rows"),
    );
    assert_eq!(few, many);
    assert!(few <= MOST, "{few} statements");
    // The song's page lists the first hundred scenes of a drama and says where the others are; the cue sheets have them all.
    site.get("/songs/many-rows")
        .says("Scene 192.")
        .says("200 more scenes in the cue sheets of Goblin");
    site.get("/dramas/goblin/episodes/12").says("Scene 299.");
});

on_both_stores!(a_changed_credit_is_saved_in_a_handful, |site| {
    let files = vec![(
        "songs/many-rows.md".to_owned(),
        song("One With Plenty", 100),
    )];
    let report = site.write(move |conn| {
        Ok::<_, Refused>(catalogue::import(
            conn,
            &Editor::operator(),
            &files,
            AT + 1,
        )?)
    });
    assert_eq!(report.unwrap().problems, vec![]);
    let mina = site.member("Mina", Role::Editor);
    let path = "/songs/many-rows/edit";
    for (words, field) in [("detail", "credits.7.detail"), ("prose", "prose")] {
        let (_, latest, _) = site.page(Kind::Song, "many-rows");
        let row = latest.flat().unwrap()["credits"][7]["id"].to_string();
        let field = field.replace(".7.", &format!(".{row}."));
        let form = Form::of(&mina.get(path), path).with(&field, words);
        let before = site.db.statements();
        form.press(&mina, "save")
            .leads_to(&format!("/songs/many-rows?saved={}", latest.number + 1));
        let statements = site.db.statements() - before;
        assert!(statements <= MOST_SAVE, "{field}: {statements} statements");
    }
});

#[test]
fn every_kind_of_page_costs_a_handful() {
    for kind in [StoreKind::Sqlite, StoreKind::Postgres] {
        let site = Site::start(kind);
        let mut shapes = BTreeSet::new();
        let mut dear = Vec::new();
        for visit in crawl::everything().iter().filter(|visit| visit.is_page()) {
            if shapes.insert(crawl::pattern(&visit.path)) {
                let statements = cost(&site, &visit.path);
                let gathers = visit.path == "/" || visit.path.starts_with("/years/");
                if statements > if gathers { MOST_LISTS } else { MOST } {
                    dear.push(format!("{}: {statements}", visit.path));
                }
            }
        }
        assert!(shapes.len() >= 10, "{shapes:?}");
        assert!(dear.is_empty(), "on {kind}: {dear:#?}");
    }
}

#[test]
fn a_page_in_the_cache_costs_nothing() {
    let site = Site::start(StoreKind::Sqlite);
    site.get("/songs/stay-with-me").ok();
    let before = site.db.statements();
    site.get("/songs/stay-with-me").ok();
    assert_eq!(site.db.statements(), before);
}
