//! Taking Hangul syllables apart, for search as you type and for Korean alphabetical lists.

use unicode_normalization::UnicodeNormalization;

/// The nineteen leading consonants, in the order Unicode composes them.
const LEADS: [char; 19] = [
    'ㄱ', 'ㄲ', 'ㄴ', 'ㄷ', 'ㄸ', 'ㄹ', 'ㅁ', 'ㅂ', 'ㅃ', 'ㅅ', 'ㅆ', 'ㅇ', 'ㅈ', 'ㅉ', 'ㅊ', 'ㅋ',
    'ㅌ', 'ㅍ', 'ㅎ',
];

/// The twenty-one vowels; compound ones as the keys they are typed with.
const VOWELS: [&str; 21] = [
    "ㅏ", "ㅐ", "ㅑ", "ㅒ", "ㅓ", "ㅔ", "ㅕ", "ㅖ", "ㅗ", "ㅗㅏ", "ㅗㅐ", "ㅗㅣ", "ㅛ", "ㅜ",
    "ㅜㅓ", "ㅜㅔ", "ㅜㅣ", "ㅠ", "ㅡ", "ㅡㅣ", "ㅣ",
];

/// The finals, the first of which is none; compound ones as the keys they are typed with.
const FINALS: [&str; 28] = [
    "", "ㄱ", "ㄲ", "ㄱㅅ", "ㄴ", "ㄴㅈ", "ㄴㅎ", "ㄷ", "ㄹ", "ㄹㄱ", "ㄹㅁ", "ㄹㅂ", "ㄹㅅ",
    "ㄹㅌ", "ㄹㅍ", "ㄹㅎ", "ㅁ", "ㅂ", "ㅂㅅ", "ㅅ", "ㅆ", "ㅇ", "ㅈ", "ㅊ", "ㅋ", "ㅌ", "ㅍ",
    "ㅎ",
];

const FIRST_SYLLABLE: u32 = 0xAC00;
const LAST_SYLLABLE: u32 = 0xD7A3;
const FINAL_COUNT: u32 = 28;
const VOWEL_COUNT: u32 = 21;

/// One Hangul syllable as positions in Unicode's lists of leads, vowels and finals (final 0: none).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Syllable {
    pub(super) lead: usize,
    pub(super) vowel: usize,
    pub(super) last: usize,
}

impl Syllable {
    /// The parts of a precomposed syllable (가–힣), by the arithmetic of the Unicode standard, section 3.12.
    pub(super) fn of(c: char) -> Option<Self> {
        let code = u32::from(c);
        if !(FIRST_SYLLABLE..=LAST_SYLLABLE).contains(&code) {
            return None;
        }
        let offset = code - FIRST_SYLLABLE;
        Some(Self {
            lead: (offset / (VOWEL_COUNT * FINAL_COUNT)) as usize,
            vowel: (offset / FINAL_COUNT % VOWEL_COUNT) as usize,
            last: (offset % FINAL_COUNT) as usize,
        })
    }
}

/// Whether the character is a Hangul syllable or letter of any of Unicode's blocks.
pub fn is_hangul(c: char) -> bool {
    matches!(u32::from(c),
        0x1100..=0x11FF | 0x3131..=0x318E | 0xA960..=0xA97C | 0xAC00..=0xD7A3 | 0xD7B0..=0xD7FB | 0xFFA1..=0xFFDC)
}

/// Whether any character of the text is Hangul.
pub fn has_hangul(text: &str) -> bool {
    text.chars().any(is_hangul)
}

/// The text with every Hangul syllable as the letters it is typed with: `도깨비` gives `ㄷㅗㄲㅐㅂㅣ`.
///
/// Compound vowels and finals become their two keys (`과` gives `ㄱㅗㅏ`, `닭` gives `ㄷㅏㄹㄱ`), so that whatever
/// stands in the search box halfway through a syllable is a prefix of the finished word. Doubled consonants are one
/// key and stay one letter. Other characters are kept.
pub fn jamo(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    for c in text.nfc() {
        if let Some(s) = Syllable::of(c) {
            out.extend(LEADS.get(s.lead));
            out.push_str(VOWELS.get(s.vowel).unwrap_or(&""));
            out.push_str(FINALS.get(s.last).unwrap_or(&""));
        } else {
            push_letter(c, &mut out);
        }
    }
    out
}

/// The leading consonant of every syllable: `도깨비` gives `ㄷㄲㅂ`. Consonants standing alone count as initials,
/// because that is how a reader types them; everything else is dropped.
pub fn initials(text: &str) -> String {
    let mut out = String::new();
    for c in text.nfc() {
        if let Some(s) = Syllable::of(c) {
            out.extend(LEADS.get(s.lead));
        } else {
            let mut letter = String::new();
            push_letter(c, &mut letter);
            out.extend(letter.chars().filter(|l| LEADS.contains(l)));
        }
    }
    out
}

/// The letter (ㄱ–ㅎ) under which a Korean list files the text, doubled consonants with their plain ones. `None` when
/// its first letter or digit is not Hangul.
pub fn index_letter(text: &str) -> Option<char> {
    let first = text.nfc().find(|c| c.is_alphanumeric())?;
    let lead = initials(first.encode_utf8(&mut [0; 4])).chars().next()?;
    Some(match lead {
        'ㄲ' => 'ㄱ',
        'ㄸ' => 'ㄷ',
        'ㅃ' => 'ㅂ',
        'ㅆ' => 'ㅅ',
        'ㅉ' => 'ㅈ',
        plain => plain,
    })
}

/// A letter outside any syllable: compound and conjoining ones as the keys they are typed with, others as they are.
fn push_letter(c: char, out: &mut String) {
    let code = u32::from(c);
    let at = |start: u32| (code - start) as usize;
    match code {
        0x1100..=0x1112 => out.extend(LEADS.get(at(0x1100))),
        0x1161..=0x1175 => out.push_str(VOWELS.get(at(0x1161)).unwrap_or(&"")),
        0x11A8..=0x11C2 => out.push_str(FINALS.get(at(0x11A7)).unwrap_or(&"")),
        0x314F..=0x3163 => out.push_str(VOWELS.get(at(0x314F)).unwrap_or(&"")),
        0x3131..=0x314E => {
            out.push_str(compound_consonant(c).unwrap_or(c.encode_utf8(&mut [0; 4])))
        }
        _ => out.push(c),
    }
}

/// The two keys of a compound final standing alone, as Korean keyboards make them while initials are typed.
fn compound_consonant(c: char) -> Option<&'static str> {
    Some(match c {
        'ㄳ' => "ㄱㅅ",
        'ㄵ' => "ㄴㅈ",
        'ㄶ' => "ㄴㅎ",
        'ㄺ' => "ㄹㄱ",
        'ㄻ' => "ㄹㅁ",
        'ㄼ' => "ㄹㅂ",
        'ㄽ' => "ㄹㅅ",
        'ㄾ' => "ㄹㅌ",
        'ㄿ' => "ㄹㅍ",
        'ㅀ' => "ㄹㅎ",
        'ㅄ' => "ㅂㅅ",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn syllables_become_the_letters_they_are_typed_with() {
        assert_eq!(jamo("도깨비"), "ㄷㅗㄲㅐㅂㅣ");
        assert_eq!(jamo("과닭 A1"), "ㄱㅗㅏㄷㅏㄹㄱ A1");
        assert_eq!(jamo("ㅋㅋㄳㅘ"), "ㅋㅋㄱㅅㅗㅏ");
        assert_eq!(jamo("\u{1103}\u{1169}"), "ㄷㅗ");
    }

    #[test]
    fn what_stands_in_the_search_box_is_a_prefix_of_the_word() {
        for typed in ["ㄷ", "도", "돆", "도깨", "도깹", "도깨비"] {
            assert!(jamo("도깨비").starts_with(&jamo(typed)), "{typed}");
        }
        assert!(jamo("과거").starts_with(&jamo("고")));
        assert!(jamo("각시").starts_with(&jamo("갃")));
    }

    #[test]
    fn initials_keep_only_leading_consonants() {
        assert_eq!(initials("도깨비"), "ㄷㄲㅂ");
        assert_eq!(initials("사랑의 OST 불시착"), "ㅅㄹㅇㅂㅅㅊ");
        assert_eq!(initials("ㄳㅏ"), "ㄱㅅ");
    }

    #[test]
    fn lists_file_doubled_consonants_with_plain_ones() {
        assert_eq!(index_letter("꽃보다 남자"), Some('ㄱ'));
        assert_eq!(index_letter("\"쌍갑포차\""), Some('ㅅ'));
        assert_eq!(index_letter("힐러"), Some('ㅎ'));
        assert_eq!(index_letter("OST 도깨비"), None);
        assert_eq!(index_letter(""), None);
    }

    proptest! {
        #[test]
        fn every_syllable_gives_two_to_five_letters_and_one_initial(text in "[가-힣]{0,20}") {
            let count = text.chars().count();
            let letters = jamo(&text).chars().count();
            prop_assert!(letters >= 2 * count && letters <= 5 * count);
            prop_assert_eq!(initials(&text).chars().count(), count);
        }

        #[test]
        fn any_text_can_be_taken_apart(text in "\\PC*") {
            let apart = jamo(&text);
            prop_assert_eq!(jamo(&apart), apart.nfc().collect::<String>());
            prop_assert_eq!(initials(&text).chars().filter(|c| !LEADS.contains(c)).count(), 0);
            let _ = index_letter(&text);
        }
    }
}
