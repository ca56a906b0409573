//! Everything an artist's page shows.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;

use crate::db::Conn;
use crate::models::artist::MemberKind;
use crate::models::credit::Role;
use crate::models::page::card::{Card, Cards};
use crate::models::page::document::{Document, KindFacts};
use crate::models::page::revision::Revision;
use crate::models::page::view::{self, View};
use crate::models::page::{Kind, Page, PageId, State, mentions};
use crate::models::rank::Rank;
use crate::models::song::listing::{self, SongItem};
use crate::models::song::show::referred;
use crate::schema::{artist_credits, castings, credits, drama_facts, memberships, pages};

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

/// A group the artist belongs to, or lends a voice to.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupItem {
    pub card: Card,
    pub kind: Option<MemberKind>,
    pub begin: String,
    pub end: String,
}

/// What an artist's page is made of.
#[derive(Debug, Clone)]
pub struct ArtistView {
    pub page: Page,
    pub revision: Revision,
    pub document: Document,
    pub cards: Cards,
    pub groups: Vec<GroupItem>,
    pub works: Vec<WorkItem>,
    pub dramas: Vec<DramaItem>,
    /// First day, as precise as known, of the dramas of songs and roles; those without a date are left out.
    pub aired: BTreeMap<PageId, String>,
    pub collaborators: Vec<Collaborator>,
    pub mentions: Vec<Card>,
}

/// Role, by song, of this artist or of an act whose voice it is.
type Roles = BTreeMap<PageId, (BTreeSet<Role>, Option<PageId>, bool)>;

impl View for ArtistView {
    view::parts!();

    fn load(conn: &mut Conn, page: Page, revision: Revision) -> QueryResult<Self> {
        let mut document = revision.document(Kind::Artist)?;
        let groups = groups(conn, page.id)?;
        let voices: Vec<PageId> = groups
            .iter()
            .filter(|group| group.kind == Some(MemberKind::Voice))
            .map(|group| group.card.id)
            .collect();
        let roles = roles(conn, page.id, &voices)?;
        let characters = characters(conn, page.id)?;
        let ids: Vec<PageId> = roles.keys().copied().collect();
        let found = Cards::load(conn, ids.iter().copied().chain(characters.keys().copied()))?;
        let songs: Vec<PageId> = ids
            .iter()
            .copied()
            .filter(|id| found.find(*id).is_some_and(|card| card.kind == Kind::Song))
            .collect();
        let sung = listing::credit_rows(conn, &songs)?;
        let uses = listing::uses_of(conn, &songs)?;
        let cards_of_songs = songs.iter().filter_map(|id| found.find(*id)).cloned();
        let items = listing::assemble(cards_of_songs, &sung, uses);
        let others = credited_on(conn, &songs)?;
        let own: BTreeSet<PageId> = voices
            .iter()
            .copied()
            .chain(own_voices(&document))
            .chain([page.id])
            .collect();
        let mut together: BTreeMap<PageId, BTreeSet<PageId>> = BTreeMap::new();
        for (song, artist) in sung
            .iter()
            .filter_map(|row| Some((row.0, row.3?)))
            .chain(others)
        {
            if !own.contains(&artist) {
                together.entry(artist).or_default().insert(song);
            }
        }
        let cards = Cards::load(
            conn,
            together.keys().copied().chain(referred(&mut document)),
        )?;
        let mentions = mentions::of(conn, page.id)?;
        let collaborators = ranked(&together, &cards);
        let works = works(items, &roles, &groups);
        let dramas = dramas(&roles, characters, &found);
        let aired = aired(conn, &works, &dramas)?;
        Ok(Self {
            page,
            revision,
            document,
            cards,
            groups,
            works,
            dramas,
            aired,
            collaborators,
            mentions,
        })
    }

    fn shown(&self) -> BTreeSet<PageId> {
        let mut ids: BTreeSet<PageId> = self.cards.ids().collect();
        ids.insert(self.page.id);
        ids.extend(self.groups.iter().map(|group| group.card.id));
        ids.extend(self.dramas.iter().map(|drama| drama.card.id));
        ids.extend(self.mentions.iter().map(|card| card.id));
        for work in &self.works {
            ids.extend(listing::shown(std::slice::from_ref(&work.song)));
        }
        ids
    }
}

fn groups(conn: &mut Conn, artist: PageId) -> QueryResult<Vec<GroupItem>> {
    let rows: Vec<(Card, String, String, String)> = memberships::table
        .inner_join(pages::table.on(pages::id.eq(memberships::page_id)))
        .filter(memberships::member_id.eq(artist))
        .filter(pages::state.eq(State::Live))
        .order((pages::sort_key, pages::id, memberships::row_id))
        .select((
            Card::as_select(),
            memberships::member_kind,
            memberships::begin_date,
            memberships::end_date,
        ))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(card, kind, begin, end)| GroupItem {
            card,
            kind: kind.parse().ok(),
            begin,
            end,
        })
        .collect())
}

/// What the artist did, page by page: sung (alone or as the voice of an act) and credited.
fn roles(conn: &mut Conn, artist: PageId, voices: &[PageId]) -> QueryResult<Roles> {
    let mut roles = Roles::new();
    let acts: Vec<PageId> = voices.iter().copied().chain([artist]).collect();
    let sung: Vec<(PageId, Option<PageId>)> = artist_credits::table
        .filter(artist_credits::artist_id.eq_any(acts))
        .order((
            artist_credits::page_id,
            artist_credits::version_id,
            artist_credits::position,
        ))
        .select((artist_credits::page_id, artist_credits::artist_id))
        .load(conn)?;
    for (song, act) in sung {
        let entry = roles.entry(song).or_default();
        entry.0.insert(Role::Vocals);
        entry.1 = act.filter(|act| *act != artist);
    }
    let credited: Vec<(PageId, Role, Rank)> = credits::table
        .filter(credits::artist_id.eq(artist))
        .filter(credits::rank.ne(Rank::Refuted))
        .order((credits::page_id, credits::position))
        .select((credits::page_id, credits::role, credits::rank))
        .load(conn)?;
    for (page, role, rank) in credited {
        let entry = roles.entry(page).or_default();
        entry.0.insert(role);
        entry.2 |= rank == Rank::Also;
    }
    Ok(roles)
}

fn characters(conn: &mut Conn, artist: PageId) -> QueryResult<BTreeMap<PageId, Vec<String>>> {
    let rows: Vec<(PageId, String)> = castings::table
        .filter(castings::artist_id.eq(artist))
        .order((castings::page_id, castings::position))
        .select((castings::page_id, castings::character))
        .load(conn)?;
    let mut characters: BTreeMap<PageId, Vec<String>> = BTreeMap::new();
    for (drama, character) in rows {
        let of_drama = characters.entry(drama).or_default();
        if !character.is_empty() {
            of_drama.push(character);
        }
    }
    Ok(characters)
}

/// Who lends a band of a story its voice.
fn own_voices(document: &Document) -> Vec<PageId> {
    let KindFacts::Artist(artist) = &document.facts else {
        return Vec::new();
    };
    let voices = artist
        .members
        .iter()
        .filter(|member| member.kind == Some(MemberKind::Voice));
    voices
        .filter_map(|member| member.artist.as_ref()?.id())
        .collect()
}

/// When the dramas shown here began.
fn aired(
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
    let rows: Vec<(PageId, String)> = drama_facts::table
        .filter(drama_facts::page_id.eq_any(ids))
        .filter(drama_facts::first_aired.ne(""))
        .order(drama_facts::page_id)
        .select((drama_facts::page_id, drama_facts::first_aired))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// Song and artist of every credit of these songs.
fn credited_on(conn: &mut Conn, songs: &[PageId]) -> QueryResult<Vec<(PageId, PageId)>> {
    let rows: Vec<(PageId, Option<PageId>)> = credits::table
        .filter(credits::page_id.eq_any(songs.iter().copied()))
        .filter(credits::rank.ne(Rank::Refuted))
        .order((credits::page_id, credits::position))
        .select((credits::page_id, credits::artist_id))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .filter_map(|(song, artist)| Some((song, artist?)))
        .collect())
}

/// Most songs in common first, then by name.
fn ranked(together: &BTreeMap<PageId, BTreeSet<PageId>>, cards: &Cards) -> Vec<Collaborator> {
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

fn works(items: Vec<SongItem>, roles: &Roles, groups: &[GroupItem]) -> Vec<WorkItem> {
    let mut works: Vec<WorkItem> = items
        .into_iter()
        .filter_map(|song| {
            let (of_song, through, is_claim) = roles.get(&song.card.id)?;
            let through = through.and_then(|act| groups.iter().find(|group| group.card.id == act));
            Some(WorkItem {
                roles: of_song.iter().copied().collect(),
                through: through.map(|group| group.card.clone()),
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

fn dramas(
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
