//! Song pages tell what is known, what is disputed and what is wrong.

use crate::read_on_both_stores;
use crate::support::crawl;

read_on_both_stores!(in_silence_is_not_from_goblin, |site| {
    let reply = site.get("/songs/in-silence");
    reply
        .ok()
        .says("In Silence")
        .says("Janet Suhh")
        .says("It's Okay to Not Be Okay")
        .says("Often named wrongly: not Goblin")
        .says("both dramas share the music director Nam Hye-seung");
    let source = reply.source();
    let refuted = source.split("claim-refuted").nth(1).unwrap_or_default();
    assert!(
        refuted.contains("href=\"/dramas/goblin\"") && refuted.contains("Refuted"),
        "Goblin is not marked as refuted"
    );
    assert!(
        refuted.contains("href=\"#source-"),
        "the refutation has no source"
    );
    // Nor is it among Goblin's songs.
    let goblin = site.get("/dramas/goblin").ok().facts();
    assert!(
        !goblin
            .songs
            .iter()
            .any(|(title, ..)| title.contains("In Silence")),
        "{:?}",
        goblin.songs
    );
});

read_on_both_stores!(
    both_composers_of_stay_with_me_stand_with_their_sources,
    |site| {
        let reply = site.get("/songs/stay-with-me");
        reply
            .ok()
            .says("Rocoberry")
            .says("Lee Seung-joo")
            .says("Sources disagree")
            .says("Where sources disagree")
            .says("2 sources disagree");
        let source = reply.source();
        let claims = source
            .split("id=\"claims-composer\"")
            .nth(1)
            .expect("no claims about the composer");
        let claims = claims.split("class=\"claims\"").next().unwrap();
        let claims = claims.split("</section>").next().unwrap();
        let each: Vec<&str> = claims.split("class=\"claim\"").skip(1).collect();
        assert_eq!(each.len(), 2, "{claims}");
        for (claim, artist) in each.iter().zip(["rocoberry", "lee-seung-joo"]) {
            assert!(
                claim.contains(&format!("href=\"/artists/{artist}\"")),
                "{artist}: {claim}"
            );
            assert!(
                claim.contains("href=\"#source-"),
                "{artist} has no source: {claim}"
            );
        }
        assert!(source.contains("id=\"source-4\""));
    }
);

read_on_both_stores!(a_song_page_credits_its_versions_and_scenes, |site| {
    site.get("/songs/stay-with-me")
        .ok()
        .says("Chanyeol")
        .says("Punch")
        .says("3:13")
        .says("Title song");
    let scenes = site.get("/songs/stay-with-me").facts();
    assert!(scenes.links.iter().any(|link| link == "/artists/punch"));
});

#[test]
fn every_song_in_a_list_has_its_title_its_artist_and_its_drama() {
    let mut rows = 0;
    let mut bare = Vec::new();
    for visit in crawl::everything() {
        for (title, artist, drama) in visit.facts.iter().flat_map(|facts| &facts.songs) {
            rows += 1;
            if title.is_empty() || artist.is_empty() || drama.is_empty() {
                bare.push(format!("{:?} on {}", (title, artist, drama), visit.path));
            }
        }
    }
    assert!(rows > 500, "only {rows} rows");
    assert!(
        bare.is_empty(),
        "{} rows are bare: {:#?}",
        bare.len(),
        bare.iter().take(20).collect::<Vec<_>>()
    );
}
