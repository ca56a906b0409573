//! What an edit stands on, and the save itself.

use serde_json::{Map, Value};

use crate::db::{Conn, Db, DbError, QueryResult};
use crate::models::changes::{self, Notice};
use crate::models::page::card::Cards;
use crate::models::page::content::Faults;
use crate::models::page::document::Document;
use crate::models::page::merge::{self, Collision};
use crate::models::page::named::Named;
use crate::models::page::revision::Revision;
use crate::models::page::save::{self, Proposal, SaveError, Saved};
use crate::models::page::settle::settle;
use crate::models::page::{Kind, Page, RevisionId, State, hiding};
use crate::models::user::Editor;
use crate::routes::pages::form::read::{self, Reading};
use crate::routes::pages::form::{Form, Part, Section, written};

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
    /// With the page's address, and what the change log says of it.
    Saved(String, Saved, Option<Notice>),
    /// By the names of the form's fields.
    Faulty(Faults),
    /// With the revision they collide with.
    Collided(Vec<Collision>, Box<Revision>),
    /// The page is no longer there.
    Gone,
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
    /// the latest, and so does one
    /// whose text is hidden.
    pub fn at(
        conn: &mut Conn,
        kind: Kind,
        slug: &str,
        base: RevisionId,
    ) -> QueryResult<Option<Self>> {
        let Some((page, base)) = Self::find(conn, kind, slug, base)? else {
            return Ok(None);
        };
        let base = match base.hides_text {
            true => Revision::latest(conn, &page)?,
            false => Some(base),
        };
        let Some(base) = base else { return Ok(None) };
        Ok(Some(Self {
            document: base.document(kind)?,
            page,
            base,
        }))
    }

    /// The page, and the revision named if it is one of its own, else the latest.
    fn find(
        conn: &mut Conn,
        kind: Kind,
        slug: &str,
        base: RevisionId,
    ) -> QueryResult<Option<(Page, Revision)>> {
        let Some(page) = Page::at(conn, kind, slug)? else {
            return Ok(None);
        };
        let base = match Revision::find(conn, base)?.filter(|base| base.page_id == page.id) {
            Some(base) => Some(base),
            None => Revision::latest(conn, &page)?,
        };
        Ok(base.map(|base| (page, base)))
    }

    /// The same for the merge of a save, where a hidden text is what the edit began with all the same.
    fn for_merge(
        conn: &mut Conn,
        kind: Kind,
        slug: &str,
        base: RevisionId,
    ) -> QueryResult<Option<Self>> {
        let Some((page, base)) = Self::find(conn, kind, slug, base)? else {
            return Ok(None);
        };
        let base = hiding::as_base(conn, base)?;
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

/// All that is wrong: with what was typed, and with the content it makes.
pub fn faults(kind: Kind, reading: &Reading) -> (Option<Document>, Faults) {
    let mut faults = reading.faults.clone();
    let mut of_content = Faults::default();
    let document = match Document::from_value(kind, reading.flat.clone()) {
        Ok(document) => {
            document.validate(&mut of_content);
            Some(document)
        }
        // What could not be read is missing from the content; to say so as well would be noise.
        Err(_) if !faults.is_empty() => None,
        Err(fault) => {
            of_content.0.push(fault);
            None
        }
    };
    for fault in &of_content.0 {
        let placed = reading.placed(fault);
        if faults.0.iter().all(|told| told.field != placed.field) {
            faults.0.push(placed);
        }
    }
    (document, faults)
}

/// Saves what was sent, in one write.
///
/// # Errors
/// The store's own.
pub async fn save(
    db: &Db,
    by: Editor,
    kind: Kind,
    slug: String,
    sent: Sent,
    at: i64,
) -> Result<Outcome, DbError> {
    db.write(move |conn| saved(conn, &by, kind, &slug, &sent, at).map_err(DbError::from))
        .await
}

fn saved(
    conn: &mut Conn,
    by: &Editor,
    kind: Kind,
    slug: &str,
    sent: &Sent,
    at: i64,
) -> QueryResult<Outcome> {
    let Some(ground) = Ground::for_merge(conn, kind, slug, sent.base)?
        .filter(|ground| ground.page.state == State::Live)
    else {
        return Ok(Outcome::Gone);
    };
    let reading = reading(conn, &ground, sent)?;
    let (document, found) = faults(kind, &reading);
    let Some(document) = document.filter(|_| found.is_empty()) else {
        return Ok(Outcome::Faulty(found));
    };
    let (base, mine) = (ground.document.to_value(), document.to_value());
    let note = if sent.note.is_empty() {
        automatic(form_of(kind), &merge::changed_paths(kind, &base, &mine))
    } else {
        sent.note.clone()
    };
    let current = Revision::latest(conn, &ground.page)?;
    let mut proposal = Proposal {
        base: Some(ground.base.id),
        document,
        note,
        at,
        tags: &[],
    };
    if let Some(current) = current
        .as_ref()
        .filter(|current| current.id == sent.settled)
        && let Some(settled) = settled(kind, base, current, mine, sent)?
    {
        proposal.base = Some(current.id);
        proposal.document = settled;
    }
    match save::save(conn, by, ground.page.id, &proposal) {
        Ok(saved) => {
            let notice = changes::newest_of(conn, ground.page.id)?;
            Ok(Outcome::Saved(ground.page.href(), saved, notice))
        }
        Err(SaveError::Faults(faults)) => Ok(Outcome::Faulty(Faults(
            faults.0.iter().map(|fault| reading.placed(fault)).collect(),
        ))),
        Err(SaveError::Collisions(collisions)) => {
            let collisions = without_hidden(conn, ground.base.id, collisions)?;
            // Without a revision there is nothing to collide with.
            Ok(current.map_or(Outcome::Gone, |current| {
                Outcome::Collided(collisions, Box::new(current))
            }))
        }
        Err(SaveError::NotLive) => Ok(Outcome::Gone),
        Err(SaveError::Db(error)) => Err(error),
    }
}

/// The collisions, without what the page said at their base where that is hidden.
fn without_hidden(
    conn: &mut Conn,
    base: RevisionId,
    mut collisions: Vec<Collision>,
) -> QueryResult<Vec<Collision>> {
    if Revision::find(conn, base)?.is_some_and(|base| base.hides_text) {
        let hidden = Value::from("what the page said then is hidden");
        collisions
            .iter_mut()
            .for_each(|it| it.base = hidden.clone());
    }
    Ok(collisions)
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
