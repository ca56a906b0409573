//! Passwords: what is refused, and how they are kept. A password is taken exactly as it was typed: nothing is trimmed, cut, folded
//! or normalised, so that any keyboard and any password manager works.

use std::fmt;

use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};

/// Fewest and most characters.
pub const LENGTH: std::ops::RangeInclusive<usize> = 8..=1024;
/// Longer input is turned away unread: four bytes for each of the most characters.
const MOST_BYTES: usize = 4096;

/// Passwords that are tried first, in lower case, one a line.
const COMMON: &str = include_str!("passwords.txt");

/// Hashed when nobody has the name asked for, so that it takes as long as for somebody. Nothing hashes to it.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$eWVvdW4teWVvdW4teWVvdQ$bm9ib2R5IGhhcyB0aGlzIHBhc3N3b3JkLCBldmVyLCA";

/// Why a password is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasswordFault {
    #[error("Use at least 8 characters; 15 or more are better, and a few words are easy to keep.")]
    TooShort,
    #[error("Shorten it to 1,024 characters.")]
    TooLong,
    #[error("This is one of the passwords that are tried first. Choose one that nobody else has.")]
    Common,
    #[error("Do not make it of your name or the site's: those are tried first.")]
    OwnName,
}

/// The hash itself failed: too little memory, or a stored text that is none of ours.
#[derive(Debug, thiserror::Error)]
#[error("a password cannot be hashed: {0}")]
pub struct HashError(String);

/// A password as it is stored: Argon2id in PHC form. Never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Hashed(String);

impl fmt::Debug for Hashed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hashed(…)")
    }
}

impl Hashed {
    /// As read from the store.
    pub(super) fn stored(text: String) -> Self {
        Self(text)
    }

    /// For the store.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// What stands for a member who is not there.
    pub fn of_nobody() -> Self {
        Self(NOBODY.to_owned())
    }
}

/// OWASP's first choice for Argon2id: 19 MiB, two passes, one lane.
fn argon2() -> Result<Argon2<'static>, HashError> {
    let params = Params::new(19_456, 2, 1, None).map_err(|error| HashError(error.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// Whether a password may be taken by somebody of this name, at this site.
///
/// # Errors
/// The first thing that is wrong with it.
pub fn check(password: &str, name: &str, site: &str) -> Result<(), PasswordFault> {
    let length = password.chars().count();
    if length < *LENGTH.start() {
        return Err(PasswordFault::TooShort);
    }
    if length > *LENGTH.end() {
        return Err(PasswordFault::TooLong);
    }
    let lower = password.to_lowercase();
    let first = lower.chars().next();
    let is_one_character = lower.chars().all(|c| Some(c) == first);
    if is_one_character || COMMON.lines().any(|common| common == lower) {
        return Err(PasswordFault::Common);
    }
    if is_made_of(&lower, name) || is_made_of(&lower, site) {
        return Err(PasswordFault::OwnName);
    }
    Ok(())
}

/// Whether little is left of a password without a word: `minji2026`.
fn is_made_of(password: &str, word: &str) -> bool {
    const LITTLE: usize = 4;
    let word = word.to_lowercase();
    !word.is_empty()
        && password.contains(&word)
        && password.replace(&word, "").chars().count() <= LITTLE
}

/// Hashes a password. Takes tens of milliseconds and 19 MiB: never on a thread that answers requests.
///
/// # Errors
/// [`HashError`].
pub fn hash(password: &str, salt: [u8; 16]) -> Result<Hashed, HashError> {
    let failed = |error: argon2::password_hash::Error| HashError(error.to_string());
    let salt = SaltString::encode_b64(&salt).map_err(failed)?;
    let hashed = argon2()?
        .hash_password(password.as_bytes(), &salt)
        .map_err(failed)?;
    Ok(Hashed(hashed.to_string()))
}

/// Whether a password is the one that was stored. Takes as long as [`hash`].
///
/// # Errors
/// [`HashError`] when what is stored is no hash.
pub fn verify(password: &str, stored: &Hashed) -> Result<bool, HashError> {
    if password.len() > MOST_BYTES {
        return Ok(false);
    }
    let stored = PasswordHash::new(&stored.0).map_err(|error| HashError(error.to_string()))?;
    match argon2()?.verify_password(password.as_bytes(), &stored) {
        Ok(()) => Ok(true),
        Err(argon2::password_hash::Error::Password) => Ok(false),
        Err(error) => Err(HashError(error.to_string())),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn fault(password: &str) -> Option<PasswordFault> {
        check(password, "Minji", "Yeoun").err()
    }

    #[test]
    fn a_password_is_taken_as_it_was_typed() {
        let long = "긴 ".repeat(512);
        for password in [
            "correct horse battery",
            " leading and trailing ",
            "여운이남는노래들",
            long.as_str(),
        ] {
            assert_eq!(fault(password), None, "{password}");
            let hashed = hash(password, [7; 16]).unwrap();
            assert!(verify(password, &hashed).unwrap());
            assert!(
                !verify(password.trim_end(), &hashed).unwrap() || password.trim_end() == password
            );
            assert!(!verify(&format!("{password}x"), &hashed).unwrap());
        }
    }

    #[test]
    fn what_is_tried_first_is_refused() {
        assert_eq!(fault("short"), Some(PasswordFault::TooShort));
        assert_eq!(fault(&"x".repeat(1025)), Some(PasswordFault::TooLong));
        for common in [
            "password",
            "PassWord1",
            "12345678",
            "qwertyuiop",
            "aaaaaaaaaa",
        ] {
            assert_eq!(fault(common), Some(PasswordFault::Common), "{common}");
        }
        for own in ["MinjiMinji", "minji2026", "yeounyeoun", "Yeoun1234"] {
            assert_eq!(fault(own), Some(PasswordFault::OwnName), "{own}");
        }
        assert_eq!(fault("minji walks by the han"), None);
    }

    #[test]
    fn the_bundled_list_is_one_that_can_match() {
        assert!(COMMON.lines().count() >= 100);
        for line in COMMON.lines() {
            assert_eq!(line, line.trim().to_lowercase());
            assert!(
                line.chars().count() >= *LENGTH.start(),
                "{line} is too short anyway"
            );
        }
    }

    #[test]
    fn nobody_costs_what_somebody_does_and_lets_nobody_in() {
        let nobody = PasswordHash::new(NOBODY).unwrap();
        let somebody = hash("correct horse battery", [7; 16]).unwrap();
        let somebody = PasswordHash::new(&somebody.0).unwrap();
        assert_eq!(nobody.params, somebody.params);
        assert_eq!(nobody.algorithm, somebody.algorithm);
        assert_eq!(nobody.hash.unwrap().len(), somebody.hash.unwrap().len());
        assert!(!verify("", &Hashed::of_nobody()).unwrap());
    }

    #[test]
    fn nothing_prints_what_is_stored() {
        let hashed = hash("correct horse battery", [7; 16]).unwrap();
        assert_eq!(format!("{hashed:?}"), "Hashed(…)");
    }

    #[test]
    fn a_text_of_ten_kilobytes_is_refused_unhashed() {
        let begin = std::time::Instant::now();
        assert!(!verify(&"x".repeat(10_000), &Hashed::of_nobody()).unwrap());
        assert!(begin.elapsed().as_millis() < 5);
    }
}
