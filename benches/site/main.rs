//! The measurements behind BENCHMARKS.md: `bin/bench hot|cold|stages|growth|start|typical|saves|crash`. All but the last three is CPU time
//! (user and system) as the kernel counts it, because time on the wall says more about the machine's other work than about ours.

#[path = "../../tests/support/cluster.rs"]
#[expect(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "written for tests, which need more of it"
)]
mod cluster;
mod cold;
#[path = "../../tests/support/crashes.rs"]
mod crashes;
mod data;
#[path = "../../tests/support/editors.rs"]
mod editors;
mod generate;
mod growth;
mod hot;
#[path = "../../tests/support/ledger.rs"]
mod ledger;
mod machine;
mod nginx;
mod pages;
#[path = "../../tests/support/program.rs"]
mod program;
mod saves;
mod seeds;
mod site;
mod stages;
mod start;
mod typical;
#[path = "../../tests/support/typing.rs"]
mod typing;
mod wrk;

use std::process::ExitCode;

/// The allocator of the binary, so that stages measured inside this process cost what they cost there.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Measurements end with the first thing that goes wrong.
type Outcome<T = ()> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

const USAGE: &str = "Say what to measure: hot, cold, stages, growth (with --fresh to generate its data anew), start, typical, saves, crash (these three take a number), all, or a page's path to profile.";

fn main() -> ExitCode {
    // Cargo adds flags of its own, such as --bench.
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let fresh = arguments.iter().any(|argument| argument == "--fresh");
    let words: Vec<&str> = arguments
        .iter()
        .map(String::as_str)
        .filter(|word| !word.starts_with("--"))
        .collect();
    match run(&words, fresh) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(words: &[&str], fresh: bool) -> Outcome {
    if words.is_empty() {
        return Err(USAGE.into());
    }
    println!("{}", machine::describe()?);
    let number = words.iter().find_map(|word| word.parse().ok());
    for word in words {
        match *word {
            "hot" => hot::run()?,
            "cold" => cold::run()?,
            "stages" => cold::stages()?,
            "growth" => growth::run(fresh)?,
            "start" => start::run()?,
            "typical" => typical::run(number)?,
            "saves" => saves::run(number)?,
            "crash" => saves::crash(number)?,
            digits if digits.parse::<usize>().is_ok() => {}
            "all" => {
                hot::run()?;
                cold::run()?;
                growth::run(fresh)?;
                start::run()?;
            }
            path if path.starts_with('/') => cold::one(path)?,
            _ => return Err(USAGE.into()),
        }
    }
    Ok(())
}
