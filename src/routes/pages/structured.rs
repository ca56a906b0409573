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

use serde_json::{Value, json};

use crate::models::credit::{Credit, Role};
use crate::models::link::PageRef;
use crate::models::name::NameKind;
use crate::models::page::Page;
use crate::models::page::card::{Card, Cards};
use crate::models::page::document::Head;
use crate::models::rank::Rank;
use crate::text::dates::PartialDate;
use node::Node;

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
fn graph(base_url: &str, page: &Page, mut nodes: Vec<Node>) -> Value {
    let kind = page.kind;
    let step = |position: i64, name: &str, path: &str| {
        Node::new(&["ListItem"])
            .with("position", position)
            .with("name", name)
            .with("item", format!("{base_url}{path}"))
    };
    let index = format!("{}s", kind.label());
    let way = vec![
        step(1, &index, &format!("/{}", kind.plural())),
        step(2, &page.title, &page.href()),
    ];
    let id = format!("{base_url}{}#breadcrumb", page.href());
    nodes.push(
        Node::new(&["BreadcrumbList"])
            .with("@id", id)
            .with("itemListElement", way),
    );
    of(nodes)
}

/// Nodes as a document.
fn of(nodes: Vec<Node>) -> Value {
    json!({ "@context": "https://schema.org", "@graph": Value::from(nodes) })
}

/// What the page is about: its id, names, picture, and where else it is told of.
fn subject(kinds: &[&str], base_url: &str, page: &Page, head: &Head) -> Node {
    let address = format!("{base_url}{}", page.href());
    let links = head
        .links
        .iter()
        .filter(|link| SAME_THING.contains(&link.site.as_str()) && link.url.starts_with("http"));
    Node::new(kinds)
        .with("@id", address.as_str())
        .with("url", address.as_str())
        .with("name", page.title.as_str())
        .with("alternateName", other_names(page, head))
        .with("image", format!("{base_url}{}", Card::from(page).art()))
        .with(
            "sameAs",
            links.map(|link| link.url.as_str()).collect::<Vec<_>>(),
        )
}

/// Every other name that is one; search hints are misspellings.
fn other_names(page: &Page, head: &Head) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in head
        .names
        .iter()
        .filter(|name| name.kind != NameKind::SearchHint && name.value != page.title)
    {
        if !names.contains(&name.value) {
            names.push(name.value.clone());
        }
    }
    names
}

/// Another page of the wiki.
fn card(kind: &str, base_url: &str, card: &Card) -> Node {
    let address = format!("{base_url}{}", card.href());
    Node::new(&[kind])
        .with("@id", address)
        .with("name", card.title.as_str())
}

/// Somebody a row names: a page of the wiki, or a name alone.
fn who(
    kind: &str,
    base_url: &str,
    cards: &Cards,
    artist: Option<&PageRef>,
    text: &str,
    printed: &str,
) -> Option<Node> {
    if let Some(page) = cards.of(artist) {
        return Some(card(kind, base_url, page));
    }
    let name = if printed.is_empty() { text } else { printed };
    (!name.is_empty()).then(|| Node::new(&[kind]).with("name", name))
}

/// Everybody credited with one of these roles, without doubles: those preferred, or where sources disagree without a
/// preference, all who are claimed.
fn credited(
    kind: &str,
    base_url: &str,
    cards: &Cards,
    credits: &[&Credit],
    roles: &[Role],
) -> Vec<Node> {
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
