//! An album's rules and projection.

use diesel::prelude::*;

use crate::db::Conn;
use crate::models::album::{Album, AlbumKind};
use crate::models::link::PageRef;
use crate::models::page::content::{Facet, Facts, Faults, RefVisitor};
use crate::models::page::document::Head;
use crate::models::page::projection::{replace, update};
use crate::models::page::{Kind, PageId};
use crate::schema::{album_facts, tracks};

impl Facts for Album {
    const ROWS: &'static [&'static str] = &["tracks"];

    fn visit_refs(&mut self, visit: &mut RefVisitor<'_>) {
        if let Some(drama) = &mut self.drama {
            visit("drama", "album", drama);
        }
        for (at, track) in self.tracks.iter_mut().enumerate() {
            if let Some(song) = &mut track.song {
                visit(&format!("tracks[{at}].song"), "track", song);
            }
        }
    }

    fn validate(&self, _head: &Head, faults: &mut Faults) {
        if self
            .drama
            .as_ref()
            .is_some_and(|drama| drama.kind != Kind::Drama)
        {
            faults.add("drama", "Name a drama here.");
        }
        let hour = self
            .time
            .split_once(':')
            .map(|(hour, minute)| (hour.parse::<u8>(), minute.parse::<u8>()));
        if !self.time.is_empty() && !matches!(hour, Some((Ok(0..=23), Ok(0..=59)))) {
            faults.add("time", "Give the hour in Korea as 18:00.");
        }
        for (at, track) in self.tracks.iter().enumerate() {
            let path = format!("tracks[{at}]");
            match &track.song {
                None if track.title.is_empty() => {
                    faults.add(&path, "Name the song, or give the printed title.")
                }
                Some(song) if song.kind != Kind::Song => {
                    faults.add(format!("{path}.song"), "Name a song here.")
                }
                _ => {}
            }
        }
    }

    fn facets(&self) -> Vec<Facet> {
        let mut facets = vec![Facet::plain("type", self.kind.as_str())];
        if let Some(date) = &self.date {
            facets.push(Facet::plain("year", date.year().to_string()));
        }
        if let Some(id) = self.drama.as_ref().and_then(PageRef::id) {
            facets.push(Facet::plain("drama", id.to_string()));
        }
        facets
    }

    fn project(&self, before: Option<&Self>, conn: &mut Conn, page: PageId) -> QueryResult<()> {
        let row = self.row(page);
        if before.is_none_or(|before| before.row(page) != row) {
            replace!(conn, album_facts.page_id = page, vec![row]);
        }
        if before.is_none_or(|before| before.tracks != self.tracks) {
            let before = before.map(|before| before.track_rows(page));
            update!(conn, tracks.page_id = page, before => self.track_rows(page));
        }
        Ok(())
    }
}

impl Album {
    fn track_rows(&self, page: PageId) -> Vec<TrackRow<'_>> {
        self.tracks
            .iter()
            .zip(1..)
            .filter(|(track, _)| !track.rank.is_refuted())
            .map(|(track, place)| TrackRow {
                page_id: page,
                row_id: track.id,
                place: match track.position {
                    0 => place,
                    printed => i64::from(printed),
                },
                song_id: track.song.as_ref().and_then(PageRef::id),
                version_id: track.version,
                title: &track.title,
            })
            .collect()
    }

    fn row(&self, page: PageId) -> AlbumRow<'_> {
        AlbumRow {
            page_id: page,
            drama_id: self.drama.as_ref().and_then(PageRef::id),
            album_kind: self.kind,
            part: &self.part,
            place: self.order,
            release_date: self
                .date
                .as_ref()
                .map(ToString::to_string)
                .unwrap_or_default(),
            label: &self.label,
        }
    }
}

#[derive(PartialEq, Insertable)]
#[diesel(table_name = album_facts)]
struct AlbumRow<'a> {
    page_id: PageId,
    drama_id: Option<PageId>,
    album_kind: AlbumKind,
    part: &'a str,
    place: i64,
    release_date: String,
    label: &'a str,
}

#[derive(PartialEq, Insertable, AsChangeset)]
#[diesel(table_name = tracks, primary_key(page_id, row_id), treat_none_as_null = true)]
struct TrackRow<'a> {
    page_id: PageId,
    row_id: i64,
    place: i64,
    song_id: Option<PageId>,
    version_id: Option<i64>,
    title: &'a str,
}
