//! Every link of the site, followed to the end.

use std::collections::BTreeMap;

use diesel::prelude::*;
use yeoun::db::StoreKind;
use yeoun::models::page::{Kind, State};
use yeoun::schema::pages;

use crate::support::{Site, crawl};

/// Most clicks from the front page to any page of the catalogue.
const MOST_CLICKS: usize = 4;

/// The first few of a list of complaints, and how many there are.
#[track_caller]
fn none(what: &str, complaints: &[String]) {
    let first: Vec<&String> = complaints.iter().take(25).collect();
    assert!(
        complaints.is_empty(),
        "{what}: {}\n{first:#?}",
        complaints.len()
    );
}

#[test]
fn no_link_leads_nowhere_or_breaks() {
    let visits = crawl::everything();
    let broken: Vec<String> = visits
        .iter()
        .filter(|visit| visit.status >= 400)
        .map(|visit| format!("{} {} from {}", visit.status, visit.path, visit.from))
        .collect();
    none("broken links", &broken);
    assert!(
        visits.len() > 1000,
        "only {} addresses were found",
        visits.len()
    );
}

#[test]
fn both_stores_answer_every_address_with_the_same_bytes() {
    let different: Vec<String> = crawl::everything()
        .iter()
        .filter_map(|visit| {
            visit
                .difference
                .as_ref()
                .map(|difference| format!("{}: {difference}", visit.path))
        })
        .collect();
    none("different answers", &different);
}

#[test]
fn every_page_of_the_catalogue_is_a_few_clicks_away() {
    let clicks: BTreeMap<&str, usize> = crawl::everything()
        .iter()
        .filter_map(|visit| Some((visit.path.as_str(), visit.clicks?)))
        .collect();
    let all: Vec<(Kind, String)> = Site::reading(StoreKind::Sqlite).read(|conn| {
        pages::table
            .filter(pages::state.eq(State::Live))
            .order(pages::id)
            .select((pages::kind, pages::slug))
            .load(conn)
    });
    assert!(all.len() > 400);
    let far: Vec<String> = all
        .iter()
        .map(|(kind, slug)| format!("/{}/{slug}", kind.plural()))
        .filter(|path| {
            clicks
                .get(path.as_str())
                .is_none_or(|clicks| *clicks > MOST_CLICKS)
        })
        .map(|path| format!("{path}: {:?} clicks", clicks.get(path.as_str())))
        .collect();
    none("pages too far from the front page", &far);
}

#[test]
fn every_internal_link_is_canonical() {
    let moved: Vec<String> = crawl::everything()
        .iter()
        .filter(|visit| (300..400).contains(&visit.status))
        .filter(|visit| !visit.path.starts_with("/p/") && !visit.path.starts_with("/random"))
        // The way in, for those who may not edit yet: another place, not another spelling of the same one.
        .filter(|visit| !(visit.status == 303 && visit.location.starts_with("/login?back=")))
        .map(|visit| format!("{} -> {} from {}", visit.path, visit.location, visit.from))
        .collect();
    none("links to other spellings of an address", &moved);
}

#[test]
fn every_link_to_a_place_on_a_page_finds_it() {
    let visits = crawl::everything();
    let pages: BTreeMap<&str, _> = visits
        .iter()
        .filter_map(|visit| Some((visit.path.as_str(), visit.facts.as_ref()?)))
        .collect();
    let mut lost = Vec::new();
    for (path, facts) in &pages {
        for link in &facts.links {
            let Some((target, id)) = link.split_once('#') else {
                continue;
            };
            let target = if target.is_empty() { path } else { target };
            if let Some(there) = pages.get(target)
                && !there.ids.contains(id)
            {
                lost.push(format!("{link} on {path}"));
            }
        }
    }
    none("links to places that are not there", &lost);
}
