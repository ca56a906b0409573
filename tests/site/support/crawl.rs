//! A walk over the whole site, from the front page along every link, on both stores at once.

use std::collections::BTreeSet;
use std::sync::Mutex;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use yeoun::db::StoreKind;

use super::page::{self, Facts};
use super::{Reply, Site};

/// Addresses nothing on a page leads to, though machines ask for them.
const FOR_MACHINES: [&str; 3] = ["/robots.txt", "/sitemap.xml", "/opensearch.xml"];

/// One address, as found.
#[derive(Debug)]
pub struct Visit {
    pub path: String,
    /// The page that led here first.
    pub from: String,
    /// Clicks from the front page; nothing for what only machines load.
    pub clicks: Option<usize>,
    pub status: u16,
    pub location: String,
    /// What the page holds, where it is HTML.
    pub facts: Option<Facts>,
    /// How the two stores' answers differ, where they do.
    pub difference: Option<String>,
    links: Vec<String>,
    assets: Vec<String>,
}

impl Visit {
    /// Whether readers read it.
    pub fn is_page(&self) -> bool {
        self.status == 200 && self.facts.is_some()
    }
}

/// Everything there is, in the order it was found.
pub fn everything() -> &'static [Visit] {
    static VISITS: OnceLock<Vec<Visit>> = OnceLock::new();
    VISITS.get_or_init(|| {
        let (sqlite, postgres) = (
            Site::reading(StoreKind::Sqlite),
            Site::reading(StoreKind::Postgres),
        );
        walk(sqlite, Some(postgres), usize::MAX)
    })
}

/// Walks breadth first, comparing with a second site where there is one, no further than so many clicks. A walk without such an
/// end also looks at what pages load and what only machines read.
pub fn walk(site: &Site, other: Option<&Site>, furthest: usize) -> Vec<Visit> {
    let mut visits: Vec<Visit> = Vec::new();
    let mut seen: BTreeSet<String> = BTreeSet::from(["/".to_owned()]);
    let mut level = vec![("/".to_owned(), String::new())];
    for clicks in 0..=furthest {
        let found = at_once(&level, |(path, from)| {
            look(site, other, path, from, Some(clicks))
        });
        level = unseen(&found, &mut seen, |visit| &visit.links);
        visits.extend(found);
        if level.is_empty() {
            break;
        }
    }
    if furthest < usize::MAX {
        return visits;
    }
    // Then what pages load, and what only feeds and site maps name.
    let mut rest = unseen(&visits, &mut seen, |visit| &visit.assets);
    rest.extend(
        FOR_MACHINES
            .iter()
            .filter(|path| seen.insert((**path).to_owned()))
            .map(|path| ((*path).to_owned(), String::new())),
    );
    while !rest.is_empty() {
        let found = at_once(&rest, |(path, from)| look(site, other, path, from, None));
        rest = unseen(&found, &mut seen, |visit| &visit.links);
        rest.extend(unseen(&found, &mut seen, |visit| &visit.assets));
        visits.extend(found);
    }
    visits
}

fn unseen(
    found: &[Visit],
    seen: &mut BTreeSet<String>,
    of: impl Fn(&Visit) -> &Vec<String>,
) -> Vec<(String, String)> {
    let mut next = Vec::new();
    for visit in found {
        for link in of(visit) {
            if seen.insert(link.clone()) {
                next.push((link.clone(), visit.path.clone()));
            }
        }
    }
    next
}

/// The outcomes in the order of the questions, asked by a few threads.
fn at_once<Q: Sync, A: Send>(questions: &[Q], ask: impl Fn(&Q) -> A + Sync) -> Vec<A> {
    let next = AtomicUsize::new(0);
    let answers = Mutex::new(Vec::with_capacity(questions.len()));
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                while let Some((at, question)) = Some(next.fetch_add(1, Ordering::Relaxed))
                    .and_then(|at| Some((at, questions.get(at)?)))
                {
                    let answer = ask(question);
                    answers.lock().unwrap().push((at, answer));
                }
            });
        }
    });
    let mut answers = answers.into_inner().unwrap();
    answers.sort_by_key(|(at, _)| *at);
    answers.into_iter().map(|(_, answer)| answer).collect()
}

fn look(site: &Site, other: Option<&Site>, path: &str, from: &str, clicks: Option<usize>) -> Visit {
    let reply = site.get(path);
    let difference = other.and_then(|other| difference(&reply, &other.get(path)));
    let content_type = reply.header("content-type").to_owned();
    let facts = content_type
        .starts_with("text/html")
        .then(|| page::read(reply.source()));
    let base = &site.shared.config.base_url;
    let internal = |links: &[String]| -> Vec<String> {
        links
            .iter()
            .filter_map(|link| resolve(base, path, link))
            .collect()
    };
    let location = reply.header("location").to_owned();
    let (mut links, mut assets) = match &facts {
        Some(facts) => (internal(&facts.links), internal(&facts.assets)),
        None => (Vec::new(), Vec::new()),
    };
    if content_type.contains("xml") && !content_type.contains("svg") {
        assets.extend(internal(&addresses_in(reply.source())));
    }
    links.extend(resolve(base, path, &location).filter(|_| !location.is_empty()));
    Visit {
        path: path.to_owned(),
        from: from.to_owned(),
        clicks,
        status: reply.status,
        location,
        facts,
        difference,
        links,
        assets,
    }
}

/// What one answer says that the other does not.
fn difference(one: &Reply, other: &Reply) -> Option<String> {
    if one.status != other.status {
        return Some(format!("{} and {}", one.status, other.status));
    }
    for name in ["content-type", "location", "etag", "cache-control"] {
        if one.header(name) != other.header(name) {
            return Some(format!(
                "{name}: {:?} and {:?}",
                one.header(name),
                other.header(name)
            ));
        }
    }
    if one.bytes == other.bytes || one.status >= 400 {
        return None;
    }
    let (one, other) = (
        String::from_utf8_lossy(&one.bytes),
        String::from_utf8_lossy(&other.bytes),
    );
    let line = one
        .lines()
        .zip(other.lines())
        .find(|(one, other)| one != other);
    Some(line.map_or("one is longer".to_owned(), |(one, other)| {
        format!("\n  {one}\n  {other}")
    }))
}

/// A link as a path of this site, without its fragment; nothing where it leads elsewhere.
pub fn resolve(base: &str, from: &str, link: &str) -> Option<String> {
    let link = link
        .strip_prefix(base)
        .map_or(link, |path| if path.is_empty() { "/" } else { path });
    let link = link.split('#').next().unwrap_or_default();
    if link.is_empty() {
        return None;
    }
    if link.starts_with('?') {
        let path = from.split('?').next().unwrap_or_default();
        return Some(format!("{path}{link}"));
    }
    (link.starts_with('/') && !link.starts_with("//")).then(|| link.to_owned())
}

/// Addresses in a feed or a site map.
fn addresses_in(xml: &str) -> Vec<String> {
    let between = |open: &str, close: &str| -> Vec<String> {
        xml.split(open)
            .skip(1)
            .filter_map(|rest| rest.split(close).next())
            .map(|link| link.replace("&amp;", "&"))
            .collect()
    };
    let mut found = between("<loc>", "</loc>");
    found.extend(between(" href=\"", "\""));
    found
}

/// What kind of page an address is: `/songs/{}`, `/dramas/{}/episodes/{}`, `/songs?letter`.
pub fn pattern(path: &str) -> String {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let mut shape = String::new();
    for (n, segment) in path.split('/').skip(1).enumerate() {
        // `7`, `2016-12`, `s2e1`.
        let is_number = segment.contains(|c: char| c.is_ascii_digit())
            && segment
                .chars()
                .all(|c| c.is_ascii_digit() || matches!(c, '-' | 's' | 'e'));
        let is_name = n == 1 && path != "/settings/appearance";
        shape.push('/');
        shape.push_str(if is_number || is_name { "{}" } else { segment });
    }
    let names: BTreeSet<&str> = query
        .split('&')
        .filter_map(|pair| pair.split('=').next())
        .filter(|name| !name.is_empty())
        .collect();
    if !names.is_empty() {
        shape.push('?');
        shape.push_str(&names.into_iter().collect::<Vec<_>>().join("&"));
    }
    shape
}
