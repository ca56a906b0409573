//! What was done last, narrowed in every way readers ask for: for the page of recent changes, for feeds and watchlists.

use diesel::prelude::*;

use crate::db::{Conn, among};
use crate::models::changes::Action;
use crate::models::page::{Kind, Page, PageId, State};
use crate::models::user::{Role, UserId};
use crate::schema::{album_facts, changes, pages, patrols, revisions, song_uses, users, watches};

/// Entries of the log one request looks through, so that a filter nothing fits costs no more than this.
const MOST_SEARCHED: i64 = 20_000;

/// Which changes are asked for: those that fit all of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    pub kind: Option<Kind>,
    /// By this member.
    pub by: Option<String>,
    /// By anybody but this member.
    pub not_by: Option<String>,
    /// By new members.
    pub is_new: bool,
    /// Minor ones only, or none of them.
    pub is_minor: Option<bool>,
    /// Revisions with this tag: `undo`, `merged`.
    pub tag: Option<String>,
    /// By new members, and nobody has looked at them yet.
    pub is_unpatrolled: bool,
    /// Of one page.
    pub page: Option<PageId>,
    /// Of a drama, its songs and its albums.
    pub drama: Option<PageId>,
    /// Of the pages this member watches at this moment.
    pub watched_by: Option<(UserId, i64)>,
    /// Not before this moment.
    pub since: Option<i64>,
    /// Only entries older than this one.
    pub before: Option<i64>,
}

/// One change for readers.
#[derive(Debug, Clone, PartialEq, Queryable)]
pub struct Entry {
    pub id: i64,
    pub page_id: PageId,
    pub kind: Kind,
    pub slug: String,
    pub title: String,
    pub action: Action,
    pub author: String,
    pub note: String,
    /// Microseconds since 1970.
    pub at: i64,
    /// The revision made: id, number, tags.
    pub revision: Option<(i64, i64, String)>,
    /// Of the member, as it is now.
    pub role: Option<Role>,
    pub patrolled_by: Option<String>,
}

impl Entry {
    /// Address of the page.
    pub fn href(&self) -> String {
        format!("/{}/{}", self.kind.plural(), self.slug)
    }

    /// How the revision came to be: `undo`, `merged`, `minor`.
    pub fn tags(&self) -> Vec<String> {
        let tags = self.revision.as_ref().map(|(_, _, tags)| tags.as_str());
        serde_json::from_str(tags.unwrap_or_default()).unwrap_or_default()
    }

    /// Whether a new member did it and nobody has looked at it.
    pub fn is_unpatrolled(&self) -> bool {
        self.is_by_new() && self.revision.is_some() && self.patrolled_by.is_none()
    }

    /// Whether a new member did it.
    pub fn is_by_new(&self) -> bool {
        self.role.is_some_and(Role::is_new)
    }
}

/// A part of the log.
#[derive(Debug, Clone, PartialEq)]
pub struct Recent {
    pub entries: Vec<Entry>,
    /// Where the older ones begin.
    pub older: Option<i64>,
}

impl Recent {
    /// Loads up to `limit` entries about pages that are there, newest first.
    pub fn load(conn: &mut Conn, wanted: &Wanted, limit: usize) -> QueryResult<Self> {
        let newest = super::newest(conn)?;
        let before = wanted.before.unwrap_or(i64::MAX).min(newest + 1);
        let end = before.saturating_sub(MOST_SEARCHED);
        let mut query = changes::table
            .inner_join(pages::table.on(pages::id.eq(changes::page_id)))
            .left_join(revisions::table.on(revisions::id.nullable().eq(changes::revision_id)))
            .left_join(users::table.on(users::name.eq(changes::author)))
            .left_join(patrols::table.on(patrols::revision_id.nullable().eq(changes::revision_id)))
            .filter(pages::state.eq(State::Live))
            .filter(changes::action.ne(Action::Hide))
            .filter(changes::action.ne(Action::Rebuild))
            .filter(changes::id.lt(before))
            .filter(changes::id.ge(end))
            .order(changes::id.desc())
            .limit(i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1))
            .select((
                changes::id,
                pages::id,
                pages::kind,
                pages::slug,
                pages::title,
                changes::action,
                changes::author,
                changes::note,
                changes::created_at,
                (revisions::id, revisions::number, revisions::tags).nullable(),
                users::role.nullable(),
                patrols::patrolled_by.nullable(),
            ))
            .into_boxed::<crate::db::Backend>();
        if let Some(kind) = wanted.kind {
            query = query.filter(pages::kind.eq(kind));
        }
        if let Some(by) = &wanted.by {
            query = query.filter(changes::author.eq(by));
        }
        if let Some(other) = &wanted.not_by {
            query = query.filter(changes::author.ne(other));
        }
        if wanted.is_new || wanted.is_unpatrolled {
            query = query.filter(users::role.eq_any([Role::Visitor, Role::Member]));
        }
        if wanted.is_unpatrolled {
            query = query
                .filter(patrols::patrolled_by.is_null())
                .filter(changes::revision_id.is_not_null());
        }
        if let Some(tag) = &wanted.tag {
            query = query.filter(revisions::tags.like(pattern(tag)));
        }
        match wanted.is_minor {
            Some(true) => query = query.filter(revisions::tags.like(pattern("minor"))),
            Some(false) => {
                let is_not = revisions::tags.not_like(pattern("minor"));
                query = query.filter(revisions::id.is_null().or(is_not));
            }
            None => {}
        }
        if let Some(page) = wanted.page {
            query = query.filter(changes::page_id.eq(page));
        }
        if let Some(drama) = wanted.drama {
            query = query.filter(among(changes::page_id, of_drama(conn, vec![drama])?));
        }
        if let Some((user, at)) = wanted.watched_by {
            query = query.filter(among(changes::page_id, watched(conn, user, at)?));
        }
        if let Some(since) = wanted.since {
            query = query.filter(changes::created_at.ge(since));
        }
        let mut entries: Vec<Entry> = query.load(conn)?;
        let is_cut = entries.len() > limit;
        entries.truncate(limit);
        let older = match entries.last() {
            Some(last) if is_cut => Some(last.id),
            _ => Some(end).filter(|end| *end > 1),
        };
        Ok(Self { entries, older })
    }
}

/// A word in a list of tags; what could stand for other letters is left out.
fn pattern(tag: &str) -> String {
    let word: String = tag.chars().filter(char::is_ascii_alphanumeric).collect();
    format!("%\"{word}\"%")
}

/// Dramas with their songs and albums.
fn of_drama(conn: &mut Conn, dramas: Vec<PageId>) -> QueryResult<Vec<PageId>> {
    let mut ids: Vec<PageId> = song_uses::table
        .filter(among(song_uses::drama_id, dramas.iter().copied()))
        .select(song_uses::page_id)
        .distinct()
        .order(song_uses::page_id)
        .load(conn)?;
    let albums: Vec<PageId> = album_facts::table
        .filter(among(album_facts::drama_id, dramas.iter().copied()))
        .select(album_facts::page_id)
        .order(album_facts::page_id)
        .load(conn)?;
    ids.extend(albums);
    ids.extend(dramas);
    Ok(ids)
}

/// All that a member watches, dramas with what belongs to them where that is wanted.
fn watched(conn: &mut Conn, user: UserId, at: i64) -> QueryResult<Vec<PageId>> {
    let rows: Vec<(PageId, bool)> = watches::table
        .filter(watches::user_id.eq(user))
        .filter(watches::expires_at.is_null().or(watches::expires_at.gt(at)))
        .order(watches::page_id)
        .select((watches::page_id, watches::is_wide))
        .load(conn)?;
    let wide: Vec<PageId> = rows.iter().filter(|row| row.1).map(|row| row.0).collect();
    let mut ids = of_drama(conn, wide)?;
    ids.extend(rows.into_iter().map(|row| row.0));
    Ok(ids)
}

/// The page at an address such as `/songs/hush` or `songs/hush`.
pub fn page_at(conn: &mut Conn, address: &str) -> QueryResult<Option<Page>> {
    let Some((kind, slug)) = address.trim().trim_matches('/').split_once('/') else {
        return Ok(None);
    };
    match Kind::of_plural(kind) {
        Some(kind) => Page::at(conn, kind, slug),
        None => Ok(None),
    }
}
