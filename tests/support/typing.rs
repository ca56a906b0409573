//! The form on a page, as a browser without a script sends it. Our own pages are read here, many in a second, so they are read
//! without building a tree.

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};

/// Names and values of the form on a page that is sent to this address, as a browser without a script sends them.
pub fn fields_of(html: &str, path: &str) -> Vec<(String, String)> {
    let mut reader = Reader::from_str(html);
    let config = reader.config_mut();
    // Inputs have no end, and what a page says may have a lone ampersand.
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut form = Form::default();
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) => form.begin(&tag, path),
            Ok(Event::End(tag)) => match tag.name().as_ref() {
                "form" => form.is_inside = false,
                "textarea" => form.end_text(),
                "select" => form.choice = None,
                _ => {}
            },
            Ok(Event::Text(words)) => form.text(&words),
            Ok(Event::GeneralRef(name)) => {
                form.text(&format!("&{};", &*name));
            }
            Ok(Event::Eof) | Err(_) => return form.pairs,
            Ok(_) => {}
        }
    }
}

#[derive(Default)]
struct Form {
    is_inside: bool,
    pairs: Vec<(String, String)>,
    /// Name of the list one chooses from.
    choice: Option<String>,
    /// Name of the box one is in, and what stands in it.
    words: Option<(String, String)>,
}

impl Form {
    fn begin(&mut self, tag: &BytesStart<'_>, path: &str) {
        let name = tag.name();
        if name.as_ref() == "form" {
            self.is_inside = attribute(tag, "action").as_deref() == Some(path);
        }
        if !self.is_inside {
            return;
        }
        match name.as_ref() {
            "input" => {
                let kind = attribute(tag, "type").unwrap_or_default();
                let is_sent = !matches!(kind.as_str(), "checkbox" | "radio")
                    || attribute(tag, "checked").is_some();
                if let Some(name) = attribute(tag, "name").filter(|_| is_sent) {
                    let value = attribute(tag, "value").unwrap_or_default();
                    self.pairs.push((name, value));
                }
            }
            "textarea" => self.words = attribute(tag, "name").map(|name| (name, String::new())),
            "select" => self.choice = attribute(tag, "name"),
            "option" if attribute(tag, "selected").is_some() => {
                let value = attribute(tag, "value").unwrap_or_default();
                self.pairs
                    .extend(self.choice.take().map(|name| (name, value)));
            }
            _ => {}
        }
    }

    fn text(&mut self, words: &str) {
        if let Some((_, said)) = &mut self.words {
            said.push_str(words);
        }
    }

    fn end_text(&mut self) {
        if let Some((name, said)) = self.words.take() {
            // The line break right after the tag is none of the words.
            let said = said.strip_prefix('\n').unwrap_or(&said);
            self.pairs.push((name, plain(said)));
        }
    }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut all = tag.html_attributes();
    let mut all = all.with_checks(false).flatten();
    let found = all.find(|attribute| attribute.key.as_ref() == name)?;
    Some(plain(&found.value))
}

/// The words behind the escapes.
fn plain(escaped: &str) -> String {
    unescape(escaped).map_or_else(|_| escaped.to_owned(), |words| words.into_owned())
}
