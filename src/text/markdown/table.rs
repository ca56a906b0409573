//! Tables: cells, their alignment, and the empty ones the parser adds to short rows.

use pulldown_cmark::Alignment;

use crate::text::markdown::escape::push_attribute;

/// The table being written; tables cannot stand in one another.
#[derive(Debug, Default)]
pub(super) struct Table {
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
    /// Where the open cell's content begins.
    cell_start: usize,
    /// Empty cells not written yet.
    empty: usize,
    count: usize,
}

impl Table {
    pub(super) fn open(&mut self, alignments: Vec<Alignment>, out: &mut String) {
        self.alignments = alignments;
        self.count += 1;
        let label = if self.count == 1 {
            "Table".to_owned()
        } else {
            format!("Table {}", self.count)
        };
        out.push_str("<div class=\"table-scroll\" role=\"region\" tabindex=\"0\"");
        push_attribute("aria-label", &label, out);
        out.push_str("><table>");
    }

    pub(super) fn close(&self, out: &mut String) {
        out.push_str("</tbody></table></div>");
    }

    pub(super) fn open_row(&mut self, in_head: bool, out: &mut String) {
        self.in_head = in_head;
        self.column = 0;
        self.empty = 0;
        out.push_str(if in_head { "<thead><tr>" } else { "<tr>" });
    }

    /// Ends a row. Empty cells at its end are written while the `budget` lasts: the parser fills every row up to the
    /// width of the head, which would let a short text ask for a huge table.
    pub(super) fn close_row(&mut self, budget: &mut usize, out: &mut String) {
        if let Some(left) = budget.checked_sub(self.empty) {
            *budget = left;
            self.push_empty(out);
        }
        out.push_str(if self.in_head {
            "</tr></thead><tbody>"
        } else {
            "</tr>"
        });
    }

    pub(super) fn open_cell(&mut self, out: &str) {
        self.cell_start = out.len();
    }

    pub(super) fn close_cell(&mut self, out: &mut String) {
        let content = out.split_off(self.cell_start.min(out.len()));
        let align = self.alignments.get(self.column).copied();
        self.column += 1;
        if content.is_empty() && !self.in_head {
            self.empty += 1;
            return;
        }
        self.push_empty(out);
        out.push_str(if self.in_head {
            "<th scope=\"col\""
        } else {
            "<td"
        });
        match align {
            Some(Alignment::Center) => out.push_str(" class=\"align-center\""),
            Some(Alignment::Right) => out.push_str(" class=\"align-right\""),
            _ => {}
        }
        out.push('>');
        out.push_str(&content);
        out.push_str(if self.in_head { "</th>" } else { "</td>" });
    }

    fn push_empty(&mut self, out: &mut String) {
        for _ in 0..self.empty {
            out.push_str("<td></td>");
        }
        self.empty = 0;
    }
}
