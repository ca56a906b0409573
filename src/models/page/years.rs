//! Years: how much is known of each.

use std::collections::BTreeMap;

use diesel::prelude::*;

use crate::db::Conn;
use crate::models::page::{Kind, index};

/// The kinds that have a year.
pub const KINDS: [Kind; 3] = [Kind::Drama, Kind::Album, Kind::Song];

/// How much is known of a year.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Dramas that began.
    pub dramas: i64,
    /// Albums that came out.
    pub albums: i64,
    pub songs: i64,
}

/// The counts of every year, oldest first.
pub fn counts(conn: &mut Conn) -> QueryResult<BTreeMap<String, Counts>> {
    let mut years: BTreeMap<String, Counts> = BTreeMap::new();
    for kind in KINDS {
        for (_, tally) in index::tallies_of(conn, kind, &["year"])? {
            let counts = years.entry(tally.value).or_default();
            match kind {
                Kind::Drama => counts.dramas = tally.pages,
                Kind::Album => counts.albums = tally.pages,
                _ => counts.songs = tally.pages,
            }
        }
    }
    Ok(years)
}
