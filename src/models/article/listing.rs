//! Articles in lists: title and summary.

use std::collections::{BTreeSet, HashMap};

use diesel::prelude::*;

use crate::db::{Conn, among, rows};
use crate::models::page::PageId;
use crate::models::page::browse::Row;
use crate::models::page::card::Card;
use crate::schema::article_facts;

/// An article as lists show it.
#[derive(Debug, Clone, PartialEq)]
pub struct ArticleItem {
    pub card: Card,
    pub summary: String,
}

impl Row for ArticleItem {
    fn of(conn: &mut Conn, cards: Vec<Card>) -> QueryResult<Vec<Self>> {
        let rows: Vec<(PageId, String)> = rows!(
            conn,
            article_facts::table
                .filter(among(
                    article_facts::page_id,
                    cards.iter().map(|card| card.id),
                ))
                .select((article_facts::page_id, article_facts::summary))
        )?;
        let mut summaries: HashMap<PageId, String> = rows.into_iter().collect();
        Ok(cards
            .into_iter()
            .map(|card| Self {
                summary: summaries.remove(&card.id).unwrap_or_default(),
                card,
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
