//! What prose became, remembered: a page is rendered anew whenever something it shows has changed, and its prose mostly has not.
//!
//! A text is kept as it is, with its links and its last rendering, and a rendering together with everything it was made of, so nothing
//! here can be out of date.

use std::hash::{Hash, Hasher};
use std::sync::{Arc, LazyLock, PoisonError, RwLock};

use quick_cache::{Equivalent, Weighter, sync::Cache};

use super::{ProseError, Rendered, Target, WikiLink, parse};

/// Bytes of texts and renderings kept, about.
const BYTES: u64 = 24 * 1024 * 1024;

/// A text and what became of it.
struct Kept {
    links: Arc<[WikiLink]>,
    written: RwLock<Option<Written>>,
}

/// A rendering, and the targets of the text's links, in their order, that it was made with.
struct Written {
    targets: Vec<Option<Target>>,
    rendered: Arc<Rendered>,
}

#[derive(Clone, PartialEq, Eq)]
struct Source(Box<str>);

impl Hash for Source {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        (*self.0).hash(hasher);
    }
}

impl Equivalent<Source> for str {
    fn equivalent(&self, source: &Source) -> bool {
        *self == *source.0
    }
}

#[derive(Clone)]
struct Bytewise;

impl Weighter<Source, Arc<Kept>> for Bytewise {
    /// A rendering comes later; it is rarely longer than twice its text and the targets of its links.
    fn weight(&self, source: &Source, kept: &Arc<Kept>) -> u64 {
        let bytes = 3 * source.0.len() + 512 * kept.links.len() + 256;
        u64::try_from(bytes).unwrap_or(u64::MAX)
    }
}

static KEPT: LazyLock<Cache<Source, Arc<Kept>, Bytewise>> =
    LazyLock::new(|| Cache::with_weighter(4 * 1024, BYTES, Bytewise));

fn kept(source: &str) -> Arc<Kept> {
    if let Some(kept) = KEPT.get(source) {
        return kept;
    }
    let links = parse(source).map(|prose| prose.links());
    let kept = Arc::new(Kept {
        links: links.unwrap_or_default().into(),
        written: RwLock::default(),
    });
    KEPT.insert(Source(source.into()), Arc::clone(&kept));
    kept
}

/// The links of a text, as [`super::Prose::links`]; none where it is no prose.
pub fn links(source: &str) -> Arc<[WikiLink]> {
    if !source.contains("[[") {
        return Arc::default();
    }
    Arc::clone(&kept(source).links)
}

/// The text written, as [`super::Prose::render`].
///
/// # Errors
/// As [`parse`].
pub fn render(
    source: &str,
    target: &impl Fn(&WikiLink) -> Option<Target>,
) -> Result<Arc<Rendered>, ProseError> {
    let kept = kept(source);
    let targets: Vec<Option<Target>> = kept.links.iter().map(target).collect();
    {
        let written = kept.written.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(written) = written.as_ref()
            && written.targets == targets
        {
            return Ok(Arc::clone(&written.rendered));
        }
    }
    let rendered = Arc::new(parse(source)?.render(target));
    *kept.written.write().unwrap_or_else(PoisonError::into_inner) = Some(Written {
        targets,
        rendered: Arc::clone(&rendered),
    });
    Ok(rendered)
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
