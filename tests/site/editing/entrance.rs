//! Logging in with the form whose session ended: one button, nothing typed twice.

use yeoun::models::page::Kind;
use yeoun::models::user::Role;

use super::{EDIT, open};
use crate::on_both_stores;
use crate::support::{form::Form, people::PASSWORD};

const LONG_AFTER: i64 = 400 * 86_400;

on_both_stores!(a_form_without_a_session_logs_in_and_saves, |site| {
    let mina = site.member("Mina", Role::Member);
    let form = open(&mina, EDIT)
        .with("prose", "Typed for an hour.")
        .with("_note", "From memory");
    site.wait(LONG_AFTER);
    let refused = form.press(&mina, "save");
    assert_eq!(refused.status, 403);
    refused.says("Log in and save");
    let form = Form::of(&refused, EDIT).with("_login", "Mina");

    let wrong = form
        .clone()
        .with("_password", "not the one")
        .press(&site.anon(), "login");
    assert_eq!(wrong.status, 422);
    wrong.says("Name and password do not belong together");
    assert!(
        !wrong.source().contains("not the one"),
        "the password comes back"
    );
    let again = Form::of(&wrong, EDIT);
    assert_eq!(again.value("_login"), "Mina");
    assert_eq!(again.value("prose"), "Typed for an hour.");
    assert_eq!(site.page(Kind::Song, "stay-with-me").1.number, 1);

    let saved = again
        .with("_password", PASSWORD)
        .press(&site.anon(), "login");
    saved.leads_to("/songs/stay-with-me?saved=2");
    let cookie = saved.header("set-cookie").to_owned();
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"),
        "{cookie}"
    );
    assert_eq!(site.anon().after(&saved).name().as_deref(), Some("Mina"));
    let (_, revision, document) = site.page(Kind::Song, "stay-with-me");
    assert_eq!(
        (revision.author.as_str(), revision.note.as_str()),
        ("Mina", "From memory")
    );
    assert_eq!(document.prose, "Typed for an hour.");
});

on_both_stores!(
    what_cannot_be_saved_comes_back_with_the_new_session,
    |site| {
        site.user("Mina", Role::Member);
        let mina = site.member("Jiwon", Role::Member);
        let form = open(&mina, EDIT);
        let name = form.names("names.")[0].replace(".id", "");
        let name = format!("{}.value", name.rsplit_once('.').unwrap().0);
        let called = form.value(&name).to_owned();
        let form = form.with(&name, "");
        site.wait(LONG_AFTER);
        let form = Form::of(&form.press(&mina, "save"), EDIT)
            .with("_login", "Mina")
            .with("_password", PASSWORD);
        let faulty = form.press(&site.anon(), "login");
        assert_eq!(faulty.status, 422);
        assert!(
            !faulty.source().contains(PASSWORD),
            "the password comes back"
        );
        let now = site.anon().after(&faulty);
        assert_eq!(now.name().as_deref(), Some("Mina"));
        // Its token is the new session's: mended, it is saved as any other.
        Form::of(&faulty, EDIT)
            .with(&name, &called)
            .with("prose", "Mended.")
            .press(&now, "save")
            .leads_to("/songs/stay-with-me?saved=2");
        assert_eq!(site.page(Kind::Song, "stay-with-me").1.author, "Mina");
    }
);

on_both_stores!(a_new_page_is_made_by_whoever_logs_in_with_it, |site| {
    let mina = site.member("Mina", Role::Member);
    let form = open(&mina, "/artists/new")
        .with("names.new1.value", "Singer of One Song")
        .with("type", "person");
    site.wait(LONG_AFTER);
    let form = Form::of(&form.press(&mina, "save"), "/artists/new")
        .with("_login", "mina")
        .with("_password", PASSWORD);
    let made = form.press(&site.anon(), "login");
    made.leads_to("/artists/singer-of-one-song?saved=1");
});

on_both_stores!(
    guessing_by_the_form_is_counted_as_guessing_elsewhere,
    |site| {
        let mina = site.member("Mina", Role::Member);
        let form = open(&mina, EDIT).with("prose", "Kept.");
        site.wait(LONG_AFTER);
        let form = Form::of(&form.press(&mina, "save"), EDIT).with("_login", "Mina");
        let guess = |password: &str| {
            form.clone()
                .with("_password", password)
                .press(&site.anon(), "login")
        };
        let first = (0..50).find(|number| guess(&format!("guess {number}")).status == 429);
        assert!(first.is_some_and(|first| first > 2), "{first:?}");
        let held = guess(PASSWORD);
        assert_eq!(held.status, 429, "even the right one has to wait");
        assert!(held.header("retry-after").parse::<u64>().unwrap() > 0);
        assert_eq!(Form::of(&held, EDIT).value("prose"), "Kept.");
    }
);

on_both_stores!(nothing_of_a_password_is_kept, |site| {
    let mina = site.member("Mina", Role::Member);
    let form = open(&mina, EDIT)
        .with("prose", "A draft.")
        .choosing("_login", "Mina")
        .choosing("_password", PASSWORD);
    for button in ["draft", "preview", "changes", "add:credits"] {
        let reply = form.press(&mina, button);
        reply.ok();
        assert!(
            !reply.source().contains(PASSWORD),
            "{button} tells the password"
        );
    }
    let offered = mina.get(&format!("{EDIT}?draft=continue"));
    assert!(!offered.source().contains(PASSWORD));
});
