//! A source is picked once and put behind several rows.

use yeoun::models::user::Role;

use super::{EDIT, SONG, open};
use crate::on_both_stores;
use crate::support::form::Form;

/// The rows of the credits, as the form names them.
fn credits(form: &Form) -> Vec<String> {
    let names = form.names("credits.");
    let rows = names
        .iter()
        .filter_map(|name| name.strip_suffix(".sources"));
    rows.map(str::to_owned).collect()
}

/// How many sources the form has.
fn count(form: &Form) -> usize {
    let names = form.names("sources.");
    names.iter().filter(|name| name.ends_with(".url")).count()
}

on_both_stores!(one_source_is_put_behind_several_rows, |site| {
    let mina = site.member("Mina", Role::Member);
    let form = open(&mina, EDIT);
    let (rows, known) = (credits(&form), count(&form));
    let before: Vec<String> = rows
        .iter()
        .map(|row| form.value(&format!("{row}.sources")).to_owned())
        .collect();
    // Two new rows, the first left empty: numbers are those one sees.
    let form = Form::of(&form.press(&mina, "add:sources"), EDIT);
    let form = Form::of(&form.press(&mina, "add:sources"), EDIT)
        .with("sources.new2.title", "The booklet of the album")
        .with("sources.new2.publisher", "Stone Music");
    let number = (known + 2).to_string();
    let chosen = Form::of(&form.press(&mina, "add:links"), EDIT)
        .with("cite", &number)
        .choosing("cited", &rows[0])
        .choosing("cited", &rows[1]);
    let reply = chosen.press(&mina, "cite");
    reply
        .ok()
        .says(&format!("Source {number} stands behind 2 more rows now"));
    assert_eq!(reply.facts().faults, Vec::<String>::new());
    let form = Form::of(&reply, EDIT);
    for (row, before) in rows.iter().zip(&before).take(2) {
        let wanted = match before.as_str() {
            "" => number.clone(),
            before => format!("{before}, {number}"),
        };
        assert_eq!(form.value(&format!("{row}.sources")), wanted);
    }
    let untouched = |form: &Form| {
        let mut rest = rows.iter().zip(&before).skip(2);
        rest.all(|(row, before)| form.value(&format!("{row}.sources")) == before)
    };
    assert!(untouched(&form), "the others are as they were");
    form.press(&mina, "save")
        .leads_to(&format!("{SONG}?saved=2"));
    site.get(SONG).ok().says("The booklet of the album");
    // In the form of the saved page both name it, by the number it has now.
    let form = open(&mina, EDIT);
    let last = count(&form).to_string();
    for row in &rows[..2] {
        let cited = form.value(&format!("{row}.sources")).to_owned();
        assert!(cited.split(", ").any(|one| one == last), "{row}: {cited}");
    }
});

on_both_stores!(
    what_is_missing_for_it_is_told_and_what_was_ticked_stays,
    |site| {
        let mina = site.member("Mina", Role::Member);
        let form = open(&mina, EDIT);
        let row = credits(&form)[0].clone();
        let reply = form.clone().choosing("cited", &row).press(&mina, "cite");
        reply.ok().says("Choose the source first");
        let ticked = Form::of(&reply, EDIT);
        assert_eq!(ticked.value("cited"), row);
        let reply = form.with("cite", "1").press(&mina, "cite");
        reply.ok().says("Tick the rows");
        // Saved with the box still filled in: it is no part of the page.
        let reply = ticked.with("cite", "1").press(&mina, "save");
        assert_eq!(reply.status, 303);
    }
);
