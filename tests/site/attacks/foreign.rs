//! What stands on our pages: the elements with their attributes that the site uses where nobody attacks it. Whatever else appears was
//! let in by a string.

use std::cell::Cell;
use std::collections::BTreeSet;

use html5ever::{parse_document, tendril::TendrilSink};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

use super::PAGES;
use crate::support::form::Form;
use crate::support::{Actor, Reply, Site, crawl};

/// What prose can become.
const PROSE: [(&str, &[&str]); 34] = [
    (
        "a",
        &[
            "href",
            "rel",
            "class",
            "title",
            "id",
            "lang",
            "hreflang",
            "role",
            "aria-label",
        ],
    ),
    ("abbr", &["title"]),
    ("aside", &["class"]),
    ("blockquote", &[]),
    ("br", &[]),
    ("code", &["class"]),
    ("del", &[]),
    ("details", &["class", "data-episode"]),
    ("div", &["class", "tabindex", "role", "aria-label"]),
    ("em", &[]),
    ("figure", &["class"]),
    ("h2", &["id", "lang"]),
    ("h3", &["id", "lang"]),
    ("h4", &["id", "lang"]),
    ("h5", &["id", "lang"]),
    ("h6", &["id", "lang"]),
    ("hr", &[]),
    (
        "img",
        &[
            "src", "alt", "class", "loading", "width", "height", "decoding",
        ],
    ),
    ("li", &["id"]),
    ("ol", &["start", "class"]),
    ("p", &["class", "lang"]),
    ("pre", &["tabindex"]),
    ("section", &["class", "id", "aria-labelledby", "aria-label"]),
    ("span", &["class", "lang", "title"]),
    ("strong", &[]),
    ("summary", &[]),
    ("sup", &["class", "id"]),
    ("table", &[]),
    ("tbody", &[]),
    ("td", &["class"]),
    ("th", &["class", "scope"]),
    ("thead", &[]),
    ("tr", &[]),
    ("ul", &["class"]),
];

/// Attributes that name an address.
const ADDRESSES: [&str; 11] = [
    "href",
    "src",
    "action",
    "formaction",
    "poster",
    "data",
    "cite",
    "srcset",
    "ping",
    "background",
    "manifest",
];

/// The elements and attributes of the site.
pub struct Ours {
    known: BTreeSet<(String, String)>,
    judged: Cell<usize>,
}

impl Ours {
    /// Looks at pages of every shape while nothing has been stored yet.
    pub fn learn(site: &Site, editor: &Actor<'_>) -> Self {
        let mut ours = Self {
            known: BTreeSet::new(),
            judged: Cell::new(0),
        };
        for (element, attributes) in PROSE {
            ours.know(element, "");
            attributes.iter().for_each(|name| ours.know(element, name));
        }
        ours.read(site, editor);
        if !editor.cookie.is_empty() {
            ours.edit(editor);
        }
        ours
    }

    /// Pages of every shape as everybody reads them, and one of every shape as the editor does.
    fn read(&mut self, site: &Site, editor: &Actor<'_>) {
        let mut shapes = BTreeSet::new();
        for visit in crawl::walk(Site::reading(site.db.kind()), None, 3) {
            self.look(&site.get(&visit.path));
            if shapes.insert(crawl::pattern(&visit.path)) {
                self.look(&editor.get(&visit.path));
            }
        }
        for path in ["/nothing", "/songs/nothing", "/users/nobody", "/%ff"] {
            self.look(&site.get(path));
        }
        for path in ["/join", "/login"] {
            self.look(&site.get(path));
            let refused = [("name", "M"), ("password", "x")];
            self.look(&site.anon().post_as_it_is(path, &refused, &[]));
        }
    }

    /// What an editor sees on the way from the form to the saved page, with faults and without.
    fn edit(&mut self, editor: &Actor<'_>) {
        for page in PAGES {
            let edit = format!("{page}/edit");
            let opened = editor.get(&edit);
            self.look(&opened);
            let mut form = Form::of(&opened, &edit);
            self.look(&form.press(editor, "preview"));
            // Korean is marked as such wherever it stands, and no field takes the last.
            for text in ["nothing of the kind", "아무것도 아님", "\u{202e}"] {
                for name in form.texts.clone() {
                    form = form.with(&name, text);
                }
                self.look(&form.press(editor, "preview"));
                self.look(&form.press(editor, "save"));
            }
            for path in ["history", "diff", "history/1"] {
                self.look(&editor.get(&format!("{page}/{path}")));
            }
        }
        // A saved edit has a history, a comparison and buttons that a first revision has not.
        let edit = format!("{}/edit", PAGES[4]);
        let form = Form::of(&editor.get(&edit), &edit).with("summary", "Another summary.");
        let saved = form.press(editor, "save");
        self.look(&editor.get(saved.header("location")));
        for path in [
            "history",
            "diff",
            "diff?view=side",
            "history/1",
            "history/2",
        ] {
            self.look(&editor.get(&format!("{}/{path}", PAGES[4])));
        }
    }

    fn know(&mut self, element: &str, attribute: &str) {
        self.known
            .insert((element.to_owned(), attribute.to_owned()));
    }

    /// Takes what is on a page for ours.
    pub fn look(&mut self, reply: &Reply) {
        let mut found = BTreeSet::new();
        each(reply, &mut |element, attribute, _| {
            found.insert((element.to_owned(), attribute.to_owned()));
        });
        self.known.extend(found);
    }

    /// Pages judged so far.
    pub fn judged(&self) -> usize {
        self.judged.get()
    }

    /// Fails when there is anything on the page that is not ours.
    pub fn judge(&self, reply: &Reply) {
        self.judged.set(self.judged.get() + 1);
        let mut foreign = Vec::new();
        each(reply, &mut |element, attribute, value| {
            let pair = (element.to_owned(), attribute.to_owned());
            if !self.known.contains(&pair) {
                foreign.push(format!("<{element} {attribute}={value:?}>"));
            }
            if ADDRESSES.contains(&attribute) && !leads_somewhere_known(value) {
                foreign.push(format!(
                    "<{element} {attribute}={value:?}> is no address of ours"
                ));
            }
            if element == "script" && attribute == "src" && !value.starts_with("/assets/") {
                foreign.push(format!("a script from {value:?}"));
            }
        });
        assert!(foreign.is_empty(), "{}: {foreign:#?}", reply.path);
    }
}

/// Addresses on the web and relative ones, nothing that runs.
fn leads_somewhere_known(address: &str) -> bool {
    // Browsers take these out before they look.
    let plain: String = address
        .chars()
        .filter(|c| !matches!(c, '\t' | '\n' | '\r'))
        .collect();
    let plain = plain.trim_matches(|c: char| c <= ' ');
    let scheme = plain
        .split_once(':')
        .map(|(scheme, _)| scheme)
        .filter(|scheme| {
            scheme.starts_with(|c: char| c.is_ascii_alphabetic())
                && scheme
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
        });
    scheme.is_none_or(|scheme| {
        ["http", "https", "mailto"]
            .iter()
            .any(|known| scheme.eq_ignore_ascii_case(known))
    })
}

/// Every element and attribute of a page of HTML; scripts of data must hold data.
fn each(reply: &Reply, tell: &mut impl FnMut(&str, &str, &str)) {
    if reply.header("content-type").starts_with("text/html") {
        let dom = parse_document(RcDom::default(), Default::default()).one(reply.source());
        visit(&dom.document, tell);
    } else if reply.header("content-type").contains("xml") {
        let mut reader = quick_xml::Reader::from_str(reply.source());
        loop {
            match reader.read_event() {
                Ok(quick_xml::events::Event::Eof) => break,
                Ok(_) => {}
                Err(error) => panic!("{}: {error}", reply.path),
            }
        }
    }
}

fn visit(node: &Handle, tell: &mut impl FnMut(&str, &str, &str)) {
    if let NodeData::Element { name, attrs, .. } = &node.data {
        tell(&name.local, "", "");
        let mut is_data = false;
        for attr in attrs.borrow().iter() {
            tell(&name.local, &attr.name.local, &attr.value);
            is_data |= &*attr.value == "application/ld+json";
        }
        if is_data {
            let text: String = node
                .children
                .borrow()
                .iter()
                .map(|child| match &child.data {
                    NodeData::Text { contents } => contents.borrow().to_string(),
                    _ => String::new(),
                })
                .collect();
            serde_json::from_str::<serde_json::Value>(&text).expect("structured data is data");
        }
    }
    for child in node.children.borrow().iter() {
        visit(child, tell);
    }
}

/// The judge is itself put to the test.
#[test]
fn the_judge_sees_what_is_foreign() {
    let site = Site::reading(yeoun::db::StoreKind::Sqlite);
    let ours = Ours::learn(site, &site.anon());
    let page = site.get("/songs/stay-with-me");
    ours.judge(&page);
    for foreign in [
        "<img src=/x onerror=x()>",
        "<a href='java&#10;script:x()'>x</a>",
        "<script src=https://elsewhere.example/x.js></script>",
        "<iframe></iframe>",
        "<p style='color:red'>x</p>",
        "<svg><animate></svg>",
    ] {
        let mut attacked = page.clone();
        let source = page
            .source()
            .replace("</main>", &format!("{foreign}</main>"));
        attacked.bytes = source.into_bytes();
        let judged =
            std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| ours.judge(&attacked)));
        assert!(judged.is_err(), "{foreign} was let through");
    }
}
