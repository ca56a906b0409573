//! The forms and tools of a page, in the same samples.

use yeoun::models::page::Kind;
use yeoun::models::user::Role;

use super::{HOSTILE, HOSTILE_PROSE, facts, import, least};
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

fn every_tool(site: &Site, slug: &str) {
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
        for kind in Kind::ALL.iter().copied() {
            let name = "[[names]]\nvalue = \"Nothing\"\nlocale = \"en\"\nkind = \"official\"\n";
            import(site, kind, "nothing", &format!("{}{name}", least(kind)), "");
        }
        every_tool(site, "nothing");
    }
);

on_both_stores!(tools_of_a_hostile_page_show_it_as_text, |site| {
    for kind in Kind::ALL.iter().copied() {
        import(
            site,
            kind,
            "hostile",
            &facts(kind, HOSTILE, 2),
            HOSTILE_PROSE,
        );
    }
    every_tool(site, "hostile");
});

on_both_stores!(tools_of_a_very_long_page_are_sound, |site| {
    let word = "아주긴이름 Averyveryverylongwordwithoutaplacetobreak ".repeat(4);
    for kind in Kind::ALL.iter().copied() {
        import(
            site,
            kind,
            "very-long",
            &facts(kind, word.trim(), 300),
            &word.repeat(500),
        );
    }
    every_tool(site, "very-long");
});
