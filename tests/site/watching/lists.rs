//! Watchlists.

use yeoun::models::user::Role;

use super::{DRAMA, SONG, sound, write};
use crate::on_both_stores;
use crate::support::form::Form;

on_both_stores!(a_drama_is_watched_with_its_songs, |site| {
    let (minji, other) = (
        site.user("minji", Role::Member),
        site.user("other", Role::Editor),
    );
    let mine = site.session_of(&minji);
    let empty = mine.get("/watchlist");
    empty.ok().says("You watch nothing yet");
    sound(&empty);
    sound(mine.get("/dramas/goblin/watch").ok());
    let fields = [("what", "wide"), ("length", "1m")];
    assert_eq!(mine.post("/dramas/goblin/watch", &fields).status, 303);
    write(site, &other, SONG, "News.");
    write(site, &other, DRAMA, "Elsewhere.");
    let list = mine.get("/watchlist");
    list.ok()
        .says("Stay With Me")
        .says("By other.")
        .says("Mark all as seen")
        .hides("Reply 1988");
    sound(&list);
    let newest = list
        .source()
        .split("name=\"seen\" value=\"")
        .nth(1)
        .unwrap();
    let newest = newest.split('"').next().unwrap().to_owned();
    assert_eq!(
        mine.post("/watchlist/marks", &[("seen", &newest)]).status,
        303
    );
    mine.get("/watchlist")
        .ok()
        .says("By other.")
        .hides("Mark all as seen");
    write(site, &minji, SONG, "What I wrote is no news.");
    mine.get("/watchlist").ok().hides("Mark all as seen");
    write(site, &other, SONG, "More news.");
    mine.get("/watchlist").ok().says("Mark all as seen");
    site.wait(31 * 24 * 3_600);
    let later = site.session_of(&minji);
    later.get("/watchlist").ok().says("You watch nothing yet");
    assert_eq!(
        later
            .post("/songs/stay-with-me/watch", &[("what", "page")])
            .status,
        303
    );
    later.get("/watchlist").ok().says("Stay With Me");
    assert_eq!(
        later
            .post("/songs/stay-with-me/watch", &[("what", "no")])
            .status,
        303
    );
    later.get("/watchlist").ok().says("You watch nothing yet");
});

on_both_stores!(a_tick_in_the_editor_begins_and_ends_it, |site| {
    let mina = site.member("Mina", Role::Member);
    let edit = "/songs/stay-with-me/edit";
    let open = |path: &str| Form::of(mina.get(path).ok(), path);
    let form = open(edit);
    assert_eq!(form.names("_watch"), Vec::<&str>::new(), "not watched");
    // Saved without the tick, nothing begins; a preview carries the tick along.
    form.clone().with("prose", "One.").press(&mina, "save");
    mina.get("/watchlist").hides("Stay With Me");
    let preview = open(edit)
        .with("prose", "Two.")
        .choosing("_watch", "yes")
        .press(&mina, "preview");
    Form::of(&preview, edit).press(&mina, "save");
    mina.get("/watchlist").says("Stay With Me");
    let ticked = open(edit);
    assert_eq!(ticked.value("_watch"), "yes");
    // The tick taken out ends it; nothing else of the edit has to change.
    let mut unticked = ticked;
    unticked.pairs.retain(|(name, _)| name != "_watch");
    unticked.press(&mina, "save");
    mina.get("/watchlist").hides("Stay With Me");
    // A new page is watched from its first moment.
    let new = "/songs/new?name=Quiet%20Harbour";
    Form::of(mina.get(new).ok(), "/songs/new")
        .choosing("_watch", "yes")
        .press(&mina, "save");
    mina.get("/watchlist").says("Quiet Harbour");
});
