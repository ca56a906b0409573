//! What an artist did, as the page lists it: songs under their dramas, dramas with their part in them, and what to call somebody
//! who did all that.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::models::artist::ArtistType;
use crate::models::artist::show::ArtistView;
use crate::models::artist::works::WorkItem;
use crate::models::credit::Role;
use crate::models::page::PageId;
use crate::models::page::card::Card;
use crate::models::song::listing::SongItem;

/// Songs of one drama, or of none.
pub struct Group<'a> {
    pub drama: Option<&'a Card>,
    pub year: Option<&'a str>,
    pub songs: Vec<Line<'a>>,
}

/// One song.
pub struct Line<'a> {
    pub song: &'a SongItem,
    /// "music, lyrics".
    pub roles: String,
    pub through: Option<&'a Card>,
    pub is_claim: bool,
    /// Further dramas it is used in.
    pub also: Vec<&'a Card>,
}

/// One drama and the artist's part in it.
pub struct DramaLine<'a> {
    pub card: &'a Card,
    pub year: Option<&'a str>,
    /// "music director".
    pub roles: String,
    pub characters: &'a [String],
    pub songs: usize,
}

/// The year a drama began, where it is known.
fn year(view: &ArtistView, drama: PageId) -> Option<&str> {
    view.aired.get(&drama).and_then(|date| date.get(..4))
}

/// Newest first, those without a date last.
fn place<'a>(view: &'a ArtistView, drama: &'a Card) -> (Reverse<&'a str>, &'a str, PageId) {
    let date = view
        .aired
        .get(&drama.id)
        .map(String::as_str)
        .unwrap_or_default();
    (Reverse(date), &drama.title, drama.id)
}

/// Every song once, under the newest of its dramas; songs of no drama come last.
pub fn by_drama(view: &ArtistView) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for work in &view.works {
        let mut dramas: Vec<&Card> = work.song.uses.iter().map(|used| &used.drama).collect();
        dramas.sort_by_key(|drama| place(view, drama));
        dramas.dedup_by_key(|drama| drama.id);
        let mut dramas = dramas.into_iter();
        let first = dramas.next();
        let line = Line {
            song: &work.song,
            roles: roles(view, work),
            through: work.through.as_ref(),
            is_claim: work.is_claim,
            also: dramas.collect(),
        };
        match groups
            .iter_mut()
            .find(|group| group.drama.map(|drama| drama.id) == first.map(|drama| drama.id))
        {
            Some(group) => group.songs.push(line),
            None => groups.push(Group {
                drama: first,
                year: first.and_then(|drama| year(view, drama.id)),
                songs: vec![line],
            }),
        }
    }
    groups.sort_by_key(|group| {
        (
            group.drama.is_none(),
            group.drama.map(|drama| place(view, drama)),
        )
    });
    groups
}

/// The dramas of songs, roles and parts played, newest first.
pub fn dramas(view: &ArtistView) -> Vec<DramaLine<'_>> {
    let mut lines: BTreeMap<PageId, DramaLine<'_>> = BTreeMap::new();
    for item in &view.dramas {
        let line = DramaLine {
            card: &item.card,
            year: year(view, item.card.id),
            roles: words(item.roles.iter().copied()),
            characters: &item.characters,
            songs: 0,
        };
        lines.insert(item.card.id, line);
    }
    for work in &view.works {
        let used: BTreeMap<PageId, &Card> = work
            .song
            .uses
            .iter()
            .map(|used| (used.drama.id, &used.drama))
            .collect();
        for (id, card) in used {
            let empty = || DramaLine {
                card,
                year: year(view, id),
                roles: String::new(),
                characters: &[],
                songs: 0,
            };
            lines.entry(id).or_insert_with(empty).songs += 1;
        }
    }
    let mut lines: Vec<DramaLine<'_>> = lines.into_values().collect();
    lines.sort_by_key(|line| place(view, line.card));
    lines
}

/// The roles of a song's row. Who sang only a version that lists do not name the song by is told so.
fn roles(view: &ArtistView, work: &WorkItem) -> String {
    let acts = [Some(view.page.id), work.through.as_ref().map(|act| act.id)];
    let is_main = work
        .song
        .credit
        .iter()
        .any(|name| name.artist.is_some() && acts.contains(&name.artist));
    let words = words(work.roles.iter().copied());
    let sings_elsewhere = work.roles.contains(&Role::Vocals) && !is_main;
    if sings_elsewhere {
        format!("{words} (another version)")
    } else {
        words
    }
}

fn words(roles: impl Iterator<Item = Role>) -> String {
    roles
        .map(|role| lower(role.label()))
        .collect::<Vec<_>>()
        .join(", ")
}

/// Lower case, but for words such as OST.
fn lower(label: &str) -> String {
    let mut letters = label.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), second) if second.is_none_or(|second| !second.is_uppercase()) => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => label.to_owned(),
    }
}

/// What the artist is called: work for whole dramas first, then whatever was done most often. People of a group in the plural.
pub fn occupations(view: &ArtistView, is_of: ArtistType) -> Vec<String> {
    let is_person = is_of == ArtistType::Person;
    let mut of_dramas: BTreeMap<Role, usize> = BTreeMap::new();
    for role in view.dramas.iter().flat_map(|drama| &drama.roles) {
        *of_dramas.entry(*role).or_default() += 1;
    }
    let mut of_songs: BTreeMap<Role, usize> = BTreeMap::new();
    for role in view.works.iter().flat_map(|work| &work.roles) {
        let sings = matches!(role, Role::Featuring | Role::Chorus);
        *of_songs
            .entry(if sings { Role::Vocals } else { *role })
            .or_default() += 1;
    }
    let name = |role: Role| {
        if is_person {
            singular(role.people())
        } else {
            lower(role.people())
        }
    };
    let mut first: Vec<(Reverse<usize>, Role)> = of_dramas
        .iter()
        .map(|(role, count)| (Reverse(*count), *role))
        .collect();
    first.sort();
    let mut names: Vec<String> = first.into_iter().map(|(_, role)| name(role)).collect();
    let parts = view
        .dramas
        .iter()
        .filter(|drama| !drama.characters.is_empty())
        .count();
    let mut rest: Vec<(Reverse<usize>, Option<Role>)> = of_songs
        .iter()
        .filter(|(role, _)| !of_dramas.contains_key(role) && (is_person || **role != Role::Vocals))
        .map(|(role, count)| (Reverse(*count), Some(*role)))
        .collect();
    let sung_in = dramas(view).iter().filter(|line| line.songs > 0).count();
    if parts > 0 {
        // Songs come by the dozen and parts one a drama, so the two are weighed by dramas.
        rest.push((
            Reverse(if parts >= sung_in { usize::MAX } else { parts }),
            None,
        ));
    }
    rest.sort();
    names.extend(
        rest.into_iter()
            .map(|(_, role)| role.map_or_else(|| "actor".to_owned(), name)),
    );
    names
}

/// One of those people: "Music directors" gives "music director".
fn singular(people: &str) -> String {
    let one = people
        .strip_suffix("ies")
        .map(|stem| format!("{stem}y"))
        .or_else(|| people.strip_suffix('s').map(str::to_owned));
    lower(&one.unwrap_or_else(|| people.to_owned()))
}

/// "a", "a and b", "a, b and c".
pub fn listed(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::{listed, lower, singular};

    #[test]
    fn one_of_the_people_with_a_role_is_named_in_the_singular() {
        assert_eq!(singular("Music directors"), "music director");
        assert_eq!(singular("OST producers"), "OST producer");
        assert_eq!(singular("Production companies"), "production company");
        assert_eq!(lower("Rap lyrics"), "rap lyrics");
    }

    #[test]
    fn words_are_listed_as_in_a_sentence() {
        let words = ["a", "b", "c"].map(str::to_owned);
        assert_eq!(listed(&words), "a, b and c");
        assert_eq!(listed(&[]), "");
    }
}
