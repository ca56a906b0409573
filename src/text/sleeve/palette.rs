//! Printing inks: a few curated sets, as a small press would keep on its shelf.

use super::Dice;

/// A colour as 0xRRGGBB.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Ink(pub(super) u32);

impl Ink {
    /// `#RRGGBB`.
    pub(super) fn hex(self) -> String {
        format!("#{:06X}", self.0 & 0x00FF_FFFF)
    }

    /// Relative luminance as WCAG defines it.
    fn luminance(self) -> f32 {
        let channel = |shift: u32| {
            let value = ((self.0 >> shift) & 0xFF) as f32 / 255.0;
            if value <= 0.04 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * channel(16) + 0.7152 * channel(8) + 0.0722 * channel(0)
    }

    /// Contrast ratio, 1 to 21.
    pub(super) fn contrast(self, other: Ink) -> f32 {
        let (one, two) = (self.luminance() + 0.05, other.luminance() + 0.05);
        one.max(two) / one.min(two)
    }
}

/// Four inks: what the paper is, what the words are printed in, the strong and the soft colour.
#[derive(Clone, Copy)]
pub(super) struct Palette {
    pub(super) ground: Ink,
    pub(super) ink: Ink,
    pub(super) strong: Ink,
    pub(super) soft: Ink,
}

impl Palette {
    /// The first of the other inks that stands off `under` by `least`, else the one that stands off most.
    fn off(&self, under: Ink, order: [Ink; 4], least: f32) -> Ink {
        let mut best = self.ink;
        for ink in order {
            let contrast = ink.contrast(under);
            if contrast >= least {
                return ink;
            }
            if contrast > best.contrast(under) {
                best = ink;
            }
        }
        best
    }

    /// An ink that words can be read in on `under`.
    pub(super) fn words_on(&self, under: Ink) -> Ink {
        self.off(under, [self.ink, self.ground, self.soft, self.strong], 3.5)
    }

    /// A coloured ink that shows on `under`.
    pub(super) fn colour_on(&self, under: Ink) -> Ink {
        self.off(under, [self.strong, self.soft, self.ground, self.ink], 1.7)
    }

    /// The other coloured ink on `under`, not the same as `but`.
    pub(super) fn other_on(&self, under: Ink, but: Ink) -> Ink {
        let order = [self.soft, self.strong, self.ground, self.ink];
        order
            .into_iter()
            .find(|ink| *ink != but && *ink != under && ink.contrast(under) >= 1.28)
            .unwrap_or(self.ink)
    }

    /// The same inks with the roles turned on by `step`: the sleeves of one series.
    pub(super) fn turned(self, step: u32) -> Palette {
        let pulls = [
            self,
            Palette {
                ground: self.strong,
                strong: self.ground,
                ..self
            },
            Palette {
                ground: self.ink,
                ink: self.ground,
                ..self
            },
            Palette {
                strong: self.soft,
                soft: self.strong,
                ..self
            },
        ];
        let usable = pulls.iter().filter(|pull| pull.prints());
        let count = usable.clone().count().max(1);
        let mut turned = usable.cycle().skip(step as usize % count).copied();
        turned.next().unwrap_or(self)
    }

    /// Whether words and the strong colour show on the ground.
    fn prints(&self) -> bool {
        self.ink.contrast(self.ground) >= 4.2
            && self.strong.contrast(self.ground) >= 1.9
            && self.soft.contrast(self.ground) >= 1.3
            && self.soft.contrast(self.ink) >= 1.8
    }
}

/// Index of the family of a mood: warm, joyful, longing, sad, tense, grand.
fn family(mood: &str) -> Option<u32> {
    Some(match mood {
        "warm" | "calm" | "gentle" | "tender" | "comforting" => 0,
        "joyful" | "bright" | "playful" | "upbeat" | "hopeful" => 1,
        "longing" | "wistful" | "nostalgic" | "romantic" => 2,
        "sad" | "plaintive" | "lonely" | "bittersweet" => 3,
        "tense" | "ominous" | "urgent" | "dark" => 4,
        "grand" | "solemn" | "mysterious" | "exciting" => 5,
        _ => return None,
    })
}

/// Three sets for each family, in the order of [`family`]: ground, ink, strong, soft.
const PRESS: [[u32; 4]; 18] = [
    // warm: persimmon on hanji, mustard and brick, barley and celadon
    [0xF3E6CF, 0x2E2220, 0xD9572B, 0xE8AE4A],
    [0xE9A83C, 0x3B1D18, 0xBF4527, 0xF8ECD4],
    [0xEDE3CB, 0x33402F, 0xB9722D, 0x86A98B],
    // joyful: citrus, spring pink and pine, open sky
    [0xF5CE46, 0x1E2A5E, 0xE24B35, 0xFBF3DE],
    [0xF6C4BC, 0x17493A, 0xE2532F, 0xFFF4E4],
    [0x86C6D6, 0x16314E, 0xD4481F, 0xFFF3D6],
    // longing: plum night, lilac paper, rose at dusk
    [0x4A2C60, 0xF5E6DA, 0xEC93A6, 0xB79AD2],
    [0xDCD0EA, 0x37214F, 0x7B4FB4, 0xF08468],
    [0xF2DDD4, 0x5B1C3B, 0xC63A67, 0xEBA868],
    // sad: rain, old celadon, pale blue ink
    [0x1E3A5C, 0xEFF0E6, 0x7DB0D0, 0xDD9A5E],
    [0xAECBB8, 0x173536, 0x2F766F, 0xF8F0DC],
    [0xE1E7EA, 0x1B2C49, 0x2D6DB0, 0xA3BFD2],
    // tense: night with a red lamp, red room, concrete
    [0x1D1B20, 0xF2ECDF, 0xD2352C, 0x77747C],
    [0xBF2A20, 0xF8EEDB, 0xEDA63F, 0x1F1416],
    [0xCFCBC2, 0x222428, 0xDF4A2B, 0x8C9296],
    // grand: royal teal and gold, painted eaves, night gold
    [0x104A49, 0xF5E7C6, 0xDCA93F, 0x3F9488],
    [0xF3EAD8, 0x13345A, 0xC9372B, 0x3A9377],
    [0x2B1F42, 0xF2DDAE, 0xD5503F, 0x8163AE],
];

/// The inks for a page: from its moods' family when one is known, now and then from another shelf.
pub(super) fn pick(dice: &mut Dice, moods: &[&str]) -> Palette {
    let stray = dice.below(8) == 0;
    let (any, third, turn) = (dice.below(18), dice.below(3), dice.below(6));
    let choice = match moods.iter().find_map(|mood| family(mood)) {
        Some(family) if !stray => family * 3 + third,
        _ => any,
    };
    let [ground, ink, strong, soft] = PRESS
        .get(choice as usize)
        .copied()
        .unwrap_or([0xF3E6CF, 0x2E2220, 0xD9572B, 0xE8AE4A]);
    let plain = Palette {
        ground: Ink(ground),
        ink: Ink(ink),
        strong: Ink(strong),
        soft: Ink(soft),
    };
    plain.turned(turn.saturating_sub(2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_set_prints_its_words_legibly() {
        for [ground, ink, strong, soft] in PRESS {
            let set = Palette {
                ground: Ink(ground),
                ink: Ink(ink),
                strong: Ink(strong),
                soft: Ink(soft),
            };
            assert!(
                set.prints(),
                "{ground:06X} {} {}",
                set.ink.contrast(set.ground),
                set.strong.contrast(set.ground)
            );
        }
    }
}
