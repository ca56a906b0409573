//! What becomes of a sourced value that is changed.

use serde_json::Value;
use yeoun::models::page::Kind;
use yeoun::models::user::Role;

use crate::on_both_stores;
use crate::support::people::Actor;
use crate::support::{Reply, Site, form::Form};

const SONG: &str = "/songs/stay-with-me";
const EDIT: &str = "/songs/stay-with-me/edit";
const ALBUM: &str = "/albums/goblin-part-1";
const ALBUM_EDIT: &str = "/albums/goblin-part-1/edit";

/// The id of the first row of a list with this value.
fn row(site: &Site, list: &str, key: &str, value: &str) -> i64 {
    let flat = site.page(Kind::Song, "stay-with-me").2.to_value();
    let rows = flat[list].as_array().unwrap();
    rows.iter().find(|row| row[key] == value).unwrap()["id"]
        .as_i64()
        .unwrap()
}

fn credits(site: &Site, role: &str) -> Vec<Value> {
    let flat = site.page(Kind::Song, "stay-with-me").2.to_value();
    let rows = flat["credits"].as_array().unwrap().iter();
    rows.filter(|row| row["role"] == role).cloned().collect()
}

/// The arranger is somebody else: asks.
fn other_arranger(by: &Actor<'_>, id: i64) -> Reply {
    let reply = by.get(EDIT);
    let reply = Form::of(reply.ok(), EDIT)
        .with(&format!("credits.{id}.who"), "Nam Hye-seung")
        .with("prose", "Words that must not be lost.")
        .press(by, "save");
    assert_eq!(reply.status, 422);
    reply
        .says("A question before this is saved")
        .says("Arrangement · Rocoberry")
        .says("Arrangement · Nam Hye-seung");
    assert_eq!(reply.facts().faults, Vec::<String>::new());
    reply
}

on_both_stores!(a_mistake_is_kept_as_refuted_with_the_reason, |site| {
    let mina = site.member("Mina", Role::Member);
    let id = row(site, "credits", "role", "arranger");
    let asked = other_arranger(&mina, id);
    let form = Form::of(&asked, EDIT);
    assert_eq!(form.value("prose"), "Words that must not be lost.");
    let choice = format!("_claim.credits[{id}]");
    assert!(
        form.names("_claim.").is_empty(),
        "nothing is chosen beforehand"
    );
    // Neither without an answer nor without the reason.
    let again = form.press(&mina, "save");
    assert_eq!(again.status, 422);
    again.says("1 thing to mend");
    let again = form
        .clone()
        .choosing(&choice, "correct")
        .press(&mina, "save");
    assert_eq!(again.status, 422);
    again.says("Say why it is wrong");
    assert!(again.source().contains(&format!("href=\"#f-{choice}\"")));
    Form::of(&again, EDIT)
        .with(
            &format!("_why.credits[{id}]"),
            "The booklet says otherwise.",
        )
        .choosing("_cite", "4")
        .press(&mina, "save")
        .leads_to(&format!("{SONG}?saved=2"));
    let rows = credits(site, "arranger");
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[0]["id"], id);
    assert_eq!(rows[0].get("rank"), None);
    assert_eq!(rows[1]["rank"], "refuted");
    assert_eq!(rows[1]["reason"], "The booklet says otherwise.");
    let source = |row: &Value| row["sources"].as_array().unwrap().len();
    assert_eq!((source(&rows[0]), source(&rows[1])), (1, 1));
    site.get(SONG)
        .ok()
        .says("The booklet says otherwise.")
        .says("Words that must not be lost.");
});

on_both_stores!(both_claims_stand_and_the_page_follows_the_first, |site| {
    let mina = site.member("Mina", Role::Member);
    let id = row(site, "credits", "role", "arranger");
    Form::of(&other_arranger(&mina, id), EDIT)
        .choosing(&format!("_claim.credits[{id}]"), "both")
        .press(&mina, "save")
        .leads_to(&format!("{SONG}?saved=2"));
    let rows = credits(site, "arranger");
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[0].get("rank"), None);
    assert_eq!(rows[1]["rank"], "also");
    assert_ne!(rows[0]["artist"], rows[1]["artist"]);
    assert_eq!(
        rows[1].get("sources"),
        None,
        "the old sources do not say it"
    );
    site.get(SONG)
        .ok()
        .says("Nam Hye-seung")
        .says("Also claimed");
});

on_both_stores!(a_slip_is_replaced_and_keeps_its_sources, |site| {
    let mina = site.member("Mina", Role::Member);
    let id = row(site, "credits", "role", "arranger");
    let form = Form::of(&other_arranger(&mina, id), EDIT)
        .choosing(&format!("_claim.credits[{id}]"), "typo");
    // The answer goes with the preview.
    let preview = form.press(&mina, "preview");
    preview.ok().says("Preview: not saved yet");
    Form::of(&preview, EDIT)
        .press(&mina, "save")
        .leads_to(&format!("{SONG}?saved=2"));
    let rows = credits(site, "arranger");
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0]["sources"].as_array().unwrap().len(), 1);
});

on_both_stores!(a_single_value_is_asked_about_as_well, |site| {
    let mina = site.member("Mina", Role::Member);
    let claims = |site: &Site| -> Vec<(String, String)> {
        let claims = site.page(Kind::Album, "goblin-part-1").2.head.claims;
        let of_date = claims.into_iter().filter(|claim| claim.field == "date");
        of_date
            .map(|claim| (claim.value, claim.rank.as_str().to_owned()))
            .collect()
    };
    let before = claims(site);
    let date = site.page(Kind::Album, "goblin-part-1").2.to_value()["date"].clone();
    let typed = |answer: &str| {
        let reply = mina.get(&format!("{ALBUM_EDIT}?part=about"));
        let asked = Form::of(reply.ok(), ALBUM_EDIT)
            .with("date", "2016.12.9")
            .press(&mina, "save");
        assert_eq!(asked.status, 422);
        asked.says("Release date").says("2016.12.9");
        Form::of(&asked, ALBUM_EDIT).choosing("_claim.date", answer)
    };
    typed("both")
        .press(&mina, "save")
        .leads_to(&format!("{ALBUM}?saved=2"));
    let flat = site.page(Kind::Album, "goblin-part-1").2.to_value();
    assert_eq!(flat["date"], date, "the page follows the first");
    assert_eq!(claims(site).len(), before.len() + 1);
    assert_eq!(
        claims(site).last().unwrap(),
        &("2016-12-09".to_owned(), "also".to_owned())
    );
    site.get(ALBUM)
        .ok()
        .says("9 December 2016")
        .says("Also claimed");
    let corrected = typed("correct").with("_why.date", "A mirror had it wrong.");
    corrected
        .press(&mina, "save")
        .leads_to(&format!("{ALBUM}?saved=3"));
    let flat = site.page(Kind::Album, "goblin-part-1").2.to_value();
    assert_eq!(flat["date"], "2016-12-09");
    let after = claims(site);
    assert_eq!(
        after.len(),
        before.len() + 1,
        "the claim that was there is followed now"
    );
    assert_eq!(after.last().unwrap().1, "preferred");
    assert!(
        after
            .iter()
            .any(|(value, rank)| *value == date.as_str().unwrap() && rank == "refuted")
    );
    site.get(ALBUM).ok().says("A mirror had it wrong.");
});

on_both_stores!(what_no_source_stands_behind_is_not_asked_about, |site| {
    let mina = site.member("Mina", Role::Member);
    let reply = mina.get(EDIT);
    let id = row(site, "credits", "role", "arranger");
    Form::of(reply.ok(), EDIT)
        .with("remake_of", "Somebody, 1981")
        .with(&format!("credits.{id}.detail"), "strings")
        .press(&mina, "save")
        .leads_to(&format!("{SONG}?saved=2"));
});

/// The row for another source: the beginning of the names of its fields.
fn another(asked: &Form) -> String {
    let names = asked.names("sources.new");
    let title = names.iter().find_map(|name| name.strip_suffix(".title"));
    title.unwrap().to_owned()
}

on_both_stores!(another_source_is_added_with_the_answer, |site| {
    let mina = site.member("Mina", Role::Member);
    let id = row(site, "credits", "role", "arranger");
    let count = |site: &Site| site.page(Kind::Song, "stay-with-me").2.head.sources.len();
    let known = count(site);
    let asked = Form::of(&other_arranger(&mina, id), EDIT)
        .choosing(&format!("_claim.credits[{id}]"), "both");
    let row = another(&asked);
    // What is wrong with it is told in the form, with the answer kept.
    let faulty = asked
        .clone()
        .with(&format!("{row}.url"), "nowhere at all")
        .press(&mina, "save");
    assert_eq!(faulty.status, 422);
    faulty.says("1 thing to mend").says("nowhere at all");
    Form::of(&faulty, EDIT)
        .with(&format!("{row}.url"), "https://example.org/booklet")
        .with(&format!("{row}.title"), "The booklet of the album")
        .press(&mina, "save")
        .leads_to(&format!("{SONG}?saved=2"));
    assert_eq!(count(site), known + 1);
    let sources = site.page(Kind::Song, "stay-with-me").2.head.sources;
    let booklet = sources.last().unwrap();
    assert_eq!(booklet.title, "The booklet of the album");
    let rows = credits(site, "arranger");
    assert_eq!(rows[1]["sources"], serde_json::json!([booklet.id]));
});

on_both_stores!(a_row_left_empty_is_no_source, |site| {
    let mina = site.member("Mina", Role::Member);
    let id = row(site, "credits", "role", "arranger");
    let known = site.page(Kind::Song, "stay-with-me").2.head.sources;
    let asked = Form::of(&other_arranger(&mina, id), EDIT)
        .choosing(&format!("_claim.credits[{id}]"), "both");
    // Nor is one that is added to the form after it was left empty in the answer.
    let form = Form::of(&asked.press(&mina, "back"), EDIT);
    let form = Form::of(&form.press(&mina, "add:sources"), EDIT);
    let row = another(&form);
    form.with(&format!("{row}.title"), "Something else")
        .press(&mina, "save")
        .leads_to(&format!("{SONG}?saved=2"));
    let flat = site.page(Kind::Song, "stay-with-me").2;
    assert_eq!(flat.head.sources.len(), known.len() + 1);
    assert_eq!(credits(site, "arranger")[1].get("sources"), None);
});

on_both_stores!(a_part_of_the_form_takes_another_source_as_well, |site| {
    let mina = site.member("Mina", Role::Member);
    let before = site.page(Kind::Album, "goblin-part-1").2.head;
    let reply = mina.get(&format!("{ALBUM_EDIT}?part=about"));
    let asked = Form::of(reply.ok(), ALBUM_EDIT)
        .with("date", "2016.12.9")
        .press(&mina, "save");
    let form = Form::of(&asked, ALBUM_EDIT).choosing("_claim.date", "both");
    let row = another(&form);
    form.with(&format!("{row}.title"), "A calendar of that year")
        .press(&mina, "save")
        .leads_to(&format!("{ALBUM}?saved=2"));
    let after = site.page(Kind::Album, "goblin-part-1").2.head;
    let (new, old) = after.sources.split_last().unwrap();
    assert_eq!(new.title, "A calendar of that year");
    assert_eq!(old, before.sources, "the others are as they were");
    let claim = after.claims.last().unwrap();
    assert_eq!(
        (claim.field.as_str(), claim.value.as_str()),
        ("date", "2016-12-09")
    );
    assert_eq!(claim.sources, [new.id]);
    assert!(after.claims.starts_with(&before.claims));
});
