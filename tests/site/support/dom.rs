//! Small questions to a parsed page.

use markup5ever_rcdom::{Handle, NodeData};

/// An attribute of an element.
pub fn attribute(node: &Handle, name: &str) -> Option<String> {
    let NodeData::Element { attrs, .. } = &node.data else {
        return None;
    };
    let attrs = attrs.borrow();
    attrs
        .iter()
        .find(|attr| &*attr.name.local == name)
        .map(|attr| attr.value.to_string())
}

pub fn has_class(node: &Handle, class: &str) -> bool {
    attribute(node, "class")
        .is_some_and(|classes| classes.split_whitespace().any(|one| one == class))
}

/// The first element below a node with this class.
pub fn find(node: &Handle, class: &str) -> Option<Handle> {
    node.children.borrow().iter().find_map(|child| {
        if has_class(child, class) {
            Some(child.clone())
        } else {
            find(child, class)
        }
    })
}

pub fn words(node: &Handle) -> String {
    let mut text = String::new();
    collect(node, &mut text);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

pub fn collect(node: &Handle, text: &mut String) {
    if let NodeData::Text { contents } = &node.data {
        text.push_str(&contents.borrow());
    }
    for child in node.children.borrow().iter() {
        collect(child, text);
    }
}

/// Where the first link below a node leads.
pub fn link_in(node: &Handle) -> Option<String> {
    let children = node.children.borrow();
    children
        .iter()
        .find_map(|child| attribute(child, "href").or_else(|| link_in(child)))
}

pub fn is_hangul(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11ff}' | '\u{3131}'..='\u{318e}' | '\u{a960}'..='\u{a97f}' | '\u{ac00}'..='\u{d7ff}')
}
