//! One segment of a URL path, read from the raw request so that two spellings never become one page by accident.

use percent_encoding::percent_decode_str;
use unicode_normalization::UnicodeNormalization;

use super::slug::{Slug, slugify};

/// The text of one path segment: decoded, checked and in NFC.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathText {
    text: String,
    canonical: bool,
}

/// Why a path segment is no page name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// The bytes are not percent-encoded UTF-8: answer 400.
    #[error("This address is not readable: it has to be percent-encoded UTF-8.")]
    Malformed,
    /// No page can have this name: answer 404.
    #[error("No page can have this address.")]
    Refused,
}

impl PathText {
    /// The longest accepted segment, in bytes of decoded NFC text.
    pub const MAX_BYTES: usize = 255;

    /// Reads one segment of the raw path, without its slashes.
    ///
    /// It is decoded once. Only when the result still spells non-ASCII UTF-8 in percent signs (`%25EB%258F%2584`, as
    /// chat programs and proxies make them) it is decoded once more; `%2541` stays the title `%41`.
    pub fn parse(raw_percent_encoded: &str) -> Result<Self, AddressError> {
        let once = decode(raw_percent_encoded).ok_or(AddressError::Malformed)?;
        let decoded = twice_encoded(&once).unwrap_or(once);
        let text: String = decoded.nfc().collect();
        if is_refused(&text) {
            return Err(AddressError::Refused);
        }
        let canonical = Slug::parse(raw_percent_encoded).is_ok();
        Ok(Self { text, canonical })
    }

    /// Whether the raw text was a slug already, so that no redirect is due.
    pub fn was_canonical(&self) -> bool {
        self.canonical
    }

    /// The text as a title to look up, in NFC.
    pub fn as_title(&self) -> &str {
        &self.text
    }

    /// The slug the text stands for: itself when canonical, else what [`slugify`] makes of it.
    pub fn slug(&self) -> Option<Slug> {
        slugify(&self.text)
    }
}

/// `None` for a percent sign without two hexadecimal digits and for bytes that are not UTF-8.
fn decode(raw: &str) -> Option<String> {
    let lone = raw.split('%').skip(1).any(|after| {
        let mut digits = after.bytes().take(2).filter(u8::is_ascii_hexdigit);
        digits.next().and(digits.next()).is_none()
    });
    if lone {
        return None;
    }
    let decoded = percent_decode_str(raw).decode_utf8().ok()?;
    Some(decoded.into_owned())
}

fn twice_encoded(once: &str) -> Option<String> {
    let encoded_non_ascii = once.split('%').skip(1).any(|after| {
        after.starts_with([
            '8', '9', 'a', 'b', 'c', 'd', 'e', 'f', 'A', 'B', 'C', 'D', 'E', 'F',
        ])
    });
    if !encoded_non_ascii {
        return None;
    }
    decode(once)
}

fn is_refused(text: &str) -> bool {
    text.is_empty()
        || text.len() > PathText::MAX_BYTES
        || text.trim() != text
        || text.chars().any(is_refused_char)
        || text
            .split(['/', '\\'])
            .any(|part| part == "." || part == "..")
}

/// Controls, the replacement character, and everything that cannot be seen or turns the direction of what stands
/// beside it: with them two addresses that look alike would be two pages.
fn is_refused_char(c: char) -> bool {
    c.is_control()
        || matches!(u32::from(c),
            0xAD | 0x34F | 0x61C | 0x115F | 0x1160 | 0x17B4 | 0x17B5 | 0x180B..=0x180F | 0x200B..=0x200F
            | 0x2028..=0x202E | 0x2060..=0x206F | 0x3164 | 0xFE00..=0xFE0F | 0xFEFF | 0xFFA0 | 0xFFF0..=0xFFFD
            | 0xE000..=0xF8FF | 0xFDD0..=0xFDEF | 0x1BCA0..=0x1BCA3 | 0x1D173..=0x1D17A | 0xE0000..=0xE0FFF
            | 0xF0000..=0x10FFFF)
        || u32::from(c) & 0xFFFE == 0xFFFE
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
    use proptest::prelude::*;

    fn title(raw: &str) -> String {
        PathText::parse(raw).unwrap().as_title().to_owned()
    }

    #[test]
    fn a_segment_is_decoded_once() {
        assert_eq!(title("stay-with-me"), "stay-with-me");
        assert_eq!(title("%EB%8F%84%EA%B9%A8%EB%B9%84"), "도깨비");
        assert_eq!(title("%2541"), "%41");
        assert_eq!(title("100%25"), "100%");
        assert_eq!(title("AC%2FDC"), "AC/DC");
        assert_eq!(title("도깨비"), "도깨비");
        assert_eq!(title("a+b"), "a+b");
    }

    #[test]
    fn doubly_encoded_addresses_are_understood() {
        assert_eq!(
            title("%25EB%258F%2584%25EA%25B9%25A8%25EB%25B9%2584"),
            "도깨비"
        );
        assert_eq!(title("%25EB%258F"), "%EB%8F");
        assert_eq!(
            PathText::parse("%25EB%258F%2584%2500"),
            Err(AddressError::Refused)
        );
    }

    #[test]
    fn decomposed_hangul_is_composed() {
        let nfd: String = "도깨비".nfd().collect();
        assert_eq!(
            title(&utf8_percent_encode(&nfd, NON_ALPHANUMERIC).to_string()),
            "도깨비"
        );
        assert_eq!(title("%E3%85%8B%E3%85%8B"), "ㅋㅋ");
    }

    #[test]
    fn only_a_slug_as_it_is_was_canonical() {
        assert!(PathText::parse("stay-with-me").unwrap().was_canonical());
        for other in [
            "Stay-With-Me",
            "stay%2Dwith-me",
            "stay_with_me",
            "%EB%8F%84",
        ] {
            assert!(!PathText::parse(other).unwrap().was_canonical(), "{other}");
        }
        assert_eq!(
            PathText::parse("Stay_With%20Me").unwrap().slug(),
            slugify("stay with me")
        );
    }

    #[test]
    fn bytes_that_are_no_utf8_are_malformed() {
        for raw in [
            "%ff",
            "%EB%8F",
            "%C0%AE",
            "%ED%A0%80",
            "%",
            "a%2",
            "%zz",
            "100%",
            "%B5%B5%B1%FA%BA%F1",
        ] {
            assert_eq!(PathText::parse(raw), Err(AddressError::Malformed), "{raw}");
        }
    }

    #[test]
    fn names_no_page_can_have_are_refused() {
        let long = "a".repeat(256);
        for raw in [
            "",
            ".",
            "..",
            "%2e%2e",
            "..%2f..%2fetc",
            "..%5cx",
            "a%00b",
            "a%0Ab",
            "%7F",
            "%C2%85",
            "%EF%BF%BD",
            "%20a",
            "a%20",
            "%C2%A0a",
            "a%E2%80%AEb",
            "a%E2%80%8Bb",
            "%E3%85%A4",
            "a%EF%BB%BF",
            "%EF%BF%BF",
            "a%E2%81%A6b",
            "a%C2%ADb",
            &long,
        ] {
            assert_eq!(PathText::parse(raw), Err(AddressError::Refused), "{raw}");
        }
    }

    proptest! {
        #[test]
        fn any_raw_text_gets_an_answer(raw in "\\PC*|[%0-9a-fA-F]{0,40}") {
            if let Ok(path) = PathText::parse(&raw) {
                prop_assert!(path.as_title().nfc().eq(path.as_title().chars()));
                prop_assert!(!path.was_canonical() || path.as_title() == raw);
            }
        }
    }
}
