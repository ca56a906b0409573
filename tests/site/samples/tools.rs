//! The forms and tools of a page, in the same samples.

use yeoun::models::page::Kind;
use yeoun::models::user::Role;

use super::{hostile, nothing, very_long};
use crate::on_both_stores;
use crate::support::people::Actor;
use crate::support::{Site, page};

/// What a moderator finds below a page.
const TOOLS: [&str; 9] = [
    "/edit",
    "/edit?part=names&part=sources",
    "/rename",
    "/merge",
    "/protection",
    "/deletion",
    "/watch",
    "/history/1/hiding",
    "/diff?to=1",
];

fn sound(by: &Actor<'_>, path: &str) {
    let reply = by.get(path);
    assert_eq!(reply.status, 200, "{path}");
    assert_eq!(
        page::read(reply.source()).faults,
        Vec::<String>::new(),
        "{path}"
    );
    for foreign in ["<script>alert", "<img src=x", "=\"javascript:"] {
        assert!(!reply.source().contains(foreign), "{path}: {foreign}");
    }
}

fn every_tool(site: &Site, slug: &str, make: fn(&Site, Kind)) {
    Kind::ALL.iter().for_each(|kind| make(site, *kind));
    let mina = site.member("Mina", Role::Moderator);
    for kind in Kind::ALL.iter().copied() {
        for below in TOOLS {
            sound(&mina, &format!("/{}/{slug}{below}", kind.plural()));
        }
    }
    // What lists pages of all kinds.
    for path in [
        "/changes",
        "/watchlist",
        "/moderation",
        "/moderation/log",
        "/users/Mina",
        "/account",
    ] {
        sound(&mina, path);
    }
}

on_both_stores!(
    tools_of_a_page_of_which_nothing_is_known_are_sound,
    |site| {
        every_tool(site, "nothing", nothing);
    }
);

on_both_stores!(tools_of_a_hostile_page_show_it_as_text, |site| {
    every_tool(site, "hostile", hostile);
});

on_both_stores!(tools_of_a_very_long_page_are_sound, |site| {
    every_tool(site, "very-long", very_long);
});
