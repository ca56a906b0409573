//! `yeoun user …`: what an operator does about members.

use std::io::{BufRead, IsTerminal};

use clap::{Arg, ArgMatches, Command, builder::PossibleValuesParser};

use super::{Failed, store};
use crate::config::Config;
use crate::db::{Db, DbError};
use crate::models::user::join::{self, JoinError, Newcomer};
use crate::models::user::secret::Secret;
use crate::models::user::{Admin, ChangeError, Hashed, Role, User, UserName, invite, password};
use crate::web::chrome::SITE_NAME;

/// The grammar.
pub fn command() -> Command {
    let name = || {
        Arg::new("NAME")
            .required(true)
            .allow_hyphen_values(true)
            .help("The member's name")
    };
    let roles = || {
        let given = Role::ALL.iter().filter(|role| **role != Role::Visitor);
        PossibleValuesParser::new(given.map(|role| role.as_str()))
    };
    Command::new("user")
        .about("List, add and change members")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(Command::new("list").about("List the members: name, role, state, day of joining"))
        .subcommand(
            Command::new("add")
                .about("Add a member; the password is asked for, or read from a pipe")
                .arg(name())
                .arg(
                    Arg::new("role")
                        .long("role")
                        .value_parser(roles())
                        .default_value(Role::Member.as_str())
                        .help("What the member may do"),
                ),
        )
        .subcommand(
            Command::new("role")
                .about("Give a member a role")
                .arg(name())
                .arg(Arg::new("ROLE").required(true).value_parser(roles()).help("The role")),
        )
        .subcommand(
            Command::new("password")
                .about("Give a member a new password, asked for or read from a pipe; every session ends")
                .arg(name()),
        )
        .subcommand(Command::new("disable").about("Let a member in no more").arg(name()))
        .subcommand(Command::new("enable").about("Let a disabled member in again").arg(name()))
}

/// Does what the command line says.
///
/// # Errors
/// One sentence for the operator.
pub fn run(config: &Config, matches: &ArgMatches) -> Result<(), Failed> {
    let Some((verb, of)) = matches.subcommand() else {
        return Err(Failed("say what to do: yeoun user --help".to_owned()));
    };
    let text = |name: &str| of.get_one::<String>(name).cloned().unwrap_or_default();
    let role = |name: &str| text(name).parse::<Role>().unwrap_or(Role::Member);
    let db = store::open(config)?;
    let outcome = match verb {
        "list" => list(&db),
        "add" => add(&db, &text("NAME"), role("role")),
        "role" => give(&db, &text("NAME"), role("ROLE")),
        "password" => set_password(&db, &text("NAME")),
        "disable" => stand(&db, &text("NAME"), false),
        _ => stand(&db, &text("NAME"), true),
    };
    db.close();
    outcome
}

/// Makes and prints the link of the first administrator, while there is no member.
///
/// # Errors
/// One sentence for the operator.
pub fn welcome(config: &Config, db: &Db) -> Result<(), Failed> {
    let mut random = [0; 32];
    store::random(&mut random)?;
    let secret = Secret::new(random);
    let (at, kept) = (store::now(), secret.clone());
    let made = db.write_blocking(move |conn| -> Result<_, DbError> {
        Ok(invite::create_first(conn, &Admin::operator(), &kept, at)?)
    })?;
    if made {
        let (base_url, link) = (&config.base_url, secret.reveal());
        super::print(&format!(
            "Nobody is a member yet. This link makes the first administrator, once, for a day:\n{base_url}/join?invite={link}\n"
        ))?;
    }
    Ok(())
}

fn list(db: &Db) -> Result<(), Failed> {
    let mut lines = String::new();
    for user in db.read_blocking(User::all)? {
        let since = crate::db::Micros(user.created_at).timestamp();
        lines.push_str(&format!(
            "{}\t{}\t{}\t{}\n",
            user.name,
            user.role,
            user.state,
            since.strftime("%Y-%m-%d")
        ));
    }
    super::print(&lines)
}

fn add(db: &Db, name: &str, role: Role) -> Result<(), Failed> {
    let name = UserName::parse(name).map_err(|fault| Failed(format!("{name:?}: {fault}")))?;
    let newcomer = Newcomer {
        password: ask_password(name.as_str())?,
        name: name.clone(),
    };
    let at = store::now();
    db.write_blocking(move |conn| -> Result<_, JoinError> {
        join::create(conn, &newcomer, role, at)
    })?;
    super::print(&format!("{} joined as {role}\n", name.as_str()))
}

fn give(db: &Db, name: &str, role: Role) -> Result<(), Failed> {
    let user = find(db, name)?;
    let of = user.clone();
    let at = store::now();
    db.write_blocking(move |conn| of.set_role(conn, &Admin::operator(), role, at))?;
    super::print(&format!("{} is {role} now\n", user.name))
}

fn set_password(db: &Db, name: &str) -> Result<(), Failed> {
    let user = find(db, name)?;
    let hashed = ask_password(&user.name)?;
    let of = user.clone();
    db.write_blocking(move |conn| -> Result<_, DbError> {
        Ok(of.set_password(conn, &hashed, None)?)
    })?;
    super::print(&format!(
        "{} has a new password; every session has ended\n",
        user.name
    ))
}

fn stand(db: &Db, name: &str, is_active: bool) -> Result<(), Failed> {
    let user = find(db, name)?;
    let (of, at) = (user.clone(), store::now());
    db.write_blocking(move |conn| -> Result<(), ChangeError> {
        if is_active {
            return Ok(of.enable(conn, &Admin::operator(), at)?);
        }
        of.disable(conn, &Admin::operator(), at)
    })?;
    let state = if is_active {
        "active again"
    } else {
        "disabled; every session has ended"
    };
    super::print(&format!("{} is {state}\n", user.name))
}

fn find(db: &Db, name: &str) -> Result<User, Failed> {
    let asked = name.to_owned();
    let found = db.read_blocking(move |conn| User::named(conn, &asked))?;
    found.ok_or_else(|| {
        Failed(format!(
            "nobody is called {name:?}; `yeoun user list` names everybody"
        ))
    })
}

/// Asks for a password without showing it; from a pipe, takes the first line as it is.
fn ask_password(name: &str) -> Result<Hashed, Failed> {
    let password = if std::io::stdin().is_terminal() {
        rpassword::prompt_password(format!("Password for {name}: "))?
    } else {
        let mut line = String::new();
        std::io::stdin().lock().read_line(&mut line)?;
        let end = line.trim_end_matches(['\r', '\n']).len();
        line.truncate(end);
        line
    };
    password::check(&password, name, SITE_NAME)
        .map_err(|fault| Failed(format!("this password is not taken: {fault}")))?;
    let mut salt = [0; 16];
    store::random(&mut salt)?;
    Ok(password::hash(&password, salt)?)
}
