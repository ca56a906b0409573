//! Where roles stand in a line, and where the names begin that they belong to.

mod words;

use words::WORDS;

/// A role, and what it leaves unsaid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Label {
    pub role: &'static str,
    /// The instrument.
    pub detail: &'static str,
}

impl Label {
    /// What is done at a place named behind this role.
    pub fn place(&self) -> &'static str {
        match self.role {
            "recording_engineer" => "recording",
            "mix_engineer" => "mixing",
            "mastering_engineer" => "mastering",
            _ => "",
        }
    }
}

/// Roles with the names that follow them, by places in the line.
#[derive(Debug, Clone)]
pub struct Clause {
    pub start: usize,
    /// Where the names begin.
    pub end: usize,
    pub labels: Vec<Label>,
}

/// What may stand between two roles that share their names.
const JOINS: [&str; 8] = ["&", ",", "/", "·", "+", "and ", "및 ", "、"];

/// The clauses of a line, in order.
pub fn clauses(line: &str) -> Vec<Clause> {
    let mut clauses: Vec<Clause> = Vec::new();
    let mut at = 0;
    while let Some(rest) = line.get(at..) {
        let Some(c) = rest.chars().next() else { break };
        let before = line.get(..at).unwrap_or_default().chars().next_back();
        let begins = c.is_alphanumeric() && !before.is_some_and(char::is_alphanumeric);
        match begins.then(|| clause(line, at)).flatten() {
            Some(clause) => {
                at = clause.end;
                clauses.push(clause);
            }
            None => at += c.len_utf8(),
        }
    }
    clauses
}

/// A clause that begins here: roles, then what shows that names follow.
fn clause(line: &str, start: usize) -> Option<Clause> {
    let mut labels = Vec::new();
    let mut at = start;
    let mut last = "";
    while let Some((label, length)) = label(line.get(at..)?) {
        last = line.get(at..at + length)?;
        labels.push(label);
        at += length;
        let rest = line.get(at..)?;
        let spaces = rest.len() - rest.trim_start().len();
        let after = rest.trim_start();
        let joined = JOINS.iter().find_map(|join| {
            let next = after.strip_prefix(join)?;
            let next_start = next.trim_start();
            self::label(next_start).map(|_| after.len() - next_start.len())
        });
        // Korean roles may stand side by side.
        let beside = is_korean(last)
            && spaces > 0
            && self::label(after)
                .is_some_and(|(_, length)| after.get(..length).is_some_and(is_korean));
        match joined {
            Some(length) => at += spaces + length,
            None if beside => at += spaces,
            None => break,
        }
    }
    if labels.is_empty() {
        return None;
    }
    let rest = line.get(at..)?;
    let after = rest.trim_start();
    let spaces = rest.len() - after.len();
    let marked = [":", "：", "|", "-", "–", "—", "="]
        .iter()
        .find(|mark| after.starts_with(**mark));
    let is_first = !line.get(..start)?.chars().any(char::is_alphanumeric);
    match marked {
        Some(mark) => at += spaces + mark.len(),
        None if ends_itself(last) => {}
        None if is_korean(last) && (spaces > 0 || after.is_empty()) => {}
        // An English role alone on its line heads the names below it.
        None if is_first && after.is_empty() => {}
        None if rest.starts_with('\t') => {}
        None => return None,
    }
    Some(Clause {
        start,
        end: at,
        labels,
    })
}

/// "by", "at" and "feat." show by themselves that names follow.
fn ends_itself(words: &str) -> bool {
    let words = words.to_lowercase();
    [" by", " at", "."].iter().any(|end| words.ends_with(end))
}

fn is_korean(word: &str) -> bool {
    !word.bytes().any(|b| b.is_ascii_lowercase())
        && word.chars().any(|c| ('가'..='힣').contains(&c))
}

/// The longest role a text begins with, and its length in bytes.
fn label(text: &str) -> Option<(Label, usize)> {
    let mut best: Option<(Label, usize)> = None;
    for (role, detail, words) in WORDS {
        for word in words.split('|') {
            let Some(given) = text.get(..word.len()) else {
                continue;
            };
            let ends = text
                .get(word.len()..)
                .and_then(|rest| rest.chars().next())
                .is_none_or(|next| !next.is_alphanumeric());
            let is_longer = best.is_none_or(|(_, length)| word.len() > length);
            if ends && is_longer && given.to_lowercase() == word {
                best = Some((Label { role, detail }, word.len()));
            }
        }
    }
    best
}

/// Keys of all roles read here.
pub fn keys() -> impl Iterator<Item = &'static str> {
    WORDS.iter().map(|(role, _, _)| *role)
}

/// All words for them.
#[cfg(test)]
pub fn words() -> impl Iterator<Item = &'static str> {
    WORDS.iter().flat_map(|(_, _, words)| words.split('|'))
}
