//! The pages prose links to, looked up at once, so that it can be rendered without the store.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;

use crate::db::Conn;
use crate::models::page::card::{Card, Cards};
use crate::models::page::save::known_slugs;
use crate::models::page::{Kind, PageId};
use crate::models::song::listing::{self, SongItem};
use crate::text::markdown::{LinkKey, Target, WikiLink, memo};

/// Everything the links of a text lead to.
#[derive(Debug, Clone, Default)]
pub struct ProseLinks {
    cards: Cards,
    by_slug: BTreeMap<(Kind, String), PageId>,
    songs: BTreeMap<PageId, SongItem>,
}

impl ProseLinks {
    /// Looks up the links of a text. No statement for pages already `known`, and at most a handful: ids at once, slugs only where a link
    /// waits for its page, songs only where they are shown as cards.
    pub fn load(conn: &mut Conn, source: &str, known: &Cards) -> QueryResult<Self> {
        let links = memo::links(source);
        let mut ids: BTreeSet<PageId> = BTreeSet::new();
        let mut waiting: BTreeSet<(Kind, String)> = BTreeSet::new();
        let mut embedded: Vec<PageId> = Vec::new();
        for link in links.iter() {
            let Ok(kind) = link.kind.parse::<Kind>() else {
                continue;
            };
            match &link.key {
                LinkKey::Id(id) => {
                    ids.insert(*id);
                    if link.embed && kind == Kind::Song && !embedded.contains(id) {
                        embedded.push(*id);
                    }
                }
                LinkKey::Slug(slug) => {
                    waiting.insert((kind, slug.to_string()));
                }
                LinkKey::Bad(_) => {}
            }
        }
        let by_slug: BTreeMap<(Kind, String), PageId> = if waiting.is_empty() {
            BTreeMap::new()
        } else {
            known_slugs(conn, &waiting)?.into_iter().collect()
        };
        ids.extend(by_slug.values().copied());
        let cards = known.with(conn, ids)?;
        let songs = if embedded.is_empty() {
            BTreeMap::new()
        } else {
            listing::of(conn, &embedded)?
                .into_iter()
                .map(|song| (song.card.id, song))
                .collect()
        };
        Ok(Self {
            cards,
            by_slug,
            songs,
        })
    }

    /// Where a link leads; nothing when its page does not exist.
    pub fn target(&self, link: &WikiLink) -> Option<Target> {
        let kind: Kind = link.kind.parse().ok()?;
        let id = match &link.key {
            LinkKey::Id(id) => *id,
            LinkKey::Slug(slug) => *self.by_slug.get(&(kind, slug.to_string()))?,
            LinkKey::Bad(_) => return None,
        };
        let card = self.cards.find(id)?;
        Some(Target {
            href: card.href(),
            title: card.title.clone(),
            native: card.native_beside().map(str::to_owned),
            detail: self.detail(card),
            art: Some(card.art()),
            kind: card.kind.as_str().to_owned(),
        })
    }

    /// The line under a card's title.
    fn detail(&self, card: &Card) -> String {
        let Some(song) = self.songs.get(&card.id) else {
            return card.kind.label().to_owned();
        };
        let credit: String = song
            .credit
            .iter()
            .map(|part| format!("{}{}", part.name, part.join))
            .collect();
        let dramas: Vec<&str> = song
            .uses
            .iter()
            .map(|used| used.drama.title.as_str())
            .collect();
        [credit, dramas.join(", ")]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" · ")
    }

    /// Every page the text shows.
    pub fn shown(&self) -> BTreeSet<PageId> {
        let mut ids: BTreeSet<PageId> = self.cards.ids().collect();
        for song in self.songs.values() {
            ids.extend(listing::shown(std::slice::from_ref(song)));
        }
        ids
    }
}
