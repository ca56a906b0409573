//! Every page of the site is sound HTML.

use std::collections::BTreeMap;

use crate::support::crawl;
use crate::support::page;

#[test]
fn every_page_parses_and_keeps_the_rules() {
    let mut faults: BTreeMap<String, (usize, String)> = BTreeMap::new();
    let mut pages = 0;
    for visit in crawl::everything() {
        let Some(facts) = &visit.facts else { continue };
        pages += 1;
        for fault in &facts.faults {
            let seen = faults
                .entry(fault.clone())
                .or_insert((0, visit.path.clone()));
            seen.0 += 1;
        }
    }
    assert!(pages > 500, "only {pages} pages");
    let list: Vec<String> = faults
        .iter()
        .map(|(fault, (count, path))| format!("{fault} ({count} times, first on {path})"))
        .collect();
    assert!(
        list.is_empty(),
        "{} faults: {:#?}",
        list.len(),
        list.iter().take(40).collect::<Vec<_>>()
    );
}

#[test]
fn every_page_has_a_title_of_its_own() {
    let mut titles: BTreeMap<&str, &str> = BTreeMap::new();
    let mut shared = Vec::new();
    for visit in crawl::everything() {
        // An old revision is its page, and a cut or narrowed index is its index.
        let is_one_of_many = visit.path.contains("/history/") || visit.path.contains('?');
        let (false, Some(facts), 200) = (is_one_of_many, &visit.facts, visit.status) else {
            continue;
        };
        if let Some(other) = titles.insert(&facts.title, &visit.path) {
            shared.push(format!("{:?}: {other} and {}", facts.title, visit.path));
        }
    }
    assert!(shared.is_empty(), "{shared:#?}");
}

#[test]
fn every_header_that_guards_is_on_every_answer() {
    let site = crate::support::Site::reading(yeoun::db::StoreKind::Sqlite);
    let mut shapes = std::collections::BTreeSet::new();
    for visit in crawl::everything() {
        if !shapes.insert(crawl::pattern(&visit.path)) {
            continue;
        }
        let reply = site.get(&visit.path);
        for name in [
            "content-security-policy",
            "x-content-type-options",
            "referrer-policy",
            "permissions-policy",
        ] {
            assert_ne!(reply.header(name), "", "{name} on {}", visit.path);
        }
        assert_eq!(
            reply.header("set-cookie"),
            "",
            "{} sets a cookie unasked",
            visit.path
        );
    }
}

/// The reader of pages is itself put to the test: what it must not overlook.
#[test]
fn the_checks_see_what_is_wrong() {
    let start = "<!DOCTYPE html><html lang=\"en\"><head><title>t</title></head><body><h1>x</h1>";
    assert_eq!(
        page::read(&format!("{start}<p>fine</p></body></html>")).faults,
        Vec::<String>::new()
    );
    for (wrong, word) in [
        ("<p>도깨비</p>", "Hangul"),
        ("<h1>two</h1>", "2 h1"),
        ("<p id=a></p><p id=a></p>", "twice"),
        ("<img src=x>", "no alt"),
        ("<p style='color:red'>x</p>", "inline style"),
        ("<p onclick='x()'>x</p>", "inline onclick"),
        ("<script>x()</script>", "inline script"),
        ("<input id=q name=q>", "no label"),
        ("<p aria-labelledby=nobody>x</p>", "#nobody"),
        ("<a href=''>x</a>", "empty href"),
        ("<table><p>x</p></table>", "does not parse"),
        ("<p><div></p></div>", "does not parse"),
    ] {
        let faults = page::read(&format!("{start}{wrong}</body></html>")).faults;
        assert!(
            faults.iter().any(|fault| fault.contains(word)),
            "{wrong}: {faults:?}"
        );
    }
}
