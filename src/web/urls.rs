//! Addresses as they were sent. Handlers never take `web::Path<String>`: it decodes bytes that are not UTF-8 to U+FFFD and
//! answers 200, so many addresses would name one page. They take the raw segments and the strict type of `text::address`.

use actix_web::{
    HttpRequest,
    http::header::{HOST, REFERER},
};
use percent_encoding::percent_decode_str;

/// Longest address answered, in bytes; longer ones are 414.
pub const MAX_TARGET: usize = 8 * 1024;

/// The segments of the path, still percent-encoded, in order. `/songs/a%20b/edit` gives `songs`, `a%20b`, `edit`; a trailing
/// slash gives a last empty segment.
pub fn raw_segments(request: &HttpRequest) -> impl Iterator<Item = &str> {
    let path = request.uri().path();
    path.strip_prefix('/').unwrap_or(path).split('/')
}

/// The n-th raw segment (0 is the first), if there is one and it is not empty.
pub fn raw_segment(request: &HttpRequest, n: usize) -> Option<&str> {
    raw_segments(request)
        .nth(n)
        .filter(|segment| !segment.is_empty())
}

/// Whether a raw path can be read at all: every `%` begins two hexadecimal digits, and the decoded bytes are UTF-8 without
/// control characters.
pub fn is_readable_path(path: &str) -> bool {
    let bytes = path.as_bytes();
    let escapes_are_whole = bytes
        .iter()
        .enumerate()
        .filter(|(_, b)| **b == b'%')
        .all(|(at, _)| {
            let digit = |offset: usize| bytes.get(at + offset).is_some_and(u8::is_ascii_hexdigit);
            digit(1) && digit(2)
        });
    escapes_are_whole && decodes_cleanly(path)
}

/// Whether a raw query can be read. A lone `%` is allowed here, because people type `?q=100%`; bytes that are not UTF-8 and
/// the NUL character are not.
pub fn is_readable_query(query: &str) -> bool {
    if !query.contains('%') {
        return true;
    }
    percent_decode_str(query)
        .decode_utf8()
        .is_ok_and(|text| !text.contains('\0'))
}

fn decodes_cleanly(path: &str) -> bool {
    if !path.contains('%') {
        return true;
    }
    percent_decode_str(path)
        .decode_utf8()
        .is_ok_and(|text| !text.chars().any(char::is_control))
}

/// A place on this site to send someone back to, or `/`. Accepts only an absolute path of plain visible ASCII: no scheme, no
/// host (`//`, `/\`), no control character or backslash anywhere, so that no browser reads it as another site.
pub fn same_site_path(candidate: &str) -> &str {
    let plain = candidate
        .bytes()
        .all(|b| b.is_ascii_graphic() && b != b'\\');
    if candidate.starts_with('/')
        && !candidate.starts_with("//")
        && plain
        && candidate.len() <= 2048
    {
        candidate
    } else {
        "/"
    }
}

/// The page of this site somebody came from, as their browser tells it, or `/`: where to go back to from a form that every page
/// leads to. Pages that are only passed through on the way in or out are not gone back to.
pub fn came_from(request: &HttpRequest, base_url: &str) -> String {
    let text = |name| request.headers().get(name)?.to_str().ok();
    let referer = text(REFERER).unwrap_or_default();
    let here = text(HOST).unwrap_or_default();
    let path = referer.strip_prefix(base_url).or_else(|| {
        let (_, rest) = referer.split_once("://")?;
        rest.strip_prefix(here).filter(|_| !here.is_empty())
    });
    let path = path.map_or("/", same_site_path);
    let is_door = ["/login", "/join", "/logout"]
        .iter()
        .any(|door| path.split('?').next() == Some(door));
    if is_door { "/" } else { path }.to_owned()
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::{came_from, is_readable_path, is_readable_query, same_site_path};

    #[test]
    fn only_paths_on_this_site_are_followed_back() {
        for good in ["/", "/songs/stay-with-me?x=1#lead", "/songs/%EB%8F%84"] {
            assert_eq!(same_site_path(good), good);
        }
        for bad in [
            "//evil.example",
            "/\\evil.example",
            "\\\\evil",
            "https:evil.example",
            "https://evil.example",
            "",
            "songs",
            "/\t/evil.example",
            "/a\r\nSet-Cookie: x=1",
            "javascript:alert(1)",
            " /songs",
            "/도깨비",
        ] {
            assert_eq!(same_site_path(bad), "/", "{bad:?}");
        }
    }

    #[test]
    fn one_goes_back_to_the_page_one_came_from() {
        let from = |referer: &'static str| {
            let request = TestRequest::get()
                .insert_header(("referer", referer))
                .insert_header(("host", "localhost:8080"))
                .to_http_request();
            came_from(&request, "https://yeoun.example")
        };
        assert_eq!(from("https://yeoun.example/songs/hush"), "/songs/hush");
        assert_eq!(from("http://localhost:8080/songs?page=2"), "/songs?page=2");
        for elsewhere in [
            "",
            "https://evil.example/songs",
            "https://yeoun.example.evil.example/",
            "http://localhost:8080.evil.example/",
            "https://yeoun.example//evil.example",
            "https://yeoun.example/join?invite=1",
            "https://yeoun.example/login",
        ] {
            assert_eq!(from(elsewhere), "/", "{elsewhere}");
        }
    }

    #[test]
    fn unreadable_addresses_are_told_from_readable_ones() {
        for good in ["/", "/songs/%EB%8F%84", "/songs/a%2Fb"] {
            assert!(is_readable_path(good), "{good}");
        }
        for bad in [
            "/%", "/%4", "/%zz", "/%ff", "/%00", "/%B5%B5", "/%C0%AE", "/%0d%0a",
        ] {
            assert!(!is_readable_path(bad), "{bad}");
        }
        assert!(is_readable_query("q=100%"));
        assert!(!is_readable_query("q=%ff"));
        assert!(!is_readable_query("q=%00"));
    }
}
