//! An article's rules and projection.

use diesel::prelude::*;

use crate::db::Conn;
use crate::models::article::Article;
use crate::models::page::PageId;
use crate::models::page::content::{Facet, Facts, Faults, RefVisitor};
use crate::models::page::document::Head;
use crate::models::page::projection::replace;
use crate::schema::article_facts;

impl Facts for Article {
    const ROWS: &'static [&'static str] = &[];

    fn visit_refs(&mut self, _visit: &mut RefVisitor<'_>) {}

    fn validate(&self, _head: &Head, _faults: &mut Faults) {}

    fn facets(&self) -> Vec<Facet> {
        Vec::new()
    }

    fn project(&self, before: Option<&Self>, conn: &mut Conn, page: PageId) -> QueryResult<()> {
        if before.is_some_and(|before| before.summary == self.summary) {
            return Ok(());
        }
        let row = ArticleRow {
            page_id: page,
            summary: &self.summary,
        };
        replace!(conn, article_facts.page_id = page, vec![row]);
        Ok(())
    }
}

#[derive(Insertable)]
#[diesel(table_name = article_facts)]
struct ArticleRow<'a> {
    page_id: PageId,
    summary: &'a str,
}
