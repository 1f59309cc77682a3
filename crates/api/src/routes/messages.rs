//! What people say, and the pictures they send.

use crate::answered::Answered;
use crate::app::{App, kinds};
use crate::commit::Call;
use crate::extract::{Caller, Once, id};
use crate::problem::Problem;
use crate::wire::{Committed, EditMessage, Photo, React, RowPage, Say, UploadPhoto};
use axum::Json;
use axum::extract::{Path, Query, State};
use domain::command::Command;
use domain::ids::{AccountId, MessageId, PhotoId, ThreadId};
use domain::message::{Content, Quote};
use domain::text::hex;
use domain::timeline::{Row, RowItem};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Largest page.
const MAX_PAGE: usize = 1_000;
/// First words of a quoted message, in characters.
const EXCERPT: usize = 120;
/// Rows that one call of a search looks at; the next call goes on from there.
const STRETCH: usize = 1_000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    before: Option<u64>,
    limit: Option<usize>,
    #[serde(default)]
    query: String,
}

pub(super) async fn page(
    State(app): State<App>,
    Caller(me): Caller,
    Path(thread): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Json<RowPage>, Problem> {
    let thread: ThreadId = id(&thread)?;
    let (_, role) = app.part_of(&thread, &me).await?;
    let limit = wanted.limit.unwrap_or(50).clamp(1, MAX_PAGE);
    let needle = wanted.query.trim().to_lowercase();
    let asked = if needle.is_empty() { limit } else { STRETCH };
    let looked_at = app.store.rows(&thread, wanted.before, asked).await?;
    let end = looked_at.last().filter(|_| looked_at.len() == asked).map(|row| row.seq);
    let mut rows: Vec<Row> =
        looked_at.into_iter().filter(|row| needle.is_empty() || row.contains(&needle)).take(limit + 1).collect();
    // What there is no room for is found by the call that goes on from here.
    let next = if rows.len() > limit { rows.get(limit - 1).map(|row| row.seq) } else { end };
    rows.truncate(limit);
    rows.reverse();
    Ok(Json(RowPage { rows: rows.iter().map(|row| row.seen_by(role)).collect(), next }))
}

pub(super) async fn one(
    State(app): State<App>,
    Caller(me): Caller,
    Path((thread, message)): Path<(String, String)>,
) -> Result<Json<Row>, Problem> {
    let thread: ThreadId = id(&thread)?;
    let (_, role) = app.part_of(&thread, &me).await?;
    let row = app.store.message_row(&thread, &id(&message)?).await?.ok_or_else(Problem::not_found)?;
    Ok(Json(row.seen_by(role)))
}

pub(super) async fn say(
    State(app): State<App>,
    Path(thread): Path<String>,
    Once { call, body }: Once<Say>,
) -> Result<Answered<Committed>, Problem> {
    let thread = id(&thread)?;
    if let Content::Photo { photo, .. } = &body.content {
        app.own_uploads(&call.account, [photo]).await?;
    }
    let reply_to = match &body.reply_to {
        Some(message) => app.store.message_row(&thread, message).await?.and_then(quote),
        None => None,
    };
    let say = Command::Say { message: body.id, content: body.content, reply_to };
    app.commit(&thread, &call, say).await
}

pub(super) async fn edit(
    State(app): State<App>,
    Path((thread, message)): Path<(String, String)>,
    Once { call, body }: Once<EditMessage>,
) -> Result<Answered<Committed>, Problem> {
    if !matches!(body.content, Content::Text { .. }) {
        return Err(Problem::new(422, "only_text", "Only words can be edited.").at("content"));
    }
    let edit = Command::Edit { message: id(&message)?, content: body.content };
    app.commit(&id(&thread)?, &call, edit).await
}

pub(super) async fn unsend(
    State(app): State<App>,
    Path((thread, message)): Path<(String, String)>,
    Once { call, body: () }: Once<()>,
) -> Result<Answered<Committed>, Problem> {
    app.commit(&id(&thread)?, &call, Command::Unsend { message: id(&message)? }).await
}

pub(super) async fn react(
    State(app): State<App>,
    Path((thread, message)): Path<(String, String)>,
    Once { call, body }: Once<React>,
) -> Result<Answered<Committed>, Problem> {
    let message: MessageId = id(&message)?;
    app.commit(&id(&thread)?, &call, Command::React { message, emoji: body.emoji }).await
}

pub(super) async fn upload(
    State(app): State<App>,
    Once { call, body }: Once<UploadPhoto>,
) -> Result<Answered<Photo>, Problem> {
    let refused = || Problem::new(422, "not_a_picture", "This is not a JPEG, PNG or WebP picture.").at("data");
    let start = body.data.as_bytes().get(..8).ok_or_else(refused)?;
    // The first bytes of the formats, in base64: what it says it is, it has to be.
    let fits = match body.media_type.as_str() {
        "image/jpeg" => start.starts_with(b"/9j/"),
        "image/png" => start.starts_with(b"iVBORw0K"),
        "image/webp" => start.starts_with(b"UklGR"),
        _anything_else => false,
    };
    let base64 = body.data.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/=".contains(&byte));
    if !fits || !base64 {
        return Err(refused());
    }
    app.keep_upload(&call, body).await
}

pub(super) async fn photo(
    State(app): State<App>,
    Caller(me): Caller,
    Path((thread, photo)): Path<(String, String)>,
) -> Result<Json<Photo>, Problem> {
    let kept = app.photo_seen_by(&me, Some(&thread), &photo).await?;
    let url = app.photos.address(&kept, Some(&id(&thread)?));
    Ok(Json(Photo { url, ..kept }))
}

/// Who keeps a picture here: only they can send it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Upload {
    by: AccountId,
}

impl App {
    async fn keep_upload(&self, call: &Call, body: UploadPhoto) -> Result<Answered<Photo>, Problem> {
        let (key, _) = call.key.clone().unwrap_or_default();
        let name = hex(&Sha256::digest(format!("{}/{key}", call.account)));
        let photo: PhotoId = id(&format!("{}{}", PhotoId::PREFIX, &name[..32]))?;
        // Before it is looked at: what was taken once is not decoded again.
        let known = match self.made_before(call).await? {
            Some(_) => self.document::<Photo>(kinds::PHOTO, photo.as_str()).await?,
            None => None,
        };
        let kept = match known {
            Some(body) => Answered { body, replayed: true },
            None => {
                let kept = Photo { id: photo, url: self.photos.keep(body).await? };
                let upload = Upload { by: call.account.clone() };
                // Whose it is comes first: what nobody may send yet can be kept again.
                self.change(kinds::UPLOAD, kept.id.as_str(), |_: Option<Upload>| upload.clone()).await?;
                self.change_once(call, kinds::PHOTO, kept.id.as_str(), |_: Option<Photo>| kept.clone()).await?
            }
        };
        Ok(kept.map(|photo| Photo { url: self.photos.address(&photo, None), ..photo }))
    }

    /// A photo as it is kept: one of a thread that somebody is in, or their own.
    ///
    /// # Errors
    /// `not_found` when they may not see it, or there is none; or when the store fails.
    pub async fn photo_seen_by(&self, me: &AccountId, thread: Option<&str>, photo: &str) -> Result<Photo, Problem> {
        let (photo, within): (PhotoId, Option<ThreadId>) = (id(photo)?, thread.map(id).transpose()?);
        if let Some(within) = &within
            && let Err(not_mine) = self.part_of(within, me).await
            && !self.reviews_photo(me, within, &photo).await?
        {
            return Err(not_mine);
        }
        if let Err(not_mine) = self.own_uploads(me, [&photo]).await {
            // Others see a picture only where it was sent.
            let thread = thread.ok_or(not_mine)?;
            self.owner(&format!("{thread}.{photo}")).await?;
        }
        self.document(kinds::PHOTO, photo.as_str()).await?.ok_or_else(Problem::not_found)
    }

    /// Whether the photos are the account's own.
    ///
    /// # Errors
    /// `not_found` when one of them is somebody else's, or nobody's.
    pub(super) async fn own_uploads(
        &self,
        account: &AccountId,
        photos: impl IntoIterator<Item = &PhotoId>,
    ) -> Result<(), Problem> {
        for photo in photos {
            let upload: Option<Upload> = self.document(kinds::UPLOAD, photo.as_str()).await?;
            if upload.is_none_or(|upload| upload.by != *account) {
                return Err(Problem::not_found());
            }
        }
        Ok(())
    }
}

fn quote(row: Row) -> Option<Quote> {
    match row.item {
        RowItem::Message(message) => {
            let excerpt = match &message.content {
                Some(Content::Text { text }) => Some(text.as_str().chars().take(EXCERPT).collect()),
                Some(Content::Product { name, .. }) => Some(name.to_string()),
                Some(Content::Photo { .. }) | None => None,
            };
            Some(Quote { id: message.id, author: message.author, excerpt })
        }
        RowItem::Event(_) => None,
    }
}
