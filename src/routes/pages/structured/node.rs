//! One thing of a graph.

use std::borrow::Cow;

use serde::ser::{Serialize, SerializeMap, Serializer};

/// A thing with its properties in the order they were added; those that say nothing are left out.
#[derive(Debug, Clone, PartialEq)]
pub struct Node<'a>(Vec<(&'static str, Property<'a>)>);

/// What a property says.
#[derive(Debug, Clone, PartialEq)]
pub enum Property<'a> {
    Nothing,
    Number(i64),
    Text(Cow<'a, str>),
    Thing(Node<'a>),
    List(Vec<Property<'a>>),
}

impl<'a> Node<'a> {
    /// A thing of one type or several.
    pub fn new(types: &[&'static str]) -> Self {
        let types = match types {
            [one] => Property::from(*one),
            several => several.to_vec().into(),
        };
        // Most things have no more properties than this.
        let mut properties = Vec::with_capacity(12);
        properties.push(("@type", types));
        Self(properties)
    }

    /// Adds a property.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Property<'a>>) -> Self {
        let value = value.into();
        let says_nothing = match &value {
            Property::Nothing => true,
            Property::Text(text) => text.is_empty(),
            Property::List(items) => items.is_empty(),
            Property::Number(_) | Property::Thing(_) => false,
        };
        if !says_nothing {
            self.0.push((name, value));
        }
        self
    }
}

impl Serialize for Node<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

impl Serialize for Property<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Nothing => serializer.serialize_unit(),
            Self::Number(number) => serializer.serialize_i64(*number),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Thing(node) => node.serialize(serializer),
            Self::List(items) => serializer.collect_seq(items),
        }
    }
}

impl From<i64> for Property<'_> {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<u16> for Property<'_> {
    fn from(number: u16) -> Self {
        Self::Number(number.into())
    }
}

impl From<usize> for Property<'_> {
    fn from(number: usize) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl<'a> From<&'a str> for Property<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Property<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl<'a> From<Node<'a>> for Property<'a> {
    fn from(node: Node<'a>) -> Self {
        Self::Thing(node)
    }
}

impl<'a, T: Into<Property<'a>>> From<Vec<T>> for Property<'a> {
    fn from(items: Vec<T>) -> Self {
        Self::List(items.into_iter().map(Into::into).collect())
    }
}

impl<'a, T: Into<Property<'a>>> From<Option<T>> for Property<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Nothing, Into::into)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Node;

    #[test]
    fn properties_that_say_nothing_are_left_out() {
        let node = Node::new(&["Person", "MusicGroup"])
            .with("name", "Punch")
            .with("alternateName", Vec::<String>::new())
            .with("description", "")
            .with("birthDate", None::<String>)
            .with("position", 0_i64);
        assert_eq!(
            json!(node),
            json!({ "@type": ["Person", "MusicGroup"], "name": "Punch", "position": 0 })
        );
    }
}
