//! Everything a song's page shows.

use std::collections::BTreeSet;

use diesel::prelude::*;

use crate::db::{Conn, among_texts, rows};
use crate::models::page::card::{Card, Cards};
use crate::models::page::document::Document;
use crate::models::page::revision::Revision;
use crate::models::page::view::{self, View};
use crate::models::page::{Kind, Page, PageId, State, mentions};
use crate::models::song::listing::{self, SongItem};
use crate::schema::{album_facts, pages, title_keys, tracks};
use crate::text::markdown::{WikiLink, memo};
use crate::text::romanise;

/// A release the song is on.
#[derive(Debug, Clone, PartialEq)]
pub struct Release {
    pub album: Card,
    pub part: String,
    /// Partial date, or nothing.
    pub date: String,
    pub label: String,
    /// Row id of the version on it.
    pub version: Option<i64>,
    pub track: i64,
}

/// What a song's page is made of.
#[derive(Debug, Clone)]
pub struct SongView {
    pub page: Page,
    pub revision: Revision,
    pub document: Document,
    pub cards: Cards,
    pub releases: Vec<Release>,
    /// Other songs of the same title.
    pub namesakes: Vec<SongItem>,
    pub mentions: Vec<Card>,
}

impl View for SongView {
    view::parts!();

    fn load(conn: &mut Conn, page: Page, revision: Revision) -> QueryResult<Self> {
        let mut document = revision.document(Kind::Song)?;
        let cards = Cards::load(conn, referred(&mut document))?;
        let releases = releases(conn, page.id)?;
        let namesakes = namesakes(conn, &page)?;
        let mentions = mentions::of(conn, page.id)?;
        Ok(Self {
            page,
            revision,
            document,
            cards,
            releases,
            namesakes,
            mentions,
        })
    }

    fn shown(&self) -> BTreeSet<PageId> {
        let mut ids: BTreeSet<PageId> = self.cards.ids().collect();
        ids.insert(self.page.id);
        ids.extend(self.releases.iter().map(|release| release.album.id));
        ids.extend(self.mentions.iter().map(|card| card.id));
        ids.extend(listing::shown(&self.namesakes));
        ids
    }
}

/// Every page a document names, in facts and in prose.
pub fn referred(document: &mut Document) -> BTreeSet<PageId> {
    let mut ids = BTreeSet::new();
    document.visit_refs(&mut |_, _, reference| ids.extend(reference.id()));
    ids.extend(memo::links(&document.prose).iter().filter_map(WikiLink::id));
    ids
}

fn releases(conn: &mut Conn, song: PageId) -> QueryResult<Vec<Release>> {
    let rows: Vec<(Card, String, String, String, Option<i64>, i64)> = rows!(
        conn,
        tracks::table
            .inner_join(pages::table.on(pages::id.eq(tracks::page_id)))
            .inner_join(album_facts::table.on(album_facts::page_id.eq(tracks::page_id)))
            .filter(tracks::song_id.eq(song))
            .filter(pages::state.eq(State::Live))
            .order((
                album_facts::place,
                album_facts::page_id,
                tracks::place,
                tracks::row_id,
            ))
            .select((
                Card::as_select(),
                album_facts::part,
                album_facts::release_date,
                album_facts::label,
                tracks::version_id,
                tracks::place,
            ))
    )?;
    Ok(rows
        .into_iter()
        .map(|(album, part, date, label, version, track)| Release {
            album,
            part,
            date,
            label,
            version,
            track,
        })
        .collect())
}

fn namesakes(conn: &mut Conn, page: &Page) -> QueryResult<Vec<SongItem>> {
    let norms: Vec<String> = [&page.title, &page.native]
        .into_iter()
        .map(|name| romanise::norm(name))
        .filter(|norm| !norm.is_empty())
        .collect();
    let ids: Vec<PageId> = rows!(
        conn,
        title_keys::table
            .filter(among_texts(title_keys::norm, norms))
            .filter(title_keys::kind.eq(Kind::Song))
            .filter(title_keys::page_id.ne(page.id))
            .select(title_keys::page_id)
            .distinct()
            .order(title_keys::page_id)
            .limit(8)
    )?;
    if ids.is_empty() {
        Ok(Vec::new())
    } else {
        listing::of(conn, &ids)
    }
}
