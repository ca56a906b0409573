//! The page as it would be saved, beside what others saved meanwhile.

use yeoun::models::user::Role;

use super::{EDIT, SONG, number, open};
use crate::on_both_stores;

on_both_stores!(a_preview_shows_what_others_saved_meanwhile, |site| {
    let mina = site.member("Mina", Role::Member);
    let jun = site.member("Jun", Role::Member);
    let hers = open(&mina, EDIT).with("prose", "A new story about the song.");
    let preview = hers.press(&mina, "preview");
    preview.ok().hides("others saved");
    let tab = format!("\"{EDIT}\" aria-current=\"page\"");
    assert!(preview.source().contains(&tab), "a preview is of the form");
    open(&jun, EDIT)
        .with("remake_of", "Sanulrim, 1981")
        .press(&jun, "save")
        .leads_to(&format!("{SONG}?saved=2"));
    hers.press(&mina, "preview")
        .ok()
        .says("A new story about the song.")
        .says("Sanulrim, 1981")
        .says("Changed: text.")
        .says("What others saved since you began is in it.");
    // Where both changed the same, hers are shown, and it is said that the save will ask.
    let theirs = hers.with("remake_of", "Sanulrim, 1977");
    theirs
        .press(&mina, "preview")
        .ok()
        .says("Sanulrim, 1977")
        .hides("Sanulrim, 1981")
        .says("the save will ask which stay");
    assert_eq!(number(site), 2, "a preview saves nothing");
});
