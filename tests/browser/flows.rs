//! What readers do.

use thirtyfour::prelude::*;
use yeoun::db::StoreKind;

use crate::driver::{Scripts, with_browser};
use crate::support::{Site, crawl};

/// A page with a spoiler on it.
fn spoiled(site: &Site) -> String {
    let visits = crawl::walk(site, None, 2);
    let found = visits.iter().find(|visit| {
        visit.path.starts_with("/songs/")
            && visit
                .facts
                .as_ref()
                .is_some_and(|facts| facts.classes.contains("spoiler"))
    });
    found.expect("a song with a spoiler").path.clone()
}

#[test]
fn everything_works_without_a_script() {
    let site = Site::reading(StoreKind::Sqlite);
    let spoiled = spoiled(site);
    with_browser(site.address, Scripts::Off, |browser| async move {
        // From the front page to a drama and on to a song, by links alone.
        browser.open("/").await?;
        browser
            .click("nav[aria-label=Main] a[href='/dramas']")
            .await?;
        browser.arrives_at("/dramas").await?;
        browser.click("main a[href='/dramas/goblin']").await?;
        browser.arrives_at("/dramas/goblin").await?;
        browser.click("main a[href='/songs/stay-with-me']").await?;
        browser.arrives_at("/songs/stay-with-me").await?;
        // The theme is a form; it leads back to the page.
        browser.click("form.theme button[value=dark]").await?;
        browser.arrives_at("/songs/stay-with-me").await?;
        let dark = By::Css("html[data-theme=dark]");
        browser.driver.query(dark).first().await?;
        let pressed = browser
            .driver
            .find(By::Css("form.theme button[aria-pressed=true]"))
            .await?;
        assert_eq!(pressed.attr("value").await?.as_deref(), Some("dark"));
        // A spoiler is closed until it is opened.
        browser.open(&spoiled).await?;
        let spoiler = browser.one("details.spoiler").await?;
        assert_eq!(spoiler.attr("open").await?, None);
        spoiler.find(By::Tag("summary")).await?.click().await?;
        assert!(
            spoiler.attr("open").await?.is_some(),
            "the spoiler did not open"
        );
        Ok(())
    });
}

#[test]
fn the_skip_link_is_first_and_moves_the_focus() {
    let site = Site::reading(StoreKind::Sqlite);
    with_browser(site.address, Scripts::On, |browser| async move {
        for path in ["/", "/songs/stay-with-me", "/nothing"] {
            browser.open(path).await?;
            browser
                .driver
                .action_chain()
                .send_keys(Key::Tab)
                .perform()
                .await?;
            let first: String = browser.run("return document.activeElement.getAttribute('href') || document.activeElement.tagName").await?;
            assert_eq!(first, "#main", "{path}");
            let seen: bool = browser.run("const r = document.activeElement.getBoundingClientRect(); return r.top >= 0 && r.left >= 0 && r.width > 20").await?;
            assert!(seen, "the skip link cannot be seen on {path}");
            browser
                .driver
                .action_chain()
                .send_keys(Key::Enter)
                .perform()
                .await?;
            let now: String = browser.run("return document.activeElement.id").await?;
            assert_eq!(now, "main", "{path}");
        }
        Ok(())
    });
}

#[test]
fn the_console_stays_silent() {
    let site = Site::reading(StoreKind::Sqlite);
    with_browser(site.address, Scripts::On, |browser| async move {
        for path in [
            "/",
            "/dramas/goblin",
            "/songs/stay-with-me",
            "/articles/how-to-edit",
        ] {
            browser.open(path).await?;
            let log: Vec<String> = browser
                .driver
                .browser_log()
                .await?
                .into_iter()
                .map(|entry| format!("{entry:?}"))
                .collect();
            assert!(log.is_empty(), "{path}: {log:#?}");
        }
        Ok(())
    });
}
