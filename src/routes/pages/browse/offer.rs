//! The filters an index offers: links with counts, and nothing that leads to nothing.

use crate::models::mood;
use crate::models::page::browse::Browse;
use crate::models::page::index::{self, Tally};
use crate::models::page::projection::LETTERS;

use super::Index;

/// Longer lists are folded.
const FOLDED_FROM: usize = 15;

/// The letters of the Korean index.
const INITIALS: [&str; 14] = [
    "ㄱ", "ㄴ", "ㄷ", "ㄹ", "ㅁ", "ㅂ", "ㅅ", "ㅇ", "ㅈ", "ㅊ", "ㅋ", "ㅌ", "ㅍ", "ㅎ",
];

/// A filter an index offers.
pub struct Offer {
    pub facet: &'static str,
    /// Heading of its values; filters with the same heading stand under it together.
    pub legend: &'static str,
    /// A value for readers, from its word and its label.
    pub words: fn(&str, &str) -> String,
    /// The page's heading under the filter, from the value for readers.
    pub heading: fn(&str) -> String,
}

/// The label, or the word itself where there is none.
pub fn label(word: &str, label: &str) -> String {
    if label.is_empty() {
        word.to_owned()
    } else {
        label.to_owned()
    }
}

/// The name of a mood.
pub fn mood_name(word: &str, _: &str) -> String {
    mood::find(word).map_or_else(|| word.to_owned(), |mood| mood.name.to_owned())
}

/// "a longing mood", "an ominous mood".
pub fn mood_words(name: &str) -> String {
    let article = if name.starts_with(['A', 'E', 'I', 'O', 'U']) {
        "an"
    } else {
        "a"
    };
    format!("{article} {} mood", name.to_lowercase())
}

/// Values of a filter under one heading.
pub struct Group {
    pub legend: &'static str,
    pub choices: Vec<Choice>,
    /// There are more values than these.
    pub is_cut: bool,
    pub is_folded: bool,
    pub has_current: bool,
}

/// One value.
pub struct Choice {
    pub href: String,
    pub words: String,
    pub count: i64,
    pub is_current: bool,
}

/// A letter, with a link where pages begin with it.
pub struct Letter {
    pub letter: &'static str,
    pub href: Option<String>,
    pub is_current: bool,
}

/// The two rows of letters.
pub(super) fn letters<R>(
    index: &Index,
    found: &Browse<R>,
    wanted: bool,
) -> (Vec<Letter>, Vec<Letter>) {
    let row =
        |facet: &'static str, letters: &mut dyn Iterator<Item = &'static str>| -> Vec<Letter> {
            if !wanted || !found.tallies.iter().any(|(name, _)| name == facet) {
                return Vec::new();
            }
            letters
                .map(|letter| Letter {
                    letter,
                    href: found
                        .tallies
                        .iter()
                        .any(|(name, tally)| name == facet && tally.value == letter)
                        .then(|| index.href(facet, letter)),
                    is_current: found
                        .applied
                        .as_ref()
                        .is_some_and(|now| now.facet == facet && now.address == letter),
                })
                .collect()
        };
    (
        row("letter", &mut LETTERS.into_iter().chain(["#"])),
        row("initial", &mut INITIALS.into_iter()),
    )
}

/// The values of the other filters, group by group.
pub(super) fn groups<R>(of: &Index, found: &Browse<R>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for offer in of.offers {
        let mut tallies: Vec<&Tally> = found
            .tallies
            .iter()
            .filter(|(name, _)| name == offer.facet)
            .map(|(_, tally)| tally)
            .collect();
        if tallies.is_empty() {
            continue;
        }
        let is_cut =
            index::names_page(offer.facet) && i64::try_from(tallies.len()) == Ok(index::MOST_NAMED);
        arrange(offer.facet, &mut tallies);
        let is_current = |tally: &Tally| {
            found
                .applied
                .as_ref()
                .is_some_and(|now| now.facet == offer.facet && now.address == tally.address)
        };
        let choices = tallies.into_iter().map(|tally| Choice {
            href: of.href(offer.facet, &tally.address),
            words: (offer.words)(&tally.value, &tally.label),
            count: tally.pages,
            is_current: is_current(tally),
        });
        match groups
            .last_mut()
            .filter(|group| group.legend == offer.legend)
        {
            Some(group) => group.choices.extend(choices),
            None => groups.push(Group {
                legend: offer.legend,
                choices: choices.collect(),
                is_cut,
                is_folded: false,
                has_current: false,
            }),
        }
    }
    for group in &mut groups {
        group.is_folded = group.choices.len() >= FOLDED_FROM;
        group.has_current = group.choices.iter().any(|choice| choice.is_current);
    }
    // A filter that everything passes narrows nothing.
    groups.retain(|group| {
        group.has_current
            || group.choices.len() > 1
            || group.choices.iter().any(|choice| choice.count < found.all)
    });
    groups
}

/// Years run backwards, moods as in their vocabulary, dramas by name; of the rest the most frequent come first.
fn arrange(facet: &str, tallies: &mut [&Tally]) {
    match facet {
        "year" => tallies.sort_by(|a, b| b.value.cmp(&a.value)),
        "mood" => {
            tallies.sort_by_key(|tally| mood::ALL.iter().position(|mood| mood.slug == tally.value))
        }
        "drama" => tallies.sort_by_key(|tally| (tally.label.to_lowercase(), tally.address.clone())),
        _ => tallies.sort_by_key(|tally| {
            (
                std::cmp::Reverse(tally.pages),
                tally.label.to_lowercase(),
                tally.value.clone(),
            )
        }),
    }
}
