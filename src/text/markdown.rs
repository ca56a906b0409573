//! stub
pub use super::html::Html;
use super::slug::Slug;
#[derive(Debug,Clone,PartialEq)]
pub enum LinkKey{Id(i64),Slug(Slug),Bad(String)}
#[derive(Debug,Clone,PartialEq)]
pub struct WikiLink{pub kind:String,pub key:LinkKey,pub text:Option<String>,pub embed:bool}
pub fn rewrite_links(s:&str,_f:impl FnMut(&WikiLink)->Option<String>)->String{s.to_owned()}
pub struct Prose<'a>(&'a str);
/// The longest source text, in bytes.
pub const MAX_SOURCE_BYTES: usize = 256 * 1024;

/// Blocks and emphasis deeper than this many levels keep their text and lose their markup: the cost of the allow-list
/// grows with the square of the depth.
pub const MAX_DEPTH: usize = 32;

/// Embeds beyond this number are plain links.
pub const MAX_CARDS: usize = 200;

/// Why a text cannot be prose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProseError {
    /// It is longer than [`MAX_SOURCE_BYTES`].
    #[error("The text is too long: it has {bytes} bytes, and at most {MAX_SOURCE_BYTES} are possible. Split it into several pages.")]
    TooLong {
        /// Its length.
        bytes: usize,
    },
}

/// The page a link leads to, as the caller knows it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Target {
    /// Its address on this site.
    pub href: String,
    /// Its display name.
    pub title: String,
    /// Its Korean name.
    pub native: Option<String>,
    /// A line for the card: artists, drama, year.
    pub detail: String,
    /// The address of its square picture on this site.
    pub art: Option<String>,
    /// drama, song, artist, album or article.
    pub kind: String,
}

/// A heading of the written prose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 2 to 6.
    pub level: u8,
    /// Its `id`, beginning with `s-`.
    pub id: String,
    /// Its plain text.
    pub text: String,
}

/// Prose as HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// The whole, footnotes at its end.
    pub html: Html,
    /// Its headings in order, without the one of the footnotes.
    pub headings: Vec<Heading>,
    /// Whether there is a section `footnotes`.
    pub has_footnotes: bool,
    /// Plain text of the first paragraph outside spoilers, for descriptions. Empty when there is none.
    pub text_start: String,
}


pub fn parse(source:&str)->Result<Prose<'_>,ProseError>{Ok(Prose(source))}
impl Prose<'_>{pub fn links(&self)->Vec<WikiLink>{vec![]}
pub fn render(&self,_t:&impl Fn(&WikiLink)->Option<Target>)->Rendered{Rendered{html:super::html::escape_lang(self.0),headings:vec![],has_footnotes:false,text_start:String::new()}}}
