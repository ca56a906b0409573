//! Test data: real names and times where the folder with them is present, made-up ones elsewhere.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use flate2::read::GzDecoder;
use serde_json::Value;

use crate::Outcome;

/// A drama as the data set has it.
pub struct SeriesRow {
    pub title: String,
    pub native: String,
    /// Year, month and day, or nothing.
    pub aired: String,
    pub networks: Vec<String>,
    pub genres: Vec<String>,
    pub cast: Vec<String>,
    pub episodes: u16,
}

/// A group or a person.
pub struct ActRow {
    pub name: String,
    pub native: String,
    pub is_group: bool,
}

/// A place in an episode where music begins.
#[derive(Clone)]
pub struct CueRow {
    pub drama: String,
    pub title: String,
    pub native: String,
    pub season: u16,
    pub episode: u16,
    pub begin: u32,
    pub end: u32,
    pub mood: String,
}

/// Where the data lies, if it does.
pub fn folder() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).parent()?;
    Some(beside.join("shared/testdata")).filter(|folder| folder.is_dir())
}

/// The dramas of `kdramadash_series.csv` that have both names.
pub fn series(folder: &Path) -> Outcome<Vec<SeriesRow>> {
    let rows = csv(&fs::read_to_string(folder.join("kdramadash_series.csv"))?);
    let named = rows
        .into_iter()
        .skip(1)
        .filter(|row| !field(row, 1).is_empty() && !field(row, 2).is_empty());
    Ok(named
        .map(|row| SeriesRow {
            title: field(&row, 1),
            native: field(&row, 2),
            aired: field(&row, 4),
            networks: list(&row, 20),
            genres: list(&row, 9),
            cast: list(&row, 8),
            episodes: field(&row, 11)
                .parse::<f64>()
                .map_or(16, |number| number.clamp(1.0, 200.0) as u16),
        })
        .collect())
}

/// The groups and idols of `kpopnet.json`.
pub fn acts(folder: &Path) -> Outcome<Vec<ActRow>> {
    let all: Value = serde_json::from_str(&fs::read_to_string(folder.join("kpopnet.json"))?)?;
    let mut acts = Vec::new();
    for (list, is_group) in [("groups", true), ("idols", false)] {
        for act in all
            .get(list)
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            let text = |key| {
                act.get(key)
                    .and_then(Value::as_str)
                    .unwrap_or_default()
                    .trim()
                    .to_owned()
            };
            acts.push(ActRow {
                name: text("name"),
                native: text("name_original"),
                is_group,
            });
        }
    }
    acts.retain(|act| !act.name.is_empty() && !act.native.is_empty());
    Ok(acts)
}

/// The cues of `music_mood_cues.csv.gz`, in its order: those of a drama stand together.
pub fn cues(folder: &Path) -> Outcome<Vec<CueRow>> {
    let mut text = String::new();
    GzDecoder::new(fs::File::open(folder.join("music_mood_cues.csv.gz"))?)
        .read_to_string(&mut text)?;
    let seconds = |row: &[String], at| {
        field(row, at)
            .parse::<f64>()
            .map_or(0, |seconds| seconds.clamp(0.0, 43_000.0) as u32)
    };
    let rows = csv(&text).into_iter().skip(1).filter(|row| row.len() >= 10);
    Ok(rows
        .map(|row| CueRow {
            drama: field(&row, 0),
            title: field(&row, 1),
            native: field(&row, 2),
            season: field(&row, 3).parse().unwrap_or(1),
            episode: field(&row, 4).parse().unwrap_or(1).max(1),
            begin: seconds(&row, 5),
            end: seconds(&row, 6).max(seconds(&row, 5)),
            mood: field(&row, 8),
        })
        .collect())
}

fn field(row: &[String], at: usize) -> String {
    row.get(at)
        .map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "))
        .unwrap_or_default()
}

fn list(row: &[String], at: usize) -> Vec<String> {
    field(row, at)
        .split(',')
        .map(|part| part.trim().to_owned())
        .filter(|part| !part.is_empty())
        .collect()
}

/// Rows of comma-separated values (RFC 4180): a quoted field may hold commas, line breaks and doubled quotes.
fn csv(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.next_if_eq(&'"').is_some() => cell.push('"'),
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !quoted => {}
            '\n' if !quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            _ => cell.push(letter),
        }
    }
    if !row.is_empty() || !cell.is_empty() {
        row.push(cell);
        rows.push(row);
    }
    rows
}
