#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use proptest::prelude::*;

use super::tokens::tokens;
use super::{Count, Paragraph, Piece, Stretch, count, diff, folded};

fn older(paragraphs: &[Paragraph]) -> String {
    let pieces = paragraphs.iter().flat_map(|paragraph| &paragraph.pieces);
    pieces
        .filter(|piece| piece.is_before())
        .map(Piece::text)
        .collect()
}

fn newer(paragraphs: &[Paragraph]) -> String {
    let pieces = paragraphs.iter().flat_map(|paragraph| &paragraph.pieces);
    pieces
        .filter(|piece| piece.is_after())
        .map(Piece::text)
        .collect()
}

/// `[-removed-]{+added+}`, paragraphs apart by a bar.
fn written(paragraphs: &[Paragraph]) -> String {
    let of_one = |paragraph: &Paragraph| -> String {
        paragraph
            .pieces
            .iter()
            .map(|piece| match piece {
                Piece::Same(text) => text.clone(),
                Piece::Removed(text) => format!("[-{text}-]"),
                Piece::Added(text) => format!("{{+{text}+}}"),
            })
            .collect()
    };
    paragraphs.iter().map(of_one).collect::<Vec<_>>().join("|")
}

#[test]
fn words_are_told_apart() {
    for (text, words) in [
        ("OST는 좋다", vec!["OST", "는", " ", "좋다"]),
        ("it's  9/8", vec!["it", "'", "s", "  ", "9", "/", "8"]),
        ("눈의꽃 雪の華", vec!["눈의꽃", " ", "雪", "の", "華"]),
        ("", vec![]),
    ] {
        assert_eq!(tokens(text).collect::<Vec<_>>(), words);
    }
}

#[test]
fn changes_are_told_in_words_a_reader_understands() {
    for (before, after, said) in [
        ("the same", "the same", "the same"),
        ("a slow song", "a sad song", "a [-slow-]{+sad+} song"),
        (
            "도깨비는 간다",
            "도깨비가 간다",
            "[-도깨비는-]{+도깨비가+} 간다",
        ),
        ("one two three", "one three", "one [-two -]three"),
        ("A.\n\nB.\n\nC.", "A.\n\nC.", "A.\n\n|[-B.\n\n-]|C."),
        ("A.", "A.\n\nB.", "A.{+\n\n+}|{+B.+}"),
        ("", "New.\n", "{+New.\n+}"),
        ("Old.", "", "[-Old.-]"),
        // Two words that follow each other were replaced together, not one by one with a space kept between.
        (
            "go red fox home",
            "go blue cat home",
            "go [-red fox-]{+blue cat+} home",
        ),
    ] {
        assert_eq!(written(&diff(before, after)), said);
    }
}

#[test]
fn a_paragraph_written_anew_is_not_torn_to_confetti() {
    let before = "The song opens with a piano that repeats one bar, and the voice comes in late.";
    let after =
        "Nobody who watched it forgets where this plays: the bridge, the rain and a red umbrella.";
    let pieces = &diff(before, after)[0].pieces;
    assert_eq!(
        pieces,
        &[
            Piece::Removed(before.to_owned()),
            Piece::Added(after.to_owned())
        ]
    );
}

#[test]
fn words_are_counted_and_signs_are_not() {
    let paragraphs = diff("눈의 꽃, again.", "눈의 꽃 (Part 2), again!");
    assert_eq!(
        count(&paragraphs),
        Count {
            added: 2,
            removed: 0
        }
    );
    assert_eq!(count(&diff("x y", "x y")), Count::default());
}

#[test]
fn only_what_is_near_a_change_is_shown() {
    let before: Vec<String> = (0..20).map(|n| format!("Paragraph {n}.")).collect();
    let mut after = before.clone();
    after[10].push_str(" And more.");
    let stretches = folded(diff(&before.join("\n\n"), &after.join("\n\n")), 1);
    let lengths: Vec<usize> = stretches
        .iter()
        .map(|stretch| match stretch {
            Stretch::Shown(_) => 1,
            Stretch::Folded(list) => list.len(),
        })
        .collect();
    assert_eq!(lengths, [9, 1, 1, 1, 8]);
    assert!(matches!(&stretches[2], Stretch::Shown(paragraph) if paragraph.is_changed()));
}

#[test]
fn the_work_is_bounded_whatever_the_texts_are() {
    // Nothing but repetition, shifted: the worst there is for most ways of comparing.
    let long: String = (0..20_000).map(|n| format!("{} ", n % 7)).collect();
    let other: String = (0..20_000).map(|n| format!("{} ", n * n % 11)).collect();
    let start = std::time::Instant::now();
    let paragraphs = diff(&long, &other);
    assert!(start.elapsed() < std::time::Duration::from_secs(5));
    assert_eq!(older(&paragraphs), long);
    let broken = long.replace(' ', "\n\n");
    assert_eq!(newer(&diff(&broken, &other)), other);
    assert!(start.elapsed() < std::time::Duration::from_secs(10));
}

/// Texts of few words, so that much is the same, with every kind of character.
fn text() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        Just("비"),
        Just("OST는"),
        Just("a"),
        Just("song"),
        Just("song"),
        Just(" "),
        Just(" "),
        Just("\n"),
        Just("\n\n"),
        Just(" \n \n"),
        Just("."),
        Just("[[song#1]]"),
        Just("雪"),
        Just("\u{301}"),
        Just("🌧"),
        Just("\r\n\r\n"),
    ];
    proptest::collection::vec(word, 0..40).prop_map(|words| words.concat())
}

proptest! {
    #[test]
    fn both_texts_can_be_read_back(before in text(), after in text()) {
        let paragraphs = diff(&before, &after);
        prop_assert_eq!(older(&paragraphs), before);
        prop_assert_eq!(newer(&paragraphs), after);
    }

    #[test]
    fn any_two_texts_can_be_read_back(before in ".{0,60}", after in ".{0,60}") {
        let paragraphs = diff(&before, &after);
        prop_assert_eq!(older(&paragraphs), before);
        prop_assert_eq!(newer(&paragraphs), after);
    }

    #[test]
    fn equal_texts_do_not_differ(one in text()) {
        let paragraphs = diff(&one, &one);
        prop_assert!(paragraphs.iter().all(|paragraph| paragraph.pieces.iter().all(|piece| !piece.is_change())));
        prop_assert_eq!(count(&paragraphs), Count::default());
        let pieces: usize = folded(paragraphs, 1).len();
        prop_assert!(pieces <= 1);
    }
}

#[test]
fn nothing_is_lost_by_folding() {
    let paragraphs = diff("A\n\nB\n\nC\n\nD", "A\n\nB\n\nX\n\nD");
    let all: Vec<Paragraph> = folded(paragraphs.clone(), 0)
        .into_iter()
        .flat_map(|stretch| match stretch {
            Stretch::Shown(paragraph) => vec![paragraph],
            Stretch::Folded(list) => list,
        })
        .collect();
    assert_eq!(all, paragraphs);
    assert_eq!(all.first().unwrap().pieces.len(), 1);
}
