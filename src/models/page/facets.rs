//! Facets: what indexes are narrowed by, and how many pages each value has. Counted as pages are saved, so that an index costs
//! the same however many pages there are.

use std::collections::BTreeSet;

use diesel::prelude::*;

use crate::db::{Conn, both, first, rows};
use crate::models::credit::Role;
use crate::models::page::content::Facet;
use crate::models::page::{Kind, Page, PageId, State};
use crate::schema::{artist_credits, credits, facets, tallies};

/// The facet that artists get from the credits of other pages.
pub const ROLE: &str = "role";

#[derive(Insertable)]
#[diesel(table_name = facets)]
struct FacetRow<'a> {
    page_id: PageId,
    kind: Kind,
    facet: &'a str,
    value: &'a str,
    sort_key: &'a str,
}

/// Replaces the facets of a page, all but those that come from other pages, and keeps the tallies right.
pub fn rewrite(
    conn: &mut Conn,
    page: PageId,
    kind: Kind,
    sort_key: &str,
    new: &[Facet],
) -> QueryResult<()> {
    replace(conn, page, kind, sort_key, new, &|facet| facet != ROLE)?;
    diesel::update(facets::table.filter(facets::page_id.eq(page)))
        .set(facets::sort_key.eq(sort_key))
        .execute(conn)?;
    Ok(())
}

/// Works out anew what an artist is known for, from the credits of all pages.
pub fn refresh_roles(conn: &mut Conn, artist: PageId) -> QueryResult<()> {
    let Some(page) = Page::find(conn, artist)? else {
        return Ok(());
    };
    let mut roles: BTreeSet<&'static str> = BTreeSet::new();
    if page.state == State::Live {
        let credited: Vec<Role> = rows!(
            conn,
            credits::table
                .filter(credits::artist_id.eq(artist))
                .filter(credits::rank.ne("refuted"))
                .select(credits::role)
                .distinct()
        )?;
        roles.extend(credited.iter().map(|role| role.as_str()));
        let sings: Option<i64> = first!(
            conn,
            artist_credits::table
                .filter(artist_credits::artist_id.eq(artist))
                .select(artist_credits::page_id)
        )
        .optional()?;
        if sings.is_some() {
            roles.insert(Role::Vocals.as_str());
        }
    }
    let new: Vec<Facet> = roles
        .into_iter()
        .map(|role| Facet::plain(ROLE, role))
        .collect();
    replace(conn, artist, Kind::Artist, &page.sort_key, &new, &|facet| {
        facet == ROLE
    })
}

fn replace(
    conn: &mut Conn,
    page: PageId,
    kind: Kind,
    sort_key: &str,
    new: &[Facet],
    ours: &dyn Fn(&str) -> bool,
) -> QueryResult<()> {
    let before: BTreeSet<(String, String)> = facets::table
        .filter(facets::page_id.eq(page))
        .select((facets::facet, facets::value))
        .load::<(String, String)>(conn)?
        .into_iter()
        .filter(|(facet, _)| ours(facet))
        .collect();
    let after: BTreeSet<(String, String)> = new
        .iter()
        .map(|facet| (facet.name.to_owned(), facet.value.clone()))
        .collect();
    for (facet, value) in before.difference(&after) {
        diesel::delete(facets::table.find((page, facet, value))).execute(conn)?;
        count(conn, kind, facet, value, "", -1)?;
    }
    for facet in new {
        if before.contains(&(facet.name.to_owned(), facet.value.clone())) {
            continue;
        }
        let row = FacetRow {
            page_id: page,
            kind,
            facet: facet.name,
            value: &facet.value,
            sort_key,
        };
        both!(conn, c => diesel::insert_into(facets::table).values(&row).execute(c))?;
        count(conn, kind, facet.name, &facet.value, &facet.label, 1)?;
    }
    Ok(())
}

fn count(
    conn: &mut Conn,
    kind: Kind,
    facet: &str,
    value: &str,
    label: &str,
    by: i64,
) -> QueryResult<()> {
    let changed = diesel::update(tallies::table.find((kind, facet, value)))
        .set(tallies::pages.eq(tallies::pages + by))
        .execute(conn)?;
    if changed == 0 {
        diesel::insert_into(tallies::table)
            .values((
                tallies::kind.eq(kind),
                tallies::facet.eq(facet),
                tallies::value.eq(value),
                tallies::label.eq(label),
                tallies::pages.eq(by),
            ))
            .execute(conn)?;
    }
    Ok(())
}
