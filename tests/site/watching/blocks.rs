//! Who is kept from editing, and what is taken back of what they did.

use yeoun::models::user::Role;

use super::{DRAMA, SONG, edit, sound, write};
use crate::on_both_stores;
use crate::support::form::Form;

on_both_stores!(a_blocked_member_is_told_until_when_and_why, |site| {
    let vandal = site.user("vandal", Role::Member);
    let (theirs, warden) = (
        site.session_of(&vandal),
        site.member("warden", Role::Moderator),
    );
    let at = "/songs/stay-with-me/edit";
    let form = Form::of(&theirs.get(at), at).with("prose", "What I typed for an hour.");
    let page = warden.get("/users/vandal/block");
    sound(page.ok());
    let unsaid = warden.post("/users/vandal/block", &[("length", "1d")]);
    assert_eq!(unsaid.status, 422);
    unsaid.says("Say why");
    let fields = [("length", "1d"), ("reason", "Three pages blanked.")];
    assert_eq!(warden.post("/users/vandal/block", &fields).status, 303);
    let refused = form.press(&theirs, "save");
    assert_eq!(refused.status, 403);
    refused
        .says("Three pages blanked.")
        .says("What I typed for an hour.");
    sound(&refused);
    for (status, reply) in [
        (403, theirs.get(at)),
        (
            403,
            theirs.post("/songs/stay-with-me/restores", &[("revision", "1")]),
        ),
        (200, theirs.get("/songs/stay-with-me")),
        (200, theirs.get("/account")),
    ] {
        assert_eq!(reply.status, status, "{}", reply.path);
    }
    theirs.get(at).says("Three pages blanked.");
    warden
        .get("/moderation")
        .ok()
        .says("vandal")
        .says("Three pages blanked.");
    warden
        .get("/moderation/log?deed=block&member=vandal")
        .ok()
        .says("blocked a member");
    site.wait(24 * 3_600 + 1);
    assert_eq!(theirs.get(at).status, 200, "a block ends by itself");
    let fields = [("length", "ever"), ("reason", "Again.")];
    warden.post("/users/vandal/block", &fields);
    assert_eq!(theirs.get(at).status, 403);
    let fields = [("length", "end"), ("reason", "They said sorry.")];
    assert_eq!(warden.post("/users/vandal/block", &fields).status, 303);
    assert_eq!(theirs.get(at).status, 200);
});

on_both_stores!(not_everybody_can_be_blocked, |site| {
    site.user("head", Role::Admin);
    let warden = site.member("warden", Role::Moderator);
    for (name, says) in [
        ("warden", "block themselves"),
        ("head", "nobody an administrator"),
    ] {
        let fields = [("length", "1d"), ("reason", "No.")];
        let refused = warden.post(&format!("/users/{name}/block"), &fields);
        assert_eq!(refused.status, 422);
        refused.says(says);
    }
});

on_both_stores!(what_nobody_built_upon_is_taken_back_at_once, |site| {
    let (vandal, other) = (
        site.user("vandal", Role::Member),
        site.user("other", Role::Editor),
    );
    let before = site.page(SONG.0, SONG.1).2;
    site.wait(60);
    let since = "2026-03-01T00:00";
    write(site, &vandal, SONG, "Nonsense.");
    write(site, &vandal, SONG, "More nonsense.");
    edit(site, &vandal, DRAMA, |document| {
        document.head.disambiguation = "wrong".to_owned()
    });
    edit(site, &other, DRAMA, |document| {
        document.head.disambiguation = "right".to_owned()
    });
    let warden = site.member("warden", Role::Moderator);
    let path = "/users/vandal/reverts";
    sound(warden.get(path).ok());
    let preview = warden.get(&format!("{path}?since={since}"));
    preview
        .ok()
        .says("revisions 2, 3")
        .says("changed by others since");
    sound(&preview);
    assert!(site.page(SONG.0, SONG.1).2.prose.contains("More nonsense."));
    assert_eq!(warden.post(path, &[("since", since)]).status, 422);
    let done = warden.post(path, &[("since", since), ("reason", "Vandalism.")]);
    done.ok()
        .says("saved as revision 4")
        .says("changed by others since");
    sound(&done);
    assert_eq!(site.page(SONG.0, SONG.1).2, before);
    assert_eq!(site.page(DRAMA.0, DRAMA.1).2.head.disambiguation, "right");
    warden
        .get("/moderation/log")
        .ok()
        .says("reverted a member")
        .says("Vandalism.");
    warden
        .get("/changes?unpatrolled=yes&kind=song")
        .ok()
        .hides("By vandal.");
});

on_both_stores!(an_author_who_is_hidden_is_found_all_the_same, |site| {
    let vandal = site.user("vandal", Role::Member);
    let before = site.page(SONG.0, SONG.1).2;
    site.wait(60);
    let since = "2026-03-01T00:00";
    write(site, &vandal, SONG, "Nonsense.");
    write(site, &vandal, SONG, "More nonsense.");
    let warden = site.member("warden", Role::Moderator);
    let fields = [("author", "yes"), ("reason", "A name that insults.")];
    let hidden = warden.post("/songs/stay-with-me/history/2/hiding", &fields);
    assert_eq!(hidden.status, 303);
    let path = "/users/vandal/reverts";
    let preview = warden.get(&format!("{path}?since={since}"));
    preview.ok().says("revisions 2, 3");
    sound(&preview);
    let fields = [("since", since), ("reason", "Vandalism.")];
    warden.post(path, &fields).ok().says("saved as revision 4");
    assert_eq!(site.page(SONG.0, SONG.1).2, before);
    site.get("/songs/stay-with-me/history")
        .ok()
        .hides("A name that insults.");
});
