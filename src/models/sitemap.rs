//! Every address worth knowing, in parts that each cost the same: a part is a range of page ids, so the last one is found as
//! quickly as the first, and a page never moves from one part to another.

use std::collections::BTreeMap;

use diesel::dsl::{max, sql};
use diesel::prelude::*;
use diesel::sql_types::BigInt;

use crate::db::{Conn, among_texts};
use crate::models::drama::episode::EpisodeNumber;
use crate::models::page::{Kind, PageId, State};
use crate::schema::{episode_songs, pages, tallies};

/// Page ids in a part, and so the most addresses in it.
pub const PAGES_PER_PART: i64 = 10_000;
/// Ids of dramas in a part of cue sheets: dramas have some twenty episodes, so such a part holds about as many addresses.
pub const DRAMAS_PER_PART: i64 = 500;
/// Most addresses the protocol allows in one file.
const MOST_ADDRESSES: i64 = 50_000;

/// A page worth knowing.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Place {
    pub slug: String,
    /// Microseconds since 1970.
    pub updated_at: i64,
}

/// A cue sheet worth knowing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Slug of the drama.
    pub drama: String,
    pub number: EpisodeNumber,
    /// When one of its songs last changed, in microseconds since 1970.
    pub updated_at: i64,
}

/// Numbers of the parts of a kind that are not empty, from one.
pub fn parts(conn: &mut Conn, kind: Kind) -> QueryResult<Vec<i64>> {
    // Written out, because both stores must see the very same expression. The range is PAGES_PER_PART.
    let mut parts: Vec<i64> = pages::table
        .filter(pages::kind.eq(kind))
        .filter(pages::state.eq(State::Live))
        .select(sql::<BigInt>("(pages.id - 1) / 10000 + 1"))
        .distinct()
        .load(conn)?;
    parts.sort_unstable();
    Ok(parts)
}

/// The live pages of one part.
pub fn pages(conn: &mut Conn, kind: Kind, part: i64) -> QueryResult<Vec<Place>> {
    let last = part.saturating_mul(PAGES_PER_PART);
    pages::table
        .filter(pages::id.gt(last - PAGES_PER_PART))
        .filter(pages::id.le(last))
        .filter(pages::kind.eq(kind))
        .filter(pages::state.eq(State::Live))
        .order(pages::id)
        .select((pages::slug, pages::updated_at))
        .load(conn)
}

/// Numbers of the parts of cue sheets that are not empty, from one.
pub fn sheet_parts(conn: &mut Conn) -> QueryResult<Vec<i64>> {
    // The range is DRAMAS_PER_PART.
    let mut parts: Vec<i64> = episode_songs::table
        .inner_join(pages::table.on(pages::id.eq(episode_songs::drama_id)))
        .filter(pages::state.eq(State::Live))
        .select(sql::<BigInt>("(episode_songs.drama_id - 1) / 500 + 1"))
        .distinct()
        .load(conn)?;
    parts.sort_unstable();
    Ok(parts)
}

/// The cue sheets of one part: those of live dramas in which a song is heard.
pub fn sheets(conn: &mut Conn, part: i64) -> QueryResult<Vec<Sheet>> {
    let last = part.saturating_mul(DRAMAS_PER_PART);
    let first = last - DRAMAS_PER_PART;
    let dramas: Vec<(PageId, String)> = pages::table
        .filter(pages::id.gt(first))
        .filter(pages::id.le(last))
        .filter(pages::kind.eq(Kind::Drama))
        .filter(pages::state.eq(State::Live))
        .select((pages::id, pages::slug))
        .load(conn)?;
    let dramas: BTreeMap<PageId, String> = dramas.into_iter().collect();
    let rows: Vec<(PageId, i64, i64, Option<i64>)> = episode_songs::table
        .inner_join(pages::table.on(pages::id.eq(episode_songs::song_id)))
        .filter(episode_songs::drama_id.gt(first))
        .filter(episode_songs::drama_id.le(last))
        .filter(pages::state.eq(State::Live))
        .group_by((
            episode_songs::drama_id,
            episode_songs::season,
            episode_songs::episode,
        ))
        .order((
            episode_songs::drama_id,
            episode_songs::season,
            episode_songs::episode,
        ))
        .select((
            episode_songs::drama_id,
            episode_songs::season,
            episode_songs::episode,
            max(pages::updated_at),
        ))
        .limit(MOST_ADDRESSES)
        .load(conn)?;
    Ok(rows
        .into_iter()
        .filter_map(|(drama, season, episode, updated_at)| {
            Some(Sheet {
                drama: dramas.get(&drama)?.clone(),
                number: EpisodeNumber { season, episode },
                updated_at: updated_at.unwrap_or(0),
            })
        })
        .collect())
}

/// What pages can be browsed by that no kind is: facet and value of every mood, year and network with pages.
pub fn values(conn: &mut Conn) -> QueryResult<Vec<(String, String)>> {
    tallies::table
        .filter(among_texts(tallies::facet, ["mood", "network", "year"]))
        .filter(tallies::pages.gt(0))
        .select((tallies::facet, tallies::value))
        .distinct()
        .order((tallies::facet, tallies::value))
        .load(conn)
}

#[cfg(test)]
mod tests {
    use super::{DRAMAS_PER_PART, PAGES_PER_PART};

    #[test]
    fn the_ranges_written_into_statements_are_the_ranges_read() {
        assert_eq!((PAGES_PER_PART, DRAMAS_PER_PART), (10_000, 500));
    }
}
