//! What an edit stands on, and the save itself.

use serde_json::{Map, Value};

use crate::db::{Conn, Db, DbError, QueryResult};
use crate::models::changes::{self, Notice};
use crate::models::page::card::Cards;
use crate::models::page::content::Faults;
use crate::models::page::diff::{self, Diff};
use crate::models::page::document::Document;
use crate::models::page::merge::{self, Collision};
use crate::models::page::named::Named;
use crate::models::page::revision::Revision;
use crate::models::page::save::plan;
use crate::models::page::save::{self, Proposal, SaveError, Saved};
use crate::models::page::settle::{is_own, settle};
use crate::models::page::{Kind, Page, RevisionId, State};
use crate::models::user::{Editor, draft};
use crate::routes::pages::form::read::{self, Reading};
use crate::routes::pages::form::{Form, Part, Section, written};

use super::faults::faults;
use super::form_of;
use super::sent::Sent;

/// A page and the revision an edit of it began with.
#[derive(Debug, Clone)]
pub struct Ground {
    pub page: Page,
    pub base: Revision,
    /// The content at that revision.
    pub document: Document,
}

/// What became of a save.
#[derive(Debug)]
pub enum Outcome {
    Saved(Done),
    /// By the names of the form's fields.
    Faulty(Faults),
    /// With the revision they collide with.
    Collided(Vec<Collision>, Box<Revision>),
    /// The page is no longer there.
    Gone,
}

/// A save that came to an end.
#[derive(Debug)]
pub struct Done {
    /// Address of the page.
    pub href: String,
    pub saved: Saved,
    /// What the change log says of it.
    pub notice: Option<Notice>,
    /// It was brought together with earlier edits of the same member and of nobody else.
    pub is_own: bool,
}

/// What an edit would change.
#[derive(Debug)]
pub struct Proposed {
    pub diff: Diff,
    /// Somebody else changed the same fields meanwhile; the difference is told as if mine stood.
    pub collides: bool,
}

impl Ground {
    /// The live page at this address at its latest revision, and the pages its content names.
    pub fn latest(conn: &mut Conn, kind: Kind, slug: &str) -> QueryResult<Option<(Self, Cards)>> {
        let Some((page, base)) = Revision::at(conn, kind, slug)? else {
            return Ok(None);
        };
        let document = base.document(kind)?;
        let cards = written::cards(conn, &document)?;
        Ok(Some((
            Self {
                page,
                base,
                document,
            },
            cards,
        )))
    }

    /// The page at this address, whatever has become of it, at the revision an edit began with; one of another page counts as
    /// the first there was. A page that has another address by now is found by that revision.
    pub fn at(
        conn: &mut Conn,
        kind: Kind,
        slug: &str,
        base: RevisionId,
    ) -> QueryResult<Option<Self>> {
        let began = Revision::find(conn, base)?;
        let page = match (Page::at(conn, kind, slug)?, &began) {
            (None, Some(began)) => Page::find(conn, began.page_id)?,
            (page, _) => page,
        };
        let Some(page) = page.filter(|page| page.kind == kind) else {
            return Ok(None);
        };
        let base = match began.filter(|base| base.page_id == page.id) {
            Some(base) => Some(base),
            None => Revision::latest(conn, &page)?,
        };
        let Some(base) = base else { return Ok(None) };
        let document = base.document(kind)?;
        Ok(Some(Self {
            page,
            base,
            document,
        }))
    }
}

/// Reads what was typed over the content it began with.
pub fn reading(conn: &mut Conn, ground: &Ground, sent: &Sent) -> QueryResult<Reading> {
    let sections = sections(form_of(ground.page.kind), sent);
    let (texts, ids) = read::named(&sections, &sent.typed);
    let named = Named::load(conn, &texts, ids)?;
    // The same form sent twice gives its new rows the same ids, whatever was saved meanwhile.
    let last_row = match sent.last_row {
        0 => ground.page.last_row,
        then => then.min(ground.page.last_row),
    };
    let base = ground.document.to_value();
    Ok(read::read(&sections, &sent.typed, &base, &named, last_row))
}

/// The sections of the form that was sent.
pub fn sections(form: &'static Form, sent: &Sent) -> Vec<&'static Section> {
    form.chosen(&sent.parts).collect()
}

/// Saves what was sent, in one write.
///
/// # Errors
/// The store's own.
pub async fn save(
    db: &Db,
    by: Editor,
    began: Ground,
    sent: Sent,
    at: i64,
) -> Result<Outcome, DbError> {
    db.write(move |conn| saved(conn, &by, &began, &sent, at).map_err(DbError::from))
        .await
}

fn saved(
    conn: &mut Conn,
    by: &Editor,
    began: &Ground,
    sent: &Sent,
    at: i64,
) -> QueryResult<Outcome> {
    let (kind, slug) = (began.page.kind, &began.page.slug);
    let Some(ground) =
        Ground::at(conn, kind, slug, sent.base)?.filter(|ground| ground.page.state == State::Live)
    else {
        return Ok(Outcome::Gone);
    };
    let reading = reading(conn, &ground, sent)?;
    let (document, found) = faults(kind, &reading);
    let Some(document) = document.filter(|_| found.is_empty()) else {
        return Ok(Outcome::Faulty(found));
    };
    let (base, mine) = (ground.document.to_value(), document.to_value());
    let mut proposal = Proposal {
        base: Some(ground.base.id),
        document,
        note: note(kind, &base, &mine, sent),
        at,
        tags: if sent.minor { &[save::MINOR] } else { &[] },
    };
    let current = Revision::latest(conn, &ground.page)?;
    if let Some(current) = current
        .as_ref()
        .filter(|current| current.id == sent.settled)
        && let Some(settled) = settled(kind, base, current, mine, sent)?
    {
        proposal.base = Some(current.id);
        proposal.document = settled;
    }
    let is_own = is_own(conn, &ground.base, by.name())?;
    let mut saved = save::save(conn, by, ground.page.id, &proposal);
    if let (true, Err(SaveError::Collisions(_)), Some(current)) = (is_own, &saved, &current) {
        let (plan, _) = plan::standing(conn, &ground.page, Some(current), &proposal)?;
        if let Ok(document) = Document::from_value(kind, plan.after) {
            (proposal.base, proposal.document) = (Some(current.id), document);
            saved = save::save(conn, by, ground.page.id, &proposal);
        }
    }
    match saved {
        Ok(saved) => {
            draft::discard(conn, by, &draft::place_of(ground.page.id))?;
            Ok(Outcome::Saved(Done {
                href: ground.page.href(),
                saved,
                notice: changes::newest_of(conn, ground.page.id)?,
                is_own,
            }))
        }
        Err(error) => refused(error, &reading, current),
    }
}

/// Why it was not saved, at the fields of the form.
fn refused(error: SaveError, reading: &Reading, current: Option<Revision>) -> QueryResult<Outcome> {
    match error {
        SaveError::Faults(faults) => Ok(Outcome::Faulty(Faults(
            faults.0.iter().map(|fault| reading.placed(fault)).collect(),
        ))),
        SaveError::Collisions(collisions) => {
            // Without a revision there is nothing to collide with.
            Ok(current.map_or(Outcome::Gone, |current| {
                Outcome::Collided(collisions, Box::new(current))
            }))
        }
        SaveError::NotLive => Ok(Outcome::Gone),
        SaveError::Db(error) => Err(error),
    }
}

/// What an edit would change of the page as it is now.
pub fn proposed(conn: &mut Conn, began: &Ground, document: Document) -> QueryResult<Proposed> {
    let proposal = Proposal {
        base: Some(began.base.id),
        document,
        note: String::new(),
        at: 0,
        tags: &[],
    };
    let current = Revision::latest(conn, &began.page)?;
    let (plan, collides) = plan::standing(conn, &began.page, current.as_ref(), &proposal)?;
    let diff = diff::diff(conn, began.page.kind, &plan.before, &plan.after)?;
    Ok(Proposed { diff, collides })
}

/// The editor's words, or which parts were changed.
fn note(kind: Kind, base: &Map<String, Value>, mine: &Map<String, Value>, sent: &Sent) -> String {
    if sent.note.is_empty() {
        automatic(form_of(kind), &merge::changed_paths(kind, base, mine))
    } else {
        sent.note.clone()
    }
}

/// Mine and theirs brought together with the choices made; nothing while some are missing.
fn settled(
    kind: Kind,
    mut base: Map<String, Value>,
    current: &Revision,
    mut mine: Map<String, Value>,
    sent: &Sent,
) -> QueryResult<Option<Document>> {
    let theirs = current.flat()?;
    settle(&mut base, &theirs, &mut mine, &sent.choices);
    let merged = merge::merge(kind, &base, &theirs, &mine).ok();
    Ok(merged.and_then(|merged| Document::from_value(kind, merged).ok()))
}

/// The words about a change nobody described: which parts it touched.
pub fn automatic(form: &'static Form, changed: &[String]) -> String {
    let mut words: Vec<&str> = Vec::new();
    for path in changed {
        let key = path.split('[').next().unwrap_or_default();
        let label = label(form, key);
        if !words.contains(&label) {
            words.push(label);
        }
    }
    if words.is_empty() {
        String::new()
    } else {
        format!("Changed: {}", words.join(", ").to_lowercase())
    }
}

/// The words of a field or list.
pub fn label<'a>(form: &'static Form, key: &'a str) -> &'a str {
    let parts = form.sections.iter().flat_map(|section| section.parts);
    let labels = parts.map(|part| match part {
        Part::Field(field) => (field.key, field.label),
        Part::List(list) => (list.key, list.legend),
    });
    let mut found = labels.filter(|(of, _)| *of == key).map(|(_, label)| label);
    found.next().unwrap_or(key)
}
