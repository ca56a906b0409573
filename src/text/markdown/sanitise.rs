//! The second wall: an allow-list of exactly what the writer can write.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};

use super::urls;

/// On every link that leaves the site.
pub(super) const EXTERNAL_REL: &str = "nofollow ugc noopener external";

const TAGS: &[&str] = &[
    "a",
    "blockquote",
    "br",
    "code",
    "del",
    "details",
    "div",
    "em",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "img",
    "li",
    "ol",
    "p",
    "pre",
    "section",
    "span",
    "strong",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
];

const ATTRIBUTES: &[(&str, &[&str])] = &[
    ("a", &["href", "title", "rel", "aria-label"]),
    ("details", &["data-episode"]),
    ("div", &["role", "tabindex", "aria-label"]),
    ("h2", &["id"]),
    ("h3", &["id"]),
    ("h4", &["id"]),
    ("h5", &["id"]),
    ("h6", &["id"]),
    ("img", &["src", "alt", "width", "height", "loading"]),
    ("li", &["id"]),
    ("ol", &["start"]),
    ("pre", &["tabindex"]),
    ("section", &["aria-labelledby"]),
    ("span", &["lang", "title"]),
    ("sup", &["id"]),
    ("th", &["scope"]),
];

const CLASSES: &[(&str, &[&str])] = &[
    (
        "a",
        &[
            "card",
            "card-drama",
            "card-song",
            "card-artist",
            "card-album",
            "card-article",
            "fn-back",
            "missing",
        ],
    ),
    ("details", &["spoiler"]),
    ("div", &["table-scroll"]),
    ("img", &["card-art"]),
    ("section", &["footnotes"]),
    (
        "span",
        &["missing", "card-title", "card-native", "card-detail"],
    ),
    ("td", &["align-center", "align-right"]),
    ("th", &["align-center", "align-right"]),
];

static ALLOWED: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    builder
        .tags(TAGS.iter().copied().collect())
        .tag_attributes(sets(ATTRIBUTES))
        .allowed_classes(sets(CLASSES))
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .url_relative(UrlRelative::PassThrough)
        .clean_content_tags(HashSet::from(["script", "style"]))
        .link_rel(None)
        .strip_comments(true)
        .attribute_filter(|tag, name, value| {
            allowed_value(tag, name, value).then_some(Cow::Borrowed(value))
        });
    builder
});

fn sets(rows: &[(&'static str, &[&'static str])]) -> HashMap<&'static str, HashSet<&'static str>> {
    rows.iter()
        .map(|(tag, names)| (*tag, names.iter().copied().collect()))
        .collect()
}

/// Attributes may only have the values the writer gives them.
fn allowed_value(tag: &str, name: &str, value: &str) -> bool {
    match (tag, name) {
        ("a", "href") => urls::leads_outside(value).is_some(),
        (_, "id") => {
            value == "footnotes"
                || ["s-", "fn-", "fnref-"]
                    .iter()
                    .any(|prefix| value.starts_with(prefix))
        }
        ("img", "src") => {
            value.starts_with('/') && !value.starts_with("//") && !value.contains('\\')
        }
        ("img", "alt") => value.is_empty(),
        ("img", "width" | "height") => value == "96",
        ("img", "loading") => value == "lazy",
        ("details", "data-episode") | ("ol", "start") => {
            !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit())
        }
        ("div", "role") => value == "region",
        (_, "tabindex") => value == "0",
        ("section", "aria-labelledby") => value == "footnotes",
        ("span", "lang") => value == "ko",
        ("th", "scope") => value == "col",
        ("a", "rel") => value == EXTERNAL_REL,
        _ => true,
    }
}

/// The HTML without anything that is not on the list. What passed once passes again unchanged.
pub fn sanitise(html: &str) -> String {
    let clean = ALLOWED.clean(html).to_string();
    // A carriage return, possible as `&#13;`, would be read as a line break the next time.
    if clean.contains('\r') {
        clean.replace('\r', " ")
    } else {
        clean
    }
}
