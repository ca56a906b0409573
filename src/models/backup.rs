//! Backups: everything in the store as one file, which either kind of store can be made of again.
//!
//! The file is compressed text. Its first line says what it is and which migrations the store had; each table is a line with its
//! columns, a line for every row, and a line with their number; the last line has the numbers and the checksum of all before it.

pub mod lines;
mod restore;

use std::io::Write;

use serde::{Deserialize, Serialize};

use crate::db::{Conn, dump, tables};
use lines::{End, Header, Opening, Writer};

pub use crate::db::dump::DumpError;
pub use restore::{RestoreError, restore};

/// What is in a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    pub tables: u64,
    pub rows: u64,
    /// SHA-256 of everything before the last line, in hexadecimal.
    pub sha256: String,
}

/// Writes everything in the store, as it is in one snapshot. To be called inside a read.
///
/// # Errors
/// The store's, or those of the file.
pub fn take<W: Write>(conn: &mut Conn, made_at: &str, file: W) -> Result<(Summary, W), DumpError> {
    let mut writer = Writer::new(file);
    writer.line(&Header {
        yeoun_backup: lines::FORMAT,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        made_at: made_at.to_owned(),
        migrations: tables::applied_migrations(conn)?,
    })?;
    let (mut all_tables, mut all_rows) = (0, 0);
    for table in tables::tables(conn)? {
        writer.line(&Opening {
            table: table.name.clone(),
            columns: table
                .columns
                .iter()
                .map(|column| column.name.clone())
                .collect(),
            next: tables::next_number(conn, &table)?,
        })?;
        let mut rows = 0;
        dump::rows(conn, &table, &mut |row| {
            rows += 1;
            writer.row(row)
        })?;
        writer.line(&End {
            end: table.name,
            rows,
        })?;
        all_tables += 1;
        all_rows += rows;
    }
    Ok(writer.finish(all_tables, all_rows)?)
}
