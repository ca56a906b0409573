//! Songs in lists: always title, artist credit and drama, because titles alone are ambiguous.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;

use crate::db::{Conn, among, rows};
use crate::models::page::card::{Card, Cards};
use crate::models::page::{PageId, State};
use crate::models::rank::Rank;
use crate::models::song::{UseRole, VersionKind};
use crate::schema::{artist_credits, pages, song_uses};

/// One printed name of an artist credit.
#[derive(Debug, Clone, PartialEq)]
pub struct CreditName {
    pub name: String,
    /// Address of the artist's page, where there is one.
    pub href: Option<String>,
    pub artist: Option<PageId>,
    /// Written between this name and the next, spaces included.
    pub join: String,
}

/// What a song is to one drama.
#[derive(Debug, Clone, PartialEq)]
pub struct UseItem {
    pub drama: Card,
    pub role: Option<UseRole>,
    pub about: String,
    pub note: String,
    pub rank: Rank,
    pub is_unverified: bool,
}

/// A song as lists show it.
#[derive(Debug, Clone, PartialEq)]
pub struct SongItem {
    pub card: Card,
    pub credit: Vec<CreditName>,
    /// Uses that are not refuted.
    pub uses: Vec<UseItem>,
    /// There is a version without voice.
    pub has_instrumental: bool,
}

/// An artist credit as stored: song, version, version's kind, artist, printed name, join phrase, artist's page.
pub type CreditRow = (
    PageId,
    i64,
    VersionKind,
    Option<PageId>,
    String,
    String,
    Option<Card>,
);

/// Songs for a list, in the order of `ids`; those no longer live are left out. Three statements whatever their number.
pub fn of(conn: &mut Conn, ids: &[PageId]) -> QueryResult<Vec<SongItem>> {
    let cards = Cards::load(conn, ids.iter().copied())?;
    let credits = credit_rows(conn, ids)?;
    let uses = uses_of(conn, ids)?;
    Ok(assemble(
        ids.iter().filter_map(|id| cards.find(*id)).cloned(),
        &credits,
        uses,
    ))
}

/// All artist credits of these songs.
pub fn credit_rows(conn: &mut Conn, ids: &[PageId]) -> QueryResult<Vec<CreditRow>> {
    rows!(
        conn,
        artist_credits::table
            .left_join(pages::table.on(pages::id.nullable().eq(artist_credits::artist_id)))
            .filter(among(artist_credits::page_id, ids.iter().copied()))
            .order((
                artist_credits::page_id,
                artist_credits::version_id,
                artist_credits::position,
            ))
            .select((
                artist_credits::page_id,
                artist_credits::version_id,
                artist_credits::version_kind,
                artist_credits::artist_id,
                artist_credits::name,
                artist_credits::join_phrase,
                Option::<Card>::as_select(),
            ))
    )
}

/// What these songs are to their dramas, refuted uses left out.
pub fn uses_of(conn: &mut Conn, ids: &[PageId]) -> QueryResult<BTreeMap<PageId, Vec<UseItem>>> {
    let rows: Vec<(PageId, String, String, String, Rank, bool, Card)> = rows!(
        conn,
        song_uses::table
            .inner_join(pages::table.on(pages::id.eq(song_uses::drama_id)))
            .filter(among(song_uses::page_id, ids.iter().copied()))
            .filter(song_uses::rank.ne(Rank::Refuted))
            .filter(pages::state.eq(State::Live))
            .order((song_uses::page_id, song_uses::position))
            .select((
                song_uses::page_id,
                song_uses::role,
                song_uses::about,
                song_uses::note,
                song_uses::rank,
                song_uses::is_unverified,
                Card::as_select(),
            ))
    )?;
    let mut uses: BTreeMap<PageId, Vec<UseItem>> = BTreeMap::new();
    for (song, role, about, note, rank, is_unverified, drama) in rows {
        uses.entry(song).or_default().push(UseItem {
            drama,
            role: role.parse().ok(),
            about,
            note,
            rank,
            is_unverified,
        });
    }
    Ok(uses)
}

/// Puts cards, credits and uses together.
pub fn assemble(
    cards: impl Iterator<Item = Card>,
    credits: &[CreditRow],
    mut uses: BTreeMap<PageId, Vec<UseItem>>,
) -> Vec<SongItem> {
    let mut by_song: BTreeMap<PageId, Vec<&CreditRow>> = BTreeMap::new();
    for row in credits {
        by_song.entry(row.0).or_default().push(row);
    }
    cards
        .map(|card| {
            let rows = by_song.remove(&card.id).unwrap_or_default();
            SongItem {
                has_instrumental: rows.iter().any(|row| row.2 == VersionKind::Instrumental),
                credit: main_credit(&rows),
                uses: uses.remove(&card.id).unwrap_or_default(),
                card,
            }
        })
        .collect()
}

/// The credit of the version a list names: the first that was made for the soundtrack, else the first at all.
fn main_credit(rows: &[&CreditRow]) -> Vec<CreditName> {
    let made_for_it =
        |kind: VersionKind| !matches!(kind, VersionKind::Original | VersionKind::Instrumental);
    let version = rows
        .iter()
        .find(|row| made_for_it(row.2))
        .or(rows.first())
        .map(|row| row.1);
    rows.iter()
        .filter(|row| Some(row.1) == version)
        .map(|row| credit_name(row))
        .collect()
}

/// One printed name: what the record says, else the artist's own name.
pub fn credit_name(row: &CreditRow) -> CreditName {
    let live = row.6.as_ref().filter(|card| card.state == State::Live);
    CreditName {
        name: if row.4.is_empty() {
            row.6
                .as_ref()
                .map(|card| card.title.clone())
                .unwrap_or_default()
        } else {
            row.4.clone()
        },
        href: live.map(Card::href),
        artist: row.3,
        join: row.5.clone(),
    }
}

/// Every page these items show: what a list of them depends on.
pub fn shown(items: &[SongItem]) -> BTreeSet<PageId> {
    items
        .iter()
        .flat_map(|item| {
            std::iter::once(item.card.id)
                .chain(item.credit.iter().filter_map(|name| name.artist))
                .chain(item.uses.iter().map(|used| used.drama.id))
        })
        .collect()
}
