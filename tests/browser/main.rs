//! The site in a real browser: accessibility, keys, narrow screens, and no script.
//!
//! Needs `chromium`, `chromedriver` and axe-core; `bin/test browser` brings them. `AXE` names `axe.min.js` where it does not lie
//! in `target/node_modules`.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod attacks;
mod drafts;
mod driver;
mod editing;
mod flows;
mod forms;
mod pages;
#[path = "../site/support.rs"]
#[expect(dead_code, reason = "shared with tests/site, which uses all of it")]
mod support;
