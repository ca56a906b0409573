//! Who may do what: every address the router knows, asked for by everybody, on pages in every state.

mod canaries;
mod pages;
mod table;

use std::collections::BTreeSet;

use yeoun::models::page::Kind;
use yeoun::models::user::{Moderator, Role, User, block};
use yeoun::router;
use yeoun::web::guards::declared::Who;

use pages::{Pages, State};
use table::{Row, TABLE};

use crate::on_both_stores;
use crate::support::{Actor, Site, store::AT};

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asker {
    /// Nobody known.
    Nobody,
    /// An editor who is blocked.
    Blocked,
    Is(Role),
}

const ASKERS: [Asker; 7] = [
    Asker::Nobody,
    Asker::Blocked,
    Asker::Is(Role::Visitor),
    Asker::Is(Role::Member),
    Asker::Is(Role::Editor),
    Asker::Is(Role::Moderator),
    Asker::Is(Role::Admin),
];

impl Asker {
    /// The role of somebody who may do something.
    fn role(self) -> Option<Role> {
        match self {
            Self::Is(role) => Some(role),
            Self::Nobody | Self::Blocked => None,
        }
    }

    fn name(self) -> String {
        match self {
            Self::Nobody => "nobody".to_owned(),
            Self::Blocked => "the blocked one".to_owned(),
            Self::Is(role) => format!("the {role:?}"),
        }
    }
}

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

/// Whether somebody is let through.
fn may(who: Who, asker: Asker) -> bool {
    match who {
        Who::Anybody => true,
        Who::SignedIn => asker != Asker::Nobody,
        Who::Editors => asker.role().is_some(),
        Who::Members => asker.role() >= Some(Role::Member),
        Who::Patrollers => asker.role() >= Some(Role::Editor),
        Who::Moderators => asker.role() >= Some(Role::Moderator),
        Who::Admins => asker.role() >= Some(Role::Admin),
    }
}

/// What somebody is to be answered.
fn expected(row: &Row, asker: Asker, state: State) -> u16 {
    // Where everybody may ask, a visitor finds the way to an account as nobody does.
    let is_nobody =
        asker == Asker::Nobody || (asker == Asker::Is(Role::Visitor) && row.who == Who::Anybody);
    if let (true, Some(status)) = (is_nobody, row.anonymous) {
        return status;
    }
    if !may(row.who, asker) {
        // Readers are shown the way in; a form is not thrown away by leading its sender elsewhere.
        return if asker == Asker::Nobody && row.method == "GET" {
            303
        } else {
            403
        };
    }
    let other = match state {
        State::Normal => None,
        State::Deleted => row.deleted,
        State::Hidden => row.hidden,
        State::Protected => row
            .protected
            .filter(|_| asker.role() < Some(Role::Moderator)),
    };
    other.unwrap_or(row.normal)
}

/// A new session for every question: some of them end it.
fn session<'a>(site: &'a Site, users: &[User], asker: Asker) -> Actor<'a> {
    match asker {
        Asker::Nobody => site.anon(),
        known => site.session_of(users.iter().find(|user| user.name == known.name()).unwrap()),
    }
}

/// Everybody there is.
fn everybody(site: &Site) -> Vec<User> {
    let mut all: Vec<User> = ASKERS
        .into_iter()
        .filter_map(|asker| Some((asker, asker.role()?)))
        .map(|(asker, role)| site.user(&asker.name(), role))
        .collect();
    let blocked = site.user(&Asker::Blocked.name(), Role::Editor);
    let user = blocked.clone();
    let done = site.write(move |conn| {
        let by = (&Moderator::operator(), Role::Admin);
        let (until, why) = (Some(block::FOR_GOOD), "Would not stop.");
        Ok(user.set_block(conn, by, until, why, AT + 1).is_ok())
    });
    assert!(done.unwrap());
    all.push(blocked);
    all
}

/// The states a row is asked about.
fn states(row: &Row) -> &'static [State] {
    if row.deleted.is_some() {
        &[
            State::Normal,
            State::Deleted,
            State::Hidden,
            State::Protected,
        ]
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
            for (state, by) in states(row)
                .iter()
                .flat_map(|state| ASKERS.map(|by| (*state, by)))
            {
                let path = pages.address(row, &pattern, kind, state);
                let actor = session(site, &users, by);
                let reply = match row.method {
                    "GET" => actor.get(&path),
                    _ => actor.post(&path, &state.fields(row)),
                };
                let expected = expected(row, by, state);
                if reply.status != expected {
                    wrong.push(format!(
                        "{} {path} by {by:?}, {state:?}: {} instead of {expected}",
                        row.method, reply.status
                    ));
                }
                if state == State::Hidden && by.role() < Some(Role::Moderator) {
                    let heard = canaries::heard(&reply);
                    wrong.extend(heard.map(|canary| format!("{path} tells {by:?} {canary}")));
                }
                // Nobody edits so often that the limits are what is tested here.
                site.wait(60);
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
});
