//! Editing through the form: what is typed is saved, or comes back.

mod blame;
mod citing;
mod entrance;
mod missing;
mod previews;

use yeoun::models::page::Kind;
use yeoun::models::user::Role;

use crate::on_both_stores;
use crate::support::{Site, form::Form, people::Actor};

const SONG: &str = "/songs/stay-with-me";
const EDIT: &str = "/songs/stay-with-me/edit";

fn open(by: &Actor<'_>, path: &str) -> Form {
    let reply = by.get(path);
    reply.ok();
    Form::of(&reply, path.split('?').next().unwrap())
}

fn number(site: &Site) -> i64 {
    site.page(Kind::Song, "stay-with-me").1.number
}

on_both_stores!(nobody_edits_without_an_account, |site| {
    site.get(EDIT)
        .leads_to("/login?back=%2Fsongs%2Fstay%2Dwith%2Dme%2Fedit");
    let form = open(&site.member("Mina", Role::Member), EDIT).with("prose", "Words of nobody.");
    let reply = form.press(&site.anon(), "save");
    assert_eq!(reply.status, 403);
    reply.says("You are not logged in any more");
    assert_eq!(
        Form::of(&reply, EDIT).value("prose"),
        "Words of nobody.",
        "the words come back"
    );
    assert_eq!(number(site), 1);
});

on_both_stores!(
    every_kind_of_page_opens_and_saves_nothing_when_nothing_was_typed,
    |site| {
        let mina = site.member("Mina", Role::Member);
        for page in [
            "/dramas/goblin",
            SONG,
            "/artists/punch",
            "/albums/goblin-part-1",
            "/articles/how-to-edit",
        ] {
            let edit = format!("{page}/edit");
            let reply = open(&mina, &edit).press(&mina, "save");
            reply.leads_to(&format!("{page}?saved=0"));
            mina.get(&format!("{page}?saved=0"))
                .ok()
                .says("Nothing was changed");
        }
    }
);

on_both_stores!(an_edit_is_seen_on_every_page_it_touches_at_once, |site| {
    let mina = site.member("Mina", Role::Member);
    site.get("/artists/nam-hye-seung")
        .ok()
        .hides("Stay With Me");
    let form = open(&mina, EDIT);
    let form = Form::of(&form.press(&mina, "add:credits"), EDIT)
        .with("credits.new1.role", "producer")
        .with("credits.new1.who", "남혜승")
        .with("prose", "A new story about the song.")
        .with("_note", "From the booklet");
    let preview = form.press(&mina, "preview");
    preview
        .ok()
        .says("Preview: not saved yet")
        .says("A new story about the song.")
        .says("Nam Hye-seung");
    assert_eq!(number(site), 1, "a preview saves nothing");
    Form::of(&preview, EDIT)
        .press(&mina, "save")
        .leads_to(&format!("{SONG}?saved=2"));
    mina.get(&format!("{SONG}?saved=2"))
        .ok()
        .says("Saved as revision 2");
    site.get(SONG)
        .ok()
        .says("A new story about the song.")
        .says("Nam Hye-seung")
        .hides("Saved as revision");
    site.get("/artists/nam-hye-seung").ok().says("Stay With Me");
    site.get(&format!("{SONG}/history"))
        .ok()
        .says("From the booklet")
        .says("Mina");
    site.get(&format!("{SONG}/diff?to=2"))
        .ok()
        .says("A new story about the song.");
    // The same form once more: what it says is there already.
    Form::of(&preview, EDIT)
        .press(&mina, "save")
        .leads_to(&format!("{SONG}?saved=0"));
    assert_eq!(number(site), 2, "a save sent twice is one revision");
});

on_both_stores!(a_part_is_edited_by_itself_and_leaves_the_rest, |site| {
    let mina = site.member("Mina", Role::Member);
    let before = site.page(Kind::Song, "stay-with-me").2.to_value();
    let form = open(&mina, &format!("{EDIT}?part=about"));
    assert!(form.names("credits.").is_empty());
    form.with("remake_of", "Somebody, 1981")
        .press(&mina, "save")
        .leads_to(&format!("{SONG}?saved=2"));
    let after = site.page(Kind::Song, "stay-with-me").2.to_value();
    for (key, value) in &before {
        assert_eq!(after.get(key), Some(value), "{key}");
    }
    assert_eq!(after.get("remake_of").unwrap(), "Somebody, 1981");
    let (_, revision, _) = site.page(Kind::Song, "stay-with-me");
    assert_eq!(revision.note, "Changed: remake of");
});

on_both_stores!(the_facts_are_edited_without_the_text, |site| {
    let mina = site.member("Mina", Role::Member);
    let before = site.page(Kind::Song, "stay-with-me").2.prose;
    let form = open(&mina, &format!("{EDIT}?part=facts"));
    assert!(form.names("prose").is_empty());
    assert!(!form.names("credits.").is_empty());
    form.with("remake_of", "Somebody, 1981")
        .press(&mina, "save")
        .leads_to(&format!("{SONG}?saved=2"));
    assert_eq!(site.page(Kind::Song, "stay-with-me").2.prose, before);
});

on_both_stores!(every_fault_is_told_and_every_word_kept, |site| {
    let mina = site.member("Mina", Role::Member);
    let form = open(&mina, EDIT);
    let form = Form::of(&form.press(&mina, "add:cues"), EDIT)
        .with("cues.new1.drama", "A Drama Nobody Made")
        .with("cues.new1.begin", "after the snow")
        .with("cues.new1.description", "첫눈이 내린다")
        .with("prose", "My words.");
    let reply = form.press(&mina, "save");
    assert_eq!(reply.status, 422);
    reply
        .says("2 things to mend")
        .says("There is no drama called “A Drama Nobody Made”");
    assert!(
        reply.source().contains("href=\"#f-cues.new1.begin\""),
        "the summary leads to the field"
    );
    assert!(reply.source().contains("id=\"f-cues.new1.begin\""));
    let back = Form::of(&reply, EDIT);
    for name in [
        "cues.new1.drama",
        "cues.new1.begin",
        "cues.new1.description",
        "prose",
    ] {
        assert_eq!(back.value(name), form.value(name), "{name}");
    }
    assert_eq!(number(site), 1);
});

on_both_stores!(
    rows_are_added_moved_and_taken_away_without_a_script,
    |site| {
        let mina = site.member("Mina", Role::Member);
        let mut form = open(&mina, "/dramas/goblin/edit");
        let keys = |form: &Form| -> Vec<String> {
            let names = form.names("names.");
            names
                .iter()
                .filter_map(|name| name.strip_suffix(".value"))
                .map(str::to_owned)
                .collect()
        };
        let before = keys(&form);
        assert!(before.len() > 1);
        let key = |name: &str| name.rsplit('.').next().unwrap().to_owned();
        form = Form::of(
            &form.press(&mina, &format!("down:names:{}", key(&before[0]))),
            "/dramas/goblin/edit",
        );
        assert_eq!(keys(&form)[..2], [before[1].clone(), before[0].clone()]);
        form = Form::of(&form.press(&mina, "add:names"), "/dramas/goblin/edit")
            .with("names.new1.value", "A Third Name");
        assert_eq!(keys(&form).last().unwrap(), "names.new1");
        form = Form::of(
            &form.press(&mina, "remove:names:new1"),
            "/dramas/goblin/edit",
        );
        assert_eq!(keys(&form).len(), before.len());
    }
);

on_both_stores!(two_edits_of_different_fields_both_land, |site| {
    let (mina, jun) = (
        site.member("Mina", Role::Member),
        site.member("Jun", Role::Member),
    );
    let (hers, his) = (open(&mina, EDIT), open(&jun, EDIT));
    hers.with("prose", "Her story.")
        .press(&mina, "save")
        .leads_to(&format!("{SONG}?saved=2"));
    his.with("remake_of", "His find, 1999")
        .press(&jun, "save")
        .leads_to(&format!("{SONG}?saved=3&merged=yes"));
    jun.get(&format!("{SONG}?saved=3&merged=yes"))
        .ok()
        .says("both edits are in it");
    site.get(SONG)
        .ok()
        .says("Her story.")
        .says("His find, 1999");
});

on_both_stores!(a_collision_shows_both_and_chooses_nothing, |site| {
    let (mina, jun) = (
        site.member("Mina", Role::Member),
        site.member("Jun", Role::Member),
    );
    let (hers, his) = (open(&mina, EDIT), open(&jun, EDIT));
    hers.with("remake_of", "Hers, 1981")
        .press(&mina, "save")
        .leads_to(&format!("{SONG}?saved=2"));
    let reply = his
        .with("remake_of", "His, 1999")
        .with("prose", "His story, which nobody else touched.")
        .press(&jun, "save");
    assert_eq!(reply.status, 409);
    reply
        .says("Two edits")
        .says("Mina")
        .says("Hers, 1981")
        .says("His, 1999");
    let form = Form::of(&reply, EDIT);
    assert!(
        form.names("_choose.").is_empty(),
        "nothing is chosen beforehand"
    );
    let again = form.press(&jun, "save");
    assert_eq!(again.status, 409, "without a choice it is asked again");
    form.choosing("_choose.remake_of", "mine")
        .press(&jun, "save")
        .leads_to(&format!("{SONG}?saved=3"));
    site.get(SONG)
        .ok()
        .says("His, 1999")
        .hides("Hers, 1981")
        .says("His story, which nobody else touched.");
});

on_both_stores!(a_wrong_token_saves_nothing_and_loses_nothing, |site| {
    let mina = site.member("Mina", Role::Member);
    let form = open(&mina, EDIT)
        .with("prose", "Kept all the same.")
        .with("token", "not the token");
    let reply = form.press(&mina, "save");
    assert_eq!(reply.status, 403);
    assert_eq!(number(site), 1);
    // The form that comes back is good.
    let back = Form::of(&reply, EDIT);
    assert_eq!(back.value("prose"), "Kept all the same.");
    back.press(&mina, "save")
        .leads_to(&format!("{SONG}?saved=2"));
});

on_both_stores!(what_is_no_field_is_ignored, |site| {
    let mina = site.member("Mina", Role::Member);
    let form = open(&mina, EDIT)
        .with("prose", "Only this.")
        .choosing("author", "Somebody Else")
        .choosing("role", "admin")
        .choosing("page_id", "1")
        .choosing("nothing.7.value", "x");
    form.press(&mina, "save")
        .leads_to(&format!("{SONG}?saved=2"));
    let (page, revision, _) = site.page(Kind::Song, "stay-with-me");
    assert_eq!(
        (revision.author.as_str(), revision.page_id),
        ("Mina", page.id)
    );
});
