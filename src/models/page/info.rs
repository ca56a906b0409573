//! Page information: what is known of a page beside what it says.

use diesel::dsl::count;
use diesel::prelude::*;

use crate::db::{Conn, first};
use crate::models::page::backlinks;
use crate::models::page::blame::Blame;
use crate::models::page::card::Card;
use crate::models::page::revision::Revision;
use crate::models::page::{Kind, Page, State};
use crate::schema::{pages, redirects, revisions};

/// Most former addresses and merged pages listed.
const MOST: i64 = 200;

/// What is known of a page.
#[derive(Debug, Clone, PartialEq)]
pub struct Info {
    pub page: Page,
    /// Its first and its latest revision.
    pub first: Revision,
    pub latest: Revision,
    /// How many people wrote it.
    pub editors: i64,
    /// How many live pages name it.
    pub links: i64,
    /// Addresses it had.
    pub former: Vec<String>,
    /// Pages merged into it.
    pub merged: Vec<Card>,
    /// Who changed what last.
    pub blame: Blame,
}

impl Info {
    /// Of the live page at an address.
    pub fn load(conn: &mut Conn, kind: Kind, slug: &str) -> QueryResult<Option<Self>> {
        let Some((page, latest)) = Revision::at(conn, kind, slug)? else {
            return Ok(None);
        };
        let Some(first) = Revision::of(conn, page.id, 1)? else {
            return Ok(None);
        };
        let editors = first!(
            conn,
            revisions::table
                .filter(revisions::page_id.eq(page.id))
                .select(count(revisions::author).aggregate_distinct())
        )?;
        let former = redirects::table
            .filter(redirects::page_id.eq(page.id))
            .order(redirects::slug)
            .limit(MOST)
            .select(redirects::slug)
            .load(conn)?;
        let merged = pages::table
            .filter(pages::merged_into.eq(page.id))
            .filter(pages::state.eq(State::Merged))
            .order(pages::id)
            .limit(MOST)
            .select(Card::as_select())
            .load(conn)?;
        Ok(Some(Self {
            links: backlinks::count(conn, page.id)?,
            blame: Blame::load(conn, page.id)?,
            page,
            first,
            latest,
            editors,
            former,
            merged,
        }))
    }

    /// Characters of the content as it is kept.
    pub fn size(&self) -> usize {
        self.latest.content.chars().count()
    }
}
