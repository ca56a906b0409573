//! How often members may do what they do, and that what only reads cannot write.

use yeoun::db::{DbError, reading_only};
use yeoun::models::user::Role;

use crate::on_both_stores;

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
