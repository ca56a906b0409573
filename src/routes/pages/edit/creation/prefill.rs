//! What the link to the form of a new page already knew.

use serde::Deserialize;

use crate::db::{Conn, QueryResult};
use crate::models::page::{Kind, Page, State};
use crate::routes::pages::edit::sent::Sent;
use crate::routes::pages::form::Typed;
use crate::text::hangul;
use crate::text::slug::Slug;

/// The query of the address: `?name=Hush&at=hush&drama=goblin`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// The name the page was looked for by.
    name: String,
    /// The address that waits for it.
    at: String,
    /// The drama it belongs to, by its address.
    drama: String,
    /// The artist it belongs to, by the address.
    artist: String,
}

/// Longest name taken over from an address, in characters.
const LONGEST: usize = 200;

/// The form as it begins.
pub fn sent(conn: &mut Conn, kind: Kind, asked: &Asked) -> QueryResult<Sent> {
    let name: String = asked
        .name
        .trim()
        .chars()
        .filter(|c| !c.is_control())
        .take(LONGEST)
        .collect();
    let is_korean = name.chars().any(hangul::is_hangul);
    let (main, other) = if is_korean {
        ("ko", "en")
    } else {
        ("en", "ko")
    };
    let mut pairs = vec![
        ("names.new1.value", name),
        ("names.new1.locale", main.to_owned()),
        ("names.new1.kind", "official".to_owned()),
        ("names.new1.primary", "yes".to_owned()),
        ("names.new2.value", String::new()),
        ("names.new2.locale", other.to_owned()),
        ("names.new2.kind", "official".to_owned()),
    ];
    let drama = live(conn, Kind::Drama, &asked.drama)?;
    let artist = live(conn, Kind::Artist, &asked.artist)?;
    match (kind, drama, artist) {
        (Kind::Song, drama, artist) => {
            let [title, id] = drama.unwrap_or_default();
            pairs.extend([("uses.new1.drama", title), ("uses.new1.drama.id", id)]);
            let [title, id] = artist.unwrap_or_default();
            pairs.extend([
                ("versions.new1.kind", "vocal".to_owned()),
                ("versions.new1.credit.0.who", title),
                ("versions.new1.credit.0.who.id", id),
            ]);
        }
        (Kind::Album, Some([title, id]), _) => {
            pairs.extend([("drama", title), ("drama.id", id)]);
        }
        _ => {}
    }
    let pairs = pairs
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value));
    Ok(Sent {
        typed: Typed::new(pairs),
        address: Slug::parse(&asked.at).map(String::from).unwrap_or_default(),
        ..Sent::default()
    })
}

/// Title and reference of the live page at an address.
fn live(conn: &mut Conn, kind: Kind, slug: &str) -> QueryResult<Option<[String; 2]>> {
    if Slug::parse(slug).is_err() {
        return Ok(None);
    }
    let page = Page::at(conn, kind, slug)?.filter(|page| page.state == State::Live);
    Ok(page.map(|page| [page.title, format!("{kind}#{}", page.id)]))
}
