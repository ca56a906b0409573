//! What the buttons of the form do. Whatever becomes of it, what was typed comes back until it is saved.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::LOCATION;
use actix_web::web::Data;

use crate::db::{Db, DbError};
use crate::models::page::merge::Collision;
use crate::models::page::revision::Revision;
use crate::models::page::save::Saved;
use crate::models::user::draft;
use crate::routes::pages::form::{Form, cite, operations, paste};
use crate::routes::pages::stale;
use crate::web::guards::MayEdit;
use crate::web::{Error, Shared, Viewer, limits};

use super::entrance::Entrance;
use super::ground::Ground;
use super::page::EditPage;
use super::saving::{self, Done, Outcome};
use super::sent::Sent;
use super::told::Told;
use super::{changes, collisions, drafts, preview, questions};

/// A form that was sent, and what it was sent to.
pub struct Press {
    pub shared: Data<Shared>,
    pub db: Data<Db>,
    pub viewer: Viewer,
    /// Where it came from, to be counted.
    pub network: String,
    pub form: &'static Form,
    pub ground: Ground,
    pub sent: Sent,
    /// What became of the save, where it was tried before anything was read for an answer.
    pub tried: Option<Attempt>,
}

/// What became of a save.
pub enum Attempt {
    /// It was one too many.
    TooMany(Error),
    Made(Result<Outcome, DbError>),
}

/// Tries to save what was sent to a page.
pub async fn attempt(
    shared: &Shared,
    db: &Db,
    by: &MayEdit,
    network: &str,
    at: saving::Place,
    sent: &Sent,
) -> Attempt {
    if let Err(error) = limits::edit(shared, &by.0, network) {
        return Attempt::TooMany(error);
    }
    let now = shared.world.now();
    let made = saving::save(db, by.editor().clone(), at, sent.clone(), now).await;
    if let Ok(Outcome::Saved(done)) = &made
        && let Saved::Revision { touched, .. } = &done.saved
    {
        let stale = stale::of_save(done.kind, touched);
        shared.cache.invalidate(&stale);
    }
    Attempt::Made(made)
}

impl Press {
    /// Does what the button says.
    pub async fn answer(mut self, entrance: Entrance) -> Result<HttpResponse, Error> {
        if let Some((status, login)) = entrance.refused {
            return self.told(Told::NotIn(login), status).await;
        }
        let token_fits = entrance.token_fits;
        if self.rows_changed().await? {
            return self.told(Told::Nothing, StatusCode::OK).await;
        }
        let Some(by) = entrance.by else {
            let told = refusal(&self.viewer);
            return self.told(told, StatusCode::FORBIDDEN).await;
        };
        match self.sent.operation.as_str() {
            "preview" => preview::show(self).await,
            // There is nothing to compare a new page with.
            "changes" if self.ground.is_unborn() => preview::show(self).await,
            "changes" => changes::show(self).await,
            _ if !token_fits => {
                let kept = self.keep(&by).await;
                let page = self.page().telling(Told::NewSession).with_draft(kept);
                page.answer(StatusCode::FORBIDDEN).await
            }
            "draft" => drafts::save(self, &by).await,
            "discard" => drafts::delete(self, &by).await,
            "save" => self.save(&by).await,
            _ => self.told(Told::Nothing, StatusCode::OK).await,
        }
    }

    /// Does what a button for rows says: one comes, goes or moves, a source is put behind several, or a block of credits becomes rows.
    /// Says whether it was such a button.
    async fn rows_changed(&mut self) -> Result<bool, Error> {
        let sent = &mut self.sent;
        if let Some(focus) = operations::apply(&mut sent.typed, &sent.operation) {
            sent.focus = focus;
            return Ok(true);
        }
        if sent.operation == "cite" {
            sent.cited = cite::apply(&mut sent.typed);
            return Ok(true);
        }
        if sent.operation != "paste" {
            return Ok(false);
        }
        let mut typed = std::mem::take(&mut sent.typed);
        let read = self.db.read(move |conn| {
            let pasted = paste::apply(conn, &mut typed)?;
            Ok((typed, pasted))
        });
        let (typed, pasted) = read.await?;
        sent.typed = typed;
        (sent.said, sent.focus) = (pasted.said, pasted.focus);
        Ok(true)
    }

    /// The form as it was sent.
    pub fn page(&self) -> EditPage {
        EditPage::new(
            &self.shared,
            self.viewer.clone(),
            self.form,
            &self.ground,
            &self.sent,
        )
    }

    async fn told(self, told: Told, status: StatusCode) -> Result<HttpResponse, Error> {
        self.page().telling(told).answer(status).await
    }

    /// Keeps what was typed as a draft and answers when, if it was.
    pub async fn keep(&self, by: &MayEdit) -> Option<i64> {
        let (now, caps) = (self.shared.world.now(), self.shared.config.people.drafts);
        let (editor, place) = (by.editor().clone(), self.ground.place(&self.sent));
        let fields = self.sent.pairs();
        let kept = self
            .db
            .write(move |conn| {
                draft::keep(conn, &editor, &place, &fields, now, caps).map_err(DbError::from)
            })
            .await;
        matches!(kept, Ok(true)).then_some(now)
    }

    async fn save(mut self, by: &MayEdit) -> Result<HttpResponse, Error> {
        let attempt = match self.tried.take() {
            Some(attempt) => attempt,
            None => {
                let at = saving::Place::of(&self.ground);
                attempt(&self.shared, &self.db, by, &self.network, at, &self.sent).await
            }
        };
        let made = match attempt {
            Attempt::Made(made) => made,
            Attempt::TooMany(error) => {
                let status = StatusCode::TOO_MANY_REQUESTS;
                let mut answer = self.refused(by, Told::TooMany, status).await?;
                limits::tell_wait(&mut answer, &error);
                return Ok(answer);
            }
        };
        match made {
            Ok(Outcome::Saved(done)) => Ok(to(&done)),
            Ok(Outcome::Collided(collisions, current)) => {
                self.collided(by, collisions, current).await
            }
            Ok(Outcome::Asked(asked)) => {
                self.keep(by).await;
                questions::show(&self.shared, self.viewer, &self.ground, &self.sent, asked).await
            }
            Ok(Outcome::Faulty(faults)) => {
                let status = StatusCode::UNPROCESSABLE_ENTITY;
                self.refused(by, Told::Faults(faults), status).await
            }
            Ok(Outcome::Alike(cards, faults)) => {
                let told = Told::Alike(cards, faults);
                self.refused(by, told, StatusCode::CONFLICT).await
            }
            Ok(Outcome::Protected(lock)) => {
                let told = Told::Protected(lock);
                self.refused(by, told, StatusCode::FORBIDDEN).await
            }
            Ok(Outcome::Gone) => self.refused(by, Told::Gone, StatusCode::CONFLICT).await,
            // The store that cannot take the edit cannot take a draft either.
            Err(error) if error.is_unavailable() => {
                self.told(Told::Busy, StatusCode::SERVICE_UNAVAILABLE).await
            }
            Err(error) => Err(error.into()),
        }
    }

    async fn collided(
        self,
        by: &MayEdit,
        collisions: Vec<Collision>,
        current: Box<Revision>,
    ) -> Result<HttpResponse, Error> {
        self.keep(by).await;
        collisions::show(
            &self.shared,
            self.viewer,
            &self.ground,
            self.sent,
            collisions,
            current,
        )
        .await
    }

    async fn refused(
        self,
        by: &MayEdit,
        told: Told,
        status: StatusCode,
    ) -> Result<HttpResponse, Error> {
        let kept = self.keep(by).await;
        let page = self.page().telling(told).with_draft(kept);
        page.answer(status).await
    }
}

/// Why nothing is taken from the reader: they are blocked, or no longer logged in.
fn refusal(viewer: &Viewer) -> Told {
    let member = viewer.member.as_ref();
    let blocked = member.and_then(|member| member.blocked.clone());
    blocked.map_or(Told::NotLoggedIn, Told::Blocked)
}

/// Back to the page, which says what was saved.
pub fn to(done: &Done) -> HttpResponse {
    let Done { href, saved, .. } = done;
    let number = match saved {
        Saved::Unchanged => 0,
        Saved::Revision { number, .. } => *number,
    };
    let merged = match saved {
        Saved::Revision { .. } if done.is_own => "&merged=own",
        Saved::Revision { merged: true, .. } => "&merged=yes",
        _ => "",
    };
    HttpResponse::SeeOther()
        .insert_header((LOCATION, format!("{href}?saved={number}{merged}")))
        .finish()
}
