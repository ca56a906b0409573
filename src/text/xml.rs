//! XML for feeds, sitemaps and descriptions: elements, attributes and text that are well formed whatever the words.

use std::borrow::Cow;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

/// A document being written. Elements still open are closed by [`Xml::finish`].
pub struct Xml {
    writer: Writer<Vec<u8>>,
    open: Vec<&'static str>,
}

impl Xml {
    /// Begins a document with its root element.
    pub fn new(root: &'static str, attributes: &[(&str, &str)]) -> Self {
        let mut xml = Self {
            writer: Writer::new(Vec::with_capacity(4096)),
            open: Vec::new(),
        };
        xml.put(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
        xml.open(root, attributes);
        xml
    }

    /// Opens an element.
    pub fn open(&mut self, name: &'static str, attributes: &[(&str, &str)]) {
        self.line();
        self.put(Event::Start(start(name, attributes)));
        self.open.push(name);
    }

    /// Closes the element opened last.
    pub fn close(&mut self) {
        if let Some(name) = self.open.pop() {
            self.line();
            self.put(Event::End(BytesEnd::new(name)));
        }
    }

    /// An element that holds nothing but text.
    pub fn text(&mut self, name: &'static str, attributes: &[(&str, &str)], text: &str) {
        self.line();
        self.put(Event::Start(start(name, attributes)));
        self.put(Event::Text(BytesText::new(&allowed(text))));
        self.put(Event::End(BytesEnd::new(name)));
    }

    /// An element without content.
    pub fn empty(&mut self, name: &'static str, attributes: &[(&str, &str)]) {
        self.line();
        self.put(Event::Empty(start(name, attributes)));
    }

    /// Closes what is open and gives the document.
    pub fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        self.line();
        String::from_utf8_lossy(&self.writer.into_inner()).into_owned()
    }

    /// A new line before every element, so that a person can read the document too.
    fn line(&mut self) {
        self.put(Event::Text(BytesText::from_escaped("\n")));
    }

    fn put(&mut self, event: Event<'_>) {
        // Writing to memory cannot fail.
        let _ = self.writer.write_event(event);
    }
}

fn start(name: &'static str, attributes: &[(&str, &str)]) -> BytesStart<'static> {
    let mut element = BytesStart::new(name);
    for (key, value) in attributes {
        element.push_attribute((*key, allowed(value).as_ref()));
    }
    element
}

/// Characters that XML 1.0 has no way to write become U+FFFD.
fn allowed(text: &str) -> Cow<'_, str> {
    let is_refused = |c: char| {
        (c < ' ' && !matches!(c, '\t' | '\n' | '\r')) || matches!(c, '\u{FFFE}' | '\u{FFFF}')
    };
    if text.contains(is_refused) {
        Cow::Owned(text.replace(is_refused, "\u{FFFD}"))
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::Xml;

    #[test]
    fn hostile_words_stay_words() {
        let mut xml = Xml::new("feed", &[("a", "\"<&>'\u{1}")]);
        xml.open("entry", &[]);
        xml.text("title", &[], "]]></title><script>&amp;\u{0}\u{8}\u{FFFF}");
        xml.empty("link", &[("href", "/a?b=1&c=\"2\"")]);
        let text = xml.finish();
        assert!(text.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>"));
        assert!(
            text.contains(
                "]]&gt;&lt;/title&gt;&lt;script&gt;&amp;amp;\u{FFFD}\u{FFFD}\u{FFFD}</title>"
            ),
            "{text}"
        );
        assert!(
            text.contains("href=\"/a?b=1&amp;c=&quot;2&quot;\""),
            "{text}"
        );
        assert!(!text.contains(['\u{0}', '\u{1}', '\u{8}', '\u{FFFF}']));
        assert!(text.ends_with("</entry>\n</feed>\n"), "{text}");
    }
}
