//! Songs again, with a figure beside the name: a record, a stair, arcs.

use super::Press;
use super::block::frame;

/// A record coming out of its sleeve.
pub(super) fn groove(press: &mut Press) {
    let inks = press.inks;
    press.paper(inks.ground);
    press.fibres(inks.ground);
    let disc = if press.dice.below(2) == 0 {
        inks.strong
    } else {
        inks.ink
    };
    let cx = [320.0, 160.0, 0.0]
        .get(press.dice.below(3) as usize)
        .copied()
        .unwrap_or(160.0);
    let (cy, line) = (320.0, inks.ground);
    press.canvas.circle(cx, cy, 188.0, disc);
    let mut r = 179.0;
    let mut step = 4.0 + press.dice.unit() * 3.0;
    while r > 84.0 {
        press.canvas.groove((cx, cy), r, line, 1.6);
        r -= step;
        step *= 1.32;
    }
    let label = inks.other_on(disc, inks.ground);
    press.canvas.circle(cx, cy, 68.0, label);
    press.canvas.circle(cx, cy, 13.0, inks.ground);
    let row = press.name.first(4);
    let width = if row.len() == 1 { 110.0 } else { 284.0 };
    let x = if cx > 200.0 || width > 200.0 {
        18.0
    } else {
        192.0
    };
    let (body, round) = (inks.ink, inks.colour_on(inks.ground));
    press.letters(
        &[row],
        frame(x, 18.0, width, 104.0),
        10.0,
        0.24,
        (body, round),
    );
}

/// The syllables one under the other, each with a band that gets shorter: a stair of sustained notes.
pub(super) fn bands(press: &mut Press) {
    let inks = press.inks;
    press.paper(inks.ground);
    let name = press.name.first(4);
    let count = name.len().clamp(2, 4);
    let tall = (284.0 - 8.0 * (count as f32 - 1.0)) / count as f32;
    let other = inks.other_on(inks.ground, inks.strong);
    let colours = [inks.strong, other, inks.ink, inks.strong];
    let turn = press.dice.below(2) as usize;
    let wide = tall.min(120.0);
    let mut long = 284.0;
    for at in 0..count {
        let y = 18.0 + at as f32 * (tall + 8.0);
        let colour = colours
            .iter()
            .cycle()
            .skip(at + turn)
            .copied()
            .next()
            .unwrap_or(inks.ink);
        press.canvas.rect(18.0, y, long, tall, colour);
        if let Some(glyph) = name.get(at) {
            let (words, inset) = (inks.words_on(colour), tall * 0.13);
            let area = frame(18.0 + inset, y + inset, wide - inset, tall - 2.0 * inset);
            press.letters(&[vec![*glyph]], area, 0.0, 0.2, (words, words));
        }
        long = (long * (0.58 + 0.24 * press.dice.unit())).max(wide + 18.0);
    }
}

/// Arcs spreading from a corner, the name in the quiet part.
pub(super) fn rainbow(press: &mut Press) {
    let inks = press.inks;
    press.paper(inks.ground);
    press.fibres(inks.ground);
    let other = inks.other_on(inks.ground, inks.strong);
    let right = press.dice.below(2) == 0;
    let cx = if right { 320.0 } else { 0.0 };
    let mut r = 206.0;
    for (at, ink) in [
        inks.strong,
        inks.ground,
        other,
        inks.ground,
        inks.ink,
        inks.ground,
        inks.strong,
    ]
    .into_iter()
    .enumerate()
    {
        press.canvas.circle(cx, 320.0, r, ink);
        r -= if at % 2 == 0 {
            38.0 - at as f32 * 3.0
        } else {
            9.0
        };
    }
    let row = press.name.first(4);
    let width = if row.len() < 3 {
        row.len() as f32 * 104.0 - 10.0
    } else {
        284.0
    };
    let x = if right { 18.0 } else { 302.0 - width };
    press.letters(
        &[row],
        frame(x, 18.0, width, 92.0),
        10.0,
        0.25,
        (inks.ink, inks.ink),
    );
}
