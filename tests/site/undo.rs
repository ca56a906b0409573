//! Taking back what was done: one edit, one field, or everything since.

mod buttons;

use yeoun::models::page::blame::Blame;
use yeoun::models::page::document::{Document, KindFacts};
use yeoun::models::page::lives;
use yeoun::models::page::revision::Revision;
use yeoun::models::page::save::{SaveError, Saved};
use yeoun::models::page::undo::{self, UndoError};
use yeoun::models::page::{Kind, PageId};
use yeoun::models::user::Editor;

use crate::on_both_stores;
use crate::support::{Refused, Site, store::AT};

const SLUG: &str = "stay-with-me";

/// Edits the song and answers its page and the number of the new revision.
fn edit(site: &Site, change: impl FnOnce(&mut Document)) -> (PageId, i64) {
    let (page, revision, mut document) = site.page(Kind::Song, SLUG);
    change(&mut document);
    let saved = site.save(&page, Some(revision.id), &document).unwrap();
    let Saved::Revision { number, .. } = saved else {
        panic!("nothing changed")
    };
    (page.id, number)
}

fn song(document: &mut Document) -> &mut yeoun::models::song::Song {
    match &mut document.facts {
        KindFacts::Song(song) => song,
        _ => panic!("a song was expected"),
    }
}

/// The song as it is now.
fn now(site: &Site) -> (Revision, Document) {
    let (_, revision, document) = site.page(Kind::Song, SLUG);
    (revision, document)
}

fn undo(site: &Site, page: PageId, number: i64) -> Result<Saved, UndoError> {
    let outcome = site.write(move |conn| {
        Ok(undo::undo(
            conn,
            &Editor::operator(),
            page,
            number,
            " ",
            AT + 9,
        ))
    });
    outcome.unwrap()
}

fn revert(site: &Site, page: PageId, number: i64, path: &'static str) -> Result<Saved, UndoError> {
    let outcome = site.write(move |conn| {
        let what = (number, path);
        Ok(undo::revert_field(
            conn,
            &Editor::operator(),
            page,
            what,
            "",
            AT + 9,
        ))
    });
    outcome.unwrap()
}

on_both_stores!(an_edit_is_taken_back_and_later_ones_stay, |site| {
    let (_, start) = now(site);
    let (page, first) = edit(site, |document| {
        song(document).credits.remove(0);
        song(document).remake_of = "Somebody, 1981".to_owned();
    });
    edit(site, |document| {
        document.prose.push_str("\n\nA later thought.\n")
    });
    let Saved::Revision { number, .. } = undo(site, page, first).unwrap() else {
        panic!("nothing was taken back")
    };
    let (revision, mut document) = now(site);
    assert_eq!(
        (revision.number, revision.tags.as_str()),
        (number, "[\"undo\"]")
    );
    assert_eq!(revision.note, "Undid revision 2.");
    assert!(document.prose.ends_with("A later thought.\n"));
    document.prose.clone_from(&start.prose);
    assert_eq!(document, start, "the credit is not back in its place");
    // What was taken back stays as it was.
    let taken = site
        .read(move |conn| Revision::of(conn, page, first))
        .unwrap();
    assert_eq!(taken.tags, "[]");
    site.get("/songs/stay-with-me")
        .ok()
        .says("A later thought.")
        .hides("Somebody, 1981");
});

on_both_stores!(
    what_was_changed_again_since_is_named_and_left_alone,
    |site| {
        let (page, first) = edit(site, |document| {
            song(document).remake_of = "First".to_owned()
        });
        edit(site, |document| {
            song(document).remake_of = "Second".to_owned()
        });
        let (before, _) = now(site);
        let Err(UndoError::Save(SaveError::Collisions(collisions))) = undo(site, page, first)
        else {
            panic!("it was taken back")
        };
        let [collision] = collisions.as_slice() else {
            panic!("{collisions:?}")
        };
        assert_eq!(
            (
                collision.path.as_str(),
                &collision.base,
                &collision.theirs,
                &collision.mine
            ),
            (
                "remake_of",
                &"First".into(),
                &"Second".into(),
                &serde_json::Value::Null
            )
        );
        assert_eq!(now(site).0, before, "something was stored");
    }
);

on_both_stores!(
    what_later_edits_rest_on_is_not_taken_from_under_them,
    |site| {
        let (page, first) = edit(site, |document| {
            document.head.sources.push(yeoun::models::rank::Source {
                id: 900,
                title: "A booklet".to_owned(),
                ..Default::default()
            });
        });
        edit(site, |document| song(document).credits[0].sources.push(900));
        let Err(UndoError::Save(SaveError::Faults(faults))) = undo(site, page, first) else {
            panic!("it was taken back")
        };
        assert_eq!(faults.0[0].field, "credits[0].sources");
    }
);

on_both_stores!(one_field_of_an_edit_is_taken_back, |site| {
    let (_, start) = now(site);
    let (page, first) = edit(site, |document| {
        let song = song(document);
        song.credits.swap(0, 1);
        song.credits[2].detail = "Strings".to_owned();
        song.moods = vec!["dark".to_owned()];
    });
    for path in [
        "nothing",
        "episodes",
        "credits[99999]",
        "moods[1]",
        "links",
        "prose",
    ] {
        let outcome = revert(site, page, first, path);
        assert!(
            matches!(outcome, Err(UndoError::NoField)),
            "{path}: {outcome:?}"
        );
    }
    revert(site, page, first, "moods").unwrap();
    let (revision, mut document) = now(site);
    assert_eq!(revision.note, "Took back Moods of revision 2.");
    assert_eq!(revision.changed, "[\"moods\"]");
    let credits = song(&mut document).credits.clone();
    assert_eq!(credits[2].detail, "Strings");
    let path: &'static str = Box::leak(format!("credits[{}]", credits[2].id).into_boxed_str());
    revert(site, page, first, path).unwrap();
    let (_, mut document) = now(site);
    assert_ne!(song(&mut document).credits[2].detail, "Strings");
    // A row that only moved goes back to where it stood.
    let path: &'static str = Box::leak(format!("credits[{}]", credits[0].id).into_boxed_str());
    revert(site, page, first, path).unwrap();
    assert_eq!(now(site).1, start);
});

on_both_stores!(an_old_revision_is_restored_whole, |site| {
    let (_, start) = now(site);
    let (page, _) = edit(site, |document| {
        document.prose = "Other words.\n".to_owned()
    });
    edit(site, |document| {
        song(document).cues.clear();
        song(document).remake_of = "One".to_owned();
        document.head.links.clear();
    });
    let restore = |number: i64, note: &'static str| {
        let outcome = site.write(move |conn| {
            Ok(undo::restore(
                conn,
                &Editor::operator(),
                page,
                number,
                note,
                AT + 9,
            ))
        });
        outcome.unwrap()
    };
    restore(1, "As it was.").unwrap();
    let (revision, document) = now(site);
    assert_eq!((revision.number, revision.note.as_str()), (4, "As it was."));
    assert_eq!(revision.tags, "[\"restore\"]");
    assert_eq!(document, start);
    assert_eq!(restore(1, "").unwrap(), Saved::Unchanged);
    assert!(matches!(restore(17, ""), Err(UndoError::NoRevision)));
});

on_both_stores!(there_are_things_that_cannot_be_taken_back, |site| {
    let (page, first) = edit(site, |document| document.prose.push_str("More.\n"));
    assert!(matches!(undo(site, page, 1), Err(UndoError::First)));
    assert!(matches!(undo(site, page, 99), Err(UndoError::NoRevision)));
    site.write(move |conn| {
        Ok::<_, Refused>(lives::delete(
            conn,
            &Editor::operator(),
            page,
            "Twice here.",
            AT + 1,
        )?)
    })
    .unwrap();
    assert!(matches!(
        undo(site, page, first),
        Err(UndoError::Save(SaveError::NotLive))
    ));
});

on_both_stores!(every_field_knows_who_changed_it_last, |site| {
    let (_, mut start) = now(site);
    let id = song(&mut start).credits[0].id;
    let (page, _) = edit(site, |document| {
        song(document).credits[0].detail = "Piano".to_owned()
    });
    edit(site, |document| document.prose.push_str("\n\nMore.\n"));
    let blame = site.read(move |conn| Blame::load(conn, page));
    let number = |path: &str| blame.of(path).map(|touch| touch.number);
    assert_eq!(number("prose"), Some(3));
    assert_eq!(number("credits"), Some(2));
    assert_eq!(number(&format!("credits[{id}]")), Some(2));
    assert_eq!(
        number(&format!("credits[{}]", song(&mut start).credits[1].id)),
        Some(1)
    );
    assert_eq!(number("names"), Some(1));
    assert_eq!(number("remake_of"), None);
    assert_eq!(blame.of("prose").unwrap().author, "Yeoun");
});
