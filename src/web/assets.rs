//! The files under `static/`, embedded and named by their content, so that browsers may keep them for ever.
//!
//! - `static/css/**.css` become one style sheet, `site.css`: tokens, reset, base, layout, then `parts/*`, then `pages/*`.
//! - `static/root/*` keep their names at the root of the site (`/favicon.ico`).
//! - everything else becomes `/assets/<stem>.<hash>.<ext>`, known to templates by its path below `static/`.
//!
//! Style sheets and scripts name other files as `/static/<path>`; that is rewritten to the hashed address.

use std::collections::HashMap;

use actix_web::http::header::HeaderValue;
use bytes::Bytes;
use include_dir::{Dir, include_dir};
use sha2::{Digest, Sha256};

use super::{
    metrics::RouteCounters,
    page_cache::{Effort, Entry},
};

static FILES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/static");

/// A hashed name never shows anything else.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// A fixed name may.
const FOR_A_DAY: &str = "public, max-age=86400";

/// All files, by the path they are served at.
#[derive(Debug)]
pub struct Assets {
    served: HashMap<String, Entry>,
    urls: HashMap<String, String>,
}

impl Assets {
    /// The files in the binary.
    pub fn embedded() -> Self {
        let mut files = Vec::new();
        collect(&FILES, &mut files);
        Self::from_files(files)
    }

    /// From pairs of path below `static/` and content.
    fn from_files(files: Vec<(String, &[u8])>) -> Self {
        let counters = RouteCounters::new("/assets/{file}");
        let mut sheets = Vec::new();
        let mut texts = Vec::new();
        let mut assets = Self {
            served: HashMap::new(),
            urls: HashMap::new(),
        };
        for (path, content) in files {
            if let Some(name) = path.strip_prefix("root/") {
                assets.served.insert(
                    format!("/{name}"),
                    entry(name, content, FOR_A_DAY, &counters),
                );
            } else if path.starts_with("css/") && path.ends_with(".css") {
                sheets.push((path, content));
            } else if path.ends_with(".js") {
                texts.push((path, String::from_utf8_lossy(content).into_owned()));
            } else {
                assets.add(&path, content, &counters);
            }
        }
        sheets.sort_by_cached_key(|(path, _)| (layer(path), path.clone()));
        let mut sheet = String::new();
        for (_, content) in sheets {
            sheet.push_str(&String::from_utf8_lossy(content));
            sheet.push('\n');
        }
        texts.push(("site.css".to_owned(), sheet));
        assets.add_texts(texts, &counters);
        assets
    }

    /// A file can be named once every file it names has its address; those that wait for each other stay as they are.
    fn add_texts(&mut self, mut waiting: Vec<(String, String)>, counters: &RouteCounters) {
        waiting.sort();
        while !waiting.is_empty() {
            let names: Vec<String> = waiting
                .iter()
                .map(|(path, _)| format!("/static/{path}"))
                .collect();
            let is_ready = |text: &str| !names.iter().any(|name| text.contains(name.as_str()));
            let (ready, rest): (Vec<_>, Vec<_>) =
                waiting.into_iter().partition(|(_, text)| is_ready(text));
            let (ready, rest) = if ready.is_empty() {
                (rest, Vec::new())
            } else {
                (ready, rest)
            };
            for (path, text) in ready {
                let text = self.rewritten(text);
                self.add(&path, text.as_bytes(), counters);
            }
            waiting = rest;
        }
    }

    fn rewritten(&self, text: String) -> String {
        if !text.contains("/static/") {
            return text;
        }
        self.urls.iter().fold(text, |text, (path, url)| {
            text.replace(&format!("/static/{path}"), url)
        })
    }

    fn add(&mut self, path: &str, content: &[u8], counters: &RouteCounters) {
        let name = path.rsplit('/').next().unwrap_or(path);
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, "bin"));
        let hash: String = Sha256::digest(content)
            .iter()
            .take(6)
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let url = format!("/assets/{stem}.{hash}.{extension}");
        self.served
            .insert(url.clone(), entry(name, content, FOR_EVER, counters));
        self.urls.insert(path.to_owned(), url);
    }

    /// The hashed address of a file named as under `static/` (`js/site.js`), or `site.css`. A file that does not exist gets
    /// an address that answers 404, and a line in the log.
    pub fn url(&self, name: &str) -> &str {
        if let Some(url) = self.urls.get(name) {
            return url;
        }
        tracing::error!(name, "a template names a file that is not embedded");
        "/assets/missing"
    }

    /// The file served at a path.
    pub(crate) fn at(&self, path: &str) -> Option<&Entry> {
        self.served.get(path)
    }
}

fn collect(directory: &Dir<'static>, into: &mut Vec<(String, &'static [u8])>) {
    for file in directory.files() {
        into.push((
            file.path().to_string_lossy().replace('\\', "/"),
            file.contents(),
        ));
    }
    for inner in directory.dirs() {
        collect(inner, into);
    }
}

/// Where a style sheet stands in the one that is sent.
fn layer(path: &str) -> usize {
    let order = [
        "css/tokens.css",
        "css/reset.css",
        "css/base.css",
        "css/layout.css",
        "css/shared.css",
        "css/parts/",
        "css/pages/",
    ];
    order
        .iter()
        .position(|start| path.starts_with(start))
        .unwrap_or(order.len())
}

fn entry(
    name: &str,
    content: &[u8],
    cache_control: &'static str,
    counters: &RouteCounters,
) -> Entry {
    let (content_type, effort) = match name.rsplit_once('.').map_or("", |(_, extension)| extension)
    {
        "css" => ("text/css; charset=utf-8", Effort::ASSET),
        "js" => ("text/javascript; charset=utf-8", Effort::ASSET),
        "svg" => ("image/svg+xml", Effort::ASSET),
        "json" => ("application/json", Effort::ASSET),
        "webmanifest" => ("application/manifest+json", Effort::ASSET),
        "txt" => ("text/plain; charset=utf-8", Effort::ASSET),
        "ico" => ("image/x-icon", Effort::NONE),
        "png" => ("image/png", Effort::NONE),
        "webp" => ("image/webp", Effort::NONE),
        "woff2" => ("font/woff2", Effort::NONE),
        _ => ("application/octet-stream", Effort::NONE),
    };
    Entry::new(
        Bytes::copy_from_slice(content),
        HeaderValue::from_static(content_type),
        HeaderValue::from_static(cache_control),
        HeaderValue::from_static("Accept-Encoding"),
        effort,
        counters.clone(),
    )
}

#[cfg(test)]
mod tests {
    use super::{Assets, layer};

    #[test]
    fn style_sheets_are_joined_in_layer_order() {
        let order = [
            "css/tokens.css",
            "css/reset.css",
            "css/layout.css",
            "css/shared.css",
            "css/parts/a.css",
            "css/pages/a.css",
            "css/x.css",
        ];
        assert!(order.is_sorted_by_key(|path| layer(path)));
    }

    #[test]
    fn files_name_each_other_by_their_hashed_addresses() {
        let assets = Assets::from_files(vec![
            (
                "css/base.css".to_owned(),
                b"a{src:url(\"/static/fonts/f.woff2\")}",
            ),
            ("css/tokens.css".to_owned(), b":root{}"),
            ("fonts/f.woff2".to_owned(), b"font"),
            ("js/a.js".to_owned(), b"import \"/static/js/b.js\""),
            ("js/b.js".to_owned(), b"export {}"),
        ]);
        let (css, a, b) = (
            assets.url("site.css"),
            assets.url("js/a.js"),
            assets.url("js/b.js"),
        );
        assert!(css.starts_with("/assets/site.") && css.ends_with(".css"));
        assert!(assets.at(css).is_some() && assets.at(a).is_some() && assets.at(b).is_some());
        assert!(
            assets
                .rewritten("/static/fonts/f.woff2".to_owned())
                .starts_with("/assets/f.")
        );
        assert_eq!(assets.url("nothing.css"), "/assets/missing");
    }
}
