//! Editors who open forms and save them, over HTTP, as a browser without a script would.

use std::collections::BTreeMap;
use std::error::Error;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use crate::ledger::{Ledger, details};
use crate::typing::fields_of;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::json;
use yeoun::db::{Conn, Db, DbError};
use yeoun::models::page::document::Document;
use yeoun::models::page::revision::Revision;
use yeoun::models::page::save::{self, Proposal};
use yeoun::models::page::{Kind, Page};
use yeoun::models::user::join::{self, Newcomer};
use yeoun::models::user::{Editor as Proof, Role, UserName, password};

/// The first thing that goes wrong ends it.
pub type Outcome<T = ()> = Result<T, Box<dyn Error + Send + Sync>>;

/// How many edit at once.
pub const EDITORS: usize = 8;
/// Few songs for all of them, so that most saves meet another.
pub const FEW: [&str; 4] = ["stay-with-me", "beautiful", "round-and-round", "always"];
const PASSWORD: &str = "correct horse battery";
const FORM: &str = "application/x-www-form-urlencoded";

/// Whose credit it is, on which song.
pub type Place = (usize, usize);

/// What the editors work on.
#[derive(Debug, Clone)]
pub struct Desk {
    /// Addresses of the songs; everybody edits all of them.
    pub songs: Vec<String>,
    rows: BTreeMap<Place, i64>,
}

/// Everybody's name.
pub fn name(editor: usize) -> String {
    format!("Editor number {editor}")
}

/// Makes the editors.
pub fn join(db: &Db, at: i64) -> Outcome {
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
        Ok(())
    })?)
}

/// Gives each of them a credit on every one of these songs.
pub fn prepare(db: &Db, songs: &[&str], at: i64) -> Outcome<Desk> {
    let songs: Vec<String> = songs.iter().map(|slug| (*slug).to_owned()).collect();
    let slugs = songs.clone();
    let rows = db.write_blocking(move |conn| -> Result<_, DbError> {
        let mut rows = BTreeMap::new();
        for (song, slug) in slugs.iter().enumerate() {
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
    })?;
    Ok(Desk { songs, rows })
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
        document: Document::from_value(page.kind, &content)
            .map_err(|fault| broken(fault.message))?,
        note: String::new(),
        at,
        tags: &[],
    };
    save::save(conn, &Proof::operator(), page.id, &proposal)
        .map_err(|error| broken(error.to_string()))?;
    Ok(())
}

/// An editor with a browser.
pub struct Editor {
    number: usize,
    agent: ureq::Agent,
    cookie: String,
    desk: Desk,
    next: u64,
    pub ledger: Ledger,
}

/// A form with the next number typed into it.
pub struct Typed {
    song: usize,
    path: String,
    pairs: Vec<(String, String)>,
}

impl Editor {
    /// Logs in.
    pub fn enter(number: usize, address: SocketAddr, desk: &Desk) -> Outcome<Self> {
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
            desk: desk.clone(),
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
        match self.open(address)? {
            Some(typed) => self.press(address, typed),
            None => Ok(()),
        }
    }

    /// Opens a song's form and writes the next number into the own credit; nothing where the form is refused.
    pub fn open(&mut self, address: SocketAddr) -> Outcome<Option<Typed>> {
        self.next += 1;
        let songs = &self.desk.songs;
        // Far apart, so that nobody follows upon another's heels.
        let song =
            (self.number * songs.len() / EDITORS + usize::try_from(self.next)?) % songs.len();
        let slug = songs.get(song).ok_or("no such song")?;
        let row = self
            .desk
            .rows
            .get(&(song, self.number))
            .ok_or("no credit")?;
        let path = format!("/songs/{slug}/edit");
        let page = self
            .agent
            .get(format!("http://{address}{path}"))
            .header("cookie", &self.cookie)
            .call()?;
        if page.status() != 200 {
            let refusal = format!("{path} answered {}", page.status());
            self.ledger.refusals.push(refusal);
            return Ok(None);
        }
        let mut pairs = fields_of(&page.into_body().read_to_string()?, &path);
        let field = format!("credits.{row}.detail");
        let typed = pairs.iter_mut().find(|(name, _)| *name == field);
        typed.ok_or("the credit is not in the form")?.1 = self.next.to_string();
        pairs.push(("_op".to_owned(), "save".to_owned()));
        Ok(Some(Typed { song, path, pairs }))
    }

    /// Saves what was typed.
    pub fn press(&mut self, address: SocketAddr, typed: Typed) -> Outcome {
        let Typed { song, path, pairs } = typed;
        self.ledger.tried.insert(song, self.next);
        let body = encoded(&pairs);
        let begun = Instant::now();
        let request = self
            .agent
            .post(format!("http://{address}{path}"))
            .header("cookie", &self.cookie);
        let answer = request.content_type(FORM).send(body)?;
        let took = begun.elapsed();
        let saved = answer
            .headers()
            .get("location")
            .and_then(|to| to.to_str().ok());
        let is_saved = answer.status() == 303
            && saved.is_some_and(|to| to.contains("?saved=") && !to.ends_with("=0"));
        if is_saved {
            let numbers = self.ledger.acknowledged.entry(song).or_default();
            numbers.push(self.next);
            self.ledger.saves += 1;
            self.ledger.took.push(took);
        } else {
            let refusal = format!("{path} was answered {} {saved:?}", answer.status());
            self.ledger.refusals.push(refusal);
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
