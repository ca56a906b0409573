//! `yeoun import PATH` and `yeoun export PATH`.

use std::path::Path;
use std::sync::mpsc;

use super::{Failed, store};
use crate::config::Config;
use crate::db::DbError;
use crate::models::catalogue::{self, export};
use crate::models::user::Editor;

/// Reads a file, or every content file below a folder, into the store.
///
/// # Errors
/// When the path cannot be read, the store fails, or any file was left out; each of those is told of first.
pub fn import(config: &Config, path: &Path) -> Result<(), Failed> {
    let mut files = Vec::new();
    collect(path, &mut files)
        .map_err(|error| Failed(format!("{} cannot be read: {error}", path.display())))?;
    if files.is_empty() {
        return Err(Failed(format!(
            "{} holds no content files; they end in .md and lie in folders such as songs/",
            path.display()
        )));
    }
    files.sort();
    let db = store::open(config)?;
    let at = store::now();
    let report = db.write_blocking(move |conn| -> Result<_, DbError> {
        Ok(catalogue::import(conn, &Editor::operator(), &files, at)?)
    })?;
    db.close();
    for problem in &report.problems {
        super::complain(&problem.to_string());
    }
    super::print(&format!(
        "{} pages created, {} changed, {} as they were\n",
        report.created, report.changed, report.unchanged
    ))?;
    if report.problems.is_empty() {
        return Ok(());
    }
    Err(Failed(
        "the files named above were left out; mend them and import again, the others are stored"
            .to_owned(),
    ))
}

/// Writes every page as a file below a folder.
///
/// # Errors
/// When the folder cannot be written or the store fails.
pub fn export(config: &Config, path: &Path) -> Result<(), Failed> {
    let db = store::open(config)?;
    let (send, receive) = mpsc::sync_channel::<(String, String)>(256);
    let root = path.to_owned();
    let writer = std::thread::spawn(move || -> Result<usize, String> {
        let mut count = 0;
        for (name, text) in receive {
            let file = root.join(&name);
            let folder = file.parent().unwrap_or(&root);
            std::fs::create_dir_all(folder)
                .map_err(|error| format!("{} cannot be made: {error}", folder.display()))?;
            std::fs::write(&file, text)
                .map_err(|error| format!("{} cannot be written: {error}", file.display()))?;
            count += 1;
        }
        Ok(count)
    });
    let exported = db.read_blocking(move |conn| {
        export::export(conn, &mut |name, text| {
            // A writer that gave up says why itself.
            let _ = send.send((name, text));
        })
    });
    let written = writer
        .join()
        .map_err(|_panic| Failed("the export was broken off; run it again".to_owned()))?;
    let written = written.map_err(Failed)?;
    exported?;
    db.close();
    super::print(&format!("{written} pages written to {}\n", path.display()))
}

/// Content files below a path; other files are passed over.
fn collect(path: &Path, files: &mut Vec<(String, String)>) -> std::io::Result<()> {
    if std::fs::metadata(path)?.is_dir() {
        let mut entries: Vec<_> = std::fs::read_dir(path)?.collect::<Result<_, _>>()?;
        entries.sort_by_key(std::fs::DirEntry::file_name);
        for entry in entries {
            collect(&entry.path(), files)?;
        }
        return Ok(());
    }
    let is_content = path.extension().is_some_and(|extension| extension == "md")
        && path.file_name().is_some_and(|name| name != "README.md");
    if is_content {
        files.push((path.display().to_string(), std::fs::read_to_string(path)?));
    }
    Ok(())
}
