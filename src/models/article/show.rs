//! Everything an article's page shows.

use std::collections::BTreeSet;

use diesel::prelude::*;

use crate::db::Conn;
use crate::models::page::card::{Card, Cards};
use crate::models::page::document::Document;
use crate::models::page::revision::Revision;
use crate::models::page::view::{self, View};
use crate::models::page::{Kind, Page, PageId, mentions};
use crate::models::song::show::referred;

/// What an article's page is made of; the pages its prose links to are looked up with the prose.
#[derive(Debug, Clone)]
pub struct ArticleView {
    pub page: Page,
    pub revision: Revision,
    pub document: Document,
    pub cards: Cards,
    pub mentions: Vec<Card>,
}

impl View for ArticleView {
    view::parts!();

    fn load(conn: &mut Conn, page: Page, revision: Revision) -> QueryResult<Self> {
        let mut document = revision.document(Kind::Article)?;
        let cards = Cards::load(conn, referred(&mut document))?;
        let mentions = mentions::of(conn, page.id)?;
        Ok(Self {
            page,
            revision,
            document,
            cards,
            mentions,
        })
    }

    fn shown(&self) -> BTreeSet<PageId> {
        let mut ids: BTreeSet<PageId> = self.cards.ids().collect();
        ids.insert(self.page.id);
        ids.extend(self.mentions.iter().map(|card| card.id));
        ids
    }
}
