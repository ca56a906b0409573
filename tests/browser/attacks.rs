//! Strings made to break out, stored in every field of every form, in a real browser: nothing runs, nothing is fetched from elsewhere, and
//! the content security policy has nothing to report.

use thirtyfour::prelude::*;
use yeoun::config::Rate;
use yeoun::db::StoreKind;
use yeoun::models::user::Role;

use crate::driver::{Browser, Scripts, with_browser};
use crate::support::form::Form;
use crate::support::{Actor, Site, TestStore, crawl};

#[path = "../site/attacks/strings.rs"]
mod strings;

/// A page of each kind.
const PAGES: [&str; 5] = [
    "/songs/stay-with-me",
    "/dramas/goblin",
    "/artists/punch",
    "/albums/goblin-part-1",
    "/articles/how-to-edit",
];

/// Types strings into every field of text of a page and saves what the fields take.
fn store(by: &Actor<'_>, page: &str, strings: &mut strings::Endless) -> bool {
    let edit = format!("{page}/edit");
    let before = Form::of(&by.get(&edit), &edit);
    let mut form = before.clone();
    for name in form.texts.clone() {
        let typed = strings.next_for(&name);
        form = form.with(&name, &typed);
    }
    for _ in 0..8 {
        let reply = form.press(by, "save");
        if reply.status == 303 {
            return true;
        }
        if reply.source().contains("name=\"_asked\"") {
            // Sourced values changed: the answer does not matter here.
            for name in Form::of(&reply, &edit).names("_why.") {
                form = form.choosing(&name.replace("_why.", "_claim."), "typo");
            }
        }
        for name in reply.faulty_fields() {
            form = form.like(&before, &name);
        }
    }
    false
}

/// Reasons of a moderator in every form that asks for one, so often, and drafts of the editor.
fn reasons(moderator: &Actor<'_>, editor: &Actor<'_>, strings: &mut strings::Endless) -> usize {
    let mut taken = 0;
    for (level, length) in [("moderator", "1w"), ("member", "end"), ("editor", "1d")] {
        let forms: [(&str, &[(&str, &str)]); 7] = [
            ("/songs/hush/deletion", &[]),
            ("/songs/hush/undeletion", &[]),
            (
                "/songs/hush/rename",
                &[("address", "hush"), ("name", "Hush")],
            ),
            (
                "/songs/a-day/protection",
                &[("edit", level), ("rename", level)],
            ),
            ("/songs/a-day/merge", &[("into", "hush")]),
            ("/songs/a-day/unmerge", &[]),
            ("/users/Victim/block", &[("length", length)]),
        ];
        for (to, pairs) in forms {
            let reason = format!(
                "{} {}",
                strings.next_for("reason"),
                strings.next_for("reason")
            );
            let mut pairs = pairs.to_vec();
            pairs.push(("reason", &reason));
            taken += usize::from(moderator.post(to, &pairs).status == 303);
        }
    }
    for page in ["/songs/always/edit", "/dramas/goblin/edit"] {
        let mut form = Form::of(&editor.get(page), page);
        for name in form.texts.clone() {
            form = form.with(&name, &strings.next_for(&name));
        }
        taken += usize::from(form.press(editor, "draft").status == 200);
    }
    taken
}

/// Opens a page and answers what its console says; a dialogue a script opened counts as well.
async fn complaints(browser: &Browser, path: &str) -> WebDriverResult<Vec<String>> {
    browser.open(path).await?;
    let mut said: Vec<String> = Vec::new();
    if let Ok(words) = browser.driver.get_alert_text().await {
        said.push(format!("{path} opened a dialogue: {words}"));
        browser.driver.dismiss_alert().await?;
    }
    for entry in browser.driver.browser_log().await? {
        let words = format!("{entry:?}");
        // A page that is not there says so, which is no complaint about what stands on it.
        if !words.contains("the server responded with a status of") {
            said.push(format!("{path}: {words}"));
        }
    }
    Ok(said)
}

/// What the editor sees besides the pages, and what only the moderator sees.
const EDITOR: [&str; 3] = [
    "/account",
    "/songs/always/edit",
    "/dramas/goblin/edit?draft=continue",
];
const MODERATOR: [&str; 9] = [
    "/moderation",
    "/moderation/log",
    "/changes",
    "/songs/hush",
    "/songs/hush/history",
    "/songs/a-day",
    "/songs/a-day/protection",
    "/users/Victim",
    "/users/Victim/block",
];

/// What everybody sees.
fn of_readers(site: &Site) -> Vec<String> {
    let walked = crawl::walk(site, None, 1).into_iter();
    let views = [
        "",
        "/history",
        "/diff",
        "/diff?view=side",
        "/history/2",
        "/history/5",
    ];
    let pages = PAGES
        .iter()
        .flat_map(|page| views.map(|view| format!("{page}{view}")));
    walked.map(|visit| visit.path).chain(pages).collect()
}

#[test]
fn stored_strings_run_nothing_and_report_nothing() {
    let much: Rate = "100000/60s".parse().unwrap();
    let site = Site::over_with(TestStore::with_catalogue(StoreKind::Sqlite), |config| {
        config.people.edits = much;
    });
    let mina = site.member("Mina", Role::Editor);
    let mut strings = strings::Endless::all();
    let mut stored = 0;
    for page in PAGES {
        for _ in 0..12 {
            site.wait(1);
            stored += usize::from(store(&mina, page, &mut strings));
        }
    }
    assert!(stored > 30, "only {stored} saves took anything");
    let sunhee = site.member("Sunhee", Role::Moderator);
    site.user("Victim", Role::Member);
    let taken = reasons(&sunhee, &mina, &mut strings);
    assert!(taken > 12, "only {taken} reasons and drafts were taken");
    let paths = of_readers(&site);
    let sids = [&mina, &sunhee].map(|actor| actor.cookie.split_once('=').unwrap().1.to_owned());
    with_browser(site.address, Scripts::On, |browser| async move {
        let mut said = Vec::new();
        for path in &paths {
            said.extend(complaints(&browser, path).await?);
        }
        // As the one who wrote it all, with the forms full of it, and as the one who said why.
        let editor = PAGES
            .iter()
            .flat_map(|page| ["", "/edit", "/diff"].map(|rest| format!("{page}{rest}")));
        let editor: Vec<String> = editor.chain(EDITOR.map(str::to_owned)).collect();
        for (sid, paths) in sids
            .into_iter()
            .zip([editor, MODERATOR.map(str::to_owned).to_vec()])
        {
            browser.driver.delete_all_cookies().await?;
            browser.driver.add_cookie(Cookie::new("sid", sid)).await?;
            for path in &paths {
                said.extend(complaints(&browser, path).await?);
            }
        }
        assert!(said.is_empty(), "{} complaints: {said:#?}", said.len());
        Ok(())
    });
}

#[test]
fn a_script_that_got_in_would_be_reported() {
    let site = Site::reading(StoreKind::Sqlite);
    with_browser(site.address, Scripts::On, |browser| async move {
        browser.open("/songs/stay-with-me").await?;
        let spoil = "document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=\"/art/x\" onerror=\"alert(1)\"><img src=\"https://elsewhere.example/x.png\">')";
        browser.run::<()>(spoil).await?;
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        let log: Vec<String> = browser
            .driver
            .browser_log()
            .await?
            .into_iter()
            .map(|entry| format!("{entry:?}"))
            .collect();
        let about = |words: &str| {
            log.iter()
                .any(|line| line.contains("Content Security Policy") && line.contains(words))
        };
        assert!(about("inline event handler"), "{log:#?}");
        assert!(about("elsewhere.example"), "{log:#?}");
        Ok(())
    });
}
