//! Pages as editors name them: by title in any script, by address, or by reference.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use diesel::prelude::*;

use crate::db::{Conn, among, among_texts, rows};
use crate::models::link::{PageRef, RefKey};
use crate::models::name::NameKind;
use crate::models::page::card::{Card, Cards};
use crate::models::page::save::known_slugs;
use crate::models::page::{Kind, PageId, State};
use crate::schema::{pages, title_keys};
use crate::text::romanise;
use crate::text::slug::{Slug, slugify};

/// What a text turned out to name.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Found<'a> {
    Nothing,
    One(&'a Card),
    /// Several pages have this name, in the order of their addresses.
    Several(&'a [Card]),
}

/// A text that is to name a page, and the page that is remembered beside it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mention {
    pub kind: Kind,
    pub text: String,
    pub remembered: Option<PageId>,
}

/// The pages some texts name, looked up together.
#[derive(Debug, Clone, Default)]
pub struct Named {
    by_text: HashMap<(Kind, String), Vec<Card>>,
    cards: Cards,
}

/// A text read as the address of a page: `/artists/punch`, `https://…/artists/punch`, `artist:punch`, `punch`.
fn address(kind: Kind, text: &str) -> Option<(Kind, RefKey)> {
    if let Ok(reference) = text.parse::<PageRef>() {
        return (reference.kind == kind).then_some((reference.kind, reference.key));
    }
    let folder = format!("/{}/", kind.plural());
    let last = match text.split_once(&folder) {
        Some((_, rest)) => rest.split(['/', '?', '#']).next().unwrap_or_default(),
        None => text,
    };
    Slug::parse(last)
        .ok()
        .map(|slug| (kind, RefKey::Slug(slug)))
}

impl Named {
    /// Looks up what a form names. A text beside the page whose title it is names that page and need not be looked up, so that a form
    /// whose names nobody touched takes one statement.
    pub fn mentioned(conn: &mut Conn, mentions: &BTreeSet<Mention>) -> QueryResult<Self> {
        let ids = mentions.iter().filter_map(|mention| mention.remembered);
        let mut named = Self {
            cards: Cards::load(conn, ids)?,
            ..Self::default()
        };
        let texts: BTreeSet<(Kind, String)> = mentions
            .iter()
            .filter(|of| {
                of.remembered
                    .is_none_or(|id| !named.remembers(of.kind, &of.text, id))
            })
            .map(|of| (of.kind, of.text.clone()))
            .collect();
        if !texts.is_empty() {
            let found = Self::load(conn, &texts)?;
            named.by_text = found.by_text;
            named.cards.add_all(found.cards);
        }
        Ok(named)
    }

    /// Looks up texts: a handful of statements whatever their number.
    pub fn load(conn: &mut Conn, texts: &BTreeSet<(Kind, String)>) -> QueryResult<Self> {
        let mut wanted: BTreeSet<PageId> = BTreeSet::new();
        let mut slugs: BTreeSet<(Kind, String)> = BTreeSet::new();
        for (kind, text) in texts {
            match address(*kind, text) {
                Some((_, RefKey::Id(id))) => {
                    wanted.insert(id);
                }
                Some((kind, RefKey::Slug(slug))) => {
                    slugs.insert((kind, slug.to_string()));
                }
                None => {}
            }
        }
        let at: HashMap<(Kind, String), PageId> = if slugs.is_empty() {
            HashMap::new()
        } else {
            known_slugs(conn, &slugs)?
        };
        let titled = by_title(conn, texts)?;
        wanted.extend(at.values());
        wanted.extend(titled.values().flatten());
        let cards = Cards::load(conn, wanted)?;
        let mut by_text = HashMap::new();
        for (kind, text) in texts {
            let found = pages_for(*kind, text, &at, &titled, &cards);
            if !found.is_empty() {
                by_text.insert((*kind, text.clone()), found);
            }
        }
        Ok(Self { by_text, cards })
    }

    /// What a text names; an address counts before a title.
    pub fn find(&self, kind: Kind, text: &str) -> Found<'_> {
        match self
            .by_text
            .get(&(kind, text.to_owned()))
            .map(Vec::as_slice)
        {
            None | Some([]) => Found::Nothing,
            Some([card]) => Found::One(card),
            Some(several) => Found::Several(several),
        }
    }

    /// Whether a text is the title of the page remembered beside it.
    pub fn remembers(&self, kind: Kind, text: &str, id: PageId) -> bool {
        let card = self.cards.find(id);
        card.is_some_and(|card| card.kind == kind && card.title == text)
    }
}

fn pages_for(
    kind: Kind,
    text: &str,
    at: &HashMap<(Kind, String), PageId>,
    titled: &BTreeMap<(Kind, String), BTreeSet<PageId>>,
    cards: &Cards,
) -> Vec<Card> {
    let here = match address(kind, text) {
        Some((_, RefKey::Id(id))) => Some(id),
        Some((kind, RefKey::Slug(slug))) => at.get(&(kind, slug.to_string())).copied(),
        None => None,
    };
    let live = |id: PageId| cards.find(id).filter(|card| card.kind == kind).cloned();
    // A bare word may be the title of one page and the address of another; only what is plainly an address decides alone.
    let norm = romanise::norm(text);
    let mut found: Vec<Card> = titled
        .get(&(kind, norm))
        .into_iter()
        .flatten()
        .filter_map(|id| live(*id))
        .collect();
    found.sort_by(|one, other| one.slug.cmp(&other.slug));
    match here.and_then(live) {
        Some(card) if found.len() != 1 => vec![card],
        _ => found,
    }
}

/// Live pages by the normalised form of their names; hints for searching are no names.
fn by_title(
    conn: &mut Conn,
    texts: &BTreeSet<(Kind, String)>,
) -> QueryResult<BTreeMap<(Kind, String), BTreeSet<PageId>>> {
    let norms: BTreeSet<String> = texts
        .iter()
        .map(|(_, text)| romanise::norm(text))
        .filter(|norm| !norm.is_empty())
        .collect();
    let mut titled: BTreeMap<(Kind, String), BTreeSet<PageId>> = BTreeMap::new();
    if norms.is_empty() {
        return Ok(titled);
    }
    let found: Vec<(Kind, String, PageId)> = rows!(
        conn,
        title_keys::table
            .filter(among_texts(title_keys::norm, &norms))
            .filter(title_keys::name_kind.ne(NameKind::SearchHint))
            .select((title_keys::kind, title_keys::norm, title_keys::page_id))
            .distinct()
            .order((title_keys::kind, title_keys::norm, title_keys::page_id))
            .limit(2_000)
    )?;
    for (kind, norm, id) in found {
        titled.entry((kind, norm)).or_default().insert(id);
    }
    Ok(titled)
}

/// Letters a name must have for another that sounds like it to be worth a question.
const SHORTEST_FOLDED: usize = 3;

/// Live pages of a kind that a new page may be a second copy of: those with one of these names, however it is spelt or romanised, and
/// the one at the address.
pub fn alike(conn: &mut Conn, kind: Kind, names: &[String]) -> QueryResult<Vec<Card>> {
    let texts: BTreeSet<(Kind, String)> = names.iter().map(|name| (kind, name.clone())).collect();
    let titled = by_title(conn, &texts)?;
    let slugs = names
        .iter()
        .filter_map(|name| slugify(name))
        .map(|slug| slug.to_string());
    let at: Vec<PageId> = pages::table
        .filter(pages::kind.eq(kind))
        .filter(among_texts(pages::slug, slugs))
        .filter(pages::state.eq(State::Live))
        .select(pages::id)
        .load(conn)?;
    let folded: BTreeSet<String> = names
        .iter()
        .map(|name| romanise::fold(name))
        .filter(|folded| folded.chars().count() >= SHORTEST_FOLDED)
        .collect();
    let sounding: Vec<PageId> = title_keys::table
        .filter(among_texts(title_keys::folded, folded))
        .filter(title_keys::kind.eq(kind))
        .select(title_keys::page_id)
        .distinct()
        .order(title_keys::page_id)
        .limit(200)
        .load(conn)?;
    let ids: BTreeSet<PageId> = titled
        .into_values()
        .flatten()
        .chain(at)
        .chain(sounding)
        .collect();
    pages::table
        .filter(among(pages::id, ids))
        .filter(pages::kind.eq(kind))
        .filter(pages::state.eq(State::Live))
        .order((pages::sort_key, pages::id))
        .limit(12)
        .select(Card::as_select())
        .load(conn)
}
