//! A block of credits pasted into the form: what is understood becomes rows, the rest stays in the box.

use std::collections::BTreeSet;

use crate::db::{Conn, QueryResult};
use crate::models::link::PageRef;
use crate::models::page::Kind;
use crate::models::page::named::{Found, Named};
use crate::text::credits::{self, Credited};

use super::operations::new_key;
use super::typed::{Row, Typed};

/// The list the rows go to; its section has the box.
pub const LIST: &str = "credits";
/// Name of the box. It is no part of the content, and comes back with everything else that was typed.
pub const BOX: &str = "paste";

/// What became of a block.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pasted {
    /// In words.
    pub said: String,
    /// The first new row.
    pub focus: String,
}

/// Turns what is in the box into rows.
///
/// # Errors
/// The store's own.
pub fn apply(conn: &mut Conn, typed: &mut Typed) -> QueryResult<Pasted> {
    let block = credits::read(typed.text(BOX));
    let spellings: BTreeSet<(Kind, String)> = block
        .credits
        .iter()
        .flat_map(|credit| credits::spellings(&credit.name))
        .map(|name| (Kind::Artist, name.to_owned()))
        .collect();
    let named = Named::load(conn, &spellings)?;
    let mut counted = Counted::default();
    let mut unread = block.unread;
    for credit in &block.credits {
        let row = row(credit, &named, &mut counted);
        let rows = typed.lists.entry(LIST.to_owned()).or_default();
        let is_there = rows.iter().any(|other| {
            ["role", "who", "detail"]
                .iter()
                .all(|field| other.text(field) == row.text(field))
        });
        if is_there {
            counted.known += 1;
            continue;
        }
        match new_key(rows) {
            Some(key) => {
                if counted.focus.is_empty() {
                    counted.focus = format!("{LIST}.{key}");
                }
                counted.added += 1;
                rows.push(Row { key, ..row });
            }
            None => unread.push(format!("{}: {}", credit.role, credit.name)),
        }
    }
    let said = counted.words(!unread.is_empty());
    typed.texts.insert(BOX.to_owned(), vec![unread.join("\n")]);
    Ok(Pasted {
        said,
        focus: counted.focus,
    })
}

/// A credit as somebody would have typed it: the page's title with its reference, or the name.
fn row(credit: &Credited, named: &Named, counted: &mut Counted) -> Row {
    let mut row = Row::default();
    let mut set = |field: &str, text: String| {
        row.texts.insert(field.to_owned(), vec![text]);
    };
    set("role", credit.role.to_owned());
    set("detail", credit.detail.clone());
    let found = credits::spellings(&credit.name)
        .into_iter()
        .map(|name| (name, named.find(Kind::Artist, name)))
        .find(|(_, found)| *found != Found::Nothing);
    match found {
        Some((_, Found::One(card))) => {
            counted.linked += 1;
            set("who", card.title.clone());
            set("who.id", PageRef::by_id(Kind::Artist, card.id).to_string());
        }
        Some((name, _)) => {
            counted.several += 1;
            set("who", name.to_owned());
        }
        None => set("who", credit.name.clone()),
    }
    row
}

/// How many there were of each sort.
#[derive(Debug, Default)]
struct Counted {
    added: usize,
    known: usize,
    linked: usize,
    several: usize,
    focus: String,
}

impl Counted {
    fn words(&self, has_rest: bool) -> String {
        let count = |number: usize, one: &str, many: &str| match number {
            1 => one.to_owned(),
            _ => format!("{number} {many}"),
        };
        let mut said = Vec::new();
        match (self.added, self.known) {
            (0, 0) => said.push("Nothing in the box could be read as a credit.".to_owned()),
            (0, _) => said.push("These credits are in the list already.".to_owned()),
            (added, _) => {
                let rows = count(added, "One credit was", "credits were");
                said.push(format!(
                    "{rows} added below. Look them over before you save."
                ));
            }
        }
        if self.added > 0 && self.several > 0 {
            let names = count(self.several, "One name is", "names are");
            said.push(format!(
                "{names} borne by several artists: write which one is meant."
            ));
        }
        if self.added > 0 && self.linked + self.several < self.added {
            said.push("Names without a page stand as plain text.".to_owned());
        }
        if has_rest {
            said.push("What is left in the box was not understood: write a role before the names, as in “Composed by” or “작곡”, or add it by hand.".to_owned());
        }
        said.join(" ")
    }
}

#[cfg(test)]
mod tests {
    use crate::models::credit::Role;
    use crate::text::credits;

    #[test]
    fn every_printed_role_is_one_the_wiki_knows() {
        for key in credits::keys() {
            assert!(key.parse::<Role>().is_ok(), "{key}");
        }
    }
}
