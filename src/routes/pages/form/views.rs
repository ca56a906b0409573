//! The parts of a form as the template prints them.

use super::touched::Touch;
use crate::text::hangul::has_hangul;

/// A section on the page.
#[derive(Debug)]
pub struct SectionView {
    pub key: &'static str,
    pub legend: &'static str,
    pub note: &'static str,
    /// Credits can be pasted here as a block: what is in the box, and what became of it.
    pub paste: Option<PasteView>,
    /// One source can be put behind several rows here.
    pub cite: Option<CiteView>,
    pub parts: Vec<PartView>,
}

/// The box for a block of credits.
#[derive(Debug)]
pub struct PasteView {
    pub name: &'static str,
    pub value: String,
    pub said: String,
}

/// The box that puts one source behind several rows.
#[derive(Debug)]
pub struct CiteView {
    pub sources: Vec<Choice>,
    pub lists: Vec<CiteLine>,
    /// What became of it.
    pub said: String,
}

/// The rows of a list to tick.
#[derive(Debug)]
pub struct CiteLine {
    pub legend: &'static str,
    pub rows: Vec<Choice>,
}

/// A field or a list.
#[derive(Debug)]
pub enum PartView {
    Field(Box<FieldView>),
    List(ListView),
}

/// A list of rows.
#[derive(Debug)]
pub struct ListView {
    pub key: &'static str,
    pub legend: &'static str,
    pub one: &'static str,
    pub note: &'static str,
    pub fault: Option<String>,
    pub rows: Vec<RowView>,
    /// Rows count from one in front of readers; sources are cited by it.
    pub is_numbered: bool,
}

/// One row.
#[derive(Debug)]
pub struct RowView {
    /// `credits.12`.
    pub name: String,
    pub key: String,
    /// What the row says, in a few words; empty for a new one.
    pub title: String,
    pub fields: Vec<FieldView>,
    pub rare: Vec<FieldView>,
    /// New, or faulty, or the one a button was pressed for.
    pub is_open: bool,
    /// The rarer fields say something, or are faulty.
    pub is_rare_open: bool,
    /// Who changed it last.
    pub touch: Option<Touch>,
}

/// One field.
#[derive(Debug)]
pub struct FieldView {
    /// Name in the form; its `id` is `f-` and this.
    pub name: String,
    pub label: &'static str,
    pub help: &'static str,
    pub example: &'static str,
    pub value: String,
    pub fault: Option<String>,
    /// Who changed it last; in a row, the row says so.
    pub touch: Option<Touch>,
    pub control: Control,
}

/// What a field is typed into.
#[derive(Debug)]
pub enum Control {
    /// `type` and `inputmode` of a line.
    Line(&'static str, &'static str),
    /// Lines shown at first.
    Area(usize),
    Check,
    Select(Vec<Choice>),
    /// Check boxes.
    Several(Vec<Choice>),
    /// A page: the kind it is looked up among, and the reference remembered beside its name.
    Page(&'static str, String),
    /// Parts of an artist credit.
    Credit(Vec<CreditPart>),
}

/// A value to choose.
#[derive(Debug)]
pub struct Choice {
    pub value: String,
    pub label: String,
    pub is_chosen: bool,
}

impl Choice {
    /// Whether its language is to be told: an option has no room for marks within its text.
    pub fn is_korean(&self) -> bool {
        has_hangul(&self.label)
    }
}

/// One part of an artist credit.
#[derive(Debug)]
pub struct CreditPart {
    /// `versions.3.credit.0`.
    pub name: String,
    pub who: String,
    pub who_id: String,
    pub credited_as: String,
    pub join: String,
    pub fault: Option<String>,
}

impl FieldView {
    /// The `id` of the control, which summaries link to.
    pub fn id(&self) -> String {
        format!("f-{}", self.name)
    }

    /// Whether the field says anything or is faulty.
    pub(super) fn speaks(&self) -> bool {
        self.fault.is_some() || !matches!(self.value.as_str(), "" | "preferred")
    }
}
