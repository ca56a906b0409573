//! Edits drawn by chance, on pages of every kind: what merging, taking back and restoring promise, whatever was edited.

mod draws;
mod edits;

use std::cell::Cell;

use proptest::prelude::*;
use serde_json::{Map, Value};
use yeoun::db::StoreKind;
use yeoun::models::page::card::Cards;
use yeoun::models::page::document::{Document, row_lists};
use yeoun::models::page::revision::Revision;
use yeoun::models::page::save::{self, Proposal, SaveError};
use yeoun::models::page::undo::{self, UndoError};
use yeoun::models::page::{Kind, diff, merge};
use yeoun::models::user::Editor;

use crate::on_both_stores;
use crate::support::{Refused, Site, store::AT};

use draws::runner;
use edits::{Change, apply, changes};

/// A page of every kind, with rows in most lists.
const PAGES: [(Kind, &str); 5] = [
    (Kind::Song, "stay-with-me"),
    (Kind::Drama, "goblin"),
    (Kind::Artist, "exo"),
    (Kind::Album, "goblin-part-1"),
    (Kind::Article, "how-to-edit"),
];

type Content = Map<String, Value>;

fn starters() -> Vec<(Kind, Content)> {
    let site = Site::reading(StoreKind::Sqlite);
    PAGES
        .iter()
        .map(|(kind, slug)| (*kind, site.page(*kind, slug).2.to_value()))
        .collect()
}

fn order(content: &Content, list: &str) -> Vec<i64> {
    let rows = content.get(list).and_then(Value::as_array);
    rows.into_iter()
        .flatten()
        .map(|row| row["id"].as_i64().unwrap())
        .collect()
}

/// The rows that were there before, in the order a content has them.
fn kept_order(base: &Content, content: &Content, list: &str) -> Vec<i64> {
    let known = order(base, list);
    let mut kept = order(content, list);
    kept.retain(|id| known.contains(id));
    kept
}

fn moved(base: &Content, content: &Content, list: &str) -> bool {
    let kept = kept_order(base, content, list);
    let mut was = order(base, list);
    was.retain(|id| kept.contains(id));
    was != kept
}

fn row<'a>(content: &'a Content, list: &str, id: i64) -> Option<&'a Value> {
    let rows = content.get(list).and_then(Value::as_array);
    rows.into_iter().flatten().find(|row| row["id"] == id)
}

/// Whether everything one editor changed is in the outcome.
fn holds_changes(
    kind: Kind,
    base: &Content,
    edited: &Content,
    merged: &Content,
) -> Result<(), String> {
    for path in merge::changed_paths(kind, base, edited) {
        let Some((list, id)) = path.split_once('[') else {
            if path != "prose" && !row_lists(kind).any(|list| list == path) {
                let (wanted, found) = (edited.get(&path), merged.get(&path));
                if wanted != found {
                    return Err(format!("{path}: {found:?} instead of {wanted:?}"));
                }
            }
            continue;
        };
        let id: i64 = id.trim_end_matches(']').parse().unwrap();
        let (was, wanted, found) = (
            row(base, list, id),
            row(edited, list, id),
            row(merged, list, id),
        );
        let (Some(was), Some(wanted), Some(found)) = (was, wanted, found) else {
            if wanted.is_some() != found.is_some() {
                return Err(format!("{path}: {found:?} instead of {wanted:?}"));
            }
            continue;
        };
        for key in wanted.as_object().unwrap().keys() {
            if was.get(key) != wanted.get(key) && wanted.get(key) != found.get(key) {
                return Err(format!("{path}.{key}: {found} instead of {wanted}"));
            }
        }
    }
    Ok(())
}

/// Words one editor put into the text.
fn new_words<'a>(base: &Content, edited: &'a Content) -> Vec<&'a str> {
    let text = |content: &'a Content| content.get("prose").and_then(Value::as_str).unwrap_or("");
    let before = base.get("prose").and_then(Value::as_str).unwrap_or("");
    text(edited)
        .split_whitespace()
        .filter(|word| word.ends_with('z') && !before.contains(word))
        .collect()
}

fn two_editors() -> impl Strategy<Value = (usize, Vec<Change>, Vec<Change>)> {
    (0..PAGES.len(), changes(4), changes(4))
}

#[test]
fn merging_two_editors_loses_nothing_and_does_not_ask_who_came_first() {
    let starters = starters();
    let merged_well = Cell::new(0);
    let mut runner = runner(1_500);
    let outcome = runner.run(&two_editors(), |(at, first, second)| {
        let (kind, base) = &starters[at];
        let one = apply(*kind, base, &first, Some(10_000));
        let other = apply(*kind, base, &second, Some(20_000));
        let (there, back) = (
            merge::merge(*kind, base, &one, &other),
            merge::merge(*kind, base, &other, &one),
        );
        prop_assert_eq!(
            there.is_ok(),
            back.is_ok(),
            "only one way round: {:?} {:?}",
            there,
            back
        );
        let (Ok(there), Ok(back)) = (there, back) else {
            return Ok(());
        };
        prop_assert_eq!(holds_changes(*kind, base, &one, &there), Ok(()));
        prop_assert_eq!(holds_changes(*kind, base, &other, &there), Ok(()));
        let text = there.get("prose").and_then(Value::as_str).unwrap_or("");
        for word in new_words(base, &one)
            .into_iter()
            .chain(new_words(base, &other))
        {
            prop_assert!(text.contains(word), "{} is not in {}", word, text);
        }
        for list in row_lists(*kind) {
            prop_assert_eq!(order(&there, list), order(&back, list), "{}", list);
            let movers = [&one, &other].map(|edited| moved(base, edited, list));
            // Where only one of them moved rows, they stand as that one left them.
            let mover = match movers {
                [true, true] => continue,
                [true, false] => &one,
                _ => &other,
            };
            let mut wanted = kept_order(base, mover, list);
            let found = kept_order(base, &there, list);
            wanted.retain(|id| found.contains(id));
            prop_assert_eq!(wanted, found, "{} is out of order", list);
        }
        prop_assert_eq!(there, back);
        merged_well.set(merged_well.get() + 1);
        Ok(())
    });
    outcome.unwrap();
    let well = merged_well.get();
    assert!(well > 500, "only {well} could be merged");
}

#[test]
fn a_diff_tells_of_every_change_and_of_nothing_else() {
    let starters = starters();
    let mut runner = runner(500);
    let outcome = runner.run(&(0..PAGES.len(), changes(5)), |(at, edits)| {
        let (kind, base) = &starters[at];
        let edited = apply(*kind, base, &edits, Some(10_000));
        let cards = Cards::default();
        prop_assert!(diff::compare(*kind, base, base, &cards).is_empty());
        let found = diff::compare(*kind, base, &edited, &cards);
        let mut told: Vec<String> = found
            .fields
            .iter()
            .flat_map(|field| &field.rows)
            .filter(|row| row.change != diff::Change::Moved)
            .map(|row| row.path.clone())
            .chain(found.prose.as_ref().map(|_| "prose".to_owned()))
            .collect();
        let mut changed = merge::changed_paths(*kind, base, &edited);
        changed.retain(|path| !row_lists(*kind).any(|list| list == path));
        told.sort();
        changed.sort();
        prop_assert_eq!(told, changed);
        prop_assert_eq!(found.is_empty(), *base == edited);
        Ok(())
    });
    outcome.unwrap();
}

/// The content of the latest revision, and its number.
fn now(site: &Site, (kind, slug): (Kind, &str)) -> (Content, i64) {
    let (_, revision, document) = site.page(kind, slug);
    (document.to_value(), revision.number)
}

fn edit(site: &Site, (kind, slug): (Kind, &str), edits: &[Change]) -> bool {
    let (page, revision, document) = site.page(kind, slug);
    let content = apply(kind, &document.to_value(), edits, None);
    let proposal = Proposal {
        base: Some(revision.id),
        document: Document::from_value(kind, &content).unwrap(),
        note: "By chance.".to_owned(),
        at: AT + 1,
        tags: &[],
    };
    let saved =
        site.write(move |conn| Ok(save::save(conn, &Editor::operator(), page.id, &proposal)?));
    match saved {
        Ok(saved) => saved != save::Saved::Unchanged,
        Err(Refused::Save(SaveError::Faults(faults))) => panic!("{faults:?}"),
        Err(error) => panic!("{error}"),
    }
}

fn take_back(site: &Site, page: (Kind, &str), number: i64) -> Result<save::Saved, UndoError> {
    let id = site.page(page.0, page.1).0.id;
    let outcome = site.write(move |conn| {
        Ok(undo::undo(
            conn,
            &Editor::operator(),
            id,
            number,
            "",
            AT + 2,
        ))
    });
    outcome.unwrap()
}

on_both_stores!(whatever_was_edited_can_be_taken_back_and_restored, |site| {
    let mut runner = runner(25);
    let outcome = runner.run(&two_editors(), |(at, first, second)| {
        let page = PAGES[at];
        let (before, number) = now(site, page);
        if !edit(site, page, &first) {
            return Ok(());
        }
        // Undoing what was just done leaves what was there before.
        take_back(site, page, number + 1).unwrap();
        prop_assert_eq!(&now(site, page).0, &before);
        // Undoing the undoing brings it back, and so does restoring.
        take_back(site, page, number + 2).unwrap();
        let (edited, _) = now(site, page);
        let then = site.page(page.0, page.1).0.id;
        let was =
            site.read(move |conn| Ok(Revision::of(conn, then, number + 1)?.unwrap().flat()?));
        prop_assert_eq!(&edited, &was);
        // What somebody else did meanwhile stays.
        if edit(site, page, &second) {
            let (later, _) = now(site, page);
            if take_back(site, page, number + 3).is_ok() {
                prop_assert_eq!(
                    holds_changes(page.0, &edited, &later, &now(site, page).0),
                    Ok(())
                );
            }
        }
        let id = site.page(page.0, page.1).0.id;
        site.write(move |conn| {
            Ok(undo::restore(conn, &Editor::operator(), id, number, "", AT + 3).unwrap())
        })
        .unwrap();
        prop_assert_eq!(&now(site, page).0, &before);
        Ok(())
    });
    outcome.unwrap();
    crate::projections::are_rebuilt_as_they_are(site);
});
