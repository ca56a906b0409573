//! The scenes of a song's page.

use crate::models::cue::Cue;
use crate::models::drama::episode::EpisodeNumber;
use crate::models::page::PageId;
use crate::models::page::card::Cards;
use crate::models::page::document::Head;
use crate::routes::pages::evidence::{self, Cite, Who};

/// Most scenes of one drama listed on a song's page; a main theme can have hundreds, and the cue sheets list them all.
const MOST_SCENES: usize = 100;

/// The scenes of one drama.
pub struct HeardIn<'a> {
    pub drama: Who,
    pub scenes: Vec<SceneLine<'a>>,
    /// How many are not listed here.
    pub more: usize,
}

/// One scene.
pub struct SceneLine<'a> {
    pub cue: &'a Cue,
    /// Address of the episode's cue sheet.
    pub sheet: Option<String>,
    pub cites: Vec<Cite>,
}

impl SceneLine<'_> {
    /// "Episode 7", or nothing.
    pub fn episode(&self) -> Option<String> {
        let number = EpisodeNumber {
            season: i64::from(self.cue.season.unwrap_or(1)),
            episode: i64::from(self.cue.episode?),
        };
        Some(number.label())
    }
}

/// Scenes by drama, in the order of the episodes; refuted ones left out.
pub fn heard_in<'a>(head: &Head, cards: &Cards, cues: &'a [Cue]) -> Vec<HeardIn<'a>> {
    let mut sorted: Vec<&Cue> = cues.iter().filter(|cue| !cue.rank.is_refuted()).collect();
    sorted.sort_by_key(|cue| {
        (
            cue.season.unwrap_or(1),
            cue.episode.unwrap_or(u16::MAX),
            cue.order(),
            cue.id,
        )
    });
    let mut heard: Vec<(PageId, HeardIn<'a>)> = Vec::new();
    for cue in sorted {
        let card = cards.of(Some(&cue.drama));
        let id = cue.drama.id().unwrap_or(0);
        let scene = SceneLine {
            cue,
            sheet: card.and_then(|card| sheet(&card.href(), cue)),
            cites: evidence::cites(head, &cue.sources),
        };
        match heard.iter_mut().find(|(drama, _)| *drama == id) {
            Some((_, of_drama)) if of_drama.scenes.len() == MOST_SCENES => of_drama.more += 1,
            Some((_, of_drama)) => of_drama.scenes.push(scene),
            None => heard.push((
                id,
                HeardIn {
                    drama: evidence::who(cards, Some(&cue.drama), "", ""),
                    scenes: vec![scene],
                    more: 0,
                },
            )),
        }
    }
    heard.into_iter().map(|(_, of_drama)| of_drama).collect()
}

/// Address of the cue's place on the sheet of its episode.
fn sheet(drama: &str, cue: &Cue) -> Option<String> {
    let episode = cue.episode?;
    let number = EpisodeNumber {
        season: i64::from(cue.season.unwrap_or(1)),
        episode: i64::from(episode),
    };
    Some(format!("{drama}/episodes/{number}"))
}
