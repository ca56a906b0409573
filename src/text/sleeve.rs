//! Sleeve art: a small picture for every page, always the same for the same page.
//!
//! Posters and covers belong to others, so the wiki prints sleeves of its own. A sleeve spells the page's name in drawn
//! letterforms (no fonts, so it looks the same everywhere), in inks that follow the page's moods, and in a composition
//! that belongs to its kind: songs ring out, dramas are framed and count their episodes, albums carry a spine and a
//! numeral, artists sit on a round label, articles have lines of print.

mod album;
mod article;
mod artist;
mod block;
mod cast;
mod drama;
mod jamo;
mod latin;
mod letter;
mod medial;
mod motif;
mod name;
mod palette;
mod pen;
mod song;
mod stroke;

use block::{Cut, Frame, Plates};
use name::{Glyph, Name};
use palette::{Ink, Palette};
use pen::{Canvas, Path};

/// The kind of page a sleeve is for; every kind has compositions of its own.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SleeveKind {
    /// A drama, framed, with its episodes as marks.
    Drama,
    /// A song.
    Song,
    /// A singer, group or composer.
    Artist,
    /// A soundtrack album: in the inks and composition of its drama.
    Album,
    /// An essay.
    Article,
}

/// What a sleeve is drawn from.
#[derive(Clone, Copy, Debug)]
pub struct Sleeve<'a> {
    /// The kind of page.
    pub kind: SleeveKind,
    /// The page's name in English; for an album the name of its drama, so that the parts look like a series.
    pub title: &'a str,
    /// The name in Hangul, or empty: then the Latin letters of the title are drawn. For an album the drama's.
    pub native: &'a str,
    /// Mood slugs; the first known one chooses the family of inks. For an album the drama's.
    pub moods: &'a [&'a str],
    /// Counts to show: cues in each episode for a drama, seconds or tracks for an album. May be empty.
    pub marks: &'a [u16],
    /// The part number of an album.
    pub number: Option<u16>,
}

/// Draws the sleeve: a complete SVG document, 320 units square, without text, style or script, at most 8 kB.
pub fn svg(sleeve: &Sleeve) -> String {
    // An album takes the seed of its drama, so a series shares inks and composition. The number was
    // tried out on the starter catalogue: with it the compositions are spread evenly over its dramas.
    let kind = match sleeve.kind {
        SleeveKind::Drama | SleeveKind::Album => 122,
        SleeveKind::Song => 1,
        SleeveKind::Artist => 2,
        SleeveKind::Article => 3,
    };
    let mut dice = Dice::new(kind, &[sleeve.title, sleeve.native]);
    let inks = palette::pick(&mut dice, sleeve.moods);
    let mut press = Press {
        canvas: Canvas::new(),
        inks,
        name: Name::read(sleeve.title, sleeve.native),
        marks: sleeve.marks,
        cut: Cut {
            weight: 0.0,
            solid: dice.below(4) == 0,
        },
        dice,
    };
    match sleeve.kind {
        SleeveKind::Drama => drama::draw(&mut press),
        SleeveKind::Album => album::draw(&mut press, sleeve.number),
        SleeveKind::Song => song::draw(&mut press),
        SleeveKind::Artist => artist::draw(&mut press),
        SleeveKind::Article => article::draw(&mut press),
    }
    press.canvas.finish()
}

/// What a composition works with.
struct Press<'a> {
    canvas: Canvas,
    inks: Palette,
    dice: Dice,
    name: Name,
    marks: &'a [u16],
    cut: Cut,
}

impl Press<'_> {
    /// The cut of this sleeve at a weight.
    fn cut(&self, weight: f32) -> Cut {
        Cut { weight, ..self.cut }
    }

    /// Covers the whole sleeve.
    fn paper(&mut self, ink: Ink) {
        self.canvas.rect(0.0, 0.0, 320.0, 320.0, ink);
    }

    /// Prints letters in one ink, their rings and wedges in another.
    fn letters(
        &mut self,
        rows: &[Vec<Glyph>],
        area: Frame,
        gap: f32,
        weight: f32,
        (body, round): (Ink, Ink),
    ) {
        let mut plates = Plates::rows(rows, area, gap, self.cut(weight));
        if body == round {
            plates.join();
        }
        self.canvas.fill(&plates.body, body, 1.0);
        self.canvas.fill(&plates.round, round, 1.0);
    }

    /// The marks of the page, or invented ones for a page that has none, each between 0 and 1.
    fn bars(&mut self, few: u32, most: usize) -> Vec<f32> {
        let top = self.marks.iter().copied().max().unwrap_or(0);
        if top > 0 && self.marks.len() > 1 {
            return self
                .marks
                .iter()
                .take(most)
                .map(|mark| f32::from(*mark) / f32::from(top))
                .collect();
        }
        (0..few).map(|_| 0.25 + 0.75 * self.dice.unit()).collect()
    }

    /// A few mulberry fibres, as in handmade paper.
    fn fibres(&mut self, under: Ink) {
        let mut path = Path::default();
        for _ in 0..9 {
            let (x, y, long) = (
                self.dice.unit() * 310.0,
                self.dice.unit() * 310.0,
                6.0 + self.dice.unit() * 16.0,
            );
            path.slant((x, y), (x + long - 11.0, y + long), 0.7);
        }
        let ink = self.inks.words_on(under);
        self.canvas.fill(&path, ink, 0.2);
    }
}

/// A stable source of choices: FNV-1a over the page's names, stretched by xorshift.
struct Dice(u64);

impl Dice {
    fn new(kind: u8, words: &[&str]) -> Self {
        let mut hash: u64 = 0xCBF2_9CE4_8422_2325;
        let mut eat =
            |byte: u8| hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3);
        eat(kind);
        for word in words {
            word.bytes().for_each(&mut eat);
            eat(0xFF);
        }
        // The low bits of FNV are weak for short names; one finishing round spreads them.
        hash = (hash ^ (hash >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        hash = (hash ^ (hash >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        Self((hash ^ (hash >> 31)) | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 32
    }

    /// A number from 0 up to, not including, `limit`.
    fn below(&mut self, limit: u32) -> u32 {
        u32::try_from(self.next() % u64::from(limit.max(1))).unwrap_or(0)
    }

    /// A number from 0 to 1.
    fn unit(&mut self) -> f32 {
        self.below(1000) as f32 / 1000.0
    }
}

#[cfg(test)]
mod tests;
