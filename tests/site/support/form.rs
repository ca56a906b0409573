//! The form on a page, as a browser without a script would send it.

use html5ever::{parse_document, tendril::TendrilSink};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

use super::dom::attribute;
use super::people::Actor;
use super::reply::Reply;

/// Names and values, in the order of the page.
#[derive(Clone)]
pub struct Form {
    path: String,
    pub pairs: Vec<(String, String)>,
    /// Names of the fields one types text into.
    pub texts: Vec<String>,
}

impl Form {
    /// Reads the form that is sent to this address.
    pub fn of(reply: &Reply, path: &str) -> Self {
        let dom = parse_document(RcDom::default(), Default::default()).one(reply.source());
        let form = find(&dom.document, path).expect("a form to this address");
        let mut read = Self {
            path: path.to_owned(),
            pairs: Vec::new(),
            texts: Vec::new(),
        };
        read.gather(&form);
        read
    }

    pub fn value(&self, name: &str) -> &str {
        let found = self.pairs.iter().find(|(of, _)| of == name);
        &found
            .unwrap_or_else(|| panic!("{name} is not in the form"))
            .1
    }

    /// Types into a field, which must be there.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        let found = self.pairs.iter_mut().find(|(of, _)| of == name);
        let (_, typed) = found.unwrap_or_else(|| panic!("{name} is not in the form"));
        *typed = value.to_owned();
        self
    }

    /// Types into a field what another form has there.
    #[must_use]
    pub fn like(self, other: &Self, name: &str) -> Self {
        self.with(name, other.value(name))
    }

    /// Chooses what is not chosen beforehand.
    #[must_use]
    pub fn choosing(mut self, name: &str, value: &str) -> Self {
        self.pairs.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Presses a button.
    pub fn press(&self, by: &Actor<'_>, button: &str) -> Reply {
        let mut pairs: Vec<(&str, &str)> = self
            .pairs
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        pairs.push(("_op", button));
        by.post_as_it_is(&self.path, &pairs, &[])
    }

    /// Names that begin so.
    pub fn names(&self, beginning: &str) -> Vec<&str> {
        let names = self.pairs.iter().map(|(name, _)| name.as_str());
        names.filter(|name| name.starts_with(beginning)).collect()
    }
}

fn tag(node: &Handle) -> &str {
    match &node.data {
        NodeData::Element { name, .. } => &name.local,
        _ => "",
    }
}

fn find(node: &Handle, path: &str) -> Option<Handle> {
    if tag(node) == "form" && attribute(node, "action").as_deref() == Some(path) {
        return Some(node.clone());
    }
    node.children
        .borrow()
        .iter()
        .find_map(|child| find(child, path))
}

fn text(node: &Handle) -> String {
    match &node.data {
        NodeData::Text { contents } => contents.borrow().to_string(),
        _ => node.children.borrow().iter().map(text).collect(),
    }
}

impl Form {
    fn gather(&mut self, node: &Handle) {
        let name = attribute(node, "name");
        let is_on = |of: &str| attribute(node, of).is_some();
        match (tag(node), name) {
            ("input", Some(name)) => {
                let kind = attribute(node, "type").unwrap_or_default();
                if matches!(kind.as_str(), "" | "text" | "search" | "url") {
                    self.texts.push(name.clone());
                }
                if !matches!(kind.as_str(), "checkbox" | "radio") || is_on("checked") {
                    let value = attribute(node, "value").unwrap_or_default();
                    self.pairs.push((name, value));
                }
            }
            ("textarea", Some(name)) => {
                self.texts.push(name.clone());
                self.pairs.push((name, text(node)));
            }
            ("select", Some(name)) => {
                let mut options = Vec::new();
                chosen(node, &mut options, true);
                // Where none is chosen beforehand, the first is.
                chosen(node, &mut options, false);
                let first = options.into_iter().next();
                self.pairs.extend(first.map(|value| (name, value)));
            }
            _ => {
                for child in node.children.borrow().iter() {
                    self.gather(child);
                }
            }
        }
    }
}

/// The options of a list; only the chosen ones, or all.
fn chosen(node: &Handle, options: &mut Vec<String>, only: bool) {
    if tag(node) == "option" && (!only || attribute(node, "selected").is_some()) {
        options.push(attribute(node, "value").unwrap_or_default());
    }
    for child in node.children.borrow().iter() {
        chosen(child, options, only);
    }
}
