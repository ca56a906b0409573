//! A hot page: CPU of the server for a page that is in the cache, beside nginx sending the same bytes from a file.

use crate::nginx::Nginx;
use crate::site::{self, Site};
use crate::{Outcome, machine, wrk};

/// The page that is asked for.
pub const PAGE: &str = "/songs/stay-with-me";
/// Turns of each; both servers are asked in every turn, one after the other.
const ROUNDS: usize = 5;
/// Length of one measurement in seconds.
const SECONDS: u32 = 3;

/// Prints nginx, us and the ratio for the page as it is, packed, and not sent at all.
pub fn run() -> Outcome {
    let data = site::starter()?;
    let site = Site::start(data.path(), 64)?;
    let plain = site::get(&site.url(PAGE), &[])?;
    let packed = site::get(&site.url(PAGE), &[("accept-encoding", "gzip")])?;
    if packed.header("content-encoding")? != "gzip" {
        return Err("the site does not pack the page".into());
    }
    let nginx = Nginx::start(PAGE, &plain, &packed)?;
    let theirs = site::get(&nginx.url(PAGE), &[])?;
    let theirs_packed = site::get(&nginx.url(PAGE), &[("accept-encoding", "gzip")])?;
    if theirs.body != plain.body || theirs_packed.body != packed.body {
        return Err("nginx serves other bytes than the site".into());
    }
    println!(
        "\nhot: {PAGE}, {} bytes, {} packed; CPU us a request, A B A B",
        plain.body.len(),
        packed.body.len()
    );
    let (tag, their_tag) = (plain.header("etag")?, theirs.header("etag")?);
    let gzip = [("accept-encoding", "gzip")];
    compare("identity", &site, &nginx, &[], &[])?;
    compare("gzip", &site, &nginx, &gzip, &gzip)?;
    compare(
        "304",
        &site,
        &nginx,
        &[("if-none-match", tag)],
        &[("if-none-match", their_tag)],
    )?;
    println!("  memory after {}", machine::memory(site.pid())?);
    Ok(())
}

fn compare(
    what: &str,
    site: &Site,
    nginx: &Nginx,
    ours: &[(&str, &str)],
    theirs: &[(&str, &str)],
) -> Outcome {
    // Caches and connections of both are warm before anything counts.
    wrk::run(&site.url(PAGE), ours, 1)?;
    wrk::run(&nginx.url(PAGE), theirs, 1)?;
    let (mut of_us, mut of_nginx, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let nginx_cost = wrk::cost(nginx.pid(), &nginx.url(PAGE), theirs, SECONDS)?;
        let our_cost = wrk::cost(site.pid(), &site.url(PAGE), ours, SECONDS)?;
        of_nginx.push(nginx_cost.micros());
        of_us.push(our_cost.micros());
        ratios.push(our_cost.micros() / nginx_cost.micros());
    }
    let all: Vec<String> = ratios.iter().map(|ratio| format!("{ratio:.2}")).collect();
    println!(
        "  {what:<9} nginx {:5.1}  yeoun {:5.1}  ratio {:.2} (rounds {}), {}",
        machine::median(of_nginx),
        machine::median(of_us),
        machine::median(ratios),
        all.join(" "),
        machine::load()?
    );
    Ok(())
}
