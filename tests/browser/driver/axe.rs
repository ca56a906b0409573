//! Accessibility of the page a browser is at, by axe-core.

use std::path::PathBuf;

use thirtyfour::prelude::*;

use super::Browser;

impl Browser {
    /// What axe finds wrong with the page, one line each: rule, how many, the first place.
    pub async fn axe(&self) -> WebDriverResult<Vec<String>> {
        if !self.run::<bool>("return 'axe' in window").await? {
            self.driver.execute(axe(), Vec::new()).await?;
        }
        let script = "const done = arguments[arguments.length - 1];
            axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations'] })
               .then(r => done(r.violations.map(v => `${v.id}: ${v.nodes.length}, ${v.nodes[0].html.slice(0, 160)} (${(v.nodes[0].any[0] || v.nodes[0].all[0] || v.nodes[0].none[0] || {}).message})`)))
               .catch(e => done([`axe failed: ${e}`]));";
        self.driver
            .execute_async(script, Vec::new())
            .await?
            .convert()
    }

    /// The same on a phone and a desk, in light and dark, each line with what is looked at.
    pub async fn axe_in_four_ways(&self, what: &str) -> WebDriverResult<Vec<String>> {
        let mut faults = Vec::new();
        for (width, scheme) in [
            (360, "light"),
            (360, "dark"),
            (1280, "dark"),
            (1280, "light"),
        ] {
            self.screen(width, scheme).await?;
            let found = self.axe().await?;
            faults.extend(
                found
                    .iter()
                    .map(|fault| format!("{what} at {width} in {scheme}: {fault}")),
            );
        }
        Ok(faults)
    }
}

/// The text of axe-core.
fn axe() -> String {
    let usual =
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/node_modules/axe-core/axe.min.js");
    let path = std::env::var_os("AXE").map_or(usual, PathBuf::from);
    std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{}: {error}; bin/test browser brings it", path.display()))
}
