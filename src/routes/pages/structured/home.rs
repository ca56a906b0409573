//! The front page: the site itself.

use super::node::Node;
use super::{Graph, of};
use crate::web::chrome::SITE_NAME;

/// The terms of what people write here.
pub const LICENCE: &str = "https://creativecommons.org/licenses/by-sa/4.0/";

/// Structured data of the front page.
pub fn graph_of<'a>(base_url: &'a str) -> Graph<'a> {
    let address = format!("{base_url}/");
    of(vec![
        Node::new(&["WebSite"])
            .with("@id", address.clone())
            .with("url", address)
            .with("name", SITE_NAME)
            .with("alternateName", "여운")
            .with("description", "The wiki for the music of Korean dramas")
            .with("inLanguage", "en")
            .with("license", LICENCE)
            .with("publisher", publisher(base_url)),
    ])
}

/// Who is answerable for the pages.
pub fn publisher<'a>(base_url: &'a str) -> Node<'a> {
    Node::new(&["Organization"])
        .with("name", SITE_NAME)
        .with("url", format!("{base_url}/"))
}
