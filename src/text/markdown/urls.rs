//! Which addresses prose may link to.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// What HTML and browsers would read differently if it stood in an address as it is.
const UNSAFE: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'`')
    .add(b'\\')
    .add(b'{')
    .add(b'}');

/// An address that may be linked, percent-encoded.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Url {
    pub(super) href: String,
    /// Whether it leads to another site.
    pub(super) external: bool,
}

/// Accepts http, https, mailto and relative addresses, nothing else.
pub(super) fn accepted(destination: &str) -> Option<Url> {
    let trimmed = destination.trim();
    let external = leads_outside(trimmed)?;
    Some(Url {
        href: utf8_percent_encode(trimmed, UNSAFE).to_string(),
        external,
    })
}

/// Whether an address leads to another site; `None` when it is not accepted.
pub(super) fn leads_outside(address: &str) -> Option<bool> {
    // Browsers drop controls inside an address before they look for its scheme.
    if address.is_empty() || address.chars().any(char::is_control) {
        return None;
    }
    let scheme = address
        .split_once(':')
        .map(|(scheme, _)| scheme)
        .filter(|scheme| !scheme.contains(['/', '?', '#']));
    match scheme {
        Some(web) if web.eq_ignore_ascii_case("http") || web.eq_ignore_ascii_case("https") => {
            Some(true)
        }
        Some(mail) if mail.eq_ignore_ascii_case("mailto") => Some(false),
        Some(_) => None,
        None => Some(
            address
                .chars()
                .take(2)
                .filter(|c| matches!(c, '/' | '\\'))
                .count()
                == 2,
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_mail_and_relative_addresses_are_accepted() {
        for (address, external) in [
            ("https://example.org/a", true),
            ("HTTP://example.org", true),
            ("//example.org", true),
            ("/\\example.org", true),
            ("/songs/a", false),
            ("#s-a", false),
            ("?q=a:b", false),
            ("mailto:a@example.org", false),
        ] {
            assert_eq!(
                accepted(address).map(|url| url.external),
                Some(external),
                "{address}"
            );
        }
        for address in [
            "",
            " ",
            "javascript:alert(1)",
            "JaVaScRiPt:x",
            "java\nscript:x",
            "\u{1}javascript:x",
            "data:text/html,x",
            "vbscript:x",
            "ftp://x",
        ] {
            assert_eq!(accepted(address), None, "{address}");
        }
    }
}
