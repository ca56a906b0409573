//! What the addresses of histories and comparisons ask for.

use percent_encoding::percent_decode_str;

use crate::models::page::history::Wanted;
use crate::web::Error;

/// Longest name of a field in an address, in bytes.
const LONGEST_FIELD: usize = 60;

/// Two revisions, and how the text is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Pair {
    pub from: Option<i64>,
    pub to: Option<i64>,
    /// The two texts beside each other rather than in one.
    pub is_side: bool,
}

/// Reads the query of a history.
///
/// # Errors
/// 400 for a number or a field that cannot be one.
pub fn wanted(query: &str) -> Result<Wanted, Error> {
    let mut wanted = Wanted::default();
    for (name, value) in pairs(query) {
        match name {
            "before" => wanted.before = Some(number(value)?),
            "field" => wanted.field = Some(field(value)?),
            "minor" => wanted.is_without_minor = value == "no",
            _ => {}
        }
    }
    Ok(wanted)
}

/// Reads the query of a comparison.
///
/// # Errors
/// 400 for a number that cannot be one.
pub fn pair(query: &str) -> Result<Pair, Error> {
    let mut pair = Pair::default();
    for (name, value) in pairs(query) {
        match name {
            "from" => pair.from = Some(number(value)?),
            "to" => pair.to = Some(number(value)?),
            "prose" => pair.is_side = value == "side",
            _ => {}
        }
    }
    Ok(pair)
}

/// Names and values; those without a value say nothing.
fn pairs(query: &str) -> impl Iterator<Item = (&str, &str)> {
    query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .filter(|(_, value)| !value.is_empty())
}

fn number(value: &str) -> Result<i64, Error> {
    let is_plain = value.bytes().all(|byte| byte.is_ascii_digit()) && value.len() < 16;
    value
        .parse()
        .ok()
        .filter(|_| is_plain)
        .ok_or(Error::Malformed(
            "Revisions are named by their numbers. Begin at the whole history.",
        ))
}

/// `credits`, or one of its rows, `credits[12]`.
fn field(value: &str) -> Result<String, Error> {
    let malformed = Error::Malformed("There is no such field. Begin at the whole history.");
    let Ok(text) = percent_decode_str(value).decode_utf8() else {
        return Err(malformed);
    };
    let name = match text.split_once('[') {
        Some((name, row)) => {
            let id = row.strip_suffix(']').unwrap_or_default();
            let is_row = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit());
            if is_row { name } else { "" }
        }
        None => &text,
    };
    let is_name = !name.is_empty()
        && text.len() <= LONGEST_FIELD
        && name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    if is_name {
        Ok(text.into_owned())
    } else {
        Err(malformed)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::{Pair, pair, wanted};

    #[test]
    fn addresses_are_read_strictly() {
        assert_eq!(
            pair("from=3&to=5&prose=side&x=y").unwrap(),
            Pair {
                from: Some(3),
                to: Some(5),
                is_side: true
            }
        );
        assert_eq!(pair("from=&to").unwrap(), Pair::default());
        for bad in ["from=x", "from=-1", "from=+1", "to=99999999999999999999"] {
            assert!(pair(bad).is_err(), "{bad}");
        }
        assert_eq!(
            wanted("field=credits%5B12%5D").unwrap().field.unwrap(),
            "credits[12]"
        );
        for bad in [
            "field=%22",
            "field=credits[",
            "field=[1]",
            "field=%ff",
            "field=a%25",
            "before=x",
        ] {
            assert!(wanted(bad).is_err(), "{bad}");
        }
    }
}
