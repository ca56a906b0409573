//! Where a request that changes something may come from. Browsers say it themselves in `Sec-Fetch-Site` and `Origin`; this
//! check stands in front of every handler, and the per-session token of the forms is a second, independent one.

use actix_web::{
    dev::RequestHead,
    http::{
        Method,
        header::{HOST, HeaderName, ORIGIN},
    },
};

use subtle::ConstantTimeEq;

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Whether the method only reads.
pub fn is_read(method: &Method) -> bool {
    *method == Method::GET
        || *method == Method::HEAD
        || *method == Method::OPTIONS
        || *method == Method::TRACE
}

/// Whether the token a form carries is the session's own. Takes as long for a wrong one as for the right one.
pub fn token_fits(sent: &str, own: &str) -> bool {
    !own.is_empty() && bool::from(sent.as_bytes().ct_eq(own.as_bytes()))
}

/// Whether a request may go on: it only reads, or comes from this site's own pages, or from no browser at all. `base_url` is
/// the public address; the `Host` the request was sent to counts as well, so that `localhost` works besides `127.0.0.1`.
pub fn is_allowed(head: &RequestHead, base_url: &str) -> bool {
    if is_read(&head.method) {
        return true;
    }
    let text = |name: &HeaderName| {
        head.headers()
            .get(name)
            .map(|value| value.to_str().unwrap_or("?"))
    };
    if let Some(site) = text(&SEC_FETCH_SITE) {
        return site == "same-origin" || site == "none";
    }
    let Some(origin) = text(&ORIGIN) else {
        return true;
    };
    if origin == base_url {
        return true;
    }
    let host = text(&HOST);
    origin
        .split_once("://")
        .is_some_and(|(_, authority)| !authority.is_empty() && host == Some(authority))
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::{is_allowed, token_fits};

    #[test]
    fn only_the_sessions_own_token_fits() {
        assert!(token_fits("abc", "abc"));
        for (sent, own) in [("abd", "abc"), ("ab", "abc"), ("", "abc"), ("", "")] {
            assert!(!token_fits(sent, own), "{sent:?} for {own:?}");
        }
    }

    fn post(headers: &[(&'static str, &'static str)]) -> bool {
        let request = headers
            .iter()
            .fold(TestRequest::post(), |r, pair| r.insert_header(*pair))
            .to_http_request();
        is_allowed(request.head(), "https://yeoun.example")
    }

    #[test]
    fn forms_of_other_sites_are_refused() {
        assert!(post(&[]), "a program without a browser");
        assert!(post(&[("sec-fetch-site", "same-origin")]));
        assert!(post(&[("origin", "https://yeoun.example")]));
        assert!(post(&[
            ("origin", "http://localhost:8080"),
            ("host", "localhost:8080")
        ]));
        assert!(!post(&[("sec-fetch-site", "cross-site")]));
        assert!(!post(&[("sec-fetch-site", "same-site")]));
        assert!(!post(&[("origin", "null")]));
        assert!(!post(&[
            ("origin", "https://evil.example"),
            ("host", "yeoun.example")
        ]));
    }
}
