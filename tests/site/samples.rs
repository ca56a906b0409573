//! Every page template in four samples: empty, typical, hostile, very long. Each is saved as a page through the one save path
//! and read back through the site; typical ones come from the catalogue.

mod tools;

use std::fmt::Write as _;

use yeoun::models::catalogue;
use yeoun::models::page::Kind;
use yeoun::models::page::lives;
use yeoun::models::user::{Editor, Moderator};

use crate::support::store::AT;
use crate::support::{Refused, Site, page};
use crate::{on_both_stores, read_on_both_stores};

/// Text that would break out of every place it could stand in.
const HOSTILE: &str = r#"</title></script><script>alert(1)</script>"' onerror=alert(1) <img src=x> {{7*7}} ]]> & 한글"#;
/// The same in prose, with links and a card that lead nowhere good.
const HOSTILE_PROSE: &str = "## <b onclick=x>\"'&\n\n<script>alert(1)</script> [x](javascript:alert(1)) ![x](http://evil.example/x.png) \
[[song:no-such-song|<i>x</i>]] ![[song:no-such-song]]\n\n:::spoiler ep=9\n<iframe src=//evil.example>\n:::\n\n| <td> | \" |\n|---|---|\n| </table> | ' |\n";

fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

/// Facts of a kind in which every text is `text`, and every list has `rows` rows.
fn facts(kind: Kind, text: &str, rows: usize) -> String {
    let text = quoted(text);
    let evidence = format!("sources = [1]\nunverified = true\nreason = {text}\n");
    let mut toml = match kind {
        Kind::Drama => format!(
            "kind = \"series\"\nnetworks = [{text}]\ngenres = [{text}]\nfirst_aired = \"2016\"\nepisodes = 16\nmoods = [\"sad\"]\n"
        ),
        Kind::Song => format!("languages = [\"ko\"]\nmoods = [\"sad\"]\nremake_of = {text}\n"),
        Kind::Artist => format!("type = \"group\"\nagency = {text}\n"),
        Kind::Album => format!(
            "kind = \"part\"\ndrama = \"drama:goblin\"\npart = {text}\nlabel = {text}\ncatalogue_number = {text}\ntime = \"18:00\"\ndate = \"2016-12\"\n"
        ),
        Kind::Article => format!("summary = {text}\nauthors = [{text}]\n"),
    };
    writeln!(toml, "disambiguation = {text}").unwrap();
    let names = [
        ("en", "official", true),
        ("ko", "official", true),
        ("ko-Latn", "romanised", true),
    ];
    for (locale, kind, primary) in names {
        write!(toml, "[[names]]\nvalue = {text}\nlocale = \"{locale}\"\nkind = \"{kind}\"\nprimary = {primary}\n").unwrap();
    }
    write!(
        toml,
        "[[sources]]\nid = 1\npublisher = {text}\ndetail = {text}\nurl = \"https://example.org/\"\n"
    )
    .unwrap();
    write!(
        toml,
        "[[links]]\nsite = {text}\nurl = \"https://example.org/?a=1&b=2\"\n"
    )
    .unwrap();
    write!(
        toml,
        "[[claims]]\nfield = {text}\nvalue = {text}\nrank = \"also\"\n{evidence}"
    )
    .unwrap();
    for row in 1..=rows {
        let credits =
            format!("[[credits]]\nrole = \"composer\"\ntext = {text}\ndetail = {text}\n{evidence}");
        match kind {
            Kind::Drama => write!(toml, "{credits}[[cast]]\ncharacter = {text}\ntext = {text}\n{evidence}"),
            Kind::Song => write!(
                toml,
                "{credits}[[uses]]\ndrama = \"drama:goblin\"\nrole = \"couple_theme\"\nabout = {text}\nnote = {text}\n{evidence}\
                 [[versions]]\nkind = \"vocal\"\nlabel = {text}\ncredit = [{{ text = {text}, join = {text} }}]\n{evidence}\
                 [[cues]]\ndrama = \"drama:goblin\"\nepisode = 7\nbegin = \"{}:{:02}\"\nkind = \"diegetic\"\ndescription = {text}\ncharacters = [{text}]\n{evidence}",
                row / 60,
                row % 60,
            ),
            Kind::Artist => write!(toml, "[[members]]\ntext = {text}\nfrom = \"2012\"\n{evidence}"),
            Kind::Album => write!(toml, "[[tracks]]\ntitle = {text}\n{evidence}"),
            Kind::Article => Ok(()),
        }
        .unwrap();
    }
    toml
}

/// The least a page of a kind can be.
fn least(kind: Kind) -> &'static str {
    match kind {
        Kind::Drama => "kind = \"series\"\n",
        Kind::Artist => "type = \"person\"\n",
        Kind::Album => "kind = \"part\"\n",
        Kind::Song | Kind::Article => "",
    }
}

fn import(site: &Site, kind: Kind, slug: &str, toml: &str, prose: &str) {
    let file = (
        format!("{}/{slug}.md", kind.plural()),
        format!("+++\n{toml}+++\n\n{prose}\n"),
    );
    let report = site
        .write(move |conn| -> Result<_, Refused> {
            Ok(catalogue::import(
                conn,
                &Editor::operator(),
                std::slice::from_ref(&file),
                AT,
            )?)
        })
        .unwrap();
    assert_eq!(report.problems, Vec::new());
    assert_eq!(report.created, 1, "{kind} {slug}");
}

fn sound(site: &Site, path: &str) -> String {
    let reply = site.get(path);
    assert_eq!(reply.status, 200, "{path}");
    assert_eq!(
        page::read(reply.source()).faults,
        Vec::<String>::new(),
        "{path}"
    );
    reply.source().to_owned()
}

read_on_both_stores!(typical_pages_are_sound, |site| {
    for path in [
        "/dramas/goblin",
        "/songs/stay-with-me",
        "/artists/nam-hye-seung",
        "/albums/goblin-part-9",
        "/articles/how-an-ost-is-made",
    ] {
        sound(site, path);
        for below in [
            "/history/1",
            "/history",
            "/diff",
            "/diff?prose=side",
            "/links",
            "/info",
        ] {
            sound(site, &format!("{path}{below}"));
        }
    }
});

/// A page of which nothing is known but its name.
fn nothing(site: &Site, kind: Kind) {
    let name = "[[names]]\nvalue = \"Nothing\"\nlocale = \"en\"\nkind = \"official\"\n";
    import(site, kind, "nothing", &format!("{}{name}", least(kind)), "");
}

fn hostile(site: &Site, kind: Kind) {
    import(
        site,
        kind,
        "hostile",
        &facts(kind, HOSTILE, 2),
        HOSTILE_PROSE,
    );
}

fn very_long(site: &Site, kind: Kind) {
    let word = "아주긴이름 Averyveryverylongwordwithoutaplacetobreak ".repeat(4);
    let words = "Words upon words. [[song:stay-with-me]] ".repeat(2_000);
    let prose = format!("## {word}\n\n{words}");
    import(
        site,
        kind,
        "very-long",
        &facts(kind, word.trim(), 300),
        &prose,
    );
}

on_both_stores!(a_page_of_which_nothing_is_known_is_sound, |site| {
    for kind in Kind::ALL.iter().copied() {
        nothing(site, kind);
        let body = sound(site, &format!("/{}/nothing", kind.plural()));
        assert!(body.contains("Nothing"));
        sound(site, &format!("/{}/nothing/diff", kind.plural()));
        sound(site, &format!("/{}", kind.plural()));
    }
});

on_both_stores!(a_hostile_page_stays_text, |site| {
    for kind in Kind::ALL.iter().copied() {
        hostile(site, kind);
        for path in [
            format!("/{}/hostile", kind.plural()),
            format!("/{}/hostile/history", kind.plural()),
            format!("/{}/hostile/diff", kind.plural()),
            format!("/{}/hostile/diff?prose=side", kind.plural()),
            format!("/{}/hostile/info", kind.plural()),
            format!("/{}/hostile/links", kind.plural()),
            format!("/{}", kind.plural()),
        ] {
            let body = sound(site, &path);
            assert!(!body.contains("<script>alert"), "{path}");
            assert!(!body.contains("<img src=x"), "{path}");
            assert!(!body.contains("src=\"http://evil"), "{path}");
            assert!(!body.contains("=\"javascript:"), "{path}");
        }
        let art = site.get(&format!("/art/{}/hostile.svg", kind.plural()));
        assert_eq!(art.status, 200);
        assert!(!art.source().contains("script"));
    }
    // What other pages show of them, and what machines read.
    for path in [
        "/",
        "/dramas/goblin",
        "/dramas/goblin/episodes/7",
        "/dramas/goblin/episodes/7?at=0:01",
        "/moods/sad",
        "/years/2016",
    ] {
        let body = sound(site, path);
        assert!(!body.contains("<script>alert"), "{path}");
    }
    for path in ["/feeds/changes.atom", "/sitemaps/songs-1.xml"] {
        let reply = site.get(path);
        assert_eq!(reply.status, 200, "{path}");
        assert!(!reply.source().contains("<script>"), "{path}");
    }
});

on_both_stores!(a_very_long_page_is_sound, |site| {
    for kind in Kind::ALL.iter().copied() {
        very_long(site, kind);
        for below in [
            "",
            "/history",
            "/diff",
            "/diff?prose=side",
            "/info",
            "/links",
        ] {
            sound(site, &format!("/{}/very-long{below}", kind.plural()));
        }
    }
    sound(site, "/dramas/goblin");
    sound(site, "/dramas/goblin/episodes/7");
});

on_both_stores!(
    pages_that_are_not_there_are_sound_whatever_was_asked,
    |site| {
        for asked in [
            "nothing-like-it",
            "<script>alert(1)<",
            "%22%27%3Cb%3E",
            "도깨비불",
            "{{7*7}}",
        ] {
            for kind in Kind::ALL.iter().copied() {
                let path = format!("/{}/{asked}", kind.plural());
                let reply = site.get(&path);
                assert_eq!(reply.status, 404, "{path}");
                assert_eq!(
                    page::read(reply.source()).faults,
                    Vec::<String>::new(),
                    "{path}"
                );
                assert!(!reply.source().contains("<script>alert"), "{path}");
            }
        }
        let (doomed, ..) = site.page(Kind::Song, "hush");
        site.write(move |conn| -> Result<_, Refused> {
            Ok(lives::delete(
                conn,
                &Moderator::operator(),
                doomed.id,
                HOSTILE,
                AT + 1,
            )?)
        })
        .unwrap();
        let reply = site.get("/songs/hush");
        assert_eq!(reply.status, 410);
        assert_eq!(page::read(reply.source()).faults, Vec::<String>::new());
        assert!(!reply.source().contains("<script>alert"));
    }
);
