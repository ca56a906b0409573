//! Moods: twenty-four words in six families, each with its Korean name.

/// The six families, in the order charts draw their lanes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    Warm,
    Joyful,
    Longing,
    Sad,
    Tense,
    Grand,
}

impl Family {
    /// The families, in their order.
    pub const ALL: [Self; 6] = [
        Self::Warm,
        Self::Joyful,
        Self::Longing,
        Self::Sad,
        Self::Tense,
        Self::Grand,
    ];

    /// The family as a heading.
    pub fn name(self) -> &'static str {
        match self {
            Self::Warm => "Warm",
            Self::Joyful => "Joyful",
            Self::Longing => "Longing",
            Self::Sad => "Sad",
            Self::Tense => "Tense",
            Self::Grand => "Grand",
        }
    }

    /// The moods of the family.
    pub fn moods(self) -> impl Iterator<Item = &'static Mood> {
        ALL.iter().filter(move |mood| mood.family == self)
    }

    /// Slug of the family, also its style class.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Warm => "warm",
            Self::Joyful => "joyful",
            Self::Longing => "longing",
            Self::Sad => "sad",
            Self::Tense => "tense",
            Self::Grand => "grand",
        }
    }
}

/// One mood of the vocabulary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mood {
    pub slug: &'static str,
    pub name: &'static str,
    pub korean: &'static str,
    pub family: Family,
}

const fn mood(
    slug: &'static str,
    name: &'static str,
    korean: &'static str,
    family: Family,
) -> Mood {
    Mood {
        slug,
        name,
        korean,
        family,
    }
}

/// The vocabulary, family by family.
pub const ALL: [Mood; 24] = [
    mood("calm", "Calm", "잔잔한", Family::Warm),
    mood("gentle", "Gentle", "부드러운", Family::Warm),
    mood("tender", "Tender", "다정한", Family::Warm),
    mood("comforting", "Comforting", "위로하는", Family::Warm),
    mood("bright", "Bright", "밝은", Family::Joyful),
    mood("playful", "Playful", "장난스러운", Family::Joyful),
    mood("upbeat", "Upbeat", "경쾌한", Family::Joyful),
    mood("hopeful", "Hopeful", "희망찬", Family::Joyful),
    mood("longing", "Longing", "그리운", Family::Longing),
    mood("wistful", "Wistful", "아련한", Family::Longing),
    mood("nostalgic", "Nostalgic", "추억에 젖은", Family::Longing),
    mood("romantic", "Romantic", "설레는", Family::Longing),
    mood("sad", "Sad", "슬픈", Family::Sad),
    mood("plaintive", "Plaintive", "애절한", Family::Sad),
    mood("lonely", "Lonely", "쓸쓸한", Family::Sad),
    mood("bittersweet", "Bittersweet", "달콤쌉싸름한", Family::Sad),
    mood("tense", "Tense", "긴장감 있는", Family::Tense),
    mood("ominous", "Ominous", "불길한", Family::Tense),
    mood("urgent", "Urgent", "급박한", Family::Tense),
    mood("dark", "Dark", "어두운", Family::Tense),
    mood("grand", "Grand", "웅장한", Family::Grand),
    mood("solemn", "Solemn", "비장한", Family::Grand),
    mood("mysterious", "Mysterious", "신비로운", Family::Grand),
    mood("exciting", "Exciting", "신나는", Family::Grand),
];

/// The mood with this slug.
pub fn find(slug: &str) -> Option<&'static Mood> {
    ALL.iter().find(|mood| mood.slug == slug)
}
