//! The strings: a few of our own that are always there, and public collections where they lie beside the project.

use std::path::PathBuf;

/// One of each way out of a context we know of.
const OWN: [&str; 28] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "</title><svg onload=alert(1)>",
    "</textarea><script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<!--<script>--!><img src=x onerror=alert(1)>",
    "javascript:alert(1)",
    "java\nscript:alert(1)",
    "[x](javascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "<javascript:alert(1)>",
    "![x](https://elsewhere.example/x.png)",
    "<a href=\"&#106;avascript:alert(1)\">x</a>",
    "<style>@import 'https://elsewhere.example/x.css'</style>",
    "<form action=https://elsewhere.example><input name=token></form>",
    "<base href=https://elsewhere.example/>",
    "<meta http-equiv=refresh content='0;url=https://elsewhere.example'>",
    "{{7*7}}${7*7}<%= 7*7 %>",
    "[[song:\"><b>x|<i>y</i>]]",
    ":::spoiler ep=\"><script>\nx\n:::",
    "[^1]: <script>x</script>\n\n[^1]",
    "# <a name=body>x</a> {#token}",
    "\u{202e}txt.exe\u{202c}",
    "\u{feff}\u{200b}\u{2060}",
    "'; DROP TABLE pages; --",
    "%00%0d%0aSet-Cookie:x=1",
    "]]>&lt;script&gt;alert(1)&lt;/script&gt;",
];

fn corpora() -> Option<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    ["../shared/corpora", "../../shared/corpora"]
        .into_iter()
        .map(|path| root.join(path))
        .find(|path| path.is_dir())
}

/// Every string there is.
pub fn all() -> Vec<String> {
    let mut all: Vec<String> = OWN.into_iter().map(str::to_owned).collect();
    let Some(corpora) = corpora() else {
        println!("no collections of attack strings beside the project: only our own are used");
        return all;
    };
    // A few lines are no text, which a form cannot send either.
    let read = |path: &str| {
        String::from_utf8_lossy(&std::fs::read(corpora.join(path)).unwrap()).into_owned()
    };
    for line in read("xss/all.jsonl").lines() {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        all.push(row.get("payload").unwrap().as_str().unwrap().to_owned());
    }
    let naughty: Vec<String> = serde_json::from_str(&read("naughty-strings/blns.json")).unwrap();
    all.extend(naughty);
    for list in ["open-redirect", "path-traversal", "sqli", "ssti"] {
        // Their lines are much alike.
        let text = read(&format!("lists/{list}.txt"));
        all.extend(text.lines().step_by(9).map(str::to_owned));
    }
    all
}

/// All strings, over and over, so that each field gets another one each time.
pub struct Endless {
    all: Vec<String>,
    next: usize,
}

impl Endless {
    pub fn all() -> Self {
        Self {
            all: all(),
            next: 0,
        }
    }

    /// What to type into a field: a dozen paragraphs into prose, one string that is not too long into all else.
    pub fn next_for(&mut self, field: &str) -> String {
        if field == "prose" {
            let parts: Vec<String> = (0..24).map(|_| self.one(2000)).collect();
            return parts.join("\n\n");
        }
        self.one(180)
    }

    fn one(&mut self, longest: usize) -> String {
        loop {
            self.next = (self.next + 1) % self.all.len();
            let string = self.all.get(self.next).unwrap();
            if string.chars().count() <= longest {
                return string.clone();
            }
        }
    }
}
