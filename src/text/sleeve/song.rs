//! Songs: a name sounding, and what lingers after it.

use super::block::{Plates, frame};
use super::motif::{bands, groove, rainbow};
use super::pen::Path;
use super::{Ink, Press};

/// Draws one of eight compositions.
pub(super) fn draw(press: &mut Press) {
    match press.dice.below(8) {
        0 => decay(press),
        1 => resonance(press),
        2 => groove(press),
        3 => wave(press),
        4 => crop(press),
        5 => bands(press),
        6 => rainbow(press),
        _ => overprint(press),
    }
}

/// The name again and again, every time half as tall: a sound dying away.
fn decay(press: &mut Press) {
    let inks = press.inks;
    press.paper(inks.ground);
    press.fibres(inks.ground);
    let row = press.name.first(3);
    let weight = if row.len() == 1 { 0.3 } else { 0.26 };
    let mut plates = Plates::default();
    plates.row(&row, frame(0.0, 0.0, 284.0, 138.0), 10.0, press.cut(weight));
    plates.join();
    press.canvas.keep(&plates.body);
    let other = inks.other_on(inks.ground, inks.strong);
    let shades = [inks.ink, inks.ink, inks.strong, inks.strong, other];
    let upward = press.dice.below(3) == 0;
    let mut y = 16.0;
    for (scale, shade) in [1.0, 0.5, 0.3, 0.2, 0.1].into_iter().zip(shades) {
        let tall = 138.0 * scale;
        let at = if upward { 320.0 - y - tall } else { y };
        press.canvas.again((18.0, at), (1.0, scale), shade, 0.0);
        y += tall + 4.0;
    }
}

/// Lines of sound around the letters, like rings in water.
fn resonance(press: &mut Press) {
    let inks = press.inks;
    let other = inks.other_on(inks.ground, inks.strong);
    press.paper(inks.strong);
    let rows = press.name.rows(4);
    let (x, y) = (
        72.0 + 32.0 * press.dice.unit(),
        72.0 + 32.0 * press.dice.unit(),
    );
    let mut plates = Plates::rows(&rows, frame(x, y, 144.0, 144.0), 12.0, press.cut(0.24));
    plates.join();
    press.canvas.keep(&plates.body);
    let bands: [(f32, Ink); 5] = [
        (200.0, inks.ground),
        (152.0, other),
        (112.0, inks.strong),
        (74.0, inks.ground),
        (36.0, inks.ink),
    ];
    for (swell, ink) in bands {
        press.canvas.again((0.0, 0.0), (1.0, 1.0), ink, swell);
    }
    let words = inks.words_on(inks.ink);
    press.canvas.again((0.0, 0.0), (1.0, 1.0), words, 0.0);
}

/// The name over a sound wave that fades out.
fn wave(press: &mut Press) {
    let inks = press.inks;
    press.paper(inks.ground);
    let below = press.dice.below(3) > 0;
    let other = inks.other_on(inks.ground, inks.strong);
    let (name_y, middle) = if below { (18.0, 232.0) } else { (178.0, 88.0) };
    let count = 15 + press.dice.below(4) * 4;
    let step = 284.0 / count as f32;
    let thick = step * 0.62;
    let (mut loud, mut faint) = (Path::default(), Path::default());
    for at in 0..count {
        let along = at as f32 / count as f32;
        let swell = (along * 7.0).min(1.0) * (1.0 - along).powf(0.8);
        let half = (70.0 * swell * (0.45 + 0.55 * press.dice.unit())).max(thick / 2.0);
        let plate = if along < 0.62 { &mut loud } else { &mut faint };
        plate.rect(18.0 + at as f32 * step, middle - half, thick, half * 2.0);
    }
    press.canvas.fill(&loud, inks.strong, 1.0);
    press.canvas.fill(&faint, other, 1.0);
    let row = press.name.first(4);
    let width = if row.len() == 1 { 124.0 } else { 284.0 };
    press.letters(
        &[row],
        frame(18.0, name_y, width, 124.0),
        10.0,
        0.24,
        (inks.ink, inks.ink),
    );
}

/// One letter larger than the sleeve, the name small in a corner.
fn crop(press: &mut Press) {
    let inks = press.inks;
    press.paper(inks.ground);
    let all = press.name.first(5);
    let (dx, dy) = (press.dice.unit() * 44.0, press.dice.unit() * 30.0);
    let first = all.iter().take(1).copied().collect();
    let accent = inks.other_on(inks.ground, inks.strong);
    let big = frame(6.0 - dx, 12.0 - dy, 352.0, 316.0);
    let body = if inks.strong.contrast(inks.ground) >= 2.4 {
        inks.strong
    } else {
        inks.ink
    };
    press.letters(&[first], big, 0.0, 0.2, (body, accent));
    let count = all.len().max(1) as f32;
    let (w, h) = (44.0 * count + 20.0, 64.0);
    let x = if press.dice.below(2) == 0 {
        0.0
    } else {
        320.0 - w
    };
    press.canvas.rect(x, 320.0 - h, w, h, inks.ink);
    let words = inks.words_on(inks.ink);
    press.letters(
        &[all],
        frame(x + 11.0, 320.0 - h + 11.0, w - 22.0, h - 22.0),
        6.0,
        0.17,
        (words, words),
    );
}

/// Two plates that do not quite meet, as on a risograph.
fn overprint(press: &mut Press) {
    let inks = press.inks;
    press.paper(inks.ground);
    let other = inks.other_on(inks.ground, inks.strong);
    let (cx, cy) = (
        90.0 + press.dice.unit() * 140.0,
        90.0 + press.dice.unit() * 140.0,
    );
    press.canvas.circle(cx, cy, 104.0, other);
    press.fibres(inks.ground);
    let rows = press.name.rows(4);
    let mut plates = Plates::rows(
        &rows,
        frame(26.0, 26.0, 260.0, 260.0),
        18.0,
        press.cut(0.22),
    );
    plates.join();
    press.canvas.keep(&plates.body);
    // A second plate too close to the first would only blur the letters.
    if inks.strong.contrast(inks.ink) >= 2.2 {
        press.canvas.again((8.0, 8.0), (1.0, 1.0), inks.strong, 0.0);
    }
    press.canvas.again((0.0, 0.0), (1.0, 1.0), inks.ink, 0.0);
}
