//! Watching over the wiki: recent changes, marks, blocks, edits taken back in bulk, watchlists.

mod blocks;
mod limits;
mod lists;

use yeoun::models::page::Kind;
use yeoun::models::page::document::Document;
use yeoun::models::page::save::{self, Proposal, Saved};
use yeoun::models::user::{Role, User};

use crate::on_both_stores;
use crate::support::{Reply, Site, page};

/// Saves a page as a member; answers the number of the revision.
fn edit(site: &Site, by: &User, (kind, slug): (Kind, &str), change: impl Fn(&mut Document)) -> i64 {
    let (page, latest, mut document) = site.page(kind, slug);
    change(&mut document);
    let (id, by, at) = (page.id, by.editor().unwrap(), site.now());
    let proposal = Proposal {
        base: Some(latest.id),
        document,
        note: format!("By {}.", by.name()),
        at,
        tags: &[],
    };
    let saved = site.write(move |conn| Ok(save::save(conn, &by, id, &proposal)?));
    match saved.unwrap() {
        Saved::Revision { number, .. } => number,
        Saved::Unchanged => panic!("nothing changed"),
    }
}

/// Adds a line to the text of a page.
fn write(site: &Site, by: &User, of: (Kind, &str), line: &str) -> i64 {
    edit(site, by, of, |document| {
        document.prose = format!("{}\n\n{line}\n", document.prose);
    })
}

/// The page is sound HTML.
#[track_caller]
fn sound(reply: &Reply) {
    assert_eq!(
        page::read(reply.source()).faults,
        Vec::<String>::new(),
        "{}",
        reply.path
    );
}

const SONG: (Kind, &str) = (Kind::Song, "stay-with-me");
const DRAMA: (Kind, &str) = (Kind::Drama, "reply-1988");

on_both_stores!(recent_changes_are_narrowed_by_the_address, |site| {
    let (newcomer, editor) = (
        site.user("newcomer", Role::Member),
        site.user("keeper", Role::Editor),
    );
    write(site, &newcomer, SONG, "One.");
    write(site, &editor, DRAMA, "Two.");
    let all = site.get("/changes");
    all.ok()
        .says("By newcomer.")
        .says("By keeper.")
        .says("new member, not looked at");
    sound(&all);
    for (query, shows, hides) in [
        ("kind=song", "By newcomer.", "By keeper."),
        ("by=keeper", "By keeper.", "By newcomer."),
        ("new=yes", "By newcomer.", "By keeper."),
        ("unpatrolled=yes&minor=hide", "By newcomer.", "By keeper."),
        ("page=/dramas/reply-1988", "By keeper.", "By newcomer."),
        ("drama=goblin", "By newcomer.", "By keeper."),
        (
            "since=2026-01-01&kind=drama&by=keeper",
            "By keeper.",
            "By newcomer.",
        ),
    ] {
        site.get(&format!("/changes?{query}"))
            .ok()
            .says(shows)
            .hides(hides);
        let feed = site.get(&format!("/feeds/changes.atom?{query}"));
        assert!(feed.ok().source().contains(shows), "{query}");
        feed.hides(hides);
    }
    let mine = site.session_of(&editor);
    mine.get("/changes?others=yes")
        .ok()
        .says("By newcomer.")
        .hides("By keeper.");
    let wrong = site.get("/changes?kind=opera&page=/songs/nothing&since=soon");
    assert_eq!(wrong.status, 422);
    wrong
        .says("no such kind")
        .says("no such page")
        .says("Write a day");
    sound(&wrong);
    let older = site.get("/changes?before=50");
    older.ok().says("Newest");
    assert_eq!(site.get("/feeds/changes.atom?kind=opera").status, 400);
});

on_both_stores!(editors_mark_what_new_members_did, |site| {
    let (newcomer, editor) = (
        site.user("newcomer", Role::Member),
        site.user("keeper", Role::Editor),
    );
    let first = write(site, &newcomer, SONG, "One.");
    let list = "/changes?unpatrolled=yes";
    let keeper = site.session_of(&editor);
    let page = keeper.get(list);
    page.ok().says("Mark as looked at");
    let revision = page
        .source()
        .split("name=\"revision\" value=\"")
        .nth(1)
        .unwrap();
    let revision = revision.split('"').next().unwrap().to_owned();
    let own = site
        .session_of(&newcomer)
        .post("/changes/patrols", &[("revision", &revision)]);
    assert_eq!(own.status, 403);
    let done = keeper.post(
        "/changes/patrols",
        &[("revision", &revision), ("back", list)],
    );
    assert_eq!((done.status, done.header("location")), (303, list));
    keeper.get(list).ok().hides("By newcomer.");
    // Whoever takes something back has looked at it.
    let second = write(site, &newcomer, SONG, "Two.");
    assert_eq!(second, first + 1);
    keeper.get(list).ok().says("By newcomer.");
    let undone = keeper.post(
        "/songs/stay-with-me/undos",
        &[("revision", &second.to_string())],
    );
    assert_eq!(undone.status, 303);
    keeper.get(list).ok().hides("By newcomer.");
});
