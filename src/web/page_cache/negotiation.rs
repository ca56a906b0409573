//! Which encoding a client wants, and whether it already has what we would send.

use actix_web::http::header::{ACCEPT_ENCODING, HeaderMap, HeaderValue, IF_NONE_MATCH};

/// The forms a body is kept in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// As rendered.
    Identity,
    /// `gzip`, for everything that asks for nothing better.
    Gzip,
    /// `br`, the smallest.
    Brotli,
}

/// Picks the encoding with the highest `q`, the smaller one at a tie (RFC 9110 §12.5.3). A client that excludes everything
/// gets the identity form: a page it may not like is better than none.
pub fn encoding(headers: &HeaderMap) -> Encoding {
    let Some(value) = headers.get(ACCEPT_ENCODING).map(HeaderValue::as_bytes) else {
        return Encoding::Identity;
    };
    // What browsers send, without parsing.
    match value {
        b"gzip, deflate, br, zstd" | b"gzip, deflate, br" | b"br" => return Encoding::Brotli,
        b"gzip" | b"gzip, deflate" => return Encoding::Gzip,
        _ => {}
    }
    let (mut brotli, mut gzip, mut identity, mut rest) = (None, None, None, None);
    for item in value.split(|byte| *byte == b',') {
        let mut parts = item.split(|byte| *byte == b';').map(<[u8]>::trim_ascii);
        let name = parts.next().unwrap_or_default();
        let quality = parts
            .find_map(|part| part.strip_prefix(b"q=").or(part.strip_prefix(b"Q=")))
            .map_or(1000, thousandths);
        if name.eq_ignore_ascii_case(b"br") {
            brotli = Some(quality);
        } else if name.eq_ignore_ascii_case(b"gzip") || name.eq_ignore_ascii_case(b"x-gzip") {
            gzip = Some(quality);
        } else if name.eq_ignore_ascii_case(b"identity") {
            identity = Some(quality);
        } else if name == b"*" {
            rest = Some(quality);
        }
    }
    let brotli = brotli.or(rest).unwrap_or(0);
    let gzip = gzip.or(rest).unwrap_or(0);
    let identity = identity.unwrap_or(0);
    if brotli > 0 && brotli >= gzip && brotli >= identity {
        Encoding::Brotli
    } else if gzip > 0 && gzip >= identity {
        Encoding::Gzip
    } else {
        Encoding::Identity
    }
}

/// `0.85` as 850. Anything unreadable is 0: do not send what was not clearly asked for.
fn thousandths(text: &[u8]) -> u16 {
    let (whole, fraction) = match text {
        [whole @ (b'0' | b'1')] => (*whole, &[][..]),
        [whole @ (b'0' | b'1'), b'.', fraction @ ..] if fraction.len() <= 3 => (*whole, fraction),
        _ => return 0,
    };
    if !fraction.iter().all(u8::is_ascii_digit) {
        return 0;
    }
    let parts = fraction.iter().chain(std::iter::repeat(&b'0')).take(3);
    let fraction = parts.fold(0, |sum, digit| sum * 10 + u16::from(digit - b'0'));
    (u16::from(whole - b'0') * 1000 + fraction).min(1000)
}

/// The tag among `ours` that the client already holds, by weak comparison (a proxy that compresses weakens tags).
pub fn matching_tag<'a>(headers: &HeaderMap, ours: &'a [HeaderValue]) -> Option<&'a HeaderValue> {
    let sent = headers.get(IF_NONE_MATCH)?.as_bytes();
    if let Some(exact) = ours.iter().find(|tag| tag.as_bytes() == sent) {
        return Some(exact);
    }
    if sent == b"*" {
        return ours.first();
    }
    sent.split(|byte| *byte == b',').find_map(|item| {
        let item = item.trim_ascii();
        let item = item.strip_prefix(b"W/").unwrap_or(item);
        ours.iter().find(|tag| tag.as_bytes() == item)
    })
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::{Encoding, encoding};

    #[test]
    fn the_best_accepted_encoding_is_chosen() {
        let chosen = |value: &'static str| {
            encoding(
                TestRequest::get()
                    .insert_header(("accept-encoding", value))
                    .to_http_request()
                    .headers(),
            )
        };
        for (value, expected) in [
            ("gzip, deflate, br, zstd", Encoding::Brotli),
            ("br;q=0.5, gzip", Encoding::Gzip),
            ("br;q=0, gzip;q=0.1", Encoding::Gzip),
            ("gzip;q=0", Encoding::Identity),
            ("*", Encoding::Brotli),
            ("*;q=0", Encoding::Identity),
            ("*, br;q=0", Encoding::Gzip),
            ("identity, br;q=0.2", Encoding::Identity),
            ("GZIP ; q=1.000", Encoding::Gzip),
            ("br;q=nonsense, gzip;q=0.001", Encoding::Gzip),
            ("deflate", Encoding::Identity),
            ("", Encoding::Identity),
            (",,;;q=", Encoding::Identity),
        ] {
            assert_eq!(chosen(value), expected, "{value}");
        }
    }
}
