//! How edits are drawn.

use std::time::SystemTime;

use proptest::test_runner::{Config, RngSeed, TestRunner};

/// Draws from a seed of its own at every run, or from `PROPTEST_RNG_SEED`; a failing test prints which one it was. `PROPTEST_CASES` asks
/// for more draws.
pub fn runner(cases: u32) -> TestRunner {
    let asked = Config::default();
    let seed = match asked.rng_seed {
        RngSeed::Fixed(seed) => seed,
        RngSeed::Random => SystemTime::UNIX_EPOCH
            .elapsed()
            .map_or(0, |since| u64::from(since.subsec_nanos()) ^ since.as_secs()),
    };
    println!("drawn from PROPTEST_RNG_SEED={seed}");
    let cases = match std::env::var_os("PROPTEST_CASES") {
        Some(_) => asked.cases,
        None => cases,
    };
    TestRunner::new(Config {
        cases,
        rng_seed: RngSeed::Fixed(seed),
        failure_persistence: None,
        ..asked
    })
}
