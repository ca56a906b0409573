//! What one save of a typical song edit costs beside the store's bare durable commit, and what readers notice of eight editors.
//!
//! The editors work as people do, only a good deal faster: each reads a form, changes one row of it, and saves at its own time;
//! they work on many songs, so that a save now and then is merged. The two cores are not full, so that the times tell of the program
//! and not of the queue in front of it; `saves` tells of that.

use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crate::cluster::PgCluster;
use crate::editors::{self, EDITORS, Editor, Outcome, Typed};
use crate::ledger;
use crate::machine;
use crate::program::Program;
use crate::saves::{self, Bare, Figures, PAGES};

/// Saves of each editor.
const SAVES: usize = 150;
/// Bare commits and saves take turns so many times, because the machine is another from minute to minute.
const TURNS: usize = 5;
/// Each editor saves so often: eight make twenty saves a second.
const PACE: Duration = Duration::from_millis(400);
/// Songs they work on.
const SONGS: [&str; 24] = [
    "stay-with-me",
    "beautiful",
    "round-and-round",
    "always",
    "a-day",
    "adrenaline",
    "all-about-you",
    "all-with-you",
    "aloha",
    "by-my-side",
    "crying-again",
    "give-you-my-heart",
    "go",
    "hold-me-back",
    "making-a-lover",
    "superstar",
    "the-reasons-of-my-smiles",
    "there-for-you",
    "who-are-you",
    "your-world",
    "a-little",
    "a-little-girl",
    "a-chance-encounter",
    "and-im-here",
];

/// Prints the figures for both stores; `saves` for each editor, if that is not the usual number.
pub fn run(saves: Option<usize>) -> Outcome {
    let saves = saves.unwrap_or(SAVES);
    let folder = tempfile::tempdir_in(saves::place()?)?;
    let url = format!("sqlite:{}", folder.path().join("yeoun.db").display());
    on_store("SQLite", &url, folder.path(), saves)?;
    let cluster = PgCluster::start_new(&[]);
    on_store("PostgreSQL", &cluster.database(), folder.path(), saves)
}

fn on_store(name: &str, url: &str, folder: &Path, saves: usize) -> Outcome {
    println!(
        "{name}: {EDITORS} editors, {saves} saves each, one in {} ms, {}",
        PACE.as_millis(),
        machine::load()?
    );
    let program = Program::start(url, folder)?;
    let db = saves::open(url, folder)?;
    let now = yeoun::cli::store::now();
    editors::join(&db, now)?;
    let desk = editors::prepare(&db, &SONGS, now)?;
    let before = ledger::settle(&db, &desk, &[])?;
    let enter = |number| Editor::enter(number, program.address, &desk);
    let mut crowd = (0..EDITORS).map(enter).collect::<Outcome<Vec<Editor>>>()?;

    let bare = Bare::new(&db)?;
    // Warm, as a server that has run for a minute.
    for editor in &mut crowd {
        (0..3).try_for_each(|_| editor.save(program.address))?;
        editor.ledger.took.clear();
    }
    let idle = saves::idle(&program)?;
    let mut turns = Turns::default();
    for _ in 0..TURNS {
        turns.turn(&program, &bare, &mut crowd, saves.div_ceil(TURNS))?;
    }
    bare.end()?;
    let Turns {
        bare,
        bare_and_read,
        busy,
        cpu,
    } = turns;
    let (bare, bare_and_read) = (Figures::of(bare), Figures::of(bare_and_read));
    println!("  bare commit, {EDITORS} at their pace            {bare}");
    println!("  the same while others read              {bare_and_read}");
    let times = crowd
        .iter()
        .flat_map(|editor| editor.ledger.took.iter().copied())
        .collect();
    let save = Figures::of(times);
    println!("  a save                                  {save}");
    println!(
        "  a save costs {:.1} times the bare commit at p50, {:.1} times at p99 ({:.1} and {:.1} times that of a quiet machine); server with readers {:.2} ms CPU a form and save, {}",
        save.middle / bare_and_read.middle,
        save.last() / bare_and_read.last(),
        save.middle / bare.middle,
        save.last() / bare.last(),
        cpu * 1e3 / save.count as f64,
        machine::load()?
    );
    for (((what, path), idle), busy) in PAGES.iter().zip(idle).zip(busy) {
        saves::compare(&format!("reading, {what} ({path})"), idle, busy);
    }
    saves::verify(&db, &desk, &crowd, before)?;
    db.close();
    program.kill()
}

/// What was measured in the turns so far.
#[derive(Default)]
struct Turns {
    bare: Vec<Duration>,
    bare_and_read: Vec<Duration>,
    busy: [Vec<Duration>; 2],
    /// Seconds of the server during the saves.
    cpu: f64,
}

impl Turns {
    /// Bare commits, bare commits beside readers, saves beside readers; so many of each editor.
    fn turn(
        &mut self,
        program: &Program,
        bare: &Bare<'_>,
        crowd: &mut [Editor],
        each: usize,
    ) -> Outcome {
        let commits = || bare.commits(EDITORS, each, PACE);
        self.bare.extend(commits()?);
        // A save meets readers, and so does what it is compared with.
        let (times, _) = beside_readers(program, commits)?;
        self.bare_and_read.extend(times);
        let begun = machine::cpu_seconds(program.child.id()).unwrap_or(0.0);
        let seats = crowd_of(crowd);
        let ((), read) = beside_readers(program, || work(program, &seats, each))?;
        self.cpu += machine::cpu_seconds(program.child.id()).unwrap_or(0.0) - begun;
        for (all, read) in self.busy.iter_mut().zip(read) {
            all.extend(read);
        }
        Ok(())
    }
}

/// An editor at work, with the form it has open.
type Seat<'a> = Mutex<(&'a mut Editor, Option<Typed>)>;

fn crowd_of(crowd: &mut [Editor]) -> Vec<Seat<'_>> {
    crowd
        .iter_mut()
        .map(|editor| Mutex::new((editor, None)))
        .collect()
}

/// Does something while two readers read, until it is done. Answers what came of it, and what the readers waited.
fn beside_readers<T>(
    program: &Program,
    work: impl FnOnce() -> Outcome<T>,
) -> Outcome<(T, [Vec<Duration>; 2])> {
    let is_over = &AtomicBool::new(false);
    std::thread::scope(|scope| {
        let readers = PAGES.map(|(_, path)| {
            scope.spawn(move || saves::reads(program, path, &|_| !is_over.load(Ordering::Relaxed)))
        });
        let made = work();
        is_over.store(true, Ordering::Relaxed);
        let read = readers.map(|reader| {
            reader
                .join()
                .unwrap_or_else(|_| Err("a reader gave up".into()))
        });
        let [kept, rendered] = read;
        Ok((made?, [kept?, rendered?]))
    })
}

/// Everybody opens a form and saves it when its time comes.
fn work(program: &Program, crowd: &[Seat<'_>], saves: usize) -> Outcome {
    // The next form is read half a turn after the last one was saved.
    saves::paced(crowd.len(), 2 * saves, PACE / 2, |thread| {
        let seat = crowd.get(thread).ok_or("nobody sits there")?;
        let mut seat = seat.lock().map_err(|_poison| "an editor gave up")?;
        let (editor, typed) = &mut *seat;
        match typed.take() {
            Some(typed) => editor.press(program.address, typed),
            None => {
                *typed = editor.open(program.address)?;
                Ok(())
            }
        }
    })
    .map(drop)
}
