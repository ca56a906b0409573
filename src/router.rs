//! The table of contents: every address and the function behind it.

mod contents;

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, ServiceConfig},
};

pub use contents::Listed;
use contents::{Contents, get, post, resource};

use crate::{
    models::page::Kind,
    routes::{
        account, albums, art, articles, artists, assets, changes, dramas, feeds, home, moderation,
        moods, networks, opensearch, pages, robots, sessions, sitemap, songs, users, visits,
        watchlist, years,
    },
    web::{Error, Shared, health, metrics, theme},
};

/// Bytes of a body that is only a few fields.
const SMALL_BODY: usize = 64 * 1024;
/// Bytes of a body that carries a whole page: 256 kB of Hangul is three times that once percent-encoded.
const PAGE_BODY: usize = 1024 * 1024;

/// Teaches an application every address of the site.
pub fn register(site: &mut ServiceConfig) {
    contents::register(site, routes);
}

/// Every address of the site with who may ask: what its handler's first argument declares.
pub fn listed() -> Vec<Listed> {
    contents::list(routes)
}

fn routes(site: &mut Contents<'_>) {
    site.service(resource("/").route(get().to(home::show)));
    // New pages, before every page's own address: no page is called "new".
    for kind in Kind::ALL {
        site.service(
            resource(format!("/{}/new", kind.plural()))
                .route(get().to(pages::edit::creation::form))
                .route(post().to(pages::edit::creation::create)),
        );
    }
    // Dramas.
    site.service(resource("/dramas").route(get().to(dramas::index::index)))
        .service(resource("/dramas/{slug}").route(get().to(dramas::show::show)))
        .service(
            resource("/dramas/{slug}/history/{number}").route(get().to(dramas::show::revision)),
        )
        .service(
            resource("/dramas/{slug}/episodes/{number}").route(get().to(dramas::episode::show)),
        );
    // Songs.
    site.service(resource("/songs").route(get().to(songs::index::index)))
        .service(resource("/songs/{slug}").route(get().to(songs::show::show)))
        .service(resource("/songs/{slug}/history/{number}").route(get().to(songs::show::revision)));
    // Artists.
    site.service(resource("/artists").route(get().to(artists::index::index)))
        .service(resource("/artists/{slug}").route(get().to(artists::show::show)))
        .service(
            resource("/artists/{slug}/history/{number}").route(get().to(artists::show::revision)),
        );
    // Albums.
    site.service(resource("/albums").route(get().to(albums::index::index)))
        .service(resource("/albums/{slug}").route(get().to(albums::show::show)))
        .service(
            resource("/albums/{slug}/history/{number}").route(get().to(albums::show::revision)),
        );
    // Articles.
    site.service(resource("/articles").route(get().to(articles::index::index)))
        .service(resource("/articles/{slug}").route(get().to(articles::show::show)))
        .service(
            resource("/articles/{slug}/history/{number}").route(get().to(articles::show::revision)),
        );
    // Ways through the catalogue.
    site.service(resource("/moods").route(get().to(moods::index::index)))
        .service(resource("/moods/{slug}").route(get().to(moods::show::show)))
        .service(resource("/years").route(get().to(years::index::index)))
        .service(resource("/years/{year}").route(get().to(years::show::show)))
        .service(resource("/networks").route(get().to(networks::index::index)))
        .service(resource("/networks/{slug}").route(get().to(networks::show::show)));
    for ways in ["moods", "years", "networks"] {
        site.service(resource(format!("/{ways}/")).route(get().to(pages::browse::trailing_slash)))
            .service(
                resource(format!("/{ways}/{{slug}}/"))
                    .route(get().to(pages::elsewhere::trailing_slash)),
            );
    }
    // Every kind of page.
    for kind in Kind::ALL {
        let with_slash = format!("/{}/{{slug}}/", kind.plural());
        site.service(resource(with_slash).route(get().to(pages::elsewhere::trailing_slash)))
            .service(
                resource(format!("/{}/", kind.plural()))
                    .route(get().to(pages::browse::trailing_slash)),
            );
        let page = format!("/{}/{{slug}}", kind.plural());
        site.service(
            resource(format!("{page}/edit"))
                .route(get().to(pages::edit::form))
                .route(post().to(pages::edit::save)),
        );
        site.service(resource(format!("{page}/history")).route(get().to(pages::history::index)))
            .service(resource(format!("{page}/links")).route(get().to(pages::links::index)))
            .service(resource(format!("{page}/info")).route(get().to(pages::info::show)))
            .service(
                resource(format!("{page}/history/{{number}}/hiding"))
                    .route(get().to(pages::hiding::form))
                    .route(post().to(pages::hiding::save)),
            )
            .service(resource(format!("{page}/diff")).route(get().to(pages::diff::show)))
            .service(
                resource(format!("{page}/watch"))
                    .route(get().to(pages::watch::form))
                    .route(post().to(pages::watch::save)),
            )
            .service(resource(format!("{page}/undos")).route(post().to(pages::undos::create)))
            .service(
                resource(format!("{page}/restores")).route(post().to(pages::restores::create)),
            );
    }
    for kind in Kind::ALL {
        lives(site, &format!("/{}/{{slug}}", kind.plural()));
    }
    site.service(resource("/suggest").route(get().to(pages::suggestions::index)));
    site.service(resource("/p/{id}").route(get().to(pages::permalink::show)));
    site.service(resource("/art/{kinds}/{file}").route(get().to(art::show)));
    // Watching over.
    site.service(resource("/changes").route(get().to(changes::index::index)))
        .service(resource("/changes/patrols").route(post().to(changes::patrols::create)))
        .service(resource("/watchlist").route(get().to(watchlist::index::index)))
        .service(resource("/watchlist/marks").route(post().to(watchlist::marks::create)))
        .service(resource("/moderation").route(get().to(moderation::index::index)))
        .service(resource("/moderation/log").route(get().to(moderation::log::index)));
    // For machines.
    site.service(resource("/feeds/changes.atom").route(get().to(feeds::changes::show)))
        .service(resource("/sitemap.xml").route(get().to(sitemap::index)))
        .service(resource("/sitemaps/{part}").route(get().to(sitemap::part::show)))
        .service(resource("/robots.txt").route(get().to(robots::show)))
        .service(resource("/opensearch.xml").route(get().to(opensearch::show)));
    site.service(resource("/healthz").route(get().to(health::live)))
        .service(resource("/readyz").route(get().to(health::ready)))
        .service(resource("/version").route(get().to(health::version)))
        .service(resource("/metrics").route(get().to(metrics::show)));
    people(site);
    // Reader's choices.
    site.service(resource("/settings/appearance").route(post().to(theme::save)));
    // Files.
    site.service(resource("/assets/{file}").route(get().to(assets::show)));
}

/// What becomes of a page beside its content.
fn lives(site: &mut Contents<'_>, page: &str) {
    site.service(
        resource(format!("{page}/rename"))
            .route(get().to(pages::renames::form))
            .route(post().to(pages::renames::create)),
    )
    .service(
        resource(format!("{page}/deletion"))
            .route(get().to(pages::deletions::form))
            .route(post().to(pages::deletions::create)),
    )
    .service(resource(format!("{page}/undeletion")).route(post().to(pages::deletions::delete)))
    .service(
        resource(format!("{page}/protection"))
            .route(get().to(pages::protections::form))
            .route(post().to(pages::protections::save)),
    )
    .service(
        resource(format!("{page}/merge"))
            .route(get().to(pages::merges::form))
            .route(post().to(pages::merges::create)),
    )
    .service(resource(format!("{page}/unmerge")).route(post().to(pages::merges::delete)));
}

/// Members: how they come and go, their own place, and what others see of them.
fn people(site: &mut Contents<'_>) {
    site.service(
        resource("/join")
            .route(get().to(users::form::form))
            .route(post().to(users::form::create)),
    )
    .service(
        resource("/login")
            .route(get().to(sessions::form::form))
            .route(post().to(sessions::form::create)),
    )
    .service(resource("/visits").route(post().to(visits::create::create)))
    .service(resource("/logout").route(post().to(sessions::delete::delete)))
    .service(resource("/account").route(get().to(account::show::show)))
    .service(resource("/account/password").route(post().to(account::password::save)))
    .service(resource("/account/sessions").route(post().to(account::sessions::delete)))
    .service(
        resource("/users/{name}/block")
            .route(get().to(users::block::form))
            .route(post().to(users::block::save)),
    )
    .service(
        resource("/users/{name}/reverts")
            .route(get().to(users::reverts::form))
            .route(post().to(users::reverts::create)),
    )
    .service(resource("/users/{name}").route(get().to(users::show::show)));
}

/// Every address of the metrics listener.
pub fn register_metrics(site: &mut ServiceConfig) {
    contents::register(site, metrics_routes);
}

fn metrics_routes(site: &mut Contents<'_>) {
    site.service(resource("/metrics").route(get().to(metrics::show_to_all)))
        .service(resource("/healthz").route(get().to(health::live)));
}

/// How many bytes a request to `path` may carry.
pub fn body_limit(path: &str) -> usize {
    let last = path.rsplit('/').next().unwrap_or_default();
    if matches!(last, "edit" | "new" | "preview" | "talk") || path.starts_with("/api/") {
        PAGE_BODY
    } else {
        SMALL_BODY
    }
}

/// What answers where no route does: the files with fixed names, else 404.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn otherwise(request: HttpRequest, shared: Data<Shared>) -> Result<HttpResponse, Error> {
    assets::show(request, shared).await
}
