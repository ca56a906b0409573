//! What is typed is kept as one types.

use std::time::Duration;

use yeoun::db::StoreKind;
use yeoun::models::user::Role;

use crate::driver::{Scripts, with_browser};
use crate::editing::EDIT;
use crate::support::Site;
use crate::support::people::PASSWORD;

#[test]
fn a_draft_is_kept_by_itself_and_offered_again() {
    let site = Site::start(StoreKind::Sqlite);
    site.user("Mina", Role::Member);
    with_browser(site.address, Scripts::On, |browser| async move {
        browser.window(1280, Scripts::On).await?;
        browser.open("/login").await?;
        for (field, text) in [("name", "Mina"), ("password", PASSWORD)] {
            browser.fill(field, text).await?;
        }
        browser.click("main form button.button-main").await?;
        browser.one("header a[href='/account']").await?;
        browser.open(EDIT).await?;
        browser.fill("prose", "As I type.").await?;
        // The script waits until the typing rests.
        tokio::time::sleep(Duration::from_secs(4)).await;
        browser.says("Draft saved").await?;
        browser.open(EDIT).await?;
        browser.says("You have a draft of this page").await?;
        browser.click("a[href$='draft=continue']").await?;
        let kept = browser.one("main textarea[name='prose']").await?;
        assert_eq!(kept.prop("value").await?.as_deref(), Some("As I type."));
        assert_eq!(browser.axe().await?, Vec::<String>::new());
        browser.press("changes").await?;
        browser.says("Your changes to").await?;
        assert_eq!(browser.axe().await?, Vec::<String>::new());
        browser.press("save").await?;
        browser.says("Saved as revision 2").await?;
        browser.open(EDIT).await?;
        browser.hides("You have a draft of this page").await?;
        browser.hides("This browser kept what you typed").await
    });
}
