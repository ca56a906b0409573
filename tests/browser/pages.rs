//! One page of every kind, on a phone and a desk, in light and dark.

use std::collections::BTreeMap;

use yeoun::db::StoreKind;

use crate::driver::{Scripts, with_browser};
use crate::support::{Site, crawl};

/// Pages worth a look whatever the walk meets first: they show the most.
const FULL: [&str; 6] = [
    "/",
    "/dramas/goblin",
    "/songs/in-silence",
    "/artists/punch",
    "/albums/goblin-part-1",
    "/articles/why-kdrama-music-moves-us",
];

/// An address of every kind of page, and two of pages that are not there.
fn one_of_every_kind() -> Vec<String> {
    let site = Site::reading(StoreKind::Sqlite);
    let mut kinds: BTreeMap<String, String> = FULL
        .iter()
        .map(|path| (crawl::pattern(path), (*path).to_owned()))
        .collect();
    for visit in crawl::walk(site, None, 2)
        .into_iter()
        .filter(crawl::Visit::is_page)
    {
        kinds
            .entry(crawl::pattern(&visit.path))
            .or_insert(visit.path);
    }
    let mut paths: Vec<String> = kinds.into_values().collect();
    paths.extend(["/nothing", "/songs/stay-with-you"].map(str::to_owned));
    assert!(paths.len() >= 12, "{paths:?}");
    paths
}

#[test]
fn axe_finds_nothing_wrong() {
    let paths = one_of_every_kind();
    let site = Site::reading(StoreKind::Sqlite);
    with_browser(site.address, Scripts::On, |browser| async move {
        let mut faults = Vec::new();
        for path in &paths {
            browser.open(path).await?;
            faults.extend(browser.axe_in_four_ways(path).await?);
        }
        assert!(faults.is_empty(), "{} faults: {faults:#?}", faults.len());
        Ok(())
    });
}

#[test]
fn axe_would_find_it() {
    let site = Site::reading(StoreKind::Sqlite);
    with_browser(site.address, Scripts::On, |browser| async move {
        browser.open("/songs/stay-with-me").await?;
        let spoil = "document.querySelector('h1').remove();
            document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=\"/x.svg\"><input><a href=\"/x\"></a>');
            document.querySelectorAll('.title-by a').forEach(a => { a.style.color = '#888'; a.style.background = '#999' });";
        browser.run::<()>(spoil).await?;
        let faults = browser.axe().await?.join("\n");
        for rule in ["image-alt", "label", "link-name", "page-has-heading-one"] {
            assert!(faults.contains(rule), "{rule} is not in {faults}");
        }
        Ok(())
    });
}

#[test]
fn nothing_is_wider_than_a_small_phone() {
    let paths = one_of_every_kind();
    let site = Site::reading(StoreKind::Sqlite);
    with_browser(site.address, Scripts::On, |browser| async move {
        browser.screen(320, "light").await?;
        let mut wide = Vec::new();
        for path in &paths {
            browser.open(path).await?;
            let over: i64 = browser
                .run("return document.documentElement.scrollWidth - window.innerWidth")
                .await?;
            if over > 0 {
                let what = "return [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > window.innerWidth + 1)
                    .slice(0, 3).map(e => e.tagName + '.' + e.className).join(', ')";
                wide.push(format!(
                    "{path}: {over} px over: {}",
                    browser.run::<String>(what).await?
                ));
            }
        }
        assert!(wide.is_empty(), "{wide:#?}");
        Ok(())
    });
}
