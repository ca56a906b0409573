//! Casting a letter: its strokes as outlines in a box.

use super::block::{Frame, Plates};
use super::stroke::{Letter, Stroke};

impl Plates {
    /// Draws the strokes of a letter, `t` thick, inside `area`.
    pub(super) fn letter(&mut self, letter: Letter, area: Frame, t: f32, solid: bool) {
        let (w, h) = ((area.w - t).max(0.1), (area.h - t).max(0.1));
        let (x, y) = (
            |u: f32| area.x + t / 2.0 + u * w,
            |v: f32| area.y + t / 2.0 + v * h,
        );
        for stroke in letter.strokes {
            match *stroke {
                Stroke::H(v, u0, u1) => {
                    self.body
                        .rect(x(u0) - t / 2.0, y(v) - t / 2.0, (u1 - u0) * w + t, t)
                }
                Stroke::V(u, v0, v1) => {
                    self.body
                        .rect(x(u) - t / 2.0, y(v0) - t / 2.0, t, (v1 - v0) * h + t)
                }
                Stroke::D(u0, v0, u1, v1) => {
                    self.body
                        .slant((x(u0), y(v0) - t / 2.0), (x(u1), y(v1) + t / 2.0), t)
                }
                Stroke::W(u0, v0, u1, v1) => {
                    self.wedge((x(u0), y(v0) - t / 2.0), (x(u1), y(v1) + t / 2.0), t, solid)
                }
                Stroke::O(u0, v0, u1, v1) => {
                    let (rx, ry) = ((u1 - u0) * w / 2.0, (v1 - v0) * h / 2.0);
                    let (rx, ry) = (rx.min(ry * 1.7), ry.min(rx * 1.15));
                    let centre = (x((u0 + u1) / 2.0), y((v0 + v1) / 2.0));
                    if solid {
                        // A record with its spindle hole.
                        let (rx, ry) = (rx + t / 2.0, ry + t / 2.0);
                        self.round.disc(centre, rx, ry, true);
                        self.round.disc(centre, rx * 0.2, ry * 0.2, false);
                    } else {
                        self.round.ring(centre, rx, ry, t);
                    }
                }
                Stroke::E(u0, v0, u1, v1) => {
                    let centre = (x((u0 + u1) / 2.0), y((v0 + v1) / 2.0));
                    self.round
                        .ring(centre, (u1 - u0) * w / 2.0, (v1 - v0) * h / 2.0, t);
                }
                Stroke::Q(u0, v0, u1, v1, mask) => {
                    let centre = (x((u0 + u1) / 2.0), y((v0 + v1) / 2.0));
                    let radii = ((u1 - u0) * w / 2.0, (v1 - v0) * h / 2.0);
                    for (bit, way) in [
                        (1, (1.0, -1.0)),
                        (2, (1.0, 1.0)),
                        (4, (-1.0, 1.0)),
                        (8, (-1.0, -1.0)),
                    ] {
                        if mask & bit != 0 {
                            self.body.quarter(centre, radii, way, t);
                        }
                    }
                }
            }
        }
    }

    fn wedge(&mut self, (x0, y0): (f32, f32), (x1, y1): (f32, f32), t: f32, solid: bool) {
        let middle = (x0 + x1) / 2.0;
        if solid {
            self.round
                .poly(&[(middle, y0), (x1 + t / 2.0, y1), (x0 - t / 2.0, y1)]);
            return;
        }
        self.round.slant((middle, y0), (x0, y1), t);
        self.round.slant((middle, y0), (x1, y1), t);
    }
}
