//! An article: who wrote it, when it changed, and on what terms it may be used.

use super::node::Node;
use super::{Graph, graph, home, subject};
use crate::db::Micros;
use crate::models::article::show::ArticleView;
use crate::models::page::document::KindFacts;
use crate::web::chrome::SITE_NAME;

/// Structured data of an article's page.
pub fn graph_of<'a>(view: &'a ArticleView, base_url: &'a str) -> Graph<'a> {
    let mut node = subject(&["Article"], base_url, &view.page, &view.document.head)
        .with("headline", view.page.title.as_str())
        .with("inLanguage", "en")
        .with("datePublished", moment(view.page.created_at))
        .with("dateModified", moment(view.revision.created_at))
        .with("license", home::LICENCE)
        .with("publisher", home::publisher(base_url));
    if let KindFacts::Article(article) = &view.document.facts {
        node = node.with("description", article.summary.as_str()).with(
            "author",
            article
                .authors
                .iter()
                .map(|name| author(name, base_url))
                .collect::<Vec<_>>(),
        );
    }
    graph(base_url, &view.page, vec![node])
}

/// A person, or the editors of this wiki together.
fn author<'a>(name: &'a str, base_url: &'a str) -> Node<'a> {
    if name.starts_with(SITE_NAME) {
        return Node::new(&["Organization"])
            .with("name", name)
            .with("url", format!("{base_url}/"));
    }
    Node::new(&["Person"]).with("name", name)
}

/// RFC 3339 in UTC.
fn moment(at: i64) -> String {
    Micros(at)
        .timestamp()
        .strftime("%Y-%m-%dT%H:%M:%SZ")
        .to_string()
}
