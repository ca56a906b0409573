//! Two pages that become one, and two again.

use yeoun::models::page::Kind;
use yeoun::models::user::Role;

use crate::on_both_stores;
use crate::support::form::Form;
use crate::support::{Actor, Reply, Site};

use super::{open, sound};

/// Another page about an artist of the catalogue, and a song it sings.
fn twins(site: &Site, by: &Actor<'_>) {
    open(by, "/artists/new")
        .with("type", "person")
        .with("names.new1.value", "Quokka")
        .with("names.new2.value", "쿼카")
        .press(by, "save")
        .leads_to("/artists/quokka?saved=1");
    open_new(by, "/songs/new?name=Quiet+Harbour&artist=quokka")
        .press(by, "save")
        .leads_to("/songs/quiet-harbour?saved=1");
    site.get("/artists/quokka").ok().says("Quiet Harbour");
}

fn open_new(by: &Actor<'_>, path: &str) -> Form {
    Form::of(by.get(path).ok(), "/songs/new")
}

fn merge(by: &Actor<'_>, from: &str, into: &str) -> Reply {
    open(by, &format!("{from}/merge"))
        .with("into", into)
        .with("reason", "The same singer.")
        .press(by, "")
}

fn unmerge(by: &Actor<'_>, page: &str) -> Reply {
    let seen = by.get(&format!("{page}/merge"));
    seen.ok();
    sound(&seen);
    Form::of(&seen, &format!("{page}/unmerge"))
        .with("reason", "Two singers after all.")
        .press(by, "")
}

on_both_stores!(a_page_merged_while_it_is_edited_costs_no_word, |site| {
    let (vera, mina) = (
        site.member("Vera", Role::Moderator),
        site.member("Mina", Role::Member),
    );
    twins(site, &vera);
    let edit = "/artists/quokka/edit";
    let form = open(&mina, edit).with("prose", "Words of Mina.");
    merge(&vera, "/artists/quokka", "Punch");
    let told = form.press(&mina, "save");
    assert_eq!(told.status, 409);
    sound(&told);
    told.says("deleted or merged with another while you were editing")
        .says("Draft saved");
    let kept = Form::of(&told, edit);
    assert_eq!(kept.value("prose"), "Words of Mina.");
    // The way on leads to the page it is part of now.
    let way = told.facts().links;
    let way = way.iter().find(|link| link.starts_with("/p/")).unwrap();
    site.get(way).redirects_to("/artists/punch");
    // Two pages again, and the same form is saved.
    unmerge(&vera, "/artists/quokka").leads_to("/artists/quokka");
    kept.press(&mina, "save")
        .leads_to("/artists/quokka?saved=2");
    site.get("/artists/quokka").ok().says("Words of Mina.");
});

on_both_stores!(a_merge_brings_names_rows_and_references_together, |site| {
    let vera = site.member("Vera", Role::Moderator);
    twins(site, &vera);
    let twin = site.get("/artists/quokka").ok().text();
    let reply = merge(&vera, "/artists/quokka", "Punch");
    assert_eq!(reply.status, 303);
    assert!(
        reply
            .header("location")
            .starts_with("/artists/punch/diff?to=")
    );
    site.get("/artists/quokka").redirects_to("/artists/punch");
    site.get("/artists/quokka/history")
        .redirects_to("/artists/punch");
    site.get("/artists/punch")
        .ok()
        .says("Quokka")
        .says("Quiet Harbour");
    let song = site.get("/songs/quiet-harbour");
    let links = song.ok().facts().links;
    assert!(
        links.iter().any(|link| link == "/artists/punch"),
        "{links:?}"
    );
    let named = site.get("/artists/punch/links").ok().facts().links;
    assert!(named.iter().any(|link| link == "/songs/quiet-harbour"));
    site.get("/artists/punch/info").ok().says("Merged into it");
    // And apart again.
    unmerge(&vera, "/artists/quokka").leads_to("/artists/quokka");
    assert_eq!(site.get("/artists/quokka").ok().text(), twin);
    site.get("/artists/punch").ok().hides("Quokka");
    let links = site.get("/songs/quiet-harbour").facts().links;
    assert!(
        links.iter().any(|link| link == "/artists/quokka"),
        "{links:?}"
    );
    site.get("/artists/punch").ok().hides("Quiet Harbour");
});

on_both_stores!(what_was_edited_since_a_merge_stays, |site| {
    let vera = site.member("Vera", Role::Moderator);
    twins(site, &vera);
    merge(&vera, "/artists/quokka", "/artists/punch");
    let edit = "/artists/punch/edit";
    let form = open(&vera, edit);
    let moved = form
        .pairs
        .iter()
        .find(|(_, value)| value == "쿼카")
        .map(|(name, _)| name.clone())
        .unwrap();
    form.with(&moved, "쿼카들")
        .with("agency", "Nobody")
        .press(&vera, "save");
    unmerge(&vera, "/artists/quokka").leads_to("/artists/quokka");
    let (_, _, document) = site.page(Kind::Artist, "punch");
    let names: Vec<&str> = document
        .head
        .names
        .iter()
        .map(|name| name.value.as_str())
        .collect();
    assert!(
        names.contains(&"쿼카들"),
        "{names:?}: edited since, so it stays"
    );
    assert!(!names.contains(&"Quokka"), "{names:?}");
    site.get("/artists/punch").ok().says("Nobody");
    let (_, _, twin) = site.page(Kind::Artist, "quokka");
    assert_eq!(twin.head.names.len(), 2);
});

on_both_stores!(a_merge_that_cannot_be_is_refused_with_the_reason, |site| {
    let (vera, mina) = (
        site.member("Vera", Role::Moderator),
        site.member("Mina", Role::Editor),
    );
    assert_eq!(mina.get("/artists/punch/merge").status, 403);
    for (into, says) in [
        ("", "Name the page that is to stay"),
        ("Punch", "this page itself"),
        ("Nobody Of This Name", "There is no artist"),
        ("/songs/hush", "There is no artist"),
    ] {
        let reply = merge(&vera, "/artists/punch", into);
        assert_eq!(reply.status, 422, "{into}");
        sound(&reply);
        reply.says(says);
    }
    let reply = vera.post("/artists/punch/unmerge", &[("reason", "No.")]);
    assert_eq!(reply.status, 409);
    sound(&reply);
});

on_both_stores!(a_chain_of_merges_is_one_hop, |site| {
    let vera = site.member("Vera", Role::Moderator);
    twins(site, &vera);
    merge(&vera, "/artists/quokka", "/artists/punch");
    merge(&vera, "/artists/punch", "/artists/nam-hye-seung");
    site.get("/artists/quokka")
        .redirects_to("/artists/nam-hye-seung");
    let links = site.get("/songs/quiet-harbour").ok().facts().links;
    assert!(
        links.iter().any(|link| link == "/artists/nam-hye-seung"),
        "{links:?}"
    );
    site.get("/artists/nam-hye-seung/links?relation=sings")
        .ok()
        .says("Quiet Harbour");
});
