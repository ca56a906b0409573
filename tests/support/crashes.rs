//! The server is killed while editors save, again and again: what was acknowledged is there, the doctor finds nothing, and a backup
//! that was taken meanwhile becomes a store the doctor calls clean.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use yeoun::db::{Db, Settings, Store};
use yeoun::models::doctor;

use crate::cluster::PgCluster;
use crate::editors::{self, Desk, EDITORS, Editor, FEW, Outcome};
use crate::ledger::{self, Ledger};
use crate::program::{self, Program};

/// A store that goes through it.
pub struct Patient<'a> {
    pub url: String,
    /// A folder of its own, for backups and what is made of them.
    pub folder: &'a Path,
    /// The server of the database, which is stopped in some rounds; none for SQLite.
    pub cluster: Option<&'a PgCluster>,
}

/// What the rounds came to.
#[derive(Debug, Default)]
pub struct Toll {
    pub rounds: usize,
    pub saves: u64,
    pub backups: usize,
    /// Rounds in which the database server was stopped as well.
    pub stops: usize,
}

impl Patient<'_> {
    /// A number by chance, below `most`.
    fn chance(most: u64) -> Outcome<u64> {
        let mut bytes = [0; 8];
        yeoun::cli::store::random(&mut bytes)?;
        Ok(u64::from_le_bytes(bytes) % most)
    }

    fn open(&self) -> Outcome<Db> {
        let mut settings = Settings::new(Store::from_url(Some(&self.url), self.folder)?);
        settings.readers = 2;
        settings.statement_timeout = Duration::ZERO;
        Ok(Db::open(&settings)?)
    }

    /// Kills the server so many times. The store has the catalogue; `tell` hears of each round.
    pub fn suffer(&self, rounds: usize, tell: &mut dyn FnMut(&Toll)) -> Outcome<Toll> {
        let db = self.open()?;
        let now = yeoun::cli::store::now();
        editors::join(&db, now)?;
        let desk = editors::prepare(&db, &FEW, now)?;
        db.close();
        let mut crowd = Vec::new();
        let mut toll = Toll::default();
        for round in 0..rounds {
            let program = Program::start(&self.url, self.folder)?;
            if crowd.is_empty() {
                let enter = |number| Editor::enter(number, program.address, &desk);
                crowd = (0..EDITORS).map(enter).collect::<Outcome<Vec<Editor>>>()?;
            }
            let stop = self.cluster.filter(|_| round % 3 == 2);
            self.round(&mut crowd, program, stop)?;
            toll.rounds += 1;
            toll.backups += 1;
            toll.stops += usize::from(stop.is_some());
            toll.saves = crowd.iter().map(|editor| editor.ledger.saves).sum();
            self.look(&desk, &mut crowd, stop.is_some())?;
            self.restore(round)?;
            tell(&toll);
        }
        Ok(toll)
    }

    /// Everybody saves, a backup is taken, and at some moment everything ends.
    fn round(&self, crowd: &mut [Editor], program: Program, stop: Option<&PgCluster>) -> Outcome {
        let (address, is_over) = (program.address, &AtomicBool::new(false));
        std::thread::scope(|scope| {
            for editor in crowd {
                scope.spawn(move || {
                    while !is_over.load(Ordering::Relaxed) && editor.save(address).is_ok() {}
                });
            }
            let ended = self.end(program, stop);
            is_over.store(true, Ordering::Relaxed);
            ended
        })
    }

    fn end(&self, program: Program, stop: Option<&PgCluster>) -> Outcome {
        std::thread::sleep(Duration::from_millis(100 + Self::chance(400)?));
        let file = self.folder.join("yeoun.backup");
        program::run(&self.url, self.folder, &["backup", &file.to_string_lossy()])?;
        std::thread::sleep(Duration::from_millis(Self::chance(400)?));
        if let Some(cluster) = stop {
            cluster.stop();
            std::thread::sleep(Duration::from_millis(Self::chance(50)?));
        }
        program.kill()?;
        if let Some(cluster) = stop {
            cluster.start();
        }
        Ok(())
    }

    /// Looks whether everything is there that was promised.
    fn look(&self, desk: &Desk, crowd: &mut [Editor], was_stopped: bool) -> Outcome {
        let db = self.open()?;
        for editor in crowd.iter_mut() {
            // A store that is gone is told as such, and the text comes back.
            editor
                .ledger
                .refusals
                .retain(|refusal| !(was_stopped && refusal.contains("answered 503")));
            if let Some(refusal) = editor.ledger.refusals.first() {
                return Err(refusal.clone().into());
            }
        }
        let ledgers: Vec<Ledger> = crowd.iter().map(|editor| editor.ledger.clone()).collect();
        ledger::settle(&db, desk, &ledgers)?;
        let report = doctor::examine(&db)?;
        db.close();
        match report
            .checks
            .iter()
            .flat_map(|check| &check.findings)
            .next()
        {
            None => Ok(()),
            Some(finding) => Err(format!(
                "the doctor found {} things, first: {}",
                report.findings(),
                finding.what
            )
            .into()),
        }
    }

    /// Makes a store of the backup, in the end of which the doctor looks at it; every other time one of the other kind.
    fn restore(&self, round: usize) -> Outcome {
        let file = self.folder.join("yeoun.backup");
        let folder = self.folder.join(format!("restored-{round}"));
        let url = match self.cluster {
            Some(cluster) if round.is_multiple_of(2) => cluster.database(),
            _ => format!("sqlite:{}", folder.join("yeoun.db").display()),
        };
        program::run(&url, &folder, &["restore", &file.to_string_lossy()])?;
        if folder.exists() {
            std::fs::remove_dir_all(&folder)?;
        }
        Ok(())
    }
}
