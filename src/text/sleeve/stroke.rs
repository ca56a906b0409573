//! Strokes on a unit square, which letterforms are made of.

/// One stroke; the numbers are centre lines between 0 and 1 of the letter's box.
#[derive(Clone, Copy)]
pub(super) enum Stroke {
    /// Level: y, from x, to x.
    H(f32, f32, f32),
    /// Upright: x, from y, to y.
    V(f32, f32, f32),
    /// Slanted, the upper end first: x, y, x, y.
    D(f32, f32, f32, f32),
    /// Ring in the box x, y, x, y; round when the box is not far from square.
    O(f32, f32, f32, f32),
    /// Ellipse in the box x, y, x, y, however narrow.
    E(f32, f32, f32, f32),
    /// Quarters of an ellipse in the box x, y, x, y: upper right 1, lower right 2, lower left 4, upper left 8.
    Q(f32, f32, f32, f32, u8),
    /// Wedge with its point above, in the box x, y, x, y.
    W(f32, f32, f32, f32),
}

/// A letter: its strokes and how many of them lie side by side and one above the other, which tells how heavy it can be.
#[derive(Clone, Copy)]
pub(super) struct Letter {
    pub(super) strokes: &'static [Stroke],
    pub(super) across: f32,
    pub(super) down: f32,
}

/// Shorthand for a [`Letter`].
pub(super) const fn of(strokes: &'static [Stroke], across: f32, down: f32) -> Letter {
    Letter {
        strokes,
        across,
        down,
    }
}
