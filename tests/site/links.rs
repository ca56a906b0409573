//! Links to other sites: kept in one form, refused where they lead nowhere in particular, and noticed where another page has them.

use yeoun::models::page::Kind;
use yeoun::models::user::Role;

use crate::on_both_stores;
use crate::support::people::Actor;
use crate::support::{Site, form::Form};

const ARTIST: &str = "/artists/punch";

/// The form of a page with one new link.
fn linked(by: &Actor<'_>, page: &str, url: &str) -> Form {
    let edit = format!("{page}/edit");
    let reply = by.get(&format!("{edit}?part=links"));
    let reply = Form::of(reply.ok(), &edit).press(by, "add:links");
    Form::of(reply.ok(), &edit).with("links.new1.url", url)
}

fn links(site: &Site, kind: Kind, slug: &str) -> Vec<(String, String)> {
    let links = site.page(kind, slug).2.head.links;
    links
        .into_iter()
        .map(|link| (link.site, link.url))
        .collect()
}

on_both_stores!(a_link_is_kept_as_its_site_writes_it, |site| {
    let mina = site.member("Mina", Role::Member);
    linked(
        &mina,
        ARTIST,
        "https://open.spotify.com/intl-ko/artist/5FuIvU5xdbKYgBYLuCpYXw?si=1",
    )
    .press(&mina, "save")
    .leads_to(&format!("{ARTIST}?saved=2"));
    let kept = (
        "spotify".to_owned(),
        "https://open.spotify.com/artist/5FuIvU5xdbKYgBYLuCpYXw".to_owned(),
    );
    assert_eq!(links(site, Kind::Artist, "punch").last(), Some(&kept));
    site.get(ARTIST).ok().says("Spotify");
    // Once more in another spelling: the row says so already.
    let edit = format!("{ARTIST}/edit");
    let reply = mina.get(&edit);
    let form = Form::of(reply.ok(), &edit);
    let name = form
        .names("links.")
        .into_iter()
        .rfind(|name| name.ends_with(".url"))
        .unwrap()
        .to_owned();
    form.with(
        &name,
        "http://play.spotify.com/artist/5FuIvU5xdbKYgBYLuCpYXw?utm_source=x",
    )
    .press(&mina, "save")
    .leads_to(&format!("{ARTIST}?saved=0"));
});

on_both_stores!(a_search_is_no_link, |site| {
    let mina = site.member("Mina", Role::Member);
    let given = "https://www.melon.com/search/total/index.htm?q=%ED%8E%80%EC%B9%98";
    let reply = linked(&mina, ARTIST, given).press(&mina, "save");
    assert_eq!(reply.status, 422);
    reply
        .says("1 thing to mend")
        .says("This is a search on Melon.");
    assert!(reply.source().contains("href=\"#f-links.new1.url\""));
    assert_eq!(
        Form::of(&reply, &format!("{ARTIST}/edit")).value("links.new1.url"),
        given
    );
    let reply = linked(&mina, ARTIST, "javascript:alert(1)").press(&mina, "preview");
    assert_eq!(reply.status, 422);
    reply.says("A link starts with https:// or http://.");
});

on_both_stores!(
    a_link_that_stands_elsewhere_is_noticed_and_allowed,
    |site| {
        let mina = site.member("Mina", Role::Member);
        linked(&mina, ARTIST, "https://vibe.naver.com/artist/195205")
            .press(&mina, "save")
            .leads_to(&format!("{ARTIST}?saved=2"));
        mina.get(&format!("{ARTIST}?saved=2"))
            .ok()
            .hides("also stands on");
        let other = "/artists/rocoberry";
        let preview = linked(
            &mina,
            other,
            "http://music.naver.com/artist/home.nhn?artistId=195205",
        )
        .press(&mina, "preview");
        preview.ok().says("The VIBE link also stands on Punch.");
        Form::of(&preview, &format!("{other}/edit"))
            .press(&mina, "save")
            .leads_to(&format!("{other}?saved=2"));
        mina.get(&format!("{other}?saved=2"))
            .ok()
            .says("The VIBE link also stands on Punch.");
        mina.get(other).ok().hides("also stands on");
        site.get(&format!("{other}?saved=2"))
            .ok()
            .hides("also stands on");
    }
);
