//! The cue sheet of one episode.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

use diesel::prelude::*;

use crate::db::{Conn, rows};
use crate::models::page::{Page, PageId};
use crate::models::rank::Rank;
use crate::models::song::listing::{self, SongItem};
use crate::schema::{cues, episode_songs};

/// An episode of a drama: `7`, or `s2e7` in a later season.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct EpisodeNumber {
    pub season: i64,
    pub episode: i64,
}

impl fmt::Display for EpisodeNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.season == 1 {
            write!(f, "{}", self.episode)
        } else {
            write!(f, "s{}e{}", self.season, self.episode)
        }
    }
}

impl FromStr for EpisodeNumber {
    type Err = ();

    /// Canonical spellings only: no leading zeros, so that one episode has one address.
    fn from_str(text: &str) -> Result<Self, ()> {
        let number = |text: &str| -> Result<i64, ()> {
            let good = (1..=3).contains(&text.len())
                && text.bytes().all(|b| b.is_ascii_digit())
                && !text.starts_with('0');
            if good {
                text.parse().map_err(|_not_digits| ())
            } else {
                Err(())
            }
        };
        match text.strip_prefix('s').and_then(|rest| rest.split_once('e')) {
            Some((season, episode)) => {
                let season = number(season)?;
                if season == 1 {
                    Err(())
                } else {
                    Ok(Self {
                        season,
                        episode: number(episode)?,
                    })
                }
            }
            None => Ok(Self {
                season: 1,
                episode: number(text)?,
            }),
        }
    }
}

impl EpisodeNumber {
    /// "Episode 7", or "Season 2, episode 7".
    pub fn label(self) -> String {
        if self.season == 1 {
            format!("Episode {}", self.episode)
        } else {
            format!("Season {}, episode {}", self.season, self.episode)
        }
    }
}

/// One line of the sheet.
#[derive(Debug, Clone, PartialEq, Queryable)]
pub struct SheetCue {
    pub song: PageId,
    pub row: i64,
    pub begin_s: Option<i64>,
    pub end_s: Option<i64>,
    pub part: String,
    pub cut: String,
    pub kind: String,
    pub description: String,
    /// JSON list.
    pub characters: String,
    /// JSON list of mood slugs.
    pub moods: String,
    pub spoiler: Option<i64>,
    pub certainty: String,
    pub rank: Rank,
}

/// What a cue sheet is made of.
#[derive(Debug, Clone)]
pub struct EpisodeView {
    pub drama: Page,
    pub number: EpisodeNumber,
    pub cues: Vec<SheetCue>,
    pub songs: BTreeMap<PageId, SongItem>,
    /// All episodes of which scenes are known, in order.
    pub known: Vec<EpisodeNumber>,
}

impl EpisodeView {
    /// Loads the sheet of an episode.
    pub fn load(conn: &mut Conn, drama: Page, number: EpisodeNumber) -> QueryResult<Self> {
        let cues: Vec<SheetCue> = rows!(
            conn,
            cues::table
                .filter(cues::drama_id.eq(drama.id))
                .filter(cues::season.eq(number.season))
                .filter(cues::episode.eq(number.episode))
                .filter(cues::rank.ne(Rank::Refuted))
                .order((cues::place, cues::page_id, cues::row_id))
                .select((
                    cues::page_id,
                    cues::row_id,
                    cues::begin_s,
                    cues::end_s,
                    cues::part,
                    cues::cut,
                    cues::cue_kind,
                    cues::description,
                    cues::characters,
                    cues::moods,
                    cues::spoiler,
                    cues::certainty,
                    cues::rank,
                ))
        )?;
        let ids: BTreeSet<PageId> = cues.iter().map(|cue| cue.song).collect();
        let ids: Vec<PageId> = ids.into_iter().collect();
        let songs = listing::of(conn, &ids)?
            .into_iter()
            .map(|song| (song.card.id, song))
            .collect();
        let known: Vec<(i64, i64)> = rows!(
            conn,
            episode_songs::table
                .filter(episode_songs::drama_id.eq(drama.id))
                .select((episode_songs::season, episode_songs::episode))
                .distinct()
                .order((episode_songs::season, episode_songs::episode))
        )?;
        let known = known
            .into_iter()
            .map(|(season, episode)| EpisodeNumber { season, episode })
            .collect();
        Ok(Self {
            drama,
            number,
            cues,
            songs,
            known,
        })
    }

    /// The cues sounding at a moment, in seconds; where none is, the one that began last before it.
    pub fn at(&self, second: i64) -> Vec<&SheetCue> {
        let sounding: Vec<&SheetCue> = self
            .cues
            .iter()
            .filter(|cue| matches!((cue.begin_s, cue.end_s), (Some(begin), Some(end)) if (begin..=end).contains(&second)))
            .collect();
        if !sounding.is_empty() {
            return sounding;
        }
        self.cues
            .iter()
            .rfind(|cue| cue.begin_s.is_some_and(|begin| begin <= second))
            .into_iter()
            .collect()
    }

    /// Whether the cue sounds at that moment.
    pub fn sounds(cue: &SheetCue, second: i64) -> bool {
        matches!((cue.begin_s, cue.end_s), (Some(begin), Some(end)) if (begin..=end).contains(&second))
    }

    /// Every page shown here.
    pub fn shown(&self) -> BTreeSet<PageId> {
        let mut ids = BTreeSet::from([self.drama.id]);
        for song in self.songs.values() {
            ids.extend(listing::shown(std::slice::from_ref(song)));
        }
        ids
    }
}
