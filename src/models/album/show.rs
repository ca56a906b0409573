//! Everything an album's page shows.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;

use crate::db::{Conn, among, rows};
use crate::models::page::card::{Card, Cards};
use crate::models::page::document::{Document, KindFacts};
use crate::models::page::revision::Revision;
use crate::models::page::view::{self, View};
use crate::models::page::{Kind, Page, PageId, State, mentions};
use crate::models::song::VersionKind;
use crate::models::song::listing::{self, CreditName, SongItem};
use crate::models::song::show::referred;
use crate::schema::{album_facts, pages, tracks};

/// What an album's page is made of.
#[derive(Debug, Clone)]
pub struct AlbumView {
    pub page: Page,
    pub revision: Revision,
    pub document: Document,
    pub cards: Cards,
    pub songs: BTreeMap<PageId, SongItem>,
    /// Kind and artist credit of the songs' versions, by song and row.
    pub versions: BTreeMap<(PageId, i64), (VersionKind, Vec<CreditName>)>,
    /// All releases of the same soundtrack in order: card, part and date.
    pub series: Vec<(Card, String, String)>,
    /// The songs on them in track order, each once.
    pub series_songs: BTreeMap<PageId, Vec<Card>>,
    pub mentions: Vec<Card>,
}

impl View for AlbumView {
    view::parts!();

    fn load(conn: &mut Conn, page: Page, revision: Revision) -> QueryResult<Self> {
        let mut document = revision.document(Kind::Album)?;
        let cards = Cards::load(conn, referred(&mut document))?;
        let ids: Vec<PageId> = cards
            .ids()
            .filter_map(|id| cards.find(id))
            .filter(|card| card.kind == Kind::Song)
            .map(|card| card.id)
            .collect();
        let credits = listing::credit_rows(conn, &ids)?;
        let uses = listing::uses_of(conn, &ids)?;
        let items = listing::assemble(
            ids.iter().filter_map(|id| cards.find(*id)).cloned(),
            &credits,
            uses,
        );
        let songs = items.into_iter().map(|song| (song.card.id, song)).collect();
        let mut versions: BTreeMap<(PageId, i64), (VersionKind, Vec<CreditName>)> = BTreeMap::new();
        for row in &credits {
            versions
                .entry((row.0, row.1))
                .or_insert((row.2, Vec::new()))
                .1
                .push(listing::credit_name(row));
        }
        let drama = match &document.facts {
            KindFacts::Album(album) => cards.of(album.drama.as_ref()).map(|drama| drama.id),
            _ => None,
        };
        let series = drama
            .map(|drama| series(conn, drama))
            .transpose()?
            .unwrap_or_default();
        let series_songs = songs_on(conn, &series)?;
        let mentions = mentions::of(conn, page.id)?;
        Ok(Self {
            page,
            revision,
            document,
            cards,
            songs,
            versions,
            series,
            series_songs,
            mentions,
        })
    }

    fn shown(&self) -> BTreeSet<PageId> {
        let mut ids: BTreeSet<PageId> = self.cards.ids().collect();
        ids.insert(self.page.id);
        ids.extend(self.series.iter().map(|(card, ..)| card.id));
        ids.extend(self.series_songs.values().flatten().map(|song| song.id));
        ids.extend(self.mentions.iter().map(|card| card.id));
        for song in self.songs.values() {
            ids.extend(listing::shown(std::slice::from_ref(song)));
        }
        ids.extend(
            self.versions
                .values()
                .flat_map(|(_, credit)| credit.iter().filter_map(|name| name.artist)),
        );
        ids
    }
}

fn series(conn: &mut Conn, drama: PageId) -> QueryResult<Vec<(Card, String, String)>> {
    rows!(
        conn,
        album_facts::table
            .inner_join(pages::table.on(pages::id.eq(album_facts::page_id)))
            .filter(album_facts::drama_id.eq(drama))
            .filter(pages::state.eq(State::Live))
            .order((album_facts::place, pages::sort_key, pages::id))
            .limit(200)
            .select((
                Card::as_select(),
                album_facts::part,
                album_facts::release_date,
            ))
    )
}

fn songs_on(
    conn: &mut Conn,
    albums: &[(Card, String, String)],
) -> QueryResult<BTreeMap<PageId, Vec<Card>>> {
    let ids: Vec<PageId> = albums.iter().map(|(card, ..)| card.id).collect();
    let rows: Vec<(PageId, Card)> = rows!(
        conn,
        tracks::table
            .inner_join(pages::table.on(pages::id.nullable().eq(tracks::song_id)))
            .filter(among(tracks::page_id, ids))
            .filter(pages::state.eq(State::Live))
            .order((tracks::page_id, tracks::place, tracks::row_id))
            .select((tracks::page_id, Card::as_select()))
    )?;
    let mut songs: BTreeMap<PageId, Vec<Card>> = BTreeMap::new();
    for (album, song) in rows {
        let of_album = songs.entry(album).or_default();
        if !of_album.iter().any(|other| other.id == song.id) {
            of_album.push(song);
        }
    }
    Ok(songs)
}
