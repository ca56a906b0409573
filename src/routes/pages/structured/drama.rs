//! A drama: a series, or a film.

use super::node::Node;
use super::{Graph, credited, date, graph, subject, who};
use crate::models::credit::{Credit, Role};
use crate::models::drama::show::DramaView;
use crate::models::drama::{CastMember, Drama, DramaKind, Season};
use crate::models::page::document::KindFacts;

/// Structured data of a drama's page.
pub fn graph_of<'a>(view: &'a DramaView, base_url: &'a str) -> Graph<'a> {
    let KindFacts::Drama(drama) = &view.document.facts else {
        return graph(base_url, &view.page, Vec::new());
    };
    let kind = if drama.kind == DramaKind::Film {
        "Movie"
    } else {
        "TVSeries"
    };
    let node = subject(&[kind], base_url, &view.page, &view.document.head).with("inLanguage", "ko");
    let node = aired(node, view, drama).with("genre", drama.genres.clone());
    let node = made_by(node, view, base_url, drama);
    let address = format!("{base_url}{}", view.page.href());
    let seasons: Vec<Node> = drama
        .seasons
        .iter()
        .map(|one| season(one, &address))
        .collect();
    let node = node
        .with(
            "actor",
            drama
                .cast
                .iter()
                .filter_map(|member| actor(member, view, base_url))
                .collect::<Vec<_>>(),
        )
        .with(
            "numberOfSeasons",
            (!seasons.is_empty()).then_some(seasons.len()),
        )
        .with("containsSeason", seasons);
    graph(base_url, &view.page, vec![node])
}

fn aired<'a>(node: Node<'a>, view: &'a DramaView, drama: &'a Drama) -> Node<'a> {
    let head = &view.document.head;
    let first = date(
        drama.first_aired.as_ref(),
        head.is_unverified("first_aired"),
    );
    let last = date(drama.last_aired.as_ref(), head.is_unverified("last_aired"));
    if drama.kind == DramaKind::Film {
        return node.with("datePublished", first);
    }
    let episodes = drama.episodes.filter(|_| !head.is_unverified("episodes"));
    node.with("numberOfEpisodes", episodes)
        .with("startDate", first)
        .with("endDate", last)
}

fn made_by<'a>(
    node: Node<'a>,
    view: &'a DramaView,
    base_url: &'a str,
    drama: &'a Drama,
) -> Node<'a> {
    let credits: Vec<&Credit> = drama.credits.iter().collect();
    let of =
        |kind: &'static str, role: Role| credited(kind, base_url, &view.cards, &credits, &[role]);
    node.with("director", of("Person", Role::Director))
        .with("author", of("Person", Role::Writer))
        .with("musicBy", of("MusicGroup", Role::MusicDirector))
        .with(
            "productionCompany",
            of("Organization", Role::ProductionCompany),
        )
}

/// An actor in a role; a character whose actor is not known is nobody's.
fn actor<'a>(member: &'a CastMember, view: &'a DramaView, base_url: &'a str) -> Option<Node<'a>> {
    if member.rank.is_refuted() {
        return None;
    }
    let actor = who(
        "Person",
        base_url,
        &view.cards,
        member.artist.as_ref(),
        &member.text,
        "",
    )?;
    let character = if member.character.is_empty() {
        &member.character_ko
    } else {
        &member.character
    };
    if character.is_empty() {
        return Some(actor);
    }
    Some(
        Node::new(&["PerformanceRole"])
            .with("actor", actor)
            .with("characterName", character.as_str()),
    )
}

fn season<'a>(season: &'a Season, drama: &str) -> Node<'a> {
    Node::new(&["TVSeason"])
        .with("@id", format!("{drama}#season-{}", season.number))
        .with("name", format!("Season {}", season.number))
        .with("seasonNumber", season.number)
        .with("numberOfEpisodes", season.episodes)
        .with(
            "startDate",
            date(season.first_aired.as_ref(), season.unverified),
        )
        .with(
            "endDate",
            date(season.last_aired.as_ref(), season.unverified),
        )
}
