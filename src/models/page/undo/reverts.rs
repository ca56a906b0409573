//! All that one member did since a moment, taken back page by page: whatever nobody else built upon. The rest is told.

use diesel::prelude::*;
use serde_json::{Map, Value, json};

use super::{UNDO, document, kept, part};
use crate::db::{Conn, among};
use crate::models::audit::{self, Deed, Entry};
use crate::models::page::revision::Revision;
use crate::models::page::save::{self, Proposal, SaveError, Saved};
use crate::models::page::{Page, PageId, RevisionId, State, hiding, merge};
use crate::models::patrol;
use crate::models::user::{Moderator, User};
use crate::schema::{pages, revisions};

/// Revisions taken back at once.
const MOST: i64 = 500;

/// Revisions a member made, those among them that do not name the member any more.
macro_rules! made_by {
    ($user:expr, $unnamed:expr) => {
        revisions::author
            .eq(&$user.name)
            .or(among(revisions::id, $unnamed.iter().copied()))
    };
}

/// Why something stays as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// The member made the page; it would have to be deleted.
    Made,
    /// Its text, or the one before it, is hidden.
    Hidden,
    /// Others changed the same since.
    BuiltUpon,
    /// The page would not be right any more.
    Faulty,
}

impl Why {
    /// In words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Made => "made the page; it would have to be deleted",
            Self::Hidden => "a text is hidden",
            Self::BuiltUpon => "changed by others since",
            Self::Faulty => "the page would not be right any more",
        }
    }
}

/// What is not taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    /// Of the revision.
    pub number: i64,
    /// The field or row; empty for all of it.
    pub path: String,
    pub why: Why,
}

/// What is to be done on one page, or was.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    pub page: Page,
    /// Numbers of the revisions that are taken back, in whole or in part.
    pub taken: Vec<i64>,
    pub left: Vec<Left>,
    /// The number of the revision made, once it was done.
    pub saved: Option<i64>,
    ids: Vec<RevisionId>,
    content: Map<String, Value>,
}

/// Finds out what taking back everything would come to, and changes nothing.
pub fn plan(conn: &mut Conn, by: &Moderator, user: &User, since: i64) -> QueryResult<Vec<Plan>> {
    let unnamed = hiding::of_author(conn, by, &user.name)?;
    let found: Vec<PageId> = revisions::table
        .inner_join(pages::table.on(pages::id.eq(revisions::page_id)))
        .filter(made_by!(user, unnamed))
        .filter(revisions::created_at.ge(since))
        .filter(pages::state.eq(State::Live))
        .order(revisions::id.desc())
        .limit(MOST)
        .select(revisions::page_id)
        .load(conn)?;
    let mut ids = found;
    ids.sort_unstable();
    ids.dedup();
    let mut plans = Vec::new();
    for id in ids {
        if let Some(page) = Page::find(conn, id)? {
            plans.extend(on_page(conn, page, (user, &unnamed), since)?);
        }
    }
    Ok(plans)
}

fn on_page(
    conn: &mut Conn,
    page: Page,
    (user, unnamed): (&User, &[RevisionId]),
    since: i64,
) -> QueryResult<Option<Plan>> {
    let Some(latest) = Revision::latest(conn, &page)? else {
        return Ok(None);
    };
    let made: Vec<Revision> = revisions::table
        .filter(revisions::page_id.eq(page.id))
        .filter(made_by!(user, unnamed))
        .filter(revisions::created_at.ge(since))
        .order(revisions::number.desc())
        .limit(MOST)
        .select(Revision::as_select())
        .load(conn)?;
    let mut plan = Plan {
        content: latest.flat()?,
        page,
        taken: Vec::new(),
        left: Vec::new(),
        saved: None,
        ids: Vec::new(),
    };
    for revision in made {
        plan.take_back(conn, &revision)?;
    }
    Ok(Some(plan))
}

impl Plan {
    fn take_back(&mut self, conn: &mut Conn, revision: &Revision) -> QueryResult<()> {
        let number = revision.number;
        let leave = |path: &str, why| Left {
            number,
            path: path.to_owned(),
            why,
        };
        let Some(parent) = Revision::of(conn, self.page.id, number - 1)? else {
            self.left.push(leave("", Why::Made));
            return Ok(());
        };
        if revision.hides_text || parent.hides_text {
            self.left.push(leave("", Why::Hidden));
            return Ok(());
        }
        let (said, before) = (revision.flat()?, parent.flat()?);
        let kind = self.page.kind;
        if let Ok(content) = merge::merge(kind, &said, &self.content, &before) {
            self.content = content;
            self.took(revision);
            return Ok(());
        }
        let paths: Vec<String> = serde_json::from_str(&revision.changed).unwrap_or_default();
        for path in paths {
            let wanted = part::taken_back(kind, &said, &before, &path);
            let merged =
                wanted.and_then(|wanted| merge::merge(kind, &said, &self.content, &wanted).ok());
            match merged {
                Some(content) => {
                    self.content = content;
                    self.took(revision);
                }
                None => self.left.push(leave(&path, Why::BuiltUpon)),
            }
        }
        Ok(())
    }

    /// Notes what was done. Only an unbroken run of revisions that are gone altogether can be told to those who count kept edits.
    fn done(&mut self, conn: &mut Conn, saved: &Saved) -> QueryResult<()> {
        if let Saved::Revision { number, .. } = saved {
            self.saved = Some(*number);
        }
        let (first, last) = (self.taken.last().copied(), self.taken.first().copied());
        let (Some(first), Some(last)) = (first, last) else {
            return Ok(());
        };
        let is_run = i64::try_from(self.taken.len()) == Ok(last - first + 1);
        if is_run && self.left.is_empty() {
            kept::record(conn, self.page.id, saved, (first, last))?;
        }
        Ok(())
    }

    fn took(&mut self, revision: &Revision) {
        if self.taken.last() != Some(&revision.number) {
            self.taken.push(revision.number);
            self.ids.push(revision.id);
        }
    }

    fn save(&mut self, conn: &mut Conn, by: &Moderator, note: &str, at: i64) -> QueryResult<()> {
        if self.taken.is_empty() {
            return Ok(());
        }
        let saved = document(self.page.kind, self.content.clone()).and_then(|document| {
            let proposal = Proposal {
                base: self.page.revision_id,
                document,
                note: note.to_owned(),
                at,
                tags: &[UNDO],
            };
            save::save(conn, &by.editor(), self.page.id, &proposal)
        });
        match saved {
            Ok(saved) => self.done(conn, &saved)?,
            Err(SaveError::Db(error)) => return Err(error),
            Err(_faults) => {
                let taken = std::mem::take(&mut self.taken).into_iter();
                self.left.extend(taken.map(|number| Left {
                    number,
                    path: String::new(),
                    why: Why::Faulty,
                }));
                return Ok(());
            }
        }
        for revision in &self.ids {
            patrol::mark(conn, &by.editor(), *revision, at)?;
        }
        Ok(())
    }
}

/// Takes back everything that can be, and answers what was done and what is left.
pub fn revert(
    conn: &mut Conn,
    by: &Moderator,
    user: &User,
    since: i64,
    reason: &str,
    at: i64,
) -> QueryResult<Vec<Plan>> {
    let mut plans = plan(conn, by, user, since)?;
    for plan in &mut plans {
        plan.save(conn, by, reason, at)?;
    }
    let pages: Vec<PageId> = plans
        .iter()
        .filter(|plan| plan.saved.is_some())
        .map(|plan| plan.page.id)
        .collect();
    let entry = Entry {
        deed: Deed::Revert,
        page: None,
        subject: Some(user.id),
        reason,
        details: json!({ "since": since, "pages": pages }),
        at,
    };
    audit::record(conn, by, &entry)?;
    Ok(plans)
}
