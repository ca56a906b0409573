//! Links from prose to pages: `[[song:stay-with-me|words]]` as people write them, `[[song#12|words]]` as they are
//! stored once the page is known.

use std::ops::Range;

use super::{MAX_SOURCE_BYTES, padding, pieces};
use crate::text::slug::{Slug, slugify};

/// The kinds of pages prose can link to.
pub(super) const KINDS: [&str; 5] = ["drama", "song", "artist", "album", "article"];

/// A link to a page as prose spells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WikiLink {
    /// drama, song, artist, album or article; empty when the key is bad.
    pub kind: String,
    /// Which page.
    pub key: LinkKey,
    /// The words to show instead of the page's title.
    pub text: Option<String>,
    /// Whether it has an exclamation mark and asks for a card.
    pub embed: bool,
}

/// What a link names its page by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkKey {
    /// By slug: not resolved when the text was saved.
    Slug(Slug),
    /// By the page's number.
    Id(i64),
    /// No kind and name could be read.
    Bad(String),
}

impl WikiLink {
    /// Reads what stands before the bar.
    pub(super) fn new(target: &str, text: Option<String>, embed: bool) -> Self {
        let target = target.trim_end_matches('\\').trim();
        let text = text.filter(|words| !words.trim().is_empty());
        let (kind, key) =
            split_target(target).unwrap_or_else(|| ("", LinkKey::Bad(target.to_owned())));
        Self {
            kind: kind.to_owned(),
            key,
            text,
            embed,
        }
    }

    /// The page's number, where the link has one.
    pub fn id(&self) -> Option<i64> {
        match self.key {
            LinkKey::Id(id) => Some(id),
            LinkKey::Slug(_) | LinkKey::Bad(_) => None,
        }
    }

    /// The words to show when the page is not known.
    pub(super) fn words(&self) -> String {
        match (&self.text, &self.key) {
            (Some(words), _) | (None, LinkKey::Bad(words)) => words.clone(),
            (None, LinkKey::Slug(slug)) => slug.as_str().replace('-', " "),
            (None, LinkKey::Id(_)) => self.kind.clone(),
        }
    }
}

fn split_target(target: &str) -> Option<(&'static str, LinkKey)> {
    let (kind, name) = target.split_once([':', '#'])?;
    let kind = KINDS
        .into_iter()
        .find(|known| kind.trim().eq_ignore_ascii_case(known))?;
    if target.get(..)?.chars().find(|c| matches!(c, ':' | '#')) == Some('#') {
        let id: i64 = name.trim().parse().ok()?;
        return (id > 0).then_some((kind, LinkKey::Id(id)));
    }
    Some((kind, LinkKey::Slug(slugify(name)?)))
}

/// A link and where it stands.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) link: WikiLink,
    /// The target as the parser read it.
    pub(super) target: String,
    /// From the first bracket to the last, in the padded text.
    pub(super) range: Range<usize>,
}

/// The source with link targets replaced: `replacement` gets each link and gives what shall stand before the bar
/// (`song#12`, `song:stay-with-me`), or `None` to leave it. Everything else stays as it is to the byte; code is never
/// touched. A text longer than [`MAX_SOURCE_BYTES`] is returned unchanged.
pub fn rewrite_links(
    source: &str,
    mut replacement: impl FnMut(&WikiLink) -> Option<String>,
) -> String {
    if source.len() > MAX_SOURCE_BYTES || !source.contains("[[") {
        return source.to_owned();
    }
    let padded = padding::pad(source);
    let mut found = pieces::read(&padded).links;
    found.sort_by_key(|found| found.range.start);
    let mut out = String::with_capacity(source.len());
    let mut done = 0;
    for found in found {
        let link = padded.source_offset(found.range.start)..padded.source_offset(found.range.end);
        let Some(target) =
            target_range(source, link, &found.target).filter(|target| target.start >= done)
        else {
            continue;
        };
        if let (Some(new), Some(before)) =
            (replacement(&found.link), source.get(done..target.start))
        {
            out.push_str(before);
            out.push_str(&new);
            done = target.end;
        }
    }
    out.push_str(source.get(done..).unwrap_or(""));
    out
}

/// Where the target stands in the source; `None` unless the parser read exactly these bytes.
fn target_range(source: &str, link: Range<usize>, read: &str) -> Option<Range<usize>> {
    let text = source.get(link.clone())?;
    let open = text.find("[[")? + 2;
    let inner = text.get(open..)?;
    let length = inner.find('|').or_else(|| inner.rfind("]]"))?;
    let target = inner.get(..length)?.trim_end_matches('\\');
    if target.trim() != read.trim_end_matches('\\').trim() {
        return None;
    }
    let lead = target.len() - target.trim_start().len();
    let start = link.start + open + lead;
    Some(start..start + target.trim().len())
}
