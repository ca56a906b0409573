//! Cards: the few words by which a page is shown on other pages.

use std::collections::{BTreeSet, HashMap};

use diesel::prelude::*;

use crate::db::{Conn, among, rows};
use crate::models::link::PageRef;
use crate::models::page::projection::LONGEST_CHAIN;
use crate::models::page::{Kind, Page, PageId, State};
use crate::schema::pages;

/// A page as others show it.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable)]
#[diesel(table_name = pages)]
pub struct Card {
    pub id: PageId,
    pub kind: Kind,
    pub slug: String,
    pub state: State,
    pub title: String,
    pub native: String,
    pub disambiguation: String,
    pub merged_into: Option<PageId>,
}

impl Card {
    /// Address of the page.
    pub fn href(&self) -> String {
        format!("/{}/{}", self.kind.plural(), self.slug)
    }

    /// Address of the page's sleeve art.
    pub fn art(&self) -> String {
        format!("/art/{}/{}.svg", self.kind.plural(), self.slug)
    }

    /// The Korean name, where it says more than the title does.
    pub fn native_beside(&self) -> Option<&str> {
        (!self.native.is_empty() && self.native != self.title).then_some(self.native.as_str())
    }
}

impl From<&Page> for Card {
    fn from(page: &Page) -> Self {
        Self {
            id: page.id,
            kind: page.kind,
            slug: page.slug.clone(),
            state: page.state,
            title: page.title.clone(),
            native: page.native.clone(),
            disambiguation: page.disambiguation.clone(),
            merged_into: page.merged_into,
        }
    }
}

/// The cards of all pages something names, looked up at once.
#[derive(Debug, Clone, Default)]
pub struct Cards(HashMap<PageId, Card>);

impl Cards {
    /// Looks up all these pages in one statement; a second one follows merges where there are any.
    pub fn load(conn: &mut Conn, ids: impl IntoIterator<Item = PageId>) -> QueryResult<Self> {
        let wanted: BTreeSet<PageId> = ids.into_iter().collect();
        let mut cards = Self::default();
        cards.add(conn, &wanted)?;
        for _ in 0..LONGEST_CHAIN {
            let merged = cards.0.values().filter_map(|card| card.merged_into);
            let missing: BTreeSet<PageId> = merged.filter(|id| !cards.0.contains_key(id)).collect();
            if missing.is_empty() {
                break;
            }
            cards.add(conn, &missing)?;
        }
        Ok(cards)
    }

    /// Those of another look-up as well.
    pub fn add_all(&mut self, others: Self) {
        self.0.extend(others.0);
    }

    /// The cards of these pages: those already here and those still to be looked up.
    pub fn with(
        &self,
        conn: &mut Conn,
        ids: impl IntoIterator<Item = PageId>,
    ) -> QueryResult<Self> {
        let (mut cards, mut missing) = (HashMap::new(), BTreeSet::new());
        for id in ids {
            let Some(card) = self.0.get(&id) else {
                missing.insert(id);
                continue;
            };
            // With the pages it was merged into, as far as they are known.
            cards.extend(self.chain(card).map(|card| (card.id, card.clone())));
        }
        let mut found = Self::load(conn, missing)?;
        found.0.extend(cards);
        Ok(found)
    }

    fn add(&mut self, conn: &mut Conn, ids: &BTreeSet<PageId>) -> QueryResult<()> {
        if ids.is_empty() {
            return Ok(());
        }
        let rows: Vec<Card> = rows!(
            conn,
            pages::table
                .filter(among(pages::id, ids.iter().copied()))
                .select(Card::as_select())
        )?;
        self.0.extend(rows.into_iter().map(|card| (card.id, card)));
        Ok(())
    }

    /// The card of a live page; of a merged page, the card of the one that is left.
    pub fn find(&self, id: PageId) -> Option<&Card> {
        let last = self.chain(self.0.get(&id)?).last()?;
        (last.state == State::Live).then_some(last)
    }

    /// A card, and those of the pages it was merged into one after the other.
    fn chain<'a>(&'a self, card: &'a Card) -> impl Iterator<Item = &'a Card> {
        let next = |card: &&'a Card| match card.state {
            State::Merged => self.0.get(&card.merged_into?),
            _ => None,
        };
        std::iter::successors(Some(card), next).take(LONGEST_CHAIN)
    }

    /// The card a reference leads to.
    pub fn of(&self, reference: Option<&PageRef>) -> Option<&Card> {
        self.find(reference?.id()?)
    }

    /// Everything looked up: what a page built from these cards depends on.
    pub fn ids(&self) -> impl Iterator<Item = PageId> + '_ {
        self.0.keys().copied()
    }

    /// Takes over the cards of another look-up.
    pub fn extend(&mut self, cards: impl IntoIterator<Item = Card>) {
        self.0.extend(cards.into_iter().map(|card| (card.id, card)));
    }
}
