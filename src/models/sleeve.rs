//! What the sleeve art of a page is drawn from.

use std::collections::BTreeMap;

use diesel::prelude::*;

use crate::db::{Conn, rows};
use crate::models::album::Album;
use crate::models::drama::Drama;
use crate::models::page::document::KindFacts;
use crate::models::page::revision::Revision;
use crate::models::page::{Kind, Page, PageId, State};
use crate::schema::episode_songs;

/// Most episodes counted: more than any sleeve has room for.
const MOST_EPISODES: usize = 60;

/// The facts a sleeve shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SleeveFacts {
    pub kind: Kind,
    /// English name; for an album that of its drama, so that the releases of a soundtrack look like a series.
    pub title: String,
    /// Korean name, or nothing.
    pub native: String,
    pub moods: Vec<String>,
    /// Cues of each episode of a drama, seconds of each track of an album.
    pub marks: Vec<u16>,
    /// Number of the Part.
    pub number: Option<u16>,
    /// Every page they were taken from.
    pub shown: Vec<PageId>,
}

impl SleeveFacts {
    /// Of the live page at this address.
    pub fn load(conn: &mut Conn, kind: Kind, slug: &str) -> QueryResult<Option<Self>> {
        let Some(page) = Page::at(conn, kind, slug)?.filter(|page| page.state == State::Live)
        else {
            return Ok(None);
        };
        let Some(facts) = facts(conn, &page)? else {
            return Ok(None);
        };
        let mut sleeve = Self::plain(&page);
        match facts {
            KindFacts::Drama(drama) => {
                sleeve.marks = cues_by_episode(conn, page.id, &drama)?;
                sleeve.moods = drama.moods;
            }
            KindFacts::Song(song) => sleeve.moods = song.moods,
            KindFacts::Album(album) => sleeve.take_album(conn, &album)?,
            KindFacts::Artist(_) | KindFacts::Article(_) => {}
        }
        Ok(Some(sleeve))
    }

    fn plain(page: &Page) -> Self {
        Self {
            kind: page.kind,
            title: page.title.clone(),
            native: page.native.clone(),
            moods: Vec::new(),
            marks: Vec::new(),
            number: None,
            shown: vec![page.id],
        }
    }

    /// An album looks like its drama and counts its tracks.
    fn take_album(&mut self, conn: &mut Conn, album: &Album) -> QueryResult<()> {
        self.number = part_number(&album.part);
        self.marks = seconds_by_track(album);
        let Some(id) = album.drama.as_ref().and_then(|drama| drama.id()) else {
            return Ok(());
        };
        self.shown.push(id);
        let Some(drama) = Page::find(conn, id)?.filter(|drama| drama.state == State::Live) else {
            return Ok(());
        };
        if let Some(KindFacts::Drama(facts)) = facts(conn, &drama)? {
            self.moods = facts.moods;
        }
        self.title = drama.title;
        self.native = drama.native;
        Ok(())
    }
}

fn facts(conn: &mut Conn, page: &Page) -> QueryResult<Option<KindFacts>> {
    let Some(revision) = Revision::latest(conn, page)? else {
        return Ok(None);
    };
    Ok(Some(revision.document(page.kind)?.facts))
}

/// How many cues are known of each episode of the first season; nothing when none are.
fn cues_by_episode(conn: &mut Conn, page: PageId, drama: &Drama) -> QueryResult<Vec<u16>> {
    let rows: Vec<(i64, i64)> = rows!(
        conn,
        episode_songs::table
            .filter(episode_songs::drama_id.eq(page))
            .filter(episode_songs::season.eq(1))
            .order((episode_songs::episode, episode_songs::song_id))
            .select((episode_songs::episode, episode_songs::cues))
    )?;
    let mut counts: BTreeMap<usize, i64> = BTreeMap::new();
    for (episode, cues) in rows {
        *counts
            .entry(usize::try_from(episode).unwrap_or(0))
            .or_default() += cues;
    }
    let Some(last) = counts.keys().copied().max() else {
        return Ok(Vec::new());
    };
    let episodes = drama
        .episodes
        .map_or(last, usize::from)
        .max(last)
        .min(MOST_EPISODES);
    let count = |episode: usize| {
        counts
            .get(&episode)
            .map_or(0, |cues| u16::try_from(*cues).unwrap_or(u16::MAX))
    };
    Ok((1..=episodes).map(count).collect())
}

/// The seconds of each track; where a length is unknown, all tracks count alike.
fn seconds_by_track(album: &Album) -> Vec<u16> {
    let tracks = album.tracks.iter().filter(|track| !track.rank.is_refuted());
    let lengths: Option<Vec<u16>> = tracks
        .clone()
        .map(|track| Some(u16::try_from(track.length?.seconds()).unwrap_or(u16::MAX)))
        .collect();
    lengths.unwrap_or_else(|| tracks.map(|_| 1).collect())
}

/// The number a part ends in: 9 of "Part 9", 2 of "Special Track Vol. 2".
fn part_number(part: &str) -> Option<u16> {
    part.split_whitespace().last()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::part_number;

    #[test]
    fn the_number_of_a_part_is_the_one_at_its_end() {
        assert_eq!(part_number("Part 9"), Some(9));
        assert_eq!(part_number("10th anniversary Part 2"), Some(2));
        assert_eq!(part_number("OST"), None);
        assert_eq!(part_number("F4 Special Edition"), None);
        assert_eq!(part_number(""), None);
    }
}
