//! What a run of syllables sounds like: every pair of a final and the next lead is looked up once.

use crate::text::hangul::Syllable;

const ONSETS: [&str; 19] = [
    "g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p",
    "h",
];
const VOWELS: [&str; 21] = [
    "a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we",
    "wi", "yu", "eu", "ui", "i",
];
/// The finals as letters; position 0 is none.
const FINALS: [char; 28] = [
    ' ', 'ㄱ', 'ㄲ', 'ㄳ', 'ㄴ', 'ㄵ', 'ㄶ', 'ㄷ', 'ㄹ', 'ㄺ', 'ㄻ', 'ㄼ', 'ㄽ', 'ㄾ', 'ㄿ', 'ㅀ',
    'ㅁ', 'ㅂ', 'ㅄ', 'ㅅ', 'ㅆ', 'ㅇ', 'ㅈ', 'ㅊ', 'ㅋ', 'ㅌ', 'ㅍ', 'ㅎ',
];

/// Positions of the leads whose sound depends on what stands before them.
const LEAD_G: usize = 0;
const LEAD_N: usize = 2;
const LEAD_D: usize = 3;
const LEAD_R: usize = 5;
const LEAD_M: usize = 6;
const LEAD_NONE: usize = 11;
const LEAD_J: usize = 12;
const LEAD_H: usize = 18;
const VOWEL_I: usize = 20;
/// The noun 잎 (leaf) sounds like 닢 behind any final: 꽃잎 is kkonnip, 풀잎 pullip.
const LEAF: Syllable = Syllable {
    lead: LEAD_NONE,
    vowel: VOWEL_I,
    last: 26,
};

/// Appends the sounds of syllables that follow one another without a space.
pub(super) fn push_run(run: &[Syllable], out: &mut String) {
    let mut onset = run.first().map_or("", |s| onset_of(s.lead));
    let mut rest = run.iter().peekable();
    while let Some(syllable) = rest.next() {
        out.push_str(onset);
        out.push_str(VOWELS.get(syllable.vowel).unwrap_or(&""));
        let last = FINALS.get(syllable.last).copied().unwrap_or(' ');
        match rest.peek() {
            Some(next) => {
                let (coda, next_onset) = meeting(last, next);
                out.push_str(coda);
                onset = next_onset;
            }
            None => out.push_str(alone(last)),
        }
    }
}

/// Appends a letter that stands outside any syllable (`ㅋㅋ`).
pub(super) fn push_letter(letter: char, out: &mut String) {
    let code = u32::from(letter);
    if (0x314F..=0x3163).contains(&code) {
        out.push_str(VOWELS.get((code - 0x314F) as usize).unwrap_or(&""));
        return;
    }
    out.push_str(match letter {
        'ㄲ' => "kk",
        'ㄸ' => "tt",
        'ㅃ' => "pp",
        'ㅆ' => "ss",
        'ㅉ' => "jj",
        'ㅎ' => "h",
        'ㅇ' => "ng",
        'ㅅ' => "s",
        'ㅈ' => "j",
        'ㅊ' => "ch",
        other => alone(other),
    });
}

fn onset_of(lead: usize) -> &'static str {
    ONSETS.get(lead).unwrap_or(&"")
}

/// A final at the end of a word, or before a consonant that leaves it as it is.
fn alone(last: char) -> &'static str {
    match last {
        'ㄱ' | 'ㄲ' | 'ㄳ' | 'ㄺ' | 'ㅋ' => "k",
        'ㄴ' | 'ㄵ' | 'ㄶ' => "n",
        'ㄷ' | 'ㅅ' | 'ㅆ' | 'ㅈ' | 'ㅊ' | 'ㅌ' | 'ㅎ' => "t",
        'ㄹ' | 'ㄼ' | 'ㄽ' | 'ㄾ' | 'ㅀ' => "l",
        'ㅁ' | 'ㄻ' => "m",
        'ㅂ' | 'ㅄ' | 'ㄿ' | 'ㅍ' => "p",
        'ㅇ' => "ng",
        _ => "",
    }
}

/// What is heard where a final meets the next syllable: the final's sound and the next onset.
fn meeting(last: char, next: &Syllable) -> (&'static str, &'static str) {
    if last == ' ' {
        return ("", onset_of(next.lead));
    }
    if *next == LEAF {
        return nasalised(alone(last), LEAD_N);
    }
    match next.lead {
        LEAD_NONE => liaison(last, next.vowel == VOWEL_I),
        LEAD_H => before_h(last, next.vowel == VOWEL_I),
        LEAD_N | LEAD_M | LEAD_R => {
            let sound = if last == 'ㅎ' { "n" } else { alone(last) };
            nasalised(sound, next.lead)
        }
        lead => after_h(last, lead).unwrap_or_else(|| match (last, lead) {
            // ㄺ keeps its ㄹ before ㄱ: 맑게 is malge.
            ('ㄺ', LEAD_G) => ("l", "g"),
            _ => (alone(last), onset_of(lead)),
        }),
    }
}

/// A final moves over to a syllable that begins with a vowel; ㄷ and ㅌ are palatalised before ㅣ.
fn liaison(last: char, before_i: bool) -> (&'static str, &'static str) {
    match last {
        'ㄱ' => ("", "g"),
        'ㄲ' => ("", "kk"),
        'ㄳ' => ("k", "s"),
        'ㄴ' | 'ㄶ' => ("", "n"),
        'ㄵ' => ("n", "j"),
        'ㄷ' if before_i => ("", "j"),
        'ㄷ' => ("", "d"),
        'ㄹ' | 'ㅀ' => ("", "r"),
        'ㄺ' => ("l", "g"),
        'ㄻ' => ("l", "m"),
        'ㄼ' => ("l", "b"),
        'ㄽ' => ("l", "s"),
        'ㄾ' if before_i => ("l", "ch"),
        'ㄾ' => ("l", "t"),
        'ㄿ' => ("l", "p"),
        'ㅁ' => ("", "m"),
        'ㅂ' => ("", "b"),
        'ㅄ' => ("p", "s"),
        'ㅅ' => ("", "s"),
        'ㅆ' => ("", "ss"),
        'ㅇ' => ("ng", ""),
        'ㅈ' => ("", "j"),
        'ㅊ' => ("", "ch"),
        'ㅋ' => ("", "k"),
        'ㅌ' if before_i => ("", "ch"),
        'ㅌ' => ("", "t"),
        'ㅍ' => ("", "p"),
        _ => ("", ""),
    }
}

/// ㅎ after a final: aspiration, except after a single ㄱ or ㅂ, where nouns show it (묵호 is Mukho).
fn before_h(last: char, before_i: bool) -> (&'static str, &'static str) {
    match last {
        'ㄷ' | 'ㅌ' if before_i => ("", "ch"),
        'ㄷ' | 'ㅌ' | 'ㅅ' | 'ㅆ' => ("", "t"),
        'ㅈ' | 'ㅊ' => ("", "ch"),
        'ㄵ' => ("n", "ch"),
        'ㄺ' => ("l", "k"),
        'ㄼ' | 'ㄿ' => ("l", "p"),
        'ㅎ' => ("", "h"),
        _ => (alone(last), "h"),
    }
}

/// A final with ㅎ makes ㄱ ㄷ ㅈ aspirated and disappears before any other consonant.
fn after_h(last: char, lead: usize) -> Option<(&'static str, &'static str)> {
    let coda = match last {
        'ㅎ' => "",
        'ㄶ' => "n",
        'ㅀ' => "l",
        _ => return None,
    };
    let onset = match lead {
        LEAD_G => "k",
        LEAD_D => "t",
        LEAD_J => "ch",
        other => onset_of(other),
    };
    Some((coda, onset))
}

/// A neutralised final before ㄴ, ㅁ or ㄹ: stops become nasals, ㄴ and ㄹ meet as ll, ㄹ after other finals is n.
fn nasalised(sound: &'static str, lead: usize) -> (&'static str, &'static str) {
    let coda = match sound {
        "k" => "ng",
        "t" => "n",
        "p" => "m",
        other => other,
    };
    match (sound, lead) {
        ("l", LEAD_N | LEAD_R) | ("n", LEAD_R) => ("l", "l"),
        (_, LEAD_R | LEAD_N) => (coda, "n"),
        _ => (coda, "m"),
    }
}
