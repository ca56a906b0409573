//! Query tables say what the latest revisions say, and nothing else.

use diesel::prelude::*;
use yeoun::models::page::{Kind, Page, projection, revision::Revision};
use yeoun::schema::pages;

use crate::on_both_stores;
use crate::support::Site;

/// Every row of every query table, as text.
fn projections(site: &Site) -> Vec<(String, Vec<String>)> {
    crate::migrations::tables()
        .into_iter()
        .filter(|table| {
            !matches!(
                table.name.as_str(),
                "pages" | "revisions" | "redirects" | "changes"
            )
        })
        .map(|table| {
            // The number of a link is only where it lies.
            let columns = table
                .columns
                .iter()
                .filter(|column| table.name != "page_links" || column.name != "id");
            let cells: Vec<String> = columns
                .map(|column| format!("coalesce(CAST({} AS TEXT), '-')", column.name))
                .collect();
            let select = format!(
                "SELECT {} AS line FROM {} ORDER BY 1",
                cells.join(" || '|' || "),
                table.name
            );
            (
                table.name,
                site.read(move |conn| crate::migrations::lines(conn, &select)),
            )
        })
        .collect()
}

/// Rewrites every page's query rows from its latest revision and finds nothing changed.
pub fn are_rebuilt_as_they_are(site: &Site) {
    let before = projections(site);
    assert!(before.iter().filter(|(_, rows)| !rows.is_empty()).count() >= 12);
    site.write(|conn| {
        let all: Vec<Page> = pages::table
            .filter(pages::state.eq("live"))
            .order(pages::id.desc())
            .select(Page::as_select())
            .load(conn)?;
        for page in all {
            let revision = Revision::latest(conn, &page)?.unwrap();
            projection::rewrite(
                conn,
                page.id,
                None,
                revision
                    .document(page.kind)
                    .map_err(diesel::result::Error::from)?,
            )?;
        }
        Ok(())
    })
    .unwrap();
    for ((table, before), (_, after)) in before.iter().zip(&projections(site)) {
        assert!(before == after, "{table} was rebuilt differently");
    }
}

on_both_stores!(query_tables_can_be_rebuilt_from_the_revisions, |site| {
    // A page with a past, so that leftovers of older revisions would show.
    let (page, revision, mut document) = site.page(Kind::Song, "stay-with-me");
    document.prose = "Heard in [[drama:goblin]].".to_owned();
    site.save(&page, Some(revision.id), &document).unwrap();
    are_rebuilt_as_they_are(site);
});
