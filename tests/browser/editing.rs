//! What editors do, from joining to taking an edit back: with and without scripts, on a phone and at a desk.

mod rows;

use thirtyfour::prelude::*;
use yeoun::db::StoreKind;
use yeoun::models::page::Kind;
use yeoun::models::user::Role;

use crate::driver::{Browser, Scripts, with_browser};
use crate::support::Site;
use crate::support::form::Form;
use crate::support::people::PASSWORD;

const SONG: &str = "/songs/stay-with-me";
pub const EDIT: &str = "/songs/stay-with-me/edit";

/// The width of a phone and of a desk, CSS pixels.
pub const PHONE: u32 = 360;
pub const DESK: u32 = 1280;

/// One flow in the four ways it must work.
macro_rules! in_four_ways {
    ($flow:ident) => {
        mod $flow {
            use super::*;

            #[test]
            fn on_a_phone() {
                run(PHONE, Scripts::On, super::$flow);
            }
            #[test]
            fn on_a_phone_without_scripts() {
                run(PHONE, Scripts::Off, super::$flow);
            }
            #[test]
            fn at_a_desk() {
                run(DESK, Scripts::On, super::$flow);
            }
            #[test]
            fn at_a_desk_without_scripts() {
                run(DESK, Scripts::Off, super::$flow);
            }
        }
    };
}

mod lives;
mod sessions;

/// Starts a site of its own and a browser before it.
pub fn run(
    width: u32,
    scripts: Scripts,
    flow: impl AsyncFnOnce(&Browser, &Site) -> WebDriverResult<()>,
) {
    let site = Site::start(StoreKind::Sqlite);
    let address = site.address;
    with_browser(address, scripts, |browser| async move {
        browser.window(width, scripts).await?;
        flow(&browser, &site).await
    });
}

/// What happens elsewhere meanwhile: the store is asked on a thread of its own.
pub fn beside<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|scope| scope.spawn(work).join().unwrap())
}

/// Joins by the form, and is logged in.
pub async fn join(browser: &Browser, name: &str) -> WebDriverResult<()> {
    browser.open("/join").await?;
    for (field, text) in [("name", name), ("password", PASSWORD), ("again", PASSWORD)] {
        browser.fill(field, text).await?;
    }
    browser.click("main form button.button-main").await?;
    browser.one("header a[href='/account']").await?;
    Ok(())
}

/// Logs in from wherever the form is.
async fn log_in(browser: &Browser, name: &str) -> WebDriverResult<()> {
    browser.open("/login").await?;
    for (field, text) in [("name", name), ("password", PASSWORD)] {
        browser.fill(field, text).await?;
    }
    browser.click("main form button.button-main").await?;
    browser.one("header a[href='/account']").await?;
    Ok(())
}

/// Ends the session by the button on the account page.
async fn log_out(browser: &Browser) -> WebDriverResult<()> {
    browser.open("/account").await?;
    browser.click("form[action='/logout'] button").await?;
    browser.one("header a[href^='/login']").await?;
    Ok(())
}

/// Types what an evening's listening gives: a name, a credit of an artist who was not on the song, a scene, a source, and the story.
async fn type_an_edit(browser: &Browser) -> WebDriverResult<()> {
    browser.press("add:names").await?;
    browser.fill("names.new1.value", "Stay Beside Me").await?;
    browser.fill("names.new1.locale", "en").await?;
    browser.fill("names.new1.kind", "alias").await?;
    browser.press("add:credits").await?;
    browser.fill("credits.new1.role", "producer").await?;
    browser.fill("credits.new1.who", "남혜승").await?;
    browser.press("add:cues").await?;
    browser.fill("cues.new1.drama", "도깨비").await?;
    browser.fill("cues.new1.episode", "7").await?;
    browser.fill("cues.new1.begin", "33:21").await?;
    browser
        .fill("cues.new1.description", "They walk home along the wall.")
        .await?;
    browser.press("add:sources").await?;
    browser
        .fill("sources.new1.title", "The Booklet Press")
        .await?;
    browser
        .fill(
            "prose",
            "It begins with a breath, and the chorus lets it go.",
        )
        .await?;
    browser.fill("_note", "From the booklet").await
}

async fn an_edit_is_typed_previewed_saved_and_taken_back(
    browser: &Browser,
    site: &Site,
) -> WebDriverResult<()> {
    join(browser, "Mina").await?;
    browser.open(SONG).await?;
    browser.click(&format!("nav.tabs a[href='{EDIT}']")).await?;
    browser.arrives_at(EDIT).await?;
    type_an_edit(browser).await?;
    browser.press("preview").await?;
    browser.says("Preview: not saved yet").await?;
    browser.says("the chorus lets it go").await?;
    assert_eq!(
        site.page(Kind::Song, "stay-with-me").1.number,
        1,
        "a preview saves nothing"
    );
    browser.press("save").await?;
    browser.says("Saved as revision 2").await?;
    // It is on every page it touches at once.
    for (path, words) in [
        (SONG, "Stay Beside Me"),
        (SONG, "the chorus lets it go"),
        ("/artists/nam-hye-seung", "Stay With Me"),
        (
            "/dramas/goblin/episodes/7",
            "They walk home along the wall.",
        ),
        ("/dramas/goblin", "Stay With Me"),
    ] {
        browser.open(path).await?;
        browser.says(words).await?;
    }
    // What changed, and the way back.
    browser.open(&format!("{SONG}/history")).await?;
    browser.says("From the booklet").await?;
    browser
        .click(&format!("main a[href='{SONG}/diff?to=2']"))
        .await?;
    browser.says("Stay Beside Me").await?;
    browser.says("The Booklet Press").await?;
    browser.click("form.dif-undo button").await?;
    browser.says("Undid revision 2").await?;
    browser.open(SONG).await?;
    browser.hides("Stay Beside Me").await?;
    browser.open("/artists/nam-hye-seung").await?;
    browser.hides("Stay With Me").await
}
in_four_ways!(an_edit_is_typed_previewed_saved_and_taken_back);

async fn two_editors_meet(browser: &Browser, site: &Site) -> WebDriverResult<()> {
    let jun = beside(|| site.member("Jun", Role::Member));
    join(browser, "Mina").await?;
    // Different fields: both edits land.
    browser.open(EDIT).await?;
    browser.fill("prose", "Her story of the song.").await?;
    beside(|| {
        let his = Form::of(&jun.get(EDIT), EDIT);
        his.with("remake_of", "His find, 1999").press(&jun, "save")
    });
    browser.press("save").await?;
    browser.says("both edits are in it").await?;
    browser.says("Her story of the song.").await?;
    browser.says("His find, 1999").await?;
    // The same field: nothing is chosen for her, and her other words come along.
    browser.open(EDIT).await?;
    browser.fill("remake_of", "Hers, 1981").await?;
    browser.fill("prose", "Her second story.").await?;
    beside(|| {
        let his = Form::of(&jun.get(EDIT), EDIT);
        his.with("remake_of", "His again, 2001").press(&jun, "save")
    });
    browser.press("save").await?;
    browser.says("Two edits").await?;
    browser.says("Hers, 1981").await?;
    browser.says("His again, 2001").await?;
    let chosen = browser
        .driver
        .find_all(By::Css("input[type=radio]:checked"))
        .await?;
    assert!(chosen.is_empty(), "a side is chosen beforehand");
    browser
        .click("input[type=radio][name='_choose.remake_of'][value='mine']")
        .await?;
    browser.press("save").await?;
    browser.says("Hers, 1981").await?;
    browser.says("Her second story.").await?;
    browser.hides("His again, 2001").await
}
in_four_ways!(two_editors_meet);

#[test]
fn rows_change_in_place_on_a_phone() {
    run(PHONE, Scripts::On, rows::rows_and_pages_are_chosen_in_place);
}

#[test]
fn rows_change_in_place_at_a_desk() {
    run(DESK, Scripts::On, rows::rows_and_pages_are_chosen_in_place);
}
