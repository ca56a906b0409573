//! Scripts in the form: pages offered while one types, and rows that change in place.

use thirtyfour::prelude::*;
use yeoun::models::page::Kind;

use super::{EDIT, SONG, join};
use crate::driver::Browser;
use crate::support::Site;

/// A mark on the window: it is gone once another page was loaded.
const MARK: &str = "window.marked = true; return true;";
const IS_MARKED: &str = "return window.marked === true;";

/// Chooses an artist by keys alone, and moves the row; the page is never loaded anew.
pub(super) async fn rows_and_pages_are_chosen_in_place(
    browser: &Browser,
    site: &Site,
) -> WebDriverResult<()> {
    join(browser, "Mina").await?;
    browser.open(&format!("{EDIT}?part=credits")).await?;
    let _: bool = browser.run(MARK).await?;
    browser.press("add:credits").await?;
    browser.fill("credits.new1.role", "producer").await?;
    browser.fill("credits.new1.who", "ㄴㅎㅅ").await?;
    let list = "ul[role='listbox']:not([hidden]) li";
    browser.one(list).await?;
    let field = browser.one("main [name='credits.new1.who']").await?;
    assert_eq!(field.attr("aria-expanded").await?.as_deref(), Some("true"));
    field.send_keys(Key::Down + "").await?;
    browser
        .one("li[role='option'][aria-selected='true']")
        .await?;
    field.send_keys(Key::Enter + "").await?;
    let chosen: String = browser
        .run("return document.querySelector(\"[name='credits.new1.who']\").value;")
        .await?;
    assert_eq!(chosen, "Nam Hye-seung");
    browser.press("up:credits:new1").await?;
    let focused = "return document.activeElement.value;";
    for _ in 0..100 {
        if browser.run::<String>(focused).await? == "up:credits:new1" {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    assert_eq!(browser.run::<String>(focused).await?, "up:credits:new1");
    assert!(browser.run::<bool>(IS_MARKED).await?, "no page was loaded");
    browser.click(".paste > summary").await?;
    browser.fill("paste", "Mixed by Somebody New").await?;
    browser.press("paste").await?;
    browser.says("One credit was added below").await?;
    assert!(browser.run::<bool>(IS_MARKED).await?, "no page was loaded");
    browser.press("save").await?;
    browser.says("Saved as revision 2").await?;
    let flat = super::beside(|| site.page(Kind::Song, "stay-with-me").2.to_value());
    let credits = flat
        .get("credits")
        .and_then(|rows| rows.as_array())
        .unwrap();
    let producer = credits
        .iter()
        .position(|row| row.get("role").is_some_and(|role| role == "producer"));
    assert_eq!(
        producer,
        Some(credits.len() - 3),
        "it was moved up once, and one came after it"
    );
    browser.open(SONG).await?;
    browser.says("Somebody New").await
}
