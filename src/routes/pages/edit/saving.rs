//! The save itself: what was typed over what it began with, brought together with what was saved meanwhile.

use std::borrow::Cow;

use serde_json::{Map, Value};

use crate::db::{Conn, Db, DbError, QueryResult};
use crate::models::page::card::Card;
use crate::models::page::content::Faults;
use crate::models::page::document::Document;
use crate::models::page::merge::{self, Collision};
use crate::models::page::protection::Guarded;
use crate::models::page::revision::{Content, Revision};
use crate::models::page::save::{self, Known, Proposal, SaveError, Saved, plan};
use crate::models::page::settle::{is_own, settle};
use crate::models::page::{Kind, PageId, RevisionId, State};
use crate::models::user::{Editor, draft};
use crate::models::watch;
use crate::routes::pages::form::questions::Asked;
use crate::routes::pages::form::read::Reading;
use crate::routes::pages::tool::Lock;

use super::creation;
use super::faults::faults;
use super::form_of;
use super::ground::{Ground, automatic, reading};
use super::sent::{Sent, Watch};

/// What became of a save.
#[derive(Debug)]
pub enum Outcome {
    Saved(Done),
    /// By the names of the form's fields.
    Faulty(Faults),
    /// With what is to be asked first.
    Asked(Asked),
    /// With the revision they collide with.
    Collided(Vec<Collision>, Box<Revision>),
    /// The page is no longer there.
    Gone,
    /// Only some may edit it.
    Protected(Box<Lock>),
    /// Of a new page: those it may be a second copy of, and the faults besides.
    Alike(Vec<Card>, Faults),
}

/// A save that came to an end.
#[derive(Debug)]
pub struct Done {
    /// Address of the page.
    pub href: String,
    pub kind: Kind,
    pub saved: Saved,
    /// It was brought together with earlier edits of the same member and of nobody else.
    pub is_own: bool,
}

/// Which page is saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// One that is not there yet.
    New(Kind),
    /// The one at this address.
    At(Kind, String),
}

impl Place {
    /// The page of a form.
    pub fn of(ground: &Ground) -> Self {
        match ground.is_unborn() {
            true => Self::New(ground.page.kind),
            false => Self::At(ground.page.kind, ground.page.slug.clone()),
        }
    }
}

/// Saves what was sent, in one write.
///
/// # Errors
/// The store's own.
pub async fn save(
    db: &Db,
    by: Editor,
    place: Place,
    sent: Sent,
    at: i64,
) -> Result<Outcome, DbError> {
    db.write(move |conn| {
        let saved = match &place {
            Place::New(kind) => creation::saved(conn, &by, *kind, &sent, at),
            Place::At(kind, slug) => saved(conn, &by, (*kind, slug), &sent, at),
        };
        saved.map_err(DbError::from)
    })
    .await
}

fn saved(
    conn: &mut Conn,
    by: &Editor,
    (kind, slug): (Kind, &str),
    sent: &Sent,
    at: i64,
) -> QueryResult<Outcome> {
    let Some(ground) = Ground::for_merge(conn, kind, slug, sent.base)?
        .filter(|ground| ground.page.state == State::Live)
    else {
        return Ok(Outcome::Gone);
    };
    if let Some(protection) = ground.page.stops(by, Guarded::Edit, at) {
        return Ok(Outcome::Protected(Box::new(Lock::of(&protection))));
    }
    let (current, is_newest) = current(conn, &ground)?;
    let (document, reading) = match typed(conn, &ground, sent, is_newest)? {
        Ok(typed) => typed,
        Err(outcome) => return Ok(outcome),
    };
    let mut proposal = Proposal {
        base: Some(ground.base.revision.id),
        document,
        note: note(kind, &ground.base.flat, &reading.flat, sent),
        at,
        tags: if sent.minor { &[save::MINOR] } else { &[] },
    };
    let mut known = Known {
        current: current.as_deref(),
        began: Some(&ground.base.flat),
    };
    if let Some(current) = known
        .current
        .filter(|current| current.revision.id == sent.settled)
        && let Some(settled) = settled(kind, &ground, current, proposal.document.to_value(), sent)
    {
        (proposal.base, known.began) = (Some(current.revision.id), Some(&current.flat));
        proposal.document = settled;
    }
    let is_own = !is_newest && is_own(conn, &ground.base.revision, by.name())?;
    let saved = match save::onto(conn, by, &ground.page, known, &proposal) {
        Err(SaveError::Collisions(_)) if is_own => over_own(conn, by, &ground, known, proposal),
        saved => saved,
    };
    match saved {
        Ok(saved) => {
            draft::discard(conn, by, &draft::place_of(ground.page.id))?;
            watched(conn, by, ground.page.id, sent.watch, at)?;
            Ok(Outcome::Saved(Done {
                href: ground.page.href(),
                kind,
                saved,
                is_own,
            }))
        }
        Err(error) => refused(conn, error, &reading, (&ground.base, known.current)),
    }
}

/// Saves over what the same member alone saved meanwhile: what was typed last stands.
fn over_own(
    conn: &mut Conn,
    by: &Editor,
    ground: &Ground,
    mut known: Known<'_>,
    mut proposal: Proposal,
) -> Result<Saved, SaveError> {
    let (plan, _) = plan::standing(conn, &ground.page, known, &proposal)?;
    let document = Document::from_value(ground.page.kind, &plan.after);
    if let (Ok(document), Some(current)) = (document, known.current) {
        (proposal.base, known.began) = (Some(current.revision.id), Some(&current.flat));
        proposal.document = document;
    }
    save::onto(conn, by, &ground.page, known, &proposal)
}

/// Begins to watch the page, or ends it, where the tick was changed.
pub(super) fn watched(
    conn: &mut Conn,
    by: &Editor,
    page: PageId,
    tick: Watch,
    at: i64,
) -> QueryResult<()> {
    match (by.user_id(), tick.was_on, tick.is_ticked) {
        (Some(user), false, true) => watch::set(conn, user, page, (false, None), at),
        (Some(user), true, false) => watch::end(conn, user, page),
        _ => Ok(()),
    }
}

/// The page's latest revision, and whether the edit began with it, so that it need not be read again.
fn current<'a>(
    conn: &mut Conn,
    ground: &'a Ground,
) -> QueryResult<(Option<Cow<'a, Content>>, bool)> {
    let began = &ground.base.revision;
    if ground.page.revision_id == Some(began.id) && !began.hides_text {
        return Ok((Some(Cow::Borrowed(&ground.base)), true));
    }
    let latest = Content::latest(conn, &ground.page)?;
    Ok((latest.map(Cow::Owned), false))
}

/// What was typed as a content without faults, or what is to be told or asked first. Where nobody saved meanwhile the save itself checks
/// this very content, and tells the faults just as well.
fn typed(
    conn: &mut Conn,
    ground: &Ground,
    sent: &Sent,
    is_newest: bool,
) -> QueryResult<Result<(Document, Reading), Outcome>> {
    let reading = reading(conn, ground, sent)?;
    if is_newest
        && reading.faults.is_empty()
        && reading.asked.questions.is_empty()
        && let Ok(document) = Document::from_value(ground.page.kind, &reading.flat)
    {
        return Ok(Ok((document, reading)));
    }
    let (document, found) = faults(ground.page.kind, &reading);
    Ok(match document.filter(|_| found.is_empty()) {
        None => Err(Outcome::Faulty(found)),
        Some(_) if !reading.asked.questions.is_empty() => Err(Outcome::Asked(reading.asked)),
        Some(document) => Ok((document, reading)),
    })
}

/// Why it was not saved, at the fields of the form.
fn refused(
    conn: &mut Conn,
    error: SaveError,
    reading: &Reading,
    (base, current): (&Content, Option<&Content>),
) -> QueryResult<Outcome> {
    match error {
        SaveError::Faults(faults) => Ok(Outcome::Faulty(Faults(
            faults.0.iter().map(|fault| reading.placed(fault)).collect(),
        ))),
        SaveError::Collisions(collisions) => {
            let collisions = without_hidden(conn, base.revision.id, collisions)?;
            // Without a revision there is nothing to collide with.
            Ok(current.map_or(Outcome::Gone, |current| {
                Outcome::Collided(collisions, Box::new(current.revision.clone()))
            }))
        }
        SaveError::NotLive => Ok(Outcome::Gone),
        SaveError::Protected(protection) => Ok(Outcome::Protected(Box::new(Lock::of(&protection)))),
        SaveError::Db(error) => Err(error),
    }
}

/// The editor's words, or which parts were changed.
fn note(kind: Kind, base: &Map<String, Value>, mine: &Map<String, Value>, sent: &Sent) -> String {
    if sent.note.is_empty() {
        automatic(form_of(kind), &merge::changed_paths(kind, base, mine))
    } else {
        sent.note.clone()
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
    ground: &Ground,
    current: &Content,
    mut mine: Map<String, Value>,
    sent: &Sent,
) -> Option<Document> {
    let mut base = ground.base.flat.clone();
    settle(&mut base, &current.flat, &mut mine, &sent.choices);
    let merged = merge::merge(kind, &base, &current.flat, &mine).ok()?;
    Document::from_value(kind, &merged).ok()
}
