//! New pages: from every way in, without second copies, and made once.

use yeoun::models::page::Kind;
use yeoun::models::user::Role;

use crate::on_both_stores;
use crate::support::form::Form;
use crate::support::{Actor, Reply, Site};

fn open(by: &Actor<'_>, path: &str) -> Form {
    let reply = by.get(path);
    assert_eq!(reply.status, 200, "{path}");
    assert_eq!(reply.facts().faults, Vec::<String>::new(), "{path}");
    Form::of(&reply, path.split('?').next().unwrap())
}

/// What must be chosen in the form of a kind.
fn chosen(kind: Kind, form: Form) -> Form {
    match kind {
        Kind::Drama => form.with("kind", "series"),
        Kind::Artist => form.with("type", "person"),
        Kind::Album => form.with("kind", "part"),
        Kind::Song | Kind::Article => form,
    }
}

fn form_of(reply: &Reply) -> Form {
    Form::of(reply, &reply.path)
}

on_both_stores!(every_kind_is_made_in_the_one_editor, |site| {
    let mina = site.member("Mina", Role::Member);
    for kind in Kind::ALL.iter().copied() {
        let new = format!("/{}/new", kind.plural());
        let form = open(&mina, &new)
            .with("names.new1.value", "Quiet Harbour Lights")
            .with("names.new2.value", "조용한 항구의 불빛");
        let reply = form.press(&mina, "save");
        if matches!(kind, Kind::Song | Kind::Article) {
            reply.leads_to(&format!("/{}/quiet-harbour-lights?saved=1", kind.plural()));
        } else {
            assert_eq!(
                reply.status, 422,
                "{kind}: what must be chosen is asked for"
            );
            let back = chosen(kind, form_of(&reply));
            assert_eq!(back.value("names.new2.value"), "조용한 항구의 불빛");
            back.press(&mina, "save")
                .leads_to(&format!("/{}/quiet-harbour-lights?saved=1", kind.plural()));
        }
        let (page, revision, _) = site.page(kind, "quiet-harbour-lights");
        assert_eq!(
            (page.title.as_str(), revision.number),
            ("Quiet Harbour Lights", 1)
        );
        assert_eq!(revision.author, "Mina");
        site.get(&page.href()).ok().says("조용한 항구의 불빛");
    }
});

on_both_stores!(a_page_that_is_not_there_offers_to_be_made, |site| {
    let mina = site.member("Mina", Role::Member);
    let missing = site.get("/songs/quiet-harbour");
    missing.refuses(404);
    let new = "/songs/new?name=quiet%20harbour&at=quiet-harbour";
    let links = missing.facts().links;
    assert!(links.iter().any(|link| link == new), "{links:?}");
    let form = open(&mina, new);
    assert_eq!(form.value("names.new1.value"), "quiet harbour");
    form.with("names.new1.value", "The Quiet Harbour")
        .press(&mina, "save")
        .leads_to("/songs/quiet-harbour?saved=1");
    // And so does every index.
    for kind in Kind::ALL.iter().copied() {
        let links = site.get(&format!("/{}", kind.plural())).facts().links;
        let new = format!("/{}/new", kind.plural());
        assert!(links.contains(&new), "{kind}: {links:?}");
    }
    let refused = site.get("/songs/new?name=x");
    assert_eq!(refused.status, 303);
    assert!(refused.header("location").starts_with("/login?back="));
});

on_both_stores!(a_red_link_turns_blue_when_its_page_is_made, |site| {
    let mina = site.member("Mina", Role::Member);
    let song = "/songs/stay-with-me";
    let edit = format!("{song}/edit");
    open(&mina, &edit)
        .with("prose", "After [[song:quiet-harbour|the harbour song]].")
        .press(&mina, "save")
        .leads_to(&format!("{song}?saved=2"));
    let new = "/songs/new?name=the%20harbour%20song&at=quiet-harbour";
    let links = site.get(song).ok().facts().links;
    assert!(links.iter().any(|link| link == new), "{links:?}");
    open(&mina, new)
        .press(&mina, "save")
        .leads_to("/songs/quiet-harbour?saved=1");
    let links = site.get(song).ok().facts().links;
    assert!(
        links.iter().any(|link| link == "/songs/quiet-harbour"),
        "{links:?}"
    );
    assert!(links.iter().all(|link| link != new));
});

on_both_stores!(a_second_copy_is_asked_about_whatever_the_script, |site| {
    let mina = site.member("Mina", Role::Member);
    let (drama, ..) = site.page(Kind::Drama, "goblin");
    for (name, locale) in [("Goblin", "en"), ("도깨비", "ko"), ("Dokkaebi", "en")] {
        let form = open(&mina, "/dramas/new")
            .with("kind", "series")
            .with("names.new1.value", name)
            .with("names.new1.locale", locale);
        let reply = form.press(&mina, "save");
        assert_eq!(reply.status, 409, "{name}");
        reply.says("is here already");
        let links = reply.facts().links;
        assert!(links.contains(&drama.href()), "{name}: {links:?}");
        assert_eq!(reply.facts().faults, Vec::<String>::new(), "{name}");
        let back = form_of(&reply);
        assert_eq!(back.value("names.new1.value"), name, "nothing is lost");
        assert_eq!(
            back.press(&mina, "save").status,
            409,
            "nothing is ticked beforehand"
        );
    }
});

on_both_stores!(a_namesake_says_what_tells_it_apart, |site| {
    let mina = site.member("Mina", Role::Member);
    let form = open(&mina, "/songs/new").with("names.new1.value", "Stay With Me");
    let reply = form.press(&mina, "save");
    assert_eq!(reply.status, 409);
    assert!(
        reply.faulty_fields().contains("disambiguation"),
        "both are told at once"
    );
    let ticked = form_of(&reply).choosing("_apart", "yes");
    let reply = ticked.press(&mina, "save");
    assert_eq!(reply.status, 422);
    assert!(reply.faulty_fields().contains("disambiguation"));
    ticked
        .with("disambiguation", "song by Nobody, 2001")
        .press(&mina, "save")
        .leads_to("/songs/stay-with-me-song-by-nobody-2001?saved=1");
});

on_both_stores!(a_form_sent_twice_makes_one_page, |site| {
    let mina = site.member("Mina", Role::Member);
    let form = open(&mina, "/songs/new?name=Quiet+Harbour&drama=goblin");
    assert_eq!(form.value("uses.new1.drama.id"), drama_reference(site));
    form.press(&mina, "save")
        .leads_to("/songs/quiet-harbour?saved=1");
    form.press(&mina, "save")
        .leads_to("/songs/quiet-harbour?saved=1");
    assert_eq!(site.page(Kind::Song, "quiet-harbour").1.number, 1);
    site.get("/songs/quiet-harbour-2").refuses(404);
    // Somebody else with the same words is asked.
    let jun = site.member("Jun", Role::Member);
    let form = open(&jun, "/songs/new?name=Quiet+Harbour&drama=goblin");
    assert_eq!(form.press(&jun, "save").status, 409);
    site.get("/dramas/goblin").ok().says("Quiet Harbour");
});

fn drama_reference(site: &Site) -> String {
    format!("drama#{}", site.page(Kind::Drama, "goblin").0.id)
}

on_both_stores!(
    a_new_page_is_previewed_and_its_words_survive_a_lost_session,
    |site| {
        let mina = site.member("Mina", Role::Member);
        let form = open(&mina, "/songs/new").with("names.new1.value", "Quiet Harbour");
        let preview = form.press(&mina, "preview");
        preview
            .ok()
            .says("Preview: not saved yet")
            .says("Quiet Harbour");
        assert_eq!(preview.facts().faults, Vec::<String>::new());
        preview.hides("Show changes");
        assert!(
            !preview.source().contains("\"/songs/new/"),
            "a page that is not there has no views"
        );
        form.press(&mina, "changes")
            .ok()
            .says("Preview: not saved yet");
        assert!(
            !preview.source().contains("/art/songs/"),
            "a page that is not there has no sleeve"
        );
        site.get("/songs/quiet-harbour").refuses(404);
        let refused = form.press(&site.anon(), "save");
        assert_eq!(refused.status, 403);
        assert_eq!(form_of(&refused).value("names.new1.value"), "Quiet Harbour");
        Form::of(&preview, "/songs/new")
            .press(&mina, "save")
            .leads_to("/songs/quiet-harbour?saved=1");
    }
);

on_both_stores!(new_pages_have_drafts_each_its_own, |site| {
    let mina = site.member("Mina", Role::Member);
    let open = |path: &str| open(&mina, path);
    let harbour = open("/songs/new").with("names.new1.value", "Quiet Harbour");
    let lights = open("/songs/new?name=Harbour%20Lights&at=harbour-lights");
    for form in [&harbour, &lights] {
        form.press(&mina, "draft").ok().says("Draft saved");
    }
    // Kept over again it is still one draft.
    harbour.press(&mina, "draft").ok();
    let offered = mina.get("/songs/new");
    offered
        .ok()
        .says("You have begun pages like this before")
        .says("Quiet Harbour")
        .says("Harbour Lights");
    assert_eq!(offered.facts().faults, Vec::<String>::new());
    mina.get("/dramas/new").ok().hides("Quiet Harbour");
    mina.get("/account")
        .ok()
        .says("Quiet Harbour (a new song)")
        .says("Harbour Lights (a new song)");
    let jun = site.member("Jun", Role::Admin);
    jun.get("/songs/new").ok().hides("Quiet Harbour");
    let there = |form: &Form| format!("/songs/new?draft={}", form.value("_form"));
    jun.get(&there(&harbour)).ok().hides("Quiet Harbour");
    let back = open(&there(&lights));
    assert_eq!(back.value("names.new1.value"), "Harbour Lights");
    back.press(&mina, "save")
        .leads_to("/songs/harbour-lights?saved=1");
    mina.get("/songs/new")
        .ok()
        .says("You have begun a page like this before")
        .says("Quiet Harbour")
        .hides("Harbour Lights");
    let offered = mina.get("/songs/new");
    let pairs = Form::of(&offered, "/songs/new#discard").pairs;
    let mut pairs: Vec<(&str, &str)> = pairs
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    pairs.push(("_op", "discard"));
    mina.post_as_it_is("/songs/new", &pairs, &[])
        .leads_to("/songs/new");
    mina.get("/songs/new").ok().hides("Quiet Harbour");
    mina.get("/account").ok().hides("Quiet Harbour");
});

on_both_stores!(a_refused_new_page_is_kept_as_a_draft, |site| {
    let mina = site.member("Mina", Role::Member);
    let form = open(&mina, "/songs/new").with("names.new1.value", "Stay With Me");
    let refused = form.press(&mina, "save");
    assert_eq!(refused.status, 409);
    refused.says("Draft saved");
    let back = open(&mina, &format!("/songs/new?draft={}", form.value("_form")));
    assert_eq!(back.value("names.new1.value"), "Stay With Me");
});
