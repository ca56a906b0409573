//! Dramas: framed like a poster, with one mark for every episode.

use super::block::frame;
use super::name::Glyph;
use super::pen::Path;
use super::{Ink, Press};

/// Draws one of five compositions.
pub(super) fn draw(press: &mut Press) {
    let ground = press.inks.ground;
    press.paper(ground);
    match press.dice.below(5) {
        0 => tiles(press),
        1 => horizon(press),
        2 => curtain(press),
        3 => ridges(press),
        _ => seal(press),
    }
}

/// Episodes as a row of bars standing on a line.
fn episodes(press: &mut Press, ink: Ink, y: f32, tall: f32) {
    let bars = press.bars(16, 40);
    let step = 284.0 / bars.len().max(1) as f32;
    let mut path = Path::default();
    for (at, bar) in bars.iter().enumerate() {
        let h = (bar * tall).max(2.5);
        path.rect(18.0 + at as f32 * step, y + tall - h, step * 0.68, h);
    }
    press.canvas.fill(&path, ink, 1.0);
}

/// Four tiles, the syllables knocked out of them, a figure where no syllable is left.
fn tiles(press: &mut Press) {
    let inks = press.inks;
    let name = press.name.first(4);
    let other = inks.other_on(inks.ground, inks.strong);
    // The order in which tiles are given away: short names stand on a diagonal.
    let order: [usize; 4] = if name.len() == 2 {
        [0, 3, 1, 2]
    } else {
        [0, 1, 2, 3]
    };
    let colours = [inks.strong, other, inks.ink, inks.strong];
    let turn = press.dice.below(3) as usize;
    for (given, place) in order.into_iter().enumerate() {
        let (x, y) = (
            18.0 + (place % 2) as f32 * 144.0,
            18.0 + (place / 2) as f32 * 126.0,
        );
        let colour = colours
            .iter()
            .cycle()
            .skip(place + turn)
            .copied()
            .next()
            .unwrap_or(inks.ink);
        press.canvas.rect(x, y, 140.0, 122.0, colour);
        let words = inks.words_on(colour);
        match name.get(given) {
            Some(glyph) => press.letters(
                &[vec![*glyph]],
                frame(x + 19.0, y + 15.0, 102.0, 92.0),
                0.0,
                0.2,
                (words, words),
            ),
            None => figure(press, place, (x, y), inks.other_on(colour, colour)),
        }
    }
    let marks = inks.ink;
    episodes(press, marks, 278.0, 24.0);
}

/// A quarter disc, a ring or a stair in a tile.
fn figure(press: &mut Press, place: usize, (x, y): (f32, f32), ink: Ink) {
    let mut path = Path::default();
    match (press.dice.below(3), place.is_multiple_of(2)) {
        (0, true) => path.quarter((x, y + 122.0), (61.0, 61.0), (1.0, -1.0), 122.0),
        (0, false) => path.quarter((x + 140.0, y + 122.0), (61.0, 61.0), (-1.0, -1.0), 122.0),
        (1, _) => path.disc((x + 70.0, y + 61.0), 46.0, 46.0, true),
        _ => (0..4).for_each(|at| path.rect(x, y + at as f32 * 32.0, 140.0, 14.0)),
    }
    press.canvas.fill(&path, ink, 1.0);
}

/// A sun over water: the reflection is made of the episodes.
fn horizon(press: &mut Press) {
    let inks = press.inks;
    let other = inks.other_on(inks.ground, inks.strong);
    let cx = 105.0 + press.dice.unit() * 110.0;
    press.fibres(inks.ground);
    press.canvas.circle(cx, 192.0, 82.0, inks.strong);
    press.canvas.rect(0.0, 190.0, 320.0, 130.0, other);
    let bars = press.bars(12, 24);
    let step = 122.0 / bars.len().max(1) as f32;
    let mut path = Path::default();
    for (at, bar) in bars.iter().enumerate() {
        let half = 20.0 + 96.0 * bar;
        path.rect(cx - half, 195.0 + at as f32 * step, half * 2.0, step * 0.6);
    }
    let shine = inks.colour_on(other);
    press.canvas.fill(&path, shine, 1.0);
    let row = press.name.first(4);
    let width = if row.len() == 1 { 96.0 } else { 284.0 };
    press.letters(
        &[row],
        frame(18.0, 18.0, width, 84.0),
        10.0,
        0.24,
        (inks.ink, inks.ink),
    );
}

/// Hanging or rising bands, one for every episode, over a name as wide as the stage.
fn curtain(press: &mut Press) {
    let inks = press.inks;
    let other = inks.other_on(inks.ground, inks.strong);
    let rising = press.dice.below(2) == 0;
    let bars = press.bars(16, 32);
    let step = 320.0 / bars.len().max(1) as f32;
    let (mut odd, mut even) = (Path::default(), Path::default());
    for (at, bar) in bars.iter().enumerate() {
        let plate = if at % 2 == 0 { &mut even } else { &mut odd };
        let long = 50.0 + 112.0 * bar;
        plate.rect(
            at as f32 * step,
            if rising { 320.0 - long } else { 0.0 },
            step + 0.2,
            long,
        );
    }
    press.canvas.fill(&even, inks.strong, 1.0);
    press.canvas.fill(&odd, other, 1.0);
    let row = press.name.first(4);
    press.letters(
        &[row],
        frame(18.0, if rising { 18.0 } else { 184.0 }, 284.0, 118.0),
        10.0,
        0.26,
        (inks.ink, inks.ink),
    );
}

/// A carved seal with echoes of its edge.
fn seal(press: &mut Press) {
    let inks = press.inks;
    let other = inks.other_on(inks.ground, inks.strong);
    press.fibres(inks.ground);
    let rows: Vec<Vec<Glyph>> = press.name.rows(6);
    for (at, ink) in [
        (0, other),
        (1, inks.ground),
        (2, inks.ink),
        (3, inks.ground),
    ] {
        let inset = 18.0 + at as f32 * 8.0;
        press
            .canvas
            .rect(inset, inset, 320.0 - 2.0 * inset, 284.0 - 2.0 * inset, ink);
    }
    press.canvas.rect(50.0, 50.0, 220.0, 184.0, inks.strong);
    let words = inks.words_on(inks.strong);
    press.letters(
        &rows,
        frame(68.0, 66.0, 184.0, 152.0),
        14.0,
        0.24,
        (words, words),
    );
    episodes(press, inks.ink, 278.0, 24.0);
}

/// Sun, moon and peaks, as on the folding screen behind a throne; the far peaks are the episodes.
fn ridges(press: &mut Press) {
    let inks = press.inks;
    let other = inks.other_on(inks.ground, inks.strong);
    let (sun, moon) = if press.dice.below(2) == 0 {
        (64.0, 256.0)
    } else {
        (256.0, 64.0)
    };
    press.canvas.circle(sun, 56.0, 34.0, inks.strong);
    press.canvas.circle(moon, 56.0, 34.0, other);
    let bars = press.bars(12, 25);
    let step = 320.0 / bars.len().max(1) as f32;
    let mut far = Path::default();
    for (at, bar) in bars.iter().enumerate() {
        let x = at as f32 * step;
        let top = 168.0 - 86.0 * bar;
        far.poly(&[
            (x + step / 2.0, top),
            (x + step * 1.5, 206.0),
            (x - step / 2.0, 206.0),
        ]);
    }
    press.canvas.fill(&far, other, 1.0);
    let mut near = Path::default();
    for (x, top, half) in [
        (44.0, 138.0, 78.0),
        (160.0, 96.0, 92.0),
        (276.0, 138.0, 78.0),
    ] {
        near.poly(&[(x, top), (x + half, 206.0), (x - half, 206.0)]);
    }
    press.canvas.fill(&near, inks.strong, 1.0);
    press.canvas.rect(0.0, 204.0, 320.0, 116.0, inks.ink);
    let words = inks.words_on(inks.ink);
    let row = press.name.first(4);
    let width = if row.len() == 1 { 96.0 } else { 284.0 };
    press.letters(
        &[row],
        frame(18.0, 220.0, width, 84.0),
        10.0,
        0.24,
        (words, words),
    );
}
