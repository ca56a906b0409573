//! Names of members: letters of any living script, and none that can be taken for another's.

use crate::text::letters::is_unseen;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
use unicode_security::{
    GeneralSecurityProfile, RestrictionLevel, RestrictionLevelDetection, skeleton,
};

/// A good name, in NFC.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserName(String);

/// Why a text can be nobody's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NameFault {
    #[error("Write a name of at least 2 characters.")]
    TooShort,
    #[error("Shorten the name to 40 characters.")]
    TooLong,
    /// Invisible characters, and those that turn the direction of what stands beside them.
    #[error(
        "There is something in the name that cannot be seen. Type it anew instead of pasting it."
    )]
    Invisible,
    #[error("Use only letters, digits, spaces, hyphens, full stops and underscores.")]
    Character,
    #[error("Begin and end the name with a letter or a digit, and put one space at a time.")]
    Edges,
    /// Scripts are mixed in a way that serves to imitate: Latin with Cyrillic or Greek, say.
    #[error("Use letters of one script, or of one script and Latin.")]
    Mixed,
    #[error("This name belongs to the site itself. Choose another.")]
    Reserved,
}

/// Names that would be taken for the site's own voice. What looks like one of them is one.
const RESERVED: [&str; 32] = [
    "yeoun",
    "여운",
    "yeoun wiki",
    "admin",
    "admins",
    "administrator",
    "sysadmin",
    "webmaster",
    "root",
    "system",
    "operator",
    "moderator",
    "moderators",
    "mod",
    "editor",
    "editors",
    "member",
    "staff",
    "team",
    "official",
    "support",
    "help",
    "security",
    "anonymous",
    "nobody",
    "somebody",
    "everybody",
    "everyone",
    "guest",
    "unknown",
    "deleted",
    "관리자",
];

impl UserName {
    /// Fewest and most characters.
    pub const LENGTH: std::ops::RangeInclusive<usize> = 2..=40;

    /// Reads a name as typed; white space around it is not part of it.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn parse(typed: &str) -> Result<Self, NameFault> {
        let name: String = typed.trim_matches([' ', '\t', '\r', '\n']).nfc().collect();
        let length = name.chars().count();
        if length < *Self::LENGTH.start() {
            return Err(NameFault::TooShort);
        }
        if length > *Self::LENGTH.end() {
            return Err(NameFault::TooLong);
        }
        if name.chars().any(is_unseen) {
            return Err(NameFault::Invisible);
        }
        if !name.chars().all(is_allowed) || marks_in_a_row(&name) > 2 {
            return Err(NameFault::Character);
        }
        let is_firm =
            |end: Option<char>| end.is_some_and(|c| c.is_alphanumeric() || is_combining_mark(c));
        let starts_well = name.chars().next().is_some_and(char::is_alphanumeric);
        if !starts_well || !is_firm(name.chars().next_back()) || name.contains("  ") {
            return Err(NameFault::Edges);
        }
        let letters: String = name.chars().filter(|c| !is_separator(*c)).collect();
        if letters.as_str().detect_restriction_level() > RestrictionLevel::ModeratelyRestrictive {
            return Err(NameFault::Mixed);
        }
        let key = key(&name);
        if RESERVED.iter().any(|reserved| self::key(reserved) == key) {
            return Err(NameFault::Reserved);
        }
        Ok(Self(name))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// See [`key`].
    pub fn key(&self) -> String {
        key(&self.0)
    }
}

/// What two names have in common when one can be taken for the other: the skeleton of Unicode's TR39 over the folded name,
/// without what stands between the letters. Capital I, small l and the digit 1 look alike once cases are folded, so i goes the
/// way of l.
pub fn key(name: &str) -> String {
    let folded: String = name
        .nfkc()
        .filter(|c| !is_separator(*c))
        .flat_map(char::to_lowercase)
        .collect();
    skeleton(&folded)
        .flat_map(char::to_lowercase)
        .map(|c| if c == 'i' { 'l' } else { c })
        .collect()
}

fn is_separator(c: char) -> bool {
    matches!(c, ' ' | '-' | '_' | '.')
}

fn is_allowed(c: char) -> bool {
    if is_separator(c) {
        return true;
    }
    let kind = c.is_alphabetic() || c.is_numeric() || is_combining_mark(c);
    kind && GeneralSecurityProfile::identifier_allowed(c)
}

fn marks_in_a_row(name: &str) -> usize {
    let step = |(row, most): (usize, usize), c| {
        let row = if is_combining_mark(c) { row + 1 } else { 0 };
        (row, most.max(row))
    };
    name.chars().fold((0, 0), step).1
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn fault(name: &str) -> Option<NameFault> {
        UserName::parse(name).err()
    }

    #[test]
    fn names_of_many_scripts_are_good() {
        for name in [
            "Minji",
            "민지",
            "min-ji_99",
            "J. R. Kim",
            "Минджи",
            "みんじ",
            "敏智",
            "Minji 민지",
            "Zoë",
            "मिनजी",
            "07",
        ] {
            assert_eq!(fault(name), None, "{name}");
        }
        assert_eq!(UserName::parse("  Minji \n").unwrap().as_str(), "Minji");
        // A decomposed name is the same name.
        assert_eq!(
            UserName::parse("\u{1106}\u{1175}\u{11ab}\u{110c}\u{1175}")
                .unwrap()
                .as_str(),
            "민지"
        );
    }

    #[test]
    fn what_cannot_be_seen_or_turns_text_round_is_refused() {
        for name in [
            "min\u{200b}ji",
            "\u{202e}ijnim",
            "min\u{2066}ji",
            "min\u{ad}ji",
            "min\u{3164}ji",
            "min\u{e0061}ji",
            "min\0ji",
            "min\u{200d}ji",
        ] {
            assert_eq!(fault(name), Some(NameFault::Invisible), "{name:?}");
        }
    }

    #[test]
    fn each_fault_is_told_by_its_name() {
        assert_eq!(fault("m"), Some(NameFault::TooShort));
        assert_eq!(fault(&"m".repeat(41)), Some(NameFault::TooLong));
        for name in [
            "min/ji",
            "<b>minji",
            "min@ji",
            "minji🎵",
            "①②③",
            "a\u{301}\u{301}\u{301}\u{301}b",
        ] {
            assert_eq!(fault(name), Some(NameFault::Character), "{name}");
        }
        for name in ["-minji", "minji.", "..", "min  ji", "_ _"] {
            assert_eq!(fault(name), Some(NameFault::Edges), "{name}");
        }
        for name in ["мinji", "Μinji"] {
            assert_eq!(fault(name), Some(NameFault::Mixed), "{name}");
        }
    }

    #[test]
    fn the_sites_own_names_are_kept_however_they_are_spelt() {
        for name in [
            "Yeoun",
            "YEOUN",
            "yeo-un",
            "Y e o u n",
            "Admin",
            "adrnin",
            "ADMlN",
            "여운",
            "n0body",
            "Anonymous",
            "관리자",
        ] {
            assert_eq!(fault(name), Some(NameFault::Reserved), "{name}");
        }
    }

    #[test]
    fn names_that_look_alike_have_one_key() {
        for (one, other) in [
            ("Minji", "minji"),
            ("Minji", "MlNJI"),
            ("minji", "m1nji"),
            ("Minji", "min.ji"),
            ("modern", "modem"),
            ("paul", "раul"),
            ("Zoë", "ZOË"),
            ("Bo0", "boo"),
        ] {
            let (one_key, other_key) = (key(one), key(other));
            assert_eq!(one_key, other_key, "{one} and {other}");
        }
        for (one, other) in [("Minji", "Minju"), ("민지", "민주"), ("Ana", "Anna")] {
            assert_ne!(key(one), key(other), "{one} and {other}");
        }
    }
}
