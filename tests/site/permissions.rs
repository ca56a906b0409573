//! Who may do what: every address the router knows, asked for by everybody, on pages in every state.

mod canaries;
mod pages;
mod table;

use std::collections::BTreeSet;

use yeoun::models::page::Kind;
use yeoun::models::user::{Role, User};
use yeoun::router;
use yeoun::web::guards::declared::Who;

use pages::{Pages, State};
use table::{Row, TABLE};

use crate::on_both_stores;
use crate::support::{Actor, Site};

/// Who asks: nobody known, then the roles.
const ROLES: [Option<Role>; 5] = [
    None,
    Some(Role::Member),
    Some(Role::Editor),
    Some(Role::Moderator),
    Some(Role::Admin),
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
        Who::Patrollers => role >= Some(Role::Editor),
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
    let other = match state {
        State::Normal => None,
        State::Deleted => row.deleted,
        State::Hidden => row.hidden,
    };
    other.unwrap_or(row.normal)
}

/// A new session for every question: some of them end it.
fn asker<'a>(site: &'a Site, users: &[User], role: Option<Role>) -> Actor<'a> {
    match role {
        Some(role) => site.session_of(users.iter().find(|user| user.role == role).unwrap()),
        None => site.anon(),
    }
}

/// Everybody there is, each with another role.
fn everybody(site: &Site) -> Vec<User> {
    let roles = ROLES.into_iter().flatten();
    roles
        .map(|role| site.user(&format!("the {role:?}"), role))
        .collect()
}

/// The states a row is asked about.
fn states(row: &Row) -> &'static [State] {
    if row.deleted.is_some() {
        &[State::Normal, State::Deleted, State::Hidden]
    } else {
        &[State::Normal]
    }
}

on_both_stores!(everybody_is_answered_as_the_table_says, |site| {
    let users = everybody(site);
    let pages = Pages::prepare(site);
    let mut wrong = Vec::new();
    for row in TABLE {
        for (kind, pattern) in row.patterns() {
            for (state, role) in states(row)
                .iter()
                .flat_map(|state| ROLES.map(|role| (*state, role)))
            {
                let path = pages.address(row, &pattern, kind, state);
                let actor = asker(site, &users, role);
                let reply = match row.method {
                    "GET" => actor.get(&path),
                    _ => actor.post(&path, &state.fields(row)),
                };
                let expected = expected(row, role, state);
                if reply.status != expected {
                    wrong.push(format!(
                        "{} {path} by {role:?}, {state:?}: {} instead of {expected}",
                        row.method, reply.status
                    ));
                }
                if state == State::Hidden && role < Some(Role::Moderator) {
                    let heard = canaries::heard(&reply);
                    wrong.extend(heard.map(|canary| format!("{path} tells {role:?} {canary}")));
                }
                // Nobody edits so often that the limits are what is tested here.
                site.wait(60);
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
});
