//! The episodes of a drama's page: the songs heard in them and the scenes that somebody described.

use diesel::prelude::*;

use crate::db::{Conn, rows};
use crate::models::page::PageId;
use crate::models::rank::Rank;
use crate::schema::{cues, episode_songs};

/// Most described scenes on a drama's page; the cue sheets of its episodes have them all.
pub const MOST_SCENES: i64 = 60;
/// Most lines of the table of episodes and songs.
const MOST_EPISODE_SONGS: i64 = 600;

/// One song in one episode.
#[derive(Debug, Clone, PartialEq)]
pub struct EpisodeSong {
    pub song: PageId,
    /// How often it is heard.
    pub cues: i64,
}

/// One episode of which scenes are known.
#[derive(Debug, Clone, PartialEq)]
pub struct EpisodeItem {
    pub season: i64,
    pub episode: i64,
    pub songs: Vec<EpisodeSong>,
    pub scenes: Vec<Scene>,
}

/// One scene that somebody described.
#[derive(Debug, Clone, PartialEq, Queryable)]
pub struct Scene {
    pub song: PageId,
    pub row: i64,
    pub begin_s: Option<i64>,
    pub part: String,
    pub description: String,
    pub spoiler: Option<i64>,
}

/// Season and episode, and what happens there.
type SceneRow = ((i64, i64), Scene);

/// The episodes of which scenes are known, with their songs and the described scenes.
pub(super) fn episodes(conn: &mut Conn, drama: PageId) -> QueryResult<Vec<EpisodeItem>> {
    let mut episodes: Vec<EpisodeItem> = Vec::new();
    for (season, episode, song, cues) in heard(conn, drama)? {
        let song = EpisodeSong { song, cues };
        match episodes
            .last_mut()
            .filter(|last| (last.season, last.episode) == (season, episode))
        {
            Some(last) => last.songs.push(song),
            None => episodes.push(EpisodeItem {
                season,
                episode,
                songs: vec![song],
                scenes: Vec::new(),
            }),
        }
    }
    for ((season, episode), scene) in described(conn, drama)? {
        if let Some(item) = episodes
            .iter_mut()
            .find(|item| (item.season, item.episode) == (season, episode))
        {
            item.scenes.push(scene);
        }
    }
    Ok(episodes)
}

/// Season, episode, song, and how often it is heard there; in the order of the episodes.
fn heard(conn: &mut Conn, drama: PageId) -> QueryResult<Vec<(i64, i64, PageId, i64)>> {
    rows!(
        conn,
        episode_songs::table
            .filter(episode_songs::drama_id.eq(drama))
            .order((
                episode_songs::season,
                episode_songs::episode,
                episode_songs::first_place,
                episode_songs::song_id,
            ))
            .limit(MOST_EPISODE_SONGS)
            .select((
                episode_songs::season,
                episode_songs::episode,
                episode_songs::song_id,
                episode_songs::cues,
            ))
    )
}

/// The scenes with a description, in the order they are heard; refuted ones left out.
fn described(conn: &mut Conn, drama: PageId) -> QueryResult<Vec<SceneRow>> {
    rows!(
        conn,
        cues::table
            .filter(cues::drama_id.eq(drama))
            .filter(cues::description.ne(""))
            .filter(cues::rank.ne(Rank::Refuted))
            .order((
                cues::season,
                cues::episode,
                cues::place,
                cues::page_id,
                cues::row_id,
            ))
            .limit(MOST_SCENES)
            .select((
                (cues::season, cues::episode),
                (
                    cues::page_id,
                    cues::row_id,
                    cues::begin_s,
                    cues::part,
                    cues::description,
                    cues::spoiler,
                ),
            ))
    )
}
