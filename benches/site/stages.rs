//! What the stages of a cold song page cost: each alone, many times over, inside this process. A stage alone runs with warm
//! processor caches on one thread, so the stages add up to less than a request; a profiler tells what the rest is.

use std::process;

use yeoun::db::{Conn, Db};
use yeoun::models::page::card::Cards;
use yeoun::models::page::document::Document;
use yeoun::models::page::revision::Revision;
use yeoun::models::page::view::View;
use yeoun::models::page::{Kind, Page};
use yeoun::models::prose::ProseLinks;
use yeoun::models::song::show::SongView;
use yeoun::text::markdown;

use crate::hot::PAGE;
use crate::pages::Statements;
use crate::{Outcome, machine};

/// Times each stage is run: the kernel's clock is coarse.
const TIMES: usize = 10_000;

/// Everything the stages before have found, for those after them.
#[derive(Clone)]
struct Found {
    page: Page,
    revision: Revision,
    document: Document,
    links: ProseLinks,
}

/// Prints the stages of [`PAGE`].
pub fn print(db: &Db) -> Outcome {
    let slug = PAGE.rsplit('/').next().unwrap_or_default();
    let found = db.read_blocking(move |conn| find(conn, slug))?;
    println!("  stages of {PAGE}, CPU us, {TIMES} times each:");
    let revision = stage(db, "page and latest revision", move |conn| {
        Revision::at(conn, Kind::Song, slug).map(drop)
    })?;
    let of = found.clone();
    stage(db, "  (of the next: reading the JSON)", move |_| {
        Ok(of.revision.document(Kind::Song).map(drop)?)
    })?;
    let of = found.clone();
    let view = stage(db, "view: facts, cards, releases", move |conn| {
        SongView::load(conn, of.page.clone(), of.revision.clone()).map(drop)
    })?;
    let of = found.clone();
    let links = stage(db, "links of the prose", move |conn| {
        ProseLinks::load(conn, &of.document.prose, &Cards::default()).map(drop)
    })?;
    let of = found.clone();
    let parse = stage(db, "prose: parsing", move |_| {
        let _ = markdown::parse(&of.document.prose)
            .map(|prose| std::hint::black_box(prose.links().len()));
        Ok(())
    })?;
    let of = found.clone();
    let prose = stage(db, "prose: parsing, rendering, cleaning", move |_| {
        let _ = markdown::parse(&of.document.prose)
            .map(|prose| std::hint::black_box(prose.render(&|link| of.links.target(link))));
        Ok(())
    })?;
    let whole = Statements::of(db)?;
    whole.ask(PAGE, 100)?;
    let before = machine::cpu_seconds(process::id())?;
    whole.ask(PAGE, TIMES)?;
    let all = (machine::cpu_seconds(process::id())? - before) * 1e6 / TIMES as f64;
    let rest = all - revision - view - links - prose;
    println!("    {:<38} {all:6.1}", "whole request, without sockets");
    println!("    {:<38} {rest:6.1}", "of it: not in any stage above");
    println!(
        "    (parsing alone is done twice: {parse:.1} of the links and of the prose), {}",
        machine::load()?
    );
    Ok(())
}

fn find(conn: &mut Conn, slug: &str) -> diesel::QueryResult<Found> {
    let (page, revision) =
        Revision::at(conn, Kind::Song, slug)?.ok_or(diesel::result::Error::NotFound)?;
    let document = revision.document(Kind::Song)?;
    let links = ProseLinks::load(conn, &document.prose, &Cards::default())?;
    Ok(Found {
        page,
        revision,
        document,
        links,
    })
}

/// Runs one stage in one read; answers and prints CPU microseconds and statements of one time.
fn stage(
    db: &Db,
    name: &str,
    work: impl Fn(&mut Conn) -> diesel::QueryResult<()> + Send + 'static,
) -> Outcome<f64> {
    let run = move |conn: &mut Conn, times: usize| -> diesel::QueryResult<()> {
        for _ in 0..times {
            work(conn)?;
        }
        Ok(())
    };
    let counted = db.statements();
    let before = machine::cpu_seconds(process::id())?;
    db.read_blocking(move |conn| run(conn, TIMES))?;
    let micros = (machine::cpu_seconds(process::id())? - before) * 1e6 / TIMES as f64;
    println!(
        "    {name:<38} {micros:6.1}, {} statements",
        (db.statements() - counted) / TIMES as u64
    );
    Ok(micros)
}
