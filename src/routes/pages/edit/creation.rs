//! `/{kind}/new`: a page that is not there yet, through the one editor.

mod prefill;

use std::collections::BTreeSet;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse};

use crate::db::{Conn, Db, QueryResult};
use crate::models::changes;
use crate::models::page::Kind;
use crate::models::page::content::Faults;
use crate::models::page::creation::{self, CreateError, Newborn};
use crate::models::page::save::{SaveError, Saved};
use crate::models::user::{Editor, draft};
use crate::routes::pages::reading::kind;
use crate::text::slug::Slug;
use crate::web::forms::Posted;
use crate::web::guards::MayEdit;
use crate::web::{Error, Shared, Viewer, limits};

use super::drafts;
use super::entrance;
use super::faults::faults;
use super::form_of;
use super::ground::{self, Ground};
use super::page::EditPage;
use super::press::Press;
use super::saving::{Done, Outcome, watched};
use super::sent::{self, Sent};

pub use prefill::Asked;

/// `GET /{kind}/new`: the empty form, with what the link to it knew; with `?draft=00c0ffee` one as the member left it.
///
/// # Errors
/// The way in for those who are not logged in, and the store's own.
pub async fn form(
    MayEdit(member): MayEdit,
    request: HttpRequest,
    shared: Data<Shared>,
    db: Data<Db>,
    asked: Query<Asked>,
) -> Result<HttpResponse, Error> {
    let kind = kind(&request)?;
    let ground = Ground::unborn(kind).map_err(Error::internal)?;
    let asked = asked.into_inner();
    let left = sent::continued(request.uri().query().unwrap_or_default());
    let number = shared.world.random().map(u64::from_le_bytes)?;
    let found = {
        let shared = shared.clone();
        db.read(move |conn| {
            let at = (&*shared.config, shared.world.now());
            if let Some(form) = left
                && let Some((sent, kept)) = drafts::left(conn, kind, &form, member.id, at)?
            {
                return Ok((sent, Some(kept), Vec::new()));
            }
            let mut sent = prefill::sent(conn, kind, &asked)?;
            sent.form = format!("{number:016x}");
            Ok((sent, None, drafts::begun(conn, kind, member.id, at)?))
        })
    };
    let (sent, kept, begun) = found.await?;
    let page = EditPage::new(&shared, Viewer::of(&request), form_of(kind), &ground, &sent);
    let page = page.with_draft(kept).telling_of(begun);
    page.answer(StatusCode::OK).await
}

/// `POST /{kind}/new`: a button of the form, as in the form of a page that is there.
///
/// # Errors
/// 404 for an unknown kind, and the store's own.
pub async fn create(
    by: Option<MayEdit>,
    request: HttpRequest,
    shared: Data<Shared>,
    db: Data<Db>,
    posted: Posted<Vec<(String, String)>>,
) -> Result<HttpResponse, Error> {
    let kind = kind(&request)?;
    let (entrance, mut sent, along) = entrance::enter(by, &request, &shared, &db, posted).await?;
    // A page is made whole.
    sent.parts.clear();
    let press = Press {
        viewer: Viewer::of(&request),
        network: limits::network(&shared, request.head()),
        form: form_of(kind),
        ground: Ground::unborn(kind).map_err(Error::internal)?,
        shared,
        db,
        sent,
        tried: None,
    };
    along.with(press.answer(entrance).await?)
}

/// Makes the page, in the write it is called in.
pub(super) fn saved(
    conn: &mut Conn,
    by: &Editor,
    kind: Kind,
    sent: &Sent,
    at: i64,
) -> QueryResult<Outcome> {
    let ground = Ground::unborn(kind)?;
    let reading = ground::reading(conn, &ground, sent)?;
    let (document, faults) = faults(kind, &reading);
    let Some(document) = document.filter(|_| faults.is_empty()) else {
        return Ok(Outcome::Faulty(faults));
    };
    let told_apart: BTreeSet<i64> = match sent.is_apart {
        true => sent.alike.iter().copied().collect(),
        false => BTreeSet::new(),
    };
    let newborn = Newborn {
        document,
        wanted: Slug::parse(&sent.address).ok(),
        told_apart,
        note: match sent.note.as_str() {
            "" => "Made the page.".to_owned(),
            said => said.to_owned(),
        },
        at,
    };
    let placed =
        |faults: Faults| Faults(faults.0.iter().map(|fault| reading.placed(fault)).collect());
    match creation::create(conn, by, &newborn) {
        Ok(page) => {
            draft::discard(conn, by, &ground.place(sent))?;
            watched(conn, by, page.id, sent.watch, at)?;
            let notice = changes::newest_of(conn, page.id)?;
            Ok(Outcome::Saved(Done {
                href: page.href(),
                saved: Saved::Revision {
                    id: page.revision_id.unwrap_or_default(),
                    number: 1,
                    merged: false,
                    touched: notice.map(|notice| notice.touched).unwrap_or_default(),
                },
                kind,
                is_own: false,
            }))
        }
        Err(CreateError::Alike(cards, faults)) => Ok(Outcome::Alike(cards, placed(faults))),
        Err(CreateError::Save(SaveError::Faults(faults))) => Ok(Outcome::Faulty(placed(faults))),
        Err(CreateError::Save(SaveError::Db(error))) => Err(error),
        // Nothing else can befall a page that nobody knows of yet.
        Err(CreateError::Save(_)) => Ok(Outcome::Gone),
    }
}
