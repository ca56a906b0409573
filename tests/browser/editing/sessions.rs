//! A session that ends in the middle of an edit: no word is lost, and the form itself is the way back in.

use super::*;

async fn a_session_that_ends_takes_no_word_along(
    browser: &Browser,
    site: &Site,
) -> WebDriverResult<()> {
    join(browser, "Mina").await?;
    browser.open(EDIT).await?;
    browser.fill("prose", "Typed for an hour.").await?;
    // The session ends elsewhere: a month goes by.
    site.wait(400 * 86_400);
    browser.press("save").await?;
    browser.says("You are not logged in any more").await?;
    let kept = browser.one("main textarea[name='prose']").await?;
    let kept = kept.prop("value").await?.unwrap_or_default();
    assert_eq!(kept, "Typed for an hour.");
    let form = browser.driver.window().await?;
    // She logs in in another tab, and sends the same form again.
    let tab = browser.driver.new_tab().await?;
    browser.driver.switch_to_window(tab).await?;
    log_in(browser, "Mina").await?;
    browser.driver.close_window().await?;
    browser.driver.switch_to_window(form).await?;
    // The token of the form is of the session that ended: the form comes back once, with a good one.
    for _ in 0..3 {
        browser.press("save").await?;
        if browser.leaves(EDIT).await? {
            break;
        }
    }
    browser.says("Typed for an hour.").await?;
    log_out(browser).await
}
in_four_ways!(a_session_that_ends_takes_no_word_along);

async fn a_session_begins_again_with_the_form(
    browser: &Browser,
    site: &Site,
) -> WebDriverResult<()> {
    join(browser, "Mina").await?;
    browser.open(EDIT).await?;
    browser.fill("prose", "Typed for two hours.").await?;
    site.wait(400 * 86_400);
    browser.press("save").await?;
    browser.says("You are not logged in any more").await?;
    browser.fill("_login", "Mina").await?;
    browser.fill("_password", "not the one").await?;
    browser.press("login").await?;
    browser
        .says("Name and password do not belong together")
        .await?;
    browser.fill("_password", PASSWORD).await?;
    browser.press("login").await?;
    browser.says("Typed for two hours.").await?;
    log_out(browser).await
}
in_four_ways!(a_session_begins_again_with_the_form);

async fn the_way_in_is_for_everybody(browser: &Browser, site: &Site) -> WebDriverResult<()> {
    join(browser, "Mina").await?;
    browser.open(EDIT).await?;
    site.wait(400 * 86_400);
    browser.press("save").await?;
    browser.fill("_login", "Mina").await?;
    browser.fill("_password", "not the one").await?;
    browser.press("login").await?;
    browser
        .says("Name and password do not belong together")
        .await?;
    let wrong = browser.axe_in_four_ways("the way in").await?;
    assert!(wrong.is_empty(), "{wrong:#?}");
    Ok(())
}

#[test]
fn axe_finds_nothing_wrong_with_the_way_in() {
    run(PHONE, Scripts::On, the_way_in_is_for_everybody);
}
