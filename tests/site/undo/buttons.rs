//! The buttons members take back and restore with.

use yeoun::models::user::Role;

use super::{edit, now, song};
use crate::on_both_stores;
use crate::support::page;

on_both_stores!(members_take_back_and_restore_by_a_button, |site| {
    let (_, start) = now(site);
    let (_, first) = edit(site, |document| {
        song(document).remake_of = "Somebody, 1981".to_owned();
        song(document).moods = vec!["dark".to_owned()];
    });
    let hanji = site.member("hanji", Role::Member);
    let at = "/songs/stay-with-me";
    let (revision, path) = (first.to_string(), format!("{at}/diff?to={first}"));
    hanji
        .get(&path)
        .ok()
        .says("Undo revision 2")
        .says("Take back only this");
    assert_eq!(
        page::read(hanji.get(&path).source()).faults,
        Vec::<String>::new()
    );
    site.get(&path)
        .ok()
        .hides("Undo revision")
        .hides("Take back");
    for where_to in ["undos", "restores"] {
        let refused = site
            .anon()
            .post(&format!("{at}/{where_to}"), &[("revision", "1")]);
        assert_eq!(refused.status, 403, "{where_to}");
        let forged = hanji.post_as_it_is(
            &format!("{at}/{where_to}"),
            &[("revision", "1"), ("token", "x")],
            &[],
        );
        assert_eq!(forged.status, 403, "{where_to}");
    }
    assert_eq!(now(site).0.number, first);
    let done = hanji.post(
        &format!("{at}/undos"),
        &[("revision", &revision), ("path", "moods")],
    );
    assert_eq!(
        (done.status, done.header("location")),
        (303, "/songs/stay-with-me/diff?to=3")
    );
    let (latest, _) = now(site);
    assert_eq!(
        (latest.author.as_str(), latest.changed.as_str()),
        ("hanji", "[\"moods\"]")
    );
    // New members take back five times in two minutes, and no more.
    site.wait(120);
    let again = hanji.post(
        &format!("{at}/undos"),
        &[("revision", "3"), ("note", "No.")],
    );
    assert_eq!(again.status, 303);
    let refused = hanji.post(&format!("{at}/undos"), &[("revision", "1")]);
    assert_eq!(refused.status, 409);
    refused
        .says("Nothing was taken back")
        .says("a moderator can delete the page");
    edit(site, |document| {
        song(document).moods = vec!["sad".to_owned()]
    });
    let collided = hanji.post(&format!("{at}/undos"), &[("revision", &revision)]);
    assert_eq!(collided.status, 409);
    collided.says("Moods was changed again since.");
    hanji
        .get(&format!("{at}/history/1"))
        .ok()
        .says("Restore this revision");
    let restored = hanji.post(&format!("{at}/restores"), &[("revision", "1")]);
    assert_eq!(restored.status, 303);
    assert_eq!(now(site).1, start);
    let nothing = hanji.post(&format!("{at}/restores"), &[("revision", "1")]);
    assert_eq!(nothing.status, 200);
    nothing.says("The page says so already");
    site.wait(120);
    for (number, status) in [("x", 400), ("99", 404)] {
        assert_eq!(
            hanji
                .post(&format!("{at}/restores"), &[("revision", number)])
                .status,
            status
        );
    }
});
