//! Composing letters into blocks: where the initial, medial and final of a syllable stand and how heavy they are.

use super::jamo::{FINALS, INITIALS, MEDIALS, WHITE, crowd, crowds, level_height, upright_width};
use super::latin::latin;
use super::letter::consonant;
use super::name::Glyph;
use super::pen::Path;
use super::stroke::Letter;

/// A rectangle on the sleeve.
#[derive(Clone, Copy)]
pub(super) struct Frame {
    pub(super) x: f32,
    pub(super) y: f32,
    pub(super) w: f32,
    pub(super) h: f32,
}

/// Shorthand for a [`Frame`].
pub(super) const fn frame(x: f32, y: f32, w: f32, h: f32) -> Frame {
    Frame { x, y, w, h }
}

/// How the letters are cut.
#[derive(Clone, Copy)]
pub(super) struct Cut {
    /// Thickness of a stroke as a part of the shorter side of a character's box, before crowding makes it lighter.
    pub(super) weight: f32,
    /// Rings become discs and wedges triangles, as on Bauhaus posters.
    pub(super) solid: bool,
}

/// Drawn letters in two plates, so that rings and wedges can be printed in a second ink.
#[derive(Default)]
pub(super) struct Plates {
    pub(super) body: Path,
    pub(super) round: Path,
}

impl Plates {
    /// Puts both plates into the body, for printing in one ink.
    pub(super) fn join(&mut self) {
        let round = std::mem::take(&mut self.round);
        self.body.add(&round);
    }

    /// Sets rows of characters into `area`, every row as wide as the area.
    pub(super) fn rows(rows: &[Vec<Glyph>], area: Frame, gap: f32, cut: Cut) -> Self {
        let mut plates = Self::default();
        // Short rows are set taller, and a single row lower than the area, so that no character is stretched far.
        let share = |row: &Vec<Glyph>| 1.0 / (row.len().max(1) as f32).sqrt();
        let total: f32 = rows.iter().map(share).sum::<f32>().max(0.1);
        let longest = rows.iter().map(Vec::len).max().unwrap_or(1);
        let most = if rows.len() == 1 {
            area.w / longest.max(1) as f32 * 1.5
        } else {
            area.h
        };
        let height = area.h.min(most.max(area.w * 0.3));
        let free = height - gap * rows.len().saturating_sub(1) as f32;
        let mut y = area.y + (area.h - height) / 2.0;
        for row in rows {
            let h = free * share(row) / total;
            let w = if rows.len() > 1 {
                area.w.min(h * 1.4 * row.len().max(1) as f32)
            } else {
                area.w
            };
            plates.row(row, frame(area.x + (area.w - w) / 2.0, y, w, h), gap, cut);
            y += h + gap;
        }
        plates
    }

    /// Sets one row of characters into `area`.
    pub(super) fn row(&mut self, row: &[Glyph], area: Frame, gap: f32, cut: Cut) {
        let share = |glyph: &Glyph| {
            if matches!(glyph, Glyph::Latin('I' | '1')) {
                0.4
            } else {
                1.0
            }
        };
        let total: f32 = row.iter().map(share).sum::<f32>().max(0.4);
        let unit = (area.w - gap * row.len().saturating_sub(1) as f32) / total;
        let mut x = area.x;
        for glyph in row {
            let w = unit * share(glyph);
            self.glyph(*glyph, frame(x, area.y, w, area.h), cut);
            x += w + gap;
        }
    }

    /// Draws one character so that it fills `cell`.
    pub(super) fn glyph(&mut self, glyph: Glyph, cell: Frame, cut: Cut) {
        let most = cut.weight * cell.w.min(cell.h).max(cell.w.max(cell.h) * 0.5);
        match glyph {
            Glyph::Syllable(initial, medial, last) => {
                self.syllable((initial, medial, last), cell, most, cut.solid)
            }
            Glyph::Latin(c) => self.single(latin(c), cell, most, cut.solid),
            Glyph::Ring => self.single(consonant('ㅇ'), cell, most, cut.solid),
        }
    }

    fn single(&mut self, letter: Letter, cell: Frame, most: f32, solid: bool) {
        let t = most
            .min(cell.w / crowd(letter.across))
            .min(cell.h / crowd(letter.down));
        self.letter(letter, cell, t, solid);
    }

    fn syllable(
        &mut self,
        (initial, medial, last): (usize, usize, usize),
        cell: Frame,
        most: f32,
        solid: bool,
    ) {
        let initial = INITIALS.get(initial).copied().unwrap_or("ㅇ");
        let (level, upright) = MEDIALS.get(medial).copied().unwrap_or(("", "ㅣ"));
        let last = FINALS.get(last).copied().unwrap_or("");
        let ((first_w, first_h), (last_w, last_h)) = (crowds(initial), crowds(last));
        let (up, flat) = (upright_width(upright), level_height(level));

        let gap_of = |size: f32| if size > 0.0 { WHITE } else { 0.0 };
        let last_h = if last.is_empty() { 0.0 } else { last_h };
        let tall = first_h + gap_of(flat) * 0.8 + flat + gap_of(last_h) + last_h;
        let wide = (first_w + gap_of(up) + up).max(last_w);
        let t = most.min(cell.h / tall).min(cell.w / wide);
        // The white grows with what the strokes leave free, so light cuts breathe and heavy ones stay tight.
        let air = (t * WHITE).max(cell.h.min(cell.w) * 0.06);

        let bottom = if last.is_empty() {
            0.0
        } else {
            ((cell.h - air) * (last_h + 0.6) / (tall + 1.4)).max(last_h * t)
        };
        let upper = if last.is_empty() {
            cell.h
        } else {
            cell.h - bottom - air
        };
        let head = frame(cell.x, cell.y, cell.w, upper);
        self.head(initial, (level, upright), head, (t, air), solid);
        if !last.is_empty() {
            let foot = frame(cell.x, cell.y + cell.h - bottom, cell.w, bottom);
            self.consonants(last, foot, t, solid);
        }
    }

    /// The initial and the medial of a syllable, with strokes `t` thick and `air` between the parts.
    fn head(
        &mut self,
        initial: &str,
        (level, upright): (&str, &str),
        cell: Frame,
        (t, air): (f32, f32),
        solid: bool,
    ) {
        let (first_w, first_h) = crowds(initial);
        let up = upright_width(upright);
        let upper = cell.h;
        let up_w = if upright.is_empty() {
            0.0
        } else {
            (up * t)
                .max(cell.w * (0.06 + 0.11 * up).min(0.4))
                .min(cell.w - first_w * t - air)
        };
        let left = if upright.is_empty() {
            cell.w
        } else {
            cell.w - up_w - air
        };
        let flat_h = level_room(level, upper, upper - first_h * t - air * 0.8, t);
        let head = if level.is_empty() {
            upper
        } else {
            upper
                - flat_h
                - air
                    * if level == "ㅜ" || level == "ㅠ" {
                        1.0
                    } else {
                        0.8
                    }
        };

        self.consonants(initial, frame(cell.x, cell.y, left, head), t, solid);
        if !level.is_empty() {
            self.level(
                level,
                frame(cell.x, cell.y + upper - flat_h, left, flat_h),
                t,
                !upright.is_empty(),
            );
        }
        if !upright.is_empty() {
            let low = if level.is_empty() { 0.5 } else { 0.42 };
            self.upright(
                upright,
                frame(cell.x + cell.w - up_w, cell.y, up_w, upper),
                t,
                low,
            );
        }
    }

    fn consonants(&mut self, letters: &str, area: Frame, t: f32, solid: bool) {
        let total: f32 = letters
            .chars()
            .map(|c| crowd(consonant(c).across))
            .sum::<f32>()
            .max(1.0);
        let count = letters.chars().count() as f32;
        let white = (t * WHITE).max(area.w * 0.05);
        let unit = (area.w - white * (count - 1.0)) / total;
        let mut x = area.x;
        for letter in letters.chars().map(consonant) {
            let w = unit * crowd(letter.across);
            self.letter(letter, frame(x, area.y, w, area.h), t, solid);
            x += w + white;
        }
    }
}

/// Height of a level vowel in a block `upper` high, as long as it leaves room for the initial: at most `most`.
fn level_room(level: &str, upper: f32, most: f32, t: f32) -> f32 {
    if level.is_empty() {
        0.0
    } else if level == "ㅡ" {
        t
    } else {
        (level_height(level) * t).max(upper * 0.3).min(most)
    }
}
