//! Language tags as editors write them (BCP 47): `ko`, `ja-Latn`, `zxx` where there are no words.

/// Whether this has the form of a language tag: two or three letters, then parts of two to eight letters or digits behind hyphens.
pub fn is_tag(text: &str) -> bool {
    let mut parts = text.split('-');
    let language = parts.next().unwrap_or_default();
    (2..=3).contains(&language.len())
        && language.bytes().all(|byte| byte.is_ascii_lowercase())
        && parts.all(|part| {
            (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
}

/// What to say of a text that is none.
pub fn not_a_tag(text: &str) -> String {
    format!("“{text}” is not a language tag. Write ko, en, ja …, or zxx where there are no words.")
}

#[cfg(test)]
mod tests {
    use super::is_tag;

    #[test]
    fn tags_are_told_from_words() {
        for tag in ["ko", "zxx", "ko-Latn", "zh-Hant", "pt-BR", "es-419"] {
            assert!(is_tag(tag), "{tag}");
        }
        for words in [
            "",
            "Korean",
            "no language",
            "KO",
            "k",
            "ko-",
            "ko_KR",
            "한국어",
        ] {
            assert!(!is_tag(words), "{words}");
        }
    }
}
