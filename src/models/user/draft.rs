//! Drafts: what a member has typed and not saved yet, one for each page and one for each form of a new page. Nobody else ever reads
//! them.

use diesel::prelude::*;

use crate::db::{Conn, run};
use crate::models::page::card::{Card, Cards};
use crate::models::page::{Kind, PageId};
use crate::models::user::{Editor, UserId};
use crate::schema::drafts;

/// How much is kept, and how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Caps {
    /// Drafts of one member; beyond that the oldest goes.
    pub most: i64,
    /// Bytes of one draft.
    pub bytes: usize,
    /// How long one is kept, microseconds.
    pub keep: i64,
}

/// What was typed into a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Names and texts of the fields, in the order of the form.
    pub fields: Vec<(String, String)>,
    /// Microseconds since 1970, UTC.
    pub saved_at: i64,
}

/// Where a draft of a page is kept.
pub fn place_of(page: PageId) -> String {
    format!("page:{page}")
}

/// Where the draft of a page that is not there yet is kept: each form of a new page has a number of its own, so that two of them never
/// take each other's place.
pub fn place_of_new(kind: Kind, form: &str) -> String {
    format!("new:{kind}:{form}")
}

/// A draft of a page that is not there yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unborn {
    pub kind: Kind,
    /// The number of its form.
    pub form: String,
    /// The first name typed; may be empty.
    pub title: String,
    /// Microseconds since 1970, UTC.
    pub saved_at: i64,
}

/// Keeps what was typed in place of what was kept there before, and lets go of what is too old or too much. Answers whether it was
/// kept: a draft that is too long is not, and the one before stays.
pub fn keep(
    conn: &mut Conn,
    by: &Editor,
    place: &str,
    fields: &[(String, String)],
    at: i64,
    caps: Caps,
) -> QueryResult<bool> {
    let text = serde_json::to_string(fields).unwrap_or_default();
    let Some(user) = by.user_id().filter(|_| text.len() <= caps.bytes) else {
        return Ok(false);
    };
    discard(conn, by, place)?;
    diesel::delete(drafts::table.filter(drafts::saved_at.lt(at - caps.keep))).execute(conn)?;
    let kept: Vec<String> = drafts::table
        .filter(drafts::user_id.eq(user))
        .order((drafts::saved_at.desc(), drafts::place))
        .select(drafts::place)
        .load(conn)?;
    let room = usize::try_from(caps.most - 1).unwrap_or(0);
    for oldest in kept.iter().skip(room) {
        diesel::delete(drafts::table.find((user, oldest))).execute(conn)?;
    }
    diesel::insert_into(drafts::table)
        .values((
            drafts::user_id.eq(user),
            drafts::place.eq(place),
            drafts::fields.eq(text),
            drafts::saved_at.eq(at),
        ))
        .execute(conn)?;
    Ok(true)
}

/// What a member typed there, unless it is too old.
pub fn find(
    conn: &mut Conn,
    user: UserId,
    place: &str,
    at: i64,
    caps: Caps,
) -> QueryResult<Option<Draft>> {
    let found: Option<(String, i64)> = drafts::table
        .find((user, place))
        .filter(drafts::saved_at.ge(at - caps.keep))
        .select((drafts::fields, drafts::saved_at))
        .first(conn)
        .optional()?;
    Ok(found.map(|(fields, saved_at)| Draft {
        fields: serde_json::from_str(&fields).unwrap_or_default(),
        saved_at,
    }))
}

/// The pages a member has drafts of, the newest draft first, each with the moment it was kept.
pub fn pages(conn: &mut Conn, user: UserId, at: i64, caps: Caps) -> QueryResult<Vec<(Card, i64)>> {
    let found: Vec<(String, i64)> = drafts::table
        .filter(drafts::user_id.eq(user))
        .filter(drafts::saved_at.ge(at - caps.keep))
        .order((drafts::saved_at.desc(), drafts::place))
        .select((drafts::place, drafts::saved_at))
        .load(conn)?;
    let found: Vec<(PageId, i64)> = found
        .iter()
        .filter_map(|(place, at)| Some((place.strip_prefix("page:")?.parse().ok()?, *at)))
        .collect();
    let cards = Cards::load(conn, found.iter().map(|(page, _)| *page))?;
    Ok(found
        .into_iter()
        .filter_map(|(page, at)| Some((cards.find(page)?.clone(), at)))
        .collect())
}

/// Most drafts of new pages that are told of at once: each is read for its title.
const MOST_UNBORN: i64 = 20;

/// The drafts a member has of pages that are not there yet, the newest first; no more than can be read at once.
pub fn unborn(conn: &mut Conn, user: UserId, at: i64, caps: Caps) -> QueryResult<Vec<Unborn>> {
    let found: Vec<(String, String, i64)> = drafts::table
        .filter(drafts::user_id.eq(user))
        .filter(drafts::place.like("new:%"))
        .filter(drafts::saved_at.ge(at - caps.keep))
        .order((drafts::saved_at.desc(), drafts::place))
        .limit(MOST_UNBORN)
        .select((drafts::place, drafts::fields, drafts::saved_at))
        .load(conn)?;
    let read = |(place, fields, saved_at): (String, String, i64)| {
        let (kind, form) = place.strip_prefix("new:")?.split_once(':')?;
        Some(Unborn {
            kind: kind.parse().ok()?,
            form: form.to_owned(),
            title: title(&fields),
            saved_at,
        })
    };
    Ok(found.into_iter().filter_map(read).collect())
}

/// The first name among the fields of a form.
fn title(fields: &str) -> String {
    let fields: Vec<(String, String)> = serde_json::from_str(fields).unwrap_or_default();
    let mut names = fields.into_iter().filter(|(name, value)| {
        name.starts_with("names.") && name.ends_with(".value") && !value.trim().is_empty()
    });
    names.next().map(|(_, value)| value).unwrap_or_default()
}

/// Lets go of what a member typed there.
pub fn discard(conn: &mut Conn, by: &Editor, place: &str) -> QueryResult<()> {
    if let Some(user) = by.user_id() {
        run!(conn, diesel::delete(drafts::table.find((user, place))))?;
    }
    Ok(())
}
