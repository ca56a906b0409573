//! What prose became, remembered: a page is rendered anew whenever something it shows has changed, and its prose mostly has not.
//!
//! Everything is kept under the hash of all it was made of, so nothing here can be out of date.

use std::sync::{Arc, LazyLock};

use quick_cache::{Weighter, sync::Cache};
use sha2::{Digest, Sha256};

use super::{ProseError, Rendered, Target, WikiLink, parse};

/// Bytes of written prose kept.
const WRITTEN_BYTES: u64 = 16 * 1024 * 1024;
/// Texts whose links are kept.
const TEXTS: usize = 8 * 1024;
/// Texts with more links than this are read again each time.
const MOST_LINKS: usize = 256;

type Hash = [u8; 32];

#[derive(Clone)]
struct Bytewise;

impl Weighter<Hash, Arc<Rendered>> for Bytewise {
    fn weight(&self, key: &Hash, rendered: &Arc<Rendered>) -> u64 {
        let headings: usize = rendered
            .headings
            .iter()
            .map(|heading| heading.text.len() + heading.id.len() + size_of_val(heading))
            .sum();
        let bytes = rendered.html.as_str().len() + rendered.text_start.len() + headings;
        u64::try_from(bytes + key.len() + 128).unwrap_or(u64::MAX)
    }
}

static WRITTEN: LazyLock<Cache<Hash, Arc<Rendered>, Bytewise>> =
    LazyLock::new(|| Cache::with_weighter(1024, WRITTEN_BYTES, Bytewise));

static LINKS: LazyLock<Cache<Hash, Arc<[WikiLink]>>> = LazyLock::new(|| Cache::new(TEXTS));

/// The links of a text, as [`super::Prose::links`]; none where it is no prose.
pub fn links(source: &str) -> Arc<[WikiLink]> {
    let key = Hash::from(Sha256::digest(source));
    if let Some(known) = LINKS.get(&key) {
        return known;
    }
    let links: Arc<[WikiLink]> = parse(source)
        .map(|prose| prose.links())
        .unwrap_or_default()
        .into();
    if links.len() <= MOST_LINKS {
        LINKS.insert(key, Arc::clone(&links));
    }
    links
}

/// The text written, as [`super::Prose::render`].
///
/// # Errors
/// As [`parse`].
pub fn render(
    source: &str,
    target: &impl Fn(&WikiLink) -> Option<Target>,
) -> Result<Arc<Rendered>, ProseError> {
    let mut hash = Sha256::new();
    add(&mut hash, source);
    for link in links(source).iter() {
        match target(link) {
            Some(target) => target.add_to(&mut hash),
            None => hash.update([0]),
        }
    }
    let key = Hash::from(hash.finalize());
    if let Some(known) = WRITTEN.get(&key) {
        return Ok(known);
    }
    let rendered = Arc::new(parse(source)?.render(target));
    WRITTEN.insert(key, Arc::clone(&rendered));
    Ok(rendered)
}

impl Target {
    fn add_to(&self, hash: &mut Sha256) {
        let Self {
            href,
            title,
            native,
            detail,
            art,
            kind,
        } = self;
        hash.update([1]);
        for text in [href, title, detail, kind] {
            add(hash, text);
        }
        for text in [native, art] {
            hash.update([u8::from(text.is_some())]);
            add(hash, text.as_deref().unwrap_or_default());
        }
    }
}

/// Adds a text so that no two lists of texts have the same hash.
fn add(hash: &mut Sha256, text: &str) {
    hash.update(text.len().to_le_bytes());
    hash.update(text);
}

#[cfg(test)]
mod tests {
    use super::{Target, links, render};

    fn to(title: &str) -> Option<Target> {
        Some(Target {
            href: "/songs/beautiful".to_owned(),
            title: title.to_owned(),
            ..Target::default()
        })
    }

    #[test]
    fn a_page_renamed_is_named_anew_and_a_page_gone_loses_its_link() {
        let source = "Heard after [[song#7]].";
        let written = |title: Option<&str>| {
            let rendered = render(source, &|_| title.and_then(to));
            rendered.map(|rendered| rendered.html.as_str().to_owned())
        };
        let first = written(Some("Beautiful"));
        assert_eq!(first, written(Some("Beautiful")));
        assert!(first.is_ok_and(|html| html.contains(">Beautiful<")));
        assert!(
            written(Some("Round and Round")).is_ok_and(|html| html.contains(">Round and Round<"))
        );
        assert!(written(None).is_ok_and(|html| !html.contains("/songs/beautiful")));
    }

    #[test]
    fn a_remembered_text_is_what_a_new_one_is() {
        let source = "One [[song#7]] and ![[drama:goblin]].\n\n# Two\n\nWords.";
        let fresh =
            super::parse(source).map(|prose| (prose.links(), prose.render(&|_| to("Beautiful"))));
        for _ in 0..2 {
            let kept = render(source, &|_| to("Beautiful"))
                .map(|kept| (links(source).to_vec(), (*kept).clone()));
            assert_eq!(kept, fresh);
        }
    }
}
