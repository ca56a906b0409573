//! Reasons of moderators, notes of what is taken back, drafts and new pages with strings in them.

use std::cell::Cell;
use std::collections::BTreeMap;

use yeoun::db::StoreKind;
use yeoun::models::user::Role;

use super::foreign::Ours;
use super::tour::Tour;
use super::{site, strings};

/// How often each form is filled in.
const ROUNDS: usize = 16;

/// Everything a tour can meet, with harmless words: what stands there is ours.
fn learned(kind: StoreKind) -> Ours {
    let clean = site(kind);
    let editor = clean.member("Mina", Role::Editor);
    let mut ours = Ours::learn(&clean, &editor);
    // In the last round nobody says why, so that the refusals are known as well.
    let (count, is_mute) = (Cell::new(0), Cell::new(false));
    let mut words = |_: &str| {
        count.set(count.get() + 1);
        match is_mute.get() {
            true => String::new(),
            false => format!("Plain words {}", count.get()),
        }
    };
    let mut tour = Tour {
        site: &clean,
        moderator: clean.member("Sunhee", Role::Moderator),
        editor,
        words: &mut words,
        see: &mut |reply| ours.look(reply),
        taken: BTreeMap::new(),
    };
    (0..3).for_each(|number| {
        is_mute.set(number == 2);
        tour.round(number);
    });
    ours
}

fn reasons(kind: StoreKind) {
    let ours = learned(kind);
    let site = site(kind);
    let mut strings = strings::Endless::all();
    let mut words = |field: &str| strings.next_for(field);
    let mut tour = Tour {
        site: &site,
        moderator: site.member("Sunhee", Role::Moderator),
        editor: site.member("Mina", Role::Editor),
        words: &mut words,
        see: &mut |reply| ours.judge(reply),
        taken: BTreeMap::new(),
    };
    (0..ROUNDS).for_each(|number| tour.round(number));
    for (what, least) in [
        ("draft", ROUNDS),
        ("undo", ROUNDS / 2),
        ("restore", ROUNDS / 4),
        ("hide", ROUNDS / 2),
        ("show", ROUNDS / 2),
        ("rename", ROUNDS),
        ("protect", ROUNDS),
        ("delete", ROUNDS / 2),
        ("undelete", ROUNDS / 2),
        ("merge", ROUNDS / 2),
        ("unmerge", ROUNDS / 2),
        ("block", ROUNDS),
        ("revert", ROUNDS / 2),
    ] {
        let taken = tour.taken.get(what).copied().unwrap_or(0);
        assert!(taken >= least, "{what}: only {taken} of {least} were taken");
    }
}

#[test]
fn reasons_drafts_and_new_pages_stay_text_on_sqlite() {
    reasons(StoreKind::Sqlite);
}

#[test]
fn reasons_drafts_and_new_pages_stay_text_on_postgres() {
    reasons(StoreKind::Postgres);
}
