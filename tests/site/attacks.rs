//! Strings made to break out, stored wherever text can be typed: no page gets an element, an attribute or an address that is not ours,
//! nothing fails on our side, and everything else of the site stays as it was.

mod foreign;
mod reasons;
mod strings;
mod tour;

use std::collections::BTreeSet;

use yeoun::config::{Config, Rate};
use yeoun::db::StoreKind;
use yeoun::models::user::{Role, UserName};

use crate::support::form::Form;
use crate::support::{Actor, Reply, Site, TestStore, crawl};
use foreign::Ours;

/// A page of each kind.
const PAGES: [&str; 5] = [
    "/songs/stay-with-me",
    "/dramas/goblin",
    "/artists/punch",
    "/albums/goblin-part-1",
    "/articles/how-to-edit",
];

/// Saves tried for each kind of page; each carries as many strings as the form has fields of text.
const ROUNDS: usize = 24;

/// A site without limits on how much is written.
pub fn site(kind: StoreKind) -> Site {
    let free = |config: &mut Config| {
        let much: Rate = "100000/60s".parse().unwrap();
        config.people.edits = much;
        config.people.edits_new = much;
        config.people.joins = much;
        config.people.logins = much;
        config.people.logins_long = much;
    };
    Site::over_with(TestStore::with_catalogue(kind), free)
}

/// Types strings into every field of text of a page, leaving those alone that refuse them, and saves. What is stored, if anything is.
fn store(by: &Actor<'_>, page: &str, strings: &mut strings::Endless, ours: &Ours) -> Option<Reply> {
    let edit = format!("{page}/edit");
    let opened = by.get(&edit);
    opened.ok();
    let mut form = Form::of(&opened, &edit);
    let before = form.clone();
    for name in form.texts.clone() {
        let typed = strings.next_for(&name);
        form = form.with(&name, &typed);
    }
    form = form.with("_note", &strings.next_for("_note"));
    ours.judge(&form.press(by, "preview"));
    // What is refused at a field is typed as it was; a few rounds find all, since some faults hide others.
    for _ in 0..8 {
        let reply = form.press(by, "save");
        ours.judge(&reply);
        assert!(reply.status < 500, "{page}: {}", reply.status);
        match reply.status {
            303 => {
                let saved = by.get(reply.header("location"));
                ours.judge(&saved);
                return Some(saved);
            }
            422 if reply.source().contains("name=\"_asked\"") => {
                // Sourced values changed: the answer does not matter here.
                for name in Form::of(&reply, &edit).names("_why.") {
                    form = form.choosing(&name.replace("_why.", "_claim."), "typo");
                }
            }
            422 => {
                let refused = reply.faulty_fields();
                assert!(!refused.is_empty(), "{page} names no field");
                for name in refused {
                    form = form.like(&before, &name);
                }
            }
            status => panic!("{page} answers {status}"),
        }
    }
    None
}

fn stored_everywhere(kind: StoreKind) {
    let site = site(kind);
    let mina = site.member("Mina", Role::Editor);
    let ours = Ours::learn(&site, &mina);
    let mut strings = strings::Endless::all();
    let (mut stored, mut revisions) = (0, 0);
    for page in PAGES {
        for _ in 0..ROUNDS {
            site.wait(1);
            if store(&mina, page, &mut strings, &ours).is_some() {
                stored += 1;
            }
        }
        for path in [
            format!("{page}/history"),
            format!("{page}/edit"),
            format!("{page}/diff"),
        ] {
            ours.judge(&mina.get(&path));
        }
        revisions += usize::try_from(history_length(&site, page)).unwrap();
    }
    assert!(
        stored > PAGES.len() * ROUNDS / 2,
        "only {stored} saves took anything: the test proves little"
    );
    assert!(revisions > stored / 2);
    // Everything that can be reached, as a reader and as an editor.
    let mut seen = BTreeSet::new();
    for visit in crawl::walk(&site, None, 3) {
        assert!(visit.status < 500, "{}: {}", visit.path, visit.status);
        if seen.insert(visit.path.clone()) {
            ours.judge(&site.get(&visit.path));
        }
    }
    for page in PAGES {
        for number in 1..=history_length(&site, page) {
            ours.judge(&mina.get(&format!("{page}/history/{number}")));
            ours.judge(&mina.get(&format!("{page}/diff?to={number}")));
        }
    }
    assert!(ours.judged() > 300, "only {} pages", ours.judged());
}

fn history_length(site: &Site, page: &str) -> i64 {
    let (kind, slug) = page.trim_start_matches('/').split_once('/').unwrap();
    let kind = yeoun::models::page::Kind::of_plural(kind).unwrap();
    site.page(kind, slug).1.number
}

#[test]
fn strings_in_every_field_of_every_form_stay_text_on_sqlite() {
    stored_everywhere(StoreKind::Sqlite);
}

#[test]
fn strings_in_every_field_of_every_form_stay_text_on_postgres() {
    stored_everywhere(StoreKind::Postgres);
}

fn names_of_members(kind: StoreKind) {
    let site = site(kind);
    let mina = site.member("Mina", Role::Editor);
    let ours = Ours::learn(&site, &mina);
    let mut taken = 0;
    for name in strings::all() {
        let anon = site.anon();
        let refused = anon.post_as_it_is("/join", &[("name", &name), ("password", "short")], &[]);
        assert!(refused.status < 500, "{name:?}: {}", refused.status);
        ours.judge(&refused);
        let login = anon.post_as_it_is("/login", &[("name", &name), ("password", "x")], &[]);
        assert!(login.status < 500, "{name:?}: {}", login.status);
        ours.judge(&login);
        if taken < 40 && UserName::parse(&name).is_ok() && site.try_user(&name).is_some() {
            taken += 1;
        }
    }
    assert!(taken > 3, "only {taken} names were taken");
    for visit in crawl::walk(&site, None, 1) {
        assert!(visit.status < 500, "{}", visit.path);
    }
}

#[test]
fn names_of_members_stay_text_on_sqlite() {
    names_of_members(StoreKind::Sqlite);
}

#[test]
fn names_of_members_stay_text_on_postgres() {
    names_of_members(StoreKind::Postgres);
}

/// Strings in the address and its parameters.
#[test]
fn addresses_stay_text() {
    let site = Site::reading(StoreKind::Sqlite);
    let ours = Ours::learn(site, &site.anon());
    for string in strings::all() {
        let escaped =
            percent_encoding::utf8_percent_encode(&string, percent_encoding::NON_ALPHANUMERIC)
                .to_string();
        for path in [
            format!("/songs/{escaped}"),
            format!("/songs?letter={escaped}"),
            format!("/dramas?year={escaped}&after={escaped}"),
            format!("/login?back={escaped}"),
            format!("/users/{escaped}"),
        ] {
            if path.len() > 4000 {
                continue;
            }
            let reply = site.get(&path);
            assert!(reply.status < 500, "{path}: {}", reply.status);
            ours.judge(&reply);
        }
    }
}
