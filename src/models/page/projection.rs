//! Projections: what a document says, written out for looking up. Always rewritten as a whole, in the save transaction.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;

use crate::db::{Conn, both};
use crate::models::link::RefKey;
use crate::models::name;
use crate::models::page::content::{Facet, Facts};
use crate::models::page::document::{Document, Head, KindFacts, each_kind};
use crate::models::page::{Kind, PageId};
use crate::models::page::{external, facets};
use crate::schema::{
    album_facts, article_facts, artist_credits, castings, credits, cues, drama_facts,
    episode_songs, external_links, memberships, page_links, song_uses, title_keys, tracks,
};
use crate::text::markdown::{self, LinkKey};
use crate::text::{hangul, romanise};

/// Relation of a link written in prose.
pub const PROSE_LINK: &str = "prose";

#[derive(Insertable)]
#[diesel(table_name = title_keys)]
struct TitleKey<'a> {
    page_id: PageId,
    row_id: i64,
    kind: Kind,
    value: &'a str,
    locale: &'a str,
    name_kind: name::NameKind,
    norm: String,
    jamo: String,
    initials: String,
    folded: String,
}

#[derive(Insertable)]
#[diesel(table_name = page_links)]
struct PageLink {
    from_id: PageId,
    to_id: Option<PageId>,
    to_kind: Kind,
    to_slug: String,
    relation: String,
}

/// Rewrites every derived row of a page. Answers the pages whose own display may have changed by it: those it refers to now
/// and those it referred to before.
pub fn rewrite(conn: &mut Conn, page: PageId, document: &Document) -> QueryResult<Vec<PageId>> {
    let mut touched: BTreeSet<PageId> = linked(conn, page)?;
    let singers_before = credited(conn, page)?;
    clear(conn, page)?;
    names(conn, page, document)?;
    touched.extend(links(conn, page, document)?);
    external::rewrite(conn, page, &document.head.links)?;
    each_kind!(&document.facts, facts => facts.project(conn, page))?;
    facets::rewrite(
        conn,
        page,
        document.kind(),
        &sort_key(&document.head),
        &facets_of(document),
    )?;
    let mut artists = credited(conn, page)?;
    artists.extend(singers_before);
    for artist in artists {
        facets::refresh_roles(conn, artist)?;
    }
    if document.kind() == Kind::Artist {
        facets::refresh_roles(conn, page)?;
    }
    touched.insert(page);
    Ok(touched.into_iter().collect())
}

/// Removes every derived row of a page that is no longer live.
pub fn remove(conn: &mut Conn, page: PageId, kind: Kind) -> QueryResult<Vec<PageId>> {
    let mut touched = linked(conn, page)?;
    let artists = credited(conn, page)?;
    clear(conn, page)?;
    facets::rewrite(conn, page, kind, "", &[])?;
    for artist in artists {
        facets::refresh_roles(conn, artist)?;
    }
    touched.insert(page);
    Ok(touched.into_iter().collect())
}

/// Key by which the page sorts in lists: Latin letters and digits, lower case. Numbers are padded, so that Part 2 comes before
/// Part 10.
pub fn sort_key(head: &Head) -> String {
    const DIGITS: usize = 6;
    let sort = head
        .names
        .iter()
        .find(|name| name.primary && !name.sort.is_empty())
        .map(|name| name.sort.as_str());
    let shown = sort.unwrap_or_else(|| head.title());
    let latin = romanise::romanise(shown).to_lowercase();
    let mut key = String::with_capacity(latin.len());
    let mut number = String::new();
    for c in latin.chars().chain([' ']) {
        if c.is_ascii_digit() {
            number.push(c);
            continue;
        }
        if !number.is_empty() {
            key.push_str(&format!("{number:0>DIGITS$}"));
            number.clear();
        }
        if c.is_alphanumeric() || c == ' ' {
            key.push(c);
        }
    }
    key.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The facets of the document and the letters it is listed under.
pub(super) fn facets_of(document: &Document) -> Vec<Facet> {
    let mut facets = document.facts.facets();
    let letter = sort_key(&document.head)
        .chars()
        .next()
        .map_or("#", |first| match first {
            'a'..='z' => LETTERS
                .get((first as usize) - ('a' as usize))
                .copied()
                .unwrap_or("#"),
            _ => "#",
        });
    facets.push(Facet::plain("letter", letter));
    if let Some(letter) = hangul::index_letter(document.head.native()) {
        facets.push(Facet::plain("initial", letter));
    }
    facets.push(Facet::plain("all", ""));
    facets.sort();
    facets.dedup_by(|a, b| a.name == b.name && a.value == b.value);
    facets
}

/// Headings of the Latin index.
pub const LETTERS: [&str; 26] = [
    "A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L", "M", "N", "O", "P", "Q", "R", "S",
    "T", "U", "V", "W", "X", "Y", "Z",
];

fn names(conn: &mut Conn, page: PageId, document: &Document) -> QueryResult<()> {
    let kind = document.kind();
    let rows: Vec<TitleKey<'_>> = document
        .head
        .names
        .iter()
        .map(|name| {
            let keys = romanise::keys(&name.value);
            TitleKey {
                page_id: page,
                row_id: name.id,
                kind,
                value: &name.value,
                locale: &name.locale,
                name_kind: name.kind,
                norm: keys.norm,
                jamo: keys.jamo,
                initials: keys.initials,
                folded: keys.folded,
            }
        })
        .collect();
    both!(conn, c => diesel::insert_into(title_keys::table).values(&rows).execute(c))?;
    Ok(())
}

fn links(conn: &mut Conn, page: PageId, document: &Document) -> QueryResult<BTreeSet<PageId>> {
    let mut rows: BTreeMap<(Kind, Option<PageId>, String, String), ()> = BTreeMap::new();
    let mut facts = document.clone();
    facts.visit_refs(&mut |_, relation, reference| {
        let (id, slug) = split(&reference.key);
        rows.insert((reference.kind, id, slug, relation.to_owned()), ());
    });
    if let Ok(prose) = markdown::parse(&document.prose) {
        for link in prose.links() {
            let Ok(kind) = link.kind.parse::<Kind>() else {
                continue;
            };
            let target = match &link.key {
                LinkKey::Id(id) => (Some(*id), String::new()),
                LinkKey::Slug(slug) => (None, slug.to_string()),
                LinkKey::Bad(_) => continue,
            };
            rows.insert((kind, target.0, target.1, PROSE_LINK.to_owned()), ());
        }
    }
    let targets = rows.keys().filter_map(|(_, id, _, _)| *id).collect();
    let rows: Vec<PageLink> = rows
        .into_keys()
        .map(|(to_kind, to_id, to_slug, relation)| PageLink {
            from_id: page,
            to_id,
            to_kind,
            to_slug,
            relation,
        })
        .collect();
    both!(conn, c => diesel::insert_into(page_links::table).values(&rows).execute(c))?;
    Ok(targets)
}

fn split(key: &RefKey) -> (Option<PageId>, String) {
    match key {
        RefKey::Id(id) => (Some(*id), String::new()),
        RefKey::Slug(slug) => (None, slug.to_string()),
    }
}

/// Pages the page refers to, as last written.
fn linked(conn: &mut Conn, page: PageId) -> QueryResult<BTreeSet<PageId>> {
    let ids: Vec<Option<PageId>> = page_links::table
        .filter(page_links::from_id.eq(page))
        .select(page_links::to_id)
        .load(conn)?;
    Ok(ids.into_iter().flatten().collect())
}

/// Artists the page credits, as last written.
fn credited(conn: &mut Conn, page: PageId) -> QueryResult<BTreeSet<PageId>> {
    let singers: Vec<Option<PageId>> = artist_credits::table
        .filter(artist_credits::page_id.eq(page))
        .select(artist_credits::artist_id)
        .load(conn)?;
    let others: Vec<Option<PageId>> = credits::table
        .filter(credits::page_id.eq(page))
        .select(credits::artist_id)
        .load(conn)?;
    Ok(singers.into_iter().chain(others).flatten().collect())
}

fn clear(conn: &mut Conn, page: PageId) -> QueryResult<()> {
    macro_rules! delete {
        ($($table:ident.$column:ident),+ $(,)?) => {
            $(diesel::delete($table::table.filter($table::$column.eq(page))).execute(conn)?;)+
        };
    }
    delete!(
        title_keys.page_id,
        page_links.from_id,
        external_links.page_id,
        song_uses.page_id,
        artist_credits.page_id,
        credits.page_id,
        cues.page_id,
        episode_songs.song_id,
        castings.page_id,
        memberships.page_id,
        album_facts.page_id,
        tracks.page_id,
        drama_facts.page_id,
        article_facts.page_id,
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::sort_key;
    use crate::models::name::{Name, NameKind};
    use crate::models::page::document::Head;

    fn named(value: &str) -> Head {
        let name = Name {
            id: 1,
            value: value.to_owned(),
            locale: "en".to_owned(),
            kind: NameKind::Official,
            primary: true,
            sort: String::new(),
            sources: Vec::new(),
            unverified: false,
        };
        Head {
            names: vec![name],
            ..Head::default()
        }
    }

    #[test]
    fn the_second_part_comes_before_the_tenth() {
        let (second, tenth) = (named("Goblin OST Part 2"), named("Goblin OST Part 10"));
        assert!(sort_key(&second) < sort_key(&tenth));
        assert_eq!(sort_key(&named("It's  Okay!")), "its okay");
        assert_eq!(sort_key(&named("도깨비")), "dokkaebi");
    }
}
