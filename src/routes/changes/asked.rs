//! What the address of the changes asks for: `?kind=song&by=hanji&minor=hide&since=2026-11-01`, the same for the page and the feed.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Deserialize;

use crate::db::{Conn, QueryResult};
use crate::models::changes::recent::{Wanted, page_at};
use crate::models::page::{Kind, State};

/// The query, as it was written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Asked {
    pub kind: String,
    pub by: String,
    /// `yes`: not one's own.
    pub others: String,
    /// `yes`: by new members.
    pub new: String,
    /// `hide` or `only`.
    pub minor: String,
    pub tag: String,
    /// `yes`: by new members, and nobody has looked at them.
    pub unpatrolled: String,
    /// The address of a page.
    pub page: String,
    /// The address of a drama.
    pub drama: String,
    /// A day.
    pub since: String,
    pub before: String,
}

/// What is wrong: the field, and a sentence.
pub type Faults = Vec<(&'static str, &'static str)>;

impl Asked {
    /// Reads it; `me` is whoever asks.
    pub fn wanted(&self, conn: &mut Conn, me: Option<&str>) -> QueryResult<(Wanted, Faults)> {
        let mut faults = Faults::new();
        let mut wanted = Wanted {
            by: text(&self.by),
            not_by: me.filter(|_| self.others == "yes").map(str::to_owned),
            is_new: self.new == "yes",
            is_minor: match self.minor.as_str() {
                "only" => Some(true),
                "hide" => Some(false),
                _ => None,
            },
            tag: text(&self.tag),
            is_unpatrolled: self.unpatrolled == "yes",
            ..Wanted::default()
        };
        if let Some(kind) = text(&self.kind) {
            wanted.kind = Kind::ALL.iter().copied().find(|of| of.as_str() == kind);
            if wanted.kind.is_none() {
                faults.push(("kind", "There is no such kind of page."));
            }
        }
        for (field, typed) in [("page", &self.page), ("drama", &self.drama)] {
            let Some(typed) = text(typed) else { continue };
            let address = match field {
                "drama" if !typed.contains('/') => format!("dramas/{typed}"),
                _ => typed,
            };
            let page = page_at(conn, &address)?.filter(|page| page.state == State::Live);
            let page = page.filter(|page| field == "page" || page.kind == Kind::Drama);
            match (page, field) {
                (Some(page), "page") => wanted.page = Some(page.id),
                (Some(page), _) => wanted.drama = Some(page.id),
                (None, "page") => faults.push((
                    "page",
                    "There is no such page. Write its address, such as /songs/stay-with-me.",
                )),
                (None, _) => faults.push((
                    "drama",
                    "There is no such drama. Write its address, such as /dramas/goblin.",
                )),
            }
        }
        if let Some(day) = text(&self.since) {
            wanted.since = beginning(&day);
            if wanted.since.is_none() {
                faults.push(("since", "Write a day as year, month and day: 2026-11-26."));
            }
        }
        if let Some(before) = text(&self.before) {
            wanted.before = before.parse().ok();
            if wanted.before.is_none() {
                faults.push((
                    "before",
                    "The list cannot begin there. Begin at the newest.",
                ));
            }
        }
        Ok((wanted, faults))
    }

    /// The same address again, from its beginning or from `before` on: `kind=song&before=17`; may be empty.
    pub fn query(&self, before: Option<i64>) -> String {
        let before = before.map(|before| before.to_string());
        let pairs = [
            ("kind", self.kind.as_str()),
            ("by", &self.by),
            ("others", &self.others),
            ("new", &self.new),
            ("minor", &self.minor),
            ("tag", &self.tag),
            ("unpatrolled", &self.unpatrolled),
            ("page", &self.page),
            ("drama", &self.drama),
            ("since", &self.since),
            ("before", before.as_deref().unwrap_or_default()),
        ];
        let said = pairs
            .into_iter()
            .filter(|(_, value)| !value.trim().is_empty());
        serde_urlencoded::to_string(said.collect::<Vec<_>>()).unwrap_or_default()
    }
}

/// An address of the site with a query, if there is one.
pub fn with_query(path: &str, query: &str) -> String {
    if query.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?{query}")
    }
}

fn text(typed: &str) -> Option<String> {
    let typed = typed.trim();
    (!typed.is_empty()).then(|| typed.to_owned())
}

/// The first moment of a day in UTC, microseconds since 1970.
fn beginning(day: &str) -> Option<i64> {
    let day: Date = day.parse().ok()?;
    let midnight = day.to_zoned(TimeZone::UTC).ok()?;
    Some(midnight.timestamp().as_microsecond())
}

#[cfg(test)]
mod tests {
    use super::{Asked, beginning};

    #[test]
    fn a_day_is_read_as_its_first_moment() {
        assert_eq!(beginning("1970-01-02"), Some(86_400_000_000));
        for wrong in ["", "yesterday", "2026-13-01", "26.11.2026"] {
            assert_eq!(beginning(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn an_address_can_be_written_again() {
        let asked = Asked {
            kind: "song".to_owned(),
            by: "a b&c".to_owned(),
            ..Asked::default()
        };
        assert_eq!(asked.query(Some(7)), "kind=song&by=a+b%26c&before=7");
    }
}
