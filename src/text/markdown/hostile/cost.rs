//! What hostile texts may cost: CPU time and size of the result.

use std::process::Command;

use crate::text::markdown::conformance::corpora;
use crate::text::markdown::{WikiLink, parse, sanitise};

/// CPU time one text of 64 kB may take in an optimised build.
const BUDGET_MS: f64 = 50.0;
/// Without optimisation everything takes about this many times as long.
const DEBUG_FACTOR: f64 = if cfg!(debug_assertions) { 20.0 } else { 1.0 };

/// Nanoseconds this thread has run, where the system tells.
fn cpu_ns() -> Option<u64> {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    stat.split_whitespace().next()?.parse().ok()
}

/// Complains about a text that is not cheap.
fn complaint(name: &str, source: &str, budget_ms: f64) -> Option<String> {
    let mut best = f64::MAX;
    let mut output = String::new();
    // What the machine does beside this disturbs single measurements, so the best of five counts.
    for _ in 0..5 {
        let before = cpu_ns();
        output = parse(source)
            .unwrap()
            .render(&|_: &WikiLink| None)
            .html
            .to_string();
        let Some((before, after)) = before.zip(cpu_ns()) else {
            break;
        };
        best = best.min((after - before) as f64 / 1e6);
        if best < budget_ms / 2.0 {
            break;
        }
    }
    println!(
        "{best:8.1} ms {:5.1} x  {name}",
        output.len() as f64 / source.len() as f64
    );
    assert_eq!(sanitise(&output), output, "{name}");
    let slow = best != f64::MAX && best >= budget_ms * DEBUG_FACTOR;
    let large = output.len() > source.len() * 20;
    (slow || large).then(|| {
        format!(
            "{name}: {best:.1} ms, {} bytes of {}",
            output.len(),
            source.len()
        )
    })
}

fn cut(source: &str, bytes: usize) -> &str {
    source
        .get(..source.floor_char_boundary(bytes))
        .unwrap_or("")
}

#[test]
fn pathological_texts_of_64_kb_are_cheap() {
    let Some(corpora) = corpora() else { return };
    let folder = tempfile::tempdir().unwrap();
    let made = Command::new("python3")
        .arg(corpora.join("markdown-pathological/gen.py"))
        .arg(folder.path())
        .arg("1.0")
        .output();
    if !made.is_ok_and(|made| made.status.success()) {
        println!("skipped: the texts could not be made");
        return;
    }
    let mut count = 0;
    let mut complaints = Vec::new();
    for file in std::fs::read_dir(folder.path()).unwrap() {
        let file = file.unwrap();
        let source = String::from_utf8_lossy(&std::fs::read(file.path()).unwrap()).into_owned();
        complaints.extend(complaint(
            &file.file_name().to_string_lossy(),
            cut(&source, 64 * 1024),
            BUDGET_MS,
        ));
        count += 1;
    }
    assert_eq!(complaints, Vec::<String>::new());
    assert_eq!(count, 70);
}

#[test]
fn our_own_syntax_is_cheap_in_any_amount() {
    let mut complaints = Vec::new();
    for (name, unit) in [
        ("spoilers", ":::spoiler ep=9\n"),
        ("spoilers closed", ":::spoiler\n:::\n"),
        ("cards", "![[song#1]]\n\n"),
        ("links", "[[song:a]]"),
        ("links in rows", "|[[a|b]]"),
        ("open links in rows", "|[["),
        ("bad links", "[[a]]"),
        ("footnotes", "[^a]"),
        ("korean", "가a"),
        ("empty headings", "#\n"),
        ("quotes", ">\n\n"),
        ("reference", "[a] "),
        ("images in links", "[![a](b)](c)"),
        ("html", "<b>"),
        ("html block", "<div>\n"),
        ("emphasis", "*a*"),
        ("no-break spaces", "\u{a0}a"),
        ("carriage returns", "a&#13;"),
        ("less than", "<"),
        ("cells", "|"),
        ("aligned cells", "x|"),
        ("lines", "a\n"),
        ("paragraphs", "a\n\n"),
        ("hard breaks", "a\\\n"),
        ("items", "-\n"),
    ] {
        let mut source = unit.repeat(64 * 1024 / unit.len());
        if name.ends_with("cells") {
            source = format!(
                "|x|y|\n|-|:-:|\n{}\n|x|y|\n|:-:|:-:|\n{source}",
                "|x|y|z\n".repeat(10)
            );
        }
        source.push_str("\n\n[a]: //b\n\n[^a]: x\n");
        complaints.extend(complaint(name, &source, 2.0 * BUDGET_MS));
    }
    assert_eq!(complaints, Vec::<String>::new());
}
