//! What an HTML page holds, read as a browser reads it, and everything that is wrong with it by itself.

use std::collections::BTreeSet;

use html5ever::tendril::TendrilSink;
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

use super::dom::{attribute, find, has_class, is_hangul, link_in, words};

/// A page, read.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    pub title: String,
    /// The words, with single spaces.
    pub text: String,
    /// Where `a` leads.
    pub links: Vec<String>,
    /// Style sheets, scripts, icons, pictures and feeds.
    pub assets: Vec<String>,
    /// Those a first visit loads at once.
    pub eager: Vec<String>,
    pub ids: BTreeSet<String>,
    /// Each song row of a list: title, artist credit, and the drama, which may be the heading above the list.
    pub songs: Vec<(String, String, String)>,
    pub classes: BTreeSet<String>,
    pub faults: Vec<String>,
}

/// What surrounds a node.
#[derive(Clone, Default)]
struct Around {
    language: String,
    is_label: bool,
    is_hidden: bool,
    is_typed: bool,
}

/// What can only be judged at the end.
#[derive(Default)]
struct Open {
    h1: usize,
    /// The last heading, where it leads to a drama.
    drama: String,
    /// Ids that something refers to.
    wanted: Vec<String>,
    /// Ids of inputs that no label surrounds.
    inputs: Vec<String>,
    labelled: BTreeSet<String>,
}

/// Reads a page.
pub fn read(html: &str) -> Facts {
    let options = ParseOpts {
        tree_builder: TreeBuilderOpts {
            exact_errors: true,
            ..TreeBuilderOpts::default()
        },
        ..ParseOpts::default()
    };
    let dom = parse_document(RcDom::default(), options).one(html);
    let mut facts = Facts::default();
    facts.faults.extend(
        dom.errors
            .borrow()
            .iter()
            .map(|error| format!("does not parse: {error}")),
    );
    let mut open = Open::default();
    visit(&dom.document, &Around::default(), &mut facts, &mut open);
    facts.text = facts.text.split_whitespace().collect::<Vec<_>>().join(" ");
    if open.h1 != 1 {
        facts.faults.push(format!("{} h1", open.h1));
    }
    if facts.title.trim().is_empty() {
        facts.faults.push("no title".to_owned());
    }
    for id in open.wanted.iter().filter(|id| !facts.ids.contains(*id)) {
        facts
            .faults
            .push(format!("something refers to #{id}, which is not there"));
    }
    for id in open.inputs.iter().filter(|id| !open.labelled.contains(*id)) {
        facts.faults.push(format!("the field {id:?} has no label"));
    }
    facts
}

fn visit(node: &Handle, around: &Around, facts: &mut Facts, open: &mut Open) {
    let mut around = around.clone();
    match &node.data {
        NodeData::Text { contents } if !around.is_hidden => {
            let text = contents.borrow();
            facts.text.push_str(&text);
            if text.chars().any(is_hangul) && around.language != "ko" && !around.is_typed {
                facts
                    .faults
                    .push(format!("Hangul outside lang=ko: {:?}", text.trim()));
            }
        }
        NodeData::Element { name, .. } => element(node, &name.local, &mut around, facts, open),
        _ => {}
    }
    for child in node.children.borrow().iter() {
        visit(child, &around, facts, open);
    }
    if let NodeData::Element { name, .. } = &node.data
        && matches!(
            &*name.local,
            "p" | "li"
                | "div"
                | "dd"
                | "dt"
                | "h1"
                | "h2"
                | "h3"
                | "td"
                | "th"
                | "tr"
                | "section"
                | "button"
                | "summary"
        )
    {
        facts.text.push(' ');
    }
}

fn element(node: &Handle, name: &str, around: &mut Around, facts: &mut Facts, open: &mut Open) {
    let get = |key: &str| attribute(node, key);
    if let Some(language) = get("lang") {
        around.language = language;
    }
    if let Some(id) = get("id")
        && !facts.ids.insert(id.clone())
    {
        facts.faults.push(format!("the id {id:?} is there twice"));
    }
    facts.classes.extend(
        get("class")
            .unwrap_or_default()
            .split_whitespace()
            .map(str::to_owned),
    );
    for key in [
        "for",
        "aria-labelledby",
        "aria-describedby",
        "aria-controls",
    ] {
        let ids = get(key).unwrap_or_default();
        open.wanted
            .extend(ids.split_whitespace().map(str::to_owned));
        if key == "for" && !ids.is_empty() {
            open.labelled.insert(ids);
        }
    }
    inline(node, name, facts);
    match name {
        "head" => around.is_hidden = true,
        "title" if around.is_hidden => facts.title = words(node),
        "script" | "style" => around.is_hidden = true,
        "h1" => open.h1 += 1,
        "label" => around.is_label = true,
        "input" | "select" | "textarea" => {
            // What stands in it was typed, in whatever language, and can be marked as little as the value of a line.
            around.is_typed = name == "textarea";
            field(node, around, open);
        }
        "ul" | "ol" if has_class(node, "songs") => facts.songs.extend(songs(node, &open.drama)),
        "h2" | "h3" | "h4" => {
            let is_drama = link_in(node).is_some_and(|link| link.starts_with("/dramas/"));
            open.drama = if is_drama { words(node) } else { String::new() };
        }
        _ => {}
    }
    address(node, name, facts);
}

fn inline(node: &Handle, name: &str, facts: &mut Facts) {
    let NodeData::Element { attrs, .. } = &node.data else {
        return;
    };
    for attr in attrs.borrow().iter() {
        let key = &*attr.name.local;
        if key == "style" || key.starts_with("on") {
            facts.faults.push(format!("an inline {key} on {name}"));
        }
        if matches!(key, "href" | "src" | "action") && attr.value.trim().is_empty() {
            facts.faults.push(format!("an empty {key} on {name}"));
        }
    }
    let is_data = attribute(node, "type").as_deref() == Some("application/ld+json");
    if name == "style" || (name == "script" && attribute(node, "src").is_none() && !is_data) {
        facts.faults.push(format!("an inline {name}"));
    }
    if name == "img" && attribute(node, "alt").is_none() {
        facts
            .faults
            .push(format!("no alt on {:?}", attribute(node, "src")));
    }
}

fn field(node: &Handle, around: &Around, open: &mut Open) {
    let kind = attribute(node, "type").unwrap_or_default();
    let is_named = around.is_label
        || attribute(node, "aria-label").is_some()
        || attribute(node, "aria-labelledby").is_some();
    if !is_named && !matches!(kind.as_str(), "hidden" | "submit" | "button") {
        open.inputs.push(attribute(node, "id").unwrap_or_default());
    }
}

fn address(node: &Handle, name: &str, facts: &mut Facts) {
    let href = attribute(node, "href");
    let source = attribute(node, "src");
    match (name, href, source) {
        ("a", Some(href), _) => facts.links.push(href),
        ("link", Some(href), _) => {
            let relation = attribute(node, "rel").unwrap_or_default();
            if matches!(relation.as_str(), "stylesheet" | "icon" | "preload") {
                facts.eager.push(href.clone());
            }
            facts.assets.push(href);
        }
        ("img" | "script" | "source", _, Some(source)) => {
            if attribute(node, "loading").as_deref() != Some("lazy") {
                facts.eager.push(source.clone());
            }
            facts.assets.push(source);
        }
        _ => {}
    }
}

/// Title, credit and drama of every song of a list below such a heading.
fn songs(list: &Handle, heading: &str) -> Vec<(String, String, String)> {
    let rows = list.children.borrow();
    let of_song = |row: &&Handle| {
        let name = find(row, "songs-name");
        name.and_then(|name| link_in(&name))
            .is_some_and(|link| link.starts_with("/songs/"))
    };
    rows.iter()
        .filter(of_song)
        .map(|row| {
            let title = find(row, "songs-name").map_or(String::new(), |name| words(&name));
            let by = find(row, "songs-by").map_or(String::new(), |by| words(&by));
            let (artist, drama) = by.split_once('·').unwrap_or((&by, heading));
            (title, artist.trim().to_owned(), drama.trim().to_owned())
        })
        .collect()
}
