//! Secrets handed out once and kept only as their hashes: session cookies, one-time links.

use std::fmt;

use sha2::{Digest, Sha256};

/// 256 random bits as 64 lower-case hexadecimal digits.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// From randomness.
    pub fn new(random: [u8; 32]) -> Self {
        Self(hex(&random))
    }

    /// Reads what somebody sent; nothing when it has not the form of a secret.
    pub fn parse(text: &str) -> Option<Self> {
        let is_ours =
            text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        is_ours.then(|| Self(text.to_owned()))
    }

    /// The digits, for whoever it is meant for.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What is stored: the SHA-256 of the digits. A secret of 256 random bits needs no slower hash.
    pub fn hash(&self) -> String {
        fingerprint(&[&self.0])
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// The SHA-256 of some texts, each told apart from the next.
pub fn fingerprint(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.len().to_le_bytes());
        hash.update(part.as_bytes());
    }
    hex(&hash.finalize())
}

fn hex(bytes: &[u8]) -> String {
    use fmt::Write;
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn a_secret_reads_back_and_is_never_printed() {
        let secret = Secret::new([0xab; 32]);
        assert_eq!(Secret::parse(secret.reveal()).unwrap(), secret);
        assert!(!format!("{secret:?}").contains("ab"));
        assert!(!secret.hash().contains(secret.reveal()));
    }

    #[test]
    fn what_has_not_the_form_of_a_secret_is_none() {
        let upper = "A".repeat(64);
        for wrong in ["", "abc", upper.as_str(), &"é".repeat(32), &"a".repeat(65)] {
            assert_eq!(Secret::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn texts_are_told_apart() {
        assert_ne!(fingerprint(&["ab", "c"]), fingerprint(&["a", "bc"]));
    }
}
