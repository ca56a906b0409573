//! Structured data of pages (JSON-LD with the words of schema.org): one graph a page, with addresses as ids.
//!
//! It says what the page shows and nothing more. What is refuted is left out, and so are dates nobody has sourced: a machine
//! cannot see the word "unverified" beside them.

pub mod album;
pub mod article;
pub mod artist;
pub mod drama;
pub mod home;
mod node;
pub mod song;

use serde::Serialize;

use crate::models::credit::{Credit, Role};
use crate::models::link::PageRef;
use crate::models::name::NameKind;
use crate::models::page::Page;
use crate::models::page::card::{Card, Cards};
use crate::models::page::document::Head;
use crate::models::rank::Rank;
use crate::text::dates::PartialDate;
use node::{Node, Property};

/// Sites whose pages are about the very same thing as ours.
const SAME_THING: [&str; 10] = [
    "discogs",
    "imdb",
    "maniadb",
    "musicbrainz",
    "mydramalist",
    "official",
    "tmdb",
    "tvdb",
    "wikidata",
    "wikipedia",
];

/// The graph of a page: what it is about, and the way back from it.
fn graph<'a>(base_url: &'a str, page: &'a Page, mut nodes: Vec<Node<'a>>) -> Graph<'a> {
    let kind = page.kind;
    let step = |position: i64, name: Property<'a>, path: &str| {
        Node::new(&["ListItem"])
            .with("position", position)
            .with("name", name)
            .with("item", format!("{base_url}{path}"))
    };
    let index = format!("{}s", kind.label());
    let way = vec![
        step(1, index.into(), &format!("/{}", kind.plural())),
        step(2, page.title.as_str().into(), &page.href()),
    ];
    let id = format!("{base_url}{}#breadcrumb", page.href());
    nodes.push(
        Node::new(&["BreadcrumbList"])
            .with("@id", id)
            .with("itemListElement", way),
    );
    of(nodes)
}

/// The structured data of a page.
#[derive(Debug, Serialize)]
pub struct Graph<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@graph")]
    nodes: Vec<Node<'a>>,
}

/// Nodes as a document.
fn of(nodes: Vec<Node<'_>>) -> Graph<'_> {
    Graph {
        context: "https://schema.org",
        nodes,
    }
}

/// What the page is about: its id, names, picture, and where else it is told of.
fn subject<'a>(
    kinds: &[&'static str],
    base_url: &'a str,
    page: &'a Page,
    head: &'a Head,
) -> Node<'a> {
    let address = format!("{base_url}{}", page.href());
    let links = head
        .links
        .iter()
        .filter(|link| SAME_THING.contains(&link.site.as_str()) && link.url.starts_with("http"));
    Node::new(kinds)
        .with("@id", address.clone())
        .with("url", address)
        .with("name", page.title.as_str())
        .with("alternateName", other_names(page, head))
        .with("image", format!("{base_url}{}", Card::from(page).art()))
        .with(
            "sameAs",
            links.map(|link| link.url.as_str()).collect::<Vec<_>>(),
        )
}

/// Every other name that is one; search hints are misspellings.
fn other_names<'a>(page: &Page, head: &'a Head) -> Vec<&'a str> {
    let mut names: Vec<&str> = Vec::new();
    for name in head
        .names
        .iter()
        .filter(|name| name.kind != NameKind::SearchHint && name.value != page.title)
    {
        if !names.contains(&name.value.as_str()) {
            names.push(&name.value);
        }
    }
    names
}

/// Another page of the wiki.
fn card<'a>(kind: &'static str, base_url: &'a str, card: &'a Card) -> Node<'a> {
    let address = format!("{base_url}{}", card.href());
    Node::new(&[kind])
        .with("@id", address)
        .with("name", card.title.as_str())
}

/// Somebody a row names: a page of the wiki, or a name alone.
fn who<'a>(
    kind: &'static str,
    base_url: &'a str,
    cards: &'a Cards,
    artist: Option<&'a PageRef>,
    text: &'a str,
    printed: &'a str,
) -> Option<Node<'a>> {
    if let Some(page) = cards.of(artist) {
        return Some(card(kind, base_url, page));
    }
    let name = if printed.is_empty() { text } else { printed };
    (!name.is_empty()).then(|| Node::new(&[kind]).with("name", name))
}

/// Everybody credited with one of these roles, without doubles: those preferred, or where sources disagree without a
/// preference, all who are claimed.
fn credited<'a>(
    kind: &'static str,
    base_url: &'a str,
    cards: &'a Cards,
    credits: &[&'a Credit],
    roles: &[Role],
) -> Vec<Node<'a>> {
    let of_rank = |rank: Rank| {
        let mut nodes: Vec<Node> = Vec::new();
        for credit in credits
            .iter()
            .filter(|credit| credit.rank == rank && roles.contains(&credit.role))
        {
            let node = who(
                kind,
                base_url,
                cards,
                credit.artist.as_ref(),
                &credit.text,
                &credit.credited_as,
            );
            nodes.extend(node.filter(|node| !nodes.contains(node)));
        }
        nodes
    };
    let preferred = of_rank(Rank::Preferred);
    if preferred.is_empty() {
        of_rank(Rank::Also)
    } else {
        preferred
    }
}

/// A date, unless nobody has sourced it.
fn date(date: Option<&PartialDate>, is_unverified: bool) -> Option<String> {
    date.filter(|_| !is_unverified).map(ToString::to_string)
}
