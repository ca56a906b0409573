//! Songs in their index.

use std::collections::{BTreeSet, HashMap};

use diesel::prelude::*;

use crate::db::{Conn, among, rows};
use crate::models::page::PageId;
use crate::models::page::browse::Row;
use crate::models::page::card::Card;
use crate::models::song::listing::{self, SongItem};
use crate::schema::facets;

/// A song and the year it came out for its drama.
#[derive(Debug, Clone, PartialEq)]
pub struct SongRow {
    pub song: SongItem,
    /// Empty where no date is known.
    pub year: String,
}

impl SongRow {
    /// The dramas as one line: what stands over the song on a shelf.
    pub fn dramas(&self) -> String {
        self.song
            .uses
            .iter()
            .map(|used| used.drama.title.as_str())
            .collect::<Vec<_>>()
            .join(", ")
    }
}

impl Row for SongRow {
    fn of(conn: &mut Conn, cards: Vec<Card>) -> QueryResult<Vec<Self>> {
        let ids: Vec<PageId> = cards.iter().map(|card| card.id).collect();
        let years: Vec<(PageId, String)> = rows!(
            conn,
            facets::table
                .filter(among(facets::page_id, ids.iter().copied()))
                .filter(facets::facet.eq("year"))
                .order((facets::page_id, facets::value))
                .select((facets::page_id, facets::value))
        )?;
        let mut years: HashMap<PageId, String> = years.into_iter().collect();
        let credits = listing::credit_rows(conn, &ids)?;
        let mut uses = listing::uses_of(conn, &ids)?;
        for of_song in uses.values_mut() {
            // A song may be used twice in a drama; a list names the drama once.
            let mut named = BTreeSet::new();
            of_song.retain(|used| named.insert(used.drama.id));
        }
        let songs = listing::assemble(cards.into_iter(), &credits, uses);
        Ok(songs
            .into_iter()
            .map(|song| Self {
                year: years.remove(&song.card.id).unwrap_or_default(),
                song,
            })
            .collect())
    }

    fn shown(&self, ids: &mut BTreeSet<PageId>) {
        ids.extend(listing::shown(std::slice::from_ref(&self.song)));
    }

    fn card(&self) -> &Card {
        &self.song.card
    }
}
