//! The form on a page, as a browser without a script sends it.

use html5ever::{parse_document, tendril::TendrilSink};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

/// Names and values of the form on a page that is sent to this address, as a browser without a script sends them.
pub fn fields_of(html: &str, path: &str) -> Vec<(String, String)> {
    let dom = parse_document(RcDom::default(), Default::default()).one(html);
    let mut pairs = Vec::new();
    gather(&dom.document, path, false, &mut pairs);
    pairs
}

fn gather(node: &Handle, path: &str, inside: bool, pairs: &mut Vec<(String, String)>) {
    let (tag, name) = (tag(node), attribute(node, "name"));
    let inside = inside || (tag == "form" && attribute(node, "action").as_deref() == Some(path));
    match (tag, name) {
        ("input", Some(name)) if inside => {
            let kind = attribute(node, "type").unwrap_or_default();
            if !matches!(kind.as_str(), "checkbox" | "radio")
                || attribute(node, "checked").is_some()
            {
                pairs.push((name, attribute(node, "value").unwrap_or_default()));
            }
        }
        ("textarea", Some(name)) if inside => pairs.push((name, text(node))),
        ("select", Some(name)) if inside => {
            let chosen = node.children.borrow().iter().find_map(chosen);
            pairs.extend(chosen.map(|value| (name, value)));
        }
        _ => {
            for child in node.children.borrow().iter() {
                gather(child, path, inside, pairs);
            }
        }
    }
}

fn tag(node: &Handle) -> &str {
    match &node.data {
        NodeData::Element { name, .. } => &name.local,
        _ => "",
    }
}

fn attribute(node: &Handle, name: &str) -> Option<String> {
    let NodeData::Element { attrs, .. } = &node.data else {
        return None;
    };
    let attributes = attrs.borrow();
    let found = attributes
        .iter()
        .find(|attribute| &*attribute.name.local == name);
    found.map(|attribute| attribute.value.to_string())
}

fn text(node: &Handle) -> String {
    match &node.data {
        NodeData::Text { contents } => contents.borrow().to_string(),
        _ => node.children.borrow().iter().map(text).collect(),
    }
}

fn chosen(node: &Handle) -> Option<String> {
    if tag(node) == "option" && attribute(node, "selected").is_some() {
        return Some(attribute(node, "value").unwrap_or_default());
    }
    node.children.borrow().iter().find_map(chosen)
}
