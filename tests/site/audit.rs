//! The audit log: written with what it tells of, read by moderators, changed by nobody.

use diesel::prelude::*;
use yeoun::models::audit::{self, Asked, Deed, Entry};
use yeoun::models::page::{Kind, lives};
use yeoun::models::user::{Editor, Moderator, Role};
use yeoun::text::slug::Slug;

use crate::on_both_stores;
use crate::support::{Refused, Site, store::AT};

/// What the log says to such a question: who, what and why.
fn told(site: &Site, asked: Asked) -> Vec<(String, Deed, String)> {
    let lines = site.read(move |conn| audit::page(conn, &Moderator::operator(), &asked, 50));
    lines
        .into_iter()
        .map(|line| (line.author, line.deed, line.reason))
        .collect()
}

on_both_stores!(what_befalls_a_page_is_in_the_log, |site| {
    let (page, ..) = site.page(Kind::Song, "hush");
    let mina = site.user("Mina", Role::Member).editor().unwrap();
    let id = page.id;
    site.write(move |conn| -> Result<_, Refused> {
        let slug = Slug::parse("hush-now").unwrap();
        lives::rename(conn, &mina, id, &slug, "Its printed name.", AT + 1)?;
        Ok(lives::delete(
            conn,
            &Editor::operator(),
            id,
            "Twice.",
            AT + 2,
        )?)
    })
    .unwrap();
    let of_page = Asked {
        page: Some(id),
        ..Asked::default()
    };
    let wanted = [
        ("Yeoun", Deed::Delete, "Twice."),
        ("Mina", Deed::Rename, "Its printed name."),
    ]
    .map(|(who, deed, why)| (who.to_owned(), deed, why.to_owned()));
    assert_eq!(told(site, of_page.clone()), wanted);
    let lines = site.read(move |conn| audit::page(conn, &Moderator::operator(), &of_page, 50));
    assert_eq!(lines[1].details()["from"], "hush");
    let (_, kind, slug, _) = lines[1].page.clone().unwrap();
    assert_eq!((kind, slug.as_str()), (Kind::Song, "hush-now"));
});

on_both_stores!(the_log_is_asked_by_member_and_read_in_pages, |site| {
    let (mina, jun) = (
        site.user("Mina", Role::Moderator),
        site.user("Jun", Role::Member),
    );
    let (by, subject) = (mina.moderator().unwrap(), jun.id);
    site.write(move |conn| -> Result<_, Refused> {
        for (deed, at) in [(Deed::Block, 1), (Deed::Unblock, 2), (Deed::Block, 3)] {
            let entry = Entry {
                deed,
                page: None,
                subject: Some(subject),
                reason: "A test.",
                details: serde_json::json!({}),
                at,
            };
            audit::record(conn, &by, &entry)?;
        }
        Ok(())
    })
    .unwrap();
    let of = |asked: Asked| {
        let lines = site.read(move |conn| audit::page(conn, &Moderator::operator(), &asked, 2));
        lines
            .into_iter()
            .map(|line| (line.id, line.at, line.subject))
            .collect::<Vec<_>>()
    };
    let asked = Asked {
        subject: Some(jun.id),
        by: Some(mina.id),
        ..Asked::default()
    };
    let first = of(asked.clone());
    assert_eq!(first.iter().map(|line| line.1).collect::<Vec<_>>(), [3, 2]);
    assert_eq!(first[0].2.as_deref(), Some("Jun"));
    let rest = of(Asked {
        before: Some(first[1].0),
        ..asked.clone()
    });
    assert_eq!(rest.iter().map(|line| line.1).collect::<Vec<_>>(), [1]);
    let blocks = of(Asked {
        deed: Some(Deed::Unblock),
        ..asked
    });
    assert_eq!(blocks.len(), 1);
    assert!(
        told(
            site,
            Asked {
                by: Some(jun.id),
                ..Asked::default()
            }
        )
        .is_empty()
    );
});

on_both_stores!(the_store_refuses_to_change_the_log, |site| {
    let entry = || Entry {
        deed: Deed::Role,
        page: None,
        subject: None,
        reason: "As it was.",
        details: serde_json::json!({}),
        at: AT,
    };
    site.write(move |conn| Ok(audit::record(conn, &Editor::operator(), &entry())?))
        .unwrap();
    for statement in [
        "UPDATE audit SET reason = 'Otherwise.'",
        "DELETE FROM audit",
    ] {
        let refused = site.write(move |conn| Ok(diesel::sql_query(statement).execute(conn)?));
        let error = refused.unwrap_err().to_string();
        assert!(error.contains("only added to"), "{statement}: {error}");
    }
    let lines = told(site, Asked::default());
    assert_eq!(lines[0].2, "As it was.");
});
