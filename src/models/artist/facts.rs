//! An artist's rules and projection.

use diesel::prelude::*;

use crate::db::Conn;
use crate::models::artist::Artist;
use crate::models::credit;
use crate::models::link::PageRef;
use crate::models::page::PageId;
use crate::models::page::content::{Facet, Facts, Faults, RefVisitor};
use crate::models::page::document::Head;
use crate::models::page::projection::update;
use crate::schema::memberships;
use crate::text::dates::PartialDate;

impl Facts for Artist {
    const ROWS: &'static [&'static str] = &["members"];

    fn visit_refs(&mut self, visit: &mut RefVisitor<'_>) {
        for (at, member) in self.members.iter_mut().enumerate() {
            if let Some(artist) = &mut member.artist {
                visit(&format!("members[{at}].artist"), "member", artist);
            }
        }
    }

    fn validate(&self, _head: &Head, faults: &mut Faults) {
        for (at, member) in self.members.iter().enumerate() {
            credit::check_who(
                &format!("members[{at}]"),
                member.artist.as_ref(),
                &member.text,
                faults,
            );
        }
    }

    fn facets(&self) -> Vec<Facet> {
        vec![Facet::plain("type", self.artist_type.as_str())]
    }

    fn project(&self, before: Option<&Self>, conn: &mut Conn, page: PageId) -> QueryResult<()> {
        if before.is_none_or(|before| before.members != self.members) {
            let before = before.map(|before| before.memberships(page));
            update!(conn, memberships.page_id = page, before => self.memberships(page));
        }
        Ok(())
    }
}

impl Artist {
    fn memberships(&self, page: PageId) -> Vec<Membership<'_>> {
        let text = |date: &Option<PartialDate>| {
            let date = date.as_ref();
            date.map(ToString::to_string).unwrap_or_default()
        };
        self.members
            .iter()
            .zip(0..)
            .filter(|(member, _)| !member.rank.is_refuted())
            .map(|(member, position)| Membership {
                page_id: page,
                row_id: member.id,
                position,
                member_id: member.artist.as_ref().and_then(PageRef::id),
                name: &member.text,
                member_kind: member.kind.map_or("member", |kind| kind.as_str()),
                begin_date: text(&member.from),
                end_date: text(&member.to),
            })
            .collect()
    }
}

#[derive(PartialEq, Insertable, AsChangeset)]
#[diesel(table_name = memberships, primary_key(page_id, row_id), treat_none_as_null = true)]
struct Membership<'a> {
    page_id: PageId,
    row_id: i64,
    position: i64,
    member_id: Option<PageId>,
    name: &'a str,
    member_kind: &'a str,
    begin_date: String,
    end_date: String,
}
