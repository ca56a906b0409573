//! Who changed each field last, beside the field. What nobody changed since the page was made says nothing.

use crate::models::page::blame::{self, Blame};
use crate::models::page::labels;
use crate::routes::pages::frame::Moment;

use super::views::{PartView, SectionView};

/// The latest change of a field or a row, where it was changed since the page was made.
#[derive(Debug, Clone)]
pub struct Touch {
    pub author: String,
    pub changed: Moment,
    /// What that revision changed.
    pub href: String,
    /// Every revision that changed it.
    pub past: String,
}

impl Touch {
    fn of(blame: &Blame, href: &str, path: &str) -> Option<Self> {
        let touch = blame.of(path).filter(|touch| touch.number > 1)?;
        Some(Self::new(touch, href, path))
    }

    /// A change of this part of the page at this address.
    pub fn new(touch: &blame::Touch, href: &str, path: &str) -> Self {
        Self {
            author: labels::author(&touch.author).to_owned(),
            changed: Moment::of(touch.at),
            href: format!("{href}/diff?to={}", touch.number),
            past: format!("{href}/history?field={path}"),
        }
    }
}

/// Tells it at every field and row of the page at this address.
pub fn tell(sections: &mut [SectionView], href: &str, blame: &Blame) {
    for part in sections.iter_mut().flat_map(|section| &mut section.parts) {
        match part {
            PartView::Field(field) => field.touch = Touch::of(blame, href, &field.name),
            PartView::List(list) => {
                for row in &mut list.rows {
                    let path = format!("{}[{}]", list.key, row.key);
                    row.touch = Touch::of(blame, href, &path);
                }
            }
        }
    }
}
