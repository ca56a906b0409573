//! The past of a page as readers see it: the list of its revisions, and what changed between two of them.

mod comparisons;

use yeoun::models::page::document::{Document, KindFacts};
use yeoun::models::page::{Kind, PageId, lives};
use yeoun::models::user::{Editor, Moderator};
use yeoun::text::slug::Slug;

use crate::support::{Refused, Site, page, store::AT};
use crate::{on_both_stores, read_on_both_stores};

fn edit(site: &Site, change: impl FnOnce(&mut Document)) -> PageId {
    let (page, revision, mut document) = site.page(Kind::Song, "stay-with-me");
    change(&mut document);
    site.save(&page, Some(revision.id), &document).unwrap();
    page.id
}

fn song(document: &mut Document) -> &mut yeoun::models::song::Song {
    match &mut document.facts {
        KindFacts::Song(song) => song,
        _ => panic!("a song was expected"),
    }
}

/// A page that is there, kept out of search engines, and sound.
fn sound(site: &Site, path: &str) -> crate::support::Reply {
    let reply = site.get(path);
    assert_eq!(reply.status, 200, "{path}");
    let faults = page::read(reply.source()).faults;
    assert_eq!(faults, Vec::<String>::new(), "{path}");
    assert!(
        reply.source().contains("content=\"noindex\""),
        "{path} may be indexed"
    );
    assert!(
        !reply.source().contains("rel=\"canonical\""),
        "{path} is canonical"
    );
    reply
}

read_on_both_stores!(every_kind_of_page_has_a_history_and_leads_to_it, |site| {
    for path in [
        "/dramas/goblin",
        "/songs/stay-with-me",
        "/artists/punch",
        "/albums/goblin-part-1",
        "/articles/how-to-edit",
    ] {
        let links = site.get(path).ok().facts().links;
        assert!(links.contains(&format!("{path}/history")), "{path}");
        sound(site, &format!("{path}/history"))
            .says("Revision 1")
            .says("Imported from a content file.")
            .says("by Yeoun");
        sound(site, &format!("{path}/diff")).says("the page was not there yet");
    }
});

on_both_stores!(
    a_history_is_heard_of_at_once_and_tells_what_changed,
    |site| {
        sound(site, "/songs/stay-with-me/history").hides("Compare the two chosen");
        edit(site, |document| {
            song(document).moods = vec!["dark".to_owned()]
        });
        edit(site, |document| {
            document.prose.push_str("\n\nAnother line.\n");
            song(document).credits.truncate(1);
        });
        let reply = sound(site, "/songs/stay-with-me/history");
        let text = reply.text();
        let places: Vec<usize> = ["Revision 3", "Revision 2", "Revision 1"]
            .iter()
            .map(|words| text.find(words).unwrap())
            .collect();
        assert!(places.is_sorted(), "the newest does not come first: {text}");
        reply
            .says("Moods")
            .says("rows), Text")
            .says("−")
            .says(" characters")
            .says("Compare the two chosen");
        for link in [
            "/songs/stay-with-me/history/3",
            "/songs/stay-with-me/history?field=moods",
            "/songs/stay-with-me/diff?to=3",
        ] {
            assert!(reply.facts().links.contains(&link.to_owned()), "no {link}");
        }
        sound(site, "/songs/stay-with-me/history?field=moods")
            .says("Only revisions that changed Moods")
            .says("Revision 2")
            .says("Revision 1")
            .hides("Revision 3");
        sound(site, "/songs/stay-with-me/history?field=languages").hides("Revision 2");
        sound(site, "/songs/stay-with-me/history?field=nothing")
            .says("No revision here changed this field");
        for bad in ["field=%22", "before=x", "field=%ff"] {
            site.get(&format!("/songs/stay-with-me/history?{bad}"))
                .refuses(400);
        }
    }
);

on_both_stores!(a_long_history_is_cut_by_number, |site| {
    for n in 0..55 {
        edit(site, |document| {
            song(document).remake_of = format!("Song {n}")
        });
    }
    let reply = sound(site, "/songs/stay-with-me/history");
    reply
        .says("Revision 56")
        .says("Revision 7")
        .hides("Revision 6<");
    let older = "/songs/stay-with-me/history?before=7".to_owned();
    assert!(reply.facts().links.contains(&older));
    let reply = sound(site, &older);
    reply
        .says("Revision 6")
        .says("Revision 1")
        .says("Newest")
        .hides("Revision 7<")
        .hides(">Older<");
    sound(site, "/songs/stay-with-me/history?before=1").says("There is nothing older");
    let narrowed = sound(site, "/songs/stay-with-me/history?field=remake_of");
    assert!(
        narrowed
            .facts()
            .links
            .iter()
            .any(|link| link.ends_with("?field=remake_of&before=7"))
    );
});

on_both_stores!(
    an_old_revision_leads_to_its_neighbours_and_its_changes,
    |site| {
        edit(site, |document| song(document).remake_of = "One".to_owned());
        edit(site, |document| song(document).remake_of = "Two".to_owned());
        let links = site.get("/songs/stay-with-me/history/2").ok().facts().links;
        for link in [
            "/songs/stay-with-me/history/1",
            "/songs/stay-with-me/history/3",
            "/songs/stay-with-me/diff?to=2",
            "/songs/stay-with-me/diff?from=2",
            "/songs/stay-with-me/history",
        ] {
            assert!(links.contains(&link.to_owned()), "no {link}");
        }
        let links = site.get("/songs/stay-with-me/diff?to=2").ok().facts().links;
        assert!(links.contains(&"/songs/stay-with-me/diff?to=3".to_owned()));
        assert!(links.contains(&"/songs/stay-with-me/history/1".to_owned()));
    }
);

on_both_stores!(the_past_of_a_page_goes_where_the_page_went, |site| {
    let id = edit(site, |document| song(document).remake_of = "One".to_owned());
    let slug = Slug::parse("stay-with-me-goblin").unwrap();
    site.write(move |conn| {
        Ok::<_, Refused>(lives::rename(
            conn,
            &Editor::operator(),
            id,
            lives::Renaming {
                slug: &slug,
                name: None,
                keeps_old: true,
            },
            lives::Why {
                note: "",
                at: AT + 2,
            },
        )?)
    })
    .unwrap();
    for below in ["/history", "/history/1"] {
        let to = format!("/songs/stay-with-me-goblin{below}");
        site.get(&format!("/songs/stay-with-me{below}"))
            .redirects_to(&to);
    }
    site.get("/songs/stay-with-me/diff")
        .redirects_to("/songs/stay-with-me-goblin/history");
    site.get("/songs/Stay-With-Me-Goblin/history")
        .redirects_to("/songs/stay-with-me-goblin/history");
    let (other, ..) = site.page(Kind::Song, "always");
    site.write(move |conn| {
        Ok::<_, Refused>(lives::merge_into(
            conn,
            &Moderator::operator(),
            other.id,
            id,
            lives::Why {
                note: "The same.",
                at: AT + 3,
            },
        )?)
    })
    .unwrap();
    for below in ["/history", "/history/1", "/diff"] {
        site.get(&format!("/songs/always{below}"))
            .redirects_to("/songs/stay-with-me-goblin");
    }
    site.write(move |conn| {
        Ok::<_, Refused>(lives::delete(
            conn,
            &Moderator::operator(),
            id,
            "Taken down.",
            AT + 4,
        )?)
    })
    .unwrap();
    for below in ["/history", "/history/1", "/diff?to=2"] {
        site.get(&format!("/songs/stay-with-me-goblin{below}"))
            .refuses(410)
            .says("Taken down.");
        site.get(&format!("/songs/nothing-like-it{below}"))
            .refuses(404);
    }
});
