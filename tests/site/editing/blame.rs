//! Beside each field stands who changed it last.

use yeoun::models::user::Role;

use super::{EDIT, SONG, open};
use crate::on_both_stores;
use crate::support::form::Form;

on_both_stores!(the_form_tells_who_changed_a_field_last, |site| {
    let (mina, jun) = (
        site.member("Mina", Role::Member),
        site.member("Jun", Role::Member),
    );
    mina.get(EDIT).ok().hides("Last changed by");
    let form = open(&mina, EDIT).with("remake_of", "Sanulrim, 1981");
    let credit = form
        .names("credits.")
        .into_iter()
        .find(|name| name.ends_with(".detail"))
        .unwrap()
        .to_owned();
    form.press(&mina, "save")
        .leads_to(&format!("{SONG}?saved=2"));
    open(&jun, EDIT)
        .with(&credit, "Strings")
        .press(&jun, "save")
        .leads_to(&format!("{SONG}?saved=3"));
    let reply = mina.get(EDIT);
    reply
        .ok()
        .says("Last changed by Mina")
        .says("Last changed by Jun");
    assert_eq!(reply.facts().faults, Vec::<String>::new());
    let row = credit.split('.').nth(1).unwrap();
    for link in [
        format!("{SONG}/diff?to=2"),
        format!("{SONG}/diff?to=3"),
        format!("{SONG}/history?field=remake_of"),
        format!("{SONG}/history?field=credits[{row}]"),
    ] {
        assert!(reply.facts().links.contains(&link), "{link} is not there");
        site.get(&link).ok();
    }
    // On the page itself: the newest change, and the way to all of them.
    let page = site.get(SONG);
    page.ok().says("Last changed by Jun");
    let links = page.facts().links;
    let all = format!("{SONG}/info#touches");
    assert!(links.iter().any(|link| all.starts_with(link.as_str())));
    let info = site.get(&format!("{SONG}/info"));
    info.ok().says("Remake of: Mina").says("Credits: Jun");
    assert_eq!(info.facts().faults, Vec::<String>::new());
    assert!(
        info.facts()
            .links
            .contains(&format!("{SONG}/history?field=credits"))
    );
    // The same after a button was pressed.
    let again = Form::of(&reply, EDIT).press(&mina, "add:cues");
    again.ok().says("Last changed by Mina");
});
