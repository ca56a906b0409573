//! A tour through the forms that say why, and those for what is not there yet: reasons of moderators, notes of what is taken back, drafts, new
//! pages.

use std::collections::BTreeMap;

use crate::support::form::Form;
use crate::support::{Actor, Reply, Site};

/// Where it happens. The pages end as they began, but for their history.
const SONG: &str = "/songs/hush";
const OTHER: &str = "/songs/a-little-girl";

/// Somebody who fills in one form after the other.
pub struct Tour<'a> {
    pub site: &'a Site,
    pub moderator: Actor<'a>,
    pub editor: Actor<'a>,
    /// What to type into a field.
    pub words: &'a mut dyn FnMut(&str) -> String,
    /// Looks at every answer.
    pub see: &'a mut dyn FnMut(&Reply),
    /// How often each form was taken.
    pub taken: BTreeMap<&'static str, usize>,
}

impl Tour<'_> {
    fn get(&mut self, by: &Actor<'_>, path: &str) -> Reply {
        let reply = by.get(path);
        self.look(reply)
    }

    fn look(&mut self, reply: Reply) -> Reply {
        assert!(reply.status < 500, "{}: {}", reply.path, reply.status);
        (self.see)(&reply);
        reply
    }

    /// One line, as a field for a reason takes it: two strings.
    fn reason(&mut self) -> String {
        let (one, other) = ((self.words)("reason"), (self.words)("reason"));
        format!("{one} {other}")
    }

    /// Opens a form, sends it, and follows where the answer leads.
    fn send(&mut self, what: &'static str, by: &Actor<'_>, to: &str, pairs: &[(&str, &str)]) {
        let reply = by.post(to, pairs);
        let reply = self.look(reply);
        if reply.status == 303 {
            *self.taken.entry(what).or_default() += 1;
            self.get(by, reply.header("location"));
        }
    }

    /// The same with a reason in it.
    fn because(&mut self, what: &'static str, by: &Actor<'_>, to: &str, pairs: &[(&str, &str)]) {
        let reason = self.reason();
        let mut pairs = pairs.to_vec();
        pairs.push(("reason", &reason));
        self.send(what, by, to, &pairs);
    }

    /// Once more with a reason that nobody refuses, so that the next form finds what it needs.
    fn plainly(&mut self, by: &Actor<'_>, to: &str, pairs: &[(&str, &str)]) {
        let mut pairs = pairs.to_vec();
        pairs.push(("reason", "Back as it was."));
        let reply = by.post(to, &pairs);
        self.look(reply);
    }

    /// Every form once.
    pub fn round(&mut self, number: usize) {
        self.site.wait(5);
        self.drafts();
        self.new_pages();
        self.edits(number);
        self.lives(number);
        self.people();
        let (moderator, editor) = (self.moderator.clone(), self.editor.clone());
        for path in ["/moderation", "/moderation/log", "/changes", "/watchlist"] {
            self.get(&moderator, path);
        }
        for path in [
            "/",
            "/changes",
            "/feeds/changes.atom",
            "/account",
            "/users/Mina",
            &format!("{SONG}/history"),
            &format!("{SONG}/info"),
            &format!("{SONG}/links"),
            &format!("{SONG}/diff"),
        ] {
            self.get(&editor, path);
        }
    }

    /// Fills every field of text.
    fn filled(&mut self, reply: &Reply, path: &str) -> Form {
        let mut form = Form::of(reply, path);
        for name in form.texts.clone() {
            let typed = (self.words)(&name);
            form = form.with(&name, &typed);
        }
        form
    }

    /// A draft that is kept, offered and listed, and thrown away.
    fn drafts(&mut self) {
        let (editor, edit) = (self.editor.clone(), format!("{OTHER}/edit"));
        let opened = self.get(&editor, &edit);
        let form = self.filled(&opened, &edit);
        let kept = form.press(&editor, "draft");
        if self.look(kept).status == 200 {
            *self.taken.entry("draft").or_default() += 1;
        }
        self.get(&editor, &edit);
        self.get(&editor, &format!("{edit}?draft=continue"));
        self.get(&editor, "/account");
        let thrown = form.press(&editor, "discard");
        self.look(thrown);
    }

    /// The form of a page that is not there, with what a link and what a member say of it.
    fn new_pages(&mut self) {
        let editor = self.editor.clone();
        for kind in ["dramas", "songs", "artists", "albums", "articles"] {
            let path = format!("/{kind}/new");
            let words = (self.words)("name");
            let escaped =
                percent_encoding::utf8_percent_encode(&words, percent_encoding::NON_ALPHANUMERIC);
            let opened = self.get(&editor, &format!("{path}?name={escaped}&at={escaped}"));
            let form = self.filled(&opened, &path);
            for button in ["preview", "save"] {
                let reply = form.press(&editor, button);
                self.look(reply);
            }
        }
    }

    /// An edit with a note, taken back with one, restored with one, and hidden for a reason.
    fn edits(&mut self, number: usize) {
        let (moderator, editor) = (self.moderator.clone(), self.editor.clone());
        let (edit, note) = (format!("{SONG}/edit"), self.reason());
        let opened = self.get(&editor, &edit);
        let form = Form::of(&opened, &edit)
            .with("prose", &format!("Words of round {number}."))
            .with("_note", &note);
        let saved = form.press(&editor, "save");
        assert_eq!(self.look(saved).status, 303);
        let latest = super::history_length(self.site, SONG).to_string();
        let hiding = format!("{SONG}/history/{latest}/hiding");
        let all = [("text", "yes"), ("note", "yes"), ("author", "yes")];
        self.because("hide what is shown", &moderator, &hiding, &all);
        let note = self.reason();
        let taken = [("revision", latest.as_str()), ("note", &note)];
        self.send("undo", &editor, &format!("{SONG}/undos"), &taken);
        let note = self.reason();
        let taken = [("revision", latest.as_str()), ("note", &note)];
        self.send("restore", &editor, &format!("{SONG}/restores"), &taken);
        self.get(&moderator, &hiding);
        self.because("hide nothing", &moderator, &hiding, &[]);
        self.because("hide", &moderator, &hiding, &all);
        self.get(&moderator, &format!("{SONG}/history/{latest}?hidden=show"));
        self.get(&editor, &format!("{SONG}/history/{latest}"));
        self.because("show", &moderator, &hiding, &[]);
    }

    /// Renamed, protected, deleted, merged, and all of it back.
    fn lives(&mut self, number: usize) {
        let (moderator, editor) = (self.moderator.clone(), self.editor.clone());
        let name = (self.words)("name");
        let moved = format!("a-little-girl-{number}");
        let rename = format!("{OTHER}/rename");
        self.get(&moderator, &rename);
        let named = [("address", moved.as_str()), ("name", &name)];
        self.because("rename with a name", &moderator, &rename, &named);
        let named = [("address", moved.as_str()), ("name", "")];
        self.because("rename", &moderator, &rename, &named);
        let back = [("address", "a-little-girl"), ("name", "A Little Girl")];
        self.because(
            "rename",
            &moderator,
            &format!("/songs/{moved}/rename"),
            &back,
        );
        for level in ["moderator", "member"] {
            let wanted = [("edit", level), ("rename", level), ("days", "")];
            let to = format!("{OTHER}/protection");
            self.get(&moderator, &to);
            self.because("protect", &moderator, &to, &wanted);
            self.get(&editor, OTHER);
            self.get(&editor, &format!("{OTHER}/edit"));
            self.get(&editor, &rename);
            self.plainly(&moderator, &to, &wanted);
        }
        self.get(&moderator, &format!("{OTHER}/deletion"));
        self.because("delete", &moderator, &format!("{OTHER}/deletion"), &[]);
        self.get(&editor, OTHER);
        self.because("undelete", &moderator, &format!("{OTHER}/undeletion"), &[]);
        self.plainly(&moderator, &format!("{OTHER}/undeletion"), &[]);
        let into = (self.words)("into");
        self.because(
            "merge",
            &moderator,
            &format!("{OTHER}/merge"),
            &[("into", &into)],
        );
        let into = [("into", "hush")];
        self.because("merge", &moderator, &format!("{OTHER}/merge"), &into);
        self.get(&moderator, &format!("{OTHER}/merge"));
        self.get(&editor, OTHER);
        self.because("unmerge", &moderator, &format!("{OTHER}/unmerge"), &[]);
        self.plainly(&moderator, &format!("{OTHER}/unmerge"), &[]);
    }

    /// A member who is blocked, reads why, is let go again, and whose edits are taken back.
    fn people(&mut self) {
        let (moderator, editor) = (self.moderator.clone(), self.editor.clone());
        for length in ["1w", "end"] {
            self.get(&moderator, "/users/Mina/block");
            let wanted = [("length", length)];
            self.because("block", &moderator, "/users/Mina/block", &wanted);
            self.get(&editor, "/account");
            self.get(&editor, &format!("{SONG}/edit"));
            self.get(&editor, "/users/Mina");
            self.plainly(&moderator, "/users/Mina/block", &wanted);
        }
        self.get(&moderator, "/users/Mina/reverts");
        let since = [("since", "2020-01-01T00:00")];
        self.get(&moderator, "/users/Mina/reverts?since=2020-01-01T00%3A00");
        let reason = self.reason();
        let [(name, value)] = since;
        let reply = moderator.post("/users/Mina/reverts", &[(name, value), ("reason", &reason)]);
        if self.look(reply).status == 200 {
            *self.taken.entry("revert").or_default() += 1;
        }
    }
}
