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
use crate::saves::{self, Figures, PAGES};

/// Saves of each editor.
const SAVES: usize = 150;
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

    // Warm, as a server that has run for a minute.
    for editor in &mut crowd {
        (0..3).try_for_each(|_| editor.save(program.address))?;
        editor.ledger.took.clear();
    }
    let bare = Figures::of(saves::commits(&db, 1, 4 * saves, PACE / 8)?);
    println!("  bare commit, alone, as often            {bare}");
    let bare_of_all = Figures::of(saves::commits(&db, EDITORS, saves, PACE)?);
    println!("  bare commit, {EDITORS} at their pace            {bare_of_all}");
    // A save meets readers, and so does what it is compared with.
    let commits = || saves::commits(&db, EDITORS, saves, PACE);
    let bare_and_read = Figures::of(beside_readers(&program, commits)?.0);
    println!("  the same while others read              {bare_and_read}");
    let idle = saves::idle(&program)?;
    let begun = machine::cpu_seconds(program.child.id()).unwrap_or(0.0);
    let seats = crowd_of(&mut crowd);
    let ((), busy) = beside_readers(&program, || work(&program, &seats, saves))?;
    drop(seats);
    let cpu = machine::cpu_seconds(program.child.id()).unwrap_or(0.0) - begun;
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
        save.middle / bare_of_all.middle,
        save.last() / bare_of_all.last(),
        cpu * 1e3 / (EDITORS * saves) as f64,
        machine::load()?
    );
    for (((what, path), idle), busy) in PAGES.iter().zip(idle).zip(busy) {
        saves::compare(&format!("reading, {what} ({path})"), idle, busy);
    }
    saves::verify(&db, &desk, &crowd, before)?;
    db.close();
    program.kill()
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
