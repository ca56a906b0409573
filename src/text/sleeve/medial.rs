//! The vowels: a stem or a bar with ticks.

use super::block::{Frame, Plates};

impl Plates {
    /// Draws the level part of a medial; `beside` tells that an upright part follows.
    pub(super) fn level(&mut self, medial: &str, area: Frame, t: f32, beside: bool) {
        let above = matches!(medial, "ㅗ" | "ㅛ");
        let bar = if above { area.y + area.h - t } else { area.y };
        self.body.rect(area.x, bar, area.w, t);
        let tick = if above { area.y } else { area.y + t };
        let ticks: &[f32] = match medial {
            "ㅡ" => &[],
            "ㅛ" | "ㅠ" => &[0.28, 0.72],
            _ if beside => &[0.42],
            _ => &[0.5],
        };
        for at in ticks {
            self.body
                .rect(area.x + area.w * at - t / 2.0, tick, t, area.h - t);
        }
    }

    /// Draws the upright part of a medial, its ticks around `middle`.
    pub(super) fn upright(&mut self, medial: &str, area: Frame, t: f32, middle: f32) {
        let right = area.x + area.w - t;
        let (stems, from, to): (&[f32], f32, f32) = match medial {
            "ㅏ" | "ㅑ" => (&[area.x], area.x + t, area.x + area.w),
            "ㅓ" | "ㅕ" => (&[right], area.x, right),
            "ㅐ" | "ㅒ" => (&[area.x, right], area.x + t, right),
            "ㅔ" | "ㅖ" => (
                &[
                    right - (area.w * 0.5).max(1.65 * t).min(area.w - 1.6 * t),
                    right,
                ],
                area.x,
                right - t,
            ),
            _ => (&[right], right, right),
        };
        for stem in stems {
            self.body.rect(*stem, area.y, t, area.h);
        }
        let inner = stems.first().copied().unwrap_or(right);
        let to = if matches!(medial, "ㅔ" | "ㅖ") {
            inner
        } else {
            to
        };
        let ticks: &[f32] = match medial {
            "ㅣ" => &[],
            "ㅑ" | "ㅒ" | "ㅕ" | "ㅖ" => &[-0.17, 0.17],
            _ => &[0.0],
        };
        for at in ticks {
            self.body.rect(
                from,
                area.y + area.h * (middle + at) - t / 2.0,
                to - from,
                t,
            );
        }
    }
}
