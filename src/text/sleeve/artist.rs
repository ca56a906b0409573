//! Artists: always something round, the label in the middle of the record.

use super::block::{Plates, frame};
use super::pen::Path;
use super::{Ink, Press};

/// Draws one of four compositions.
pub(super) fn draw(press: &mut Press) {
    let ground = press.inks.ground;
    press.paper(ground);
    match press.dice.below(4) {
        0 => label(press),
        1 => spotlight(press),
        2 => halves(press),
        _ => bust(press),
    }
}

/// A record label that fills the sleeve.
fn label(press: &mut Press) {
    let inks = press.inks;
    let other = inks.other_on(inks.ground, inks.strong);
    press.fibres(inks.ground);
    press.canvas.circle(160.0, 160.0, 150.0, inks.ink);
    for r in [142.0, 136.0, 131.0] {
        press.canvas.groove((160.0, 160.0), r, inks.ground, 1.2);
    }
    press.canvas.circle(160.0, 160.0, 124.0, inks.strong);
    let mut half = Path::default();
    let down = press.dice.below(2) == 0;
    let way = if down { 1.0 } else { -1.0 };
    half.quarter((160.0, 160.0), (62.0, 62.0), (1.0, way), 124.0);
    half.quarter((160.0, 160.0), (62.0, 62.0), (-1.0, way), 124.0);
    press.canvas.fill(&half, other, 1.0);
    let rows = press.name.rows(4);
    let area = if rows.len() == 1 {
        frame(62.0, 90.0, 196.0, 140.0)
    } else {
        frame(84.0, 84.0, 152.0, 152.0)
    };
    let mut plates = Plates::rows(&rows, area, 12.0, press.cut(0.22));
    plates.join();
    press.canvas.keep(&plates.body);
    press
        .canvas
        .again((0.0, 0.0), (1.0, 1.0), inks.ground, 12.0);
    press
        .canvas
        .again((0.0, 0.0), (1.0, 1.0), inks.words_on(inks.ground), 0.0);
}

/// Rays from behind a disc.
fn spotlight(press: &mut Press) {
    let inks = press.inks;
    let other = inks.other_on(inks.ground, inks.strong);
    let cy = [160.0, 320.0, 0.0]
        .get(press.dice.below(3) as usize)
        .copied()
        .unwrap_or(160.0);
    let rays = 10 + press.dice.below(4) * 2;
    let start = press.dice.unit();
    let mut path = Path::default();
    for at in 0..rays {
        let from = (at as f32 + start) / rays as f32 * std::f32::consts::TAU;
        let to = from + std::f32::consts::PI / rays as f32;
        path.poly(&[
            (160.0, cy),
            (160.0 + 460.0 * from.cos(), cy + 460.0 * from.sin()),
            (160.0 + 460.0 * to.cos(), cy + 460.0 * to.sin()),
        ]);
    }
    press.canvas.fill(&path, other, 1.0);
    press.canvas.circle(160.0, 160.0, 118.0, inks.strong);
    let words = inks.words_on(inks.strong);
    let rows = press.name.rows(4);
    let area = if rows.len() == 1 {
        frame(70.0, 96.0, 180.0, 128.0)
    } else {
        frame(88.0, 88.0, 144.0, 144.0)
    };
    press.letters(&rows, area, 12.0, 0.24, (words, words));
}

/// Two half discs that have slipped past each other.
fn halves(press: &mut Press) {
    let inks = press.inks;
    let other = inks.other_on(inks.ground, inks.strong);
    let slip = 22.0 + press.dice.unit() * 40.0;
    let name_first = press.dice.below(2) == 0;
    let middle = if name_first { 214.0 } else { 106.0 };
    let upright = press.dice.below(2) == 0;
    for (way, ink) in [(-1.0, inks.strong), (1.0, other)] {
        let mut half = Path::default();
        let (centre, other_way) = if upright {
            ((160.0 + way * 4.0, middle + way * slip * 0.2), (way, -1.0))
        } else {
            ((160.0 + way * slip, middle), (-1.0, way))
        };
        half.quarter(
            centre,
            (50.0, 50.0),
            (
                if upright { way } else { 1.0 },
                if upright { 1.0 } else { way },
            ),
            100.0,
        );
        half.quarter(centre, (50.0, 50.0), other_way, 100.0);
        press.canvas.fill(&half, ink, 1.0);
    }
    let y = if name_first { 18.0 } else { 222.0 };
    let row = press.name.first(4);
    let width = if row.len() == 1 { 96.0 } else { 284.0 };
    press.letters(
        &[row],
        frame(18.0, y, width, 80.0),
        10.0,
        0.24,
        (inks.ink, inks.ink),
    );
}

/// A head and shoulders cut from paper, the name across the chest.
fn bust(press: &mut Press) {
    let inks = press.inks;
    let other = inks.other_on(inks.ground, inks.strong);
    press.fibres(inks.ground);
    let side = [104.0, 160.0, 216.0]
        .get(press.dice.below(3) as usize)
        .copied()
        .unwrap_or(160.0);
    press.canvas.circle(320.0 - side, 120.0, 104.0, other);
    let wears = press.dice.below(3);
    if wears == 0 {
        press.canvas.groove((side, 96.0), 74.0, inks.strong, 11.0);
    }
    press.canvas.circle(side, 96.0, 62.0, inks.ink);
    let mut worn = Path::default();
    match wears {
        0 => [-84.0, 50.0]
            .iter()
            .for_each(|x| worn.rect(side + x, 70.0, 34.0, 58.0)),
        1 => [-1.0, 1.0]
            .iter()
            .for_each(|way| worn.quarter((side, 84.0), (36.0, 36.0), (*way, -1.0), 72.0)),
        _ => {}
    }
    press.canvas.fill(&worn, inks.strong, 1.0);
    let mut chest = Path::default();
    chest.disc((160.0, 330.0), 176.0, 158.0, true);
    press.canvas.fill(&chest, inks.strong, 1.0);
    let words: Ink = inks.words_on(inks.strong);
    let row = press.name.first(4);
    let width = (row.len() as f32 * 76.0).min(228.0);
    press.letters(
        &[row],
        frame(160.0 - width / 2.0, 222.0, width, 80.0),
        9.0,
        0.22,
        (words, words),
    );
}
