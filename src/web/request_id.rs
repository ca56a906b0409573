//! The name every request gets, so that a reader's "it said error 7f3a…" finds the line in the log.

use std::{
    cell::Cell,
    hash::{BuildHasher, Hasher, RandomState},
};

use actix_web::http::header::HeaderValue;

/// Sixteen hexadecimal digits: eight drawn when the worker thread started, eight counted up. Unique enough to find a line in
/// a log, cheap enough for every cached page, and never a secret. What a client sends under this name is ignored.
#[derive(Clone, Debug)]
pub struct RequestId(HeaderValue);

thread_local! {
    static STATE: Cell<(u32, u32)> = Cell::new((seed(), 0));
}

/// The standard library's per-instance hash keys are the process's randomness here: an identifier needs no better.
#[expect(
    clippy::cast_possible_truncation,
    reason = "the low half of a hash is as good as the whole"
)]
fn seed() -> u32 {
    RandomState::new().build_hasher().finish() as u32
}

const DIGITS: &[u8; 16] = b"0123456789abcdef";

impl RequestId {
    /// The next identifier of this thread.
    pub fn next() -> Self {
        let (seed, count) = STATE.get();
        STATE.set((seed, count.wrapping_add(1)));
        let mut value = (u64::from(seed) << 32) | u64::from(count);
        let mut text = [b'0'; 16];
        for digit in text.iter_mut().rev() {
            *digit = DIGITS.get((value & 15) as usize).copied().unwrap_or(b'0');
            value >>= 4;
        }
        // Hexadecimal digits are always a valid header value.
        Self(HeaderValue::from_bytes(&text).unwrap_or_else(|_| HeaderValue::from_static("0")))
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        self.0.to_str().unwrap_or_default()
    }

    /// The value of `X-Request-Id`.
    pub fn into_header(self) -> HeaderValue {
        self.0
    }

    /// A copy for `X-Request-Id`.
    pub fn header(&self) -> HeaderValue {
        self.0.clone()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::RequestId;

    #[test]
    fn identifiers_are_sixteen_digits_and_never_repeat() {
        let all: HashSet<String> = (0..1000)
            .map(|_| RequestId::next().as_str().to_owned())
            .collect();
        assert_eq!(all.len(), 1000);
        assert!(
            all.iter()
                .all(|id| id.len() == 16 && id.bytes().all(|b| b.is_ascii_hexdigit()))
        );
    }
}
