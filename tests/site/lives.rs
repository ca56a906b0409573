//! What becomes of pages beside their content: renamed, deleted and brought back, protected; and what is told of them.

mod merging;

use yeoun::models::page::Kind;
use yeoun::models::user::Role;

use crate::on_both_stores;
use crate::support::form::Form;
use crate::support::{Actor, Reply, Site};

const SONG: &str = "/songs/hush";
const DAY: i64 = 24 * 60 * 60 * 1_000_000;

/// The form of a page tool.
pub fn open(by: &Actor<'_>, path: &str) -> Form {
    let reply = by.get(path);
    reply.ok();
    sound(&reply);
    Form::of(&reply, path)
}

/// The page is good HTML, whatever its status.
#[track_caller]
pub fn sound(reply: &Reply) {
    assert_eq!(reply.facts().faults, Vec::<String>::new(), "{}", reply.path);
}

fn rename(by: &Actor<'_>, from: &str, to: &str) -> Reply {
    let path = format!("/songs/{from}/rename");
    open(by, &path)
        .with("address", to)
        .with("reason", "Its printed name.")
        .press(by, "")
}

on_both_stores!(a_renamed_page_answers_everywhere_it_ever_was, |site| {
    let mina = site.member("Mina", Role::Member);
    let (page, ..) = site.page(Kind::Song, "hush");
    site.get(SONG).ok();
    rename(&mina, "hush", "hush-now").leads_to("/songs/hush-now");
    rename(&mina, "hush-now", "be-still").leads_to("/songs/be-still");
    for old in [SONG, "/songs/hush-now"] {
        site.get(old).redirects_to("/songs/be-still");
        for below in ["/history", "/info", "/links"] {
            let (old, new) = (format!("{old}{below}"), format!("/songs/be-still{below}"));
            site.get(&old).redirects_to(&new);
        }
        let edit = mina.get(&format!("{old}/edit"));
        edit.redirects_to("/songs/be-still/edit");
    }
    site.get(&format!("/p/{}", page.id))
        .redirects_to("/songs/be-still");
    let info = site.get("/songs/be-still/info");
    info.ok().says("/songs/hush").says("/songs/hush-now");
    sound(&info);
    // What links here links to where it is now.
    for card in site.get("/songs/be-still/links").ok().facts().links {
        assert_ne!(card, SONG);
    }
    // And back: the address is its own again, not a circle.
    rename(&mina, "be-still", "hush").leads_to(SONG);
    site.get(SONG).ok();
    site.get("/songs/be-still").redirects_to(SONG);
});

on_both_stores!(a_new_main_name_keeps_the_old_one, |site| {
    let mina = site.member("Mina", Role::Member);
    let path = format!("{SONG}/rename");
    let old = site.page(Kind::Song, "hush").0.title;
    open(&mina, &path)
        .with("name", "Hush Now")
        .with("reason", "As printed.")
        .press(&mina, "")
        .leads_to(SONG);
    let (page, revision, document) = site.page(Kind::Song, "hush");
    assert_eq!((page.title.as_str(), revision.number), ("Hush Now", 2));
    assert!(
        document
            .head
            .names
            .iter()
            .any(|name| name.value == old && !name.primary)
    );
    site.get(SONG).ok().says("Hush Now");
});

on_both_stores!(
    an_address_that_is_taken_is_refused_with_who_has_it,
    |site| {
        let mina = site.member("Mina", Role::Member);
        rename(&mina, "always", "forever").leads_to("/songs/forever");
        for taken in ["stay-with-me", "always", "new"] {
            let reply = rename(&mina, "hush", taken);
            assert_eq!(reply.status, 409, "{taken}");
            sound(&reply);
            assert!(reply.faulty_fields().contains("address"));
            let links = reply.facts().links;
            let holder = match taken {
                "always" => "/songs/forever",
                "stay-with-me" => "/songs/stay-with-me",
                _ => "/songs",
            };
            assert!(
                links.iter().any(|link| link == holder),
                "{taken}: {links:?}"
            );
            let back = Form::of(&reply, &format!("{SONG}/rename"));
            assert_eq!(back.value("reason"), "Its printed name.");
        }
        let reply = open(&mina, &format!("{SONG}/rename"))
            .with("address", "Not An Address")
            .press(&mina, "");
        assert_eq!(reply.status, 422);
        let wanted = ["address", "reason"].map(str::to_owned);
        assert_eq!(reply.faulty_fields(), wanted.into(), "both are told");
    }
);

on_both_stores!(an_edit_begun_before_a_rename_lands, |site| {
    let (mina, jun) = (
        site.member("Mina", Role::Member),
        site.member("Jun", Role::Member),
    );
    let form = open(&mina, &format!("{SONG}/edit")).with("prose", "Begun at the old address.");
    rename(&jun, "hush", "hush-now").leads_to("/songs/hush-now");
    form.press(&mina, "save")
        .leads_to("/songs/hush-now?saved=2");
    site.get("/songs/hush-now")
        .ok()
        .says("Begun at the old address.");
});

fn delete(by: &Actor<'_>, page: &str, reason: &str) -> Reply {
    let path = format!("{page}/deletion");
    open(by, &path).with("reason", reason).press(by, "")
}

on_both_stores!(a_deleted_page_says_why_and_comes_back, |site| {
    let vera = site.member("Vera", Role::Moderator);
    let mina = site.member("Mina", Role::Editor);
    assert_eq!(mina.get(&format!("{SONG}/deletion")).status, 403);
    assert_eq!(site.get(&format!("{SONG}/deletion")).status, 303);
    let before = site.get(SONG).ok().text();
    let form = open(&mina, &format!("{SONG}/edit")).with("prose", "Words of Mina.");
    assert_eq!(delete(&vera, SONG, " ").status, 422);
    delete(&vera, SONG, "Nobody ever sang it.").leads_to(SONG);
    site.get(SONG).refuses(410).says("Nobody ever sang it.");
    site.get("/songs").ok().hides("\"/songs/hush\"");
    // Who was editing is told, and keeps the words.
    let told = form.press(&mina, "save");
    assert_eq!(told.status, 409);
    assert_eq!(
        Form::of(&told, &format!("{SONG}/edit")).value("prose"),
        "Words of Mina."
    );
    // Moderators see what it was, and bring it back.
    let path = format!("{SONG}/deletion");
    let seen = vera.get(&path);
    seen.ok().says("Nobody ever sang it.").says("Revision 1");
    sound(&seen);
    let back = "/songs/hush/undeletion";
    Form::of(&seen, back)
        .with("reason", "Somebody did.")
        .press(&vera, "")
        .leads_to(SONG);
    assert_eq!(site.get(SONG).ok().text(), before);
    site.get("/songs").ok();
});

/// Protects a page.
fn protect(by: &Actor<'_>, page: &str, edit: &str, days: &str) -> Reply {
    open(by, &format!("{page}/protection"))
        .with("edit", edit)
        .with("days", days)
        .with("reason", "Two fan clubs are at it.")
        .press(by, "")
}

on_both_stores!(a_protected_page_keeps_the_others_out_and_says_why, |site| {
    let (vera, mina) = (
        site.member("Vera", Role::Moderator),
        site.member("Mina", Role::Member),
    );
    let edit = format!("{SONG}/edit");
    let form = open(&mina, &edit).with("prose", "Words of Mina.");
    site.get(SONG).ok();
    protect(&vera, SONG, "moderator", "3").leads_to(SONG);
    site.get(SONG).ok().says("Two fan clubs are at it.");
    site.get(&format!("{SONG}/info"))
        .ok()
        .says("Only moderators and administrators may edit");
    // What was being written is kept and not saved; a new form is not offered.
    let refused = form.press(&mina, "save");
    assert_eq!(refused.status, 403);
    refused.says("Two fan clubs are at it.");
    assert_eq!(Form::of(&refused, &edit).value("prose"), "Words of Mina.");
    let source = mina.get(&edit);
    assert_eq!(source.status, 403);
    sound(&source);
    source.says("Two fan clubs are at it.").says("names");
    let undo = mina.post(&format!("{SONG}/restores"), &[("revision", "1")]);
    assert_eq!(undo.status, 403);
    assert_eq!(site.page(Kind::Song, "hush").1.number, 1);
    // Moderators edit; and when it ends, everybody does.
    open(&vera, &edit)
        .with("prose", "Words of Vera.")
        .press(&vera, "save")
        .leads_to(&format!("{SONG}?saved=2"));
    later(site, 4 * DAY);
    open(&mina, &edit)
        .with("prose", "Words of Mina, at last.")
        .press(&mina, "save")
        .leads_to(&format!("{SONG}?saved=3"));
});

/// Lets time pass.
fn later(site: &Site, micros: i64) {
    site.clock
        .fetch_add(micros, std::sync::atomic::Ordering::SeqCst);
}

on_both_stores!(
    renaming_is_protected_by_itself_and_above_a_moderator_by_nobody,
    |site| {
        let (vera, mina, root) = (
            site.member("Vera", Role::Moderator),
            site.member("Mina", Role::Member),
            site.member("Ada", Role::Admin),
        );
        assert_eq!(mina.get(&format!("{SONG}/protection")).status, 403);
        open(&root, &format!("{SONG}/protection"))
            .with("rename", "admin")
            .with("reason", "The name is settled.")
            .press(&root, "")
            .leads_to(SONG);
        for stopped in [&mina, &vera] {
            let told = stopped.get(&format!("{SONG}/rename"));
            assert_eq!(told.status, 403);
            told.says("The name is settled.");
            let form = [("address", "hush-now"), ("reason", "Now.")];
            assert_eq!(stopped.post(&format!("{SONG}/rename"), &form).status, 403);
        }
        mina.get(&format!("{SONG}/edit")).ok();
        let form = [
            ("edit", "member"),
            ("rename", "member"),
            ("reason", "Open it."),
        ];
        let refused = vera.post(&format!("{SONG}/protection"), &form);
        assert_eq!(refused.status, 403);
        sound(&refused);
        let raised = [
            ("edit", "admin"),
            ("rename", "admin"),
            ("reason", "Close it."),
        ];
        assert_eq!(
            vera.post(&format!("{SONG}/protection"), &raised).status,
            403
        );
        root.post(&format!("{SONG}/protection"), &form)
            .leads_to(SONG);
        rename(&mina, "hush", "hush-now").leads_to("/songs/hush-now");
    }
);

on_both_stores!(what_links_here_is_told_by_relation, |site| {
    let links = site.get("/dramas/goblin/links");
    links.ok().says("Songs of it").says("Stay With Me");
    sound(&links);
    let narrowed = site.get("/dramas/goblin/links?relation=use");
    narrowed.ok().says("Show all");
    sound(&narrowed);
    let facts = narrowed.facts();
    assert!(facts.links.iter().any(|link| link == "/songs/stay-with-me"));
    assert!(
        facts
            .links
            .iter()
            .all(|link| !link.starts_with("/albums/goblin"))
    );
    sound(&site.get("/dramas/goblin/links?relation=nothing"));
    for kind in Kind::ALL.iter().copied() {
        let slug = match kind {
            Kind::Drama => "goblin",
            Kind::Song => "stay-with-me",
            Kind::Artist => "nam-hye-seung",
            Kind::Album => "goblin-part-9",
            Kind::Article => "how-an-ost-is-made",
        };
        for below in ["links", "info"] {
            let reply = site.get(&format!("/{}/{slug}/{below}", kind.plural()));
            reply.ok();
            sound(&reply);
        }
    }
});
