//! Slugs: the names of pages in addresses and file names.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::romanise;

/// A page's name in its address: `[a-z0-9]+(-[a-z0-9]+)*`, 1 to 120 bytes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Slug(String);

/// Why a text is not a slug.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SlugError {
    /// There is nothing in it.
    #[error("The address is empty: write at least one letter or digit.")]
    Empty,
    /// It has more than [`Slug::MAX_BYTES`] bytes.
    #[error("The address is too long: use at most 120 characters.")]
    TooLong,
    /// It has something else than lower-case ASCII letters, digits and single hyphens between them.
    #[error(
        "The address may only have the letters a to z, digits and single hyphens between them."
    )]
    Shape,
}

impl Slug {
    /// The longest slug, in bytes.
    pub const MAX_BYTES: usize = 120;

    /// Checks that the text is a slug already; [`slugify`] makes one from any text.
    pub fn parse(text: &str) -> Result<Self, SlugError> {
        if text.is_empty() {
            return Err(SlugError::Empty);
        }
        if text.len() > Self::MAX_BYTES {
            return Err(SlugError::TooLong);
        }
        let part_is_good = |part: &str| {
            !part.is_empty()
                && part
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        };
        if !text.split('-').all(part_is_good) {
            return Err(SlugError::Shape);
        }
        Ok(Self(text.to_owned()))
    }

    /// The slug as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl AsRef<str> for Slug {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Slug {
    type Error = SlugError;

    fn try_from(text: String) -> Result<Self, SlugError> {
        Self::parse(&text)
    }
}

impl FromStr for Slug {
    type Err = SlugError;

    fn from_str(text: &str) -> Result<Self, SlugError> {
        Self::parse(text)
    }
}

impl From<Slug> for String {
    fn from(slug: Slug) -> Self {
        slug.0
    }
}

/// The slug of a name: Hangul romanised, accents and apostrophes dropped, `&` as `and`, every other punctuation a
/// hyphen. `None` when no letter or digit is left. Longer names are cut between two words where that is possible.
pub fn slugify(name: &str) -> Option<Slug> {
    let mut out = String::with_capacity(name.len());
    for c in romanise::romanise(name).nfkd() {
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
        } else if let Some(letters) = latin(c) {
            out.push_str(letters);
        } else if matches!(c, '&' | '＆') {
            push_hyphen(&mut out);
            out.push_str("and-");
        } else if !is_dropped(c) {
            push_hyphen(&mut out);
        }
    }
    let out = shortened(&out).trim_end_matches('-');
    Slug::parse(out).ok()
}

fn push_hyphen(out: &mut String) {
    if !out.is_empty() && !out.ends_with('-') {
        out.push('-');
    }
}

/// Accents (apart from their letter since the decomposition), apostrophes and invisible characters leave no gap.
fn is_dropped(c: char) -> bool {
    is_combining_mark(c)
        || matches!(c, '\'' | '’' | '‘' | 'ʼ' | 'ʻ' | '`' | '´' | '′')
        || matches!(u32::from(c), 0xAD | 0x200B..=0x200F | 0x2060..=0x2064 | 0xFEFF)
}

/// Latin letters Unicode does not take apart.
fn latin(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' | 'ẞ' => "ss",
        'æ' | 'Æ' => "ae",
        'œ' | 'Œ' => "oe",
        'ø' | 'Ø' => "o",
        'đ' | 'Đ' | 'ð' | 'Ð' => "d",
        'þ' | 'Þ' => "th",
        'ł' | 'Ł' => "l",
        'ħ' | 'Ħ' => "h",
        'ı' => "i",
        _ => return None,
    })
}

fn shortened(out: &str) -> &str {
    let Some(cut) = out.get(..Slug::MAX_BYTES) else {
        return out;
    };
    let word_ends = out.len() == Slug::MAX_BYTES
        || out
            .get(Slug::MAX_BYTES..)
            .is_some_and(|r| r.starts_with('-'));
    match cut.rfind('-') {
        Some(at) if !word_ends => cut.get(..at).unwrap_or(cut),
        _ => cut,
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_become_slugs() {
        for (name, slug) in [
            ("It's Okay to Not Be Okay", "its-okay-to-not-be-okay"),
            ("It’s Okay", "its-okay"),
            ("Say Yes (Loco & Punch)", "say-yes-loco-and-punch"),
            ("R&B", "r-and-b"),
            ("도깨비", "dokkaebi"),
            ("사랑의 불시착", "sarangui-bulsichak"),
            ("Café Ørsted — ß", "cafe-orsted-ss"),
            ("  --Hello,, world!! ", "hello-world"),
            ("Twenty-Five Twenty-One", "twenty-five-twenty-one"),
            ("I’m", "im"),
            ("Ⅱ", "ii"),
        ] {
            assert_eq!(slugify(name).unwrap().as_str(), slug, "{name}");
        }
        assert_eq!(slugify("♥ !"), None);
        assert_eq!(slugify(""), None);
    }

    #[test]
    fn long_names_are_cut_between_words() {
        let slug = slugify(&"word ".repeat(60)).unwrap();
        assert_eq!(slug.as_str().len(), 119);
        assert!(slug.as_str().ends_with("-word"));
        assert_eq!(slugify(&"a".repeat(300)).unwrap().as_str().len(), 120);
    }

    #[test]
    fn only_the_canonical_shape_parses() {
        for bad in [
            "",
            "A",
            "a--b",
            "-a",
            "a-",
            "a b",
            "é",
            "a_b",
            "도깨비",
            "a\n",
        ] {
            assert!(Slug::parse(bad).is_err(), "{bad:?}");
        }
        assert_eq!(Slug::parse(&"a".repeat(121)), Err(SlugError::TooLong));
        assert_eq!(
            Slug::parse("stay-with-me").unwrap().to_string(),
            "stay-with-me"
        );
        assert_eq!(
            serde_json::from_str::<Slug>("\"a-1\"").unwrap().as_str(),
            "a-1"
        );
        assert!(serde_json::from_str::<Slug>("\"A\"").is_err());
    }

    proptest! {
        #[test]
        fn a_slug_is_its_own_slug(name in "\\PC*") {
            if let Some(slug) = slugify(&name) {
                prop_assert_eq!(slugify(slug.as_str()), Some(slug.clone()));
                prop_assert_eq!(Slug::parse(slug.as_str()), Ok(slug));
            }
        }
    }
}
