//! Revised Romanisation of Korean, and the keys under which different spellings of one name meet.
//!
//! The rules are those of the Korean government's notice of 2000 (2000-8): pronunciation is written, except that
//! tensed consonants are not. Where the notice asks for the part of speech (ㅎ after ㄱ and ㅂ) the noun's spelling is
//! taken, because titles and names are what the wiki romanises.

mod fold;
mod sounds;

use unicode_normalization::UnicodeNormalization;

use super::hangul::{self, Syllable};

pub use fold::{Keys, fold, keys, norm};

/// The text with its Hangul in Revised Romanisation, lower-case; everything else is kept as it is.
/// Sounds change inside a run of syllables and never across a space: `사랑의 불시착` gives `sarangui bulsichak`.
pub fn romanise(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut run: Vec<Syllable> = Vec::new();
    for c in text.nfc() {
        if let Some(syllable) = Syllable::of(c) {
            run.push(syllable);
            continue;
        }
        sounds::push_run(&run, &mut out);
        run.clear();
        if hangul::is_hangul(c) {
            for letter in hangul::jamo(c.encode_utf8(&mut [0; 4])).chars() {
                sounds::push_letter(letter, &mut out);
            }
        } else {
            out.push(c);
        }
    }
    sounds::push_run(&run, &mut out);
    out
}

/// [`romanise`] with the first letter in upper case: `신라` gives `Silla`.
pub fn romanised_title(text: &str) -> String {
    let romanised = romanise(text);
    let Some(at) = romanised.find(char::is_alphanumeric) else {
        return romanised;
    };
    let (before, rest) = romanised.split_at(at);
    let mut chars = rest.chars();
    let first = chars.next().map(char::to_uppercase);
    before
        .chars()
        .chain(first.into_iter().flatten())
        .chain(chars)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn sounds_change_between_syllables_as_the_notice_says() {
        for (korean, latin) in [
            ("도깨비", "dokkaebi"),
            ("독립", "dongnip"),
            ("신라", "silla"),
            ("같이", "gachi"),
            ("좋고", "joko"),
            ("별내", "byeollae"),
            ("사랑의 불시착", "sarangui bulsichak"),
            ("구미", "gumi"),
            ("영동", "yeongdong"),
            ("백암", "baegam"),
            ("옥천", "okcheon"),
            ("합덕", "hapdeok"),
            ("호법", "hobeop"),
            ("월곶", "wolgot"),
            ("벚꽃", "beotkkot"),
            ("한밭", "hanbat"),
            ("설악", "seorak"),
            ("칠곡", "chilgok"),
            ("임실", "imsil"),
            ("울릉", "ulleung"),
            ("대관령", "daegwallyeong"),
            ("백마", "baengma"),
            ("종로", "jongno"),
            ("왕십리", "wangsimni"),
            ("해돋이", "haedoji"),
            ("맞히다", "machida"),
            ("놓다", "nota"),
            ("낳지", "nachi"),
            ("묵호", "mukho"),
            ("집현전", "jiphyeonjeon"),
            ("압구정", "apgujeong"),
            ("낙성대", "nakseongdae"),
            ("팔당", "paldang"),
            ("샛별", "saetbyeol"),
            ("울산", "ulsan"),
        ] {
            assert_eq!(romanise(korean), latin, "{korean}");
        }
    }

    #[test]
    fn compound_finals_split_or_lose_a_letter() {
        for (korean, latin) in [
            ("없어", "eopseo"),
            ("닭이", "dalgi"),
            ("닭", "dak"),
            ("넋이", "neoksi"),
            ("많아", "mana"),
            ("많다", "manta"),
            ("싫어", "sireo"),
            ("잃는", "illeun"),
            ("괜찮아", "gwaenchana"),
            ("앉다", "anda"),
            ("삶", "sam"),
            ("읽는", "ingneun"),
            ("값", "gap"),
            ("밝히다", "balkida"),
            ("꽃잎", "kkonnip"),
            ("풀잎", "pullip"),
            ("좋은", "joeun"),
            ("있는", "inneun"),
            ("강아지", "gangaji"),
        ] {
            assert_eq!(romanise(korean), latin, "{korean}");
        }
    }

    #[test]
    fn other_text_is_kept_and_only_a_title_begins_in_upper_case() {
        assert_eq!(romanise("OST 도깨비 ㅋㅋ 2016"), "OST dokkaebi kk 2016");
        assert_eq!(romanised_title("신라"), "Silla");
        assert_eq!(romanised_title("(눈의 여왕)"), "(Nunui yeowang)");
        assert_eq!(romanised_title("…"), "…");
    }

    proptest! {
        #[test]
        fn any_text_can_be_romanised(text in "\\PC*") {
            let _ = romanised_title(&text);
            let _ = keys(&text);
        }

        #[test]
        fn syllables_become_ascii_letters(text in "[가-힣]{1,20}") {
            prop_assert!(romanise(&text).chars().all(|c| c.is_ascii_lowercase()));
        }
    }
}
