//! Artists in lists: what they are, what they are known for, and in how many songs.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use diesel::prelude::*;

use crate::db::{Conn, among, among_texts, rows};
use crate::models::artist::ArtistType;
use crate::models::credit::Role;
use crate::models::page::browse::Row;
use crate::models::page::card::Card;
use crate::models::page::{Kind, PageId, index};
use crate::schema::facets;

/// Most roles told of one artist in a list.
const MOST_ROLES: usize = 4;

/// An artist as lists show it.
#[derive(Debug, Clone, PartialEq)]
pub struct ArtistItem {
    pub card: Card,
    pub artist_type: Option<ArtistType>,
    /// In printing order.
    pub roles: Vec<Role>,
    /// Songs sung, written or made.
    pub songs: i64,
}

impl ArtistItem {
    /// `Group. Vocals, music`: what the artist is, unless a person, and the roles.
    pub fn known_for(&self) -> String {
        let what = self
            .artist_type
            .filter(|kind| *kind != ArtistType::Person || self.roles.is_empty())
            .map(ArtistType::label);
        let mut roles: Vec<String> = self
            .roles
            .iter()
            .take(MOST_ROLES)
            .map(|role| role.label().to_owned())
            .collect();
        for role in roles.iter_mut().skip(1) {
            // "OST producer" stays as it is.
            if role.chars().nth(1).is_some_and(char::is_lowercase) {
                *role = role.to_lowercase();
            }
        }
        if self.roles.len() > MOST_ROLES {
            roles.push(format!("{} more", self.roles.len() - MOST_ROLES));
        }
        let roles = roles.join(", ");
        [what.unwrap_or_default(), &roles]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(". ")
    }
}

impl Row for ArtistItem {
    fn of(conn: &mut Conn, cards: Vec<Card>) -> QueryResult<Vec<Self>> {
        let ids: Vec<PageId> = cards.iter().map(|card| card.id).collect();
        let known: Vec<(PageId, String, String)> = rows!(
            conn,
            facets::table
                .filter(among(facets::page_id, ids.iter().copied()))
                .filter(among_texts(facets::facet, ["role", "type"]))
                .select((facets::page_id, facets::facet, facets::value))
        )?;
        let mut types: HashMap<PageId, ArtistType> = HashMap::new();
        let mut roles: BTreeMap<PageId, BTreeSet<Role>> = BTreeMap::new();
        for (id, facet, value) in known {
            if facet == "type" {
                types.extend(value.parse().ok().map(|kind| (id, kind)));
            } else {
                roles.entry(id).or_default().extend(value.parse::<Role>());
            }
        }
        let songs = index::sizes(conn, Kind::Song, "artist", &ids)?;
        Ok(cards
            .into_iter()
            .map(|card| Self {
                artist_type: types.get(&card.id).copied(),
                roles: roles
                    .remove(&card.id)
                    .unwrap_or_default()
                    .into_iter()
                    .collect(),
                songs: songs.get(&card.id).copied().unwrap_or(0),
                card,
            })
            .collect())
    }

    fn shown(&self, ids: &mut BTreeSet<PageId>) {
        ids.insert(self.card.id);
    }

    fn card(&self) -> &Card {
        &self.card
    }
}
