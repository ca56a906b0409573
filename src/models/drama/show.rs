//! Everything a drama's page shows.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;

use crate::db::{Conn, rows};
use crate::models::album::AlbumKind;
use crate::models::drama::scenes::{self, EpisodeItem};
use crate::models::page::card::{Card, Cards};
use crate::models::page::document::Document;
use crate::models::page::revision::Revision;
use crate::models::page::view::{self, View};
use crate::models::page::{Kind, Page, PageId, State, mentions};
use crate::models::rank::Rank;
use crate::models::song::listing::{self, SongItem, UseItem};
use crate::models::song::show::referred;
use crate::schema::{album_facts, pages, song_uses, tracks};

/// One release of the soundtrack with the songs on it.
#[derive(Debug, Clone, PartialEq)]
pub struct AlbumItem {
    pub card: Card,
    pub kind: AlbumKind,
    pub part: String,
    /// Partial date, or nothing.
    pub date: String,
    /// Songs in track order, each once.
    pub songs: Vec<PageId>,
}

/// What a drama's page is made of.
#[derive(Debug, Clone)]
pub struct DramaView {
    pub page: Page,
    pub revision: Revision,
    pub document: Document,
    pub cards: Cards,
    /// All its songs with what they are to it.
    pub songs: BTreeMap<PageId, SongItem>,
    pub albums: Vec<AlbumItem>,
    /// Songs on no known release.
    pub loose: Vec<PageId>,
    /// Songs wrongly said to belong here: song and reason.
    pub refuted: Vec<(Card, String)>,
    pub episodes: Vec<EpisodeItem>,
    pub mentions: Vec<Card>,
}

impl View for DramaView {
    view::parts!();

    fn load(conn: &mut Conn, page: Page, revision: Revision) -> QueryResult<Self> {
        let mut document = revision.document(Kind::Drama)?;
        let cards = Cards::load(conn, referred(&mut document))?;
        let (mut songs, refuted) = songs(conn, &page)?;
        let albums = albums(conn, page.id)?;
        let episodes = scenes::episodes(conn, page.id)?;
        let on_albums: BTreeSet<PageId> = albums
            .iter()
            .flat_map(|album| album.songs.iter().copied())
            .collect();
        let loose: Vec<PageId> = songs
            .keys()
            .copied()
            .filter(|id| !on_albums.contains(id))
            .collect();
        let heard = episodes
            .iter()
            .flat_map(|episode| episode.songs.iter().map(|song| song.song));
        let strangers: BTreeSet<PageId> = heard
            .chain(on_albums)
            .filter(|id| !songs.contains_key(id))
            .collect();
        if !strangers.is_empty() {
            let strangers: Vec<PageId> = strangers.into_iter().collect();
            songs.extend(
                listing::of(conn, &strangers)?
                    .into_iter()
                    .map(|song| (song.card.id, song)),
            );
        }
        let mentions = mentions::of(conn, page.id)?;
        Ok(Self {
            page,
            revision,
            document,
            cards,
            songs,
            albums,
            loose,
            refuted,
            episodes,
            mentions,
        })
    }

    fn shown(&self) -> BTreeSet<PageId> {
        let mut ids: BTreeSet<PageId> = self.cards.ids().collect();
        ids.insert(self.page.id);
        ids.extend(self.albums.iter().map(|album| album.card.id));
        ids.extend(self.refuted.iter().map(|(card, _)| card.id));
        ids.extend(self.mentions.iter().map(|card| card.id));
        for song in self.songs.values() {
            ids.extend(listing::shown(std::slice::from_ref(song)));
        }
        ids
    }
}

/// The drama's songs, each with its use here only, and those refuted.
#[expect(
    clippy::type_complexity,
    reason = "two results of one statement, taken apart at once by the only caller"
)]
fn songs(
    conn: &mut Conn,
    drama: &Page,
) -> QueryResult<(BTreeMap<PageId, SongItem>, Vec<(Card, String)>)> {
    let rows: Vec<(Card, String, String, String, Rank, String, bool)> = rows!(
        conn,
        song_uses::table
            .inner_join(pages::table.on(pages::id.eq(song_uses::page_id)))
            .filter(song_uses::drama_id.eq(drama.id))
            .filter(pages::state.eq(State::Live))
            .order((pages::sort_key, pages::id, song_uses::position))
            .select((
                Card::as_select(),
                song_uses::role,
                song_uses::about,
                song_uses::note,
                song_uses::rank,
                song_uses::reason,
                song_uses::is_unverified,
            ))
    )?;
    let mut cards: Vec<Card> = Vec::new();
    let mut uses: BTreeMap<PageId, Vec<UseItem>> = BTreeMap::new();
    let mut refuted = Vec::new();
    for (card, role, about, note, rank, reason, is_unverified) in rows {
        if rank.is_refuted() {
            refuted.push((card, reason));
            continue;
        }
        let here = UseItem {
            drama: drama.into(),
            role: role.parse().ok(),
            about,
            note,
            rank,
            is_unverified,
        };
        uses.entry(card.id).or_default().push(here);
        if cards.last().is_none_or(|last| last.id != card.id) {
            cards.push(card);
        }
    }
    let ids: Vec<PageId> = cards.iter().map(|card| card.id).collect();
    let credits = listing::credit_rows(conn, &ids)?;
    let songs = listing::assemble(cards.into_iter(), &credits, uses);
    Ok((
        songs.into_iter().map(|song| (song.card.id, song)).collect(),
        refuted,
    ))
}

/// The releases of the soundtrack in order, with their songs.
fn albums(conn: &mut Conn, drama: PageId) -> QueryResult<Vec<AlbumItem>> {
    let rows: Vec<(Card, AlbumKind, String, String)> = rows!(
        conn,
        album_facts::table
            .inner_join(pages::table.on(pages::id.eq(album_facts::page_id)))
            .filter(album_facts::drama_id.eq(drama))
            .filter(pages::state.eq(State::Live))
            .order((album_facts::place, pages::sort_key, pages::id))
            .select((
                Card::as_select(),
                album_facts::album_kind,
                album_facts::part,
                album_facts::release_date,
            ))
    )?;
    let lines: Vec<(PageId, Option<PageId>)> = rows!(
        conn,
        tracks::table
            .inner_join(album_facts::table.on(album_facts::page_id.eq(tracks::page_id)))
            .filter(album_facts::drama_id.eq(drama))
            .order((tracks::page_id, tracks::place, tracks::row_id))
            .select((tracks::page_id, tracks::song_id))
    )?;
    let mut songs: BTreeMap<PageId, Vec<PageId>> = BTreeMap::new();
    for (album, song) in lines {
        let of_album = songs.entry(album).or_default();
        if let Some(song) = song.filter(|song| !of_album.contains(song)) {
            of_album.push(song);
        }
    }
    Ok(rows
        .into_iter()
        .map(|(card, kind, part, date)| AlbumItem {
            songs: songs.remove(&card.id).unwrap_or_default(),
            card,
            kind,
            part,
            date,
        })
        .collect())
}
