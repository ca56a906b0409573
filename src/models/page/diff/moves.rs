//! Which rows moved: the fewest that explain the new order.

use std::collections::HashMap;

/// Places from and to, counted from one, of the rows that moved. Rows of only one of the lists do not count; the longest run of the
/// others that kept its order stays where it is.
pub fn moved(before: &[i64], after: &[i64]) -> HashMap<i64, (usize, usize)> {
    let was: HashMap<i64, usize> = before.iter().copied().zip(0..).collect();
    let common: Vec<(i64, usize, usize)> = after
        .iter()
        .zip(0..)
        .filter_map(|(id, now)| Some((*id, *was.get(id)?, now)))
        .collect();
    let places: Vec<usize> = common.iter().map(|(_, was, _)| *was).collect();
    let kept = longest_rising(&places);
    common
        .into_iter()
        .filter(|(_, was, _)| kept.binary_search(was).is_err())
        .map(|(id, was, now)| (id, (was + 1, now + 1)))
        .collect()
}

/// The longest rising run that can be picked from a list without repeats, by the well-known method of piles.
fn longest_rising(list: &[usize]) -> Vec<usize> {
    // The smallest end of a run of each length, and of every value the one before it in its run.
    let mut ends: Vec<usize> = Vec::new();
    let mut previous: HashMap<usize, usize> = HashMap::new();
    for value in list {
        let length = ends.partition_point(|end| end < value);
        if let Some(before) = length.checked_sub(1).and_then(|at| ends.get(at)) {
            previous.insert(*value, *before);
        }
        match ends.get_mut(length) {
            Some(end) => *end = *value,
            None => ends.push(*value),
        }
    }
    let mut run: Vec<usize> = Vec::with_capacity(ends.len());
    let mut next = ends.last().copied();
    while let Some(value) = next {
        run.push(value);
        next = previous.get(&value).copied();
    }
    run.reverse();
    run
}

#[cfg(test)]
mod tests {
    use super::moved;
    use std::collections::BTreeMap;

    #[test]
    fn the_fewest_rows_moved() {
        for (before, after, expected) in [
            (vec![1, 2, 3], vec![1, 2, 3], vec![]),
            (vec![1, 2, 3], vec![3, 1, 2], vec![(3, (3, 1))]),
            (vec![1, 2, 3, 4], vec![2, 3, 4, 1], vec![(1, (1, 4))]),
            // One that came and one that went move nobody.
            (vec![1, 2, 3], vec![9, 2, 3], vec![]),
            (vec![1, 2, 3, 4], vec![9, 4, 2, 3], vec![(4, (4, 2))]),
            (vec![], vec![1], vec![]),
        ] {
            let found: BTreeMap<i64, (usize, usize)> = moved(&before, &after).into_iter().collect();
            assert_eq!(
                found,
                expected.into_iter().collect(),
                "{before:?} {after:?}"
            );
        }
    }
}
