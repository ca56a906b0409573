//! What letters must not do: be there unseen, turn the text beside them round, or stand for look-alikes of another alphabet.

use unicode_security::{RestrictionLevel, RestrictionLevelDetection};

/// Controls, default ignorables and direction marks.
pub fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(u32::from(c),
            0xAD | 0x34F | 0x61C | 0x115F | 0x1160 | 0x17B4 | 0x17B5 | 0x180B..=0x180F | 0x200B..=0x200F
            | 0x2028..=0x202E | 0x2060..=0x206F | 0x3164 | 0xFE00..=0xFE0F | 0xFEFF | 0xFFA0 | 0xFFF0..=0xFFFD
            | 0xE000..=0xF8FF | 0xE0000..=0xE0FFF | 0xF0000..=0x0010_FFFF)
}

/// Whether something in a line of text cannot be seen or turns it round. What joins or varies signs is good behind one it can act on:
/// a heart in red, two consonants of an Indic script.
pub fn hides_something(line: &str) -> bool {
    let mut before = ' ';
    line.chars().any(|c| {
        let acts = is_joiner(c) && !before.is_ascii() && (is_joiner(before) || !is_unseen(before));
        before = c;
        is_unseen(c) && !acts
    })
}

/// Joiners and what chooses between the shapes of a sign.
fn is_joiner(c: char) -> bool {
    matches!(u32::from(c), 0x200C | 0x200D | 0xFE00..=0xFE0F)
}

/// Whether a word mixes alphabets in a way that serves to imitate: Latin with Cyrillic or Greek, say. Korean, Japanese or Chinese
/// beside Latin does not.
pub fn imitates(line: &str) -> bool {
    line.split_whitespace().any(|word| {
        let letters: String = word.chars().filter(|c| c.is_alphabetic()).collect();
        letters.as_str().detect_restriction_level() > RestrictionLevel::ModeratelyRestrictive
            && !is_one_script(&letters)
    })
}

/// Letters of one alphabet, however rare they are.
fn is_one_script(letters: &str) -> bool {
    use unicode_security::mixed_script::AugmentedScriptSet;
    !AugmentedScriptSet::for_str(letters).is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_unseen_is_found() {
        for line in [
            "Stay\u{200b} With Me",
            "\u{202e}eM htiW yatS",
            "Stay \u{2066}With",
            "St\u{ad}ay",
            "\u{3164}",
            "Stay\u{200d} With Me",
            "\u{feff}Stay",
            "a\u{fe0f}",
            "a\nb",
            "x\u{e0061}",
        ] {
            assert!(hides_something(line), "{line:?}");
        }
        for line in [
            "Stay With Me",
            "도깨비",
            "Love ❤\u{fe0f}",
            "👩\u{200d}❤\u{fe0f}\u{200d}👨",
            "क्\u{200d}ष",
            "안녕, 나의 사랑 (feat. …)",
            "",
        ] {
            assert!(!hides_something(line), "{line:?}");
        }
    }

    #[test]
    fn look_alikes_of_another_alphabet_are_found() {
        // Cyrillic а, Greek ο, Cyrillic С.
        for line in ["St\u{430}y With Me", "G\u{3bf}blin", "\u{421}rush 신용재"] {
            assert!(imitates(line), "{line}");
        }
        for line in [
            "Stay With Me",
            "도깨비 OST",
            "첫눈처럼 너에게 가겠다",
            "Останься со мной",
            "Stay with me (Останься)",
            "天空の城 Laputa",
            "ไม่ใช่เธอ",
            "Zoë Ø",
            "100% ♥ 사랑",
            "그XX",
            "R&B×발라드",
            "ㄷㄲㅂ",
            "Ωμέγα",
            "ⅠⅡ",
            "",
        ] {
            assert!(!imitates(line), "{line}");
        }
    }
}
