//! Texts made to break the renderer: they may cost nothing and leave nothing behind.
#![expect(clippy::unwrap_used, reason = "tests")]

mod cost;

use html5ever::tendril::TendrilSink;
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use proptest::prelude::*;

use super::conformance::{corpora, examples};
use super::{LinkKey, MAX_SOURCE_BYTES, Target, WikiLink, parse, rewrite_links, sanitise};

fn known(link: &WikiLink) -> Option<Target> {
    (!matches!(link.key, LinkKey::Bad(_))).then(|| Target {
        href: "/songs/a?b=\"c\"&d".to_owned(),
        title: "<b>제목 & title</b>".to_owned(),
        native: Some("\"제목\"<".to_owned()),
        detail: "<script>".to_owned(),
        art: Some("/art/1.webp".to_owned()),
        kind: link.kind.clone(),
    })
}

fn html(source: &str) -> String {
    parse(source).unwrap().render(&known).html.to_string()
}

fn assert_stable(source: &str) -> String {
    let html = html(source);
    assert_eq!(sanitise(&html), html, "{source:?}");
    html
}

/// Every node of a parsed document, without recursion.
fn nodes(html: &str) -> Vec<Handle> {
    let dom =
        html5ever::parse_document(RcDom::default(), html5ever::ParseOpts::default()).one(html);
    let mut all = vec![dom.document.clone()];
    let mut at = 0;
    while let Some(node) = all.get(at).cloned() {
        all.extend(node.children.borrow().iter().cloned());
        at += 1;
    }
    all
}

/// What is dangerous in the document a browser would see, if anything.
fn danger(html: &str) -> Option<String> {
    for node in nodes(html) {
        let NodeData::Element { name, attrs, .. } = &node.data else {
            continue;
        };
        let tag = name.local.to_string();
        let forbidden = [
            "script", "style", "iframe", "object", "embed", "form", "input", "button", "svg",
            "math", "base", "meta", "link", "template", "noscript", "video", "audio", "frameset",
        ];
        if forbidden.contains(&tag.as_str()) {
            return Some(tag);
        }
        for attr in attrs.borrow().iter() {
            let (name, value) = (attr.name.local.to_string(), attr.value.to_string());
            let address: String = value
                .chars()
                .filter(|c| *c > ' ')
                .collect::<String>()
                .to_lowercase();
            let scheme = ["javascript:", "data:", "vbscript:"]
                .iter()
                .any(|s| address.starts_with(s));
            let is_address = matches!(name.as_str(), "href" | "src" | "action" | "formaction");
            let remote = name == "src" && (!value.starts_with('/') || value.starts_with("//"));
            if name.starts_with("on") || name == "style" || (is_address && scheme) || remote {
                return Some(format!("{tag} {name}={value}"));
            }
        }
    }
    None
}

#[test]
fn every_published_example_is_written_stably_and_without_raw_html() {
    for file in [
        "commonmark-0.31.2.json",
        "gfm-0.29.json",
        "pulldown-footnotes.json",
        "pulldown-gfm_table.json",
        "pulldown-strikethrough.json",
        "pulldown-table.json",
        "pulldown-wikilinks.json",
    ] {
        for example in examples(file) {
            let html = assert_stable(&example.markdown);
            assert_eq!(danger(&html), None, "{:?}", example.markdown);
            assert_eq!(rewrite_links(&example.markdown, |_| None), example.markdown);
        }
    }
}

#[test]
fn no_payload_leaves_anything_a_browser_would_run() {
    let Some(corpora) = corpora() else { return };
    let lines = std::fs::read_to_string(corpora.join("xss/all.jsonl")).unwrap();
    for line in lines.lines() {
        let value: serde_json::Value = serde_json::from_str(line).unwrap();
        let payload = value.get("payload").and_then(|p| p.as_str()).unwrap();
        for source in [
            payload.to_owned(),
            format!("[a]({payload}) ![a](<{payload}>) <{payload}>"),
            format!(
                "# {payload}\n\n| a |\n|---|\n| {payload} |\n\n[[song:a|{payload}]] `{payload}`"
            ),
            format!("[a][b] [^c]\n\n[b]: {payload} \"{payload}\"\n\n[^c]: {payload}"),
        ] {
            if source.len() <= MAX_SOURCE_BYTES {
                let html = assert_stable(&source);
                assert!(!html.contains("<script"), "{source}");
                assert_eq!(danger(&html), None, "{source}");
            }
        }
        // The second wall alone.
        assert_eq!(danger(&sanitise(payload)), None, "{payload}");
        assert_eq!(
            danger(&super::super::html::escape_lang(payload).to_string()),
            None,
            "{payload}"
        );
    }
}

#[test]
fn deep_nesting_keeps_its_text() {
    for unit in ["> ", "* ", "1. ", "*a **b "] {
        let html = assert_stable(&format!("{}end", unit.repeat(500)));
        assert!(html.contains("end"), "{unit}");
        assert!(html.matches("<blockquote>").count() <= super::MAX_DEPTH);
        assert!(html.matches("<li>").count() <= super::MAX_DEPTH);
    }
}

#[test]
fn a_text_that_is_too_long_is_refused() {
    assert!(parse(&"a".repeat(MAX_SOURCE_BYTES)).is_ok());
    let error = parse(&"a".repeat(MAX_SOURCE_BYTES + 1))
        .map(|_| ())
        .unwrap_err();
    assert!(error.to_string().contains("262145 bytes"));
}

/// Texts with a chance to be something.
fn prose() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("[[song:a|b]]"),
        Just("[[song#1]]"),
        Just("![[drama:a]]"),
        Just("[["),
        Just("]]"),
        Just("|"),
        Just("\n"),
        Just("\n\n"),
        Just(":::spoiler ep=9\n"),
        Just(":::\n"),
        Just("# "),
        Just("> "),
        Just("- "),
        Just("1. "),
        Just("```\n"),
        Just("    "),
        Just("`"),
        Just("*"),
        Just("**"),
        Just("~~"),
        Just("_"),
        Just("[^1]"),
        Just("[^1]: "),
        Just("[a](b)"),
        Just("[a]("),
        Just("![a](b)"),
        Just("<b>"),
        Just("<div>\n"),
        Just("</p>"),
        Just("<a href=x>"),
        Just("<!--"),
        Just("-->"),
        Just("<pre>\n"),
        Just("&amp;"),
        Just("&#0;"),
        Just("&#13;"),
        Just("가나"),
        Just("a b"),
        Just("|-|-|\n"),
        Just("|a|b|\n"),
        Just("\\"),
        Just("\u{0}"),
        Just("\r"),
        Just("\t"),
        Just("<http://x>"),
        Just("<a@b.c>"),
        Just("[a]: http://x \"t\"\n"),
        Just("---\n"),
        Just("\u{a0}"),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn what_was_sanitised_passes_again_unchanged(source in prose()) {
        let html = html(&source);
        prop_assert_eq!(sanitise(&html), html.clone());
        prop_assert_eq!(danger(&html), None);
    }

    #[test]
    fn any_html_is_sanitised_once_and_for_all(source in prose(), other in "[<>a-z/=\"' &;]{0,60}") {
        for html in [source, other] {
            let once = sanitise(&html);
            // A parser drops the line break a `<pre>` begins with; the writer never writes one there.
            prop_assume!(!once.contains("<pre>\n"));
            prop_assert_eq!(sanitise(&once), once.clone());
        }
    }

    #[test]
    fn rewriting_nothing_changes_nothing(source in prose()) {
        prop_assert_eq!(rewrite_links(&source, |_| None), source.clone());
        let same = rewrite_links(&source, |link| match &link.key {
            LinkKey::Slug(slug) => Some(format!("{}:{slug}", link.kind)),
            LinkKey::Id(id) => Some(format!("{}#{id}", link.kind)),
            LinkKey::Bad(_) => None,
        });
        prop_assert_eq!(same, source);
    }

    #[test]
    fn rewriting_there_and_back_gives_the_source(source in prose()) {
        let stored = rewrite_links(&source, |link| matches!(link.key, LinkKey::Slug(_)).then(|| format!("{}#99", link.kind)));
        let back = rewrite_links(&stored, |link| (link.key == LinkKey::Id(99)).then(|| format!("{}:a", link.kind)));
        prop_assert_eq!(back, source);
    }

    #[test]
    fn any_text_is_prose(source in "\\PC{0,200}") {
        let html = html(&source);
        prop_assert_eq!(sanitise(&html), html);
    }
}
