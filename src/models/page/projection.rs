//! Projections: what a document says, written out for looking up, in the save transaction.

mod followed;
mod keys;
mod links;

use std::collections::{BTreeSet, HashMap};

use diesel::prelude::*;

use crate::db::Conn;
use crate::models::credit::Role;
use crate::models::page::content::{Facet, Facts};
use crate::models::page::document::{Document, KindFacts, each_kind};
use crate::models::page::{Kind, PageId};
use crate::models::page::{external, facets};
use crate::schema::{
    album_facts, article_facts, artist_credits, castings, credits, cues, drama_facts,
    episode_songs, external_links, memberships, page_links, song_uses, title_keys, tracks,
};
use crate::text::hangul;

pub use followed::LONGEST_CHAIN;
pub use keys::sort_key;
pub use links::PROSE_LINK;

use keys::names;
use links::{linked, links};

/// Puts the rows a page has in a query table in place of those that are there.
macro_rules! replace {
    ($conn:expr, $table:ident.$column:ident = $page:expr, $rows:expr) => {{
        diesel::delete($table::table.filter($table::$column.eq($page))).execute($conn)?;
        let rows = $rows;
        $crate::models::page::projection::insert!($conn, $table, rows);
    }};
}
pub(crate) use replace;

/// Puts in rows. One by itself, which is what most edits come to, is a statement that stays prepared.
macro_rules! insert {
    ($conn:expr, $table:ident, $rows:expr) => {
        match $rows.as_slice() {
            [] => {}
            [row] => {
                $crate::db::run!($conn, diesel::insert_into($table::table).values(row))?;
            }
            rows => {
                $crate::db::both!($conn, c => diesel::insert_into($table::table).values(rows).execute(c))?;
            }
        }
    };
}
pub(crate) use insert;

/// As [`replace!`] for a table whose rows have a `row_id`; what is there is known, unless it is `None`, and rows that are the same
/// stay.
macro_rules! update {
    ($conn:expr, $table:ident.$column:ident = $page:expr, $before:expr => $rows:expr) => {{
        let before: Option<Vec<_>> = $before;
        let mut rows: Vec<_> = $rows;
        let all = $table::table.filter($table::$column.eq($page));
        if let Some(before) = before {
            let gone =
                $crate::models::page::projection::differing(&before, &mut rows, |row| row.row_id);
            if let ([id], [row]) = (gone.as_slice(), rows.as_slice())
                && row.row_id == *id
            {
                // One row that was changed, which is what most edits come to.
                let it = all.filter($table::row_id.eq(*id));
                $crate::db::run!($conn, diesel::update(it).set(row))?;
                rows.clear();
            } else if !gone.is_empty() {
                let gone = $crate::db::among($table::row_id, gone);
                $crate::db::run!($conn, diesel::delete(all.filter(gone)))?;
            }
        } else {
            diesel::delete(all).execute($conn)?;
        }
        $crate::models::page::projection::insert!($conn, $table, rows);
    }};
}
pub(crate) use update;

/// Leaves of the rows those that are not there yet, and answers the ids of those that are there and must go.
pub(crate) fn differing<R: PartialEq>(
    before: &[R],
    rows: &mut Vec<R>,
    id: impl Fn(&R) -> i64,
) -> Vec<i64> {
    let was: HashMap<i64, &R> = before.iter().map(|row| (id(row), row)).collect();
    let is: HashMap<i64, &R> = rows.iter().map(|row| (id(row), row)).collect();
    let gone = |row: &&R| is.get(&id(row)) != Some(row);
    let gone = before.iter().filter(gone).map(&id).collect();
    rows.retain(|row| was.get(&id(row)) != Some(&row));
    gone
}

/// Writes the derived rows of a page. Where `before` says what the rows there were made of, those made of the same are left alone: a
/// change of one credit costs one table. Without it everything is written. Answers the pages whose own display may have changed by it:
/// those it refers to now and those it referred to before.
pub fn rewrite(
    conn: &mut Conn,
    page: PageId,
    before: Option<&Document>,
    mut document: Document,
) -> QueryResult<Vec<PageId>> {
    let mut before = before.cloned();
    followed::follow(conn, before.iter_mut().chain([&mut document]))?;
    let mut touched = links(conn, page, before.as_mut(), &mut document)?;
    let before = before.as_ref();
    let mut artists = match before {
        Some(before) => {
            let [then, now] = [before, &document].map(credited);
            then.symmetric_difference(&now).map(|(id, _)| *id).collect()
        }
        None => credited_by_rows(conn, page)?,
    };
    if before.is_none_or(|before| before.head.names != document.head.names) {
        names(conn, page, before, &document)?;
    }
    if before.is_none_or(|before| before.head.links != document.head.links) {
        let before = before.map(|before| before.head.links.as_slice());
        external::rewrite(conn, page, before, &document.head.links)?;
    }
    facts(conn, page, before, &document)?;
    let [indexed, then] = [Some(&document), before].map(|of| of.map(Indexed::of));
    if let Some(now) = indexed.filter(|now| then.as_ref() != Some(now)) {
        facets::rewrite(conn, page, document.kind(), &now.sort_key, &now.facets)?;
    }
    if before.is_none() {
        artists.extend(credited(&document).into_iter().map(|(id, _)| id));
        if document.kind() == Kind::Artist {
            artists.insert(page);
        }
    }
    for artist in artists {
        facets::refresh_roles(conn, artist)?;
    }
    touched.insert(page);
    Ok(touched.into_iter().collect())
}

/// Writes the rows of the kind's own facts.
fn facts(
    conn: &mut Conn,
    page: PageId,
    before: Option<&Document>,
    document: &Document,
) -> QueryResult<()> {
    macro_rules! project {
        ($($kind:ident),+) => {
            match (&document.facts, before.map(|before| &before.facts)) {
                $((KindFacts::$kind(now), Some(KindFacts::$kind(then))) => now.project(Some(then), conn, page),)+
                (now, _) => each_kind!(now, facts => facts.project(None, conn, page)),
            }
        };
    }
    project!(Drama, Song, Artist, Album, Article)
}

/// What indexes know of a page.
#[derive(PartialEq)]
struct Indexed {
    sort_key: String,
    facets: Vec<Facet>,
}

impl Indexed {
    fn of(document: &Document) -> Self {
        Self {
            sort_key: sort_key(&document.head),
            facets: facets_of(document),
        }
    }
}

/// Removes every derived row of a page that is no longer live.
pub fn remove(conn: &mut Conn, page: PageId, kind: Kind) -> QueryResult<Vec<PageId>> {
    let mut touched = linked(conn, page)?;
    let artists = credited_by_rows(conn, page)?;
    clear(conn, page)?;
    facets::rewrite(conn, page, kind, "", &[])?;
    for artist in artists {
        facets::refresh_roles(conn, artist)?;
    }
    touched.insert(page);
    Ok(touched.into_iter().collect())
}

/// The facets of the document and the letters it is listed under.
pub(super) fn facets_of(document: &Document) -> Vec<Facet> {
    let mut facets = document.facts.facets();
    let letter = sort_key(&document.head)
        .chars()
        .next()
        .map_or("#", |first| match first {
            'a'..='z' => LETTERS
                .get((first as usize) - ('a' as usize))
                .copied()
                .unwrap_or("#"),
            _ => "#",
        });
    facets.push(Facet::plain("letter", letter));
    if let Some(letter) = hangul::index_letter(document.head.native()) {
        facets.push(Facet::plain("initial", letter));
    }
    facets.push(Facet::plain("all", ""));
    facets.sort();
    facets.dedup_by(|a, b| a.name == b.name && a.value == b.value);
    facets
}

/// Headings of the Latin index.
pub const LETTERS: [&str; 26] = [
    "A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L", "M", "N", "O", "P", "Q", "R", "S",
    "T", "U", "V", "W", "X", "Y", "Z",
];

/// Artists the document credits, and as what.
fn credited(document: &Document) -> BTreeSet<(PageId, Role)> {
    each_kind!(&document.facts, facts => facts.credited())
}

/// Artists the page credits, as last written.
fn credited_by_rows(conn: &mut Conn, page: PageId) -> QueryResult<BTreeSet<PageId>> {
    let singers: Vec<Option<PageId>> = artist_credits::table
        .filter(artist_credits::page_id.eq(page))
        .select(artist_credits::artist_id)
        .load(conn)?;
    let others: Vec<Option<PageId>> = credits::table
        .filter(credits::page_id.eq(page))
        .select(credits::artist_id)
        .load(conn)?;
    Ok(singers.into_iter().chain(others).flatten().collect())
}

fn clear(conn: &mut Conn, page: PageId) -> QueryResult<()> {
    macro_rules! delete {
        ($($table:ident.$column:ident),+ $(,)?) => {
            $(diesel::delete($table::table.filter($table::$column.eq(page))).execute(conn)?;)+
        };
    }
    delete!(
        title_keys.page_id,
        page_links.from_id,
        external_links.page_id,
        song_uses.page_id,
        artist_credits.page_id,
        credits.page_id,
        cues.page_id,
        episode_songs.song_id,
        castings.page_id,
        memberships.page_id,
        album_facts.page_id,
        tracks.page_id,
        drama_facts.page_id,
        article_facts.page_id,
    );
    Ok(())
}
