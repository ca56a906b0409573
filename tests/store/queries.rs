//! The shapes that need help on the shared backend, executed.

use diesel::prelude::*;
use diesel::result::Error as DieselError;
use diesel::upsert::excluded;
use jiff::Timestamp;
use yeoun::db::{DbError, Micros, OnBoth, PerDb, StoreKind, both};

use crate::on_both;
use crate::support::{Kind, SaveError, TestStore, add, count, notes};

#[derive(Queryable, Selectable, Debug, PartialEq)]
#[diesel(table_name = notes)]
struct Note {
    kind: Kind,
    slug: String,
    body: Option<String>,
    written_at: Micros,
}

#[derive(Insertable)]
#[diesel(table_name = notes)]
struct NewNote {
    kind: Kind,
    slug: String,
    written_at: Micros,
}

on_both! {
    async fn newtypes_come_back_as_they_went(kind) {
        let store = TestStore::new(kind);
        let written: Micros = "2016-12-02T20:00:00.123456Z".parse::<Timestamp>().unwrap().into();
        let found = store
            .db
            .write(move |c| {
                diesel::insert_into(notes::table)
                    .values(NewNote { kind: Kind::Song, slug: "여운".to_owned(), written_at: written })
                    .execute(c)?;
                let query = notes::table.filter(notes::kind.eq(Kind::Song)).filter(notes::written_at.le(written));
                Ok::<_, SaveError>(query.select(Note::as_select()).first(c)?)
            })
            .await
            .unwrap();
        let expected = Note { kind: Kind::Song, slug: "여운".to_owned(), body: None, written_at: written };
        assert_eq!(found, expected);
    }

    async fn an_unknown_word_in_a_column_is_an_error_and_no_panic(kind) {
        let store = TestStore::new(kind);
        let found = store
            .db
            .write(|c| {
                diesel::insert_into(notes::table)
                    .values((notes::kind.eq("insert"), notes::slug.eq("x"), notes::written_at.eq(0)))
                    .execute(c)?;
                Ok::<_, SaveError>(notes::table.select(notes::kind).first::<Kind>(c)?)
            })
            .await;
        let Err(SaveError::Db(DbError::Query(error @ DieselError::DeserializationError(_)))) = found else {
            panic!("{found:?}")
        };
        assert!(format!("{error:?}").contains("insert"), "{error:?}");
    }

    async fn batches_and_upserts_go_through_both(kind) {
        let store = TestStore::new(kind);
        let bodies = store
            .db
            .write(|c| {
                let rows: Vec<_> = ["a", "b", "c"]
                    .iter()
                    .map(|slug| NewNote { kind: Kind::Song, slug: (*slug).to_owned(), written_at: Micros(1) })
                    .collect();
                both!(c, c => diesel::insert_into(notes::table).values(&rows).execute(c))?;
                OnBoth(
                    diesel::insert_into(notes::table)
                        .values((
                            notes::kind.eq(Kind::Song),
                            notes::slug.eq("b"),
                            notes::body.eq("upserted"),
                            notes::written_at.eq(Micros(2)),
                        ))
                        .on_conflict((notes::kind, notes::slug))
                        .do_update()
                        .set(notes::body.eq(excluded(notes::body))),
                )
                .execute(c)?;
                let bodies = notes::table.select(notes::body).order(notes::slug).load::<Option<String>>(c)?;
                Ok::<_, SaveError>(bodies)
            })
            .await
            .unwrap();
        assert_eq!(bodies, [None, Some("upserted".to_owned()), None]);
    }

    async fn an_expression_can_be_spelt_for_each_store(kind) {
        let store = TestStore::new(kind);
        store.db.write(|c| Ok::<_, SaveError>(add(c, Kind::Song, "Beautiful")?)).await.unwrap();
        let found = store
            .db
            .read(|c| {
                let mut query = notes::table.count().into_boxed();
                query = query.filter(PerDb {
                    pg: notes::slug.ilike("beau%"),
                    sqlite: notes::slug.like("beau%"),
                });
                query.get_result::<i64>(c)
            })
            .await
            .unwrap();
        assert_eq!((found, store.db.read(count).await.unwrap()), (1, 1));
    }
}
