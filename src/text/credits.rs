//! Blocks of credits as they are printed under videos and in press releases: "Composed by …", `작곡 …`, "Lyrics: A, B & C". Read line by
//! line into who did what; whatever is not understood is handed back as it was.

mod roles;
#[cfg(test)]
mod tests;

use roles::Label;
pub use roles::keys;

/// One name with one role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credited {
    /// Key of the role: `composer`.
    pub role: &'static str,
    pub name: String,
    /// What the role alone does not say: the instrument.
    pub detail: String,
}

/// What a block says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Block {
    /// In the order in which they stand there.
    pub credits: Vec<Credited>,
    /// Lines, or parts of lines, that say nothing known.
    pub unread: Vec<String>,
}

/// Reads a block.
pub fn read(text: &str) -> Block {
    let mut block = Block::default();
    // Roles that stand alone on their line wait for the names on the next.
    let mut waiting: Option<(Vec<Label>, String)> = None;
    for line in text.lines() {
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        let clauses = roles::clauses(line);
        let Some(first) = clauses.first() else {
            match waiting.take() {
                Some((labels, _)) => block.add(&labels, line),
                None => block.unread.push(line.to_owned()),
            }
            continue;
        };
        if let Some((_, words)) = waiting.take() {
            block.unread.push(words);
        }
        let before = line.get(..first.start).unwrap_or_default();
        if before.chars().any(char::is_alphanumeric) {
            block.unread.push(before.trim().to_owned());
        }
        for (at, clause) in clauses.iter().enumerate() {
            let end = clauses.get(at + 1).map_or(line.len(), |next| next.start);
            let names = line.get(clause.end..end).unwrap_or_default();
            if names.chars().any(char::is_alphanumeric) {
                block.add(&clause.labels, names);
            } else if at + 1 == clauses.len() {
                let words = line.get(clause.start..).unwrap_or_default();
                waiting = Some((clause.labels.clone(), words.to_owned()));
            } else {
                let words = line.get(clause.start..end).unwrap_or_default();
                block.unread.push(words.trim().to_owned());
            }
        }
    }
    if let Some((_, words)) = waiting {
        block.unread.push(words);
    }
    block
}

impl Block {
    /// Every name of a text with every one of these roles; a place behind `@` is where it was done.
    fn add(&mut self, labels: &[Label], names: &str) {
        let (people, place) = names.split_once('@').unwrap_or((names, ""));
        for label in labels {
            for name in split(people) {
                self.push(label.role, name, label.detail);
            }
        }
        for name in split(place) {
            let detail = labels.first().map_or("", |label| label.place());
            self.push("studio", name, detail);
        }
    }

    fn push(&mut self, role: &'static str, name: &str, detail: &str) {
        let credited = Credited {
            role,
            name: name.to_owned(),
            detail: detail.to_owned(),
        };
        if !self.credits.contains(&credited) {
            self.credits.push(credited);
        }
    }
}

/// The names of a text; what stands in brackets belongs to the name before it.
fn split(text: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let (mut depth, mut start) = (0usize, 0);
    for (at, c) in text.char_indices() {
        match c {
            '(' | '[' | '（' => depth += 1,
            ')' | ']' | '）' => depth = depth.saturating_sub(1),
            ',' | '、' | '/' | '&' | ';' | '，' | '|' if depth == 0 => {
                names.push(text.get(start..at).unwrap_or_default());
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    names.push(text.get(start..).unwrap_or_default());
    names
        .into_iter()
        .flat_map(|name| name.split(" and "))
        .map(tidy)
        .filter(|name| name.chars().any(char::is_alphanumeric))
        .collect()
}

/// Without what only separates: dashes, bullets, spaces at both ends.
fn tidy(name: &str) -> &str {
    name.trim_matches(|c: char| c.is_whitespace() || ":-–—·•*＊.".contains(c) && c != '.')
}

/// The spellings under which a name in two scripts may be known: as it stands, what is before its brackets, and what is in them.
pub fn spellings(name: &str) -> Vec<&str> {
    let mut all = vec![name];
    if let Some((outer, rest)) = name.split_once(['(', '（', '[']) {
        all.push(outer.trim());
        all.push(rest.trim_end_matches([')', '）', ']']).trim());
    }
    all.retain(|name| !name.is_empty());
    all
}
