//! How often members may do what they do, and that what only reads cannot write.

use yeoun::db::{DbError, reading_only};
use yeoun::models::user::Role;

use crate::on_both_stores;
use crate::support::form::Form;

on_both_stores!(taking_back_is_done_less_often_than_saving, |site| {
    let (minji, keeper) = (
        site.member("minji", Role::Member),
        site.member("keeper", Role::Editor),
    );
    let restore = [("revision", "1")];
    for (by, most, seconds) in [(&minji, 5, 120), (&keeper, 10, 60)] {
        for count in 0..most {
            let done = by.post("/songs/hush/restores", &restore);
            assert_eq!(done.status, 200, "{count}");
        }
        let refused = by.post("/songs/hush/restores", &restore);
        assert_eq!(refused.status, 429);
        let wait: i64 = refused.header("retry-after").parse().unwrap();
        assert!((1..=seconds).contains(&wait), "{wait}");
        site.wait(wait);
        assert_eq!(by.post("/songs/hush/restores", &restore).status, 200);
    }
});

on_both_stores!(
    a_network_saves_no_more_than_its_share_whoever_saves,
    |site| {
        const EDIT: &str = "/songs/hush/edit";
        let [ara, bora] = ["Ara", "Bora"].map(|name| site.member(name, Role::Editor));
        let last = &site.member("Chae", Role::Member);
        // Ninety a minute, by members who may all save as often by themselves.
        for (by, count) in [(&ara, 60), (&bora, 30)] {
            let form = Form::of(by.get(EDIT).ok(), EDIT);
            for _ in 0..count {
                form.press(by, "save").leads_to("/songs/hush?saved=0");
            }
        }
        let form = Form::of(last.get(EDIT).ok(), EDIT).with("prose", "One too many.");
        let refused = form.press(last, "save");
        assert_eq!(refused.status, 429);
        let wait: i64 = refused.header("retry-after").parse().unwrap();
        assert!((1..=60).contains(&wait), "{wait}");
        assert_eq!(Form::of(&refused, EDIT).value("prose"), "One too many.");
        // From elsewhere it lands at once.
        let mut pairs: Vec<(&str, &str)> = form
            .pairs
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        pairs.push(("_op", "save"));
        last.post_as_it_is(EDIT, &pairs, &[("x-forwarded-for", "203.0.113.9")])
            .leads_to("/songs/hush?saved=2");
    }
);

on_both_stores!(what_only_reads_cannot_write, |site| {
    let db = site.db.clone();
    let outcome = actix_web::rt::System::new().block_on(reading_only(async move {
        let read = db.read(yeoun::models::changes::newest).await;
        let written = db.write(|_| Ok::<_, DbError>(())).await;
        (read, written)
    }));
    assert!(outcome.0.is_ok());
    assert!(matches!(outcome.1, Err(DbError::ReadOnly)));
});
