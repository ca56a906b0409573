//! Links to other sites in one form each: however an address was copied, the same thing has the same link. What is known about a site is
//! a row of the table in `sites.rs`; everything else only loses what follows readers around.

mod pattern;
mod sites;
#[cfg(test)]
mod tests;

use url::Url;

use pattern::Caught;
use sites::{SHORT, SITES, Site, TRACKING};

/// A link in its canonical form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folded {
    pub url: String,
    /// Key of the site: `youtube`; for a site nobody described, its host.
    pub site: String,
}

/// Why an address is no link to a thing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LinkError {
    /// It is not an address of the web.
    #[error("A link starts with https:// or http://.")]
    NoAddress,
    /// It finds something else tomorrow.
    #[error("This is a search on {0}. Open what you found, and give the address of that page.")]
    Search(&'static str),
    /// It hides where it leads.
    #[error("A short address hides where it leads. Open it, and give the address it arrives at.")]
    Short,
    /// It carries a name or a password.
    #[error("An address with a name before an @ hides where it leads. Give it without.")]
    Named,
}

/// Folds a link: the form the site itself calls canonical, without what was added on the way.
///
/// # Errors
/// The reason why the address is refused.
pub fn fold(text: &str) -> Result<Folded, LinkError> {
    let mut url = address(text)?;
    let host = url.host_str().unwrap_or_default().to_owned();
    if SHORT.contains(&host.as_str()) {
        return Err(LinkError::Short);
    }
    for site in SITES {
        let mut caught = Caught::default();
        if site
            .hosts
            .iter()
            .any(|of| pattern::host(of, &host, &mut caught))
        {
            return on_site(site, url, caught);
        }
    }
    untrack(&mut url);
    Ok(Folded {
        site: host.strip_prefix("www.").unwrap_or(&host).to_owned(),
        url: url.into(),
    })
}

/// The address without the parameters that follow readers around: for sources, where a place in the page matters.
///
/// # Errors
/// The reason why the address is refused.
pub fn untracked(text: &str) -> Result<String, LinkError> {
    let mut url = address(text)?;
    if TRACKING.iter().any(|name| url.as_str().contains(name)) {
        untrack(&mut url);
        return Ok(url.into());
    }
    Ok(text.trim().to_owned())
}

/// What a site is called; its key where nobody described it.
pub fn name_of(key: &str) -> &str {
    match key {
        "official" => "Official site",
        _ => SITES
            .iter()
            .find(|site| site.key == key)
            .map_or(key, |site| site.name),
    }
}

/// The key of a site from what somebody wrote: its key or its name, in any case.
pub fn key_of(words: &str) -> &str {
    let is = |name: &str| name.eq_ignore_ascii_case(words);
    SITES
        .iter()
        .find(|site| is(site.key) || is(site.name))
        .map_or(words, |site| site.key)
}

/// Reads an address; one without a scheme is taken as it would be in a browser's bar.
fn address(text: &str) -> Result<Url, LinkError> {
    let text = text.trim();
    let host = text.split(['/', '?', '#']).next().unwrap_or_default();
    let is_bare = host.contains('.') && !host.contains([':', '@', ' ']);
    let whole = if is_bare {
        format!("https://{text}")
    } else {
        text.to_owned()
    };
    let url = Url::parse(&whole).or(Err(LinkError::NoAddress))?;
    if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
        return Err(LinkError::NoAddress);
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(LinkError::Named);
    }
    Ok(url)
}

fn on_site(site: &'static Site, mut url: Url, caught: Caught) -> Result<Folded, LinkError> {
    let key = site.key.to_owned();
    if site
        .searches
        .iter()
        .any(|of| pattern::page(of, &url, &mut caught.clone()))
    {
        return Err(LinkError::Search(site.name));
    }
    for (from, to) in site.pages {
        let mut caught = caught.clone();
        if pattern::page(from, &url, &mut caught) {
            let url = format!("{}/{}", caught.filled(site.home), caught.filled(to));
            return Ok(Folded { url, site: key });
        }
    }
    // A page nobody described: at the site's own host, if it is always the same one. There it may well be one that is described.
    if let Ok(home) = Url::parse(&caught.filled(site.home))
        && url.port().is_none()
    {
        let is_elsewhere = url.host() != home.host();
        let fits = url.set_scheme(home.scheme()).is_ok() && url.set_host(home.host_str()).is_ok();
        debug_assert!(fits, "homes are plain web addresses");
        if is_elsewhere {
            return fold(url.as_str());
        }
    }
    untrack(&mut url);
    Ok(Folded {
        url: url.into(),
        site: key,
    })
}

fn untrack(url: &mut Url) {
    let is_tracking = |name: &str| {
        TRACKING
            .iter()
            .any(|of| name == *of || (of.ends_with('_') && name.starts_with(of)))
    };
    let query = url.query().unwrap_or_default();
    let kept: Vec<&str> = query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .filter(|pair| !is_tracking(pair.split('=').next().unwrap_or_default()))
        .collect();
    let kept = kept.join("&");
    url.set_query((!kept.is_empty()).then_some(kept.as_str()));
    if url.fragment().is_some_and(str::is_empty) {
        url.set_fragment(None);
    }
}
