//! Pages whose names are near to some words: what an unknown address offers.

use diesel::prelude::*;

use crate::db::{Conn, among};
use crate::models::page::card::Card;
use crate::models::page::{Kind, PageId, State};
use crate::schema::{pages, title_keys};
use crate::text::romanise;

/// Most pages offered.
const MOST: i64 = 8;

/// Live pages of the kind whose folded romanised name begins like these words; shorter beginnings are tried until something
/// is found.
pub fn to(conn: &mut Conn, kind: Kind, words: &str) -> QueryResult<Vec<Card>> {
    let folded: Vec<char> = romanise::keys(words).folded.chars().take(24).collect();
    for length in [folded.len(), folded.len() / 2, 3] {
        if length < 3 || length > folded.len() {
            continue;
        }
        let from: String = folded.iter().take(length).collect();
        let to = format!("{from}\u{10ffff}");
        let ids: Vec<PageId> = title_keys::table
            .filter(title_keys::folded.ge(&from))
            .filter(title_keys::folded.lt(&to))
            .filter(title_keys::kind.eq(kind))
            .order((title_keys::folded, title_keys::page_id))
            .select(title_keys::page_id)
            .limit(3 * MOST)
            .load(conn)?;
        if !ids.is_empty() {
            return pages::table
                .filter(among(pages::id, ids))
                .filter(pages::state.eq(State::Live))
                .order((pages::sort_key, pages::id))
                .limit(MOST)
                .select(Card::as_select())
                .load(conn);
        }
    }
    Ok(Vec::new())
}
