//! Reading a stored content in one pass: the flat form mixes the fields of the head, the kind's own facts and the prose in one object,
//! and each value goes straight to where it belongs.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::value::{CowStrDeserializer, MapAccessDeserializer};
use serde::de::{DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, Visitor};

use serde_json::{Map, Value};

use super::{Document, Head, KindFacts, PROSE};
use crate::models::page::Kind;

/// Reads the flat form from the text it is stored as.
///
/// # Errors
/// As [`Document::from_value`], with line and column instead of the field.
pub fn from_text(kind: Kind, text: &str) -> serde_json::Result<Document> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let document = reader.deserialize_map(Whole(kind))?;
    reader.end()?;
    Ok(document)
}

/// Reads the flat form.
///
/// # Errors
/// As [`Document::from_value`], without the field.
pub fn from_map(kind: Kind, flat: &Map<String, Value>) -> serde_json::Result<Document> {
    flat.deserialize_map(Whole(kind))
}

struct Whole(Kind);

impl<'de> Visitor<'de> for Whole {
    type Value = Document;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the content of a page")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Document, A::Error> {
        let (mut head, mut prose) = (Head::default(), String::new());
        let own = MapAccessDeserializer::new(Own {
            map,
            head: &mut head,
            prose: &mut prose,
        });
        let facts = match self.0 {
            Kind::Drama => KindFacts::Drama(Deserialize::deserialize(own)?),
            Kind::Song => KindFacts::Song(Deserialize::deserialize(own)?),
            Kind::Artist => KindFacts::Artist(Deserialize::deserialize(own)?),
            Kind::Album => KindFacts::Album(Deserialize::deserialize(own)?),
            Kind::Article => KindFacts::Article(Deserialize::deserialize(own)?),
        };
        Ok(Document { head, facts, prose })
    }
}

/// The entries that are the kind's own; what belongs to the head and the prose is put there on the way.
struct Own<'a, A> {
    map: A,
    head: &'a mut Head,
    prose: &'a mut String,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Own<'_, A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, A::Error> {
        while let Some(Key(key)) = self.map.next_key()? {
            match &*key {
                "names" => self.head.names = self.map.next_value()?,
                "disambiguation" => self.head.disambiguation = self.map.next_value()?,
                "unverified" => self.head.unverified = self.map.next_value()?,
                "links" => self.head.links = self.map.next_value()?,
                "sources" => self.head.sources = self.map.next_value()?,
                "claims" => self.head.claims = self.map.next_value()?,
                PROSE => *self.prose = self.map.next_value()?,
                _ => {
                    let key: CowStrDeserializer<'_, A::Error> = key.into_deserializer();
                    return seed.deserialize(key).map(Some);
                }
            }
        }
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        self.map.next_value_seed(seed)
    }
}

/// A key, borrowed where it has no escapes in it.
struct Key<'de>(Cow<'de, str>);

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;
        impl<'de> Visitor<'de> for Text {
            type Value = Key<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("the name of a field")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Borrowed(text)))
            }

            fn visit_str<E>(self, text: &str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Owned(text.to_owned())))
            }
        }
        deserializer.deserialize_str(Text)
    }
}

#[cfg(test)]
mod tests {
    use super::{Document, from_text};
    use crate::models::page::Kind;

    fn both_ways(kind: Kind, text: &str) -> [Option<Document>; 2] {
        let flat = serde_json::from_str(text).ok();
        [
            from_text(kind, text).ok(),
            flat.and_then(|flat| Document::by_parts(kind, flat).ok()),
        ]
    }

    #[test]
    fn a_text_reads_as_its_values_do() {
        let text = r#"{"languages":["ko"],"names":[{"id":1,"value":"눈","locale":"ko","kind":"official"}],"na\u006des":[],"prose":"Snow.","disambiguation":"2019"}"#;
        let [read, by_values] = both_ways(Kind::Song, text);
        assert!(read.is_some());
        assert_eq!(read, by_values);
    }

    #[test]
    fn what_does_not_fit_is_refused_alike() {
        for text in [
            r#"{"unknown":1}"#,
            r#"{"prose":1}"#,
            r#"{"names":{}}"#,
            r#"{"prose":"a"} b"#,
            "[]",
            "{",
        ] {
            assert_eq!(both_ways(Kind::Song, text), [None, None], "{text}");
        }
    }
}
