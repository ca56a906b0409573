//! Pages that move: to another address, under another main name, or both.

use diesel::prelude::*;
use serde_json::json;

use crate::db::{Conn, both};
use crate::models::audit::Deed;
use crate::models::changes::Action;
use crate::models::name::{self, Name, NameKind};
use crate::models::page::creation;
use crate::models::page::document::Document;
use crate::models::page::protection::Guarded;
use crate::models::page::revision::Revision;
use crate::models::page::save::{self, Proposal};
use crate::models::page::{Page, PageId};
use crate::models::user::Editor;
use crate::schema::{pages, redirects};
use crate::text::slug::Slug;

use super::{LifeError, Why, live, neighbours, tell};

/// The tag of the revision in which a page got another main name.
const RENAME: &str = "rename";

/// What a page is to be called.
#[derive(Debug, Clone, Copy)]
pub struct Renaming<'a> {
    pub slug: &'a Slug,
    /// The main name shown; nothing to leave it.
    pub name: Option<&'a str>,
    /// Whether the name it had stays among its names.
    pub keeps_old: bool,
}

/// Gives the page a new address, or a new main name, or both; the old address leads to it for ever. Answers the page as it is now.
///
/// # Errors
/// When the page is not live or protected, the address is or was another page's, or the name cannot be saved.
pub fn rename(
    conn: &mut Conn,
    by: &Editor,
    page: PageId,
    renaming: Renaming<'_>,
    why: Why<'_>,
) -> Result<Page, LifeError> {
    let page = live(conn, page)?;
    if let Some(protection) = page.stops(by, Guarded::Rename, why.at) {
        return Err(LifeError::Protected(Box::new(protection)));
    }
    if let Some(holder) = holder(conn, &page, renaming.slug)? {
        return Err(LifeError::SlugTaken(Box::new(holder)));
    }
    if let Some(name) = renaming.name {
        call(conn, by, &page, (name, renaming.keeps_old), why)?;
    }
    if page.slug != renaming.slug.as_ref() {
        move_to(conn, by, &page, renaming.slug, why)?;
    }
    live(conn, page.id)
}

/// Who has or had the address.
fn holder(conn: &mut Conn, page: &Page, slug: &Slug) -> QueryResult<Option<Page>> {
    if creation::is_free(conn, page.kind, slug)? {
        return Ok(None);
    }
    if let Some(there) = Page::at(conn, page.kind, slug.as_ref())? {
        return Ok((there.id != page.id).then_some(there));
    }
    let moved: Option<PageId> = redirects::table
        .find((page.kind, slug.as_ref()))
        .select(redirects::page_id)
        .first(conn)
        .optional()?;
    let Some(moved) = moved else {
        return Ok(Some(creation::unborn(page.kind)));
    };
    let there = Page::find(conn, moved)?;
    Ok(there.filter(|there| there.id != page.id))
}

fn move_to(
    conn: &mut Conn,
    by: &Editor,
    page: &Page,
    slug: &Slug,
    why: Why<'_>,
) -> Result<(), LifeError> {
    // Back to an address it had: nothing leads from there any more.
    diesel::delete(redirects::table.find((page.kind, slug.as_ref()))).execute(conn)?;
    both!(conn, c => diesel::insert_into(redirects::table)
        .values((redirects::kind.eq(page.kind), redirects::slug.eq(&page.slug), redirects::page_id.eq(page.id)))
        .execute(c))?;
    diesel::update(pages::table.find(page.id))
        .set((pages::slug.eq(slug.as_ref()), pages::updated_at.eq(why.at)))
        .execute(conn)?;
    let mut touched = neighbours(conn, page.id)?;
    touched.extend(creation::waiting_for(conn, page.kind, slug.as_ref())?);
    let details = json!({ "from": page.slug, "to": slug.as_ref() });
    tell(
        conn,
        by,
        page.id,
        (Action::Rename, Deed::Rename, details),
        &touched,
        why,
    )
}

/// Makes a name the one that is shown.
fn call(
    conn: &mut Conn,
    by: &Editor,
    page: &Page,
    (name, keeps_old): (&str, bool),
    why: Why<'_>,
) -> Result<(), LifeError> {
    let Some(latest) = Revision::latest(conn, page)? else {
        return Err(LifeError::NotLive);
    };
    let mut document = latest
        .document(page.kind)
        .map_err(diesel::result::Error::from)?;
    if document.head.title() == name {
        return Ok(());
    }
    rename_in(&mut document, name, keeps_old);
    let proposal = Proposal {
        base: Some(latest.id),
        document,
        note: why.note.to_owned(),
        at: why.at,
        tags: &[RENAME],
    };
    save::save(conn, by, page.id, &proposal)?;
    Ok(())
}

/// The new name takes the place of the one shown; the old one stays behind it where it is to be kept.
fn rename_in(document: &mut Document, value: &str, keeps_old: bool) {
    let names = &mut document.head.names;
    let shown = name::display(names).map(|shown| shown.id);
    let Some(at) = names.iter().position(|name| Some(name.id) == shown) else {
        return;
    };
    let Some(old) = names.get(at).cloned() else {
        return;
    };
    let known = names
        .iter()
        .position(|name| name.value == value && name.locale == old.locale);
    let new = match known {
        Some(known) => names.remove(known),
        None => Name {
            id: 0,
            value: value.to_owned(),
            sort: String::new(),
            sources: Vec::new(),
            ..old.clone()
        },
    };
    let new = Name {
        primary: true,
        ..new
    };
    let at = names.iter().position(|name| name.id == old.id).unwrap_or(0);
    if let Some(name) = names.get_mut(at) {
        name.primary = false;
        if name.kind == NameKind::Official {
            name.kind = NameKind::Alias;
        }
    }
    if !keeps_old {
        names.remove(at);
    }
    names.insert(at.min(names.len()), new);
}
