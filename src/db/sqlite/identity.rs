//! Whether the file at the path is still the one that was opened.

use std::path::{Path, PathBuf};

/// The file as it was when the store was opened.
///
/// SQLite goes on writing to a file that was moved away or deleted, and every page saved from then on would be lost
/// when the process stops. So the writer looks before each commit, which costs one `stat`.
#[derive(Debug, Clone)]
pub(in crate::db) struct Identity {
    path: PathBuf,
    number: Option<(u64, u64)>,
}

impl Identity {
    pub(in crate::db) fn of(path: &Path) -> Identity {
        Identity {
            path: path.to_owned(),
            number: number(path),
        }
    }

    /// # Errors
    /// A sentence for the log when the path names another file now, or none.
    pub(in crate::db) fn verify(&self) -> Result<(), String> {
        if self.number.is_some() && number(&self.path) == self.number {
            return Ok(());
        }
        Err(format!(
            "the file {} was moved, deleted or replaced while it was open; put it back or restart",
            self.path.display()
        ))
    }
}

#[cfg(unix)]
fn number(path: &Path) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    path.metadata().ok().map(|found| (found.dev(), found.ino()))
}

#[cfg(not(unix))]
fn number(path: &Path) -> Option<(u64, u64)> {
    path.metadata().ok().map(|_| (0, 0))
}
