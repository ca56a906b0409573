//! Fields that name other pages.

use serde_json::{Map, Value};

use crate::models::link::PageRef;
use crate::models::page::Kind;
use crate::models::page::named::Found;

use super::read::{credit_parts, remembered};
use super::typed::{FieldName, Texts, text};
use super::values::{Reader, put};

impl Reader<'_> {
    /// The page a text names: the one remembered beside it while the text is still its title, else the one it is found by.
    pub(super) fn page(
        &mut self,
        kind: Kind,
        typed: &str,
        key: &str,
        name: FieldName<'_>,
        texts: &Texts,
    ) -> Option<PageRef> {
        if typed.is_empty() {
            return None;
        }
        if let Some(kept) = self.remembered(kind, typed, key, texts) {
            return Some(kept);
        }
        match self.named.find(kind, typed) {
            Found::One(card) => Some(PageRef::by_id(kind, card.id)),
            Found::Several(cards) => {
                let ways: Vec<&str> = cards.iter().map(|card| card.slug.as_str()).collect();
                let several = format!(
                    "Several {} have this name. Write the address of the one you mean: {}.",
                    kind.plural(),
                    ways.join(", ")
                );
                self.fault(name, several);
                None
            }
            Found::Nothing => {
                self.fault(name, format!("There is no {kind} called “{typed}”. Check the name, or create that page first."));
                None
            }
        }
    }

    fn remembered(&self, kind: Kind, typed: &str, key: &str, texts: &Texts) -> Option<PageRef> {
        let page = remembered(texts, key)?;
        self.named
            .remembers(kind, typed, page.id()?)
            .then_some(page)
    }

    /// An artist's page, or a name without one.
    pub(super) fn who(
        &mut self,
        typed: &str,
        key: &str,
        name: FieldName<'_>,
        texts: &Texts,
        row: &mut Map<String, Value>,
    ) {
        let (artist, plain) = match self.named.find(Kind::Artist, typed) {
            Found::Nothing if self.remembered(Kind::Artist, typed, key, texts).is_none() => {
                (None, typed)
            }
            _ => (self.page(Kind::Artist, typed, key, name, texts), ""),
        };
        put(
            row,
            "artist",
            artist.map(|page| Value::String(page.to_string())),
        );
        put(
            row,
            "text",
            (!plain.is_empty()).then(|| Value::String(plain.to_owned())),
        );
    }

    pub(super) fn credit(&mut self, key: &str, prefix: &str, texts: &Texts) -> Option<Value> {
        let mut parts = Vec::new();
        for at in credit_parts(texts, key) {
            let of = |field: &str| text(texts, &format!("{key}.{at}.{field}"));
            if of("who").trim().is_empty() {
                continue;
            }
            let mut part = Map::new();
            let who = format!("{key}.{at}.who");
            let name = FieldName { prefix, key: &who };
            self.who(of("who").trim(), &who, name, texts, &mut part);
            let printed = of("credited_as").trim();
            put(
                &mut part,
                "credited_as",
                (!printed.is_empty()).then(|| Value::String(printed.to_owned())),
            );
            put(
                &mut part,
                "join",
                (!of("join").is_empty()).then(|| Value::String(of("join").to_owned())),
            );
            parts.push(Value::Object(part));
        }
        (!parts.is_empty()).then_some(Value::Array(parts))
    }
}
