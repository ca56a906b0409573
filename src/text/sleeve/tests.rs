#![expect(clippy::unwrap_used, reason = "tests")]

use super::block::{Plates, frame};
use super::*;
use html5ever::tendril::TendrilSink;
use std::collections::HashSet;

const KINDS: [SleeveKind; 5] = [
    SleeveKind::Drama,
    SleeveKind::Song,
    SleeveKind::Artist,
    SleeveKind::Album,
    SleeveKind::Article,
];

fn plain<'a>(kind: SleeveKind, title: &'a str, native: &'a str) -> Sleeve<'a> {
    Sleeve {
        kind,
        title,
        native,
        moods: &[],
        marks: &[],
        number: None,
    }
}

/// A small strict reader: elements nest and close, attributes are quoted, only known names occur.
fn check(art: &str) {
    assert!(art.len() <= 8192, "{} bytes", art.len());
    assert!(art.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 320 320\">"));
    let mut open: Vec<&str> = Vec::new();
    let mut rest = art;
    while let Some(inside) = rest.strip_prefix('<') {
        let (tag, after) = inside.split_once('>').unwrap();
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name));
            continue;
        }
        let (tag, closed) = tag
            .strip_suffix('/')
            .map_or((tag, false), |tag| (tag, true));
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        assert!(
            ["svg", "rect", "circle", "path", "defs", "use"].contains(&name),
            "{name}"
        );
        if !closed {
            open.push(name);
        }
        let pieces: Vec<&str> = attributes.split('"').collect();
        assert!(attributes.is_empty() || pieces.len() % 2 == 1, "{tag}");
        let mut seen = HashSet::new();
        for (at, piece) in pieces.iter().enumerate() {
            if at % 2 == 0 && !piece.is_empty() {
                let key = piece.trim().strip_suffix('=').unwrap();
                assert!(
                    key.bytes().all(|b| b.is_ascii_alphabetic() || b == b'-'),
                    "{key}"
                );
                assert!(seen.insert(key), "{key} twice");
            } else {
                assert!(!piece.contains(['<', '&', '\'']), "{piece}");
            }
        }
    }
    assert!(rest.is_empty() && open.is_empty(), "{rest}");
    for number in art.split(|c: char| !c.is_ascii_digit() && c != '.') {
        let decimals = number.split_once('.').map_or(0, |(_, part)| part.len());
        assert!(decimals <= 1 || number.contains("w3"), "{number}");
    }
}

#[test]
fn the_same_page_has_the_same_sleeve() {
    let page = plain(SleeveKind::Song, "The First Snow", "첫 눈");
    assert_eq!(svg(&page), svg(&page));
    // A change of these bytes changes every cached picture; let it be on purpose.
    assert_eq!(
        Dice::new(1, &["The First Snow", "첫 눈"]).0 % 1000,
        FIRST_SNOW
    );
}

const FIRST_SNOW: u64 = 451;

#[test]
fn a_thousand_titles_have_a_thousand_sleeves() {
    for kind in KINDS {
        let sleeves: HashSet<String> = (0..1000_u32)
            .map(|at| {
                let native: String = (0..3)
                    .filter_map(|step| char::from_u32(0xAC00 + (at * 7919 + step * 3571) % 11_172))
                    .collect();
                svg(&plain(kind, &format!("Song {at}"), &native))
            })
            .collect();
        assert!(sleeves.len() >= 990, "{kind:?} {}", sleeves.len());
    }
}

#[test]
fn titles_that_share_their_first_words_still_differ() {
    let titles = (0..200).map(|at| format!("I Will Go To You Like {at}"));
    let sleeves: HashSet<String> = titles
        .map(|title| svg(&plain(SleeveKind::Song, &title, "")))
        .collect();
    assert!(sleeves.len() >= 190, "{}", sleeves.len());
}

#[test]
fn every_syllable_draws_inside_its_cell() {
    let numbers = |path: &str| -> Vec<f32> {
        let spaced: String = path
            .chars()
            .map(|c| if c.is_ascii_alphabetic() { ' ' } else { c })
            .collect();
        spaced
            .replace('-', " -")
            .split_whitespace()
            .map(|n| n.parse().unwrap())
            .collect()
    };
    for place in 0..11_172_usize {
        for (side, solid) in [(200.0, false), (40.0, true)] {
            let mut plates = Plates::default();
            let glyph = Glyph::Syllable(place / 588, place % 588 / 28, place % 28);
            plates.glyph(
                glyph,
                frame(0.0, 0.0, side, side),
                Cut {
                    weight: 0.26,
                    solid,
                },
            );
            plates.join();
            let drawn = numbers(plates.body.data());
            assert!(drawn.len() > 10, "{place}");
            let wild = drawn.iter().any(|n| n.is_nan() || n.abs() > side * 1.2);
            assert!(!wild, "{place} {}", plates.body.data());
        }
    }
}

#[test]
fn sleeves_are_well_formed_whatever_the_page_is_called() {
    let hostile = [
        "",
        "\"><script>alert(1)</script>",
        "a\0b",
        "😀😀",
        "مرحبا",
        "]]>&amp;",
        "'",
        "ㅋㅋㅋ",
        "한",
        "뷁뷁뷁뷁",
        "W",
        "MMMMMMMMMMMMMM",
        "Ünïcödé",
        "123",
        "가\u{301}",
        "\u{1112}\u{1161}\u{11AB}",
    ];
    let long = "긴 이름 ".repeat(5000);
    let marks: Vec<u16> = (0..500).map(|at| at * 131).collect();
    for kind in KINDS {
        for title in hostile.iter().copied().chain([long.as_str()]) {
            for (native, marks, number) in [
                ("", &[][..], None),
                (title, &marks[..], Some(65_535)),
                ("도깨비", &[0, 0], Some(0)),
            ] {
                let art = svg(&Sleeve {
                    marks,
                    number,
                    moods: &["sad", "<"],
                    ..plain(kind, title, native)
                });
                check(&art);
                assert!(!art.contains("script") && !art.contains("style"));
            }
        }
    }
}

#[test]
fn a_parser_finds_one_picture_and_no_text() {
    let art = svg(&plain(SleeveKind::Drama, "Winter Sonata", "겨울연가"));
    let page = html5ever::parse_document(
        markup5ever_rcdom::RcDom::default(),
        html5ever::ParseOpts::default(),
    );
    let dom = page.one(art);
    let mut left = vec![dom.document.clone()];
    let mut shapes = 0;
    while let Some(node) = left.pop() {
        match &node.data {
            markup5ever_rcdom::NodeData::Text { contents } => assert_eq!(&**contents.borrow(), ""),
            markup5ever_rcdom::NodeData::Element { .. } => shapes += 1,
            _ => {}
        }
        left.extend(node.children.borrow().iter().cloned());
    }
    assert!(shapes > 6, "{shapes}");
}

#[test]
fn many_real_shapes_keep_the_size_cap_and_stay_small() {
    let words = [
        "눈물의",
        "겨울연가",
        "꽃보다",
        "괜찮아",
        "뷁쀍뛟꿻",
        "사랑의 불시착",
        "슬기로운 의사생활",
    ];
    let mut total = 0;
    for at in 0..700_usize {
        let (kind, word) = (
            *KINDS.iter().cycle().nth(at).unwrap(),
            *words.iter().cycle().nth(at / 5).unwrap(),
        );
        let title = format!("Page {at}");
        let art = svg(&Sleeve {
            number: u16::try_from(at % 20).ok(),
            ..plain(kind, &title, word)
        });
        check(&art);
        total += art.len();
    }
    assert!(total / 700 < 4096, "{}", total / 700);
}

#[test]
fn the_parts_of_a_series_share_their_composition_but_not_the_picture() {
    let part = |number| {
        svg(&Sleeve {
            number,
            ..plain(SleeveKind::Album, "Goblin", "도깨비")
        })
    };
    let parts: HashSet<String> = (0..20)
        .map(|number| part(Some(number)))
        .chain([part(None)])
        .collect();
    assert_eq!(parts.len(), 21);
}
