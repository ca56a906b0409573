//! Protection: what only some may do to a page, until when and why. It is kept in the page's own row, so that every save knows it
//! without asking.

use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::db::{Conn, text_enum};
use crate::models::audit::{self, Deed, Entry};
use crate::models::changes::{self, Action, Change};
use crate::models::page::lives::LifeError;
use crate::models::page::{Page, PageId, State};
use crate::models::user::{Editor, Moderator, Role};
use crate::schema::pages;

text_enum! {
    /// What can be kept to some.
    pub enum Guarded {
        Edit => "edit",
        Rename => "rename",
    }
}

impl Guarded {
    /// "edit this page".
    pub fn words(self) -> &'static str {
        match self {
            Self::Edit => "edit this page",
            Self::Rename => "rename this page",
        }
    }
}

/// One thing that only some may do to a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Protection {
    pub action: Guarded,
    /// Who may do it all the same, and everybody above.
    pub level: Role,
    pub reason: String,
    /// Who protected the page.
    pub by: String,
    /// Microseconds since 1970, as `until`.
    pub at: i64,
    /// When it ends; nothing for never.
    pub until: Option<i64>,
}

impl Protection {
    /// Whether it holds at a moment.
    pub fn holds(&self, at: i64) -> bool {
        self.until.is_none_or(|until| at < until)
    }

    /// Whether it keeps somebody of this role from it.
    pub fn stops(&self, role: Role, at: i64) -> bool {
        self.holds(at) && role < self.level
    }

    /// "moderators and administrators".
    pub fn who(&self) -> &'static str {
        who(self.level)
    }
}

/// Everybody from a role upwards.
pub fn who(level: Role) -> &'static str {
    match level {
        Role::Visitor => "everybody",
        Role::Member => "every member",
        Role::Editor => "editors, moderators and administrators",
        Role::Moderator => "moderators and administrators",
        Role::Admin => "administrators",
    }
}

impl Page {
    /// What only some may do to it, ended protections among them.
    pub fn protections(&self) -> Vec<Protection> {
        if self.protection.is_empty() {
            return Vec::new();
        }
        serde_json::from_str(&self.protection).unwrap_or_default()
    }

    /// The protections as they are kept, without those that have ended.
    pub(super) fn still_protected(&self, at: i64) -> String {
        let mut still = self.protections();
        still.retain(|protection| protection.holds(at));
        kept(&still)
    }

    /// The protection of an action that holds at a moment.
    pub fn protected(&self, action: Guarded, at: i64) -> Option<Protection> {
        self.protections()
            .into_iter()
            .find(|protection| protection.action == action && protection.holds(at))
    }

    /// The protection that keeps somebody from an action.
    pub fn stops(&self, by: &Editor, action: Guarded, at: i64) -> Option<Protection> {
        self.protected(action, at)
            .filter(|protection| protection.stops(by.role(), at))
    }
}

/// How far an action is to be kept to some: to all members where the level is the lowest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    pub action: Guarded,
    pub level: Role,
    pub until: Option<i64>,
}

/// Protects a page, or ends its protection, action by action; what is not wanted stays. Only administrators keep something to
/// administrators, or change what was kept to them.
///
/// # Errors
/// When the page is not live, the reason is missing, or the level is above the moderator's own.
pub fn protect(
    conn: &mut Conn,
    by: &Moderator,
    page: PageId,
    wanted: &[Wanted],
    reason: &str,
    at: i64,
) -> Result<(), LifeError> {
    if reason.trim().is_empty() {
        return Err(LifeError::NoteMissing);
    }
    let page = Page::find(conn, page)?
        .filter(|page| page.state == State::Live)
        .ok_or(LifeError::NotLive)?;
    let mut protections: Vec<Protection> = page.protections();
    protections.retain(|protection| protection.holds(at));
    for one in wanted {
        let before = protections.iter().find(|old| old.action == one.action);
        if (
            before.map(|old| old.level),
            before.and_then(|old| old.until),
        ) == (Some(one.level), one.until)
        {
            continue;
        }
        let highest = before.map_or(one.level, |old| old.level.max(one.level));
        if highest > by.role() {
            return Err(LifeError::AboveYou);
        }
        protections.retain(|old| old.action != one.action);
        if one.level > Role::Member {
            protections.push(Protection {
                action: one.action,
                level: one.level,
                reason: reason.to_owned(),
                by: by.name().to_owned(),
                at,
                until: one.until,
            });
        }
    }
    protections.sort_by_key(|protection| protection.action);
    keep(conn, by, &page, &protections, reason, at)
}

/// As it stands in the page's row.
fn kept(protections: &[Protection]) -> String {
    match protections {
        [] => String::new(),
        some => json!(some).to_string(),
    }
}

fn keep(
    conn: &mut Conn,
    by: &Moderator,
    page: &Page,
    protections: &[Protection],
    reason: &str,
    at: i64,
) -> Result<(), LifeError> {
    let text = kept(protections);
    diesel::update(pages::table.find(page.id))
        .set(pages::protection.eq(&text))
        .execute(conn)?;
    let action = match protections.is_empty() {
        true => Action::Unprotect,
        false => Action::Protect,
    };
    let change = Change {
        page: page.id,
        revision: None,
        action,
        note: reason,
        touched: &[page.id],
        at,
    };
    changes::record(conn, &by.editor(), &change)?;
    let entry = Entry {
        deed: match protections.is_empty() {
            true => Deed::Unprotect,
            false => Deed::Protect,
        },
        page: Some(page.id),
        subject: None,
        reason,
        details: json!({ "protections": protections }),
        at,
    };
    audit::record(conn, by, &entry)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Guarded, Protection};
    use crate::models::user::Role;

    #[test]
    fn a_protection_ends_at_its_moment() {
        let protection = Protection {
            action: Guarded::Edit,
            level: Role::Moderator,
            reason: String::new(),
            by: String::new(),
            at: 0,
            until: Some(10),
        };
        assert!(protection.stops(Role::Editor, 9));
        assert!(!protection.stops(Role::Editor, 10));
        assert!(!protection.stops(Role::Moderator, 9));
    }
}
