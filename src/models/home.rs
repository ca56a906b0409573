//! Everything the front page shows.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;

use crate::db::{Conn, among, rows};
use crate::models::changes::{self, Entry};
use crate::models::drama::listing::DramaItem;
use crate::models::page::browse::{self, Row};
use crate::models::page::card::{Card, Cards};
use crate::models::page::index::{self, Tally};
use crate::models::page::{Kind, PageId, State, projection};
use crate::models::song::listing::{self, SongItem};
use crate::schema::{article_facts, drama_facts, page_links, pages};

/// Songs and dramas on the shelves.
const ON_SHELF: usize = 12;
/// Articles whose songs are counted.
const MOST_ARTICLES: i64 = 50;

/// A drama with cue sheets.
#[derive(Debug, Clone, PartialEq)]
pub struct Timed {
    pub card: Card,
    /// Songs heard in scenes that somebody wrote down.
    pub songs: i64,
}

/// What the front page is made of.
#[derive(Debug, Clone)]
pub struct HomeView {
    /// Live pages of each kind.
    pub counts: Vec<(Kind, i64)>,
    /// Songs the articles speak of, most often named first.
    pub songs: Vec<SongItem>,
    /// Dramas, the newest first.
    pub dramas: Vec<DramaItem>,
    pub timed: Vec<Timed>,
    pub articles: Vec<(Card, String)>,
    /// Music directors with the number of their dramas.
    pub directors: Vec<(Card, i64)>,
    /// Moods with the number of their songs.
    pub moods: Vec<Tally>,
    pub changes: Vec<Entry>,
}

impl HomeView {
    /// Loads it all; a fixed number of statements.
    pub fn load(conn: &mut Conn) -> QueryResult<Self> {
        let counts = index::counts(conn)?;
        let songs = named_by_articles(conn)?;
        let tallies = index::tallies_of(conn, Kind::Song, &["mood"])?;
        let (timed, directors) = (timed(conn)?, directors(conn)?);
        let cards = Cards::load(conn, timed.iter().chain(&directors).map(|(id, _)| *id))?;
        let named = |(id, count): (PageId, i64)| Some((cards.find(id)?.clone(), count));
        Ok(Self {
            counts,
            songs: listing::of(conn, &songs)?,
            dramas: newest_dramas(conn)?,
            timed: timed
                .into_iter()
                .filter_map(named)
                .map(|(card, songs)| Timed { card, songs })
                .collect(),
            articles: articles(conn)?,
            directors: directors.into_iter().filter_map(named).collect(),
            moods: tallies.into_iter().map(|(_, tally)| tally).collect(),
            changes: changes::latest(conn, 6)?,
        })
    }

    /// Every page shown here.
    pub fn shown(&self) -> BTreeSet<PageId> {
        let mut ids = listing::shown(&self.songs);
        ids.extend(browse::shown(&self.dramas));
        ids.extend(self.timed.iter().map(|timed| timed.card.id));
        ids.extend(self.articles.iter().map(|(card, _)| card.id));
        ids.extend(self.directors.iter().map(|(card, _)| card.id));
        ids.extend(self.changes.iter().map(|entry| entry.page_id));
        ids
    }
}

/// Songs that the newest articles link to, by how many of them do.
fn named_by_articles(conn: &mut Conn) -> QueryResult<Vec<PageId>> {
    // In two steps, because what links to songs is nearly everything, and articles are few.
    let articles: Vec<PageId> = rows!(
        conn,
        pages::table
            .filter(pages::kind.eq(Kind::Article))
            .filter(pages::state.eq(State::Live))
            .order((pages::created_at.desc(), pages::id.desc()))
            .limit(MOST_ARTICLES)
            .select(pages::id)
    )?;
    let links: Vec<(Kind, Option<PageId>)> = rows!(
        conn,
        page_links::table
            .filter(among(page_links::from_id, articles))
            .filter(page_links::relation.eq(projection::PROSE_LINK))
            .select((page_links::to_kind, page_links::to_id))
    )?;
    let mut times: BTreeMap<PageId, usize> = BTreeMap::new();
    for id in links
        .into_iter()
        .filter(|(kind, _)| *kind == Kind::Song)
        .filter_map(|(_, id)| id)
    {
        *times.entry(id).or_default() += 1;
    }
    let mut songs: Vec<(PageId, usize)> = times.into_iter().collect();
    songs.sort_by_key(|(id, times)| (Reverse(*times), *id));
    Ok(songs.into_iter().take(ON_SHELF).map(|(id, _)| id).collect())
}

fn newest_dramas(conn: &mut Conn) -> QueryResult<Vec<DramaItem>> {
    // In two steps, so that no more dramas are read than are shown.
    let newest: Vec<PageId> = rows!(
        conn,
        drama_facts::table
            .order((drama_facts::first_aired.desc(), drama_facts::page_id.desc()))
            .limit(ON_SHELF as i64)
            .select(drama_facts::page_id)
    )?;
    let cards = Cards::load(conn, newest.iter().copied())?;
    let found = newest.iter().filter_map(|id| cards.find(*id)).cloned();
    DramaItem::of(conn, found.collect())
}

/// The dramas with the most songs placed in their episodes.
fn timed(conn: &mut Conn) -> QueryResult<Vec<(PageId, i64)>> {
    largest(conn, Kind::Song, "heard", 3)
}

fn articles(conn: &mut Conn) -> QueryResult<Vec<(Card, String)>> {
    rows!(
        conn,
        pages::table
            .inner_join(article_facts::table.on(article_facts::page_id.eq(pages::id)))
            .filter(pages::kind.eq(Kind::Article))
            .filter(pages::state.eq(State::Live))
            .order((pages::created_at.desc(), pages::id.desc()))
            .limit(5)
            .select((Card::as_select(), article_facts::summary))
    )
}

/// The music directors of the most dramas.
fn directors(conn: &mut Conn) -> QueryResult<Vec<(PageId, i64)>> {
    largest(conn, Kind::Drama, "director", 6)
}

/// The pages that the most others are filed under.
fn largest(conn: &mut Conn, kind: Kind, facet: &str, most: i64) -> QueryResult<Vec<(PageId, i64)>> {
    let largest = index::largest(conn, kind, facet, most)?;
    Ok(largest
        .into_iter()
        .filter_map(|(id, pages)| Some((id.parse().ok()?, pages)))
        .collect())
}
