//! Leaving out what did not change.

use super::Paragraph;

/// A stretch of the comparison as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stretch {
    /// A paragraph that changed, or one beside it.
    Shown(Paragraph),
    /// Paragraphs that are the same and far from any change.
    Folded(Vec<Paragraph>),
}

/// Folds away what is further than `context` paragraphs from any change.
pub fn folded(paragraphs: Vec<Paragraph>, context: usize) -> Vec<Stretch> {
    let changed: Vec<usize> = paragraphs
        .iter()
        .enumerate()
        .filter(|(_, paragraph)| paragraph.is_changed())
        .map(|(at, _)| at)
        .collect();
    let mut stretches = Vec::new();
    let mut nearest = changed.iter().peekable();
    let mut last: Option<usize> = None;
    for (at, paragraph) in paragraphs.into_iter().enumerate() {
        while let Some(change) = nearest.next_if(|change| **change <= at) {
            last = Some(*change);
        }
        let is_near = last.is_some_and(|change| at - change <= context)
            || nearest
                .peek()
                .is_some_and(|change| **change - at <= context);
        match stretches.last_mut() {
            _ if is_near => stretches.push(Stretch::Shown(paragraph)),
            Some(Stretch::Folded(list)) => list.push(paragraph),
            _ => stretches.push(Stretch::Folded(vec![paragraph])),
        }
    }
    stretches
}
