//! Albums: the inks and the composition of the drama, a spine, and the part as a numeral.

use super::block::{Frame, Plates, frame};
use super::name::Glyph;
use super::pen::Path;
use super::{Ink, Press};

/// Draws the album in the composition its drama has, so the parts stand together as a series.
pub(super) fn draw(press: &mut Press, number: Option<u16>) {
    // The same throw that chooses the drama's composition.
    let composition = press.dice.below(5);
    let part = number.unwrap_or(0);
    press.inks = press.inks.turned(u32::from(part));
    let inks = press.inks;
    press.paper(inks.ground);
    let figures: Vec<Glyph> = match number {
        Some(number) => number.to_string().chars().map(Glyph::Latin).collect(),
        None => press.name.first(2),
    };
    match composition {
        0 => tiles(press, &figures, part),
        1 => horizon(press, &figures, part),
        2 => curtain(press, &figures, part),
        3 => ridges(press, &figures, part),
        _ => seal(press, &figures),
    }
    press.canvas.rect(0.0, 0.0, 14.0, 320.0, inks.ink);
    notches(press, part, inks.words_on(inks.ink));
}

/// The part number once more, as notches in the spine.
fn notches(press: &mut Press, part: u16, ink: Ink) {
    let mut path = Path::default();
    for at in 0..part.min(30) {
        path.rect(3.0, 306.0 - f32::from(at) * 9.0, 8.0, 4.0);
    }
    press.canvas.fill(&path, ink, 1.0);
}

/// The numeral, as tall as its place however many figures it has.
fn numeral(press: &mut Press, figures: &[Glyph], area: Frame, weight: f32, ink: Ink) {
    let mut plates = Plates::default();
    plates.row(figures, area, 14.0, press.cut(weight));
    plates.join();
    press.canvas.fill(&plates.body, ink, 1.0);
}

fn name_row(press: &mut Press, x: f32, y: f32, tall: f32, ink: Ink) {
    let row = press.name.first(4);
    let width = row.len() as f32 * (tall + 5.0) - 5.0;
    press.letters(&[row], frame(x, y, width, tall), 5.0, 0.17, (ink, ink));
}

/// A large tile with the numeral; the small tiles count on.
fn tiles(press: &mut Press, figures: &[Glyph], part: u16) {
    let inks = press.inks;
    let other = inks.other_on(inks.ground, inks.strong);
    press.canvas.rect(28.0, 18.0, 206.0, 206.0, inks.strong);
    let words = inks.words_on(inks.strong);
    numeral(press, figures, frame(56.0, 42.0, 150.0, 158.0), 0.26, words);
    for at in 0..3_u16 {
        let (colour, y) = (
            if part % 3 == at { inks.ink } else { other },
            18.0 + f32::from(at) * 70.0,
        );
        press.canvas.rect(238.0, y, 66.0, 66.0, colour);
        let mut path = Path::default();
        path.quarter((304.0, y + 66.0), (33.0, 33.0), (-1.0, -1.0), 66.0);
        let shape = inks.other_on(colour, colour);
        press.canvas.fill(&path, shape, 1.0);
    }
    name_row(press, 28.0, 238.0, 64.0, inks.ink);
}

/// The sun climbs and sinks again from part to part.
fn horizon(press: &mut Press, figures: &[Glyph], part: u16) {
    let inks = press.inks;
    let other = inks.other_on(inks.ground, inks.strong);
    let turn = f32::from(part % 16) / 16.0 * std::f32::consts::TAU;
    let (cx, cy) = (176.0 - 34.0 * turn.cos(), 146.0 - 18.0 * turn.sin());
    press.canvas.circle(cx, cy, 112.0, inks.strong);
    let words = inks.words_on(inks.strong);
    numeral(
        press,
        figures,
        frame(cx - 52.0, cy - 88.0, 104.0, 122.0),
        0.26,
        words,
    );
    press.canvas.rect(14.0, 202.0, 306.0, 118.0, other);
    let mut path = Path::default();
    for at in 0..4_u16 {
        let half = 100.0 - f32::from(at) * 14.0;
        path.rect(cx - half, 208.0 + f32::from(at) * 9.0, half * 2.0, 4.5);
    }
    let shine = inks.colour_on(other);
    press.canvas.fill(&path, shine, 1.0);
    let words = inks.words_on(other);
    name_row(press, 30.0, 250.0, 54.0, words);
}

/// Bands across the sleeve, the band of this part wide and strong.
fn curtain(press: &mut Press, figures: &[Glyph], part: u16) {
    let inks = press.inks;
    let other = inks.other_on(inks.ground, inks.strong);
    let mut path = Path::default();
    for at in 0..9_u16 {
        path.rect(14.0 + f32::from(at) * 34.0, 0.0, 17.0, 196.0);
    }
    press.canvas.fill(&path, other, 1.0);
    let x = 30.0 + f32::from(part % 5) * 24.0;
    press.canvas.rect(x, 0.0, 160.0, 226.0, inks.strong);
    let words = inks.words_on(inks.strong);
    numeral(
        press,
        figures,
        frame(x + 25.0, 60.0, 110.0, 144.0),
        0.28,
        words,
    );
    name_row(press, 30.0, 244.0, 60.0, inks.ink);
}

/// The numeral with the echoes that surround the drama's seal, the name as a small seal beside it.
fn seal(press: &mut Press, figures: &[Glyph]) {
    let inks = press.inks;
    let other = inks.other_on(inks.ground, inks.strong);
    for (at, ink) in [
        (0, other),
        (1, inks.ground),
        (2, inks.ink),
        (3, inks.ground),
    ] {
        let inset = at as f32 * 8.0;
        press.canvas.rect(
            32.0 + inset,
            18.0 + inset,
            270.0 - 2.0 * inset,
            284.0 - 2.0 * inset,
            ink,
        );
    }
    press.canvas.rect(64.0, 50.0, 206.0, 220.0, inks.strong);
    let words = inks.words_on(inks.strong);
    numeral(press, figures, frame(86.0, 74.0, 124.0, 172.0), 0.32, words);
    press.canvas.rect(230.0, 164.0, 90.0, 156.0, inks.ink);
    let words = inks.words_on(inks.ink);
    let column: Vec<Vec<Glyph>> = press
        .name
        .first(3)
        .into_iter()
        .map(|glyph| vec![glyph])
        .collect();
    press.letters(
        &column,
        frame(246.0, 180.0, 58.0, 124.0),
        8.0,
        0.2,
        (words, words),
    );
}

/// One great peak with the numeral on it; the sun wanders over it from part to part.
fn ridges(press: &mut Press, figures: &[Glyph], part: u16) {
    let inks = press.inks;
    let other = inks.other_on(inks.ground, inks.strong);
    let turn = f32::from(part % 12) / 12.0;
    press.canvas.circle(60.0 + 214.0 * turn, 58.0, 34.0, other);
    let mut far = Path::default();
    far.poly(&[(64.0, 104.0), (190.0, 234.0), (-62.0, 234.0)]);
    far.poly(&[(272.0, 104.0), (398.0, 234.0), (146.0, 234.0)]);
    press.canvas.fill(&far, other, 1.0);
    let mut near = Path::default();
    near.poly(&[(128.0, 22.0), (206.0, 22.0), (320.0, 234.0), (14.0, 234.0)]);
    press.canvas.fill(&near, inks.strong, 1.0);
    let words = inks.words_on(inks.strong);
    numeral(
        press,
        figures,
        frame(117.0, 52.0, 100.0, 158.0),
        0.28,
        words,
    );
    press.canvas.rect(14.0, 232.0, 306.0, 88.0, inks.ink);
    let words = inks.words_on(inks.ink);
    name_row(press, 30.0, 246.0, 60.0, words);
}
