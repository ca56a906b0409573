//! Search keys: what is left of a name when spelling, case, accents and romanisation no longer matter.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::romanise;
use crate::text::hangul;

/// The keys a page's names are found by. Page names and queries go through the same function.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Keys {
    /// NFC, lower case, without punctuation and spaces; `&` counts as `and`.
    pub norm: String,
    /// [`hangul::jamo`] of `norm`.
    pub jamo: String,
    /// [`hangul::initials`] of `norm`.
    pub initials: String,
    /// [`fold`] of the text.
    pub folded: String,
}

/// All search keys of a text.
pub fn keys(text: &str) -> Keys {
    let norm = norm(text);
    Keys {
        jamo: hangul::jamo(&norm),
        initials: hangul::initials(&norm),
        folded: fold(text),
        norm,
    }
}

/// [`Keys::norm`] alone. A text of punctuation alone keeps it, so that such a title can be found at all.
pub fn norm(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.nfc() {
        if c == '&' || c == '＆' {
            out.push_str("and");
        } else if c.is_alphanumeric() || is_combining_mark(c) {
            out.extend(c.to_lowercase());
        }
    }
    if out.is_empty() {
        out.extend(text.nfc().filter(|c| !c.is_whitespace()));
    }
    out.nfc().collect()
}

/// The key under which Revised Romanisation, McCune–Reischauer and fan spellings of one Korean name meet, and the
/// Hangul with them: `dokkaebi`, `dokebi`, `tokkaebi` and `도깨비` all give `tukepi`.
///
/// It is deliberately coarse (ㅓ ㅗ ㅜ ㅡ are one vowel; voiced, tense and aspirated consonants are one consonant) and
/// only meant for finding candidates, never for deciding that two names are the same.
pub fn fold(text: &str) -> String {
    let mut letters = String::with_capacity(text.len());
    let latin = romanise(&text.replace(['&', '＆'], " and "));
    for word in
        latin.split(|c: char| !(c.is_alphanumeric() || is_combining_mark(c) || is_apostrophe(c)))
    {
        let plain: String = word
            .nfkd()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect();
        letters.push_str(surname(&plain).unwrap_or(&plain));
    }
    fold_letters(&letters)
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '`' | 'ʻ')
}

/// Customary spellings of surnames that follow English rather than any system.
fn surname(word: &str) -> Option<&'static str> {
    Some(match word {
        "lee" | "yi" | "rhee" | "rhie" => "i",
        "park" | "bark" => "bak",
        "choi" => "choe",
        _ => return None,
    })
}

/// Spellings replaced from left to right, the first that fits; a longer one stands before its own beginning.
const SOUNDS: [(&str, &str); 56] = [
    ("oeu", "u"),
    ("oeo", "u"),
    ("au", "eu"),
    ("ao", "eu"),
    ("eui", "i"),
    ("woo", "u"),
    ("wu", "u"),
    ("weo", "wu"),
    ("ae", "e"),
    ("oe", "e"),
    ("oi", "e"),
    ("eo", "u"),
    ("eu", "u"),
    ("ee", "i"),
    ("oo", "u"),
    ("ou", "u"),
    ("ui", "i"),
    ("o", "u"),
    ("tch", "c"),
    ("tj", "c"),
    ("ch", "c"),
    ("ck", "k"),
    ("kh", "k"),
    ("kk", "k"),
    ("gg", "k"),
    ("gh", "k"),
    ("th", "t"),
    ("tt", "t"),
    ("dd", "t"),
    ("ph", "p"),
    ("pp", "p"),
    ("bb", "p"),
    ("jj", "c"),
    ("sh", "s"),
    ("ss", "s"),
    ("ll", "l"),
    ("lr", "l"),
    ("rl", "l"),
    ("rh", "l"),
    ("rr", "l"),
    ("nn", "n"),
    ("mm", "m"),
    ("g", "k"),
    ("q", "k"),
    ("c", "k"),
    ("d", "t"),
    ("b", "p"),
    ("f", "p"),
    ("v", "p"),
    ("j", "c"),
    ("z", "c"),
    ("r", "l"),
    ("x", "ks"),
    ("ı", "i"),
    ("ø", "u"),
    ("æ", "e"),
];

fn fold_letters(letters: &str) -> String {
    let mut out = String::with_capacity(letters.len());
    let mut rest = letters;
    while let Some(c) = rest.chars().next() {
        if let Some((sound, after)) = SOUNDS
            .iter()
            .find_map(|(from, to)| Some((*to, rest.strip_prefix(from)?)))
        {
            push_folded(sound, &mut out);
            rest = after;
            continue;
        }
        rest = rest.get(c.len_utf8()..).unwrap_or("");
        // An h is only heard before a vowel; in Suh, Noh or Oh it lengthens the one before it.
        let silent = c == 'h' && !rest.starts_with(['a', 'e', 'i', 'o', 'u', 'y', 'w']);
        if !silent {
            push_folded(c.encode_utf8(&mut [0; 4]), &mut out);
        }
    }
    out
}

/// Appends and lets no letter stand twice; digits may.
fn push_folded(sound: &str, out: &mut String) {
    for c in sound.chars() {
        if c.is_numeric() || !out.ends_with(c) {
            out.push(c);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn systems_and_habits_of_spelling_meet() {
        for group in [
            &[
                "도깨비",
                "dokkaebi",
                "dokebi",
                "tokkaebi",
                "Dokkebi",
                "Tokkaebi",
            ][..],
            &[
                "김고은",
                "Gim Goeun",
                "Kim Go-eun",
                "Kim Koŭn",
                "kim go eun",
            ],
            &["공유", "Gong Yoo", "Gong Yu", "Kong Yu"],
            &["박보검", "Park Bo-gum", "Bak Bogeom", "Pak Pogŏm"],
            &["이민호", "Lee Min-ho", "Yi Minho", "I Minho"],
            &["서현진", "Seo Hyun-jin", "Suh Hyunjin", "Sŏ Hyŏnjin"],
            &[
                "정은지",
                "Jung Eun-ji",
                "Jeong Eunji",
                "Chŏng Ŭnji",
                "Chung Eun-jee",
            ],
            &[
                "사랑의 불시착",
                "Sarangui bulsichak",
                "Sarangŭi pulsich'ak",
                "Sarangeui Bulshichak",
            ],
            &["신혜선", "Shin Hye-sun", "Sin Hyeseon"],
            &["문채원", "Moon Chae-won", "Mun Chaewon", "Mun Ch'aewŏn"],
            &["남혜승", "Nam Hye-seung", "Nam Hyesŭng"],
            &["우효", "Woo Hyo", "Uhyo"],
            &["최성원", "Choi Sung-won", "Choe Seongwon"],
        ] {
            let folded: Vec<String> = group.iter().map(|name| fold(name)).collect();
            assert!(
                folded.iter().all(|f| Some(f) == folded.first()),
                "{group:?} {folded:?}"
            );
        }
    }

    #[test]
    fn different_names_stay_apart() {
        for (one, other) in [
            ("도깨비", "두바이"),
            ("Punch", "Panchi"),
            ("Stay With Me", "Stay"),
            ("2016", "206"),
            ("1100", "100"),
            ("김고은", "김유정"),
        ] {
            assert_ne!(fold(one), fold(other), "{one} {other}");
        }
    }

    #[test]
    fn norm_drops_case_punctuation_and_spaces() {
        let it = keys("It’s Okay & 도깨비!");
        assert_eq!(it.norm, "itsokayand도깨비");
        assert_eq!(it.jamo, "itsokayandㄷㅗㄲㅐㅂㅣ");
        assert_eq!(it.initials, "ㄷㄲㅂ");
        assert_eq!(it, keys("it's okay and 도깨비"));
        assert_eq!(keys("CAFÉ").norm, keys("cafe\u{301}").norm);
        assert_eq!(keys("♥ ?").norm, "♥?");
    }
}
