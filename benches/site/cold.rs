//! Cold pages: what a page costs that is not in the cache.

use yeoun::db::{Db, Settings, Store};

use crate::hot::PAGE;
use crate::site::{self, Site};
use crate::{Outcome, machine, pages, stages, wrk};

/// CPU microseconds of the app a cold song page may take.
const BAR: f64 = 150.0;
/// Requests of the page with the bar.
const REQUESTS: u64 = 20_000;
/// Requests of each other page.
const FEWER: u64 = 4_000;
/// Requests of a page inside this process.
const IN_PROCESS: usize = 3_000;
/// One page of each kind and each kind of list.
const OTHERS: [&str; 8] = [
    "/songs/always",
    "/dramas/descendants-of-the-sun",
    "/dramas/descendants-of-the-sun/episodes/6",
    "/artists/punch",
    "/albums/winter-sonata-ost",
    "/articles/how-to-read-this-wiki",
    "/songs",
    "/dramas",
];

/// Prints only where the song page's time goes, for a profiler.
pub fn stages() -> Outcome {
    let data = site::starter()?;
    let db = Db::open(&Settings::new(Store::from_url(None, data.path())?))?;
    stages::print(&db)?;
    db.close();
    Ok(())
}

/// Asks for one page many times inside this process, for a profiler.
pub fn one(path: &str) -> Outcome {
    let data = site::starter()?;
    let db = Db::open(&Settings::new(Store::from_url(None, data.path())?))?;
    let pages = pages::Statements::of(&db)?;
    let before = machine::cpu_seconds(std::process::id())?;
    pages.ask(path, IN_PROCESS)?;
    let micros = (machine::cpu_seconds(std::process::id())? - before) * 1e6 / IN_PROCESS as f64;
    println!(
        "  {path:<42} {micros:6.1} without sockets, {} statements, {}",
        pages.count(path)?,
        machine::load()?
    );
    db.close();
    Ok(())
}

/// Prints the cost of the song page and of others, and where the song page's time goes.
pub fn run() -> Outcome {
    let data = site::starter()?;
    let db = Db::open(&Settings::new(Store::from_url(None, data.path())?))?;
    let statements = pages::Statements::of(&db)?;
    let site = Site::start(data.path(), 0)?;
    println!("\ncold: nothing is cached; CPU us of the app a page");
    let address = site.url(&site::uncached(PAGE));
    wrk::run(&address, &[], 1)?;
    let cost = wrk::cost_of(site.pid(), &address, REQUESTS)?;
    println!(
        "  {PAGE:<42} {:6.1} (bar {BAR}), {} requests, {} statements, {}",
        cost.micros(),
        cost.requests,
        statements.count(PAGE)?,
        machine::load()?
    );
    for path in OTHERS {
        let address = site.url(&site::uncached(path));
        let bytes = match site::get(&address, &[]) {
            Ok(answer) => answer.body.len(),
            Err(error) => {
                println!("  {path:<42} left out: {error}");
                continue;
            }
        };
        let cost = wrk::cost_of(site.pid(), &address, FEWER)?;
        println!(
            "  {path:<42} {:6.1}, {bytes} bytes, {} statements, {}",
            cost.micros(),
            statements.count(path)?,
            machine::load()?
        );
    }
    println!("  memory after {}", machine::memory(site.pid())?);
    drop(site);
    stages::print(&db)?;
    db.close();
    Ok(())
}
