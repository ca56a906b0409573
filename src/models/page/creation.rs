//! New pages: what one may be a second copy of, what tells it from its namesakes, and the address it gets.

use std::collections::BTreeSet;

use diesel::prelude::*;

use crate::db::Conn;
use crate::models::page::card::Card;
use crate::models::page::content::Faults;
use crate::models::page::document::{Document, Head};
use crate::models::page::revision::Revision;
use crate::models::page::save::{self, Proposal, SaveError};
use crate::models::page::{Kind, Page, PageId, State, named};
use crate::models::user::Editor;
use crate::schema::{page_links, pages, redirects};
use crate::text::romanise;
use crate::text::slug::{Slug, slugify};

/// What a page cannot be called in its address, because something else is there.
const NOT_A_SLUG: &str = "new";
/// The field that tells a page from its namesakes.
pub const TELLS_APART: &str = "disambiguation";

/// A page somebody wants to make.
#[derive(Debug, Clone)]
pub struct Newborn {
    pub document: Document,
    /// The address asked for, by a link that waits for the page.
    pub wanted: Option<Slug>,
    /// Pages the editor was shown and said to be others.
    pub told_apart: BTreeSet<PageId>,
    pub note: String,
    /// Microseconds since 1970.
    pub at: i64,
}

/// Why a page was not made. Nothing was stored.
#[derive(Debug, thiserror::Error)]
pub enum CreateError {
    /// Pages it may be a second copy of, which nobody has told apart yet; and the faults there are besides.
    #[error("{} pages have such a name", .0.len())]
    Alike(Vec<Card>, Faults),
    #[error(transparent)]
    Save(#[from] SaveError),
}

impl From<diesel::result::Error> for CreateError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Save(error.into())
    }
}

/// Makes a page, or finds the one that the same editor made of the same content: a form sent twice is one page. To be called inside a
/// write.
///
/// # Errors
/// Pages of such a name, the faults of the content, or the store's own refusal.
pub fn create(conn: &mut Conn, by: &Editor, newborn: &Newborn) -> Result<Page, CreateError> {
    let document = &newborn.document;
    let (kind, head) = (document.kind(), &document.head);
    let names: Vec<String> = head.names.iter().map(|name| name.value.clone()).collect();
    let alike = named::alike(conn, kind, &names)?;
    if let Some(page) = made_before(conn, by, &alike, document)? {
        return Ok(page);
    }
    let mut faults = Faults::default();
    undistinguished(&alike, head, &mut faults);
    if alike
        .iter()
        .any(|card| !newborn.told_apart.contains(&card.id))
    {
        return Err(CreateError::Alike(alike, faults));
    }
    let slug = free_slug(conn, kind, head, newborn.wanted.as_ref())?;
    if slug.is_none() {
        faults.add(
            "names",
            "No address can be made of these names: give one with letters or digits.",
        );
    }
    let Some(slug) = slug.filter(|_| faults.is_empty()) else {
        return Err(SaveError::Faults(faults).into());
    };
    let page = save::reserve(conn, kind, &slug, newborn.at)?;
    let proposal = Proposal {
        base: None,
        document: document.clone(),
        note: newborn.note.clone(),
        at: newborn.at,
        tags: &[],
    };
    if let Err(error) = save::save(conn, by, page.id, &proposal) {
        diesel::delete(pages::table.find(page.id)).execute(conn)?;
        return Err(error.into());
    }
    Ok(Page::find(conn, page.id)?.ok_or(SaveError::NotLive)?)
}

/// The page this editor made of exactly this content.
fn made_before(
    conn: &mut Conn,
    by: &Editor,
    alike: &[Card],
    document: &Document,
) -> Result<Option<Page>, CreateError> {
    if alike.is_empty() {
        return Ok(None);
    }
    let content = save::as_saved(conn, document)?;
    for card in alike {
        let first = Revision::of(conn, card.id, 1)?;
        if let Some(first) = first.filter(|first| first.author == by.name())
            && first.flat().map_err(SaveError::from)? == content
        {
            return Ok(Page::find(conn, card.id)?);
        }
    }
    Ok(None)
}

/// A page with the name of another says what tells it apart, and not in the other's words.
fn undistinguished(alike: &[Card], head: &Head, faults: &mut Faults) {
    let ours = [head.title(), head.native()].map(romanise::norm);
    let apart = romanise::norm(&head.disambiguation);
    let mut namesakes = alike.iter().filter(|card| {
        [&card.title, &card.native]
            .into_iter()
            .map(|name| romanise::norm(name))
            .any(|name| !name.is_empty() && ours.contains(&name))
    });
    let in_the_way =
        namesakes.find(|card| apart.is_empty() || romanise::norm(&card.disambiguation) == apart);
    if let Some(card) = in_the_way {
        let message = if apart.is_empty() {
            format!(
                "Another {} is called “{}” too. Say in a few words what tells this one apart.",
                card.kind, card.title
            )
        } else {
            format!(
                "The other {} called “{}” is told apart by the same words. Find others.",
                card.kind, card.title
            )
        };
        faults.add(TELLS_APART, message);
    }
}

/// An address nothing has or had: the one wanted, else the first of the page's names that gives one, with what tells the page apart
/// or a number behind it where the name alone is taken.
fn free_slug(
    conn: &mut Conn,
    kind: Kind,
    head: &Head,
    wanted: Option<&Slug>,
) -> QueryResult<Option<Slug>> {
    let names = head.names.iter().map(|name| name.value.as_str());
    let base = [head.title(), head.native()]
        .into_iter()
        .chain(names)
        .find_map(slugify);
    let Some(base) = base else {
        return Ok(None);
    };
    let apart = slugify(&format!("{base} {}", head.disambiguation));
    let first = [wanted.cloned(), Some(base.clone()), apart];
    let numbered = (2..100).map(|number| numbered(&base, number));
    for slug in first.into_iter().chain(numbered).flatten() {
        if is_free(conn, kind, &slug)? {
            return Ok(Some(slug));
        }
    }
    Ok(None)
}

/// `hush-2`.
fn numbered(base: &Slug, number: u32) -> Option<Slug> {
    let room = Slug::MAX_BYTES - 4;
    let short = base.as_str().get(..room).unwrap_or(base.as_str());
    Slug::parse(&format!("{}-{number}", short.trim_end_matches('-'))).ok()
}

/// Whether nothing has this address, nor ever had it.
pub fn is_free(conn: &mut Conn, kind: Kind, slug: &Slug) -> QueryResult<bool> {
    if slug.as_ref() == NOT_A_SLUG || Page::at(conn, kind, slug.as_ref())?.is_some() {
        return Ok(false);
    }
    let moved: Option<PageId> = redirects::table
        .find((kind, slug.as_ref()))
        .select(redirects::page_id)
        .first(conn)
        .optional()?;
    Ok(moved.is_none())
}

/// Pages whose prose links to an address at which nothing was when they were saved.
pub fn waiting_for(conn: &mut Conn, kind: Kind, slug: &str) -> QueryResult<Vec<PageId>> {
    page_links::table
        .filter(page_links::to_kind.eq(kind))
        .filter(page_links::to_slug.eq(slug))
        .filter(page_links::to_id.is_null())
        .select(page_links::from_id)
        .distinct()
        .order(page_links::from_id)
        .load(conn)
}

/// A page that is not there yet, for the form and its preview.
pub fn unborn(kind: Kind) -> Page {
    Page {
        id: 0,
        kind,
        slug: NOT_A_SLUG.to_owned(),
        state: State::Reserved,
        title: format!("New {kind}"),
        native: String::new(),
        disambiguation: String::new(),
        sort_key: String::new(),
        revision_id: None,
        last_row: 0,
        created_at: 0,
        updated_at: 0,
        merged_into: None,
        deletion_note: String::new(),
        protection: String::new(),
    }
}
