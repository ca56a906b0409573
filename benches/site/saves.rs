//! Eight editors save as fast as they can, on each store: how long a save takes beside the store's bare durable commit, what readers
//! notice of it, and whether everything is there afterwards.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use diesel::RunQueryDsl;
use yeoun::db::{Db, DbError, Settings, Store};
use yeoun::models::doctor;

use crate::cluster::PgCluster;
use crate::crashes::Patient;
use crate::editors::{self, Desk, EDITORS, Editor, FEW, Outcome};
use crate::ledger::{self, Ledger};
use crate::machine;
use crate::program::{self, Program};

/// Saves of each editor, bare commits of each thread, and reads of each page.
const SAVES: usize = 1000;
const COMMITS: usize = 500;
pub const READS: usize = 1500;
/// Rounds of the crash test on each store.
const ROUNDS: usize = 50;

/// Pages for readers: one that is kept ready, and one that is rendered for every reader.
pub const PAGES: [(&str, &str); 2] = [
    ("kept", "/songs/wish-ur-my-love"),
    ("rendered", "/songs/wish-ur-my-love?uncached"),
];

/// Prints the figures for both stores; `saves` for each editor, if that is not the usual number.
pub fn run(saves: Option<usize>) -> Outcome {
    let saves = saves.unwrap_or(SAVES);
    let folder = tempfile::tempdir_in(place()?)?;
    let url = format!("sqlite:{}", folder.path().join("yeoun.db").display());
    on_store("SQLite", &url, folder.path(), saves)?;
    let cluster = PgCluster::start_new(&[]);
    on_store("PostgreSQL", &cluster.database(), folder.path(), saves)
}

/// Beside the build, where there is a disk.
pub fn place() -> Outcome<std::path::PathBuf> {
    let place = crate::site::bench_dir();
    std::fs::create_dir_all(&place)?;
    Ok(place)
}

pub fn open(url: &str, folder: &Path) -> Outcome<Db> {
    let settings = Settings::new(Store::from_url(Some(url), folder)?);
    Ok(Db::open(&settings)?)
}

fn on_store(name: &str, url: &str, folder: &Path, saves: usize) -> Outcome {
    println!(
        "{name}: {EDITORS} editors, {saves} saves each, {}",
        machine::load()?
    );
    let program = Program::start(url, folder)?;
    let db = open(url, folder)?;
    let now = yeoun::cli::store::now();
    editors::join(&db, now)?;
    let desk = editors::prepare(&db, &FEW, now)?;
    let before = ledger::settle(&db, &desk, &[])?;
    bare(&db)?;
    let idle = idle(&program)?;
    let enter = |number| Editor::enter(number, program.address, &desk);
    let mut crowd = (0..EDITORS).map(enter).collect::<Outcome<Vec<Editor>>>()?;
    let (begun, cpu) = (
        Instant::now(),
        machine::cpu_seconds(program.child.id()).unwrap_or(0.0),
    );
    let busy = together(&program, &mut crowd, saves)?;
    let (took, cpu) = (
        begun.elapsed(),
        machine::cpu_seconds(program.child.id()).unwrap_or(0.0) - cpu,
    );
    let times = crowd
        .iter()
        .flat_map(|editor| editor.ledger.took.iter().copied())
        .collect();
    println!("  a save                   {}", Figures::of(times));
    println!(
        "  {:.0} saves a second, {:.2} ms CPU of the server for form and save, {}",
        (EDITORS * saves) as f64 / took.as_secs_f64(),
        cpu * 1e3 / (EDITORS * saves) as f64,
        machine::load()?
    );
    for (((what, path), idle), busy) in PAGES.iter().zip(idle).zip(busy) {
        compare(&format!("reading, {what} ({path})"), idle, busy);
    }
    verify(&db, &desk, &crowd, before)?;
    db.close();
    program.kill()
}

/// Everybody saves; two readers read until they are done. Answers what the readers waited.
fn together(program: &Program, crowd: &mut [Editor], saves: usize) -> Outcome<[Vec<Duration>; 2]> {
    let is_over = &AtomicBool::new(false);
    std::thread::scope(|scope| {
        let readers = PAGES.map(|(_, path)| {
            scope.spawn(move || reads(program, path, &|_| !is_over.load(Ordering::Relaxed)))
        });
        let editors: Vec<_> = crowd
            .iter_mut()
            .map(|editor| {
                scope.spawn(move || (0..saves).try_for_each(|_| editor.save(program.address)))
            })
            .collect();
        let saved: Outcome = editors.into_iter().try_for_each(|editor| {
            editor
                .join()
                .unwrap_or_else(|_| Err("an editor gave up".into()))
        });
        is_over.store(true, Ordering::Relaxed);
        let read = readers.map(|reader| {
            reader
                .join()
                .unwrap_or_else(|_| Err("a reader gave up".into()))
        });
        saved?;
        let [kept, rendered] = read;
        Ok([kept?, rendered?])
    })
}

/// The two readers with nobody else there.
pub fn idle(program: &Program) -> Outcome<[Vec<Duration>; 2]> {
    std::thread::scope(|scope| {
        let readers =
            PAGES.map(|(_, path)| scope.spawn(move || reads(program, path, &|done| done < READS)));
        let [kept, rendered] = readers.map(|reader| {
            reader
                .join()
                .unwrap_or_else(|_| Err("a reader gave up".into()))
        });
        Ok([kept?, rendered?])
    })
}

/// Reads a page again and again, a little apart, as long as `go_on` says of the number of reads.
pub fn reads(
    program: &Program,
    path: &str,
    go_on: &(dyn Fn(usize) -> bool + Sync),
) -> Outcome<Vec<Duration>> {
    let agent: ureq::Agent = ureq::Agent::config_builder().build().into();
    let url = format!("http://{}{path}", program.address);
    let mut times = Vec::new();
    while go_on(times.len()) {
        let begun = Instant::now();
        agent.get(&url).call()?.into_body().read_to_vec()?;
        times.push(begun.elapsed());
        std::thread::sleep(Duration::from_millis(5));
    }
    Ok(times)
}

/// Idle and busy times side by side.
pub fn compare(what: &str, idle: Vec<Duration>, busy: Vec<Duration>) {
    let (idle, busy) = (Figures::of(idle), Figures::of(busy));
    println!("  {what}: idle {idle}");
    println!(
        "    during the saves {busy}, {:.2} times at p50, {:.2} at p99",
        busy.middle / idle.middle,
        busy.last() / idle.last()
    );
}

/// What the store itself needs to keep one small row for good, for one thread and for as many as there are editors.
fn bare(db: &Db) -> Outcome {
    let bare = Bare::new(db)?;
    let alone = bare.commits(1, COMMITS, Duration::ZERO)?;
    println!("  bare commit, alone       {}", Figures::of(alone));
    let crowded = bare.commits(EDITORS, COMMITS, Duration::ZERO)?;
    bare.end()?;
    println!(
        "  bare commit, {EDITORS} at once   {}",
        Figures::of(crowded)
    );
    Ok(())
}

/// A table for commits that write nothing but one small row. It is made and dropped outside what is timed, since every statement of
/// the store is prepared anew after either.
pub struct Bare<'a>(&'a Db);

impl<'a> Bare<'a> {
    pub fn new(db: &'a Db) -> Outcome<Self> {
        let bare = Self(db);
        bare.run("CREATE TABLE bare (id BIGINT NOT NULL, words TEXT NOT NULL)")?;
        Ok(bare)
    }

    fn run(&self, statement: &'static str) -> Outcome {
        Ok(self.0.write_blocking(move |conn| -> Result<_, DbError> {
            Ok(diesel::sql_query(statement).execute(conn).map(drop)?)
        })?)
    }

    /// Commits of so many threads, so many each, which begin so far apart.
    pub fn commits(&self, threads: usize, each: usize, pace: Duration) -> Outcome<Vec<Duration>> {
        paced(threads, each, pace, |_| {
            self.run("INSERT INTO bare VALUES (1, 'a few words')")
        })
    }

    pub fn end(self) -> Outcome {
        self.run("DROP TABLE bare")
    }
}

/// Does something in so many threads, so many times each, and answers how long each took. Every thread begins its next one so long
/// after its last began, or at once when that is over already; the threads are spread over that time.
pub fn paced(
    threads: usize,
    each: usize,
    pace: Duration,
    what: impl Fn(usize) -> Outcome + Sync,
) -> Outcome<Vec<Duration>> {
    let what = &what;
    let of_thread = |thread: usize| {
        move || {
            let mut next = Instant::now() + pace * u32::try_from(thread)? / u32::try_from(threads)?;
            let mut times = Vec::with_capacity(each);
            for _ in 0..each {
                std::thread::sleep(next.saturating_duration_since(Instant::now()));
                next += pace;
                let begun = Instant::now();
                what(thread)?;
                times.push(begun.elapsed());
            }
            Ok(times)
        }
    };
    std::thread::scope(|scope| {
        let all: Vec<_> = (0..threads)
            .map(|thread| scope.spawn(of_thread(thread)))
            .collect();
        let mut times = Vec::new();
        for thread in all {
            let of_thread: Outcome<Vec<Duration>> = thread
                .join()
                .unwrap_or_else(|_| Err("a thread gave up".into()));
            times.extend(of_thread?);
        }
        Ok(times)
    })
}

pub fn verify(db: &Db, desk: &Desk, crowd: &[Editor], before: u64) -> Outcome {
    let ledgers: Vec<Ledger> = crowd.iter().map(|editor| editor.ledger.clone()).collect();
    let refusals: Vec<&String> = ledgers.iter().flat_map(|ledger| &ledger.refusals).collect();
    if let Some(first) = refusals.first() {
        return Err(format!("{} saves were refused, first: {first}", refusals.len()).into());
    }
    let after = ledger::settle(db, desk, &ledgers)?;
    let saves: u64 = ledgers.iter().map(|ledger| ledger.saves).sum();
    if after - before != saves {
        return Err(format!("{saves} saves made {} revisions", after - before).into());
    }
    let report = doctor::examine(db)?;
    if !report.is_clean() {
        return Err(format!("the doctor found {} things", report.findings()).into());
    }
    println!(
        "  {saves} saves made {saves} revisions, every one in its history; no refusal; the doctor finds nothing"
    );
    Ok(())
}

/// Kills the server under the editors, many times on each store.
pub fn crash(rounds: Option<usize>) -> Outcome {
    let rounds = rounds.unwrap_or(ROUNDS);
    let content = concat!(env!("CARGO_MANIFEST_DIR"), "/content");
    let folder = tempfile::tempdir_in(place()?)?;
    let cluster = PgCluster::start_new(&[]);
    let file = format!("sqlite:{}", folder.path().join("yeoun.db").display());
    for (name, url, cluster) in [
        ("SQLite", file, None),
        ("PostgreSQL", cluster.database(), Some(&cluster)),
    ] {
        program::run(&url, folder.path(), &["import", content])?;
        let patient = Patient {
            url,
            folder: folder.path(),
            cluster,
        };
        let toll = patient.suffer(rounds, &mut |toll| {
            if toll.rounds.is_multiple_of(10) {
                println!("  {name}: {} rounds, {} saves", toll.rounds, toll.saves);
            }
        })?;
        println!(
            "{name}: killed {} times ({} of them with its database server) under {EDITORS} editors; all {} acknowledged saves are there, \
             {} backups were restored, the doctor found nothing; {}",
            toll.rounds,
            toll.stops,
            toll.saves,
            toll.backups,
            machine::load()?
        );
    }
    Ok(())
}

/// Times in order, in milliseconds.
pub struct Figures {
    pub middle: f64,
    most: [f64; 2],
    pub count: usize,
}

impl Figures {
    pub fn of(mut times: Vec<Duration>) -> Self {
        times.sort();
        let at = |part: usize| {
            let found = times.get(times.len() * part / 100).or(times.last());
            found.map_or(f64::NAN, |time| time.as_secs_f64() * 1e3)
        };
        Self {
            middle: at(50),
            most: [at(95), at(99)],
            count: times.len(),
        }
    }

    /// The time that one of a hundred takes longer than.
    pub fn last(&self) -> f64 {
        let [_, p99] = self.most;
        p99
    }
}

impl std::fmt::Display for Figures {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [p95, p99] = self.most;
        write!(
            f,
            "p50 {:.2} ms, p95 {p95:.2}, p99 {p99:.2} ({} times)",
            self.middle, self.count
        )
    }
}
