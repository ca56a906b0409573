//! A drama's rules and projection.

use std::collections::BTreeSet;

use diesel::prelude::*;

use crate::db::Conn;
use crate::models::credit::{self, Role};
use crate::models::drama::Drama;
use crate::models::link::PageRef;
use crate::models::mood;
use crate::models::page::content::{Facet, Facts, Faults, RefVisitor};
use crate::models::page::document::Head;
use crate::models::page::projection::{replace, update};
use crate::models::page::{Kind, PageId};
use crate::schema::{castings, drama_facts};
use crate::text::dates::PartialDate;
use crate::text::slug::slugify;

impl Facts for Drama {
    const ROWS: &'static [&'static str] = &["seasons", "credits", "cast"];

    fn visit_refs(&mut self, visit: &mut RefVisitor<'_>) {
        for (at, credit) in self.credits.iter_mut().enumerate() {
            if let Some(artist) = &mut credit.artist {
                visit(
                    &format!("credits[{at}].artist"),
                    credit.role.as_str(),
                    artist,
                );
            }
        }
        for (at, member) in self.cast.iter_mut().enumerate() {
            if let Some(artist) = &mut member.artist {
                visit(&format!("cast[{at}].artist"), "cast", artist);
            }
            if let Some(theme) = &mut member.theme {
                visit(&format!("cast[{at}].theme"), "theme", theme);
            }
        }
    }

    fn validate(&self, _head: &Head, faults: &mut Faults) {
        credit::check(&self.credits, faults);
        check_moods(&self.moods, "moods", faults);
        if let (Some(first), Some(last)) = (&self.first_aired, &self.last_aired)
            && last.year() < first.year()
        {
            faults.add(
                "last_aired",
                "The last episode cannot be older than the first.",
            );
        }
        for (at, member) in self.cast.iter().enumerate() {
            let path = format!("cast[{at}]");
            if member.character.is_empty() && member.artist.is_none() && member.text.is_empty() {
                faults.add(&path, "Give the character, the actor, or both.");
            }
            if member.artist.is_some() && !member.text.is_empty() {
                faults.add(
                    &path,
                    "Give the actor either as a page or as plain text, not both.",
                );
            }
            if member
                .theme
                .as_ref()
                .is_some_and(|theme| theme.kind != Kind::Song)
            {
                faults.add(format!("{path}.theme"), "A theme is a song.");
            }
        }
    }

    fn facets(&self) -> Vec<Facet> {
        let mut facets = Vec::new();
        if let Some(date) = &self.first_aired {
            facets.push(Facet::plain("year", date.year().to_string()));
        }
        for network in &self.networks {
            if let Some(slug) = slugify(network) {
                facets.push(Facet {
                    name: "network",
                    value: slug.to_string(),
                    label: network.clone(),
                });
            }
        }
        facets.extend(self.moods.iter().map(|mood| Facet::plain("mood", mood)));
        for genre in &self.genres {
            if let Some(slug) = slugify(genre) {
                facets.push(Facet {
                    name: "genre",
                    value: slug.to_string(),
                    label: genre.clone(),
                });
            }
        }
        for credit in self
            .credits
            .iter()
            .filter(|credit| credit.role == Role::MusicDirector && !credit.rank.is_refuted())
        {
            if let Some(id) = credit.artist.as_ref().and_then(PageRef::id) {
                facets.push(Facet::plain("director", id.to_string()));
            }
        }
        facets
    }

    fn credited(&self) -> BTreeSet<(PageId, Role)> {
        credit::credited(&self.credits).collect()
    }

    fn project(&self, before: Option<&Self>, conn: &mut Conn, page: PageId) -> QueryResult<()> {
        if before.is_none_or(|before| before.credits != self.credits) {
            let before = before.map(|before| before.credits.as_slice());
            credit::project(conn, page, before, &self.credits)?;
        }
        let row = self.row(page);
        if before.is_none_or(|before| before.row(page) != row) {
            replace!(conn, drama_facts.page_id = page, vec![row]);
        }
        if before.is_none_or(|before| before.cast != self.cast) {
            let before = before.map(|before| before.casting(page));
            update!(conn, castings.page_id = page, before => self.casting(page));
        }
        Ok(())
    }
}

impl Drama {
    fn casting(&self, page: PageId) -> Vec<Casting<'_>> {
        let cast = self.cast.iter().zip(0..);
        cast.map(|(member, position)| Casting {
            page_id: page,
            row_id: member.id,
            position,
            character: &member.character,
            character_ko: &member.character_ko,
            artist_id: member.artist.as_ref().and_then(PageRef::id),
            name: &member.text,
            part: member.part.map_or("", |part| part.as_str()),
        })
        .collect()
    }

    fn row(&self, page: PageId) -> DramaRow {
        let text = |date: &Option<PartialDate>| {
            let date = date.as_ref();
            date.map(ToString::to_string).unwrap_or_default()
        };
        DramaRow {
            page_id: page,
            first_aired: text(&self.first_aired),
            last_aired: text(&self.last_aired),
            episodes: self.episodes.map(i64::from),
            networks: self.networks.join(", "),
        }
    }
}

#[derive(PartialEq, Insertable)]
#[diesel(table_name = drama_facts)]
struct DramaRow {
    page_id: PageId,
    first_aired: String,
    last_aired: String,
    episodes: Option<i64>,
    networks: String,
}

#[derive(PartialEq, Insertable, AsChangeset)]
#[diesel(table_name = castings, primary_key(page_id, row_id), treat_none_as_null = true)]
struct Casting<'a> {
    page_id: PageId,
    row_id: i64,
    position: i64,
    character: &'a str,
    character_ko: &'a str,
    artist_id: Option<PageId>,
    name: &'a str,
    part: &'a str,
}

/// Every mood is one of the vocabulary.
pub fn check_moods(moods: &[String], path: &str, faults: &mut Faults) {
    for (at, slug) in moods.iter().enumerate() {
        if mood::find(slug).is_none() {
            let known: Vec<&str> = mood::ALL.iter().map(|mood| mood.slug).collect();
            faults.add(
                format!("{path}[{at}]"),
                format!(
                    "\"{slug}\" is no mood here. Use one of: {}.",
                    known.join(", ")
                ),
            );
        }
    }
}
