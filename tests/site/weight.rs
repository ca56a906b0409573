//! What a first visit costs on the wire.

use std::collections::BTreeSet;

use yeoun::db::StoreKind;

use crate::support::crawl::resolve;
use crate::support::{Reply, Site};

/// Bytes of a first visit to a song page, everything included.
const MOST_BYTES: usize = 60_000;
/// Bytes of script on any page.
const MOST_SCRIPT: usize = 15_000;

fn packed(site: &Site, path: &str) -> Reply {
    let reply = site.get_with(path, &[("accept-encoding", "br")]);
    assert_eq!(reply.status, 200, "{path}");
    reply
}

/// Head and body as they go over the wire.
fn weight(reply: &Reply) -> usize {
    let head: usize = reply
        .headers
        .iter()
        .map(|(name, value)| name.as_str().len() + value.len() + 4)
        .sum();
    head + reply.bytes.len()
}

#[test]
fn a_first_visit_to_a_song_is_light() {
    let site = Site::reading(StoreKind::Sqlite);
    for path in ["/songs/stay-with-me", "/songs/in-silence", "/songs/always"] {
        let page = packed(site, path);
        assert_eq!(page.header("content-encoding"), "br", "{path}");
        let plain = site.get(path).facts();
        let loaded: BTreeSet<String> = plain
            .eager
            .iter()
            .chain(&plain.assets)
            .filter_map(|asset| resolve(&site.shared.config.base_url, path, asset))
            .collect();
        let mut lines = vec![(weight(&page), path.to_owned())];
        for asset in loaded.iter().filter(|asset| is_loaded(asset)) {
            lines.push((weight(&packed(site, asset)), asset.clone()));
        }
        let sum: usize = lines.iter().map(|(bytes, _)| bytes).sum();
        assert!(
            lines.iter().any(|(_, path)| path.ends_with(".css")),
            "{lines:?}"
        );
        assert!(sum <= MOST_BYTES, "{sum} bytes: {lines:#?}");
        let script: usize = lines
            .iter()
            .filter(|(_, path)| path.ends_with(".js"))
            .map(|(bytes, _)| bytes)
            .sum();
        assert!(script <= MOST_SCRIPT, "{script} bytes of script");
    }
}

/// A browser that shows the page fetches these; feeds and other languages it only knows of.
fn is_loaded(path: &str) -> bool {
    [
        ".css",
        ".js",
        ".svg",
        ".png",
        ".webp",
        ".woff2",
        ".ico",
        ".webmanifest",
    ]
    .iter()
    .any(|end| path.ends_with(end))
}
