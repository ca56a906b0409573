//! What the form asks for is all there is: every page of the catalogue can be typed, and reads back as it was.

use std::collections::BTreeSet;

use serde_json::{Map, Value};
use yeoun::models::page::document::Document;
use yeoun::models::page::named::Named;
use yeoun::models::page::{Kind, PageId};
use yeoun::routes::pages::form::read::{self, Reading};
use yeoun::routes::pages::form::{Form, Typed, written};
use yeoun::routes::{albums, articles, artists, dramas, songs};

use crate::read_on_both_stores;
use crate::support::Site;

fn form(kind: Kind) -> &'static Form {
    match kind {
        Kind::Drama => &dramas::form::FORM,
        Kind::Song => &songs::form::FORM,
        Kind::Artist => &artists::form::FORM,
        Kind::Album => &albums::form::FORM,
        Kind::Article => &articles::form::FORM,
    }
}

/// The texts of a page, and what they read as over another content.
fn typed(site: &Site, document: &Document) -> Typed {
    let (kind, document) = (document.kind(), document.clone());
    site.read(move |conn| {
        let cards = written::cards(conn, &document)?;
        Ok(written::written(form(kind), &document, &cards))
    })
}

fn read(site: &Site, kind: Kind, typed: &Typed, base: Map<String, Value>) -> Reading {
    let typed = typed.clone();
    site.read(move |conn| {
        let sections = read::all(form(kind));
        let named = Named::mentioned(conn, &read::named(&sections, &typed))?;
        Ok(read::read(&sections, &typed, &base, &named, 10_000))
    })
}

/// Kind and slug of every live page.
fn pages(site: &Site) -> Vec<(Kind, String)> {
    use diesel::prelude::*;
    use yeoun::models::page::State;
    use yeoun::schema::pages;
    site.read(|conn| {
        pages::table
            .filter(pages::state.eq(State::Live))
            .order(pages::id)
            .select((pages::kind, pages::slug))
            .load(conn)
    })
}

read_on_both_stores!(every_page_can_be_typed_and_reads_back_as_it_was, |site| {
    let mut kinds = BTreeSet::new();
    for (kind, slug) in pages(site) {
        let (_, _, document) = site.page(kind, &slug);
        let flat = document.to_value();
        // Over nothing at all, so that a value the form does not ask for is missed.
        let reading = read(site, kind, &typed(site, &document), Map::new());
        assert!(
            reading.faults.is_empty(),
            "{kind} {slug}: {:?}",
            reading.faults
        );
        let back = Document::from_value(kind, &reading.flat)
            .unwrap()
            .to_value();
        for key in flat.keys().chain(back.keys()) {
            assert_eq!(back.get(key), flat.get(key), "{kind} {slug}: {key}");
        }
        kinds.insert(kind);
    }
    assert_eq!(kinds.len(), 5);
});

fn song(pairs: &[(&str, &str)]) -> Typed {
    let pairs = pairs
        .iter()
        .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
    Typed::new(pairs)
}

read_on_both_stores!(
    names_find_their_pages_in_any_script_and_may_have_none,
    |site| {
        let form = song(&[
            ("credits.new1.role", "composer"),
            ("credits.new1.who", "로코베리"),
            ("credits.new2.role", "lyricist"),
            ("credits.new2.who", "/artists/punch"),
            ("credits.new3.role", "arranger"),
            ("credits.new3.who", "Somebody Without a Page"),
            ("uses.new1.drama", "도깨비"),
        ]);
        let reading = read(site, Kind::Song, &form, Map::new());
        assert!(reading.faults.is_empty(), "{:?}", reading.faults);
        let id = |kind: Kind, slug: &str| -> PageId { site.page(kind, slug).0.id };
        let value = |path: &str| Value::Object(reading.flat.clone()).pointer(path).cloned();
        let artist = |slug: &str| Some(Value::from(format!("artist#{}", id(Kind::Artist, slug))));
        assert_eq!(value("/credits/0/artist"), artist("rocoberry"));
        assert_eq!(value("/credits/1/artist"), artist("punch"));
        assert_eq!(
            value("/credits/2/text"),
            Some(Value::from("Somebody Without a Page"))
        );
        assert_eq!(
            value("/uses/0/drama"),
            Some(Value::from(format!("drama#{}", id(Kind::Drama, "goblin"))))
        );
    }
);

read_on_both_stores!(every_fault_is_told_at_its_field, |site| {
    let form = song(&[
        ("uses.new1.drama", "No Such Drama"),
        ("versions.new1.kind", "vocal"),
        ("versions.new1.length", "three minutes"),
        ("cues.new1.drama", "Goblin"),
        ("cues.new1.begin", "after the snow"),
        ("cues.new1.episode", "seven"),
        ("credits.new1.role", "king"),
        ("credits.new1.who", "Punch"),
        ("credits.new1.sources", "4"),
    ]);
    let reading = read(site, Kind::Song, &form, Map::new());
    let mut fields: Vec<&str> = reading
        .faults
        .0
        .iter()
        .map(|fault| fault.field.as_str())
        .collect();
    fields.sort_unstable();
    assert_eq!(
        fields,
        [
            "credits.new1.role",
            "credits.new1.sources",
            "cues.new1.begin",
            "cues.new1.episode",
            "uses.new1.drama",
            "versions.new1.length",
        ]
    );
    for fault in &reading.faults.0 {
        assert!(
            fault.message.ends_with('.') && fault.message.len() > 10,
            "{fault:?}"
        );
    }
});

read_on_both_stores!(
    a_part_of_an_episode_is_written_where_a_time_would_be,
    |site| {
        let form = song(&[
            ("cues.new1.drama", "Goblin"),
            ("cues.new1.begin", "Late"),
            ("cues.new2.drama", "Goblin"),
            ("cues.new2.begin", "3530"),
            ("cues.new3.drama", ""),
            ("cues.new3.begin", " "),
        ]);
        let reading = read(site, Kind::Song, &form, Map::new());
        assert!(reading.faults.is_empty(), "{:?}", reading.faults);
        let cues = reading.flat.get("cues").and_then(Value::as_array).unwrap();
        assert_eq!(cues.len(), 2, "an empty row is no row");
        assert_eq!(cues[0].get("part"), Some(&Value::from("late")));
        assert_eq!(cues[1].get("begin"), Some(&Value::from("0:58:50")));
    }
);

read_on_both_stores!(dates_and_times_are_read_as_people_write_them, |site| {
    let form = song(&[
        ("versions.new1.kind", "vocal"),
        ("versions.new1.released", "2016년 12월 2일"),
        ("versions.new1.length", "3분 14초"),
        ("versions.new2.kind", "vocal"),
        ("versions.new2.released", "Dec 2016"),
        ("cues.new1.drama", "Goblin"),
        ("cues.new1.begin", "58m50s"),
        ("cues.new2.drama", "Goblin"),
        ("cues.new2.begin", "후반"),
        ("versions.new3.kind", "vocal"),
        ("versions.new3.released", "2/12/2016"),
    ]);
    let reading = read(site, Kind::Song, &form, Map::new());
    let faults: Vec<&str> = reading
        .faults
        .0
        .iter()
        .map(|fault| fault.field.as_str())
        .collect();
    assert_eq!(faults, ["versions.new3.released"]);
    let value = |path: &str| Value::Object(reading.flat.clone()).pointer(path).cloned();
    assert_eq!(
        value("/versions/0/released"),
        Some(Value::from("2016-12-02"))
    );
    assert_eq!(value("/versions/0/length"), Some(Value::from("3:14")));
    assert_eq!(value("/versions/1/released"), Some(Value::from("2016-12")));
    assert_eq!(value("/cues/0/begin"), Some(Value::from("0:58:50")));
    assert_eq!(value("/cues/1/part"), Some(Value::from("late")));
});
