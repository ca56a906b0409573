//! What a page shows, so that a change finds the pages it touches.

use std::collections::VecDeque;

/// Something a rendered page shows and would be wrong without.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dependency {
    /// The page with this id: itself, or one it names.
    Page(i64),
    /// Any page of a kind (`"song"`): browse indexes and counts.
    Kind(&'static str),
    /// Anything at all: front page, recent changes, site settings.
    Site,
}

impl Dependency {
    /// One bit of 64, so that most entries are passed over by one AND.
    fn bit(self) -> u64 {
        let number = match self {
            // Multiplying by an odd constant spreads neighbouring ids over the bits.
            Self::Page(id) => id.cast_unsigned().wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 58,
            Self::Kind(name) => {
                name.bytes()
                    .fold(7_u64, |sum, byte| sum.wrapping_mul(31) ^ u64::from(byte))
                    & 63
            }
            Self::Site => 63,
        };
        1 << number
    }
}

/// A set of dependencies: sorted, with a 64-bit sketch in front.
#[derive(Clone, Debug, Default)]
pub struct DependencySet {
    sketch: u64,
    sorted: Box<[Dependency]>,
}

impl DependencySet {
    /// Sorts and deduplicates.
    pub fn new(mut all: Vec<Dependency>) -> Self {
        all.sort_unstable();
        all.dedup();
        Self {
            sketch: all.iter().fold(0, |sketch, one| sketch | one.bit()),
            sorted: all.into_boxed_slice(),
        }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.sorted.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.sorted.is_empty()
    }

    /// Whether the two have one in common.
    pub fn intersects(&self, other: &Self) -> bool {
        if self.sketch & other.sketch == 0 {
            return false;
        }
        let (short, long) = if self.len() <= other.len() {
            (self, other)
        } else {
            (other, self)
        };
        short
            .sorted
            .iter()
            .any(|one| long.sorted.binary_search(one).is_ok())
    }
}

/// How many invalidations are remembered; a render that outlives more of them is simply not stored.
const REMEMBERED: usize = 1024;

/// The invalidations that happened lately, numbered.
#[derive(Debug, Default)]
pub struct Invalidations {
    /// The number of the last one; 0 before the first.
    epoch: u64,
    recent: VecDeque<DependencySet>,
}

impl Invalidations {
    /// The number of the last invalidation.
    pub fn epoch(&self) -> u64 {
        self.epoch
    }

    /// A log that has forgotten everything before now: whatever is being rendered counts as touched.
    pub fn restarted(last: u64) -> Self {
        Self {
            epoch: last + 1,
            recent: VecDeque::new(),
        }
    }

    /// Takes note of one.
    pub fn push(&mut self, changed: DependencySet) {
        self.epoch += 1;
        if self.recent.len() == REMEMBERED {
            self.recent.pop_front();
        }
        self.recent.push_back(changed);
    }

    /// Whether something that shows `shown`, rendered since `start`, may already be out of date.
    pub fn touched_since(&self, start: u64, shown: &DependencySet) -> bool {
        let missed = usize::try_from(self.epoch.saturating_sub(start)).unwrap_or(usize::MAX);
        missed > self.recent.len()
            || self
                .recent
                .iter()
                .rev()
                .take(missed)
                .any(|changed| changed.intersects(shown))
    }
}

#[cfg(test)]
mod tests {
    use super::{Dependency::*, DependencySet, Invalidations, REMEMBERED};

    #[test]
    fn sets_meet_exactly_when_they_share_a_member() {
        let shown = DependencySet::new(vec![Page(7), Page(3), Kind("song"), Page(7)]);
        assert_eq!(shown.len(), 3);
        assert!(shown.intersects(&DependencySet::new(vec![Page(3)])));
        assert!(shown.intersects(&DependencySet::new(vec![Site, Kind("song")])));
        assert!(
            (100..2000).all(|id| !shown.intersects(&DependencySet::new(vec![
                Page(id),
                Site,
                Kind("drama")
            ])))
        );
    }

    #[test]
    fn a_render_older_than_the_memory_counts_as_touched() {
        let shown = DependencySet::new(vec![Page(1)]);
        let mut log = Invalidations::default();
        let start = log.epoch();
        log.push(DependencySet::new(vec![Page(2)]));
        assert!(!log.touched_since(start, &shown));
        log.push(DependencySet::new(vec![Page(1)]));
        assert!(log.touched_since(start, &shown));
        assert!(!log.touched_since(log.epoch(), &shown));
        for _ in 0..=REMEMBERED {
            log.push(DependencySet::default());
        }
        assert!(log.touched_since(start, &DependencySet::new(vec![Page(9)])));
    }
}
