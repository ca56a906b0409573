//! One content file: reading it with the place of every fault, and writing it in its one canonical form.

use serde_json::{Map, Value};

use crate::models::catalogue::Problem;
use crate::models::catalogue::lines;
use crate::models::page::Kind;
use crate::models::page::content::{Fault, Faults};
use crate::models::page::document::{Document, PROSE};
use crate::models::page::save::check;
use crate::text::slug::Slug;

/// The line that begins and ends the front matter.
const FENCE: &str = "+++";

/// A content file that was read.
#[derive(Debug, Clone)]
pub struct ContentFile {
    /// Path as the operator knows it.
    pub path: String,
    pub kind: Kind,
    pub slug: Slug,
    pub document: Document,
    front_matter: String,
}

impl ContentFile {
    /// Reads `{kind in the plural}/{slug}.md`.
    ///
    /// # Errors
    /// Everything that is wrong with the file, each with its line where there is one.
    pub fn parse(path: &str, text: &str) -> Result<Self, Vec<Problem>> {
        let whole = |message: &str| vec![problem_at(path, None, "", message)];
        let (kind, slug) = identity(path).map_err(|message| whole(&message))?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let (front_matter, prose) = split(text)
            .ok_or_else(|| whole("Begin the file with a line +++, the facts in TOML, another line +++, and then the prose."))?;
        let mut flat: Map<String, Value> = toml::from_str(&front_matter).map_err(|error| {
            let line = error
                .span()
                .map(|span| lines::line_of(&front_matter, span.start) + 1);
            vec![problem_at(path, line, "", error.message())]
        })?;
        if !prose.is_empty() {
            flat.insert(PROSE.to_owned(), Value::String(prose));
        }
        check::normalise(&mut flat);
        let file = match Document::from_value(kind, &flat) {
            Ok(document) => Self {
                path: path.to_owned(),
                kind,
                slug,
                document,
                front_matter,
            },
            Err(fault) => {
                let line = lines::find(&front_matter, &fault.field).map(|line| line + 1);
                return Err(vec![problem_at(path, line, &fault.field, &fault.message)]);
            }
        };
        let mut faults = Faults::default();
        file.document.validate(&flat, &mut faults);
        if faults.is_empty() {
            Ok(file)
        } else {
            Err(file.problems(&faults))
        }
    }

    /// The faults of the content with their lines in the file.
    pub fn problems(&self, faults: &Faults) -> Vec<Problem> {
        faults
            .0
            .iter()
            .map(|Fault { field, message }| self.problem(field, message))
            .collect()
    }

    /// One fault with its line in the file.
    pub fn problem(&self, field: &str, message: impl AsRef<str>) -> Problem {
        let line = lines::find(&self.front_matter, field).map(|line| line + 1);
        problem_at(&self.path, line, field, message.as_ref())
    }
}

fn problem_at(path: &str, line: Option<usize>, field: &str, message: &str) -> Problem {
    Problem {
        file: path.to_owned(),
        line,
        field: field.to_owned(),
        message: message.trim().replace('\n', " "),
    }
}

/// Kind and slug from the last two parts of the path.
fn identity(path: &str) -> Result<(Kind, Slug), String> {
    let mut parts = path.rsplit(['/', '\\']);
    let name = parts.next().unwrap_or_default();
    let folder = parts.next().unwrap_or_default();
    let kind = Kind::of_plural(folder).ok_or(
        "A content file lies in a folder dramas, songs, artists, albums or articles.".to_owned(),
    )?;
    let stem = name
        .strip_suffix(".md")
        .ok_or("The name of a content file ends in .md.".to_owned())?;
    let slug = Slug::parse(stem)
        .map_err(|error| format!("The name of the file is the page's address: {error}"))?;
    Ok((kind, slug))
}

/// Front matter and prose; the prose without white space around it.
fn split(text: &str) -> Option<(String, String)> {
    let text = text.replace("\r\n", "\n");
    let rest = text.strip_prefix(FENCE)?.strip_prefix('\n')?;
    let closing = format!("\n{FENCE}\n");
    if let Some(prose) = rest.strip_prefix("+++\n") {
        return Some((String::new(), prose.trim().to_owned()));
    }
    match rest.split_once(&closing) {
        Some((front, prose)) => Some((front.to_owned(), prose.trim().to_owned())),
        None => rest
            .strip_suffix("\n+++")
            .map(|front| (front.to_owned(), String::new())),
    }
}

/// The canonical form of a file: the same content always gives the same bytes.
///
/// # Errors
/// When a value has no form in TOML; the content of a saved page always has one.
pub fn format(flat: &Map<String, Value>) -> Result<String, toml::ser::Error> {
    let mut front = flat.clone();
    let prose = front.shift_remove(PROSE);
    let front = toml::to_string(&Value::Object(front))?;
    let mut text = format!("{FENCE}\n{front}{FENCE}\n");
    if let Some(Value::String(prose)) = prose {
        text.push('\n');
        text.push_str(prose.trim());
        text.push('\n');
    }
    Ok(text)
}
