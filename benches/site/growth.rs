//! Growth: what the same kinds of page cost in a catalogue of 18 dramas and in one of 1,500 with 20,000 songs.

use std::collections::BTreeMap;
use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};

use yeoun::db::{Db, Settings, Store};
use yeoun::models::page::{Kind, Page};

use crate::pages::Statements;
use crate::seeds::{DramaSeed, Seeds};
use crate::site::{self, Site};
use crate::wrk::Cost;
use crate::{Outcome, generate, machine, seeds, wrk};

/// A page of the large catalogue may cost this many times what its counterpart in the small one does.
const BAR: f64 = 2.0;
const ROUNDS: usize = 3;
const SECONDS: u32 = 2;

/// A page of the small catalogue and its counterpart in the large one.
struct Pair {
    what: &'static str,
    small: String,
    large: String,
}

/// Prints both costs and the ratio of each pair.
pub fn run(fresh: bool) -> Outcome {
    let seeds = Seeds::plant()?;
    let cues: usize = seeds.dramas.iter().map(|drama| drama.cues().count()).sum();
    println!(
        "\ngrowth: {} dramas, {} songs, {cues} cues, {} artists",
        seeds.dramas.len(),
        seeds::SONGS,
        seeds.artists.len()
    );
    let large_data = large(&seeds, fresh)?;
    let small_data = site::starter()?;
    let small_db = Db::open(&Settings::new(Store::from_url(None, small_data.path())?))?;
    let large_db = Db::open(&Settings::new(Store::from_url(None, &large_data)?))?;
    let (in_small, in_large) = (Statements::of(&small_db)?, Statements::of(&large_db)?);
    let pairs = pairs(&seeds, &large_db)?;
    let small = Site::start(small_data.path(), 0)?;
    let large = Site::start(&large_data, 0)?;
    println!("  CPU us of the app a page, nothing cached, A B A B; bytes and statements of each");
    for pair in &pairs {
        match compare(pair, &small, &large) {
            Ok((text, ratio)) => {
                let (ours, theirs) = (in_small.count(&pair.small)?, in_large.count(&pair.large)?);
                let verdict = if ratio <= BAR { "" } else { "  OVER THE BAR" };
                println!(
                    "  {:<26} {text}, statements {ours} / {theirs}, {}{verdict}",
                    pair.what,
                    machine::load()?
                );
            }
            Err(error) => println!("  {:<26} left out: {error}", pair.what),
        }
    }
    println!("  memory, small: {}", machine::memory(small.pid())?);
    println!("  memory, large: {}", machine::memory(large.pid())?);
    drop((small, large));
    let cached = Site::start(&large_data, 64)?;
    for drama in &seeds.dramas {
        site::get(&cached.url(&format!("/dramas/{}", drama.slug)), &[])?;
        for song in drama.songs.iter().take(2) {
            site::get(&cached.url(&format!("/songs/{}", song.slug)), &[])?;
        }
    }
    println!(
        "  memory, large, 4,500 pages asked for, 64 MiB of cache: {}",
        machine::memory(cached.pid())?
    );
    small_db.close();
    large_db.close();
    Ok(())
}

fn compare(pair: &Pair, small: &Site, large: &Site) -> Outcome<(String, f64)> {
    let (at_small, at_large) = (
        small.url(&site::uncached(&pair.small)),
        large.url(&site::uncached(&pair.large)),
    );
    let bytes = (
        site::get(&at_small, &[])?.body.len(),
        site::get(&at_large, &[])?.body.len(),
    );
    let (mut of_small, mut of_large) = (Cost::default(), Cost::default());
    for _ in 0..ROUNDS {
        of_small = of_small.and(wrk::cost(small.pid(), &at_small, &[], SECONDS)?);
        of_large = of_large.and(wrk::cost(large.pid(), &at_large, &[], SECONDS)?);
    }
    let (small, large) = (of_small.micros(), of_large.micros());
    let ratio = large / small;
    // A page that shows more may cost more, but no more for what it shows.
    let longer = (bytes.1 as f64 / bytes.0 as f64).max(1.0);
    let judged = ratio / longer;
    Ok((
        format!(
            "{small:7.1} / {large:7.1}  ratio {ratio:.2}, for what it shows {judged:.2}, bytes {} / {}",
            bytes.0, bytes.1
        ),
        judged,
    ))
}

/// The data directory of the large catalogue, made when it is not there. A change of the tables makes a new one.
fn large(seeds: &Seeds, fresh: bool) -> Outcome<PathBuf> {
    let mut version = DefaultHasher::new();
    let mut migrations: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations/sqlite"))? {
        migrations.push(entry?.path().join("up.sql"));
    }
    migrations.sort();
    for path in &migrations {
        fs::read(path)?.hash(&mut version);
    }
    include_str!("generate.rs").hash(&mut version);
    include_str!("seeds.rs").hash(&mut version);
    let data = site::bench_dir().join(format!("large-{:016x}", version.finish()));
    let done = data.join("done");
    if fresh || !done.exists() {
        if data.exists() {
            fs::remove_dir_all(&data)?;
        }
        generate::generate(&data, seeds)?;
        fs::write(&done, "")?;
    }
    let size = fs::metadata(data.join("yeoun.db"))?.len();
    println!("  {}: {} MiB", data.display(), size / (1024 * 1024));
    Ok(data)
}

fn pairs(seeds: &Seeds, db: &Db) -> Outcome<Vec<Pair>> {
    let nearest = |wanted: usize| {
        seeds
            .dramas
            .iter()
            .min_by_key(|drama| drama.cues().count().abs_diff(wanted))
    };
    let drama = nearest(550).ok_or("there is no drama")?;
    let most = seeds
        .dramas
        .iter()
        .max_by_key(|drama| drama.cues().count())
        .ok_or("there is no drama")?;
    let song = drama
        .songs
        .iter()
        .max_by_key(|song| song.cues.len())
        .ok_or("there is no song")?;
    let (singer, _) = seeds.artists.first().ok_or("there is no artist")?;
    let pair = |what, small: &str, large: String| Pair {
        what,
        small: small.to_owned(),
        large,
    };
    let same = |what, path: &str| pair(what, path, path.to_owned());
    let descendants = "/dramas/descendants-of-the-sun";
    let sheet = format!("{descendants}/episodes/6");
    Ok(vec![
        same("the same song", "/songs/stay-with-me"),
        pair(
            "a song with many cues",
            "/songs/always",
            format!("/songs/{}", song.slug),
        ),
        same("the same drama", descendants),
        pair(
            "a drama with 550 cues",
            descendants,
            format!("/dramas/{}", drama.slug),
        ),
        pair(
            "the drama with most cues",
            descendants,
            format!("/dramas/{}", most.slug),
        ),
        same("the same episode", &sheet),
        pair("an episode with 47 cues", &sheet, episode(drama, 47)),
        pair("an artist", "/artists/punch", format!("/artists/{singer}")),
        same("songs, first page", "/songs"),
        pair("songs, a page far in", "/songs", deep(seeds, db)?),
        pair(
            "songs under a letter",
            "/songs?letter=S",
            "/songs?letter=S".to_owned(),
        ),
        pair(
            "songs of a mood",
            "/songs?mood=longing",
            "/songs?mood=longing".to_owned(),
        ),
        same("dramas, first page", "/dramas"),
        same("dramas under a letter", "/dramas?letter=T"),
        same("dramas of a year", "/dramas?year=2016"),
        same("artists, first page", "/artists"),
        same("a year", "/years/2016"),
        same("the front page", "/"),
    ])
}

/// The cue sheet of the drama that has nearest to so many cues.
fn episode(drama: &DramaSeed, wanted: usize) -> String {
    let mut counts: BTreeMap<(u16, u16), usize> = BTreeMap::new();
    for cue in drama.cues() {
        *counts.entry((cue.season, cue.episode)).or_default() += 1;
    }
    let found = counts
        .iter()
        .min_by_key(|(_, count)| count.abs_diff(wanted))
        .map(|(number, _)| *number);
    match found.unwrap_or((1, 1)) {
        (1, episode) => format!("/dramas/{}/episodes/{episode}", drama.slug),
        (season, episode) => format!("/dramas/{}/episodes/s{season}e{episode}", drama.slug),
    }
}

/// A page of the songs' index two thirds of the way in.
fn deep(seeds: &Seeds, db: &Db) -> Outcome<String> {
    let mut songs: Vec<(&str, &str)> = seeds
        .dramas
        .iter()
        .flat_map(|drama| &drama.songs)
        .map(|song| (song.title.as_str(), song.slug.as_str()))
        .collect();
    songs.sort_unstable();
    let slug = songs
        .get(songs.len() * 2 / 3)
        .ok_or("there is no song")?
        .1
        .to_owned();
    let page = db
        .read_blocking(move |conn| Page::at(conn, Kind::Song, &slug))?
        .ok_or("the song is not in the store")?;
    let digits: String = page
        .sort_key
        .bytes()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    Ok(format!("/songs?after={}-{digits}", page.id))
}
