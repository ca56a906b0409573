//! Links to pages and cards.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::Writer;
use crate::text::markdown::Target;
use crate::text::markdown::escape::{push_attribute, push_lang, push_text};
use crate::text::markdown::links::{KINDS, LinkKey, WikiLink};

impl<F> Writer<'_, F>
where
    F: Fn(&WikiLink) -> Option<Target>,
{
    /// A link to a page; when there is no such page, to the form that makes it. The words alone, marked, where no page can be meant.
    pub(super) fn page(&mut self, link: &WikiLink) {
        let Some(target) = (self.target)(link) else {
            let words = link.words();
            let LinkKey::Slug(slug) = &link.key else {
                self.out
                    .push_str("<span class=\"missing\" title=\"This page does not exist\">");
                self.text(&words);
                self.out.push_str("</span>");
                return;
            };
            let name = utf8_percent_encode(&words, NON_ALPHANUMERIC);
            let form = format!("/{}s/new?name={name}&at={slug}", link.kind);
            self.out
                .push_str("<a class=\"missing\" title=\"This page does not exist yet: write it\"");
            push_attribute("href", &form, &mut self.out);
            self.out.push('>');
            self.text(&words);
            self.out.push_str("</a>");
            return;
        };
        self.out.push_str("<a");
        push_attribute("href", &target.href, &mut self.out);
        self.out.push('>');
        self.text(link.text.as_deref().unwrap_or(&target.title));
        self.out.push_str("</a>");
    }

    /// An embed on a line of its own.
    pub(super) fn card(&mut self, link: &WikiLink) {
        let Some(target) = (self.target)(link) else {
            self.out.push_str("<p>");
            self.page(link);
            self.out.push_str("</p>");
            return;
        };
        let kind = KINDS.into_iter().find(|kind| *kind == target.kind);
        let class = kind.map_or("card".to_owned(), |kind| format!("card card-{kind}"));
        let out = &mut self.out;
        out.push_str("<a");
        push_attribute("class", &class, out);
        push_attribute("href", &target.href, out);
        out.push('>');
        if let Some(art) = &target.art {
            out.push_str("<img class=\"card-art\"");
            push_attribute("src", art, out);
            out.push_str(" alt=\"\" width=\"96\" height=\"96\" loading=\"lazy\">");
        }
        out.push_str("<span class=\"card-title\">");
        push_lang(link.text.as_deref().unwrap_or(&target.title), out);
        out.push_str("</span>");
        if let Some(native) = &target.native {
            out.push_str("<span class=\"card-native\" lang=\"ko\">");
            push_text(native, out);
            out.push_str("</span>");
        }
        if !target.detail.is_empty() {
            out.push_str("<span class=\"card-detail\">");
            push_lang(&target.detail, out);
            out.push_str("</span>");
        }
        out.push_str("</a>");
    }
}
