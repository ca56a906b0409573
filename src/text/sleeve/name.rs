//! What a sleeve spells: the syllables, or for want of Hangul the Latin letters, of a page's name.

use unicode_normalization::UnicodeNormalization;

/// One character that can be drawn.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Glyph {
    /// A Hangul syllable by the places of its initial, medial and final (0 for none) in the Unicode order.
    Syllable(usize, usize, usize),
    /// A Latin capital or a digit.
    Latin(char),
    /// A ring, for names in scripts that are not drawn.
    Ring,
}

impl Glyph {
    fn of(character: char) -> Option<Self> {
        let code = character as usize;
        match character {
            '가'..='힣' => {
                let place = code - 0xAC00;
                Some(Self::Syllable(place / 588, place % 588 / 28, place % 28))
            }
            'a'..='z' | 'A'..='Z' | '0'..='9' => Some(Self::Latin(character.to_ascii_uppercase())),
            _ => None,
        }
    }
}

/// The drawable words of a page's name.
pub(super) struct Name {
    words: Vec<Vec<Glyph>>,
}

impl Name {
    /// Reads the native name when it has Hangul, else the title.
    pub(super) fn read(title: &str, native: &str) -> Self {
        let hangul = |text: &str| text.nfc().take(400).any(|c| matches!(c, '가'..='힣'));
        let only_hangul = hangul(native) || hangul(title);
        let text = if hangul(native)
            || !native.trim().is_empty() && !hangul(title) && drawable(title).is_empty()
        {
            native
        } else {
            title
        };
        let mut words = drawable(text);
        if only_hangul {
            // A Latin word inside a Korean name would break the texture of the block.
            words.retain(|word| {
                word.iter()
                    .any(|glyph| matches!(glyph, Glyph::Syllable(..)))
            });
        } else if words.len() > 1 {
            // Short names are spelled out, long ones become initials.
            let length: usize = words.iter().map(Vec::len).sum();
            if length > 6 {
                words = vec![
                    words
                        .iter()
                        .filter_map(|word| word.first().copied())
                        .collect(),
                ];
            }
        }
        if words.is_empty() {
            words.push(vec![Glyph::Ring]);
        }
        Self { words }
    }

    /// Up to `most` characters: whole words while they fit, else the beginning of the first.
    pub(super) fn first(&self, most: usize) -> Vec<Glyph> {
        let mut glyphs: Vec<Glyph> = Vec::new();
        for word in &self.words {
            if glyphs.is_empty() {
                glyphs.extend(word.iter().take(most));
            } else if glyphs.len() + word.len() <= most {
                glyphs.extend(word);
            } else {
                break;
            }
        }
        glyphs
    }

    /// The characters arranged in rows that fill a square: words keep together where that makes good rows.
    pub(super) fn rows(&self, most: usize) -> Vec<Vec<Glyph>> {
        let glyphs = self.first(most);
        let mut lines: Vec<Vec<Glyph>> = Vec::new();
        let (mut used, mut words) = (0, self.words.iter());
        while let Some(word) = words.next().filter(|_| used < glyphs.len()) {
            lines.push(glyphs.iter().skip(used).take(word.len()).copied().collect());
            used += word.len();
        }
        let widest = lines.iter().map(Vec::len).max().unwrap_or(0);
        let narrowest = lines.iter().map(Vec::len).min().unwrap_or(0);
        if (2..=3).contains(&lines.len())
            && glyphs.len() > 2
            && widest <= 3
            && narrowest * 2 >= widest
        {
            return lines;
        }
        let first = match glyphs.len() {
            0..=1 | 3 => 1,
            2 | 4 | 5 => 2,
            _ => 3,
        };
        let (top, rest) = glyphs.split_at(first.min(glyphs.len()));
        let mut rows = vec![top.to_vec()];
        rows.extend(rest.chunks(3).map(<[Glyph]>::to_vec));
        rows
    }
}

fn drawable(text: &str) -> Vec<Vec<Glyph>> {
    let mut words = vec![Vec::new()];
    // Decomposing strips accents from Latin letters; composing again restores the syllables.
    let plain = text.chars().take(200).collect::<String>();
    let plain: String = plain
        .nfd()
        .filter(|c| !matches!(c, '\u{300}'..='\u{36F}'))
        .nfc()
        .collect();
    for character in plain.chars() {
        match Glyph::of(character) {
            Some(glyph) => {
                if let Some(word) = words.last_mut() {
                    word.push(glyph);
                }
            }
            None if matches!(character, '\'' | '’') => {}
            None => words.push(Vec::new()),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hangul_wins_over_latin_and_long_latin_becomes_initials() {
        assert_eq!(Name::read("Goblin", "도깨비").first(4).len(), 3);
        assert_eq!(
            Name::read("I Will Go to You", "").first(6),
            ['I', 'W', 'G', 'T', 'Y'].map(Glyph::Latin)
        );
        assert_eq!(Name::read("ALWAYS", "").first(6).len(), 6);
        assert_eq!(Name::read("😀", "").first(6), [Glyph::Ring]);
        assert_eq!(Name::read("Beyoncé", "").first(7).len(), 7);
    }
}
