//! Pages whose names begin with what somebody is typing, in any script: Hangul also half way through a syllable or by its initials,
//! Latin letters in whatever romanisation.

use diesel::prelude::*;

use crate::db::{Conn, among};
use crate::models::name::NameKind;
use crate::models::page::card::Card;
use crate::models::page::{Kind, PageId, State};
use crate::schema::{pages, title_keys};
use crate::text::{hangul, romanise};

/// Most pages suggested.
pub const MOST: usize = 10;
/// Names looked at for each way of reading what was typed: several may be of one page.
const NAMES: i64 = 30;
/// Characters of it that count.
const LONGEST: usize = 60;

/// Live pages of a kind, those whose name is just this first, then by their place in lists. At most five statements, each over a few
/// rows of an index.
pub fn to(conn: &mut Conn, kind: Kind, typed: &str) -> QueryResult<Vec<Card>> {
    let typed: String = typed.trim().chars().take(LONGEST).collect();
    let keys = romanise::keys(&typed);
    let mut found: Vec<PageId> = Vec::new();
    macro_rules! beginning {
        ($column:ident, $key:expr) => {
            let from: &str = $key;
            if !from.is_empty() && found.len() < MOST {
                let to = format!("{from}\u{10ffff}");
                let ids: Vec<PageId> = title_keys::table
                    .filter(title_keys::$column.ge(from))
                    .filter(title_keys::$column.lt(&to))
                    .filter(title_keys::kind.eq(kind))
                    .filter(title_keys::name_kind.ne(NameKind::SearchHint))
                    .order((title_keys::$column, title_keys::page_id))
                    .select(title_keys::page_id)
                    .limit(NAMES)
                    .load(conn)?;
                for id in ids {
                    if !found.contains(&id) {
                        found.push(id);
                    }
                }
            }
        };
    }
    beginning!(norm, &keys.norm);
    if hangul::has_hangul(&typed) {
        beginning!(jamo, &keys.jamo);
        let is_initials = !typed.chars().any(|c| ('가'..='힣').contains(&c));
        beginning!(initials, if is_initials { &keys.initials } else { "" });
    } else {
        beginning!(folded, &keys.folded);
    }
    let mut cards: Vec<Card> = pages::table
        .filter(among(pages::id, found.iter().copied()))
        .filter(pages::state.eq(State::Live))
        .order((pages::sort_key, pages::id))
        .select(Card::as_select())
        .load(conn)?;
    cards.sort_by_key(|card| {
        let names = [&card.title, &card.native];
        !names.iter().any(|name| romanise::norm(name) == keys.norm)
    });
    cards.truncate(MOST);
    Ok(cards)
}
