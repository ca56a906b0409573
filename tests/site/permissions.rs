//! Who may do what: every address the router knows, asked for by everybody, on pages in every state.

mod table;

use std::collections::BTreeSet;

use yeoun::models::page::{Kind, PageId, lives};
use yeoun::models::user::{Editor, Role, User};
use yeoun::router;
use yeoun::web::guards::declared::Who;

use table::{Row, TABLE};

use crate::on_both_stores;
use crate::support::{Actor, Site, store::AT};

/// Who asks: nobody known, then the roles.
const ROLES: [Option<Role>; 5] = [
    None,
    Some(Role::Member),
    Some(Role::Editor),
    Some(Role::Moderator),
    Some(Role::Admin),
];

/// What has become of the page asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Normal,
    Deleted,
}

/// Two pages of a kind, the second of which is going to be deleted.
const PAGES: [(Kind, &str, &str); 5] = [
    (Kind::Drama, "reply-1988", "hotel-del-luna"),
    (Kind::Song, "stay-with-me", "hush"),
    (Kind::Artist, "chanyeol", "punch"),
    (Kind::Album, "goblin-part-1", "goblin-part-2"),
    (Kind::Article, "", ""),
];

impl Row {
    /// The patterns of the router it stands for, each with its kind of page.
    fn patterns(&self) -> Vec<(Option<Kind>, String)> {
        if self.pattern.contains("{kind}") {
            let kinds = Kind::ALL.iter();
            return kinds
                .map(|kind| (Some(*kind), self.pattern.replace("{kind}", kind.plural())))
                .collect();
        }
        let segment = self.pattern.split('/').nth(1).unwrap_or_default();
        vec![(Kind::of_plural(segment), self.pattern.to_owned())]
    }
}

/// Method, pattern and guard, as both sides write them.
fn line(method: &str, pattern: &str, who: Who) -> String {
    format!("{method} {pattern}, {who:?}")
}

#[test]
fn every_address_has_a_row_and_every_row_an_address() {
    let listed = router::listed();
    let registered: BTreeSet<String> = listed
        .iter()
        .map(|it| line(it.method.as_str(), &it.pattern, it.who))
        .collect();
    assert_eq!(registered.len(), listed.len(), "an address is there twice");
    let mut rows = BTreeSet::new();
    for row in TABLE {
        for (_, pattern) in row.patterns() {
            let line = line(row.method, &pattern, row.who);
            assert!(rows.insert(line), "two rows for {} {pattern}", row.method);
        }
    }
    let no_row: Vec<_> = registered.difference(&rows).collect();
    let no_address: Vec<_> = rows.difference(&registered).collect();
    assert!(
        no_row.is_empty() && no_address.is_empty(),
        "in the router and not in tests/site/permissions/table.rs: {no_row:#?}; the other way round: {no_address:#?}"
    );
}

/// Whether a role is let through.
fn may(who: Who, role: Option<Role>) -> bool {
    match who {
        Who::Anybody => true,
        Who::SignedIn | Who::Editors => role.is_some(),
        Who::Moderators => role >= Some(Role::Moderator),
        Who::Admins => role >= Some(Role::Admin),
    }
}

/// What somebody of a role is to be answered.
fn expected(row: &Row, role: Option<Role>, state: State) -> u16 {
    if let (None, Some(status)) = (role, row.anonymous) {
        return status;
    }
    if !may(row.who, role) {
        // Readers are shown the way in; a form is not thrown away by leading its sender elsewhere.
        return if role.is_none() && row.method == "GET" {
            303
        } else {
            403
        };
    }
    match (state, row.deleted) {
        (State::Deleted, Some(status)) => status,
        _ => row.normal,
    }
}

/// The pages of a site: their kinds, slugs and numbers in either state.
struct Pages(Vec<(Kind, State, String, PageId)>);

impl Pages {
    fn prepare(site: &Site) -> Self {
        let mut pages = Vec::new();
        for (kind, normal, deleted) in PAGES {
            let (normal, deleted) = if kind == Kind::Article {
                articles(site)
            } else {
                (normal.to_owned(), deleted.to_owned())
            };
            let id = site.page(kind, &normal).0.id;
            pages.push((kind, State::Normal, normal, id));
            let id = site.page(kind, &deleted).0.id;
            site.write(move |conn| {
                let by = Editor::operator();
                Ok(lives::delete(conn, &by, id, "Made for a test.", AT + 1)?)
            })
            .unwrap();
            pages.push((kind, State::Deleted, deleted, id));
        }
        Self(pages)
    }

    /// The address of a row for a page in a state.
    fn address(&self, row: &Row, pattern: &str, kind: Option<Kind>, state: State) -> String {
        let kind = kind.unwrap_or(Kind::Song);
        let found = self
            .0
            .iter()
            .find(|(of, is, ..)| *of == kind && *is == state);
        let (_, _, slug, id) = found.unwrap();
        if pattern.starts_with(&format!("/{}/{{slug}}", kind.plural())) && !row.example.is_empty() {
            return format!("/{}/{slug}{}", kind.plural(), row.example);
        }
        if !row.example.is_empty() {
            return row.example.to_owned();
        }
        pattern
            .replace("{slug}", slug)
            .replace("{id}", &id.to_string())
    }
}

/// Two articles of the catalogue, whichever they are.
fn articles(site: &Site) -> (String, String) {
    let page = site.get("/articles");
    let mut links = page
        .facts()
        .links
        .into_iter()
        .filter_map(|link| link.strip_prefix("/articles/").map(str::to_owned));
    let first = links.next().unwrap();
    (first.clone(), links.find(|slug| *slug != first).unwrap())
}

/// A new session for every question: some of them end it.
fn asker<'a>(site: &'a Site, users: &[User], role: Option<Role>) -> Actor<'a> {
    match role {
        Some(role) => site.session_of(users.iter().find(|user| user.role == role).unwrap()),
        None => site.anon(),
    }
}

on_both_stores!(everybody_is_answered_as_the_table_says, |site| {
    let users: Vec<User> = ROLES
        .into_iter()
        .flatten()
        .map(|role| site.user(&format!("the {role:?}"), role))
        .collect();
    let pages = Pages::prepare(site);
    let mut wrong = Vec::new();
    for row in TABLE {
        let states = if row.deleted.is_some() {
            &[State::Normal, State::Deleted][..]
        } else {
            &[State::Normal]
        };
        for (kind, pattern) in row.patterns() {
            for (state, role) in states
                .iter()
                .flat_map(|state| ROLES.map(|role| (*state, role)))
            {
                let path = pages.address(row, &pattern, kind, state);
                let actor = asker(site, &users, role);
                let reply = match row.method {
                    "GET" => actor.get(&path),
                    _ => actor.post(&path, row.fields),
                };
                let expected = expected(row, role, state);
                if reply.status != expected {
                    wrong.push(format!(
                        "{} {path} by {role:?}, {state:?}: {} instead of {expected}",
                        row.method, reply.status
                    ));
                }
                // Nobody edits so often that the limits are what is tested here.
                site.wait(60);
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
});
