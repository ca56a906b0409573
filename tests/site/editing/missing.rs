//! A form with much wrong is told all of it, and letters that deceive are refused.

use yeoun::models::user::Role;

use super::{EDIT, number, open};
use crate::on_both_stores;
use crate::support::form::Form;

on_both_stores!(what_is_missing_is_told_everywhere_at_once, |site| {
    let mina = site.member("Mina", Role::Member);
    let mut form = open(&mina, EDIT);
    for list in ["cues", "uses", "versions", "credits", "links", "names"] {
        form = Form::of(&form.press(&mina, &format!("add:{list}")), EDIT);
    }
    let reply = form
        .with("cues.new1.description", "Snow falls.")
        .with("uses.new1.about", "Kim Shin")
        .with("versions.new1.label", "Piano")
        .with("credits.new1.credited_as", "Somebody")
        .with("links.new1.label", "A page")
        .with("names.new1.sort", "Stay")
        .with("versions.new1.length", "long")
        .press(&mina, "save");
    assert_eq!(reply.status, 422);
    for field in [
        "cues.new1.drama",
        "uses.new1.drama",
        "versions.new1.kind",
        "versions.new1.length",
        "credits.new1.role",
        "credits.new1.who",
        "links.new1.url",
        "names.new1.value",
        "names.new1.locale",
    ] {
        let link = format!("href=\"#f-{field}\"");
        assert!(reply.source().contains(&link), "{field} is not told");
        assert!(reply.source().contains(&format!("id=\"f-{field}\"")));
    }
    assert_eq!(number(site), 1);
});

on_both_stores!(letters_that_deceive_are_refused_with_the_reason, |site| {
    let mina = site.member("Mina", Role::Member);
    let open = || open(&mina, "/songs/new");
    for (name, reason) in [
        ("\u{202e}eM htiW yatS", "cannot be seen"),
        ("Stay\u{200b} With Me", "cannot be seen"),
        ("St\u{430}y With Me", "mixes alphabets"),
    ] {
        let form = open().with("names.new1.value", name);
        let reply = form.press(&mina, "save");
        assert_eq!(reply.status, 422, "{name:?}");
        reply.says(reason);
        assert!(reply.faulty_fields().contains("names.new1.value"));
        let back = Form::of(&reply, "/songs/new");
        assert_eq!(back.value("names.new1.value"), name, "the words come back");
        assert_eq!(reply.facts().faults, Vec::<String>::new());
    }
    // A stylised spelling is an alias.
    open()
        .with("names.new1.value", "Absolute Zero Harbour")
        .with("names.new2.value", "\u{39b}bsolute Zero Harbour")
        .with("names.new2.locale", "en")
        .with("names.new2.kind", "alias")
        .press(&mina, "save")
        .leads_to("/songs/absolute-zero-harbour?saved=1");
});
