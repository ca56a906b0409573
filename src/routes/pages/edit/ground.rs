//! What an edit stands on.

use serde_json::{Map, Value};

use crate::db::{Conn, QueryResult};
use crate::models::page::blame::Blame;
use crate::models::page::card::Cards;
use crate::models::page::creation;
use crate::models::page::named::Named;
use crate::models::page::revision::{Content, Revision};
use crate::models::page::{Kind, Page, RevisionId, hiding};
use crate::models::user::draft;
use crate::routes::pages::form::questions;
use crate::routes::pages::form::read::{self, Reading};
use crate::routes::pages::form::{Form, Part, Section, written};

use super::form_of;
use super::sent::Sent;

/// A page and the revision an edit of it began with.
#[derive(Debug, Clone)]
pub struct Ground {
    pub page: Page,
    pub base: Content,
    /// Who changed what last, where the form is shown.
    pub blame: Blame,
}

/// The least a content can be: a page is read over it, and what must be chosen is asked for all the same.
fn least(kind: Kind) -> Map<String, Value> {
    let chosen = match kind {
        Kind::Drama => Some(("kind", "series")),
        Kind::Artist => Some(("type", "person")),
        Kind::Album => Some(("kind", "part")),
        Kind::Song | Kind::Article => None,
    };
    let chosen = chosen.map(|(key, value)| (key.to_owned(), Value::from(value)));
    chosen.into_iter().collect()
}

impl Ground {
    /// What a new page stands on: nothing.
    ///
    /// # Errors
    /// None: the least content of every kind can be read.
    pub fn unborn(kind: Kind) -> QueryResult<Self> {
        let revision = Revision {
            id: 0,
            page_id: 0,
            number: 0,
            parent_id: None,
            author: String::new(),
            created_at: 0,
            note: String::new(),
            changed: "[]".to_owned(),
            tags: "[]".to_owned(),
            content: Value::Object(least(kind)).to_string(),
            hides_text: false,
            hides_note: false,
            hides_author: false,
        };
        Ok(Self {
            page: creation::unborn(kind),
            base: Content::of(kind, revision)?,
            blame: Blame::default(),
        })
    }

    /// Whether the page is not there yet.
    pub fn is_unborn(&self) -> bool {
        self.page.id == 0
    }

    /// The title of the form.
    pub fn heading(&self) -> String {
        match self.is_unborn() {
            true => self.page.title.clone(),
            false => format!("Edit {}", self.page.title),
        }
    }

    /// Where the form is sent.
    pub fn action(&self) -> String {
        match self.is_unborn() {
            true => self.page.href(),
            false => format!("{}/edit", self.page.href()),
        }
    }

    /// Where a draft of what was sent is kept.
    pub fn place(&self, sent: &Sent) -> String {
        match self.is_unborn() {
            true => draft::place_of_new(self.page.kind, &sent.form),
            false => draft::place_of(self.page.id),
        }
    }

    /// The live page at this address at its latest revision, and the pages its content names.
    pub fn latest(conn: &mut Conn, kind: Kind, slug: &str) -> QueryResult<Option<(Self, Cards)>> {
        let Some((page, base)) = Revision::at(conn, kind, slug)? else {
            return Ok(None);
        };
        let base = Content::of(kind, base)?;
        let cards = written::cards(conn, &base.document)?;
        let blame = Blame::load(conn, page.id)?;
        Ok(Some((Self { page, base, blame }, cards)))
    }

    /// The page at this address, whatever has become of it, at the revision an edit began with; one of another page counts as
    /// the latest, and so does one whose text is hidden. A page that has another address by now is found by that revision.
    pub fn at(
        conn: &mut Conn,
        kind: Kind,
        slug: &str,
        base: RevisionId,
    ) -> QueryResult<Option<Self>> {
        let Some((page, base)) = Self::find(conn, kind, slug, base)? else {
            return Ok(None);
        };
        let base = match base.hides_text {
            true => Revision::latest(conn, &page)?,
            false => Some(base),
        };
        let Some(base) = base else { return Ok(None) };
        Ok(Some(Self {
            page,
            base: Content::of(kind, base)?,
            blame: Blame::default(),
        }))
    }

    /// The page, and the revision named if it is one of its own, else the latest.
    fn find(
        conn: &mut Conn,
        kind: Kind,
        slug: &str,
        base: RevisionId,
    ) -> QueryResult<Option<(Page, Revision)>> {
        if let Some(found) = Revision::of_page_at(conn, kind, slug, base)? {
            return Ok(Some(found));
        }
        let began = Revision::find(conn, base)?;
        let page = match (Page::known_at(conn, kind, slug)?, &began) {
            (None, Some(began)) => Page::find(conn, began.page_id)?,
            (page, _) => page,
        };
        let Some(page) = page.filter(|page| page.kind == kind) else {
            return Ok(None);
        };
        let base = match began.filter(|base| base.page_id == page.id) {
            Some(base) => Some(base),
            None => Revision::latest(conn, &page)?,
        };
        Ok(base.map(|base| (page, base)))
    }

    /// The same for the merge of a save, where a hidden text is what the edit began with all the same.
    pub fn for_merge(
        conn: &mut Conn,
        kind: Kind,
        slug: &str,
        base: RevisionId,
    ) -> QueryResult<Option<Self>> {
        let Some((page, base)) = Self::find(conn, kind, slug, base)? else {
            return Ok(None);
        };
        let base = hiding::as_base(conn, base)?;
        Ok(Some(Self {
            page,
            base: Content::of(kind, base)?,
            blame: Blame::default(),
        }))
    }
}

/// Reads what was typed over the content it began with.
pub fn reading(conn: &mut Conn, ground: &Ground, sent: &Sent) -> QueryResult<Reading> {
    let sections = sections(form_of(ground.page.kind), sent);
    let named = Named::mentioned(conn, &read::named(&sections, &sent.typed))?;
    // The same form sent twice gives its new rows the same ids, whatever was saved meanwhile.
    let last_row = match sent.last_row {
        0 => ground.page.last_row,
        then => then.min(ground.page.last_row),
    };
    let base = &ground.base;
    let mut reading = read::read(&sections, &sent.typed, &base.flat, &named, last_row);
    questions::settle(
        conn,
        form_of(ground.page.kind),
        base,
        &sent.typed,
        &sent.answers,
        last_row,
        &mut reading,
    )?;
    Ok(reading)
}

/// The sections of the form that was sent.
pub fn sections(form: &'static Form, sent: &Sent) -> Vec<&'static Section> {
    form.chosen(&sent.parts).collect()
}

/// The words about a change nobody described: which parts it touched.
pub fn automatic(form: &'static Form, changed: &[String]) -> String {
    let mut words: Vec<&str> = Vec::new();
    for path in changed {
        let key = path.split('[').next().unwrap_or_default();
        let label = label(form, key);
        if !words.contains(&label) {
            words.push(label);
        }
    }
    if words.is_empty() {
        String::new()
    } else {
        format!("Changed: {}", words.join(", ").to_lowercase())
    }
}

/// The words of a field or list.
pub fn label<'a>(form: &'static Form, key: &'a str) -> &'a str {
    let parts = form.sections.iter().flat_map(|section| section.parts);
    let labels = parts.map(|part| match part {
        Part::Field(field) => (field.key, field.label),
        Part::List(list) => (list.key, list.legend),
    });
    let mut found = labels.filter(|(of, _)| *of == key).map(|(_, label)| label);
    found.next().unwrap_or(key)
}
