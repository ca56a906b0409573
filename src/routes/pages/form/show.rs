//! The form filled in: sections, lists, rows, fields, each with what was typed and what is wrong with it.

use crate::models::page::content::Faults;

use super::read::credit_parts;
use super::table::{Field, Input, List, Part, Section};
use super::typed::{Row, Texts, Typed, text};
use super::views::{
    Choice, Control, CreditPart, FieldView, ListView, PartView, PasteView, RowView, SectionView,
};
use super::{cite, paste};

/// Everything the views of a form are made from.
pub struct Showing<'a> {
    pub typed: &'a Typed,
    pub faults: &'a Faults,
    /// The row a button was pressed for.
    pub focus: &'a str,
    /// What became of a block that was pasted.
    pub said: &'a str,
    /// What became of a source that was put behind several rows.
    pub cited: &'a str,
    /// Versions to choose from: key and words.
    versions: Vec<(String, String)>,
}

impl<'a> Showing<'a> {
    /// Of what was typed; `kept` are the versions of the page where the form does not ask for them.
    pub fn new(
        typed: &'a Typed,
        faults: &'a Faults,
        focus: &'a str,
        kept: Vec<(String, String)>,
    ) -> Self {
        let rows = typed.rows("versions");
        let versions = if rows.is_empty() {
            kept
        } else {
            rows.iter()
                .zip(1..)
                .map(|(row, n)| (row.key.clone(), version_words(row, n)))
                .collect()
        };
        Self {
            typed,
            faults,
            focus,
            said: "",
            cited: "",
            versions,
        }
    }

    /// With what became of a block that was pasted, and of a source put behind several rows.
    #[must_use]
    pub fn saying(mut self, said: &'a str, cited: &'a str) -> Self {
        (self.said, self.cited) = (said, cited);
        self
    }

    /// The sections.
    pub fn sections(&self, sections: &[&'static Section]) -> Vec<SectionView> {
        sections
            .iter()
            .map(|section| SectionView {
                key: section.key,
                legend: section.legend,
                note: section.note,
                paste: (section.key == paste::LIST).then(|| self.paste()),
                cite: cite::view(self.typed, section, sections, self.cited),
                parts: section.parts.iter().map(|part| self.part(part)).collect(),
            })
            .collect()
    }

    fn paste(&self) -> PasteView {
        PasteView {
            name: paste::BOX,
            value: self.typed.text(paste::BOX).to_owned(),
            said: self.said.to_owned(),
        }
    }

    fn part(&self, part: &'static Part) -> PartView {
        match part {
            Part::Field(field) => {
                PartView::Field(Box::new(self.field(field, "", &self.typed.texts)))
            }
            Part::List(list) => PartView::List(ListView {
                key: list.key,
                legend: list.legend,
                one: list.one,
                note: list.note,
                fault: self.fault(list.key),
                rows: self
                    .typed
                    .rows(list.key)
                    .iter()
                    .map(|row| self.row(list, row))
                    .collect(),
                is_numbered: list.key == "sources",
            }),
        }
    }

    fn row(&self, list: &'static List, row: &Row) -> RowView {
        let name = format!("{}.{}", list.key, row.key);
        let prefix = format!("{name}.");
        let views = |rare: bool| -> Vec<FieldView> {
            let fields = list.fields.iter().filter(|field| field.rare == rare);
            fields
                .map(|field| self.field(field, &prefix, &row.texts))
                .collect()
        };
        let (fields, rare) = (views(false), views(true));
        let is_faulty = self
            .faults
            .0
            .iter()
            .any(|fault| fault.field.starts_with(&prefix) || fault.field == name);
        RowView {
            title: title(list, row),
            is_open: row.id().is_none() || is_faulty || self.focus == name,
            touch: None,
            is_rare_open: rare.iter().any(FieldView::speaks),
            key: row.key.clone(),
            name,
            fields,
            rare,
        }
    }

    fn fault(&self, name: &str) -> Option<String> {
        let told: Vec<&str> = self
            .faults
            .0
            .iter()
            .filter(|fault| fault.field == name)
            .map(|fault| fault.message.as_str())
            .collect();
        (!told.is_empty()).then(|| told.join(" "))
    }

    fn field(&self, field: &'static Field, prefix: &str, texts: &Texts) -> FieldView {
        let name = format!("{prefix}{}", field.key);
        let value = text(texts, field.key).to_owned();
        let control = match field.input {
            Input::Line | Input::Site | Input::Words | Input::Sources => {
                Control::Line("text", "text")
            }
            Input::Date | Input::Length | Input::Moment | Input::Timecode => {
                Control::Line("text", "text")
            }
            Input::Number => Control::Line("text", "numeric"),
            Input::Url | Input::Link => Control::Line("url", "url"),
            Input::Lines => Control::Area(2),
            Input::Prose => Control::Area(24),
            Input::Flag => Control::Check,
            Input::Choice(choices, none) => Control::Select(options(choices(), none, &value)),
            Input::Several(choices) => {
                let chosen = texts.get(field.key).map(Vec::as_slice).unwrap_or_default();
                Control::Several(several(choices(), chosen))
            }
            Input::Page(kind) => Control::Page(
                kind.as_str(),
                text(texts, &format!("{}.id", field.key)).to_owned(),
            ),
            Input::Who => Control::Page(
                "artist",
                text(texts, &format!("{}.id", field.key)).to_owned(),
            ),
            Input::Credit => Control::Credit(self.credit(field.key, &name, texts)),
            Input::Version => self.version(&value),
        };
        FieldView {
            fault: self.fault(&name),
            name,
            touch: None,
            label: field.label,
            help: field.help,
            example: field.example,
            value,
            control,
        }
    }

    /// A choice where the page has versions; a number where they are another page's.
    fn version(&self, value: &str) -> Control {
        if self.versions.is_empty() {
            return Control::Line("text", "numeric");
        }
        let choices = self.versions.iter().map(|(key, words)| Choice {
            is_chosen: key == value,
            value: key.clone(),
            label: words.clone(),
        });
        let none = Choice {
            value: String::new(),
            label: "All versions".to_owned(),
            is_chosen: value.is_empty(),
        };
        Control::Select(std::iter::once(none).chain(choices).collect())
    }

    /// The parts typed, and an empty one behind them.
    fn credit(&self, key: &str, name: &str, texts: &Texts) -> Vec<CreditPart> {
        let mut numbers = credit_parts(texts, key);
        numbers.retain(|at| !text(texts, &format!("{key}.{at}.who")).trim().is_empty());
        numbers.push(numbers.last().map_or(0, |last| last + 1));
        numbers
            .into_iter()
            .map(|at| {
                let of = |field: &str| text(texts, &format!("{key}.{at}.{field}")).to_owned();
                CreditPart {
                    fault: self.fault(&format!("{name}.{at}.who")),
                    name: format!("{name}.{at}"),
                    who: of("who"),
                    who_id: of("who.id"),
                    credited_as: of("credited_as"),
                    join: of("join"),
                }
            })
            .collect()
    }
}

fn options(choices: Vec<(&str, &str)>, none: &str, value: &str) -> Vec<Choice> {
    let mut options: Vec<Choice> = Vec::new();
    if !none.is_empty() || value.is_empty() {
        options.push(Choice {
            value: String::new(),
            label: if none.is_empty() { "Choose" } else { none }.to_owned(),
            is_chosen: value.is_empty(),
        });
    }
    options.extend(choices.iter().map(|(word, label)| Choice {
        value: (*word).to_owned(),
        label: (*label).to_owned(),
        is_chosen: *word == value,
    }));
    if options.iter().all(|option| option.value != value) {
        // What is kept is shown even where the vocabulary has moved on.
        options.push(Choice {
            value: value.to_owned(),
            label: value.to_owned(),
            is_chosen: true,
        });
    }
    options
}

fn several(choices: Vec<(&str, &str)>, chosen: &[String]) -> Vec<Choice> {
    choices
        .iter()
        .map(|(word, label)| Choice {
            value: (*word).to_owned(),
            label: (*label).to_owned(),
            is_chosen: chosen.iter().any(|mood| mood == word),
        })
        .collect()
}

/// What a row says: its first fields, in the words shown.
pub(super) fn title(list: &List, row: &Row) -> String {
    let mut words: Vec<String> = Vec::new();
    for field in list.fields.iter().filter(|field| !field.rare) {
        let value = row.text(field.key);
        let word = match field.input {
            Input::Choice(choices, _) => choices()
                .iter()
                .find(|(word, _)| *word == value)
                .map_or(String::new(), |(_, label)| (*label).to_owned()),
            Input::Credit => credit_parts(&row.texts, field.key)
                .into_iter()
                .map(|at| row.text(&format!("{}.{at}.who", field.key)))
                .filter(|who| !who.is_empty())
                .collect::<Vec<_>>()
                .join(", "),
            Input::Flag | Input::Sources | Input::Several(_) | Input::Version => String::new(),
            Input::Number if !value.is_empty() => format!("{} {value}", field.label.to_lowercase()),
            _ => value.to_owned(),
        };
        if !word.is_empty() {
            words.push(word);
        }
        if words.len() == 3 {
            break;
        }
    }
    words.join(" · ")
}

fn version_words(row: &Row, number: usize) -> String {
    let words: Vec<&str> = ["label", "kind", "language"]
        .into_iter()
        .map(|field| row.text(field))
        .filter(|text| !text.is_empty())
        .collect();
    format!("{number}. {}", words.join(", "))
}
