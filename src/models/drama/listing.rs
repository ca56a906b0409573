//! Dramas in lists: when and where they ran and how many songs are known of them.

use std::collections::{BTreeSet, HashMap};

use diesel::prelude::*;

use crate::db::{Conn, among, rows};
use crate::models::page::browse::Row;
use crate::models::page::card::Card;
use crate::models::page::{Kind, PageId, index};
use crate::schema::drama_facts;

/// A drama as lists show it.
#[derive(Debug, Clone, PartialEq)]
pub struct DramaItem {
    pub card: Card,
    /// Partial date, or nothing.
    pub first_aired: String,
    /// Partial date, or nothing.
    pub last_aired: String,
    /// With commas.
    pub networks: String,
    /// Songs known of it.
    pub songs: i64,
}

impl DramaItem {
    /// `2016`, `2016–2017`, or nothing.
    pub fn years(&self) -> String {
        let year = |date: &str| date.get(..4).unwrap_or_default().to_owned();
        let (first, last) = (year(&self.first_aired), year(&self.last_aired));
        if first.is_empty() || last.is_empty() || first == last {
            first
        } else {
            format!("{first}–{last}")
        }
    }

    /// Network and years: `tvN, 2016–2017`.
    pub fn aired(&self) -> String {
        [self.networks.clone(), self.years()]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(", ")
    }
}

impl Row for DramaItem {
    const PER_PAGE: usize = 24;

    fn of(conn: &mut Conn, cards: Vec<Card>) -> QueryResult<Vec<Self>> {
        let ids: Vec<PageId> = cards.iter().map(|card| card.id).collect();
        let rows: Vec<(PageId, String, String, String)> = rows!(
            conn,
            drama_facts::table
                .filter(among(drama_facts::page_id, ids.iter().copied()))
                .select((
                    drama_facts::page_id,
                    drama_facts::first_aired,
                    drama_facts::last_aired,
                    drama_facts::networks,
                ))
        )?;
        let mut facts: HashMap<PageId, (String, String, String)> = rows
            .into_iter()
            .map(|(id, first, last, networks)| (id, (first, last, networks)))
            .collect();
        let songs = index::sizes(conn, Kind::Song, "drama", &ids)?;
        Ok(cards
            .into_iter()
            .map(|card| {
                let (first_aired, last_aired, networks) =
                    facts.remove(&card.id).unwrap_or_default();
                let songs = songs.get(&card.id).copied().unwrap_or(0);
                Self {
                    card,
                    first_aired,
                    last_aired,
                    networks,
                    songs,
                }
            })
            .collect())
    }

    fn shown(&self, ids: &mut BTreeSet<PageId>) {
        ids.insert(self.card.id);
    }

    fn card(&self) -> &Card {
        &self.card
    }
}
