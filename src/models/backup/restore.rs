//! From a backup to a store again.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use super::Summary;
use super::lines::{Damage, Header, Item, Opening, Reader, verify};
use crate::db::{Conn, Db, DbError, OpenError, dump, tables};
use crate::models::user::Admin;

/// Most bytes and rows that are written at once.
const BYTES: usize = 1 << 20;
const ROWS: usize = 500;

/// Why nothing was restored. The store is as it was.
#[derive(Debug, thiserror::Error)]
pub enum RestoreError {
    #[error("the backup is not whole: {0}; nothing was changed")]
    Damaged(#[from] Damage),
    #[error(
        "the backup was made by a newer version of this program (it has {0}); run that version"
    )]
    Newer(String),
    #[error(
        "there is something in the store already, {0} rows; to give all of it up for the backup, say --replace"
    )]
    NotEmpty(i64),
    #[error(
        "the backup is of an older version; restore it into an empty store, which is brought up to date afterwards"
    )]
    Older,
    #[error("the table {0} of the backup does not fit the store's; nothing was changed")]
    Table(String),
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<diesel::result::Error> for RestoreError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
}

impl From<std::io::Error> for RestoreError {
    fn from(error: std::io::Error) -> Self {
        Self::Damaged(error.into())
    }
}

/// Makes the store what the backup says, in one transaction, and brings it up to date. The whole file is read first: a store is not
/// touched for a file that is not whole. `replace` gives up what is in the store.
///
/// # Errors
/// Why nothing was restored.
pub fn restore(db: &Db, _by: &Admin, path: &Path, replace: bool) -> Result<Summary, RestoreError> {
    let (header, summary) = verify(BufReader::new(File::open(path)?))?;
    prepare(db, &header, replace)?;
    let path = path.to_owned();
    db.write_blocking(move |conn| fill(conn, &path, replace))?;
    db.migrate()?;
    Ok(summary)
}

/// Brings an empty store to the migrations of the backup.
fn prepare(db: &Db, header: &Header, replace: bool) -> Result<(), RestoreError> {
    if let Some(unknown) = db.first_unknown_of(&header.migrations)? {
        return Err(RestoreError::Newer(unknown));
    }
    let rows = db.read_blocking(dump::count)?;
    if rows > 0 && !replace {
        return Err(RestoreError::NotEmpty(rows));
    }
    if rows > 0 && db.read_blocking(tables::applied_migrations)? != header.migrations {
        return Err(RestoreError::Older);
    }
    db.migrate_to(&header.migrations)?;
    Ok(())
}

fn fill(conn: &mut Conn, path: &Path, replace: bool) -> Result<(), RestoreError> {
    let rows = dump::count(conn)?;
    if rows > 0 && !replace {
        return Err(RestoreError::NotEmpty(rows));
    }
    dump::empty(conn)?;
    let all = tables::tables(conn)?;
    let (_, mut reader) = Reader::new(BufReader::new(File::open(path)?))?;
    let mut filling: Option<Filling<'_>> = None;
    loop {
        match reader.item()? {
            Item::Table(opening) => filling = Some(Filling::new(&all, opening)?),
            Item::Row(row) => {
                if let Some(filling) = &mut filling {
                    filling.add(conn, row.trim_end())?;
                }
            }
            Item::End(_) => {
                if let Some(mut filling) = filling.take() {
                    filling.end(conn)?;
                }
            }
            Item::All(_) => return Ok(()),
        }
    }
}

/// A table on its way.
struct Filling<'a> {
    table: &'a tables::Table,
    opening: Opening,
    /// Rows that are not written yet, with commas between them.
    rows: String,
    count: usize,
}

impl<'a> Filling<'a> {
    fn new(all: &'a [tables::Table], opening: Opening) -> Result<Self, RestoreError> {
        let found = all.iter().find(|table| table.name == opening.table);
        let fits = |table: &&tables::Table| {
            let mut here: Vec<&String> = table.columns.iter().map(|column| &column.name).collect();
            let mut there: Vec<&String> = opening.columns.iter().collect();
            here.sort();
            there.sort();
            here == there
        };
        match found.filter(fits) {
            Some(table) => Ok(Self {
                table,
                opening,
                rows: String::new(),
                count: 0,
            }),
            None => Err(RestoreError::Table(opening.table)),
        }
    }

    fn add(&mut self, conn: &mut Conn, row: &str) -> Result<(), RestoreError> {
        self.rows.push(if self.rows.is_empty() { '[' } else { ',' });
        self.rows.push_str(row);
        self.count += 1;
        if self.count >= ROWS || self.rows.len() >= BYTES {
            self.write(conn)?;
        }
        Ok(())
    }

    fn write(&mut self, conn: &mut Conn) -> Result<(), RestoreError> {
        if self.count > 0 {
            self.rows.push(']');
            let written = dump::insert(conn, self.table, &self.opening.columns, &self.rows)?;
            if written != self.count {
                return Err(RestoreError::Table(self.table.name.clone()));
            }
        }
        self.rows.clear();
        self.count = 0;
        Ok(())
    }

    fn end(&mut self, conn: &mut Conn) -> Result<(), RestoreError> {
        self.write(conn)?;
        if self.opening.next > 0 && self.table.numbered.is_some() {
            // PostgreSQL does not take this back with the transaction, so it must do no harm.
            let next = tables::next_number(conn, self.table)?.max(self.opening.next);
            tables::set_next_number(conn, self.table, next)?;
        }
        Ok(())
    }
}
