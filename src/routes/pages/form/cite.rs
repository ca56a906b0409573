//! One source put behind several rows at once.

use std::collections::BTreeSet;

use super::show::title;
use super::table::{Input, List, Part, Section};
use super::typed::{Row, Typed};
use super::views::{Choice, CiteLine, CiteView};

/// The section that has the box.
const SECTION: &str = "sources";
/// Number of the source chosen, and the rows ticked. They are no part of the content, and come back until they are used.
const NUMBER: &str = "cite";
const ROWS: &str = "cited";

/// Puts the source chosen behind the rows ticked; says what became of it.
pub fn apply(typed: &mut Typed) -> String {
    let number: usize = typed.text(NUMBER).trim().parse().unwrap_or(0);
    let is_there = number
        .checked_sub(1)
        .and_then(|at| typed.rows(SECTION).get(at))
        .is_some_and(|source| !source.is_blank());
    if !is_there {
        return "Choose the source first. A new one is added to the list above.".to_owned();
    }
    let picked: BTreeSet<String> = typed
        .texts
        .get(ROWS)
        .into_iter()
        .flatten()
        .cloned()
        .collect();
    if picked.is_empty() {
        return "Tick the rows that the source stands behind.".to_owned();
    }
    let mut count = 0;
    for (list, rows) in typed.lists.iter_mut().filter(|(list, _)| *list != SECTION) {
        let picked = rows
            .iter_mut()
            .filter(|row| picked.contains(&format!("{list}.{}", row.key)));
        for row in picked {
            count += usize::from(cited(row, number));
        }
    }
    typed.take(ROWS);
    typed.take(NUMBER);
    let rows = match count {
        0 => return format!("Source {number} stands behind all of these already."),
        1 => "one more row".to_owned(),
        count => format!("{count} more rows"),
    };
    format!("Source {number} stands behind {rows} now. Nothing is saved yet.")
}

/// Adds the number to those a row names; says whether it was not there.
fn cited(row: &mut Row, number: usize) -> bool {
    let mut numbers: Vec<String> = row
        .text("sources")
        .split([',', ' ', ';'])
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    let word = number.to_string();
    if numbers.contains(&word) {
        return false;
    }
    numbers.push(word);
    let texts = &mut row.texts;
    texts.insert("sources".to_owned(), vec![numbers.join(", ")]);
    // A source was found.
    texts.remove("unverified");
    true
}

/// The box, in the section it belongs to, where there is a source to choose and a row to put it behind.
pub fn view(
    typed: &Typed,
    section: &Section,
    sections: &[&'static Section],
    said: &str,
) -> Option<CiteView> {
    if section.key != SECTION {
        return None;
    }
    let chosen = typed.text(NUMBER);
    let sources: Vec<Choice> = typed
        .rows(SECTION)
        .iter()
        .zip(1..)
        .filter(|(source, _)| !source.is_blank())
        .map(|(source, number)| Choice {
            value: number.to_string(),
            label: format!("{number}. {}", words(source)),
            is_chosen: number.to_string() == chosen,
        })
        .collect();
    let parts = sections.iter().flat_map(|section| section.parts);
    let lists: Vec<CiteLine> = parts
        .filter_map(|part| match part {
            Part::List(list) if has_sources(list) => Some(line(typed, list)),
            _ => None,
        })
        .filter(|line| !line.rows.is_empty())
        .collect();
    let is_useful = !sources.is_empty() && !lists.is_empty();
    is_useful.then(|| CiteView {
        sources,
        lists,
        said: said.to_owned(),
    })
}

fn has_sources(list: &List) -> bool {
    list.fields
        .iter()
        .any(|field| matches!(field.input, Input::Sources))
}

/// The rows of a list to tick.
fn line(typed: &Typed, list: &'static List) -> CiteLine {
    let ticked = typed.texts.get(ROWS);
    let rows = typed.rows(list.key).iter().filter(|row| !row.is_blank());
    let rows = rows.map(|row| {
        let value = format!("{}.{}", list.key, row.key);
        let words = title(list, row);
        Choice {
            is_chosen: ticked.is_some_and(|ticked| ticked.contains(&value)),
            label: match words.is_empty() {
                true => format!("New {}", list.one),
                false => words,
            },
            value,
        }
    });
    CiteLine {
        legend: list.legend,
        rows: rows.collect(),
    }
}

/// A source in a few words.
fn words(source: &Row) -> String {
    let said: Vec<&str> = ["title", "publisher"]
        .into_iter()
        .map(|field| source.text(field))
        .filter(|text| !text.is_empty())
        .collect();
    match said.is_empty() {
        true => source.text("url").to_owned(),
        false => said.join(", "),
    }
}
