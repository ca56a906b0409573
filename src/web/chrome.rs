//! Everything `layout.html` needs besides the page itself.

use std::{
    fmt::{self, Write as _},
    sync::Arc,
};

use askama::{FastWritable, Values, filters::HtmlSafe};

use super::{Shared, assets::Assets, viewer::Viewer};

/// The name in every title.
pub const SITE_NAME: &str = "Yeoun";

/// Whether search engines may list a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Robots {
    /// Reading pages.
    #[default]
    Index,
    /// History, diffs, forms, search, errors.
    NoIndex,
}

/// What is shown when somebody shares the page.
#[derive(Clone, Debug)]
pub struct OpenGraph {
    /// `video.tv_show`, `music.song`, `music.album`, `profile`, `article` or `website`.
    pub kind: &'static str,
    /// Path of a 1200 × 630 picture on this site, if there is one, and what it shows.
    pub image: Option<(String, String)>,
}

/// JSON-LD for a `<script type="application/ld+json">`: no `<`, `>` or `&` is left in it, so it cannot end the element.
#[derive(Clone, Debug)]
pub struct JsonLd(String);

impl JsonLd {
    /// Serialises and makes safe. `None` if the value has a key that is not text.
    pub fn new(value: &impl serde::Serialize) -> Option<Self> {
        let json = serde_json::to_string(value).ok()?;
        let mut safe = String::with_capacity(json.len() + 16);
        let mut rest = json.as_str();
        while let Some(at) = rest.find(['<', '>', '&', '\u{2028}', '\u{2029}']) {
            let (before, from) = rest.split_at(at);
            safe.push_str(before);
            let mut characters = from.chars();
            if let Some(unsafe_one) = characters.next() {
                // Writing to a String cannot fail.
                let _ = write!(safe, "\\u{:04x}", u32::from(unsafe_one));
            }
            rest = characters.as_str();
        }
        safe.push_str(rest);
        Some(Self(safe))
    }
}

impl fmt::Display for JsonLd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FastWritable for JsonLd {
    fn write_into(&self, destination: &mut dyn fmt::Write, _: &dyn Values) -> askama::Result<()> {
        Ok(destination.write_str(&self.0)?)
    }
}

impl HtmlSafe for JsonLd {}

/// The frame of a page. Made by [`Chrome::new`], completed by the `with_…` methods.
#[derive(Clone, Debug)]
pub struct Chrome {
    /// [`SITE_NAME`].
    pub site_name: &'static str,
    /// Scheme and host of the public address, without a slash at the end.
    pub base_url: String,
    /// Path (and query, where it chooses the content) of the canonical address.
    pub path: String,
    /// Without the site's name.
    pub title: String,
    /// One sentence for search results; may be empty.
    pub description: String,
    /// Who reads; the theme stands in `<html data-theme>`.
    pub viewer: Viewer,
    /// Whether search engines may list it.
    pub robots: Robots,
    /// For sharing.
    pub open_graph: OpenGraph,
    /// Structured data.
    pub json_ld: Option<JsonLd>,
    /// The navigation entry that is current: `dramas`, `songs`, …
    pub section: &'static str,
    assets: Arc<Assets>,
}

impl Chrome {
    /// A frame for the page at `path`.
    pub fn new(
        shared: &Shared,
        viewer: Viewer,
        path: impl Into<String>,
        title: impl Into<String>,
    ) -> Self {
        Self {
            site_name: SITE_NAME,
            base_url: shared.config.base_url.clone(),
            path: path.into(),
            title: title.into(),
            description: String::new(),
            viewer,
            robots: Robots::Index,
            open_graph: OpenGraph {
                kind: "website",
                image: None,
            },
            json_ld: None,
            section: "",
            assets: Arc::clone(&shared.assets),
        }
    }

    /// Adds the description.
    #[must_use]
    pub fn with_description(mut self, description: impl Into<String>) -> Self {
        self.description = description.into();
        self
    }

    /// Keeps the page out of search engines.
    #[must_use]
    pub fn with_no_index(mut self) -> Self {
        self.robots = Robots::NoIndex;
        self
    }

    /// Says how the page looks when shared.
    #[must_use]
    pub fn with_open_graph(mut self, open_graph: OpenGraph) -> Self {
        self.open_graph = open_graph;
        self
    }

    /// Adds structured data.
    #[must_use]
    pub fn with_json_ld(mut self, json_ld: Option<JsonLd>) -> Self {
        self.json_ld = json_ld;
        self
    }

    /// Marks the navigation entry.
    #[must_use]
    pub fn with_section(mut self, section: &'static str) -> Self {
        self.section = section;
        self
    }

    /// The hashed address of an embedded file: `site.css`, `js/site.js`, `img/icon.svg`.
    pub fn asset(&self, name: &str) -> &str {
        self.assets.url(name)
    }

    /// The whole canonical address.
    pub fn canonical(&self) -> String {
        format!("{}{}", self.base_url, self.path)
    }

    /// For `<title>`.
    pub fn full_title(&self) -> String {
        if self.title.is_empty() {
            self.site_name.to_owned()
        } else {
            format!("{} · {}", self.title, self.site_name)
        }
    }

    /// Whether the page asks not to be listed.
    pub fn is_no_index(&self) -> bool {
        self.robots == Robots::NoIndex
    }

    /// Whether this is the current navigation entry.
    pub fn is_section(&self, name: &str) -> bool {
        self.section == name
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::JsonLd;

    #[test]
    fn structured_data_cannot_leave_its_script_element() {
        let text = JsonLd::new(&serde_json::json!({"name": "</script><script>&\u{2028}"}))
            .unwrap()
            .to_string();
        assert!(!text.contains(['<', '>', '&', '\u{2028}']));
        let back: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(back.get("name").unwrap(), "</script><script>&\u{2028}");
    }
}
