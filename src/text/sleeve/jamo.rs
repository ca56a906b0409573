//! The tables of Hangul: what syllables are made of and how much room the parts need.

use super::letter::consonant;

/// The initials, spelled in basic consonants.
pub(super) const INITIALS: [&str; 19] = [
    "ㄱ", "ㄱㄱ", "ㄴ", "ㄷ", "ㄷㄷ", "ㄹ", "ㅁ", "ㅂ", "ㅂㅂ", "ㅅ", "ㅅㅅ", "ㅇ", "ㅈ", "ㅈㅈ",
    "ㅊ", "ㅋ", "ㅌ", "ㅍ", "ㅎ",
];
/// The finals, spelled in basic consonants; the first is none.
pub(super) const FINALS: [&str; 28] = [
    "", "ㄱ", "ㄱㄱ", "ㄱㅅ", "ㄴ", "ㄴㅈ", "ㄴㅎ", "ㄷ", "ㄹ", "ㄹㄱ", "ㄹㅁ", "ㄹㅂ", "ㄹㅅ",
    "ㄹㅌ", "ㄹㅍ", "ㄹㅎ", "ㅁ", "ㅂ", "ㅂㅅ", "ㅅ", "ㅅㅅ", "ㅇ", "ㅈ", "ㅊ", "ㅋ", "ㅌ", "ㅍ",
    "ㅎ",
];
/// The level and the upright part of each medial. Every medial has at least one of them.
pub(super) const MEDIALS: [(&str, &str); 21] = [
    ("", "ㅏ"),
    ("", "ㅐ"),
    ("", "ㅑ"),
    ("", "ㅒ"),
    ("", "ㅓ"),
    ("", "ㅔ"),
    ("", "ㅕ"),
    ("", "ㅖ"),
    ("ㅗ", ""),
    ("ㅗ", "ㅏ"),
    ("ㅗ", "ㅐ"),
    ("ㅗ", "ㅣ"),
    ("ㅛ", ""),
    ("ㅜ", ""),
    ("ㅜ", "ㅓ"),
    ("ㅜ", "ㅔ"),
    ("ㅜ", "ㅣ"),
    ("ㅠ", ""),
    ("ㅡ", ""),
    ("ㅡ", "ㅣ"),
    ("", "ㅣ"),
];

/// The least white between two strokes, in stroke widths.
pub(super) const WHITE: f32 = 0.6;

/// How many stroke widths a number of strokes needs with the white between them.
pub(super) fn crowd(strokes: f32) -> f32 {
    strokes + WHITE * (strokes - 1.0)
}

/// Width of an upright medial in strokes: stems and ticks.
pub(super) fn upright_width(medial: &str) -> f32 {
    match medial {
        "" => 0.0,
        "ㅣ" => 1.0,
        "ㅐ" | "ㅒ" => 2.7,
        "ㅔ" | "ㅖ" => 3.4,
        _ => 1.95,
    }
}

/// Height of a level medial in strokes.
pub(super) fn level_height(medial: &str) -> f32 {
    match medial {
        "" => 0.0,
        "ㅡ" => 1.0,
        _ => 1.95,
    }
}

/// Width and height in stroke widths that consonants side by side need.
pub(super) fn crowds(letters: &str) -> (f32, f32) {
    let all = letters.chars().map(consonant);
    let (across, down, count) = all.fold((0.0, 1.0_f32, 0.0), |(a, d, n), l| {
        (a + crowd(l.across), d.max(l.down), n + 1.0)
    });
    (across + WHITE * (count - 1.0_f32).max(0.0), crowd(down))
}
