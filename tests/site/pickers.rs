//! What a field that names a page offers while one types.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;
use yeoun::models::page::Kind;
use yeoun::models::user::Role;

use crate::support::{Site, form::Form};
use crate::{on_both_stores, read_on_both_stores};

fn offers(site: &Site, kind: &str, words: &str) -> Vec<(String, String)> {
    let reply = site.get(&format!(
        "/suggest?kind={kind}&q={}",
        utf8_percent_encode(words, NON_ALPHANUMERIC)
    ));
    assert_eq!(reply.ok().header("content-type"), "application/json");
    let offers: Vec<Value> = serde_json::from_str(reply.source()).unwrap();
    assert!(offers.len() <= 10);
    let text = |offer: &Value, key: &str| offer[key].as_str().unwrap().to_owned();
    offers
        .iter()
        .map(|offer| (text(offer, "title"), text(offer, "page")))
        .collect()
}

read_on_both_stores!(pages_are_offered_in_any_script, |site| {
    let id = |kind, slug: &str| format!("{kind}#{}", site.page(kind, slug).0.id);
    let rocoberry = ("Rocoberry".to_owned(), id(Kind::Artist, "rocoberry"));
    for words in ["Roco", "rocoberry", "로코", "로코베리", "로콥", "ㄹㅋㅂㄹ"] {
        assert!(
            offers(site, "artist", words).contains(&rocoberry),
            "{words} offers {:?}",
            offers(site, "artist", words)
        );
    }
    let goblin = id(Kind::Drama, "goblin");
    for words in ["도깨", "도깨ㅂ", "ㄷㄲㅂ", "dokkaebi", "tokkaebi", "GOBLIN"] {
        assert!(
            offers(site, "drama", words)
                .iter()
                .any(|(_, page)| *page == goblin),
            "{words}"
        );
        assert!(
            offers(site, "artist", words)
                .iter()
                .all(|(_, page)| page.starts_with("artist#")),
            "{words}"
        );
    }
    assert_eq!(offers(site, "song", "no such song at all"), []);
    assert_eq!(offers(site, "song", "  "), []);
    assert_eq!(offers(site, "song", "%_\"'<"), []);
});

read_on_both_stores!(offers_are_cheap_and_strictly_asked_for, |site| {
    let before = site.db.statements();
    offers(site, "artist", "ㅂ");
    assert!(site.db.statements() - before <= 6);
    for bad in [
        "/suggest",
        "/suggest?kind=king&q=a",
        "/suggest?q=a",
        "/suggest?kind=artist&kind=song&q=a",
    ] {
        assert_eq!(site.get(bad).status, 400, "{bad}");
    }
    let reply = site.get("/suggest?kind=artist&q=p");
    assert_eq!(reply.ok().header("cache-control"), "public, max-age=60");
    assert!(!reply.source().contains('<'));
});

on_both_stores!(the_page_chosen_is_the_one_saved, |site| {
    let mina = site.member("Mina", Role::Member);
    let edit = "/songs/stay-with-me/edit";
    let reply = mina.get(edit);
    reply.ok();
    assert!(reply.source().contains("data-pick=\"artist\""));
    assert!(reply.source().contains("data-pick=\"drama\""));
    let form = Form::of(&reply, edit);
    let (_, page) = offers(site, "artist", "남혜승").remove(0);
    Form::of(&form.press(&mina, "add:credits"), edit)
        .with("credits.new1.role", "producer")
        .with("credits.new1.who", "Nam Hye-seung")
        .choosing("credits.new1.who.id", &page)
        .press(&mina, "save")
        .leads_to("/songs/stay-with-me?saved=2");
    let flat = site.page(Kind::Song, "stay-with-me").2.to_value();
    let credits = flat["credits"].as_array().unwrap();
    assert_eq!(credits.last().unwrap()["artist"], Value::from(page));
});
