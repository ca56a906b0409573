//! An article's rules and projection.

use diesel::prelude::*;

use crate::db::Conn;
use crate::models::article::Article;
use crate::models::page::PageId;
use crate::models::page::content::{Facet, Facts, Faults, RefVisitor};
use crate::models::page::document::Head;
use crate::schema::article_facts;

impl Facts for Article {
    const ROWS: &'static [&'static str] = &[];

    fn visit_refs(&mut self, _visit: &mut RefVisitor<'_>) {}

    fn validate(&self, _head: &Head, _faults: &mut Faults) {}

    fn facets(&self) -> Vec<Facet> {
        Vec::new()
    }

    fn project(&self, conn: &mut Conn, page: PageId) -> QueryResult<()> {
        diesel::insert_into(article_facts::table)
            .values((
                article_facts::page_id.eq(page),
                article_facts::summary.eq(&self.summary),
            ))
            .execute(conn)?;
        Ok(())
    }
}
