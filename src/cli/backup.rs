//! `yeoun backup FILE` and `yeoun restore FILE [--replace]`.

use std::fs::{File, OpenOptions};
use std::io::{self, BufReader, BufWriter};
use std::path::{Path, PathBuf};

use super::{Failed, doctor, print, store};
use crate::config::Config;
use crate::models::backup::{self, DumpError, Summary, lines::Reader};
use crate::models::user::Admin;

/// Writes everything in the store into one file, beside a server that may be running. The file is there whole or not at all.
///
/// # Errors
/// One sentence for the operator.
pub fn backup(config: &Config, path: &Path) -> Result<(), Failed> {
    refuse_other_files(path)?;
    let db = store::open_whole(config)?;
    let part = part_of(path)?;
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    // Password hashes are inside.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let cannot =
        |error: io::Error| Failed(format!("{} cannot be written: {error}", path.display()));
    let file = options.open(&part).map_err(cannot)?;
    let written = db.read_blocking(move |conn| Ok(write(conn, file)));
    db.close();
    let kept = match written {
        Ok(Ok(summary)) => keep(&part, path).map(|()| summary).map_err(cannot),
        Ok(Err(DumpError::Write(error))) => Err(cannot(error)),
        Ok(Err(DumpError::Store(error))) => Err(crate::db::DbError::from(error).into()),
        Err(error) => Err(error.into()),
    };
    match kept {
        Ok(Summary { tables, rows, .. }) => print(&format!(
            "{rows} rows of {tables} tables written to {}\n",
            path.display()
        )),
        Err(failed) => {
            // Half a file helps nobody; when it cannot be removed either, the reason is already being told.
            let _ = std::fs::remove_file(&part);
            Err(failed)
        }
    }
}

fn write(conn: &mut crate::db::Conn, file: File) -> Result<Summary, DumpError> {
    let made_at = crate::db::Micros(store::now()).to_string();
    let (summary, file) = backup::take(conn, &made_at, BufWriter::new(file))?;
    let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.sync_all()?;
    Ok(summary)
}

/// Gives the finished file its name, for good.
fn keep(part: &Path, path: &Path) -> io::Result<()> {
    std::fs::rename(part, path)?;
    #[cfg(unix)]
    File::open(folder_of(path))?.sync_all()?;
    Ok(())
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

fn part_of(path: &Path) -> Result<PathBuf, Failed> {
    let Some(name) = path.file_name() else {
        return Err(Failed(format!("{} names no file to write", path.display())));
    };
    let name = format!(".{}.{}.part", name.to_string_lossy(), std::process::id());
    Ok(folder_of(path).join(name))
}

/// A backup takes the place of an older one, and of nothing else.
fn refuse_other_files(path: &Path) -> Result<(), Failed> {
    let is_other = match File::open(path) {
        Ok(file) => Reader::new(BufReader::new(file)).is_err(),
        Err(error) => error.kind() != io::ErrorKind::NotFound,
    };
    if is_other {
        return Err(Failed(format!(
            "{} is there and is no backup of Yeoun; name another file",
            path.display()
        )));
    }
    Ok(())
}

/// Makes the store what a backup says, and has the doctor look at it.
///
/// # Errors
/// One sentence for the operator.
pub fn restore(config: &Config, path: &Path, replace: bool) -> Result<(), Failed> {
    let db = store::open_new(config)?;
    let outcome = backup::restore(&db, &Admin::operator(), path, replace)
        .map_err(|error| Failed(format!("{}: {error}", path.display())))
        .and_then(|Summary { tables, rows, .. }| {
            print(&format!(
                "{rows} rows of {tables} tables restored from {}\n",
                path.display()
            ))?;
            doctor::visit(&db, false)
        });
    db.close();
    outcome
}
