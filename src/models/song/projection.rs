//! The rows a song is found by: its uses, its artist credits and its scenes, taken from the latest revision.

use std::collections::BTreeMap;

use diesel::prelude::*;
use serde_json::Value;

use crate::db::Conn;
use crate::models::credit::CreditPart;
use crate::models::cue::Cue;
use crate::models::link::PageRef;
use crate::models::page::PageId;
use crate::models::page::projection::{replace, update};
use crate::models::rank::Rank;
use crate::models::song::{SongUse, Version, VersionKind};
use crate::schema::{artist_credits, cues, episode_songs, song_uses};

#[derive(PartialEq, Insertable, AsChangeset)]
#[diesel(table_name = song_uses, primary_key(page_id, row_id), treat_none_as_null = true)]
struct UseRow<'a> {
    page_id: PageId,
    row_id: i64,
    position: i64,
    drama_id: PageId,
    role: &'a str,
    about: &'a str,
    note: &'a str,
    rank: Rank,
    reason: &'a str,
    is_unverified: bool,
}

#[derive(Insertable)]
#[diesel(table_name = artist_credits)]
struct PartRow<'a> {
    page_id: PageId,
    version_id: i64,
    position: i64,
    version_kind: VersionKind,
    artist_id: Option<PageId>,
    name: &'a str,
    join_phrase: &'a str,
    is_unverified: bool,
}

#[derive(PartialEq, Insertable, AsChangeset)]
#[diesel(table_name = cues, primary_key(page_id, row_id), treat_none_as_null = true)]
struct CueRow<'a> {
    page_id: PageId,
    row_id: i64,
    drama_id: PageId,
    season: i64,
    episode: i64,
    place: i64,
    begin_s: Option<i64>,
    end_s: Option<i64>,
    part: &'a str,
    cut: &'a str,
    version_id: Option<i64>,
    cue_kind: &'a str,
    description: &'a str,
    characters: String,
    moods: String,
    spoiler: Option<i64>,
    certainty: &'a str,
    rank: Rank,
}

#[derive(PartialEq, Insertable)]
#[diesel(table_name = episode_songs)]
struct EpisodeSong {
    drama_id: PageId,
    season: i64,
    episode: i64,
    song_id: PageId,
    cues: i64,
    first_place: i64,
}

/// Writes the dramas the song is used in, in place of those that are there.
pub(super) fn project_uses(
    conn: &mut Conn,
    page: PageId,
    before: Option<&[SongUse]>,
    uses: &[SongUse],
) -> QueryResult<()> {
    let before = before.map(|uses| use_rows(page, uses));
    update!(conn, song_uses.page_id = page, before => use_rows(page, uses));
    Ok(())
}

fn use_rows(page: PageId, uses: &[SongUse]) -> Vec<UseRow<'_>> {
    uses.iter()
        .zip(0..)
        .filter_map(|(used, position)| {
            Some(UseRow {
                page_id: page,
                row_id: used.id,
                position,
                drama_id: used.drama.id()?,
                role: used.role.map_or("", |role| role.as_str()),
                about: &used.about,
                note: &used.note,
                rank: used.rank,
                reason: &used.reason,
                is_unverified: used.unverified,
            })
        })
        .collect()
}

/// Writes the artist credits of the versions; refuted ones are left out.
pub(super) fn project_versions(
    conn: &mut Conn,
    page: PageId,
    versions: &[Version],
) -> QueryResult<()> {
    let rows: Vec<PartRow<'_>> = versions
        .iter()
        .filter(|version| !version.rank.is_refuted())
        .flat_map(|version| {
            version
                .credit
                .iter()
                .zip(0..)
                .map(|(part, position)| PartRow {
                    page_id: page,
                    version_id: version.id,
                    position,
                    version_kind: version.kind,
                    artist_id: part.artist.as_ref().and_then(PageRef::id),
                    name: printed(part),
                    join_phrase: &part.join,
                    is_unverified: version.unverified,
                })
        })
        .collect();
    replace!(conn, artist_credits.page_id = page, rows);
    Ok(())
}

/// Writes the scenes of which the episode is known, and how often the song is heard in each episode, in place of those that are there.
pub(super) fn project_cues(
    conn: &mut Conn,
    page: PageId,
    before: Option<&[Cue]>,
    scenes: &[Cue],
) -> QueryResult<()> {
    let heard = heard(page, scenes);
    if before.is_none_or(|before| self::heard(page, before) != heard) {
        replace!(conn, episode_songs.song_id = page, heard);
    }
    let before = before.map(|scenes| cue_rows(page, scenes));
    update!(conn, cues.page_id = page, before => cue_rows(page, scenes));
    Ok(())
}

/// Drama, season and episode of a scene, where they are known.
fn episode(cue: &Cue) -> Option<(PageId, i64, i64)> {
    let season = i64::from(cue.season.unwrap_or(1));
    Some((cue.drama.id()?, season, i64::from(cue.episode?)))
}

fn heard(page: PageId, scenes: &[Cue]) -> Vec<EpisodeSong> {
    let mut episodes: BTreeMap<(PageId, i64, i64), (i64, i64)> = BTreeMap::new();
    for cue in scenes.iter().filter(|cue| !cue.rank.is_refuted()) {
        let Some(episode) = episode(cue) else {
            continue;
        };
        let place = cue.order();
        let of_episode = episodes.entry(episode).or_insert((0, place));
        of_episode.0 += 1;
        of_episode.1 = of_episode.1.min(place);
    }
    let row = |((drama_id, season, episode), (cues, first_place))| EpisodeSong {
        drama_id,
        season,
        episode,
        song_id: page,
        cues,
        first_place,
    };
    episodes.into_iter().map(row).collect()
}

fn cue_rows(page: PageId, scenes: &[Cue]) -> Vec<CueRow<'_>> {
    scenes
        .iter()
        .filter_map(|cue| {
            let (drama_id, season, episode) = episode(cue)?;
            Some(CueRow {
                page_id: page,
                row_id: cue.id,
                drama_id,
                season,
                episode,
                place: cue.order(),
                begin_s: cue.begin.map(|time| i64::from(time.seconds())),
                end_s: cue.end.map(|time| i64::from(time.seconds())),
                part: cue.part.map_or("", |part| part.as_str()),
                cut: &cue.cut,
                version_id: cue.version,
                cue_kind: cue.kind.map_or("", |kind| kind.as_str()),
                description: &cue.description,
                characters: Value::from(cue.characters.as_slice()).to_string(),
                moods: Value::from(cue.moods.as_slice()).to_string(),
                spoiler: cue.spoiler.map(i64::from),
                certainty: cue.certainty.map_or("", |certainty| certainty.as_str()),
                rank: cue.rank,
            })
        })
        .collect()
}

/// The name as printed: what the record says, else the plain text; nothing where the artist's own name is printed.
fn printed(part: &CreditPart) -> &str {
    if part.credited_as.is_empty() {
        &part.text
    } else {
        &part.credited_as
    }
}
