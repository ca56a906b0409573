//! Albums in lists: their part, date and drama.

use std::collections::{BTreeSet, HashMap};

use diesel::prelude::*;

use crate::db::{Conn, among, rows};
use crate::models::album::AlbumKind;
use crate::models::page::PageId;
use crate::models::page::browse::Row;
use crate::models::page::card::{Card, Cards};
use crate::schema::album_facts;

/// An album as lists show it.
#[derive(Debug, Clone, PartialEq)]
pub struct AlbumItem {
    pub card: Card,
    pub kind: Option<AlbumKind>,
    /// As printed, or nothing.
    pub part: String,
    /// Partial date, or nothing.
    pub date: String,
    pub drama: Option<Card>,
}

impl AlbumItem {
    /// What stands under the part: the drama, else the album's own title.
    pub fn name(&self) -> &str {
        let drama = self.drama.as_ref().filter(|_| !self.part.is_empty());
        drama.map_or(&self.card.title, |drama| &drama.title)
    }

    /// The part as printed, else what kind of release it is.
    pub fn place(&self) -> &str {
        if self.part.is_empty() {
            self.kind.map_or("", AlbumKind::label)
        } else {
            &self.part
        }
    }
}

impl Row for AlbumItem {
    const PER_PAGE: usize = 24;

    fn of(conn: &mut Conn, cards: Vec<Card>) -> QueryResult<Vec<Self>> {
        let rows: Vec<(PageId, Option<PageId>, AlbumKind, String, String)> = rows!(
            conn,
            album_facts::table
                .filter(among(
                    album_facts::page_id,
                    cards.iter().map(|card| card.id),
                ))
                .select((
                    album_facts::page_id,
                    album_facts::drama_id,
                    album_facts::album_kind,
                    album_facts::part,
                    album_facts::release_date,
                ))
        )?;
        let dramas = Cards::load(conn, rows.iter().filter_map(|row| row.1))?;
        let mut facts: HashMap<PageId, _> = rows.into_iter().map(|row| (row.0, row)).collect();
        Ok(cards
            .into_iter()
            .map(|card| match facts.remove(&card.id) {
                Some((_, drama, kind, part, date)) => Self {
                    card,
                    kind: Some(kind),
                    part,
                    date,
                    drama: drama.and_then(|id| dramas.find(id)).cloned(),
                },
                None => Self {
                    card,
                    kind: None,
                    part: String::new(),
                    date: String::new(),
                    drama: None,
                },
            })
            .collect())
    }

    fn shown(&self, ids: &mut BTreeSet<PageId>) {
        ids.insert(self.card.id);
        ids.extend(self.drama.as_ref().map(|drama| drama.id));
    }

    fn card(&self) -> &Card {
        &self.card
    }
}
