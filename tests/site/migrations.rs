//! The schema of both stores: up, down, up with rows in it, and the same as `schema.rs` says.

use diesel::prelude::*;
use diesel::sql_types::Text;
use yeoun::db::{Conn, StoreKind};
use yeoun::models::catalogue;
use yeoun::models::user::Editor;

use crate::support::{Refused, Site, TestStore, store::AT};
use crate::{on_both_stores, read_on_both_stores};

/// A column as both stores can tell of it.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Column {
    pub name: String,
    /// `BigInt`, `Text` or `Bool`.
    kind: String,
    is_nullable: bool,
}

/// A table of `schema.rs`.
#[derive(Debug, PartialEq, Eq)]
pub struct Table {
    pub name: String,
    pub columns: Vec<Column>,
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

/// Rows of one text column called `line`.
pub fn lines(conn: &mut Conn, query: &str) -> QueryResult<Vec<String>> {
    let rows: Vec<Line> = diesel::sql_query(query).load(conn)?;
    Ok(rows.into_iter().map(|row| row.line).collect())
}

/// What `schema.rs` says.
pub fn tables() -> Vec<Table> {
    let text =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/src/schema.rs")).unwrap();
    text.split("diesel::table! {").skip(1).map(table).collect()
}

fn table(text: &str) -> Table {
    let (head, rest) = text.split_once('{').unwrap();
    let (body, _) = rest.split_once('}').unwrap();
    let columns = body
        .lines()
        .filter_map(|line| line.trim().trim_end_matches(',').split_once(" -> "));
    Table {
        name: head.trim().split([' ', '(']).next().unwrap().to_owned(),
        columns: columns
            .map(|(name, kind)| Column {
                name: name.to_owned(),
                kind: kind
                    .trim_start_matches("Nullable<")
                    .trim_end_matches('>')
                    .to_owned(),
                is_nullable: kind.starts_with("Nullable"),
            })
            .collect(),
    }
}

/// What the store itself says of a table: `name|type|nullable` in order.
fn columns_of(site: &Site, table: &str) -> Vec<String> {
    let query = match site.db.kind() {
        StoreKind::Sqlite => format!(
            "SELECT name || '|' || type || '|' || CASE WHEN \"notnull\" = 1 OR pk > 0 THEN 'no' ELSE 'yes' END AS line \
             FROM pragma_table_info('{table}') ORDER BY cid"
        ),
        StoreKind::Postgres => format!(
            "SELECT column_name || '|' || data_type || '|' || lower(is_nullable) AS line \
             FROM information_schema.columns WHERE table_schema = 'public' AND table_name = '{table}' ORDER BY ordinal_position"
        ),
    };
    site.read(move |conn| lines(conn, &query))
}

/// Names of the tables there are, without the store's own.
fn table_names(store: &yeoun::db::Db) -> Vec<String> {
    let query = match store.kind() {
        StoreKind::Sqlite => {
            "SELECT name AS line FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '\\_\\_%' ESCAPE '\\' ORDER BY 1"
        }
        StoreKind::Postgres => {
            "SELECT tablename::text AS line FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE '\\_\\_%' ORDER BY 1"
        }
    };
    store.read_blocking(move |conn| lines(conn, query)).unwrap()
}

read_on_both_stores!(the_schema_in_the_code_is_the_one_in_the_store, |site| {
    let tables = tables();
    assert!(tables.len() >= 19, "{}", tables.len());
    for table in &tables {
        let wanted: Vec<String> = table
            .columns
            .iter()
            .map(|column| {
                let kind = match (site.db.kind(), column.kind.as_str()) {
                    (StoreKind::Sqlite, "BigInt" | "Bool") => "INTEGER",
                    (StoreKind::Sqlite, _) => "TEXT",
                    (StoreKind::Postgres, "BigInt") => "bigint",
                    (StoreKind::Postgres, "Bool") => "boolean",
                    (StoreKind::Postgres, _) => "text",
                };
                format!(
                    "{}|{kind}|{}",
                    column.name,
                    if column.is_nullable { "yes" } else { "no" }
                )
            })
            .collect();
        assert_eq!(columns_of(site, &table.name), wanted, "{}", table.name);
    }
    let mut names: Vec<String> = tables.into_iter().map(|table| table.name).collect();
    names.sort();
    assert_eq!(table_names(&site.db), names);
});

#[test]
fn both_stores_have_the_same_indexes() {
    let of = |kind: StoreKind, query: &'static str| {
        Site::reading(kind).read(move |conn| lines(conn, query))
    };
    let sqlite = of(
        StoreKind::Sqlite,
        "SELECT name AS line FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY 1",
    );
    let postgres = of(
        StoreKind::Postgres,
        "SELECT c.relname::text AS line FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid \
         JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_constraint k ON k.conindid = c.oid \
         WHERE n.nspname = 'public' AND k.oid IS NULL AND NOT i.indisprimary ORDER BY 1",
    );
    assert!(sqlite.len() > 15);
    assert_eq!(sqlite, postgres);
}

#[test]
fn both_stores_have_the_same_migrations_each_with_its_way_back() {
    let names = |store: &str| -> Vec<String> {
        let folder = format!("{}/migrations/{store}", env!("CARGO_MANIFEST_DIR"));
        let mut names: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    };
    assert_eq!(names("sqlite"), names("postgres"));
    for store in ["sqlite", "postgres"] {
        for name in names(store) {
            for way in ["up", "down"] {
                let path = format!(
                    "{}/migrations/{store}/{name}/{way}.sql",
                    env!("CARGO_MANIFEST_DIR")
                );
                assert!(
                    std::fs::metadata(&path).is_ok_and(|file| file.len() > 0),
                    "{path}"
                );
            }
        }
    }
}

on_both_stores!(
    migrations_go_up_down_and_up_with_the_catalogue_in_them,
    |site| {
        let before = table_names(&site.db);
        let down = site.db.revert_all().unwrap();
        assert!(down.len() >= 2);
        assert_eq!(
            table_names(&site.db),
            Vec::<String>::new(),
            "something was left behind"
        );
        let up = site.db.migrate().unwrap();
        assert_eq!(up.iter().rev().cloned().collect::<Vec<_>>(), down);
        assert_eq!(table_names(&site.db), before);
        // And what comes up can be written to.
        let file = "+++\n[[names]]\nvalue = \"Anew\"\nlocale = \"en\"\nkind = \"official\"\nprimary = true\n+++\n".to_owned();
        let files = vec![("songs/anew.md".to_owned(), file)];
        let report = site
            .write(move |conn| {
                Ok::<_, Refused>(catalogue::import(conn, &Editor::operator(), &files, AT)?)
            })
            .unwrap();
        assert_eq!((report.created, report.problems), (1, vec![]));
    }
);

#[test]
fn an_empty_store_has_no_pages() {
    for kind in [StoreKind::Sqlite, StoreKind::Postgres] {
        let store = TestStore::empty(kind);
        let count: i64 = store
            .db
            .read_blocking(|conn| yeoun::schema::pages::table.count().get_result(conn))
            .unwrap();
        assert_eq!(count, 0);
    }
}
