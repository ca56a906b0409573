//! One thing of a graph.

use serde_json::{Map, Value};

/// A thing with its properties; those that say nothing are left out.
#[derive(Debug, Clone, PartialEq)]
pub struct Node(Map<String, Value>);

impl Node {
    /// A thing of one type or several.
    pub fn new(types: &[&str]) -> Self {
        let mut map = Map::new();
        let types = match types {
            [one] => Value::from(*one),
            several => Value::from(several),
        };
        map.insert("@type".to_owned(), types);
        Self(map)
    }

    /// Adds a property.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl Into<Value>) -> Self {
        let value = value.into();
        let says_nothing = match &value {
            Value::Null => true,
            Value::String(text) => text.is_empty(),
            Value::Array(items) => items.is_empty(),
            _ => false,
        };
        if !says_nothing {
            self.0.insert(key.to_owned(), value);
        }
        self
    }
}

impl From<Node> for Value {
    fn from(node: Node) -> Self {
        Self::Object(node.0)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::Node;

    #[test]
    fn properties_that_say_nothing_are_left_out() {
        let node = Node::new(&["Person", "MusicGroup"])
            .with("name", "Punch")
            .with("alternateName", Vec::<String>::new())
            .with("description", "")
            .with("birthDate", None::<String>)
            .with("position", 0);
        assert_eq!(
            Value::from(node),
            json!({ "@type": ["Person", "MusicGroup"], "name": "Punch", "position": 0 })
        );
    }
}
