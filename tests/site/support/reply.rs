//! An answer, and the words tests speak about it in.

use std::collections::BTreeSet;

use ureq::http::HeaderMap;

use super::page::{self, Facts};

/// What the site answered.
#[derive(Debug, Clone)]
pub struct Reply {
    pub path: String,
    pub status: u16,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Reply {
    /// A header, or nothing.
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    /// The body as it came.
    pub fn source(&self) -> &str {
        std::str::from_utf8(&self.bytes).unwrap_or_else(|error| panic!("{}: {error}", self.path))
    }

    /// What the page holds.
    pub fn facts(&self) -> Facts {
        page::read(self.source())
    }

    /// What a reader reads: no tags, and one space where there was white space.
    pub fn text(&self) -> String {
        self.facts().text
    }

    /// 200.
    #[track_caller]
    pub fn ok(&self) -> &Self {
        assert_eq!(self.status, 200, "{}", self.path);
        self
    }

    /// The page can be read to say this.
    #[track_caller]
    pub fn says(&self, words: &str) -> &Self {
        let text = self.text();
        assert!(
            text.contains(words),
            "{} does not say {words:?}:\n{text}",
            self.path
        );
        self
    }

    /// And not this.
    #[track_caller]
    pub fn hides(&self, words: &str) -> &Self {
        assert!(
            !self.source().contains(words),
            "{} says {words:?}",
            self.path
        );
        self
    }

    /// The fields the summary of faults leads to.
    pub fn faulty_fields(&self) -> BTreeSet<String> {
        let links = self.facts().links.into_iter();
        links
            .filter_map(|link| link.strip_prefix("#f-").map(str::to_owned))
            .collect()
    }

    /// Moved for ever to this address.
    #[track_caller]
    pub fn redirects_to(&self, to: &str) -> &Self {
        assert_eq!(
            (self.status, self.header("location")),
            (301, to),
            "{}",
            self.path
        );
        self
    }

    /// On to this address by another request, after a form or a way in.
    #[track_caller]
    pub fn leads_to(&self, to: &str) -> &Self {
        assert_eq!(
            (self.status, self.header("location")),
            (303, to),
            "{}",
            self.path
        );
        self
    }

    /// This status, as a complete page with a way on.
    #[track_caller]
    pub fn refuses(&self, status: u16) -> &Self {
        assert_eq!(self.status, status, "{}", self.path);
        assert_eq!(
            self.header("content-type"),
            "text/html; charset=utf-8",
            "{}",
            self.path
        );
        assert!(
            self.header("content-security-policy")
                .starts_with("default-src 'none'"),
            "{}",
            self.path
        );
        let facts = self.facts();
        assert_eq!(facts.faults, Vec::<String>::new(), "{}", self.path);
        assert!(
            facts.links.iter().any(|link| link == "/songs"),
            "{} leads nowhere",
            self.path
        );
        self
    }
}
