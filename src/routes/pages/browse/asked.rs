//! What the address of an index asks for: one filter, and from where to read on.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::models::page::browse::Wanted;
use crate::models::page::index::{Cursor, From};
use crate::text::hangul;
use crate::web::Error;

/// Longest value of a filter, in bytes.
const LONGEST_VALUE: usize = 120;
/// Longest sort key of a cursor, in bytes; titles are shorter.
const LONGEST_KEY: usize = 2048;

/// What stays as it is in the value of a query.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.');

/// What was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    pub wanted: Option<Wanted>,
    pub from: From,
}

impl Asked {
    /// Reads a raw query. Names that are none of the index's own are passed over, and so are empty values.
    ///
    /// # Errors
    /// 400 for values that cannot be read, and for more than one filter or place.
    pub fn read(query: &str, facets: &[&'static str]) -> Result<Self, Error> {
        let mut asked = Self {
            wanted: None,
            from: From::Start,
        };
        for pair in query.split('&') {
            let (name, raw) = pair.split_once('=').unwrap_or((pair, ""));
            let raw = raw.replace('+', " ");
            let Ok(value) = percent_decode_str(&raw).decode_utf8() else {
                return Err(Error::Malformed(
                    "The address is not readable text. Begin at the whole index.",
                ));
            };
            if value.is_empty() {
                continue;
            }
            if name == "after" || name == "before" {
                asked.place(name, &value)?;
            } else if let Some(facet) = facets.iter().find(|facet| **facet == name) {
                if asked.wanted.is_some() {
                    return Err(Error::Malformed(
                        "One filter at a time. Take all but one out of the address, or begin at the whole index.",
                    ));
                }
                asked.wanted = Some(Wanted {
                    facet,
                    value: checked(facet, &value)?,
                });
            }
        }
        Ok(asked)
    }

    fn place(&mut self, name: &str, value: &str) -> Result<(), Error> {
        let cursor = read_cursor(value);
        self.from = match (cursor, name, &self.from) {
            (Some(cursor), "after", From::Start) => From::After(cursor),
            (Some(cursor), _, From::Start) => From::Before(cursor),
            _ => {
                return Err(Error::Malformed(
                    "This place in the index cannot be read. Begin at its first page.",
                ));
            }
        };
        Ok(())
    }
}

/// A value as it is filed, as far as its form tells.
fn checked(facet: &str, value: &str) -> Result<String, Error> {
    let mut letters = value.chars();
    let only = letters.next().filter(|_| letters.next().is_none());
    match facet {
        "letter" => only
            .filter(|letter| letter.is_ascii_alphabetic() || *letter == '#')
            .map(|letter| letter.to_ascii_uppercase().to_string())
            .ok_or(Error::Malformed(
                "A letter is one of A to Z, or # for everything else.",
            )),
        "initial" => only
            .and_then(|letter| hangul::index_letter(letter.encode_utf8(&mut [0; 4])))
            .map(String::from)
            .ok_or(Error::Malformed(
                "A Korean initial is one consonant, such as ㄱ.",
            )),
        "year" if value.len() != 4 || !value.bytes().all(|byte| byte.is_ascii_digit()) => {
            Err(Error::Malformed("A year has four digits, such as 2016."))
        }
        _ if value.len() > LONGEST_VALUE || value.chars().any(char::is_control) => Err(
            Error::Malformed("This filter cannot be read. Choose one of those the index offers."),
        ),
        _ => Ok(value.to_lowercase()),
    }
}

/// A value for a query.
pub fn escaped(value: &str) -> String {
    utf8_percent_encode(value, PLAIN).to_string()
}

/// A cursor for an address: the id and the sort key, which may be any text, in hexadecimal digits.
pub fn written_cursor(cursor: &Cursor) -> String {
    use std::fmt::Write;
    let mut text = format!("{}-", cursor.id);
    for byte in cursor.sort_key.bytes() {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// The cursor this text stands for, if it is one.
fn read_cursor(text: &str) -> Option<Cursor> {
    let (id, digits) = text.split_once('-')?;
    let plain = id.len() <= 19 && id.bytes().all(|byte| byte.is_ascii_digit());
    if !plain
        || digits.len() > 2 * LONGEST_KEY
        || digits.len() % 2 != 0
        || !digits.bytes().all(|byte| byte.is_ascii_hexdigit())
    {
        return None;
    }
    let bytes: Vec<u8> = digits
        .as_bytes()
        .chunks_exact(2)
        .map(|pair| {
            std::str::from_utf8(pair)
                .ok()
                .and_then(|pair| u8::from_str_radix(pair, 16).ok())
        })
        .collect::<Option<_>>()?;
    let sort_key = String::from_utf8(bytes)
        .ok()
        .filter(|key| !key.chars().any(char::is_control))?;
    Some(Cursor {
        sort_key,
        id: id.parse().ok()?,
    })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const FACETS: [&str; 5] = ["letter", "initial", "year", "network", "drama"];

    fn wanted(query: &str) -> Option<(&'static str, String)> {
        Asked::read(query, &FACETS)
            .unwrap()
            .wanted
            .map(|wanted| (wanted.facet, wanted.value))
    }

    #[test]
    fn one_filter_is_read_and_unknown_names_are_passed_over() {
        assert_eq!(wanted(""), None);
        assert_eq!(wanted("utm=x&sort=&letter="), None);
        assert_eq!(wanted("letter=g"), Some(("letter", "G".to_owned())));
        assert_eq!(wanted("letter=%23"), Some(("letter", "#".to_owned())));
        assert_eq!(
            wanted("x=1&initial=%E3%84%B8"),
            Some(("initial", "ㄷ".to_owned()))
        );
        assert_eq!(
            wanted("network=KBS-2tv"),
            Some(("network", "kbs-2tv".to_owned()))
        );
    }

    #[test]
    fn unreadable_values_are_refused() {
        for query in [
            "letter=GG",
            "letter=%EB%8F%84",
            "initial=G",
            "initial=%E3%84%B7%E3%84%B7",
            "year=16",
            "year=%EF%BC%91234",
            "network=%01",
            "letter=A&year=2016",
            "after=x",
            "after=1-0",
            "after=1-00",
            "after=1-ff",
            "after=-1-61",
            "after=99999999999999999999-61",
            "after=9999999999999999999-61",
            "after=1-61&before=1-61",
            "after=1-61&after=1-61",
        ] {
            assert!(
                matches!(Asked::read(query, &FACETS), Err(Error::Malformed(_))),
                "{query}"
            );
        }
        assert!(Asked::read(&format!("network={}", "a".repeat(121)), &FACETS).is_err());
    }

    proptest! {
        #[test]
        fn a_cursor_reads_back_as_itself(sort_key in "[^\\p{Cc}]{0,60}", id in 1..i64::MAX) {
            let cursor = Cursor { sort_key, id };
            prop_assert_eq!(read_cursor(&written_cursor(&cursor)), Some(cursor));
        }

        #[test]
        fn any_query_gets_an_answer(query in "\\PC*|(after|before|letter|year)=[%0-9a-f-]{0,40}") {
            let _ = Asked::read(&query, &FACETS);
        }
    }
}
