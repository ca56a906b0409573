//! The binary: everything happens in the library, so that tests can do it too.

use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    yeoun::cli::run()
}
