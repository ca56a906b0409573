//! Every spelling of an address is understood and has one answer.

use unicode_normalization::UnicodeNormalization;
use yeoun::models::page::{Kind, lives};
use yeoun::models::user::{Editor, Moderator};
use yeoun::text::slug::Slug;

use crate::support::{Refused, store::AT};
use crate::{on_both_stores, read_on_both_stores};

fn slug(text: &str) -> Slug {
    Slug::parse(text).unwrap()
}

read_on_both_stores!(a_canonical_address_is_the_page_itself, |site| {
    for path in [
        "/songs/stay-with-me",
        "/dramas/goblin",
        "/artists/punch",
        "/albums/goblin-part-1",
        "/articles/how-to-edit",
    ] {
        let reply = site.get(path);
        reply.ok();
        let canonical = format!("{}{path}", site.shared.config.base_url);
        assert!(
            reply
                .source()
                .contains(&format!("<link rel=\"canonical\" href=\"{canonical}\">")),
            "{path}"
        );
    }
});

read_on_both_stores!(other_spellings_lead_to_it, |site| {
    let decomposed: String = "/dramas/도깨비".nfd().collect();
    let twice = "/dramas/%25EB%258F%2584%25EA%25B9%25A8%25EB%25B9%2584";
    for path in [
        "/dramas/도깨비",
        &decomposed,
        twice,
        "/dramas/GOBLIN",
        "/dramas/Goblin",
        "/dramas/%67oblin",
    ] {
        site.get(path).redirects_to("/dramas/goblin");
    }
    site.get("/dramas/goblin/").redirects_to("/dramas/goblin");
    site.get("/songs/Stay With Me")
        .redirects_to("/songs/stay-with-me");
    site.get("/songs/stay-with-me/")
        .redirects_to("/songs/stay-with-me");
});

read_on_both_stores!(the_short_address_leads_to_the_page, |site| {
    let (page, ..) = site.page(Kind::Song, "stay-with-me");
    site.get(&format!("/p/{}", page.id))
        .redirects_to("/songs/stay-with-me");
    for path in [
        "/p/0",
        "/p/999999999",
        "/p/-1",
        "/p/x",
        "/p/99999999999999999999",
    ] {
        site.get(path).refuses(404);
    }
});

read_on_both_stores!(unknown_addresses_are_404_and_offer_what_is_near, |site| {
    for kind in Kind::ALL {
        site.get(&format!("/{}/nothing-of-this-name", kind.plural()))
            .refuses(404);
    }
    site.get("/songs/stay-with-you")
        .refuses(404)
        .says("Stay With Me");
    for path in [
        "/nothing",
        "/songs/stay-with-me/nothing",
        "/songs/stay-with-me/history/2",
        "/songs/stay-with-me/history/x",
        "/assets/nothing.css",
    ] {
        site.get(path).refuses(404);
    }
});

read_on_both_stores!(what_is_no_text_is_refused_and_nothing_breaks, |site| {
    for kind in Kind::ALL {
        for bytes in ["%ff", "%c3%28", "%ed%a0%80", "%zz", "%"] {
            site.get(&format!("/{}/{bytes}", kind.plural()))
                .refuses(400);
        }
        for bytes in [
            "%00",
            "%0a",
            "%2e%2e",
            "%2f",
            "%e2%80%ae",
            "%ef%bb%bf",
            "%20x",
            "%5c",
            "a%2fb",
        ] {
            let reply = site.get(&format!("/{}/{bytes}", kind.plural()));
            assert!(
                matches!(reply.status, 400 | 404),
                "{}: {}",
                reply.path,
                reply.status
            );
            reply.refuses(reply.status);
        }
        let long = "가".repeat(500);
        let reply = site.get(&format!("/{}/{long}", kind.plural()));
        assert!(matches!(reply.status, 404 | 414), "{}", reply.status);
    }
});

on_both_stores!(a_renamed_page_answers_at_its_old_address_for_ever, |site| {
    let (page, ..) = site.page(Kind::Song, "stay-with-me");
    let old = site.get("/songs/stay-with-me");
    old.ok();
    for (n, to) in ["first-name", "second-name"].into_iter().enumerate() {
        let (id, to, at) = (page.id, slug(to), AT + 1 + i64::try_from(n).unwrap());
        site.write(move |conn| {
            Ok::<_, Refused>(lives::rename(
                conn,
                &Editor::operator(),
                id,
                lives::Renaming {
                    slug: &to,
                    name: None,
                    keeps_old: true,
                },
                lives::Why { note: "", at },
            )?)
        })
        .unwrap();
    }
    site.get("/songs/stay-with-me")
        .redirects_to("/songs/second-name");
    site.get("/songs/first-name")
        .redirects_to("/songs/second-name");
    site.get("/songs/second-name").ok().says("Stay With Me");
    // Who linked to it links to where it is now.
    site.get("/dramas/goblin")
        .ok()
        .hides("/songs/stay-with-me\"");
    // And back: the name it had is its own again, not a circle.
    let (id, to) = (page.id, slug("stay-with-me"));
    site.write(move |conn| {
        Ok::<_, Refused>(lives::rename(
            conn,
            &Editor::operator(),
            id,
            lives::Renaming {
                slug: &to,
                name: None,
                keeps_old: true,
            },
            lives::Why {
                note: "",
                at: AT + 9,
            },
        )?)
    })
    .unwrap();
    assert_eq!(
        site.get("/songs/stay-with-me").ok().source().len(),
        old.source().len()
    );
    site.get("/songs/second-name")
        .redirects_to("/songs/stay-with-me");
});

on_both_stores!(a_merged_page_leads_to_the_one_that_is_left, |site| {
    let (one, ..) = site.page(Kind::Song, "always");
    let (other, ..) = site.page(Kind::Song, "stay-with-me");
    let (third, ..) = site.page(Kind::Song, "in-silence");
    site.get("/songs/always").ok();
    let merge = |from, into| {
        site.write(move |conn| {
            Ok::<_, Refused>(lives::merge_into(
                conn,
                &Moderator::operator(),
                from,
                into,
                lives::Why {
                    note: "The same.",
                    at: AT + 1,
                },
            )?)
        })
    };
    merge(one.id, other.id).unwrap();
    site.get("/songs/always")
        .redirects_to("/songs/stay-with-me");
    merge(other.id, third.id).unwrap();
    site.get("/songs/always").redirects_to("/songs/in-silence");
    site.get(&format!("/p/{}", one.id))
        .redirects_to("/songs/in-silence");
    assert!(merge(third.id, third.id).is_err());
});

on_both_stores!(a_deleted_page_says_why, |site| {
    let (page, ..) = site.page(Kind::Song, "always");
    let id = page.id;
    let delete = |note: &'static str| {
        site.write(move |conn| {
            Ok::<_, Refused>(lives::delete(
                conn,
                &Moderator::operator(),
                id,
                note,
                AT + 1,
            )?)
        })
    };
    assert!(delete(" ").is_err(), "deleted without a reason");
    site.get("/songs/always").ok();
    delete("A copy of <b>another</b> page.").unwrap();
    site.get("/songs/always")
        .refuses(410)
        .says("A copy of <b>another</b> page.");
    site.get(&format!("/p/{id}")).refuses(410);
    for index in ["/", "/songs"] {
        site.get(index).ok().hides("\"/songs/always\"");
    }
});
