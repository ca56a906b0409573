//! Every form: nothing for axe to find in either theme on a phone and a desk, keys alone are enough, and a fault is found from the summary.

use thirtyfour::prelude::*;
use yeoun::db::StoreKind;
use yeoun::models::user::Role;

use crate::driver::{Browser, Scripts, with_browser};
use crate::editing::{EDIT, beside};
use crate::support::form::Form;
use crate::support::{Site, TestStore};

/// Forms that a moderator meets; those that need something to have happened first are opened in the flows below.
const FORMS: [&str; 35] = [
    "/account",
    EDIT,
    "/songs/stay-with-me/edit?part=prose",
    "/songs/stay-with-me/edit?part=facts",
    "/dramas/goblin/edit",
    "/artists/punch/edit",
    "/albums/goblin-part-1/edit",
    "/articles/how-to-edit/edit",
    "/songs/new",
    "/dramas/new",
    "/artists/new",
    "/albums/new",
    "/articles/new",
    "/songs/stay-with-me/rename",
    "/songs/stay-with-me/merge",
    "/songs/stay-with-me/protection",
    "/songs/stay-with-me/deletion",
    "/songs/stay-with-me/links",
    "/songs/stay-with-me/info",
    "/songs/stay-with-me/watch",
    "/songs/stay-with-me/history",
    "/songs/stay-with-me/history/1",
    "/songs/stay-with-me/history/1/hiding",
    "/songs/stay-with-me/diff?to=2",
    "/songs/stay-with-me/diff?to=2&view=side",
    "/users/Mina",
    "/users/Jun",
    "/users/Jun/block",
    "/users/Jun/reverts",
    "/changes",
    "/changes?kind=song&minor=no",
    "/watchlist",
    "/moderation",
    "/moderation/log",
    "/songs/nothing-of-the-kind",
];

/// A site on which a moderator has edited a song, and the cookie of her session.
fn edited() -> (Site, String) {
    let site = Site::over_with(TestStore::with_catalogue(StoreKind::Sqlite), |config| {
        config.people.visitors = Some("6/1d".parse().unwrap());
    });
    let mina = site.member("Mina", Role::Moderator);
    site.user("Jun", Role::Member);
    let form = Form::of(&mina.get(EDIT), EDIT);
    form.with("remake_of", "Somebody, 1981")
        .press(&mina, "save");
    let sid = mina.cookie.split_once('=').unwrap().1.to_owned();
    (site, sid)
}

async fn log_in(browser: &Browser, sid: String) -> WebDriverResult<()> {
    browser.window(1280, Scripts::On).await?;
    browser.open("/healthz").await?;
    browser.driver.add_cookie(Cookie::new("sid", sid)).await
}

#[test]
fn axe_finds_nothing_wrong_with_a_form() {
    let (site, sid) = edited();
    with_browser(site.address, Scripts::On, |browser| async move {
        let mut found = Vec::new();
        for path in ["/join", "/login", "/login?back=/songs/stay-with-me/edit"] {
            browser.open(path).await?;
            found.extend(browser.axe_in_four_ways(path).await?);
        }
        browser.says("Edit without an account").await?;
        log_in(&browser, sid).await?;
        for path in FORMS {
            browser.open(path).await?;
            found.extend(browser.axe_in_four_ways(path).await?);
        }
        // A preview, and a form that was refused.
        browser.open(EDIT).await?;
        browser.fill("prose", "Another story.").await?;
        browser.press("preview").await?;
        browser.says("Preview: not saved yet").await?;
        found.extend(browser.axe_in_four_ways("a preview").await?);
        browser.press("back").await?;
        browser.fill("languages", "no language at all").await?;
        browser.press("save").await?;
        browser.says("to mend").await?;
        found.extend(browser.axe_in_four_ways("a refused form").await?);
        // The box that puts one source behind several rows, and the drafts of pages that are not there yet.
        let cite = "main .cite";
        browser.open(EDIT).await?;
        browser.click(&format!("{cite} > summary")).await?;
        let unfolded = browser.one(&format!("{cite} [name='cited']")).await?;
        assert!(unfolded.is_displayed().await?, "the box is not open");
        found.extend(browser.axe_in_four_ways("one source for several").await?);
        for title in ["Snow on the Road", "달빛"] {
            browser.open("/songs/new").await?;
            browser.fill("names.new1.value", title).await?;
            browser.press("draft").await?;
            browser.says("Draft saved").await?;
        }
        browser.open("/songs/new").await?;
        browser.says("You have begun pages like this").await?;
        found.extend(browser.axe_in_four_ways("drafts of new pages").await?);
        assert!(found.is_empty(), "{} faults: {found:#?}", found.len());
        Ok(())
    });
}

#[test]
fn axe_finds_nothing_wrong_with_what_an_editor_is_asked() {
    let (site, sid) = edited();
    with_browser(site.address, Scripts::On, |browser| async move {
        let mut found = Vec::new();
        log_in(&browser, sid).await?;
        // A sourced value that was changed, with the box for another source.
        browser
            .open("/albums/goblin-part-1/edit?part=about")
            .await?;
        browser.fill("date", "2016.12.9").await?;
        browser.press("save").await?;
        browser.says("A question before this is saved").await?;
        browser.click("main .cite > summary").await?;
        found.extend(browser.axe_in_four_ways("a question").await?);
        // Two who changed the same.
        browser.open(EDIT).await?;
        browser.fill("remake_of", "Hers, 1983").await?;
        beside(|| {
            let hana = site.member("Hana", Role::Member);
            let his = Form::of(&hana.get(EDIT), EDIT);
            his.with("remake_of", "His, 1982").press(&hana, "save")
        });
        browser.press("save").await?;
        browser.says("Two edits").await?;
        found.extend(browser.axe_in_four_ways("two edits").await?);
        assert!(found.is_empty(), "{} faults: {found:#?}", found.len());
        Ok(())
    });
}

/// Where the focus is: the name of the field, or the address of the link.
async fn focus(browser: &Browser) -> WebDriverResult<String> {
    browser
        .run("const e = document.activeElement; return e.name || e.getAttribute('href') || e.id || e.tagName")
        .await
}

async fn key(browser: &Browser, key: Key) -> WebDriverResult<()> {
    browser.driver.action_chain().send_keys(key).perform().await
}

#[test]
fn keys_alone_are_enough_to_edit_and_to_mend_a_fault() {
    let (site, sid) = edited();
    with_browser(site.address, Scripts::On, |browser| async move {
        log_in(&browser, sid).await?;
        browser.open("/songs/stay-with-me/edit?part=about").await?;
        // Tab walks to every field of the form and to its buttons; nothing holds the focus.
        let mut walked = Vec::new();
        for _ in 0..120 {
            key(&browser, Key::Tab).await?;
            walked.push(focus(&browser).await?);
            if walked.last().is_some_and(|name| name == "remake_of") {
                break;
            }
        }
        for name in ["languages", "moods", "remake_of"] {
            assert!(
                walked.iter().any(|at| at == name),
                "{name} not in {walked:?}"
            );
        }
        // A fault: the summary leads to the field by its link.
        browser.fill("languages", "no language at all").await?;
        key(&browser, Key::Enter).await?;
        browser.says("to mend").await?;
        browser.one("#faults a").await?.focus().await?;
        key(&browser, Key::Enter).await?;
        assert_eq!(
            focus(&browser).await?,
            "languages",
            "the link leads into the field"
        );
        browser.fill("languages", "ko").await?;
        browser.fill("remake_of", "Somebody else, 1982").await?;
        // Enter in a field previews; it never saves by accident.
        key(&browser, Key::Enter).await?;
        browser.says("Preview: not saved yet").await?;
        browser
            .one("main button[value=save]")
            .await?
            .send_keys(Key::Enter + "")
            .await?;
        browser.says("Saved as revision 3").await
    });
}

#[test]
fn a_refused_form_brings_the_focus_to_what_is_to_mend() {
    let (site, sid) = edited();
    with_browser(site.address, Scripts::On, |browser| async move {
        log_in(&browser, sid).await?;
        browser.open(EDIT).await?;
        browser.fill("languages", "no language at all").await?;
        browser.press("save").await?;
        browser.says("to mend").await?;
        assert_eq!(focus(&browser).await?, "faults");
        Ok(())
    });
}
