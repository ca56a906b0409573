//! A song's rules and projection.

use std::collections::BTreeMap;

use diesel::prelude::*;
use serde_json::Value;

use crate::db::{Conn, both};
use crate::models::credit::{self, CreditPart};
use crate::models::cue::{Cue, MAX_DESCRIPTION};
use crate::models::drama::facts::check_moods;
use crate::models::link::PageRef;
use crate::models::page::content::{Facet, Facts, Faults, RefVisitor};
use crate::models::page::document::Head;
use crate::models::page::{Kind, PageId};
use crate::models::rank::Rank;
use crate::models::song::{Song, VersionKind};
use crate::schema::{artist_credits, cues, episode_songs, song_uses};

impl Facts for Song {
    const ROWS: &'static [&'static str] = &["uses", "versions", "credits", "cues"];

    fn visit_refs(&mut self, visit: &mut RefVisitor<'_>) {
        for (at, used) in self.uses.iter_mut().enumerate() {
            visit(&format!("uses[{at}].drama"), "use", &mut used.drama);
        }
        for (at, version) in self.versions.iter_mut().enumerate() {
            for (part_at, part) in version.credit.iter_mut().enumerate() {
                if let Some(artist) = &mut part.artist {
                    visit(
                        &format!("versions[{at}].credit[{part_at}].artist"),
                        "sings",
                        artist,
                    );
                }
            }
        }
        for (at, credit) in self.credits.iter_mut().enumerate() {
            if let Some(artist) = &mut credit.artist {
                visit(
                    &format!("credits[{at}].artist"),
                    credit.role.as_str(),
                    artist,
                );
            }
        }
        for (at, cue) in self.cues.iter_mut().enumerate() {
            visit(&format!("cues[{at}].drama"), "cue", &mut cue.drama);
        }
    }

    fn validate(&self, _head: &Head, faults: &mut Faults) {
        credit::check(&self.credits, faults);
        check_moods(&self.moods, "moods", faults);
        let versions: Vec<i64> = self.versions.iter().map(|version| version.id).collect();
        for (at, used) in self.uses.iter().enumerate() {
            check_drama(&used.drama, &format!("uses[{at}].drama"), faults);
        }
        for (at, version) in self.versions.iter().enumerate() {
            let path = format!("versions[{at}]");
            check_isrc(&version.isrc, &path, faults);
            for (part_at, part) in version.credit.iter().enumerate() {
                credit::check_who(
                    &format!("{path}.credit[{part_at}]"),
                    part.artist.as_ref(),
                    &part.text,
                    faults,
                );
            }
        }
        for (at, cue) in self.cues.iter().enumerate() {
            check_cue(cue, &format!("cues[{at}]"), &versions, faults);
        }
        for (at, credit) in self.credits.iter().enumerate() {
            if credit.version.is_some_and(|id| !versions.contains(&id)) {
                faults.add(
                    format!("credits[{at}].version"),
                    "There is no version with this number on the page.",
                );
            }
        }
    }

    fn facets(&self) -> Vec<Facet> {
        let mut facets: Vec<Facet> = self
            .moods
            .iter()
            .map(|mood| Facet::plain("mood", mood))
            .collect();
        let released = self
            .versions
            .iter()
            .filter(|version| version.kind != VersionKind::Original);
        if let Some(year) = released
            .filter_map(|version| version.released.as_ref())
            .map(|date| date.year())
            .min()
        {
            facets.push(Facet::plain("year", year.to_string()));
        }
        for used in self.uses.iter().filter(|used| !used.rank.is_refuted()) {
            if let Some(id) = used.drama.id() {
                facets.push(Facet::plain("drama", id.to_string()));
            }
            if let Some(role) = used.role {
                facets.push(Facet::plain("use", role.as_str()));
            }
        }
        if !self.remake_of.is_empty() {
            facets.push(Facet::plain("remake", "yes"));
        }
        if !self.cues.is_empty() {
            facets.push(Facet::plain("scenes", "yes"));
        }
        facets
    }

    fn project(&self, conn: &mut Conn, page: PageId) -> QueryResult<()> {
        credit::project(conn, page, &self.credits)?;
        self.project_uses(conn, page)?;
        self.project_versions(conn, page)?;
        self.project_cues(conn, page)
    }
}

impl Song {
    fn project_uses(&self, conn: &mut Conn, page: PageId) -> QueryResult<()> {
        let rows: Vec<UseRow<'_>> = self
            .uses
            .iter()
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
            .collect();
        both!(conn, c => diesel::insert_into(song_uses::table).values(&rows).execute(c))?;
        Ok(())
    }

    fn project_versions(&self, conn: &mut Conn, page: PageId) -> QueryResult<()> {
        let rows: Vec<PartRow<'_>> = self
            .versions
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
        both!(conn, c => diesel::insert_into(artist_credits::table).values(&rows).execute(c))?;
        Ok(())
    }

    fn project_cues(&self, conn: &mut Conn, page: PageId) -> QueryResult<()> {
        let mut episodes: BTreeMap<(PageId, i64, i64), (i64, i64)> = BTreeMap::new();
        let mut rows: Vec<CueRow<'_>> = Vec::with_capacity(self.cues.len());
        for cue in &self.cues {
            let (Some(drama), Some(episode)) = (cue.drama.id(), cue.episode) else {
                continue;
            };
            let season = i64::from(cue.season.unwrap_or(1));
            let place = cue.order();
            if !cue.rank.is_refuted() {
                let of_episode = episodes
                    .entry((drama, season, i64::from(episode)))
                    .or_insert((0, place));
                of_episode.0 += 1;
                of_episode.1 = of_episode.1.min(place);
            }
            rows.push(CueRow {
                page_id: page,
                row_id: cue.id,
                drama_id: drama,
                season,
                episode: i64::from(episode),
                place,
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
            });
        }
        both!(conn, c => diesel::insert_into(cues::table).values(&rows).execute(c))?;
        let rows: Vec<EpisodeSong> = episodes
            .into_iter()
            .map(
                |((drama_id, season, episode), (cues, first_place))| EpisodeSong {
                    drama_id,
                    season,
                    episode,
                    song_id: page,
                    cues,
                    first_place,
                },
            )
            .collect();
        both!(conn, c => diesel::insert_into(episode_songs::table).values(&rows).execute(c))?;
        Ok(())
    }
}

/// The name as printed: what the record says, else the plain text; nothing where the artist's own name is printed.
fn printed(part: &CreditPart) -> &str {
    if part.credited_as.is_empty() {
        &part.text
    } else {
        &part.credited_as
    }
}

fn check_drama(drama: &PageRef, path: &str, faults: &mut Faults) {
    if drama.kind != Kind::Drama {
        faults.add(path, "Name a drama here.");
    }
}

fn check_cue(cue: &Cue, path: &str, versions: &[i64], faults: &mut Faults) {
    check_drama(&cue.drama, &format!("{path}.drama"), faults);
    check_moods(&cue.moods, &format!("{path}.moods"), faults);
    if cue.description.chars().count() > MAX_DESCRIPTION {
        faults.add(
            format!("{path}.description"),
            format!("Tell the scene in at most {MAX_DESCRIPTION} characters."),
        );
    }
    if let (Some(begin), Some(end)) = (cue.begin, cue.end)
        && end.seconds() < begin.seconds()
    {
        faults.add(format!("{path}.end"), "The end comes before the beginning.");
    }
    if cue.begin.is_some() && cue.episode.is_none() {
        faults.add(format!("{path}.episode"), "A time needs its episode.");
    }
    if cue.version.is_some_and(|id| !versions.contains(&id)) {
        faults.add(
            format!("{path}.version"),
            "There is no version with this number on the page.",
        );
    }
}

/// ISRC: two letters, three letters or digits, seven digits (ISO 3901), written without hyphens.
fn check_isrc(isrc: &str, path: &str, faults: &mut Faults) {
    let good = isrc.len() == 12
        && isrc.chars().enumerate().all(|(at, c)| match at {
            0 | 1 => c.is_ascii_uppercase(),
            2..=4 => c.is_ascii_uppercase() || c.is_ascii_digit(),
            _ => c.is_ascii_digit(),
        });
    if !isrc.is_empty() && !good {
        faults.add(
            format!("{path}.isrc"),
            "An ISRC is written like KRA491600937, without hyphens.",
        );
    }
}

#[derive(Insertable)]
#[diesel(table_name = song_uses)]
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

#[derive(Insertable)]
#[diesel(table_name = cues)]
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

#[derive(Insertable)]
#[diesel(table_name = episode_songs)]
struct EpisodeSong {
    drama_id: PageId,
    season: i64,
    episode: i64,
    song_id: PageId,
    cues: i64,
    first_place: i64,
}
