//! What became of a song, as its page lists it: the dramas it is used in, and its versions with who sings them.

use crate::models::page::card::Cards;
use crate::models::page::document::Head;
use crate::models::song::{SongUse, Version};
use crate::routes::pages::evidence::{self, Cite, Who};

/// A drama the song is used in.
pub struct UseLine<'a> {
    pub drama: Who,
    pub used: &'a SongUse,
    pub cites: Vec<Cite>,
}

/// A version with its printed credit.
pub struct VersionLine<'a> {
    pub version: &'a Version,
    pub credit: Vec<(Who, &'a str)>,
    pub cites: Vec<Cite>,
}

/// The dramas the song is used in, or those it is wrongly said to be used in.
pub fn uses<'a>(
    head: &Head,
    cards: &Cards,
    uses: &'a [SongUse],
    is_refuted: bool,
) -> Vec<UseLine<'a>> {
    uses.iter()
        .filter(|used| used.rank.is_refuted() == is_refuted)
        .map(|used| UseLine {
            drama: evidence::who(cards, Some(&used.drama), "", ""),
            cites: evidence::cites(head, &used.sources),
            used,
        })
        .collect()
}

/// The versions in order; refuted ones left out.
pub fn versions<'a>(head: &Head, cards: &Cards, versions: &'a [Version]) -> Vec<VersionLine<'a>> {
    versions
        .iter()
        .filter(|version| !version.rank.is_refuted())
        .map(|version| VersionLine {
            credit: version
                .credit
                .iter()
                .map(|part| {
                    let who =
                        evidence::who(cards, part.artist.as_ref(), &part.text, &part.credited_as);
                    (who, part.join.as_str())
                })
                .collect(),
            cites: evidence::cites(head, &version.sources),
            version,
        })
        .collect()
}

/// The artist credit of the main version, the first, as plain text.
pub fn by(versions: &[VersionLine<'_>]) -> String {
    versions
        .first()
        .map(|line| {
            line.credit
                .iter()
                .map(|(who, join)| format!("{}{join}", who.name))
                .collect()
        })
        .unwrap_or_default()
}
