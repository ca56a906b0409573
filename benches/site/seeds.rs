//! The large catalogue before it is written: who, what and where, always the same for the same data.

use std::collections::BTreeMap;

use yeoun::text::slug::slugify;

use crate::Outcome;
use crate::data::{self, ActRow, CueRow, SeriesRow};

pub const DRAMAS: usize = 1_500;
pub const SONGS: usize = 20_000;
const CUES: usize = 128_000;
/// Dramas that have cues, where there is no data to tell.
const DRAMAS_WITH_CUES: usize = 234;

const ADJECTIVES: [&str; 32] = [
    "Quiet",
    "Silver",
    "Last",
    "Little",
    "Distant",
    "Blue",
    "Broken",
    "Gentle",
    "Golden",
    "Hidden",
    "Lonely",
    "Warm",
    "Winter",
    "Early",
    "Falling",
    "Secret",
    "Shining",
    "Slow",
    "Soft",
    "Sudden",
    "Sweet",
    "Tender",
    "Unspoken",
    "Wandering",
    "White",
    "Young",
    "Bright",
    "Cold",
    "Deep",
    "Endless",
    "Fading",
    "Faithful",
];
const NOUNS: [(&str, &str); 32] = [
    ("Season", "계절"),
    ("Letter", "편지"),
    ("Rain", "비"),
    ("Star", "별"),
    ("River", "강"),
    ("Window", "창문"),
    ("Promise", "약속"),
    ("Shadow", "그림자"),
    ("Road", "길"),
    ("Snow", "눈"),
    ("Dream", "꿈"),
    ("Heart", "마음"),
    ("Night", "밤"),
    ("Morning", "아침"),
    ("Memory", "기억"),
    ("Wind", "바람"),
    ("Sea", "바다"),
    ("Moon", "달"),
    ("Flower", "꽃"),
    ("Day", "하루"),
    ("Goodbye", "안녕"),
    ("Voice", "목소리"),
    ("Step", "걸음"),
    ("Light", "빛"),
    ("Sky", "하늘"),
    ("Tear", "눈물"),
    ("Time", "시간"),
    ("Wish", "소원"),
    ("Song", "노래"),
    ("Name", "이름"),
    ("Spring", "봄"),
    ("House", "집"),
];
const ENDINGS: [(&str, &str); 8] = [
    ("", ""),
    (" of You", " 너의"),
    (" and I", " 그리고 나"),
    (", Again", " 다시"),
    (" Without a Word", " 말없이"),
    (" by the Sea", " 바닷가"),
    (" Tonight", " 오늘 밤"),
    (" in Seoul", " 서울"),
];

/// A generator of numbers that are the same on every machine: splitmix64.
pub struct Dice(u64);

impl Dice {
    /// Begins anew.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % end.max(1) as u64) as usize
    }

    /// One of these.
    pub fn of<'a, T>(&mut self, from: &'a [T]) -> Outcome<&'a T> {
        from.get(self.below(from.len()))
            .ok_or_else(|| "there is nothing to choose from".into())
    }
}

/// A drama with its songs.
pub struct DramaSeed {
    pub slug: String,
    pub row: SeriesRow,
    pub songs: Vec<SongSeed>,
}

impl DramaSeed {
    /// Cues of all its songs.
    pub fn cues(&self) -> impl Iterator<Item = &CueRow> {
        self.songs.iter().flat_map(|song| &song.cues)
    }
}

/// A song with its cues.
pub struct SongSeed {
    pub slug: String,
    pub title: String,
    pub native: String,
    pub cues: Vec<CueRow>,
}

/// Everything.
pub struct Seeds {
    /// Slug and act.
    pub artists: Vec<(String, ActRow)>,
    pub dramas: Vec<DramaSeed>,
}

impl Seeds {
    /// From the data where it is, else made up.
    pub fn plant() -> Outcome<Self> {
        let mut dice = Dice::new(1);
        let (series, acts, cues) = match data::folder() {
            Some(folder) => (
                data::series(&folder)?,
                data::acts(&folder)?,
                data::cues(&folder)?,
            ),
            None => (
                Vec::new(),
                made_up_acts(&mut dice)?,
                made_up_cues(&mut dice)?,
            ),
        };
        let acts = acts
            .into_iter()
            .enumerate()
            .map(|(at, act)| (slug(&act.name, "artist", at), act))
            .collect();
        let mut by_drama: BTreeMap<String, Vec<CueRow>> = BTreeMap::new();
        for cue in cues.into_iter().take(CUES) {
            by_drama.entry(cue.drama.clone()).or_default().push(cue);
        }
        let mut dramas: Vec<(SeriesRow, Vec<CueRow>)> = by_drama
            .into_values()
            .map(|cues| (heard(&cues), cues))
            .collect();
        dramas.extend(series.into_iter().map(|row| (row, Vec::new())));
        while dramas.len() < DRAMAS {
            let (title, native) = title(&mut dice)?;
            dramas.push((made_up(title, native, dramas.len()), Vec::new()));
        }
        dramas.truncate(DRAMAS);
        let mut planted = Vec::with_capacity(DRAMAS);
        for (at, (row, cues)) in dramas.into_iter().enumerate() {
            let count = SONGS / DRAMAS + usize::from(at < SONGS % DRAMAS);
            let first = at * (SONGS / DRAMAS) + at.min(SONGS % DRAMAS);
            let songs = songs(&mut dice, first, count, cues)?;
            planted.push(DramaSeed {
                slug: slug(&row.title, "drama", at),
                row,
                songs,
            });
        }
        Ok(Self {
            artists: acts,
            dramas: planted,
        })
    }
}

fn songs(dice: &mut Dice, first: usize, count: usize, cues: Vec<CueRow>) -> Outcome<Vec<SongSeed>> {
    let mut songs = Vec::with_capacity(count);
    for at in first..first + count {
        let (title, native) = title(dice)?;
        songs.push(SongSeed {
            slug: slug(&title, "song", at),
            title,
            native,
            cues: Vec::new(),
        });
    }
    for cue in cues {
        // The smaller of two throws: a drama's first songs are heard more often than its last.
        let at = dice.below(count).min(dice.below(count));
        if let Some(song) = songs.get_mut(at) {
            song.cues.push(cue);
        }
    }
    Ok(songs)
}

/// Numbered, so that no generated page takes the address of another or of the starter catalogue.
fn slug(name: &str, otherwise: &str, at: usize) -> String {
    let short: String = slugify(name).map_or_else(
        || otherwise.to_owned(),
        |slug| slug.as_str().chars().take(80).collect(),
    );
    format!("{}-{}", short.trim_end_matches('-'), at + 1000)
}

fn title(dice: &mut Dice) -> Outcome<(String, String)> {
    let adjective = dice.of(&ADJECTIVES)?;
    let (noun, korean) = dice.of(&NOUNS)?;
    let (_, second) = dice.of(&NOUNS)?;
    let (ending, korean_ending) = dice.of(&ENDINGS)?;
    Ok((
        format!("{adjective} {noun}{ending}"),
        format!("{korean}의 {second}{korean_ending}"),
    ))
}

/// The drama of these cues.
fn heard(cues: &[CueRow]) -> SeriesRow {
    let (title, native) = cues
        .first()
        .map(|cue| (cue.title.clone(), cue.native.clone()))
        .unwrap_or_default();
    let last = cues.iter().map(|cue| cue.episode).max().unwrap_or(16);
    SeriesRow {
        episodes: last,
        ..made_up(title, native, cues.len())
    }
}

fn made_up(title: String, native: String, at: usize) -> SeriesRow {
    SeriesRow {
        title,
        native,
        aired: format!("{}-{:02}-{:02}", 1995 + at % 30, 1 + at % 12, 1 + at % 28),
        networks: vec![
            ["tvN", "SBS", "KBS2", "MBC", "JTBC"]
                .get(at % 5)
                .copied()
                .unwrap_or("tvN")
                .to_owned(),
        ],
        genres: vec!["Drama".to_owned(), "Romance".to_owned()],
        cast: vec![
            "Kim Min-ji".to_owned(),
            "Lee Joon".to_owned(),
            "Park Seo-yeon".to_owned(),
        ],
        episodes: 16,
    }
}

fn made_up_acts(dice: &mut Dice) -> Outcome<Vec<ActRow>> {
    let mut acts = Vec::new();
    for at in 0..1_000 {
        let (name, native) = title(dice)?;
        acts.push(ActRow {
            name,
            native,
            is_group: at % 5 == 0,
        });
    }
    Ok(acts)
}

fn made_up_cues(dice: &mut Dice) -> Outcome<Vec<CueRow>> {
    let mut cues = Vec::with_capacity(CUES);
    for at in 0..CUES {
        let drama = at * DRAMAS_WITH_CUES / CUES;
        let (noun, native) = NOUNS.get(drama % NOUNS.len()).copied().unwrap_or_default();
        let begin = dice.below(4_000);
        let mood = dice.of(&yeoun::models::mood::ALL)?.slug;
        cues.push(CueRow {
            drama: format!("{drama:03}"),
            title: format!("{noun} {drama}"),
            native: native.to_owned(),
            season: 1,
            episode: 1 + dice.below(12) as u16,
            begin: begin as u32,
            end: (begin + 5 + dice.below(90)) as u32,
            mood: mood.to_owned(),
        });
    }
    Ok(cues)
}
