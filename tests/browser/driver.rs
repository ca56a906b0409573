//! A browser: Debian's chromedriver on a free port, and Chromium with a profile of its own.

mod axe;

use std::future::Future;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;
use thirtyfour::ChromeCapabilities;
use thirtyfour::error::WebDriverErrorInner;
use thirtyfour::prelude::*;

/// A running chromedriver; it ends with this value.
struct Chromedriver {
    child: Child,
    port: u16,
}

impl Chromedriver {
    fn start() -> Self {
        let mut child = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver; bin/test browser installs it");
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let port = lines
            .find_map(|line| {
                line.unwrap()
                    .rsplit_once("successfully on port ")
                    .and_then(|(_, port)| port.trim_end_matches('.').parse().ok())
            })
            .expect("chromedriver named no port");
        // What it says later must not fill the pipe.
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, port }
    }
}

impl Drop for Chromedriver {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A browser for one test.
pub struct Browser {
    pub driver: WebDriver,
    base: String,
}

/// Whether pages may run scripts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scripts {
    On,
    Off,
}

/// Runs a test with a browser that is closed whatever happens.
pub fn with_browser<F, Fut>(base: std::net::SocketAddr, scripts: Scripts, test: F)
where
    F: FnOnce(Browser) -> Fut,
    Fut: Future<Output = WebDriverResult<()>>,
{
    let chromedriver = Chromedriver::start();
    let profile = tempfile::tempdir().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let outcome = runtime.block_on(async {
        let session = WebDriver::new(
            format!("http://127.0.0.1:{}", chromedriver.port),
            capabilities(&profile, scripts)?,
        );
        let driver = session.await?;
        let outcome = driver
            .run_and_quit(|driver| async move {
                test(Browser {
                    driver,
                    base: format!("http://{base}"),
                })
                .await
            })
            .await;
        Ok::<_, WebDriverError>(outcome)
    });
    outcome.unwrap().unwrap();
}

fn capabilities(profile: &TempDir, scripts: Scripts) -> WebDriverResult<ChromeCapabilities> {
    let mut capabilities = DesiredCapabilities::chrome();
    for argument in [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        // A page that fades in takes no clicks until it is there.
        "--force-prefers-reduced-motion",
        &format!("--user-data-dir={}", profile.path().display()),
    ] {
        capabilities.add_arg(argument)?;
    }
    // Without scripts the driver cannot scroll, so everything has to be in view.
    let height = if scripts == Scripts::Off { 9000 } else { 900 };
    capabilities.add_arg(&format!("--window-size=1280,{height}"))?;
    if scripts == Scripts::Off {
        let off = serde_json::json!({ "profile.managed_default_content_settings.javascript": 2 });
        capabilities.add_experimental_option("prefs", off)?;
    }
    Ok(capabilities)
}

impl Browser {
    /// Opens a path of the site.
    pub async fn open(&self, path: &str) -> WebDriverResult<()> {
        self.driver.goto(format!("{}{path}", self.base)).await
    }

    /// The path it is at, with its query and fragment.
    pub async fn path(&self) -> WebDriverResult<String> {
        let url = self.driver.current_url().await?.to_string();
        Ok(url.strip_prefix(&self.base).unwrap_or(&url).to_owned())
    }

    /// Waits until it is at a path; fails when it does not get there.
    pub async fn arrives_at(&self, path: &str) -> WebDriverResult<()> {
        for _ in 0..200 {
            if self.path().await? == path {
                return Ok(());
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        panic!("it is at {}, not at {path}", self.path().await?);
    }

    /// Whether it is at another path within a few seconds.
    pub async fn leaves(&self, path: &str) -> WebDriverResult<bool> {
        for _ in 0..60 {
            if self.path().await? != path {
                return Ok(true);
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        Ok(false)
    }

    /// A screen so many pixels wide, and what the device prefers.
    pub async fn screen(&self, width: u32, scheme: &str) -> WebDriverResult<()> {
        let tools = self.driver.cdp();
        let size = serde_json::json!({ "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false });
        tools
            .send_raw("Emulation.setDeviceMetricsOverride", size)
            .await?;
        let media = serde_json::json!({ "features": [
            { "name": "prefers-color-scheme", "value": scheme }, { "name": "prefers-reduced-motion", "value": "reduce" }] });
        tools.send_raw("Emulation.setEmulatedMedia", media).await?;
        Ok(())
    }

    /// Runs a script on the page and answers what it returns.
    pub async fn run<T: serde::de::DeserializeOwned>(&self, script: &str) -> WebDriverResult<T> {
        self.driver.execute(script, Vec::new()).await?.convert()
    }

    /// A window of a phone or a desk. Without scripts the driver cannot scroll, so it is as high as the longest form.
    pub async fn window(&self, width: u32, scripts: Scripts) -> WebDriverResult<()> {
        let height = match scripts {
            Scripts::On => 800,
            Scripts::Off => 24_000,
        };
        let size = serde_json::json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        let tools = self.driver.cdp();
        tools
            .send_raw("Emulation.setDeviceMetricsOverride", size)
            .await?;
        let media = serde_json::json!({ "features": [{ "name": "prefers-reduced-motion", "value": "reduce" }] });
        tools.send_raw("Emulation.setEmulatedMedia", media).await?;
        Ok(())
    }

    /// The first element of this kind, as soon as it is there.
    pub async fn one(&self, css: &str) -> WebDriverResult<WebElement> {
        let query = self.driver.query(By::Css(css.to_owned()));
        query.desc(css).first().await
    }

    /// Presses it, as soon as the page is there; what lies over it for good is a failure.
    pub async fn click(&self, css: &str) -> WebDriverResult<()> {
        for _ in 0..100 {
            let clicked = self.one(css).await?.click().await;
            let is_early = clicked.as_ref().err().is_some_and(|error| {
                matches!(
                    error.as_inner(),
                    WebDriverErrorInner::StaleElementReference(_)
                        | WebDriverErrorInner::ElementClickIntercepted(_)
                )
            });
            if !is_early {
                return clicked;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        self.one(css).await?.click().await
    }

    /// Types into a field in the place of what stands there, opening what it is folded into.
    pub async fn fill(&self, name: &str, text: &str) -> WebDriverResult<()> {
        let css = format!("main [name='{name}']");
        let field = self.one(&css).await?;
        self.unfold(&css).await?;
        if field.tag_name().await? == "select" {
            let option = format!("{css} option[value='{text}']");
            return self.one(&option).await?.click().await;
        }
        let everything = Key::Control + "a";
        field.send_keys(everything).await?;
        field.send_keys(Key::Backspace + "").await?;
        field.send_keys(text).await
    }

    /// Opens the folded row an element is in.
    pub async fn unfold(&self, css: &str) -> WebDriverResult<()> {
        let folded = format!("details:not([open]):has({css}) > summary");
        let found = self.driver.find_all(By::Css(folded)).await?;
        for summary in found {
            summary.click().await?;
        }
        Ok(())
    }

    /// Presses a button of the editor, such as `save` or `add:names`, and waits for the page it leads to.
    pub async fn press(&self, operation: &str) -> WebDriverResult<()> {
        let css = format!("main button[name='_op'][value='{operation}']:not(.form-default)");
        self.unfold(&css).await?;
        let document = self.driver.find(By::Tag("html")).await?;
        self.click(&css).await?;
        // Rows are added, moved and taken away in place; what they bring has names that were not there.
        let verb = operation.split(':').next().unwrap_or_default();
        if ["add", "up", "down", "remove", "paste"].contains(&verb) {
            return Ok(());
        }
        // What is left of the page before has fields of the same names, which would be filled in vain.
        for _ in 0..200 {
            if document.tag_name().await.is_err() {
                return Ok(());
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        panic!(
            "{operation} leads to no other page than {}",
            self.path().await?
        );
    }

    /// What is to be read on the page now.
    pub async fn text(&self) -> WebDriverResult<String> {
        self.driver.find(By::Tag("main")).await?.text().await
    }

    /// Waits until the page says something; fails when it does not.
    pub async fn says(&self, words: &str) -> WebDriverResult<()> {
        let mut said = String::new();
        for _ in 0..100 {
            // Between two pages there is nothing to be read.
            said = self.text().await.unwrap_or_default();
            if said.contains(words) {
                return Ok(());
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        panic!("{} does not say “{words}”:\n{said}", self.path().await?);
    }

    /// Fails when the page says something.
    pub async fn hides(&self, words: &str) -> WebDriverResult<()> {
        let said = self.text().await?;
        assert!(
            !said.contains(words),
            "{} says “{words}”:\n{said}",
            self.path().await?
        );
        Ok(())
    }
}
