//! A page is made, credited and renamed, and is found wherever it ever was.

use super::{Browser, DESK, PHONE, Scripts, Site, WebDriverResult, join, run};

async fn a_page_is_made_credited_and_renamed(browser: &Browser, _: &Site) -> WebDriverResult<()> {
    join(browser, "Mina").await?;
    // Nobody has heard of her: the missing page leads to the form that makes it.
    browser.open("/artists/yoon-hae-won").await?;
    browser.click("main a[href^='/artists/new']").await?;
    browser.fill("names.new1.value", "Yoon Hae-won").await?;
    browser.fill("names.new1.locale", "en").await?;
    browser.fill("names.new1.kind", "official").await?;
    browser.fill("type", "person").await?;
    browser.press("save").await?;
    browser.arrives_at("/artists/yoon-hae-won?saved=1").await?;
    // She is credited by name, and the song stands on her page at once.
    browser.open("/songs/stay-with-me/edit").await?;
    browser.press("add:credits").await?;
    browser.fill("credits.new1.role", "producer").await?;
    browser.fill("credits.new1.who", "Yoon Hae-won").await?;
    browser.press("save").await?;
    browser.says("Saved as revision 2").await?;
    browser.open("/artists/yoon-hae-won").await?;
    browser.says("Stay With Me").await?;
    // The song moves; its old address and her page lead to the new one.
    browser.open("/songs/stay-with-me/rename").await?;
    browser.fill("address", "stay-with-me-goblin").await?;
    browser.fill("reason", "Another song has the name").await?;
    browser.click("main form.form button.button-main").await?;
    browser
        .one("main .tabs a[href='/songs/stay-with-me-goblin/edit']")
        .await?;
    browser.open("/songs/stay-with-me").await?;
    browser.arrives_at("/songs/stay-with-me-goblin").await?;
    browser.open("/artists/yoon-hae-won").await?;
    browser
        .click("main a[href='/songs/stay-with-me-goblin']")
        .await?;
    browser.arrives_at("/songs/stay-with-me-goblin").await
}
in_four_ways!(a_page_is_made_credited_and_renamed);
