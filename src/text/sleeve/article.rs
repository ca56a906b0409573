//! Articles: the look of a programme note.

use super::Press;
use super::block::frame;
use super::pen::Path;

/// Draws one of two compositions.
pub(super) fn draw(press: &mut Press) {
    let ground = press.inks.ground;
    press.paper(ground);
    if press.dice.below(2) == 0 {
        columns(press)
    } else {
        staff(press)
    }
}

/// A large initial and lines of print in two columns.
fn columns(press: &mut Press) {
    let inks = press.inks;
    press.fibres(inks.ground);
    let mut path = Path::default();
    for at in 0..18 {
        let y = 24.0 + at as f32 * 15.6;
        let right = 114.0 + 20.0 * press.dice.unit();
        path.rect(170.0, y, right, 5.0);
        if at >= 11 {
            path.rect(18.0, y, right + 2.0, 5.0);
        }
    }
    press.canvas.fill(&path, inks.ink, 1.0);
    press.canvas.rect(18.0, 18.0, 136.0, 160.0, inks.strong);
    let words = inks.words_on(inks.strong);
    let first = press.name.first(1);
    press.letters(
        &[first],
        frame(36.0, 40.0, 100.0, 116.0),
        0.0,
        0.22,
        (words, words),
    );
}

/// A stave with notes, the name under it.
fn staff(press: &mut Press) {
    let inks = press.inks;
    let other = inks.other_on(inks.ground, inks.strong);
    let mut lines = Path::default();
    (0..5).for_each(|at| lines.rect(0.0, 44.0 + at as f32 * 28.0, 320.0, 4.0));
    press.canvas.fill(&lines, other, 1.0);
    let (mut heads, mut stems) = (Path::default(), Path::default());
    for at in 0..5 {
        let (x, y) = (
            44.0 + at as f32 * 58.0,
            46.0 + press.dice.below(9) as f32 * 14.0,
        );
        heads.disc((x, y), 19.0, 14.0, true);
        if y > 100.0 {
            stems.rect(x + 13.0, y - 74.0, 6.0, 74.0)
        } else {
            stems.rect(x - 19.0, y, 6.0, 74.0)
        }
    }
    press.canvas.fill(&stems, inks.ink, 1.0);
    press.canvas.fill(&heads, inks.strong, 1.0);
    let row = press.name.first(4);
    let width = if row.len() == 1 { 84.0 } else { 284.0 };
    press.letters(
        &[row],
        frame(18.0, 222.0, width, 80.0),
        10.0,
        0.22,
        (inks.ink, inks.ink),
    );
}
