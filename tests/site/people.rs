//! Becoming a member: names, passwords, and the first administrator.

use yeoun::models::user::secret::Secret;
use yeoun::models::user::{Admin, Role, User, invite};

use crate::on_both_stores;
use crate::support::people::{PASSWORD, fields};
use crate::support::{Refused, Reply, Site};

/// Joins from a network of one's own.
fn join(site: &Site, network: &str, pairs: &[(&str, &str)]) -> Reply {
    site.anon()
        .post_as_it_is("/join", pairs, &[("x-forwarded-for", network)])
}

fn form<'a>(name: &'a str, password: &'a str) -> [(&'a str, &'a str); 3] {
    [("name", name), ("password", password), ("again", password)]
}

fn user(site: &Site, name: &str) -> Option<User> {
    let name = name.to_owned();
    site.read(move |conn| User::named(conn, &name))
}

on_both_stores!(whoever_joins_is_logged_in_and_brought_back, |site| {
    let page = site.get_with("/join", &[("referer", "http://yeoun.example/songs/hush")]);
    page.ok().says("a name and a password are enough");
    assert!(
        page.source()
            .contains("name=\"back\" value=\"/songs/hush\"")
    );
    assert_eq!(page.header("set-cookie"), "");
    assert_eq!(page.header("cache-control"), "private, no-store");

    let mut sent = form("민지 Kim", PASSWORD).to_vec();
    sent.push(("back", "/songs/hush"));
    let reply = join(site, "203.0.113.1", &sent);
    assert_eq!(
        (reply.status, reply.header("location")),
        (303, "/songs/hush")
    );
    let minji = site.anon().after(&reply);
    minji
        .get("/account")
        .ok()
        .says("민지 Kim")
        .says("new member");
    let joined = user(site, "민지 Kim").unwrap();
    assert_eq!((joined.role, joined.created_at), (Role::Member, site.now()));
    // Whoever is in needs no way in.
    for door in ["/join", "/login"] {
        assert_eq!(minji.get(door).status, 303, "{door}");
    }
});

on_both_stores!(nobody_gives_himself_a_role, |site| {
    let mut sent = form("Mallory", PASSWORD).to_vec();
    sent.extend([
        ("role", "admin"),
        ("state", "active"),
        ("id", "1"),
        ("is_admin", "1"),
    ]);
    assert_eq!(join(site, "203.0.113.1", &sent).status, 303);
    assert_eq!(user(site, "Mallory").unwrap().role, Role::Member);
});

on_both_stores!(names_that_look_like_anothers_are_refused, |site| {
    site.user("Minji", Role::Member);
    for name in ["Minji", "minji", "m1nji", "Min-ji", "Mіnjі", "ＭＩＮＪＩ"] {
        let reply = join(site, "203.0.113.1", &form(name, PASSWORD));
        assert_eq!(reply.status, 422, "{name}");
        assert_eq!(reply.header("set-cookie"), "");
        let text = reply.text();
        assert!(
            ["looks like it", "one script", "Use only letters"]
                .iter()
                .any(|reason| text.contains(reason)),
            "{name}: {text}"
        );
    }
    let names = site.read(User::all);
    assert_eq!(names.len(), 1, "{names:?}");
});

on_both_stores!(a_refused_form_says_what_is_wrong_at_each_field, |site| {
    for (name, reason) in [
        ("min\u{202e}ji", "cannot be seen"),
        ("min\u{200b}ji", "cannot be seen"),
        ("м", "at least 2"),
        ("<script>alert(1)</script>", "Use only letters"),
        ("Yeoun", "belongs to the site"),
        ("a𝐝min1", "Use only letters"),
        ("мinji", "one script"),
    ] {
        let reply = join(site, "203.0.113.1", &form(name, PASSWORD));
        assert_eq!(reply.status, 422, "{name:?}");
        assert_eq!(reply.facts().faults, Vec::<String>::new(), "{name:?}");
        reply.says(reason).hides("<script>alert").hides(PASSWORD);
    }
    let reply = join(
        site,
        "203.0.113.1",
        &[("name", ""), ("password", "short"), ("again", "other")],
    );
    assert_eq!(reply.status, 422);
    reply.says("at least 2 characters").says("Use at least 8");
    let reply = join(
        site,
        "203.0.113.1",
        &[
            ("name", "Minji"),
            ("password", PASSWORD),
            ("again", "another one"),
        ],
    );
    reply.says("The two passwords differ");
    assert!(
        reply.source().contains("value=\"Minji\""),
        "the name is lost"
    );
    for password in ["password123", "minji2026", "yeounyeoun"] {
        assert_eq!(
            join(site, "203.0.113.1", &form("Minji", password)).status,
            422
        );
    }
    assert!(user(site, "Minji").is_none());
});

on_both_stores!(three_may_join_from_one_network_in_a_day, |site| {
    for name in ["Aran", "Boram", "Chaewon"] {
        assert_eq!(join(site, "2001:db8::1", &form(name, PASSWORD)).status, 303);
    }
    // The fourth comes from another address of the same /64.
    let reply = join(site, "2001:db8::2", &form("Dahye", PASSWORD));
    reply.refuses(429).says("You can do this again in 8 hours");
    assert_eq!(reply.header("retry-after"), "28800");
    assert_eq!(
        join(site, "2001:db8:0:1::1", &form("Eunji", PASSWORD)).status,
        303
    );
    site.wait(28_800);
    assert_eq!(
        join(site, "2001:db8::2", &form("Dahye", PASSWORD)).status,
        303
    );
});

on_both_stores!(of_many_who_want_one_name_at_once_one_gets_it, |site| {
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let tries: Vec<_> = (0..8)
            .map(|n| {
                scope.spawn(move || {
                    join(site, &format!("203.0.113.{n}"), &form("Minji", PASSWORD)).status
                })
            })
            .collect();
        tries.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert_eq!(
        statuses.iter().filter(|status| **status == 303).count(),
        1,
        "{statuses:?}"
    );
    assert_eq!(
        statuses.iter().filter(|status| **status == 422).count(),
        7,
        "{statuses:?}"
    );
    assert_eq!(site.read(User::all).len(), 1);
});

/// Makes the link of the first administrator.
fn first_link(site: &Site, seed: u8) -> (bool, String) {
    let secret = Secret::new([seed; 32]);
    let (now, kept) = (site.now(), secret.clone());
    let made = site
        .write(move |conn| -> Result<_, Refused> {
            Ok(invite::create_first(conn, &Admin::operator(), &kept, now)?)
        })
        .unwrap();
    (made, secret.reveal().to_owned())
}

on_both_stores!(the_first_link_makes_one_administrator_once, |site| {
    let (_, stale) = first_link(site, 1);
    let (made, link) = first_link(site, 2);
    assert!(made);
    // The newest takes the place of those before.
    site.get(&format!("/join?invite={stale}"))
        .ok()
        .says("no longer good");
    let page = site.get(&format!("/join?invite={link}"));
    page.ok().says("becomes an administrator");
    let invited = |name| {
        let mut sent = form(name, PASSWORD).to_vec();
        sent.push(("invite", &link));
        join(site, "203.0.113.1", &sent)
    };
    // A refused form does not use it up.
    assert_eq!(invited("x").status, 422);
    let reply = invited("Minji");
    assert_eq!(reply.status, 303);
    assert_eq!(user(site, "Minji").unwrap().role, Role::Admin);
    let reply = invited("Mallory");
    assert_eq!(reply.status, 422);
    reply.says("no longer good");
    assert!(user(site, "Mallory").is_none());
    // And now that somebody is here no other is made.
    assert!(!first_link(site, 3).0);
});

on_both_stores!(a_first_link_is_good_for_a_day, |site| {
    let (_, link) = first_link(site, 1);
    site.wait(24 * 3600 - 1);
    site.get(&format!("/join?invite={link}"))
        .says("becomes an administrator");
    site.wait(1);
    site.get(&format!("/join?invite={link}"))
        .says("no longer good");
    let mut sent = form("Minji", PASSWORD).to_vec();
    sent.push(("invite", &link));
    assert_eq!(join(site, "203.0.113.1", &sent).status, 422);
    // The link itself is nowhere in the store or on a page without it.
    site.get("/join").ok().hides(&link);
});

on_both_stores!(a_form_that_is_none_is_refused, |site| {
    let body = fields(&form("Minji", PASSWORD));
    for kind in ["text/plain", "application/json", "multipart/form-data"] {
        let reply = site.ask("POST", "/join", &[("content-type", kind)], &body);
        reply.refuses(400);
    }
    let twice = format!("{body}&name=Other");
    site.post("/join", &twice).refuses(400);
    site.post("/join", "name=%ff&password=x").refuses(400);
    assert!(user(site, "Minji").is_none());
});
