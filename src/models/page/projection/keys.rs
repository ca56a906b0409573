//! The keys a page is found and sorted by.

use diesel::prelude::*;

use crate::db::Conn;
use crate::models::name;
use crate::models::page::document::{Document, Head};
use crate::models::page::{Kind, PageId};
use crate::schema::title_keys;
use crate::text::romanise;

use super::update;

#[derive(PartialEq, Insertable, AsChangeset)]
#[diesel(table_name = title_keys, primary_key(page_id, row_id), treat_none_as_null = true)]
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

/// Writes the names a page is found by in place of those that are there.
pub(super) fn names(
    conn: &mut Conn,
    page: PageId,
    before: Option<&Document>,
    document: &Document,
) -> QueryResult<()> {
    let before = before.map(|before| keys(page, before));
    update!(conn, title_keys.page_id = page, before => keys(page, document));
    Ok(())
}

fn keys(page: PageId, document: &Document) -> Vec<TitleKey<'_>> {
    let kind = document.kind();
    let names = document.head.names.iter();
    names
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
        .collect()
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
