//! Who comes in and who does not: wrong passwords, guessing, and where a login leads.

use yeoun::models::user::{Admin, Role};

use crate::on_both_stores;
use crate::support::people::PASSWORD;
use crate::support::{Refused, Site, TestStore};

const HERE: &str = "198.51.100.7";

on_both_stores!(
    a_wrong_password_and_an_unknown_name_are_told_alike,
    |site| {
        site.user("Minji", Role::Member);
        let wrong = site.anon().log_in_from(HERE, "Minji", "not the password");
        let unknown = site
            .anon()
            .log_in_from(HERE, "Nobody Here", "not the password");
        let disabled = {
            let gone = site.user("Gone", Role::Member);
            site.write(move |conn| -> Result<_, Refused> {
                gone.disable(conn, &Admin::operator(), 1)
                    .map_err(|error| panic!("{error}"))
            })
            .unwrap();
            site.anon().log_in_from(HERE, "Gone", PASSWORD)
        };
        for reply in [&wrong, &unknown, &disabled] {
            assert_eq!(reply.status, 422);
            assert_eq!(reply.header("set-cookie"), "");
            assert_eq!(reply.facts().faults, Vec::<String>::new());
            reply
                .says("do not belong together")
                .hides("not the password");
        }
        let same = |text: &str, name: &str| text.replace(name, "");
        assert_eq!(
            same(wrong.source(), "Minji"),
            same(unknown.source(), "Nobody Here")
        );
    }
);

on_both_stores!(guessing_is_held_up_for_the_guesser_alone, |site| {
    site.user("Minji", Role::Member);
    let guess = || {
        site.anon()
            .log_in_from("203.0.113.66", "Minji", "a guess of many")
    };
    for _ in 0..5 {
        assert_eq!(guess().status, 422);
        site.wait(10);
    }
    let held = guess();
    assert_eq!(held.status, 429);
    assert_eq!(held.header("retry-after"), "250");
    held.says("try again in 5 minutes");
    // Not even the right password comes in from there; its owner does elsewhere.
    assert_eq!(
        site.anon()
            .log_in_from("203.0.113.66", "minji", PASSWORD)
            .status,
        429
    );
    assert_eq!(site.anon().log_in_from(HERE, "Minji", PASSWORD).status, 303);
    // Other accounts are open to that network, and a restart would forgive nothing: it is in the store.
    site.wait(249);
    assert_eq!(guess().status, 429);
    site.wait(1);
    assert_eq!(
        site.anon()
            .log_in_from("203.0.113.66", "Minji", PASSWORD)
            .status,
        303
    );
});

#[test]
fn attempts_are_counted_over_two_days_too() {
    for kind in [yeoun::db::StoreKind::Sqlite, yeoun::db::StoreKind::Postgres] {
        let site = Site::over_with(TestStore::with_catalogue(kind), |config| {
            config.people.logins_long = "6/48h".parse().unwrap();
        });
        site.user("Minji", Role::Member);
        for _ in 0..6 {
            assert_eq!(
                site.anon()
                    .log_in_from(HERE, "Minji", "a guess of many")
                    .status,
                422
            );
            site.wait(3_600);
        }
        let held = site.anon().log_in_from(HERE, "Minji", PASSWORD);
        assert_eq!(held.status, 429);
        held.says("try again in 2 days");
        site.wait(42 * 3_600);
        assert_eq!(site.anon().log_in_from(HERE, "Minji", PASSWORD).status, 303);
    }
}

on_both_stores!(one_network_cannot_try_every_account, |site| {
    let statuses: Vec<u16> = (0..51)
        .map(|n| {
            site.anon()
                .log_in_from("203.0.113.66", &format!("member {n}"), "x")
                .status
        })
        .collect();
    assert_eq!(statuses.iter().filter(|status| **status == 422).count(), 50);
    assert_eq!(statuses.last(), Some(&429));
});

on_both_stores!(a_login_leads_nowhere_but_to_this_site, |site| {
    site.user("Minji", Role::Member);
    for back in [
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https:evil.example",
        "https://evil.example/",
        "http:/evil.example",
        "javascript:alert(1)",
        "/\t/evil.example",
        "/%0d%0a\r\nLocation: https://evil.example",
        "evil.example",
        " /songs",
        "\u{2f}\u{2044}evil",
        "///evil.example",
        "",
    ] {
        let form = [("name", "Minji"), ("password", PASSWORD), ("back", back)];
        let reply = site.anon().post_as_it_is("/login", &form, &[]);
        assert_eq!(
            (reply.status, reply.header("location")),
            (303, "/"),
            "{back:?}"
        );
        let query = crate::support::people::fields(&[("back", back)]);
        let page = site.ask("GET", "/login", &[], "");
        assert!(page.source().contains("name=\"back\" value=\"/\""));
        let page = site.get(&format!("/login?{query}"));
        if page.status == 200 {
            assert!(
                page.source().contains("name=\"back\" value=\"/\""),
                "{back:?}"
            );
        } else {
            assert_eq!(page.status, 400, "{back:?}");
        }
    }
});
