//! Editors who save as fast as they can, over HTTP and with the real forms, and the ledger of what they were promised.

use std::collections::BTreeMap;
use std::error::Error;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use crate::typing::fields_of;
use diesel::prelude::*;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};
use yeoun::db::{Conn, Db, DbError};
use yeoun::models::page::document::Document;
use yeoun::models::page::revision::Revision;
use yeoun::models::page::save::{self, Proposal};
use yeoun::models::page::{Kind, Page, PageId};
use yeoun::models::user::join::{self, Newcomer};
use yeoun::models::user::{Editor as Proof, Role, UserName, password};
use yeoun::schema::revisions;

/// The first thing that goes wrong ends it.
pub type Outcome<T = ()> = Result<T, Box<dyn Error + Send + Sync>>;

/// How many edit at once.
pub const EDITORS: usize = 8;
/// The songs they edit, all of them each.
pub const SONGS: [&str; 4] = ["stay-with-me", "beautiful", "round-and-round", "always"];
const PASSWORD: &str = "correct horse battery";
const FORM: &str = "application/x-www-form-urlencoded";

/// Whose credit it is, on which song.
pub type Place = (usize, usize);

/// The credit of each editor: its row, and the number it says.
type Rows = BTreeMap<usize, (i64, u64)>;

fn name(editor: usize) -> String {
    format!("Editor number {editor}")
}

/// Makes the editors, and a credit for each of them on every song. Answers the row of each.
pub fn prepare(db: &Db, at: i64) -> Outcome<BTreeMap<Place, i64>> {
    let hashed = password::hash(PASSWORD, [7; 16])?;
    Ok(db.write_blocking(move |conn| -> Result<_, DbError> {
        for editor in 0..EDITORS {
            let newcomer = Newcomer {
                name: UserName::parse(&name(editor))
                    .map_err(|fault| DbError::Panicked(fault.to_string()))?,
                password: hashed.clone(),
            };
            join::create(conn, &newcomer, Role::Editor, at)
                .map_err(|error| DbError::Panicked(error.to_string()))?;
        }
        let mut rows = BTreeMap::new();
        for (song, slug) in SONGS.iter().enumerate() {
            let page = Page::at(conn, Kind::Song, slug)?.ok_or(diesel::result::Error::NotFound)?;
            add_credits(conn, &page, at)?;
            let (_, details) = details(conn, slug)?;
            rows.extend(
                details
                    .into_iter()
                    .map(|(editor, (row, _))| ((song, editor), row)),
            );
        }
        Ok(rows)
    })?)
}

fn add_credits(conn: &mut Conn, page: &Page, at: i64) -> Result<(), DbError> {
    let latest = Revision::latest(conn, page)?.ok_or(diesel::result::Error::NotFound)?;
    let mut content = latest.flat().map_err(diesel::result::Error::from)?;
    let credits = content.entry("credits").or_insert_with(|| json!([]));
    for editor in 0..EDITORS {
        if let Some(list) = credits.as_array_mut() {
            list.push(json!({"role": "producer", "text": name(editor), "detail": "0"}));
        }
    }
    let broken = |what: String| DbError::Panicked(what);
    let proposal = Proposal {
        base: page.revision_id,
        document: Document::from_value(page.kind, content)
            .map_err(|fault| broken(fault.message))?,
        note: String::new(),
        at,
        tags: &[],
    };
    save::save(conn, &Proof::operator(), page.id, &proposal)
        .map_err(|error| broken(error.to_string()))?;
    Ok(())
}

/// What the credits of the editors say on a song now: row and number; and how many revisions the song has.
fn details(conn: &mut Conn, slug: &str) -> QueryResult<(i64, Rows)> {
    let page = Page::at(conn, Kind::Song, slug)?.ok_or(diesel::result::Error::NotFound)?;
    let latest = Revision::latest(conn, &page)?.ok_or(diesel::result::Error::NotFound)?;
    Ok((latest.number, told(&latest.content)))
}

/// The editors' credits in a content.
fn told(content: &str) -> Rows {
    let content: Value = serde_json::from_str(content).unwrap_or_default();
    let credits = content.get("credits").and_then(Value::as_array);
    let text = |row: &Value, key: &str| row.get(key).and_then(Value::as_str).map(str::to_owned);
    let of = |row: &Value| {
        let who = text(row, "text")?;
        let editor = (0..EDITORS).find(|editor| name(*editor) == who)?;
        let number = text(row, "detail")?.parse().ok()?;
        Some((editor, (row.get("id")?.as_i64()?, number)))
    };
    credits.into_iter().flatten().filter_map(of).collect()
}

/// What one editor was promised: the numbers that were acknowledged for each song, and the last that was tried.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    pub acknowledged: BTreeMap<usize, Vec<u64>>,
    pub tried: BTreeMap<usize, u64>,
    pub saves: u64,
    /// How long each acknowledged save took, from the press of the button.
    pub took: Vec<Duration>,
    /// Answers that were neither a save nor the end of the server.
    pub refusals: Vec<String>,
}

/// An editor with a browser.
pub struct Editor {
    number: usize,
    agent: ureq::Agent,
    cookie: String,
    rows: BTreeMap<Place, i64>,
    next: u64,
    pub ledger: Ledger,
}

impl Editor {
    /// Logs in.
    pub fn enter(number: usize, address: SocketAddr, rows: &BTreeMap<Place, i64>) -> Outcome<Self> {
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_global(Some(Duration::from_secs(60)))
            .build()
            .into();
        let mut editor = Self {
            number,
            agent,
            cookie: String::new(),
            rows: rows.clone(),
            next: 0,
            ledger: Ledger::default(),
        };
        let form = [("name", name(number)), ("password", PASSWORD.to_owned())];
        let answer = editor
            .agent
            .post(format!("http://{address}/login"))
            .content_type(FORM)
            .send(encoded(&form))?;
        let cookie = answer
            .headers()
            .get("set-cookie")
            .and_then(|value| value.to_str().ok());
        let cookie = cookie
            .and_then(|value| value.split(';').next())
            .ok_or("no session began")?;
        editor.cookie = cookie.to_owned();
        Ok(editor)
    }

    /// Opens a song's form, writes the next number into the own credit, and saves. An error is the server's end.
    pub fn save(&mut self, address: SocketAddr) -> Outcome {
        self.next += 1;
        let song = (self.number + usize::try_from(self.next)?) % SONGS.len();
        let slug = SONGS.get(song).ok_or("no such song")?;
        let row = self.rows.get(&(song, self.number)).ok_or("no credit")?;
        let path = format!("/songs/{slug}/edit");
        let page = self
            .agent
            .get(format!("http://{address}{path}"))
            .header("cookie", &self.cookie)
            .call()?;
        if page.status() != 200 {
            self.ledger
                .refusals
                .push(format!("{path} answered {}", page.status()));
            return Ok(());
        }
        let mut pairs = fields_of(&page.into_body().read_to_string()?, &path);
        let field = format!("credits.{row}.detail");
        let typed = pairs.iter_mut().find(|(name, _)| *name == field);
        typed.ok_or("the credit is not in the form")?.1 = self.next.to_string();
        pairs.push(("_op".to_owned(), "save".to_owned()));
        self.ledger.tried.insert(song, self.next);
        let begun = Instant::now();
        let request = self
            .agent
            .post(format!("http://{address}{path}"))
            .header("cookie", &self.cookie);
        let answer = request.content_type(FORM).send(encoded(&pairs))?;
        let took = begun.elapsed();
        let saved = answer
            .headers()
            .get("location")
            .and_then(|to| to.to_str().ok());
        let is_saved = answer.status() == 303
            && saved.is_some_and(|to| to.contains("?saved=") && !to.ends_with("=0"));
        if is_saved {
            self.ledger
                .acknowledged
                .entry(song)
                .or_default()
                .push(self.next);
            self.ledger.saves += 1;
            self.ledger.took.push(took);
        } else {
            self.ledger.refusals.push(format!(
                "a save on {slug} was answered {} {saved:?}",
                answer.status()
            ));
        }
        Ok(())
    }
}

fn encoded<N: AsRef<str>, V: AsRef<str>>(pairs: &[(N, V)]) -> String {
    let escaped = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let pair =
        |(name, value): &(N, V)| format!("{}={}", escaped(name.as_ref()), escaped(value.as_ref()));
    pairs.iter().map(pair).collect::<Vec<_>>().join("&")
}

/// Looks whether everything acknowledged is there, in the pages and in their history; what was tried last may be there or not.
/// Answers how many revisions the songs have.
pub fn settle(db: &Db, ledgers: &[Ledger]) -> Outcome<u64> {
    let mut all = 0;
    for (song, slug) in SONGS.iter().enumerate() {
        let (count, now, past) = db.read_blocking(move |conn| {
            let (count, now) = details(conn, slug)?;
            let page = Page::at(conn, Kind::Song, slug)?.ok_or(diesel::result::Error::NotFound)?;
            Ok((count, now, history(conn, page.id)?))
        })?;
        all += u64::try_from(count)?;
        for (editor, ledger) in ledgers.iter().enumerate() {
            let promised = ledger
                .acknowledged
                .get(&song)
                .map(Vec::as_slice)
                .unwrap_or_default();
            let acknowledged = promised.last().copied().unwrap_or(0);
            let tried = ledger.tried.get(&song).copied().unwrap_or(0);
            let found = now.get(&editor).map(|(_, number)| *number);
            if !found.is_some_and(|found| (acknowledged..=tried).contains(&found)) {
                return Err(format!("{slug}: editor {editor} was promised {acknowledged} and the page says {found:?}").into());
            }
            let numbers = past.get(&editor).map(Vec::as_slice).unwrap_or_default();
            let lost: Vec<&u64> = promised
                .iter()
                .filter(|number| numbers.binary_search(number).is_err())
                .collect();
            if !lost.is_empty() || !numbers.is_sorted() {
                return Err(format!(
                    "{slug}: the history of editor {editor} is {numbers:?} and lacks {lost:?}"
                )
                .into());
            }
        }
    }
    Ok(all)
}

/// The numbers each editor's credit went through, in the order of the revisions.
fn history(conn: &mut Conn, page: PageId) -> QueryResult<BTreeMap<usize, Vec<u64>>> {
    let contents: Vec<String> = revisions::table
        .filter(revisions::page_id.eq(page))
        .order(revisions::number)
        .select(revisions::content)
        .load(conn)?;
    let mut past: BTreeMap<usize, Vec<u64>> = BTreeMap::new();
    for content in contents {
        for (editor, (_, number)) in told(&content) {
            let numbers = past.entry(editor).or_default();
            if numbers.last() != Some(&number) {
                numbers.push(number);
            }
        }
    }
    Ok(past)
}
