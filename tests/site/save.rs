//! No edit is lost: the one save path, through the models.

use diesel::prelude::*;
use serde_json::Value;
use yeoun::models::page::document::{Document, KindFacts};
use yeoun::models::page::save::{SaveError, Saved};
use yeoun::models::page::{Kind, lives};
use yeoun::models::user::{Editor, Moderator};
use yeoun::schema::{changes, revisions};
use yeoun::text::slug::Slug;

use crate::on_both_stores;
use crate::support::{Refused, Site, store::AT};

/// Revisions and log entries there are.
fn counts(site: &Site) -> (i64, i64) {
    site.read(|conn| {
        Ok((
            revisions::table.count().get_result(conn)?,
            changes::table.count().get_result(conn)?,
        ))
    })
}

/// The content with one text replaced by another, wherever it stands.
fn replaced(document: &Document, from: &str, to: &str) -> Document {
    let text = Value::Object(document.to_value()).to_string();
    assert!(text.contains(from), "{from} is not in {text}");
    let Value::Object(flat) = serde_json::from_str(&text.replace(from, to)).unwrap() else {
        panic!("no object")
    };
    Document::from_value(document.kind(), &flat).unwrap()
}

fn moods(document: &mut Document, moods: &[&str]) {
    let KindFacts::Song(song) = &mut document.facts else {
        panic!("a song was expected")
    };
    song.moods = moods.iter().map(|mood| (*mood).to_owned()).collect();
}

on_both_stores!(saving_what_is_there_makes_no_revision, |site| {
    let before = counts(site);
    for (kind, slug) in [
        (Kind::Song, "stay-with-me"),
        (Kind::Drama, "goblin"),
        (Kind::Artist, "punch"),
        (Kind::Album, "goblin-part-1"),
        (Kind::Article, "how-to-edit"),
    ] {
        let (page, revision, document) = site.page(kind, slug);
        assert_eq!(
            site.save(&page, Some(revision.id), &document).unwrap(),
            Saved::Unchanged,
            "{slug}"
        );
    }
    assert_eq!(counts(site), before);
});

on_both_stores!(a_change_is_a_revision_and_is_seen_at_once, |site| {
    let (page, revision, mut document) = site.page(Kind::Song, "stay-with-me");
    site.get("/songs/stay-with-me").ok();
    document
        .prose
        .push_str("\n\nA sentence nobody wrote before.\n");
    let saved = site.save(&page, Some(revision.id), &document).unwrap();
    assert!(
        matches!(
            saved,
            Saved::Revision {
                number: 2,
                merged: false,
                ..
            }
        ),
        "{saved:?}"
    );
    site.get("/songs/stay-with-me")
        .ok()
        .says("A sentence nobody wrote before.");
    let (_, latest, _) = site.page(Kind::Song, "stay-with-me");
    assert_eq!(
        (latest.parent_id, latest.changed.as_str()),
        (Some(revision.id), "[\"prose\"]")
    );
    // The page as it was stays readable.
    site.get("/songs/stay-with-me/history/1")
        .ok()
        .hides("A sentence nobody wrote before.");
    site.get("/songs/stay-with-me/history/2")
        .ok()
        .says("A sentence nobody wrote before.");
});

on_both_stores!(a_changed_name_is_seen_wherever_it_is_shown, |site| {
    let (page, revision, document) = site.page(Kind::Drama, "goblin");
    site.get("/songs/stay-with-me").ok().says("Goblin");
    site.get("/dramas").ok().says("Goblin");
    let document = replaced(&document, "\"value\":\"Goblin\"", "\"value\":\"Hobgoblin\"");
    site.save(&page, Some(revision.id), &document).unwrap();
    for path in ["/songs/stay-with-me", "/dramas", "/dramas/goblin"] {
        site.get(path).ok().says("Hobgoblin");
    }
});

on_both_stores!(two_editors_of_different_fields_are_merged, |site| {
    let (page, revision, start) = site.page(Kind::Song, "stay-with-me");
    let (mut first, mut second) = (start.clone(), start.clone());
    moods(&mut first, &["mysterious"]);
    second.prose.push_str("\n\nThe second editor's words.\n");
    let second = replaced(&second, "\"3:13\"", "\"3:14\"");
    site.save(&page, Some(revision.id), &first).unwrap();
    let saved = site.save(&page, Some(revision.id), &second).unwrap();
    assert!(
        matches!(
            saved,
            Saved::Revision {
                number: 3,
                merged: true,
                ..
            }
        ),
        "{saved:?}"
    );
    let (_, latest, document) = site.page(Kind::Song, "stay-with-me");
    assert_eq!(latest.tags, "[\"merged\"]");
    let KindFacts::Song(song) = &document.facts else {
        panic!("a song was expected")
    };
    assert_eq!(song.moods, ["mysterious"]);
    assert!(document.prose.contains("The second editor's words."));
    site.get("/songs/stay-with-me")
        .ok()
        .says("3:14")
        .says("The second editor's words.");
});

on_both_stores!(two_editors_of_one_field_are_told_which, |site| {
    let (page, revision, start) = site.page(Kind::Song, "stay-with-me");
    let (mut first, mut second) = (start.clone(), start);
    moods(&mut first, &["mysterious"]);
    moods(&mut second, &["longing"]);
    site.save(&page, Some(revision.id), &first).unwrap();
    let before = counts(site);
    let Err(Refused::Save(SaveError::Collisions(collisions))) =
        site.save(&page, Some(revision.id), &second)
    else {
        panic!("it was saved");
    };
    let [collision] = collisions.as_slice() else {
        panic!("{collisions:?}")
    };
    assert_eq!(collision.path, "moods");
    assert_eq!(collision.theirs, serde_json::json!(["mysterious"]));
    assert_eq!(collision.mine, serde_json::json!(["longing"]));
    assert_eq!(collision.base, serde_json::json!(["mysterious", "longing"]));
    assert_eq!(counts(site), before, "something was stored");
    site.get("/songs/stay-with-me").ok();
});

on_both_stores!(
    a_wrong_proposal_is_refused_whole_and_every_fault_is_named,
    |site| {
        let (page, revision, document) = site.page(Kind::Song, "stay-with-me");
        let before = counts(site);
        let mut wrong = document.clone();
        wrong.head.names.clear();
        wrong.head.sources.clear();
        wrong.prose.push_str("\n\nLost words.\n");
        let Err(Refused::Save(SaveError::Faults(faults))) =
            site.save(&page, Some(revision.id), &wrong)
        else {
            panic!("it was saved");
        };
        let fields: Vec<&str> = faults.0.iter().map(|fault| fault.field.as_str()).collect();
        assert!(fields.contains(&"names"), "{fields:?}");
        assert!(
            fields
                .iter()
                .filter(|field| field.ends_with(".sources"))
                .count()
                >= 3,
            "{fields:?}"
        );
        assert!(
            faults
                .0
                .iter()
                .all(|fault| fault.message.ends_with('.') || fault.message.ends_with('…')),
            "{faults:?}"
        );
        assert_eq!(counts(site), before);
        site.get("/songs/stay-with-me").ok().hides("Lost words.");
    }
);

on_both_stores!(nobody_saves_a_page_that_is_gone, |site| {
    let (page, revision, mut document) = site.page(Kind::Song, "always");
    let id = page.id;
    site.write(move |conn| {
        Ok::<_, Refused>(lives::delete(
            conn,
            &Moderator::operator(),
            id,
            "Twice here.",
            AT + 1,
        )?)
    })
    .unwrap();
    let before = counts(site);
    document.prose.push_str("\n\nToo late.\n");
    let outcome = site.save(&page, Some(revision.id), &document);
    assert!(
        matches!(outcome, Err(Refused::Save(SaveError::NotLive))),
        "{outcome:?}"
    );
    assert_eq!(counts(site), before);
    assert_eq!(site.get("/songs/always").status, 410);
});

on_both_stores!(an_address_belongs_to_one_page, |site| {
    let (page, ..) = site.page(Kind::Song, "always");
    let (id, taken) = (page.id, Slug::parse("stay-with-me").unwrap());
    let outcome = site.write(move |conn| {
        Ok::<_, Refused>(lives::rename(
            conn,
            &Editor::operator(),
            id,
            lives::Renaming {
                slug: &taken,
                name: None,
                keeps_old: true,
            },
            lives::Why {
                note: "",
                at: AT + 1,
            },
        )?)
    });
    assert!(
        matches!(outcome, Err(Refused::Life(lives::LifeError::SlugTaken(_)))),
        "{outcome:?}"
    );
    site.get("/songs/always").ok();
});
