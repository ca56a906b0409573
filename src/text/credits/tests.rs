use std::collections::BTreeSet;

use proptest::prelude::*;

use super::{Block, read, spellings};

fn read_as(text: &str) -> Vec<(&'static str, String)> {
    let credits = read(text).credits.into_iter();
    credits
        .map(|credit| match credit.detail.as_str() {
            "" => (credit.role, credit.name),
            detail => (credit.role, format!("{} [{detail}]", credit.name)),
        })
        .collect()
}

fn of<'a>(pairs: &[(&'a str, &str)]) -> Vec<(&'a str, String)> {
    pairs
        .iter()
        .map(|(role, name)| (*role, (*name).to_owned()))
        .collect()
}

/// Blocks, and who they say did what.
const BLOCKS: &[(&str, &[(&str, &str)])] = &[
    ("Composed by Rocoberry", &[("composer", "Rocoberry")]),
    ("작곡 로코베리", &[("composer", "로코베리")]),
    (
        "작곡: 로코베리, 이승주",
        &[("composer", "로코베리"), ("composer", "이승주")],
    ),
    (
        "작사/작곡 로코베리",
        &[("lyricist", "로코베리"), ("composer", "로코베리")],
    ),
    (
        "작사, 작곡 : 지훈 & 이승주",
        &[
            ("lyricist", "지훈"),
            ("lyricist", "이승주"),
            ("composer", "지훈"),
            ("composer", "이승주"),
        ],
    ),
    (
        "작사 지훈 작곡 로코베리 편곡 이승주",
        &[
            ("lyricist", "지훈"),
            ("composer", "로코베리"),
            ("arranger", "이승주"),
        ],
    ),
    (
        "작사 작곡 편곡 로코베리",
        &[
            ("lyricist", "로코베리"),
            ("composer", "로코베리"),
            ("arranger", "로코베리"),
        ],
    ),
    (
        "Lyrics: Jihoon / Music: Rocoberry / Arrangement: Rocoberry",
        &[
            ("lyricist", "Jihoon"),
            ("composer", "Rocoberry"),
            ("arranger", "Rocoberry"),
        ],
    ),
    (
        "LYRICS & MUSIC BY Nam Hye-seung and Park Sang-hee",
        &[
            ("lyricist", "Nam Hye-seung"),
            ("lyricist", "Park Sang-hee"),
            ("composer", "Nam Hye-seung"),
            ("composer", "Park Sang-hee"),
        ],
    ),
    (
        "- Mixed by 조준성 @ W Sound",
        &[("mix_engineer", "조준성"), ("studio", "W Sound [mixing]")],
    ),
    (
        "Recorded at Studio A",
        &[("studio", "Studio A [recording]")],
    ),
    ("Label: Stone Music", &[("label", "Stone Music")]),
    ("Piano 김 / Bass", &[]),
    (
        "Piano: 길은경, Guitar: 적재",
        &[
            ("instrument", "길은경 [piano]"),
            ("instrument", "적재 [guitar]"),
        ],
    ),
    ("스트링 편곡 박인영", &[("string_arranger", "박인영")]),
    (
        "Arranged by Jung Key(정키), Earattack (이어어택, x)",
        &[
            ("arranger", "Jung Key(정키)"),
            ("arranger", "Earattack (이어어택, x)"),
        ],
    ),
    ("작곡\n로코베리", &[("composer", "로코베리")]),
    (
        "Vocals: Heize feat. Han Suji",
        &[("vocals", "Heize"), ("featuring", "Han Suji")],
    ),
];

#[test]
fn blocks_are_read_as_they_are_printed() {
    for (text, credits) in BLOCKS {
        assert_eq!(read_as(text), of(credits), "{text}");
    }
}

#[test]
fn what_is_not_understood_comes_back() {
    let block = read(
        "Goblin OST Part 1\n작곡 로코베리\n\nThank you for listening\n01. Stay With Me - Lyrics by Jihoon\n편곡",
    );
    assert_eq!(
        block.unread,
        [
            "Goblin OST Part 1",
            "Thank you for listening",
            "01. Stay With Me -",
            "편곡"
        ]
    );
    assert_eq!(block.credits.len(), 2);
    assert_eq!(read("Musical lyrics of the composed").credits, []);
}

#[test]
fn names_in_two_scripts_have_two_spellings() {
    assert_eq!(
        spellings("Rocoberry (로코베리)"),
        ["Rocoberry (로코베리)", "Rocoberry", "로코베리"]
    );
    assert_eq!(spellings("Punch"), ["Punch"]);
}

/// Lines put together from roles, names and what stands between them.
fn blocks() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "작곡",
        "작사",
        "편곡",
        "Composed by",
        "Lyrics",
        "Music",
        "Mixed by",
        "feat.",
        "Piano",
        "by",
        ":",
        ",",
        "&",
        "/",
        "@",
        "(",
        ")",
        " and ",
        "\n",
        " ",
        " ",
        "-",
        "|",
        "및",
        "로코베리",
        "Rocoberry",
        "Jung Key",
        "지훈",
        "W Sound",
        "1",
        "İ",
        "ß",
        "\t",
        "+",
    ]);
    prop::collection::vec(pieces, 0..24).prop_map(|pieces| pieces.concat())
}

/// Runs of letters and digits.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
}

proptest! {
    #[test]
    fn nothing_is_lost(text in prop_oneof![blocks(), "\\PC*", "(\\PC|\n){0,60}"]) {
        let block = read(&text);
        let mut out: String = block.unread.join("\n");
        for credit in &block.credits {
            out.push('\n');
            out.push_str(&credit.name);
            prop_assert!(!credit.name.trim().is_empty());
        }
        let roles: String = super::roles::words().collect::<Vec<_>>().join(" ");
        for word in words(&text) {
            let lower = word.to_lowercase();
            let is_read = words(&roles).any(|of| of == lower) || matches!(lower.as_str(), "and" | "및");
            prop_assert!(is_read || out.contains(word), "{:?} of {:?}", word, text);
        }
    }

    /// What became a credit does not come back, and what comes back is there once: pressed again, the button makes no second row of it.
    #[test]
    fn nothing_is_told_twice(text in blocks()) {
        let block = read(&text);
        let names: BTreeSet<&str> = block.credits.iter().map(|credit| credit.name.as_str()).collect();
        let credited: usize = names.into_iter().map(str::len).sum();
        let left = |block: &Block| block.unread.iter().map(String::len).sum::<usize>();
        prop_assert!(credited + left(&block) <= text.len(), "{block:?}");
        let again = read(&block.unread.join("\n\n"));
        prop_assert!(left(&again) <= left(&block), "{block:?} {again:?}");
    }
}
