//! Facets: what indexes are narrowed by, and how many pages each value has. Counted as pages are saved, so that an index costs
//! the same however many pages there are.

use std::collections::BTreeSet;

use diesel::prelude::*;

use crate::db::{Conn, both, first, rows};
use crate::models::credit::Role;
use crate::models::page::content::Facet;
use crate::models::page::revision::Revision;
use crate::models::page::{Kind, Page, PageId, State, projection};
use crate::schema::{artist_credits, credits, facets, pages, tallies};

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

/// Removes every facet row of a page and leaves the tallies to be counted anew.
pub fn forget(conn: &mut Conn, page: PageId) -> QueryResult<()> {
    diesel::delete(facets::table.filter(facets::page_id.eq(page))).execute(conn)?;
    Ok(())
}

/// The facets that some page has and no tally tells of, with the number of their pages.
pub fn without_tally(conn: &mut Conn) -> QueryResult<Vec<(Kind, String, String, i64)>> {
    facets::table
        .left_join(
            tallies::table.on(tallies::kind
                .eq(facets::kind)
                .and(tallies::facet.eq(facets::facet))
                .and(tallies::value.eq(facets::value))),
        )
        .filter(tallies::pages.is_null())
        .group_by((facets::kind, facets::facet, facets::value))
        .order((facets::kind, facets::facet, facets::value))
        .select((
            facets::kind,
            facets::facet,
            facets::value,
            diesel::dsl::count_star(),
        ))
        .load(conn)
}

/// The words for readers of a facet, from a page that has it.
pub fn label(conn: &mut Conn, kind: Kind, facet: &str, value: &str) -> QueryResult<String> {
    let page: Option<Page> = first!(
        conn,
        facets::table
            .inner_join(pages::table.on(pages::id.eq(facets::page_id)))
            .filter(facets::kind.eq(kind))
            .filter(facets::facet.eq(facet))
            .filter(facets::value.eq(value))
            .order(facets::page_id.asc())
            .select(Page::as_select())
    )
    .optional()?;
    let Some(page) = page else {
        return Ok(String::new());
    };
    let document = Revision::latest(conn, &page)?.and_then(|latest| latest.document(kind).ok());
    let given = document
        .as_ref()
        .map(projection::facets_of)
        .unwrap_or_default();
    let named = given
        .into_iter()
        .find(|given| given.name == facet && given.value == value);
    Ok(named.map(|given| given.label).unwrap_or_default())
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
