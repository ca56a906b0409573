//! A form with much wrong is told all of it.

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
