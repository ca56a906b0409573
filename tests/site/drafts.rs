//! Drafts: what was typed outlives refused saves, ended sessions and closed tabs.

use yeoun::models::page::Kind;
use yeoun::models::user::Role;

use crate::on_both_stores;
use crate::support::{Reply, Site, form::Form, people::Actor};

const SONG: &str = "/songs/stay-with-me";
const EDIT: &str = "/songs/stay-with-me/edit";

fn open(by: &Actor<'_>) -> Form {
    let reply = by.get(EDIT);
    reply.ok();
    Form::of(&reply, EDIT)
}

/// The form as the draft has it.
fn again(by: &Actor<'_>) -> Form {
    let reply = by.get(&format!("{EDIT}?draft=continue"));
    reply.ok();
    Form::of(&reply, EDIT)
}

fn discard(by: &Actor<'_>, offered: &Reply) {
    let pairs = Form::of(offered, &format!("{EDIT}#discard")).pairs;
    let mut pairs: Vec<(&str, &str)> = pairs
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    pairs.push(("_op", "discard"));
    by.post_as_it_is(EDIT, &pairs, &[]).leads_to(EDIT);
}

fn number(site: &Site) -> i64 {
    site.page(Kind::Song, "stay-with-me").1.number
}

const OFFER: &str = "You have a draft of this page";

on_both_stores!(a_draft_is_kept_offered_and_cleared_by_the_save, |site| {
    let mina = site.member("Mina", Role::Member);
    let form = open(&mina)
        .with("prose", "My unfinished story.")
        .with("_note", "Not done");
    form.press(&mina, "draft").ok().says("Draft saved");
    assert_eq!(number(site), 1, "a draft is no revision");
    site.get(SONG).ok().hides("My unfinished story.");
    // It is hers alone.
    let jun = site.member("Jun", Role::Admin);
    jun.get(EDIT).ok().hides(OFFER);
    jun.get("/account").ok().hides("Stay With Me");
    mina.get("/account").ok().says("Stay With Me");
    let offered = mina.get(EDIT);
    offered
        .ok()
        .says(OFFER)
        .says("My unfinished story.")
        .says("Continue with the draft");
    assert_eq!(offered.facts().faults, Vec::<String>::new());
    let form = again(&mina);
    assert_eq!(form.value("prose"), "My unfinished story.");
    assert_eq!(form.value("_note"), "Not done");
    form.press(&mina, "save")
        .leads_to(&format!("{SONG}?saved=2"));
    mina.get(EDIT).ok().hides(OFFER);
});

on_both_stores!(a_draft_can_be_thrown_away, |site| {
    let mina = site.member("Mina", Role::Member);
    open(&mina)
        .with("prose", "Words.")
        .press(&mina, "draft")
        .ok();
    let offered = mina.get(EDIT);
    offered.ok().says(OFFER);
    discard(&mina, &offered);
    mina.get(EDIT).ok().hides(OFFER);
});

on_both_stores!(a_draft_meets_the_page_that_moved_on, |site| {
    let (mina, jun) = (
        site.member("Mina", Role::Member),
        site.member("Jun", Role::Member),
    );
    let form = open(&mina).with("prose", "Mina's story.");
    form.press(&mina, "draft").ok();
    open(&jun)
        .with("remake_of", "Sanulrim, 1981")
        .press(&jun, "save")
        .leads_to(&format!("{SONG}?saved=2"));
    // The difference is to the page as it is now.
    let offered = mina.get(EDIT);
    offered.ok().says(OFFER);
    assert!(!offered.source().contains("field-remake_of"));
    again(&mina)
        .press(&mina, "save")
        .leads_to(&format!("{SONG}?saved=3&merged=yes"));
    site.get(SONG)
        .ok()
        .says("Mina's story.")
        .says("Sanulrim, 1981");
});

on_both_stores!(every_refused_save_keeps_a_draft, |site| {
    let mina = site.member("Mina", Role::Member);
    // Faults.
    let form = Form::of(&open(&mina).press(&mina, "add:cues"), EDIT)
        .with("cues.new1.description", "Snow falls.");
    let reply = form.press(&mina, "save");
    assert_eq!(reply.status, 422);
    reply.says("Draft saved");
    assert_eq!(again(&mina).value("cues.new1.description"), "Snow falls.");
    mina.get(EDIT).says("has to be mended");
    // A token of another session.
    let form = open(&mina).with("prose", "From the other tab.");
    let later = site.session_of(&site.user("Sora", Role::Member));
    let reply = form.press(&later, "save");
    assert_eq!(reply.status, 403);
    reply.says("Press Save once more");
    let back = Form::of(&reply, EDIT);
    assert_eq!(back.value("prose"), "From the other tab.");
    assert_eq!(again(&later).value("prose"), "From the other tab.");
    back.press(&later, "save")
        .leads_to(&format!("{SONG}?saved=2"));
    // A collision.
    let form = open(&mina).with("prose", "Mina's whole text.");
    open(&later)
        .with("prose", "Sora's whole text.")
        .press(&later, "save")
        .leads_to(&format!("{SONG}?saved=3"));
    assert_eq!(form.press(&mina, "save").status, 409);
    assert_eq!(again(&mina).value("prose"), "Mina's whole text.");
});

on_both_stores!(an_ended_session_costs_no_word, |site| {
    let mina = site.user("Mina", Role::Member);
    let session = site.session_of(&mina);
    let form = open(&session).with("prose", "Two hours of work.");
    session.post("/logout", &[]);
    let reply = form.press(&session, "save");
    assert_eq!(reply.status, 403);
    reply.says("Log in and save");
    let back = Form::of(&reply, EDIT);
    assert_eq!(back.value("prose"), "Two hours of work.");
    // Logged in again in another tab: the same form, the new cookie.
    let new = site.session_of(&mina);
    let reply = back.press(&new, "save");
    assert_eq!(reply.status, 403);
    let back = Form::of(&reply, EDIT);
    back.press(&new, "save")
        .leads_to(&format!("{SONG}?saved=2"));
    site.get(SONG).says("Two hours of work.");
});

on_both_stores!(a_script_is_told_the_time_and_nothing_else, |site| {
    let mina = site.member("Mina", Role::Member);
    let form = open(&mina)
        .with("prose", "As I type.")
        .choosing("_quiet", "yes");
    let reply = form.press(&mina, "draft");
    reply.ok();
    let words = reply.source();
    assert!(words.len() == 5 && words.contains(':'), "{words}");
    assert_eq!(again(&mina).value("prose"), "As I type.");
    assert_eq!(form.press(&site.anon(), "draft").status, 403);
});

on_both_stores!(drafts_have_an_end, |site| {
    use yeoun::models::user::draft::{self, Caps};
    let user = site.user("Mina", Role::Member);
    let caps = Caps {
        most: 2,
        bytes: 40,
        keep: 1_000,
    };
    let by = user.editor().unwrap();
    let kept = site.write(move |conn| {
        let mut kept = Vec::new();
        for (place, text, at) in [("a", "1", 10), ("b", "2", 20), ("c", "3", 30)] {
            let fields = [("prose".to_owned(), text.to_owned())];
            kept.push(draft::keep(conn, &by, place, &fields, at, caps)?);
        }
        let long = [("prose".to_owned(), "x".repeat(60))];
        kept.push(draft::keep(conn, &by, "c", &long, 40, caps)?);
        Ok(kept)
    });
    assert_eq!(kept.unwrap(), [true, true, true, false]);
    let found = |place: &'static str, at: i64| {
        let found = site.read(move |conn| draft::find(conn, user.id, place, at, caps));
        found.map(|draft| draft.fields[0].1.clone())
    };
    assert_eq!(found("a", 40), None, "the oldest went");
    assert_eq!(found("b", 40).as_deref(), Some("2"));
    assert_eq!(
        found("c", 40).as_deref(),
        Some("3"),
        "the long one was not kept"
    );
    assert_eq!(found("b", 1_021), None, "too old");
});

on_both_stores!(what_a_save_would_change_is_shown_before, |site| {
    let (mina, jun) = (
        site.member("Mina", Role::Member),
        site.member("Jun", Role::Member),
    );
    let form = open(&mina)
        .with("remake_of", "Sanulrim, 1981")
        .choosing("_minor", "yes");
    open(&jun)
        .with("prose", "Jun's story.")
        .press(&jun, "save")
        .leads_to(&format!("{SONG}?saved=2"));
    let reply = form.press(&mina, "changes");
    reply
        .ok()
        .says("Your changes to")
        .says("Sanulrim, 1981")
        .hides("field-prose");
    assert_eq!(reply.facts().faults, Vec::<String>::new());
    assert_eq!(number(site), 2, "nothing is saved by looking");
    let reply = Form::of(&reply, EDIT).press(&mina, "save");
    reply.leads_to(&format!("{SONG}?saved=3&merged=yes"));
    site.get(&format!("{SONG}/history")).ok().says("minor");
    site.get(&format!("{SONG}/history?minor=no"))
        .ok()
        .hides("Revision 3")
        .says("Revision 2");
    site.get("/users/Mina").ok().says("minor");
    let feed = site.get("/feeds/changes.atom");
    assert!(feed.source().contains("term=\"minor\""));
});

on_both_stores!(one_does_not_collide_with_oneself, |site| {
    let mina = site.member("Mina", Role::Member);
    let old = open(&mina).with("prose", "The later tab.");
    open(&mina)
        .with("prose", "The earlier tab.")
        .press(&mina, "save")
        .leads_to(&format!("{SONG}?saved=2"));
    let there = format!("{SONG}?saved=3&merged=own");
    old.press(&mina, "save").leads_to(&there);
    mina.get(&there)
        .ok()
        .says("You had saved this page yourself meanwhile");
    site.get(SONG).ok().says("The later tab.");
    // The same form sent twice is still one save.
    old.press(&mina, "save");
    assert_eq!(number(site), 3);
});
