//! Start: from exec to the first byte of a page, on an existing database; and what the process holds in memory.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::hot::PAGE;
use crate::site::{self, Site};
use crate::{Outcome, machine, wrk};

/// Milliseconds from exec to the first byte.
const BAR: f64 = 300.0;
const STARTS: usize = 10;

/// Prints the median of the starts, and memory before and after work.
pub fn run() -> Outcome {
    let data = site::starter()?;
    println!("\nstart: exec to the first byte of {PAGE}, on an existing database");
    let mut times = Vec::new();
    for _ in 0..STARTS {
        times.push(first_byte(data.path())?);
    }
    let all: Vec<String> = times.iter().map(|time| format!("{time:.0}")).collect();
    println!(
        "  median {:.0} ms (bar {BAR}); each: {}; {}",
        machine::median(times),
        all.join(" "),
        machine::load()?
    );
    let site = Site::start(data.path(), 64)?;
    println!("  memory when started: {}", machine::memory(site.pid())?);
    wrk::run(&site.url(PAGE), &[], 3)?;
    println!(
        "  memory after 3 s of load: {}",
        machine::memory(site.pid())?
    );
    Ok(())
}

/// Milliseconds; a refused connection is tried again at once.
fn first_byte(data: &Path) -> Outcome<f64> {
    let begun = Instant::now();
    let site = Site::spawn(data, 64)?;
    let mut stream = loop {
        match TcpStream::connect(site.address) {
            Ok(stream) => break stream,
            Err(_) if begun.elapsed() < Duration::from_secs(30) => {
                sleep(Duration::from_micros(500))
            }
            Err(error) => return Err(error.into()),
        }
    };
    write!(
        stream,
        "GET {PAGE} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n\r\n",
        site.address
    )?;
    let mut byte = [0];
    stream.read_exact(&mut byte)?;
    Ok(begun.elapsed().as_secs_f64() * 1e3)
}
