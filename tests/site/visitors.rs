//! Editing without an account, where the operator lets people.

use yeoun::db::StoreKind;
use yeoun::models::page::Kind;
use yeoun::models::user::Role;

use crate::support::form::Form;
use crate::support::{Actor, Reply, Site, TestStore};

const SONG: &str = "/songs/hush";
const EDIT: &str = "/songs/hush/edit";
const HERE: &str = "198.51.100.7";

fn site(kind: StoreKind) -> Site {
    Site::over_with(TestStore::with_catalogue(kind), |config| {
        config.people.visitors = Some("2/1d".parse().unwrap());
    })
}

/// Asks for a temporary name.
fn visit(site: &Site, network: &str) -> Reply {
    let fields = [("back", EDIT)];
    site.anon()
        .post_as_it_is("/visits", &fields, &[("x-forwarded-for", network)])
}

fn open(by: &Actor<'_>) -> Form {
    Form::of(by.get(EDIT).ok(), EDIT)
}

fn edits_under_a_temporary_name(kind: StoreKind) {
    let site = site(kind);
    // The way leads over the login, which offers it.
    let way = site.get(EDIT);
    assert_eq!(way.status, 303);
    let door = site.get(way.header("location"));
    door.ok().says("Edit without an account");
    assert_eq!(door.facts().faults, Vec::<String>::new());
    assert_eq!(Form::of(&door, "/visits").value("back"), EDIT);
    let reply = visit(&site, HERE);
    reply.leads_to(EDIT);
    let visitor = site.anon().after(&reply);
    let name = visitor.name().unwrap();
    assert!(name.starts_with("~20"), "{name}");
    open(&visitor)
        .with("prose", "Words of somebody.")
        .press(&visitor, "save")
        .leads_to(&format!("{SONG}?saved=2"));
    let (_, revision, _) = site.page(Kind::Song, "hush");
    assert_eq!(revision.author, name);
    // Signed with the name, and nowhere with the address.
    let member = format!("/users/{name}");
    for path in [
        SONG,
        "/songs/hush/history",
        "/changes",
        &member,
        "/feeds/changes.atom",
    ] {
        let page = site.get(path);
        assert_eq!(page.status, 200, "{path}");
        assert!(page.source().contains(&name), "{path} does not name {name}");
        assert!(!page.source().contains(HERE), "{path} tells the address");
    }
    site.get(&member).says("Visitor");
    // It waits for a second look as any new member's does.
    let vera = site.member("Vera", Role::Moderator);
    vera.get("/changes?unpatrolled=yes").ok().says(&name);
    // Drafts are kept as everybody's are.
    open(&visitor)
        .with("prose", "Not done.")
        .press(&visitor, "draft")
        .ok()
        .says("Draft saved");
    let account = visitor.get("/account");
    account
        .ok()
        .says("You edit without an account")
        .hides("Change the password");
    assert_eq!(account.facts().faults, Vec::<String>::new());
    // A name of one's own is a click away.
    assert_eq!(visitor.get("/join").status, 200);
    assert_eq!(visitor.get("/login").status, 200);
    visitor.get("/login").hides("Edit without an account");
}

#[test]
fn somebody_edits_under_a_temporary_name_on_sqlite() {
    edits_under_a_temporary_name(StoreKind::Sqlite);
}

#[test]
fn somebody_edits_under_a_temporary_name_on_postgres() {
    edits_under_a_temporary_name(StoreKind::Postgres);
}

fn has_its_limits(kind: StoreKind) {
    let site = site(kind);
    let visitors: Vec<String> = (0..2)
        .map(|_| site.anon().after(&visit(&site, HERE)).name().unwrap())
        .collect();
    assert_ne!(visitors[0], visitors[1]);
    let refused = visit(&site, HERE);
    assert_eq!(refused.status, 429);
    assert_ne!(refused.header("retry-after"), "");
    let elsewhere = site.anon().after(&visit(&site, "203.0.113.9"));
    assert!(elsewhere.name().is_some());
    // Nobody logs in under such a name, and nobody joins with one.
    for password in ["", "correct horse battery"] {
        let reply = site.anon().log_in_from(HERE, &visitors[0], password);
        assert_eq!(reply.status, 422);
    }
    let joined = [
        ("name", visitors[0].as_str()),
        ("password", "correct horse battery"),
        ("again", "correct horse battery"),
    ];
    let reply = site.anon().post_as_it_is("/join", &joined, &[]);
    assert_eq!(reply.status, 422);
    // A page keeps its address.
    assert_eq!(elsewhere.get(&format!("{SONG}/rename")).status, 403);
    // Whoever leaves takes the name along.
    let gone = elsewhere.name().unwrap();
    elsewhere.post("/logout", &[]);
    assert_eq!(elsewhere.name(), None);
    site.get(&format!("/users/{gone}")).ok();
    // Somebody who is logged in needs none.
    let mina = site.member("Mina", Role::Member);
    mina.post("/visits", &[("back", SONG)]).leads_to(SONG);
    assert_eq!(mina.name().as_deref(), Some("Mina"));
}

#[test]
fn a_temporary_name_has_its_limits_on_sqlite() {
    has_its_limits(StoreKind::Sqlite);
}

#[test]
fn a_temporary_name_has_its_limits_on_postgres() {
    has_its_limits(StoreKind::Postgres);
}

#[test]
fn nobody_is_offered_one_where_none_is_given() {
    let site = Site::reading(StoreKind::Sqlite);
    site.get("/login").ok().hides("Edit without an account");
    site.anon()
        .post_as_it_is("/visits", &[("back", SONG)], &[])
        .refuses(404);
}
