//! The order of the rows of a merged list: the same whoever saved first.

use std::collections::{HashMap, HashSet};

use crate::models::page::diff::moves::moved;

/// The ids of all rows of both sides in their merged order.
///
/// Rows that neither side moved keep the order they had and are the frame. Every other row, moved or new, stands in the gap of the frame
/// its editor put it into, together with what that editor put there. Where both put rows into one gap, those of one stay together,
/// and the group that begins with the lower id comes first. A row that both moved to different places stays where it is nearer the
/// beginning.
pub fn merged_order(base: &[i64], theirs: &[i64], mine: &[i64]) -> Vec<i64> {
    let sides = [Side::of(base, theirs), Side::of(base, mine)];
    let [one, other] = &sides;
    let frame: Vec<i64> = base
        .iter()
        .copied()
        .filter(|id| {
            let is_moved = one.moved.contains(id) || other.moved.contains(id);
            one.rows.contains(id) && other.rows.contains(id) && !is_moved
        })
        .collect();
    let known: HashSet<i64> = base.iter().copied().collect();
    let (one, other) = (one.gaps(&frame, &known), other.gaps(&frame, &known));
    let mut order = Vec::with_capacity(theirs.len() + mine.len());
    for gap in 0..=frame.len() {
        let own = |gaps: &Gaps, rival: &Gaps| -> Vec<i64> {
            let rows = gaps.rows.get(gap).map(Vec::as_slice).unwrap_or_default();
            let is_here = |id: &i64| rival.of.get(id).is_none_or(|there| *there >= gap);
            rows.iter().copied().filter(is_here).collect()
        };
        order.extend(together(own(&one, &other), own(&other, &one)));
        order.extend(frame.get(gap));
    }
    // Rows one side took away: they are dropped, or collide because the other side edited them.
    let mut placed: HashSet<i64> = order.iter().copied().collect();
    let left = base.iter().chain(theirs).chain(mine).copied();
    order.extend(left.filter(|id| placed.insert(*id)));
    order
}

/// One editor's list.
struct Side<'a> {
    list: &'a [i64],
    rows: HashSet<i64>,
    /// Rows that were there before and stand elsewhere now.
    moved: HashSet<i64>,
}

/// The rows one editor put between those of the frame.
struct Gaps {
    /// From the gap before the first row of the frame to the one behind the last.
    rows: Vec<Vec<i64>>,
    /// The gap of each of them.
    of: HashMap<i64, usize>,
}

impl<'a> Side<'a> {
    fn of(base: &[i64], list: &'a [i64]) -> Self {
        Self {
            list,
            rows: list.iter().copied().collect(),
            moved: moved(base, list).into_keys().collect(),
        }
    }

    /// What this editor moved or added, by gap.
    fn gaps(&self, frame: &[i64], known: &HashSet<i64>) -> Gaps {
        let mut gaps = Gaps {
            rows: vec![Vec::new(); frame.len() + 1],
            of: HashMap::new(),
        };
        let mut gap = 0;
        for id in self.list {
            if frame.get(gap) == Some(id) {
                gap += 1;
            } else if (self.moved.contains(id) || !known.contains(id))
                && gaps.of.insert(*id, gap).is_none()
                && let Some(rows) = gaps.rows.get_mut(gap)
            {
                rows.push(*id);
            }
        }
        gaps
    }
}

/// The rows of two editors in one gap. Rows of the second group that the first does not have stand behind the one they stood behind.
fn together(one: Vec<i64>, other: Vec<i64>) -> Vec<i64> {
    let (mut rows, second) = if one <= other {
        (one, other)
    } else {
        (other, one)
    };
    let mut end = rows.len();
    for id in second {
        match rows.iter().position(|there| *there == id) {
            Some(at) => end = at + 1,
            None => {
                rows.insert(end, id);
                end += 1;
            }
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::merged_order;

    #[test]
    fn rows_stand_where_their_editors_put_them() {
        for (base, one, other, expected) in [
            (vec![1, 2, 3], vec![1, 2, 3], vec![3, 1, 2], vec![3, 1, 2]),
            // New rows at the same place: group by group.
            (
                vec![1, 2],
                vec![1, 10, 12, 2],
                vec![1, 11, 13, 2],
                vec![1, 10, 12, 11, 13, 2],
            ),
            // One moved a row, the other added one.
            (
                vec![1, 2, 3],
                vec![3, 1, 2],
                vec![1, 9, 2, 3],
                vec![3, 1, 9, 2],
            ),
            // Each moved another row.
            (vec![1, 2, 3], vec![2, 1, 3], vec![1, 3, 2], vec![2, 1, 3]),
            // One was taken away, and one moved to where it was.
            (vec![1, 2, 3], vec![1, 3], vec![2, 3, 1], vec![3, 1, 2]),
            // Both moved the same rows alike.
            (vec![1, 2, 3], vec![3, 2, 1], vec![3, 2, 1], vec![3, 2, 1]),
            // The same new row, sent twice.
            (vec![1], vec![1, 5], vec![1, 5, 6], vec![1, 5, 6]),
            (vec![], vec![8, 7], vec![9], vec![8, 7, 9]),
        ] {
            for (theirs, mine) in [(&one, &other), (&other, &one)] {
                let order = merged_order(&base, theirs, mine);
                assert_eq!(order, expected, "{base:?} {theirs:?} {mine:?}");
            }
        }
    }
}
