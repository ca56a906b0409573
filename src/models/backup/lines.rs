//! The lines of a backup, and their checksum.

use std::io::{self, BufRead, BufReader, Read, Write};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::Summary;

/// The number of this form of file. A program reads the forms up to its own.
pub const FORMAT: u32 = 1;

/// The first line.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Header {
    /// Which form the file has.
    pub yeoun_backup: u32,
    /// The version of the program that wrote it.
    pub program: String,
    /// When, as RFC 3339 has it.
    pub made_at: String,
    /// The migrations the store had.
    pub migrations: Vec<String>,
}

/// The line before the rows of a table.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Opening {
    pub table: String,
    pub columns: Vec<String>,
    /// The number the next row would have got; 0 where the store gives out none.
    pub next: i64,
}

/// The line after them.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct End {
    pub end: String,
    pub rows: u64,
}

/// Why a file is not a whole backup.
#[derive(Debug, thiserror::Error)]
pub enum Damage {
    #[error("it cannot be read: {0}")]
    Read(#[from] io::Error),
    #[error("it is no backup of Yeoun")]
    Foreign,
    #[error("it was written by a newer version of this program (form {0})")]
    Newer(u32),
    #[error("it ends in the middle")]
    Cut,
    #[error("line {line} is not as it was written")]
    Line { line: u64 },
    #[error("the table {table} has {found} rows where {wanted} were written")]
    Rows {
        table: String,
        found: u64,
        wanted: u64,
    },
    #[error("its checksum is wrong")]
    Checksum,
}

/// Writes lines and adds them up.
pub struct Writer<W: Write> {
    file: GzEncoder<W>,
    sum: Sha256,
}

impl<W: Write> Writer<W> {
    pub(super) fn new(file: W) -> Self {
        Self {
            file: GzEncoder::new(file, Compression::fast()),
            sum: Sha256::new(),
        }
    }

    pub(super) fn line(&mut self, line: &impl Serialize) -> io::Result<()> {
        self.row(&serde_json::to_string(line)?)
    }

    /// JSON has no line breaks of its own: a row is one line.
    pub(super) fn row(&mut self, row: &str) -> io::Result<()> {
        for part in [row.as_bytes(), b"\n"] {
            self.sum.update(part);
            self.file.write_all(part)?;
        }
        Ok(())
    }

    pub(super) fn finish(mut self, tables: u64, rows: u64) -> io::Result<(Summary, W)> {
        let summary = Summary {
            tables,
            rows,
            sha256: hex(&self.sum.finalize_reset()),
        };
        self.line(&summary)?;
        Ok((summary, self.file.finish()?))
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What stands in a backup, in its order.
pub enum Item {
    Table(Opening),
    /// A row of the table before it.
    Row(String),
    End(End),
    /// The last line; the checksum was right.
    All(Summary),
}

/// Reads lines and adds them up.
pub struct Reader<R: Read> {
    file: BufReader<GzDecoder<R>>,
    sum: Sha256,
    line: u64,
    /// Rows of the open table, and of all before it.
    rows: u64,
    all_rows: u64,
    tables: u64,
    open: Option<String>,
}

impl<R: Read> Reader<R> {
    /// Reads the first line.
    ///
    /// # Errors
    /// When this is no backup, or one that this program cannot read.
    pub fn new(file: R) -> Result<(Header, Self), Damage> {
        let mut reader = Self {
            file: BufReader::new(GzDecoder::new(file)),
            sum: Sha256::new(),
            line: 0,
            rows: 0,
            all_rows: 0,
            tables: 0,
            open: None,
        };
        let first = match reader.next_line() {
            Ok(first) => first,
            Err(Damage::Read(error))
                if error.kind() != io::ErrorKind::InvalidInput
                    && error.kind() != io::ErrorKind::UnexpectedEof =>
            {
                return Err(Damage::Read(error));
            }
            Err(_) => return Err(Damage::Foreign),
        };
        reader.sum.update(first.as_bytes());
        let form: Form = serde_json::from_str(&first).map_err(|_shape| Damage::Foreign)?;
        if form.yeoun_backup > FORMAT {
            return Err(Damage::Newer(form.yeoun_backup));
        }
        Ok((reader.parse(&first)?, reader))
    }

    /// The next thing in the file; nothing after the last line.
    ///
    /// # Errors
    /// As soon as the file is not what was written.
    pub fn item(&mut self) -> Result<Item, Damage> {
        let line = self.next_line()?;
        if line.starts_with('[') {
            if self.open.is_none() {
                return Err(Damage::Line { line: self.line });
            }
            self.sum.update(line.as_bytes());
            self.rows += 1;
            return Ok(Item::Row(line));
        }
        if line.starts_with("{\"tables\"") {
            return self.last(&line);
        }
        self.sum.update(line.as_bytes());
        if line.starts_with("{\"table\"") && self.open.is_none() {
            let opening: Opening = self.parse(&line)?;
            self.open = Some(opening.table.clone());
            self.rows = 0;
            return Ok(Item::Table(opening));
        }
        let end: End = self.parse(&line)?;
        if self.open.take().as_ref() != Some(&end.end) {
            return Err(Damage::Line { line: self.line });
        }
        if end.rows != self.rows {
            return Err(Damage::Rows {
                table: end.end,
                found: self.rows,
                wanted: end.rows,
            });
        }
        self.tables += 1;
        self.all_rows += self.rows;
        Ok(Item::End(end))
    }

    fn last(&mut self, line: &str) -> Result<Item, Damage> {
        let summary: Summary = self.parse(line)?;
        let is_all =
            self.open.is_none() && summary.tables == self.tables && summary.rows == self.all_rows;
        if !is_all || summary.sha256 != hex(&self.sum.finalize_reset()) {
            return Err(Damage::Checksum);
        }
        // The compressor's own checksum is read with the end of the file.
        if self.file.read(&mut [0])? != 0 {
            return Err(Damage::Line {
                line: self.line + 1,
            });
        }
        Ok(Item::All(summary))
    }

    fn next_line(&mut self) -> Result<String, Damage> {
        let mut line = Vec::new();
        let read = self.file.read_until(b'\n', &mut line);
        match read {
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof && self.line > 0 => {
                return Err(Damage::Cut);
            }
            Err(error) if error.kind() == io::ErrorKind::InvalidInput && self.line > 0 => {
                return Err(Damage::Line {
                    line: self.line + 1,
                });
            }
            read => read?,
        };
        if line.last() != Some(&b'\n') {
            return Err(Damage::Cut);
        }
        self.line += 1;
        String::from_utf8(line).map_err(|_shape| Damage::Line { line: self.line })
    }

    fn parse<T: DeserializeOwned>(&self, line: &str) -> Result<T, Damage> {
        serde_json::from_str(line).map_err(|_shape| Damage::Line { line: self.line })
    }
}

/// The part of the first line that every form has.
#[derive(Deserialize)]
struct Form {
    yeoun_backup: u32,
}

/// Reads a backup from its beginning to its end.
///
/// # Errors
/// What is wrong with it.
pub fn verify(file: impl Read) -> Result<(Header, Summary), Damage> {
    let (header, mut reader) = Reader::new(file)?;
    loop {
        if let Item::All(summary) = reader.item()? {
            return Ok((header, summary));
        }
    }
}
