//! The parser against the published examples of CommonMark and GitHub Flavored Markdown.

use std::path::PathBuf;

use pulldown_cmark::{Options, Parser, html};
use serde::Deserialize;

#[derive(Deserialize)]
pub(super) struct Example {
    pub(super) markdown: String,
    /// Some extensions publish no result.
    html: Option<String>,
    section: Option<String>,
    example: Option<u32>,
}

/// The folder of test data, which is no part of the program; without it the tests that need it say so and pass.
pub(super) fn corpora() -> Option<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let found = ["../shared/corpora", "../../shared/corpora"]
        .into_iter()
        .map(|folder| root.join(folder))
        .find(|folder| folder.is_dir());
    if found.is_none() {
        println!("skipped: there is no folder of test data");
    }
    found
}

#[expect(clippy::unwrap_used, reason = "tests")]
pub(super) fn examples(file: &str) -> Vec<Example> {
    let Some(corpora) = corpora() else {
        return Vec::new();
    };
    let text = std::fs::read_to_string(corpora.join("commonmark").join(file)).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// Plain rendering with raw HTML, as the examples expect it.
fn conformance_html(source: &str, options: Options) -> String {
    let mut out = String::new();
    html::push_html(&mut out, Parser::new_ext(source, options));
    out
}

/// The examples write `&quot;` where it is not needed; line breaks between tags have no meaning.
fn normalised(html: &str) -> String {
    html.replace("&quot;", "\"")
        .replace("<br>", "<br />")
        .replace(">\n<", "><")
        .trim()
        .to_owned()
}

fn failures(file: &str, options: Options) -> Option<(usize, usize)> {
    let examples = examples(file);
    let failed = examples.iter().filter(|e| {
        let failed = normalised(&conformance_html(&e.markdown, options))
            != normalised(e.html.as_deref().unwrap_or_default());
        if failed {
            println!("{file} {:?} ({:?})", e.example, e.section);
        }
        failed
    });
    let failed = failed.count();
    (!examples.is_empty()).then_some((examples.len(), failed))
}

#[test]
fn every_example_of_commonmark_is_rendered_as_published() {
    if let Some(result) = failures("commonmark-0.31.2.json", Options::empty()) {
        assert_eq!(result, (652, 0));
    }
}

#[test]
fn the_extensions_we_use_are_rendered_as_github_publishes_them() {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    if let Some((all, failed)) = failures("gfm-0.29.json", options) {
        assert!(all - failed >= 655, "{failed} of {all} failed");
    }
}
