//! A song's rules: its references, what is checked, and what it is found by.

use std::collections::BTreeSet;

use diesel::QueryResult;

use crate::db::Conn;
use crate::models::credit::{self, Role};
use crate::models::cue::{Cue, MAX_DESCRIPTION};
use crate::models::drama::facts::check_moods;
use crate::models::link::PageRef;
use crate::models::page::content::{Facet, Facts, Faults, RefVisitor};
use crate::models::page::document::Head;
use crate::models::page::{Kind, PageId};
use crate::models::song::{Song, VersionKind, projection};
use crate::text::language;

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
        for language in self.languages.iter().filter(|tag| !language::is_tag(tag)) {
            faults.add("languages", language::not_a_tag(language));
        }
        let versions: Vec<i64> = self.versions.iter().map(|version| version.id).collect();
        for (at, used) in self.uses.iter().enumerate() {
            check_drama(&used.drama, &format!("uses[{at}].drama"), faults);
        }
        for (at, version) in self.versions.iter().enumerate() {
            let path = format!("versions[{at}]");
            check_isrc(&version.isrc, &path, faults);
            if !version.language.is_empty() && !language::is_tag(&version.language) {
                faults.add(
                    format!("{path}.language"),
                    language::not_a_tag(&version.language),
                );
            }
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
        let heard = self
            .cues
            .iter()
            .filter(|cue| !cue.rank.is_refuted() && cue.episode.is_some());
        facets.extend(of_pages("heard", heard.map(|cue| Some(&cue.drama))));
        facets.extend(of_pages("artist", self.artists()));
        facets
    }

    fn credited(&self) -> BTreeSet<(PageId, Role)> {
        let versions = self.versions.iter();
        let sung = versions
            .filter(|version| !version.rank.is_refuted())
            .flat_map(|version| &version.credit)
            .filter_map(|part| Some((part.artist.as_ref()?.id()?, Role::Vocals)));
        sung.chain(credit::credited(&self.credits)).collect()
    }

    fn project(&self, before: Option<&Self>, conn: &mut Conn, page: PageId) -> QueryResult<()> {
        if before.is_none_or(|before| before.credits != self.credits) {
            let before = before.map(|before| before.credits.as_slice());
            credit::project(conn, page, before, &self.credits)?;
        }
        if before.is_none_or(|before| before.uses != self.uses) {
            let before = before.map(|before| before.uses.as_slice());
            projection::project_uses(conn, page, before, &self.uses)?;
        }
        if before.is_none_or(|before| before.versions != self.versions) {
            projection::project_versions(conn, page, &self.versions)?;
        }
        if before.is_none_or(|before| before.cues != self.cues) {
            let before = before.map(|before| before.cues.as_slice());
            projection::project_cues(conn, page, before, &self.cues)?;
        }
        Ok(())
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

impl Song {
    /// Everybody a version or the song is credited to; those refuted left out.
    fn artists(&self) -> impl Iterator<Item = Option<&PageRef>> {
        let sung = self
            .versions
            .iter()
            .filter(|version| !version.rank.is_refuted())
            .flat_map(|version| &version.credit)
            .map(|part| part.artist.as_ref());
        let made = self
            .credits
            .iter()
            .filter(|credit| !credit.rank.is_refuted())
            .map(|credit| credit.artist.as_ref());
        sung.chain(made)
    }
}

/// The pages named as values.
fn of_pages<'a>(
    facet: &'static str,
    references: impl Iterator<Item = Option<&'a PageRef>>,
) -> impl Iterator<Item = Facet> {
    references
        .filter_map(|page| page?.id())
        .map(move |id| Facet::plain(facet, id.to_string()))
}
