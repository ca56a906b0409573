//! The table: every address with who may ask for it, and the answers to those who may. `{kind}` stands for all five kinds of page;
//! a page is asked for as it is when it is there, when it is deleted, when it is kept to moderators, and at a revision that a moderator has hidden
//! (`{n}` stands for its number, else for the first one's).

use yeoun::web::guards::declared::Who::{
    self, Anybody, Editors, Members, Moderators, Patrollers, SignedIn,
};

/// One method of one address.
pub struct Row {
    pub method: &'static str,
    pub pattern: &'static str,
    pub who: Who,
    /// The address asked for, where the pattern has more than `{slug}` in it; from its second part on for pages.
    pub example: &'static str,
    /// Fields sent along.
    pub fields: &'static [(&'static str, &'static str)],
    /// The answer to those who may.
    pub normal: u16,
    /// The same when the page is deleted; nothing where no page is asked for.
    pub deleted: Option<u16>,
    /// The same about the hidden revision where it is another answer.
    pub hidden: Option<u16>,
    /// The same to those whom the protection of the page keeps from it where it is another answer.
    pub protected: Option<u16>,
    /// The answer to somebody without a session where it is another one.
    pub anonymous: Option<u16>,
}

const fn row(method: &'static str, pattern: &'static str, who: Who, normal: u16) -> Row {
    Row {
        method,
        pattern,
        who,
        example: "",
        fields: &[],
        normal,
        deleted: None,
        hidden: None,
        protected: None,
        anonymous: None,
    }
}

const fn get(pattern: &'static str, who: Who, normal: u16) -> Row {
    row("GET", pattern, who, normal)
}

const fn post(pattern: &'static str, who: Who, normal: u16) -> Row {
    row("POST", pattern, who, normal)
}

impl Row {
    const fn deleted(mut self, status: u16) -> Self {
        self.deleted = Some(status);
        self
    }

    const fn hidden(mut self, status: u16) -> Self {
        self.hidden = Some(status);
        self
    }

    const fn protected(mut self, status: u16) -> Self {
        self.protected = Some(status);
        self
    }

    const fn anonymous(mut self, status: u16) -> Self {
        self.anonymous = Some(status);
        self
    }

    const fn at(mut self, example: &'static str) -> Self {
        self.example = example;
        self
    }

    const fn sends(mut self, fields: &'static [(&'static str, &'static str)]) -> Self {
        self.fields = fields;
        self
    }
}

const ONE: &[(&str, &str)] = &[("revision", "{n}")];

/// In the order of the router.
pub const TABLE: &[Row] = &[
    get("/", Anybody, 200),
    // Pages.
    get("/{kind}", Anybody, 200),
    get("/{kind}/", Anybody, 301),
    get("/{kind}/new", Editors, 200),
    post("/{kind}/new", Editors, 422).sends(&[("_op", "save")]),
    get("/{kind}/{slug}", Anybody, 200).deleted(410),
    get("/{kind}/{slug}/", Anybody, 301).deleted(301),
    get("/{kind}/{slug}/edit", Editors, 200)
        .deleted(410)
        .protected(403),
    post("/{kind}/{slug}/edit", Editors, 422)
        .deleted(409)
        .protected(403)
        .sends(&[("_op", "save")]),
    get("/{kind}/{slug}/history", Anybody, 200).deleted(410),
    get("/{kind}/{slug}/history/{number}", Anybody, 200)
        .deleted(410)
        .hidden(403)
        .at("/history/{n}"),
    get("/{kind}/{slug}/history/{number}/hiding", Moderators, 200)
        .deleted(200)
        .at("/history/{n}/hiding"),
    post("/{kind}/{slug}/history/{number}/hiding", Moderators, 303)
        .deleted(303)
        .hidden(422)
        .at("/history/{n}/hiding"),
    get("/{kind}/{slug}/diff", Anybody, 200)
        .deleted(410)
        .at("/diff?to={n}"),
    post("/{kind}/{slug}/undos", Editors, 409)
        .deleted(410)
        .sends(ONE),
    post("/{kind}/{slug}/restores", Editors, 200)
        .deleted(410)
        .hidden(409)
        .protected(403)
        .sends(ONE),
    get("/{kind}/{slug}/links", Anybody, 200).deleted(410),
    get("/{kind}/{slug}/info", Anybody, 200).deleted(410),
    get("/{kind}/{slug}/rename", Members, 200)
        .deleted(410)
        .protected(403),
    post("/{kind}/{slug}/rename", Members, 422)
        .deleted(410)
        .protected(403),
    get("/{kind}/{slug}/deletion", Moderators, 200).deleted(200),
    post("/{kind}/{slug}/deletion", Moderators, 422).deleted(422),
    post("/{kind}/{slug}/undeletion", Moderators, 422).deleted(422),
    get("/{kind}/{slug}/protection", Moderators, 200).deleted(410),
    post("/{kind}/{slug}/protection", Moderators, 422).deleted(410),
    get("/{kind}/{slug}/merge", Moderators, 200).deleted(303),
    post("/{kind}/{slug}/merge", Moderators, 422).deleted(410),
    post("/{kind}/{slug}/unmerge", Moderators, 422).deleted(422),
    get("/dramas/{slug}/episodes/{number}", Anybody, 200)
        .deleted(410)
        .at("/episodes/5"),
    get("/suggest", Anybody, 200).at("/suggest?kind=artist&q=p"),
    get("/p/{id}", Anybody, 301).deleted(410),
    // Ways through the catalogue.
    get("/moods", Anybody, 200),
    get("/moods/", Anybody, 301),
    get("/moods/{slug}", Anybody, 200).at("/moods/longing"),
    get("/moods/{slug}/", Anybody, 301).at("/moods/longing/"),
    get("/years", Anybody, 200),
    get("/years/", Anybody, 301),
    get("/years/{year}", Anybody, 200).at("/years/2016"),
    get("/years/{slug}/", Anybody, 301).at("/years/2016/"),
    get("/networks", Anybody, 200),
    get("/networks/", Anybody, 301),
    get("/networks/{slug}", Anybody, 200).at("/networks/tvn"),
    get("/networks/{slug}/", Anybody, 301).at("/networks/tvn/"),
    get("/art/{kinds}/{file}", Anybody, 200).at("/art/songs/stay-with-me.svg"),
    // Watching over.
    get("/changes", Anybody, 200),
    post("/changes/patrols", Patrollers, 303).sends(ONE),
    get("/watchlist", SignedIn, 200),
    post("/watchlist/marks", SignedIn, 303),
    get("/{kind}/{slug}/watch", SignedIn, 200).deleted(410),
    post("/{kind}/{slug}/watch", SignedIn, 303).deleted(410),
    get("/moderation", Moderators, 200),
    get("/moderation/log", Moderators, 200),
    get("/users/{name}/block", Moderators, 200).at("/users/the%20Member/block"),
    post("/users/{name}/block", Moderators, 422).at("/users/the%20Member/block"),
    get("/users/{name}/reverts", Moderators, 200).at("/users/the%20Member/reverts"),
    post("/users/{name}/reverts", Moderators, 422).at("/users/the%20Member/reverts"),
    // For machines.
    get("/feeds/changes.atom", Anybody, 200),
    get("/sitemap.xml", Anybody, 200),
    get("/sitemaps/{part}", Anybody, 200).at("/sitemaps/songs-1.xml"),
    get("/robots.txt", Anybody, 200),
    get("/opensearch.xml", Anybody, 200),
    get("/healthz", Anybody, 200),
    get("/readyz", Anybody, 200),
    get("/version", Anybody, 200),
    get("/metrics", Anybody, 200),
    // Members.
    get("/join", Anybody, 303).anonymous(200),
    post("/join", Anybody, 422),
    get("/login", Anybody, 303).anonymous(200),
    post("/login", Anybody, 422),
    // Nobody edits without an account where nobody is let.
    post("/visits", Anybody, 404),
    post("/logout", Anybody, 303),
    get("/account", SignedIn, 200),
    post("/account/password", SignedIn, 422),
    post("/account/sessions", SignedIn, 303),
    get("/users/{name}", Anybody, 200).at("/users/the%20Member"),
    // Reader's choices and files.
    post("/settings/appearance", Anybody, 303).sends(&[("theme", "dark"), ("back", "/")]),
    get("/assets/{file}", Anybody, 404).at("/assets/nothing.css"),
];
