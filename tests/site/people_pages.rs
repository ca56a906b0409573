//! What members and others see of each other.

use yeoun::models::page::Kind;
use yeoun::models::page::save::{self, Proposal};
use yeoun::models::user::{ChangeError, Role, User};

use crate::support::people::PASSWORD;
use crate::support::{Refused, Site};
use crate::{on_both_stores, read_on_both_stores};

/// Saves as a member: the story of a song, differently each time.
fn edit(site: &Site, user: &User, n: usize) {
    let (page, revision, mut document) = site.page(Kind::Song, "hush");
    document.prose = format!("Version {n} of the story.");
    let proposal = Proposal {
        base: Some(revision.id),
        document,
        note: format!("Edit <b>{n}</b>"),
        at: site.now(),
        tags: &[],
    };
    let editor = user.editor().unwrap();
    site.write(move |conn| -> Result<_, Refused> {
        Ok(save::save(conn, &editor, page.id, &proposal)?)
    })
    .unwrap();
}

read_on_both_stores!(readers_get_no_cookie_and_see_no_name, |site| {
    for path in [
        "/",
        "/songs/stay-with-me",
        "/login",
        "/join",
        "/nothing-here",
    ] {
        let reply = site.get(path);
        assert_eq!(reply.header("set-cookie"), "", "{path}");
        reply
            .says("Log in")
            .hides("Log out")
            .hides("name=\"token\"");
    }
    for path in ["/login", "/join"] {
        let reply = site.get(path);
        assert_eq!(reply.header("cache-control"), "private, no-store");
        assert!(
            reply
                .source()
                .contains("name=\"robots\" content=\"noindex\"")
        );
    }
});

on_both_stores!(a_page_made_for_a_member_is_nobody_elses, |site| {
    let minji = site.member("Minji", Role::Member);
    for path in ["/", "/songs/stay-with-me", "/nothing-here"] {
        assert!(
            minji.get(path).source().contains("Log out"),
            "{path} does not know who reads"
        );
        site.get(path)
            .hides("Minji")
            .hides("Log out")
            .hides(&minji.token);
    }
});

on_both_stores!(a_cookie_that_leads_nowhere_is_taken_back, |site| {
    for cookie in [
        "sid=",
        "sid=abc",
        &format!("sid={}", "0".repeat(64)),
        "sid=<script>",
    ] {
        let reply = site.get_with("/songs/stay-with-me", &[("cookie", cookie)]);
        reply.ok().says("Log in");
        assert!(reply.header("set-cookie").starts_with("sid=; "), "{cookie}");
        assert!(reply.header("cache-control").starts_with("private"));
        // What a shared cache may keep sets no cookie.
        let moved = site.get_with("/songs/stay-with-me/", &[("cookie", cookie)]);
        assert_eq!((moved.status, moved.header("set-cookie")), (301, ""));
    }
});

on_both_stores!(
    pages_for_members_ask_readers_in_and_bring_them_back,
    |site| {
        let reply = site.get("/account?done=session");
        assert_eq!(
            (reply.status, reply.header("location")),
            (303, "/login?back=%2Faccount%3Fdone%3Dsession")
        );
        let page = site.get(reply.header("location"));
        assert!(
            page.source()
                .contains("name=\"back\" value=\"/account?done=session\"")
        );
        site.post("/account/sessions", "session=x")
            .refuses(403)
            .says("Log in in another tab");
    }
);

on_both_stores!(contributions_are_listed_page_by_page, |site| {
    let user = site.user("민지 Kim", Role::Member);
    site.get(&user.href())
        .ok()
        .says("New member since 1 March 2026")
        .says("Nothing yet");
    for n in 1..=53 {
        edit(site, &user, n);
    }
    let first = site.get("/users/민지 Kim");
    first.ok().says("Edit <b>53</b>").says("revision 54");
    assert!(!first.text().contains("Edit <b>3</b>"));
    assert_eq!(first.facts().faults, Vec::<String>::new());
    let next = first
        .facts()
        .links
        .into_iter()
        .find(|link| link.contains("before="))
        .unwrap();
    let second = site.get(&next);
    second
        .ok()
        .says("Edit <b>3</b>")
        .says("Edit <b>1</b>")
        .says("Earlier contributions");
    assert!(!second.text().contains("Edit <b>4</b>"));
    assert_eq!(second.facts().faults, Vec::<String>::new());
    site.get("/users/민지 kim").redirects_to(&user.href());
    for nobody in ["/users/nobody-here", "/users/Yeoun", "/users/%3Cscript%3E"] {
        site.get(nobody).refuses(404);
    }
    assert_eq!(site.get("/users/민지 Kim?before=x").status, 400);
    // A revision by a member is signed like any other.
    site.get("/songs/hush").says("by 민지 Kim");
});

on_both_stores!(ten_kept_edits_and_fourteen_days_make_an_editor, |site| {
    const DAY: i64 = 24 * 3_600;
    let role = |id| site.read(move |conn| User::find(conn, id)).unwrap().role;
    let (busy, lazy) = (
        site.user("Busy", Role::Member),
        site.user("Lazy", Role::Member),
    );
    for n in 0..10 {
        edit(site, &busy, n);
    }
    for n in 0..9 {
        edit(site, &lazy, n);
    }
    let seen = || {
        for user in [&busy, &lazy] {
            let session = site.session_of(user);
            site.wait(3_600);
            session.get("/account").ok();
        }
    };
    site.wait(13 * DAY);
    seen();
    assert_eq!((role(busy.id), role(lazy.id)), (Role::Member, Role::Member));
    site.wait(DAY);
    seen();
    assert_eq!((role(busy.id), role(lazy.id)), (Role::Editor, Role::Member));
    site.session_of(&busy)
        .get("/account")
        .ok()
        .says("Busy: editor");
    edit(site, &lazy, 9);
    seen();
    assert_eq!(role(lazy.id), Role::Editor);
});

on_both_stores!(what_was_taken_back_does_not_count, |site| {
    use crate::support::store::AT;
    use yeoun::models::page::undo::{self, kept};
    use yeoun::models::user::Editor;
    let busy = site.user("Busy", Role::Member);
    for n in 0..3 {
        edit(site, &busy, n);
    }
    let count = || site.read(|conn| kept::count(conn, "Busy"));
    let (page, latest, _) = site.page(Kind::Song, "hush");
    let (page, first) = (page.id, latest.number - 2);
    assert_eq!(count(), 3);
    let by = Editor::operator();
    let taken = site.write(move |conn| Ok(undo::undo(conn, &by, page, first + 2, "", AT)));
    taken.unwrap().unwrap();
    assert_eq!(count(), 2, "one was undone");
    let by = Editor::operator();
    let back = site.write(move |conn| Ok(undo::undo(conn, &by, page, first + 3, "", AT)));
    back.unwrap().unwrap();
    assert_eq!(count(), 3, "and the undoing was undone");
    let by = Editor::operator();
    let restored = site.write(move |conn| Ok(undo::restore(conn, &by, page, first - 1, "", AT)));
    restored.unwrap().unwrap();
    assert_eq!(count(), 0, "everything since was restored away");
});

on_both_stores!(the_only_administrator_stays_one, |site| {
    use yeoun::models::user::Admin;
    let minji = site.user("Minji", Role::Admin);
    let refused = |change: fn(&User, &mut yeoun::db::Conn) -> Result<(), ChangeError>| {
        let minji = minji.clone();
        let outcome = site.db.write_blocking(move |conn| change(&minji, conn));
        matches!(outcome, Err(ChangeError::LastAdmin(name)) if name == "Minji")
    };
    let demote: fn(&User, &mut yeoun::db::Conn) -> _ =
        |user, conn| user.set_role(conn, &Admin::operator(), Role::Member, 1);
    let disable: fn(&User, &mut yeoun::db::Conn) -> _ =
        |user, conn| user.disable(conn, &Admin::operator(), 1);
    assert!(refused(demote) && refused(disable));
    site.user("Boram", Role::Admin);
    assert!(!refused(demote));
});

// The form as it comes back with everything wrong.
on_both_stores!(forms_that_come_back_are_sound, |site| {
    let hostile = "\"><script>alert(1)</script>'{{7*7}}";
    for (path, pairs) in [
        (
            "/login",
            vec![("name", hostile), ("password", hostile), ("back", hostile)],
        ),
        (
            "/join",
            vec![
                ("name", hostile),
                ("password", "x"),
                ("invite", hostile),
                ("back", hostile),
            ],
        ),
        ("/login", vec![]),
        ("/join", vec![]),
    ] {
        let reply = site.anon().post_as_it_is(path, &pairs, &[]);
        assert_eq!(reply.status, 422, "{path}");
        assert_eq!(reply.facts().faults, Vec::<String>::new(), "{path}");
        reply.hides("<script>alert");
    }
    let longest = "아".repeat(40);
    let user = site.user(&longest, Role::Moderator);
    let actor = site.session_of(&user);
    for path in ["/account", &user.href(), "/"] {
        let reply = actor.get(path);
        assert_eq!(reply.facts().faults, Vec::<String>::new(), "{path}");
        reply.ok().says(&longest);
    }
    let reply = actor.post(
        "/account/password",
        &[("current", PASSWORD), ("password", "x")],
    );
    assert_eq!(reply.status, 422);
    assert_eq!(reply.facts().faults, Vec::<String>::new());
});
