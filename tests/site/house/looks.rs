//! Templates, style sheets and pictures.

use std::collections::BTreeSet;

use super::{files, having, none, source};

#[test]
fn html_is_escaped_unless_our_own_renderer_made_it() {
    let mut found = Vec::new();
    for file in files("templates", "html") {
        let text = file.text.replace(' ', "");
        found.extend(
            ["|safe", "escape=\"none\"", "{%filterescape"]
                .iter()
                .filter(|word| text.contains(**word))
                .map(|word| format!("{}: {word}", file.path)),
        );
        for wrong in [
            "style=\"",
            "<style",
            "onclick=",
            "onload=",
            "href=\"\"",
            "javascript:",
        ] {
            if file.text.contains(wrong) {
                found.push(format!("{}: {wrong}", file.path));
            }
        }
        for script in file.text.split("<script").skip(1) {
            let tag = script.split('>').next().unwrap_or_default();
            if !tag.contains("src=") && !tag.contains("application/ld+json") {
                found.push(format!("{}: <script{tag}>", file.path));
            }
        }
    }
    none("unescaped or inline", &found);
    let safe: Vec<String> = having("src", &["HtmlSafe", "filters::Safe", "escape = \"none\""])
        .into_iter()
        .filter(|line| !line.starts_with("src/text/html.rs") && !line.starts_with("src/web/"))
        .collect();
    none("HTML marked safe elsewhere", &safe);
}

#[test]
fn every_template_is_used() {
    let templates = files("templates", "html");
    let mut used: BTreeSet<String> = BTreeSet::new();
    let quoted = |text: &str, before: &str, used: &mut BTreeSet<String>| {
        used.extend(
            text.split(before)
                .skip(1)
                .filter_map(|rest| rest.split('"').nth(1))
                .map(str::to_owned),
        );
    };
    for file in source() {
        quoted(&file.text, "template(path", &mut used);
    }
    for file in &templates {
        for word in ["extends", "include", "import"] {
            quoted(&file.text, &format!("{word} "), &mut used);
        }
    }
    let unused: Vec<String> = templates
        .iter()
        .map(|file| file.path.trim_start_matches("templates/").to_owned())
        .filter(|path| !used.contains(path))
        .collect();
    none("templates nobody uses", &unused);
}

#[test]
fn every_picture_and_script_is_used() {
    let mut text = String::new();
    for file in files("templates", "html")
        .into_iter()
        .chain(source())
        .chain(files("static", "css"))
        .chain(files("static", "js"))
        .chain(files("static", "webmanifest"))
    {
        text.push_str(&file.text);
    }
    let unused: Vec<String> = files("static", "svg")
        .into_iter()
        .chain(files("static", "js"))
        .map(|file| file.path.trim_start_matches("static/").to_owned())
        .filter(|path| !path.starts_with("root/") && !text.contains(path.as_str()))
        .collect();
    none("files nobody names", &unused);
}

#[test]
fn every_class_of_the_style_sheets_occurs() {
    let mut text = String::new();
    for file in files("templates", "html")
        .into_iter()
        .chain(source())
        .chain(files("static", "js"))
    {
        text.push_str(&file.text);
    }
    let mut unused = BTreeSet::new();
    for file in files("static", "css") {
        let sheet: String = file
            .text
            .split("/*")
            .map(|part| part.split_once("*/").map_or(part, |(_, rest)| rest))
            .collect();
        for name in sheet.split('.').skip(1) {
            let class: String = name
                .chars()
                .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
                .collect();
            // A class may be put together: `mood-{{ family }}`.
            let stem = class
                .rsplit_once('-')
                .map_or(class.as_str(), |(stem, _)| stem);
            let is_class = class.starts_with(|c: char| c.is_ascii_lowercase());
            if is_class && !text.contains(&class) && !text.contains(&format!("{stem}-{{")) {
                unused.insert(format!("{}: .{class}", file.path));
            }
        }
    }
    none(
        "classes nobody has",
        &unused.into_iter().collect::<Vec<_>>(),
    );
}
