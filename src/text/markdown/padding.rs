//! Sets the lines of spoiler blocks apart, so that the parser sees each as a paragraph of its own, and shields the
//! bars of page links in table rows.

use std::borrow::Cow;
use std::ops::Range;

/// A line that opens or closes a spoiler block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fence {
    /// `:::spoiler ep=9`, the episode as far as it can be read.
    Open(Option<u16>),
    /// `:::`
    Close,
}

/// A source text with insertions, and where they are.
#[derive(Debug)]
pub(super) struct Padded<'a> {
    pub(super) text: Cow<'a, str>,
    /// Where lines of spoiler blocks begin in `text`, in order.
    pub(super) fences: Vec<(usize, Fence)>,
    /// Where a byte was inserted into `text`, in order.
    inserted: Vec<usize>,
}

impl Padded<'_> {
    /// The place in the source of a place in `text`.
    pub(super) fn source_offset(&self, at: usize) -> usize {
        at - self.inserted.partition_point(|inserted| *inserted < at)
    }

    pub(super) fn fence_at(&self, at: usize) -> Option<Fence> {
        let found = self
            .fences
            .binary_search_by_key(&at, |(start, _)| *start)
            .ok()?;
        self.fences.get(found).map(|(_, fence)| *fence)
    }
}

/// Pads the source. A text without such lines is borrowed as it is.
pub(super) fn pad(source: &str) -> Padded<'_> {
    let mut padded = Padded {
        text: Cow::Borrowed(source),
        fences: Vec::new(),
        inserted: Vec::new(),
    };
    let has_links_with_words = source.contains("[[") && source.contains('|');
    if !(source.contains(":::") || has_links_with_words) {
        return padded;
    }
    let mut out = String::with_capacity(source.len() + 64);
    let mut code = None;
    for line in source.split_inclusive('\n') {
        let fence = if code.is_none() {
            spoiler_fence(line)
        } else {
            None
        };
        code = code_after(code, line);
        if let Some(fence) = fence {
            padded.inserted.push(out.len());
            out.push('\n');
            padded.fences.push((out.len(), fence));
            out.push_str(line);
            padded.inserted.push(out.len());
            out.push('\n');
        } else if code.is_none() && line.trim_start().starts_with('|') {
            push_table_row(line, &mut out, &mut padded.inserted);
        } else {
            out.push_str(line);
        }
    }
    if !padded.inserted.is_empty() {
        padded.text = Cow::Owned(out);
    }
    padded
}

/// Where the source keeps what may give something away: from the line that opens a spoiler block to the one that closes it, and to the
/// end where none does. Blocks within blocks count as one, which hides rather too much than too little.
pub fn spoilers(source: &str) -> Vec<Range<usize>> {
    let padded = pad(source);
    let (mut ranges, mut begin, mut depth) = (Vec::new(), 0, 0_usize);
    for (at, fence) in &padded.fences {
        let at = padded.source_offset(*at);
        match fence {
            Fence::Open(_) => {
                begin = if depth == 0 { at } else { begin };
                depth += 1;
            }
            Fence::Close if depth == 1 => {
                ranges.push(begin..at + ":::".len());
                depth = 0;
            }
            Fence::Close => depth = depth.saturating_sub(1),
        }
    }
    if depth > 0 {
        ranges.push(begin..source.len());
    }
    ranges
}

fn spoiler_fence(line: &str) -> Option<Fence> {
    let rest = line.strip_prefix(":::")?.trim();
    if rest.is_empty() {
        return Some(Fence::Close);
    }
    let attributes = rest.strip_prefix("spoiler")?;
    if !attributes.is_empty() && !attributes.starts_with(' ') {
        return None;
    }
    let episode = attributes
        .trim()
        .strip_prefix("ep=")
        .and_then(|n| n.trim_matches('"').parse().ok());
    Some(Fence::Open(episode.filter(|n| *n > 0)))
}

/// Whether the line after this one stands in fenced code: the fence's character and length.
fn code_after(code: Option<(char, usize)>, line: &str) -> Option<(char, usize)> {
    let text = line.trim_start_matches(' ');
    if line.len() - text.len() > 3 {
        return code;
    }
    let Some(mark) = text.chars().next().filter(|c| matches!(c, '`' | '~')) else {
        return code;
    };
    let rest = text.trim_start_matches(mark);
    let length = text.len() - rest.len();
    match code {
        None if length >= 3 && !(mark == '`' && rest.contains('`')) => Some((mark, length)),
        Some((open, least)) if open == mark && length >= least && rest.trim().is_empty() => None,
        _ => code,
    }
}

/// A bar between double brackets belongs to the link, not to the table.
fn push_table_row(line: &str, out: &mut String, inserted: &mut Vec<usize>) {
    let mut rest = line;
    while let Some((left, right)) = rest.split_once("]]") {
        let link_at = left.rfind("[[").unwrap_or(left.len());
        let (before, link) = left.split_at(link_at);
        out.push_str(before);
        let mut last = ' ';
        for c in link.chars() {
            if c == '|' && last != '\\' {
                inserted.push(out.len());
                out.push('\\');
            }
            out.push(c);
            last = c;
        }
        out.push_str("]]");
        rest = right;
    }
    out.push_str(rest);
}
