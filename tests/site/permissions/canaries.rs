//! Words that were hidden: nobody but a moderator finds them anywhere.

use yeoun::models::page::Kind;
use yeoun::models::page::save::{self, Proposal};
use yeoun::models::user::{Role, User};

use super::pages::{Pages, State};
use super::{ASKERS, everybody, session};
use crate::on_both_stores;
use crate::support::form::Form;
use crate::support::{Reply, Site, store::AT};

/// In the text of the hidden revision, in its note, and whoever saved it.
const CANARIES: [&str; 3] = ["Textvogel", "Notenvogel", "Namensvogel"];

/// Those that an answer lets out.
pub fn heard(reply: &Reply) -> impl Iterator<Item = &'static str> {
    let body = String::from_utf8_lossy(&reply.bytes).into_owned();
    let headers = format!("{:?}", reply.headers);
    CANARIES
        .into_iter()
        .filter(move |canary| body.contains(canary) || headers.contains(canary))
}

/// Saves a second revision with the canaries and a third without, lets everybody read them, and hides the second.
pub fn hide(site: &Site, kind: Kind, slug: &str) {
    let bird = named(site, CANARIES[2], Role::Member);
    let before = site.page(kind, slug).2;
    let mut loud = before.clone();
    loud.prose = format!("{}\n\nHere sits a {}.\n", loud.prose, CANARIES[0]);
    loud.head.disambiguation = format!("{} {}", loud.head.disambiguation, CANARIES[0]);
    for (document, note) in [(loud, CANARIES[1]), (before, "Better.")] {
        let (page, latest, _) = site.page(kind, slug);
        let (id, by) = (page.id, bird.editor().unwrap());
        let proposal = Proposal {
            base: Some(latest.id),
            document,
            note: note.to_owned(),
            at: AT + 1_000_000,
            tags: &[],
        };
        let by = if note == CANARIES[1] {
            by
        } else {
            yeoun::models::user::Editor::operator()
        };
        site.write(move |conn| Ok(save::save(conn, &by, id, &proposal)?))
            .unwrap();
    }
    // What caches keep from before must be forgotten.
    let href = format!("/{}/{slug}", kind.plural());
    for rest in ["/history", "/history/2", "/diff?to=2", "/diff?to=3"] {
        site.get(&format!("{href}{rest}")).ok();
    }
    let warden = site.session_of(&named(site, "warden", Role::Moderator));
    let parts = [("text", "yes"), ("note", "yes"), ("author", "yes")];
    let mut fields = parts.to_vec();
    fields.push(("reason", "Birds do not belong here."));
    let done = warden.post(&format!("{href}/history/2/hiding"), &fields);
    assert_eq!(done.status, 303, "{href}");
}

/// A member, made when first asked for.
fn named(site: &Site, name: &str, role: Role) -> User {
    let asked = name.to_owned();
    let known = site.read(move |conn| User::named(conn, &asked));
    known.unwrap_or_else(|| site.user(name, role))
}

on_both_stores!(what_is_hidden_is_found_nowhere, |site| {
    let users = everybody(site);
    let pages = Pages::prepare(site);
    let mut told = Vec::new();
    for kind in Kind::ALL {
        let href = pages.href(*kind, State::Hidden);
        for by in ASKERS
            .into_iter()
            .filter(|by| by.role() < Some(Role::Moderator))
        {
            let actor = session(site, &users, by);
            for rest in [
                "",
                "/history",
                "/history?field=prose",
                "/history/2?hidden=show",
                "/history/3",
                "/diff?to=2",
                "/diff?to=3",
                "/diff?from=1&to=2&prose=side",
                "/diff?to=2&hidden=show",
                "/edit",
            ] {
                let reply = actor.get(&format!("{href}{rest}"));
                told.extend(heard(&reply).map(|canary| format!("{href}{rest} {by:?} {canary}")));
            }
        }
    }
    for path in [
        "/",
        "/changes",
        "/changes?by=&tag=&kind=song",
        "/feeds/changes.atom",
        "/sitemap.xml",
        "/songs",
        "/articles",
    ] {
        told.extend(heard(&site.get(path)).map(|canary| format!("{path} {canary}")));
    }
    // The one page that says a name is its bearer's own; what they wrote and others hid is not on it.
    let own = site.get(&format!("/users/{}", CANARIES[2]));
    own.ok().hides("revision 2").hides(CANARIES[1]);
    assert!(told.is_empty(), "{told:#?}");

    let warden = site.session_of(&named(site, "warden", Role::Moderator));
    let href = pages.href(Kind::Song, State::Hidden);
    let hiding = warden.get(&format!("{href}/history/2/hiding"));
    hiding.ok().says(CANARIES[1]).says(CANARIES[2]);
    assert_eq!(hiding.facts().faults, Vec::<String>::new());
    for rest in ["/history/2?hidden=show", "/diff?to=2&hidden=show"] {
        warden.get(&format!("{href}{rest}")).ok().says(CANARIES[0]);
    }
    let refused = warden.get(&format!("{href}/history/2"));
    assert_eq!((refused.status, heard(&refused).count()), (403, 0));
});

on_both_stores!(
    an_edit_that_began_with_a_hidden_text_lets_nothing_out,
    |site| {
        let slug = "stay-with-me";
        let href = format!("/songs/{slug}");
        hide(site, Kind::Song, slug);
        let hidden = site.read(|conn| {
            use yeoun::models::page::{Page, revision::Revision};
            let page = Page::at(conn, Kind::Song, "stay-with-me")?.unwrap();
            Ok(Revision::of(conn, page.id, 2)?.unwrap().id.to_string())
        });
        let minji = site.member("minji", Role::Member);
        let form = Form::of(&minji.get(&format!("{href}/edit")), &format!("{href}/edit"));
        let form = form.with("_base", &hidden);
        for button in ["preview", "back", "save"] {
            let reply = form
                .clone()
                .with("prose", "Mine alone.")
                .press(&minji, button);
            assert_eq!(heard(&reply).count(), 0, "{button}: {}", reply.status);
        }
        let after = site.page(Kind::Song, slug).2;
        assert!(!after.prose.contains(CANARIES[0]));
        for (deed, status) in [("undos", 409), ("restores", 409)] {
            let reply = minji.post(&format!("{href}/{deed}"), &[("revision", "2")]);
            assert_eq!((reply.status, heard(&reply).count()), (status, 0), "{deed}");
        }
    }
);

on_both_stores!(hidden_parts_come_back_as_they_were, |site| {
    let href = "/songs/stay-with-me";
    hide(site, Kind::Song, "stay-with-me");
    let warden = site.session_of(&named(site, "warden", Role::Moderator));
    let at = format!("{href}/history/2/hiding");
    let unsaid = warden.post(&at, &[("text", "yes")]);
    assert_eq!(unsaid.status, 422);
    unsaid.says("Say why");
    let latest = warden.post(
        &format!("{href}/history/3/hiding"),
        &[("text", "yes"), ("reason", "No.")],
    );
    assert_eq!(latest.status, 422);
    latest.says("Save something better first");
    let shown = warden.post(&at, &[("reason", "It was harmless.")]);
    assert_eq!(shown.status, 303);
    site.get(&format!("{href}/history/2"))
        .ok()
        .says(CANARIES[0]);
    site.get(&format!("{href}/history"))
        .ok()
        .says(CANARIES[1])
        .says(CANARIES[2]);
    assert!(
        site.get("/feeds/changes.atom")
            .source()
            .contains(CANARIES[2])
    );
});
