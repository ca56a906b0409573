//! What changed between two revisions, told to readers.

use super::{edit, song, sound};
use crate::on_both_stores;

on_both_stores!(a_comparison_names_fields_rows_and_words, |site| {
    edit(site, |document| {
        document.prose = "The first.\n\nA slow song.\n\nThe last.\n".to_owned();
    });
    edit(site, |document| {
        document.prose = "The first.\n\nA sad song in [[drama:goblin]].\n\nThe last.\n".to_owned();
        let song = song(document);
        song.remake_of = "Sanulrim, 1981".to_owned();
        song.credits.swap(0, 1);
        song.credits.remove(2);
        let mut added = song.credits[0].clone();
        added.id = 0;
        added.detail = "On the piano".to_owned();
        song.credits.push(added);
    });
    let reply = sound(site, "/songs/stay-with-me/diff?from=2&to=3");
    reply
        .says("Remake of")
        .says("Sanulrim, 1981")
        .says("row added")
        .says("row removed")
        .says("row moved")
        .says("On the piano")
        .says("[[drama:goblin]]")
        .hides("drama#");
    let source = reply.source();
    assert!(source.contains("<del>slow</del>"), "{source}");
    assert!(
        source.contains("A <del>"),
        "what stayed is marked: {source}"
    );
    assert_eq!(source.matches("Show side by side").count(), 1);
    let side = sound(site, "/songs/stay-with-me/diff?from=2&to=3&prose=side");
    side.says("Show in one column");
    // The older first, whichever was named first; and the last change, where nothing is said.
    for same in [
        "/songs/stay-with-me/diff?from=3&to=2",
        "/songs/stay-with-me/diff",
        "/songs/stay-with-me/diff?to=3",
    ] {
        assert_eq!(site.get(same).text(), reply.text(), "{same}");
    }
    sound(site, "/songs/stay-with-me/diff?from=2&to=2").says("say the same");
    for missing in ["from=2&to=9", "from=9&to=2", "to=0", "from=7"] {
        site.get(&format!("/songs/stay-with-me/diff?{missing}"))
            .refuses(404);
    }
    for bad in ["from=x", "to=-1", "to=9999999999999999999"] {
        site.get(&format!("/songs/stay-with-me/diff?{bad}"))
            .refuses(400);
    }
});

on_both_stores!(a_comparison_gives_nothing_away_unasked, |site| {
    edit(site, |document| {
        document.prose = "Before.\n\n:::spoiler ep=9\n\nHe leaves.\n\n:::\n\nAfter.\n".to_owned();
        let mut cue = serde_json::Map::new();
        cue.insert("drama".to_owned(), "drama:goblin".into());
        cue.insert("description".to_owned(), "The parting.".into());
        cue.insert("spoiler".to_owned(), 9.into());
        song(document)
            .cues
            .push(serde_json::from_value(cue.into()).unwrap());
    });
    edit(site, |document| {
        document.prose = document
            .prose
            .replace("leaves", "comes back")
            .replace("After.", "Then.");
    });
    for path in [
        "/songs/stay-with-me/diff?to=2",
        "/songs/stay-with-me/diff?to=3",
        "/songs/stay-with-me/diff?to=3&prose=side",
    ] {
        let reply = sound(site, path);
        let open: String = reply
            .source()
            .split("<details")
            .map(|part| part.split_once("</details>").map_or(part, |(_, rest)| rest))
            .collect();
        assert!(
            open.contains("Then</ins>") || open.contains("After."),
            "{path}: {open}"
        );
        for hidden in ["He ", "leaves", "parting"] {
            assert!(!open.contains(hidden), "{path} says {hidden:?}: {open}");
        }
    }
});
