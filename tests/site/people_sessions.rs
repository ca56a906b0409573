//! Coming in, going out, and staying out.

use yeoun::models::user::{Admin, Role};

use crate::on_both_stores;
use crate::support::people::PASSWORD;
use crate::support::{Refused, Site, TestStore};

const HERE: &str = "198.51.100.7";

on_both_stores!(a_session_lives_from_login_to_logout, |site| {
    site.user("Minji", Role::Member);
    let reply = site.anon().log_in_from(HERE, "minji", PASSWORD);
    assert_eq!((reply.status, reply.header("location")), (303, "/songs"));
    let cookie = reply.header("set-cookie").to_owned();
    let (pair, attributes) = cookie.split_once("; ").unwrap();
    assert!(pair.starts_with("sid=") && pair.len() == 4 + 64, "{cookie}");
    let mut attributes: Vec<&str> = attributes.split("; ").collect();
    attributes.sort_unstable();
    assert_eq!(
        attributes,
        ["HttpOnly", "Max-Age=7776000", "Path=/", "SameSite=Lax"]
    );

    let minji = site.anon().after(&reply);
    assert_eq!(minji.name().as_deref(), Some("Minji"));
    let page = minji.get("/songs/hush");
    assert!(page.header("cache-control").starts_with("private"));

    let out = minji.post("/logout", &[("back", "/songs/hush")]);
    assert_eq!((out.status, out.header("location")), (303, "/songs/hush"));
    assert!(
        out.header("set-cookie").starts_with("sid=; "),
        "{}",
        out.header("set-cookie")
    );
    assert!(out.header("set-cookie").contains("Max-Age=0"));
    // The old cookie is dead, and the browser is told so.
    assert_eq!(minji.name(), None);
    let replay = minji.get("/");
    assert!(replay.header("set-cookie").contains("Max-Age=0"));
    assert_eq!(minji.get("/account").status, 303);
});

#[test]
fn over_https_the_cookie_is_bound_to_the_host() {
    for kind in [yeoun::db::StoreKind::Sqlite, yeoun::db::StoreKind::Postgres] {
        let site = Site::over_with(TestStore::with_catalogue(kind), |config| {
            config.base_url = "https://yeoun.example".to_owned();
        });
        site.user("Minji", Role::Member);
        let reply = site.anon().log_in_from(HERE, "Minji", PASSWORD);
        let cookie = reply.header("set-cookie");
        assert!(cookie.starts_with("__Host-sid="), "{cookie}");
        for attribute in ["Secure", "HttpOnly", "SameSite=Lax", "Path=/"] {
            assert!(cookie.contains(attribute), "{attribute} is not in {cookie}");
        }
        assert!(!cookie.contains("Domain"));
        // The name that plain http uses is not believed here.
        let minji = site.anon().after(&reply);
        assert_eq!(minji.name().as_deref(), Some("Minji"));
        let plain = minji.cookie.replace("__Host-sid", "sid");
        site.get_with("/", &[("cookie", &plain)]).hides("Minji");
    }
}

on_both_stores!(a_new_password_ends_the_other_sessions, |site| {
    let user = site.user("Minji", Role::Member);
    let (desk, phone) = (site.session_of(&user), site.session_of(&user));
    let change = |current: &str, password: &str| {
        desk.post(
            "/account/password",
            &[
                ("current", current),
                ("password", password),
                ("again", password),
            ],
        )
    };
    let wrong = change("not the password", "a brand new password");
    assert_eq!(wrong.status, 422);
    wrong.says("not your current password");
    assert_eq!(change(PASSWORD, "short").status, 422);
    assert_eq!(phone.name().as_deref(), Some("Minji"));

    let changed = change(PASSWORD, "a brand new password");
    assert_eq!(changed.header("location"), "/account?done=password");
    desk.get("/account?done=password")
        .ok()
        .says("Your password is changed");
    assert_eq!(phone.name(), None);
    assert_eq!(site.anon().log_in_from(HERE, "Minji", PASSWORD).status, 422);
    assert_eq!(
        site.anon()
            .log_in_from(HERE, "Minji", "a brand new password")
            .status,
        303
    );
});

on_both_stores!(sessions_are_listed_and_ended, |site| {
    let user = site.user("Minji", Role::Member);
    let (desk, phone, tablet) = (
        site.session_of(&user),
        site.session_of(&user),
        site.session_of(&user),
    );
    let other = site.member("Boram", Role::Member);
    let page = desk.get("/account");
    page.ok().says("Firefox on Linux (here)");
    let source = page.source().to_owned();
    let hash = source.split("name=\"session\" value=\"").nth(1).unwrap();
    let hash = hash.split('"').next().unwrap();
    // Somebody else's session cannot be ended, whatever is known of it.
    other.post("/account/sessions", &[("session", hash)]);
    let alive = |who: &crate::support::Actor<'_>| who.name().is_some();
    assert!(alive(&phone) && alive(&tablet));
    desk.post("/account/sessions", &[("session", hash)]);
    assert_ne!(alive(&phone), alive(&tablet));
    desk.post("/account/sessions", &[]);
    assert!(alive(&desk) && !alive(&phone) && !alive(&tablet) && alive(&other));
});

on_both_stores!(a_disabled_member_is_out_at_once, |site| {
    let user = site.user("Minji", Role::Member);
    let minji = site.session_of(&user);
    assert_eq!(minji.name().as_deref(), Some("Minji"));
    site.write(move |conn| -> Result<_, Refused> {
        user.disable(conn, &Admin::operator(), 1)
            .map_err(|error| panic!("{error}"))
    })
    .unwrap();
    assert_eq!(minji.name(), None);
    assert_eq!(minji.get("/account").status, 303);
});

on_both_stores!(
    a_session_ends_when_it_is_not_used_and_at_the_latest_after_ninety_days,
    |site| {
        const DAY: i64 = 24 * 3_600;
        let user = site.user("Minji", Role::Member);
        let idle = site.session_of(&user);
        site.wait(30 * DAY - 1);
        let used = site.session_of(&user);
        assert!(idle.name().is_some(), "that was a use");
        site.wait(2);
        assert!(idle.name().is_some(), "which put the end off");
        site.wait(30 * DAY);
        assert_eq!(idle.name(), None);
        assert_eq!(used.name(), None);
        let daily = site.session_of(&user);
        for day in 0..89 {
            site.wait(DAY);
            assert!(daily.name().is_some(), "day {day}");
        }
        site.wait(DAY);
        assert_eq!(daily.name(), None);
        // A clock that is set back ends nothing.
        let back = site.session_of(&user);
        site.wait(-DAY);
        assert!(back.name().is_some());
    }
);

on_both_stores!(forms_of_another_session_do_nothing, |site| {
    let minji = site.member("Minji", Role::Member);
    let boram = site.member("Boram", Role::Member);
    for token in ["", "x", boram.token.as_str()] {
        let pairs = [("token", token), ("back", "/")];
        minji.post_as_it_is("/logout", &pairs, &[]).refuses(403);
        minji
            .post_as_it_is("/account/sessions", &pairs, &[])
            .refuses(403);
        minji
            .post_as_it_is("/account/password", &pairs, &[])
            .refuses(403);
    }
    let cross = [("sec-fetch-site", "cross-site")];
    minji
        .post_as_it_is("/logout", &[("token", &minji.token)], &cross)
        .refuses(403);
    site.anon()
        .post_as_it_is(
            "/login",
            &[("name", "Minji"), ("password", PASSWORD)],
            &cross,
        )
        .refuses(403);
    assert!(minji.name().is_some());
    // Reading never changes anything.
    assert_eq!(minji.get("/logout").status, 405);
    assert!(minji.name().is_some());
});
