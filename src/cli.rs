//! The command line: settings and one command. Data goes to stdout, messages to stderr; 0 is good, 1 failed, 2 wrong usage.

pub mod backup;
pub mod doctor;
pub mod files;
pub mod serve;
pub mod store;
pub mod users;

use std::{path::PathBuf, process::ExitCode};

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

use crate::config::{Config, SETTINGS};

/// A sentence for stderr that says what went wrong and what to do next.
#[derive(Debug)]
pub struct Failed(pub String);

impl<E: std::error::Error> From<E> for Failed {
    fn from(error: E) -> Self {
        Self(error.to_string())
    }
}

/// Runs the process's command line.
pub fn run() -> ExitCode {
    // Prints help, version and usage faults itself and ends with 0 or 2.
    let matches = command().get_matches();
    let config = match Config::load(&matches) {
        Ok(config) => config,
        Err(faults) => return end(2, &faults.to_string()),
    };
    match dispatch(&matches, config) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failed(sentence)) => end(1, &sentence),
    }
}

fn dispatch(matches: &ArgMatches, config: Config) -> Result<(), Failed> {
    let path = |of: &ArgMatches| of.get_one::<PathBuf>("PATH").cloned().unwrap_or_default();
    match matches.subcommand() {
        Some(("config", _)) => print(&config.describe()),
        Some(("migrate", _)) => store::open(&config).map(|db| db.close()),
        Some(("import", of)) => files::import(&config, &path(of)),
        Some(("backup", of)) => backup::backup(&config, &path(of)),
        Some(("restore", of)) => backup::restore(&config, &path(of), of.get_flag("replace")),
        Some(("doctor", of)) => doctor::run(&config, of.get_flag("rebuild")),
        Some(("user", of)) => users::run(&config, of),
        Some(("export", of)) => files::export(&config, &path(of)),
        _ => serve::run(config),
    }
}

/// Writes data to stdout.
fn print(text: &str) -> Result<(), Failed> {
    use std::io::Write;
    Ok(std::io::stdout().write_all(text.as_bytes())?)
}

/// Writes a message to stderr.
fn complain(line: &str) {
    use std::io::Write;
    // When stderr is gone there is nobody left to tell.
    let _ = writeln!(std::io::stderr(), "{line}");
}

fn end(code: u8, sentence: &str) -> ExitCode {
    complain(&format!("yeoun: {sentence}"));
    ExitCode::from(code)
}

/// The grammar. Every setting is a flag of every command.
fn command() -> Command {
    let path = |help: &'static str| {
        Arg::new("PATH")
            .required(true)
            .value_parser(value_parser!(PathBuf))
            .help(help)
    };
    let settings = SETTINGS.iter().map(|setting| {
        let default = if setting.default.is_empty() {
            String::new()
        } else {
            format!("; default: {}", setting.default)
        };
        Arg::new(setting.flag)
            .long(setting.flag)
            .value_name(setting.placeholder)
            .help(format!("{}{default} [{}]", setting.help, setting.env))
            .allow_hyphen_values(true)
            .global(true)
    });
    Command::new("yeoun")
        .version(env!("CARGO_PKG_VERSION"))
        .about("The wiki for the music of Korean dramas")
        .args(settings)
        .subcommand(Command::new("serve").about("Serve the site (the default command)"))
        .subcommand(Command::new("migrate").about("Bring the database up to date"))
        .subcommand(
            Command::new("import")
                .about("Read pages from a file or directory")
                .arg(path("What to read")),
        )
        .subcommand(
            Command::new("export")
                .about("Write every page as a file")
                .arg(path("Where to write")),
        )
        .subcommand(
            Command::new("backup")
                .about("Write everything in the store into one file")
                .arg(path("The file to write")),
        )
        .subcommand(
            Command::new("restore")
                .about("Make the store what a backup says")
                .arg(path("The file to read"))
                .arg(
                    Arg::new("replace")
                        .long("replace")
                        .action(ArgAction::SetTrue)
                        .help("Give up what is in the store now"),
                ),
        )
        .subcommand(doctor::command())
        .subcommand(users::command())
        .subcommand(
            Command::new("config").about("Print the effective settings and where each came from"),
        )
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_grammar_is_sound() {
        super::command().debug_assert();
    }
}
