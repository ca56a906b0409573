//! What an artist did: songs, dramas, parts played, and with whom.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;

use crate::db::{Conn, among, rows};
use crate::models::credit::Role;
use crate::models::page::card::{Card, Cards};
use crate::models::page::{Kind, PageId};
use crate::models::rank::Rank;
use crate::models::song::listing::SongItem;
use crate::schema::{artist_credits, castings, credits, drama_facts};

/// Most collaborators shown.
pub const MOST_COLLABORATORS: usize = 40;

/// One song and what the artist did in it.
#[derive(Debug, Clone, PartialEq)]
pub struct WorkItem {
    pub song: SongItem,
    /// In printing order, without doubles.
    pub roles: Vec<Role>,
    /// Where the song was sung under the name of a group or a band of a story: that act.
    pub through: Option<Card>,
    /// Another artist is also claimed for the same role, or this claim is not the preferred one.
    pub is_claim: bool,
}

/// A drama the artist worked for or acts in.
#[derive(Debug, Clone, PartialEq)]
pub struct DramaItem {
    pub card: Card,
    /// Roles such as music director.
    pub roles: Vec<Role>,
    /// Characters played.
    pub characters: Vec<String>,
}

/// Somebody who worked on the same songs.
#[derive(Debug, Clone, PartialEq)]
pub struct Collaborator {
    pub card: Card,
    /// Number of songs in common.
    pub songs: usize,
}

/// Role, by song, of this artist or of an act whose voice it is.
pub(super) type Roles = BTreeMap<PageId, (BTreeSet<Role>, Option<PageId>, bool)>;

/// What the artist did, page by page: sung (alone or as the voice of an act) and credited.
pub(super) fn roles(conn: &mut Conn, artist: PageId, voices: &[PageId]) -> QueryResult<Roles> {
    let mut roles = Roles::new();
    let acts: Vec<PageId> = voices.iter().copied().chain([artist]).collect();
    let sung: Vec<(PageId, Option<PageId>)> = rows!(
        conn,
        artist_credits::table
            .filter(among(artist_credits::artist_id, acts))
            .order((
                artist_credits::page_id,
                artist_credits::version_id,
                artist_credits::position,
            ))
            .select((artist_credits::page_id, artist_credits::artist_id))
    )?;
    for (song, act) in sung {
        let entry = roles.entry(song).or_default();
        entry.0.insert(Role::Vocals);
        entry.1 = act.filter(|act| *act != artist);
    }
    let credited: Vec<(PageId, Role, Rank)> = rows!(
        conn,
        credits::table
            .filter(credits::artist_id.eq(artist))
            .filter(credits::rank.ne(Rank::Refuted))
            .order((credits::page_id, credits::position))
            .select((credits::page_id, credits::role, credits::rank))
    )?;
    for (page, role, rank) in credited {
        let entry = roles.entry(page).or_default();
        entry.0.insert(role);
        entry.2 |= rank == Rank::Also;
    }
    Ok(roles)
}

/// The characters the artist plays, by drama.
pub(super) fn characters(
    conn: &mut Conn,
    artist: PageId,
) -> QueryResult<BTreeMap<PageId, Vec<String>>> {
    let rows: Vec<(PageId, String)> = rows!(
        conn,
        castings::table
            .filter(castings::artist_id.eq(artist))
            .order((castings::page_id, castings::position))
            .select((castings::page_id, castings::character))
    )?;
    let mut characters: BTreeMap<PageId, Vec<String>> = BTreeMap::new();
    for (drama, character) in rows {
        let of_drama = characters.entry(drama).or_default();
        if !character.is_empty() {
            of_drama.push(character);
        }
    }
    Ok(characters)
}

/// When the dramas shown here began.
pub(super) fn aired(
    conn: &mut Conn,
    works: &[WorkItem],
    dramas: &[DramaItem],
) -> QueryResult<BTreeMap<PageId, String>> {
    let of_songs = works
        .iter()
        .flat_map(|work| work.song.uses.iter().map(|used| used.drama.id));
    let ids: BTreeSet<PageId> = of_songs
        .chain(dramas.iter().map(|drama| drama.card.id))
        .collect();
    let rows: Vec<(PageId, String)> = rows!(
        conn,
        drama_facts::table
            .filter(among(drama_facts::page_id, ids))
            .filter(drama_facts::first_aired.ne(""))
            .order(drama_facts::page_id)
            .select((drama_facts::page_id, drama_facts::first_aired))
    )?;
    Ok(rows.into_iter().collect())
}

/// Song and artist of every credit of these songs.
pub(super) fn credited_on(conn: &mut Conn, songs: &[PageId]) -> QueryResult<Vec<(PageId, PageId)>> {
    let rows: Vec<(PageId, Option<PageId>)> = rows!(
        conn,
        credits::table
            .filter(among(credits::page_id, songs.iter().copied()))
            .filter(credits::rank.ne(Rank::Refuted))
            .order((credits::page_id, credits::position))
            .select((credits::page_id, credits::artist_id))
    )?;
    Ok(rows
        .into_iter()
        .filter_map(|(song, artist)| Some((song, artist?)))
        .collect())
}

/// The songs in common with every artist in these pairs of song and artist, but for the artist's `own` acts and voices.
pub(super) fn together(
    credited: impl Iterator<Item = (PageId, PageId)>,
    own: &BTreeSet<PageId>,
) -> BTreeMap<PageId, BTreeSet<PageId>> {
    let mut together: BTreeMap<PageId, BTreeSet<PageId>> = BTreeMap::new();
    for (song, artist) in credited {
        if !own.contains(&artist) {
            together.entry(artist).or_default().insert(song);
        }
    }
    together
}

/// Most songs in common first, then by name.
pub(super) fn ranked(
    together: &BTreeMap<PageId, BTreeSet<PageId>>,
    cards: &Cards,
) -> Vec<Collaborator> {
    let mut ranked: Vec<Collaborator> = together
        .iter()
        .filter_map(|(artist, songs)| {
            Some(Collaborator {
                card: cards.find(*artist)?.clone(),
                songs: songs.len(),
            })
        })
        .collect();
    ranked.sort_by(|a, b| {
        b.songs
            .cmp(&a.songs)
            .then_with(|| a.card.title.cmp(&b.card.title))
            .then_with(|| a.card.id.cmp(&b.card.id))
    });
    ranked.truncate(MOST_COLLABORATORS);
    ranked
}

/// The songs with what the artist did in them, by title. `acts` are those the artist belongs to.
pub(super) fn songs(items: Vec<SongItem>, roles: &Roles, acts: &[&Card]) -> Vec<WorkItem> {
    let mut works: Vec<WorkItem> = items
        .into_iter()
        .filter_map(|song| {
            let (of_song, through, is_claim) = roles.get(&song.card.id)?;
            let through = through.and_then(|act| acts.iter().find(|card| card.id == act));
            Some(WorkItem {
                roles: of_song.iter().copied().collect(),
                through: through.map(|act| Card::clone(act)),
                is_claim: *is_claim,
                song,
            })
        })
        .collect();
    works.sort_by(|a, b| {
        a.song
            .card
            .title
            .cmp(&b.song.card.title)
            .then_with(|| a.song.card.id.cmp(&b.song.card.id))
    });
    works
}

/// The dramas the artist worked for or acts in, by title.
pub(super) fn dramas(
    roles: &Roles,
    mut characters: BTreeMap<PageId, Vec<String>>,
    found: &Cards,
) -> Vec<DramaItem> {
    let ids: BTreeSet<PageId> = roles
        .keys()
        .copied()
        .chain(characters.keys().copied())
        .collect();
    let mut dramas: Vec<DramaItem> = ids
        .into_iter()
        .filter_map(|id| {
            let card = found.find(id).filter(|card| card.kind == Kind::Drama)?;
            Some(DramaItem {
                card: card.clone(),
                roles: roles
                    .get(&id)
                    .map(|(roles, ..)| roles.iter().copied().collect())
                    .unwrap_or_default(),
                characters: characters.remove(&id).unwrap_or_default(),
            })
        })
        .collect();
    dramas.sort_by(|a, b| {
        a.card
            .title
            .cmp(&b.card.title)
            .then_with(|| a.card.id.cmp(&b.card.id))
    });
    dramas
}
