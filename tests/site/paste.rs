//! Blocks of credits pasted into the form.

use yeoun::models::page::Kind;
use yeoun::models::user::Role;

use crate::on_both_stores;
use crate::support::{Site, form::Form, people::Actor};

const SONG: &str = "/songs/stay-with-me";
const EDIT: &str = "/songs/stay-with-me/edit";

fn pasted(by: &Actor<'_>, block: &str) -> (Form, String) {
    let reply = by.get(&format!("{EDIT}?part=credits"));
    let reply = Form::of(reply.ok(), EDIT)
        .with("paste", block)
        .press(by, "paste");
    (Form::of(reply.ok(), EDIT), reply.text())
}

/// Role and name of the new rows.
fn rows(form: &Form) -> Vec<(String, String)> {
    let names = form.names("credits.new");
    names
        .iter()
        .filter_map(|name| name.strip_suffix(".role"))
        .map(|row| {
            let value = |field: &str| form.value(&format!("{row}.{field}")).to_owned();
            (value("role"), value("who"))
        })
        .collect()
}

fn revisions(site: &Site) -> i64 {
    site.page(Kind::Song, "stay-with-me").1.number
}

on_both_stores!(a_block_becomes_rows_with_known_artists_linked, |site| {
    let mina = site.member("Mina", Role::Member);
    let (form, said) = pasted(
        &mina,
        "Produced by 남혜승, Somebody Unknown\n프로그래밍 : Rocoberry (로코베리)\nThank you for listening",
    );
    assert_eq!(
        rows(&form),
        [
            ("producer", "Nam Hye-seung"),
            ("producer", "Somebody Unknown"),
            ("programming", "Rocoberry"),
        ]
        .map(|(role, who)| (role.to_owned(), who.to_owned()))
    );
    assert!(said.contains("3 credits were added"), "{said}");
    assert_eq!(form.value("paste").trim(), "Thank you for listening");
    assert_eq!(revisions(site), 1, "nothing is saved yet");
    form.press(&mina, "save")
        .leads_to(&format!("{SONG}?saved=2"));
    site.get(SONG)
        .ok()
        .says("Somebody Unknown")
        .hides("Thank you for listening");
    site.get("/artists/nam-hye-seung").ok().says("Stay With Me");
});

on_both_stores!(what_is_there_is_not_added_twice, |site| {
    let mina = site.member("Mina", Role::Member);
    let (form, _) = pasted(&mina, "Mixed by 조준성");
    assert_eq!(rows(&form).len(), 1);
    let again = form.with("paste", "Mixed by 조준성").press(&mina, "paste");
    assert_eq!(rows(&Form::of(again.ok(), EDIT)).len(), 1);
    again.says("These credits are in the list already.");
    let (form, said) = pasted(&mina, "Hello there");
    assert!(
        said.contains("Nothing in the box could be read as a credit."),
        "{said}"
    );
    assert_eq!(form.value("paste").trim(), "Hello there");
    assert!(rows(&form).is_empty());
});

on_both_stores!(the_box_survives_a_preview_and_a_fault, |site| {
    let mina = site.member("Mina", Role::Member);
    let reply = mina.get(EDIT);
    let form = Form::of(reply.ok(), EDIT).with("paste", "작곡 로코베리\n편곡 로코베리");
    let preview = form.press(&mina, "preview");
    let back = Form::of(preview.ok(), EDIT).press(&mina, "back");
    assert_eq!(
        Form::of(back.ok(), EDIT).value("paste").trim(),
        "작곡 로코베리\n편곡 로코베리"
    );
});
