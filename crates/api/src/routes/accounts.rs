//! Who is who.

use crate::app::App;
use crate::extract::Caller;
use crate::problem::Problem;
use crate::wire::Account;
use axum::Json;
use axum::extract::{Path, Query, State};
use domain::facts::{ENOUGH_ORDERS, Standing, WINDOW};
use serde::Deserialize;

pub(super) async fn me(State(app): State<App>, Caller(account): Caller) -> Result<Json<Account>, Problem> {
    app.account(&account).await?.map(Json).ok_or_else(Problem::not_found)
}

pub(super) async fn by_handle(
    State(app): State<App>,
    _caller: Caller,
    Path(handle): Path<String>,
) -> Result<Json<Account>, Problem> {
    app.account_by_handle(&handle).await?.map(Json).ok_or_else(Problem::not_found)
}

/// The same for everybody, the business itself included.
pub(super) async fn facts(
    State(app): State<App>,
    _caller: Caller,
    Path(handle): Path<String>,
) -> Result<Json<Standing>, Problem> {
    let known = app.account_by_handle(&handle).await?.filter(|account| account.business.is_some());
    let seller = known.ok_or_else(Problem::not_found)?.id;
    let now = app.now().await?;
    let first = app.store.first_sold(&seller, ENOUGH_ORDERS).await?;
    let records = app.store.records(&seller, now.minus(WINDOW)).await?;
    Ok(Json(Standing::of(&first, &records, now)))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    #[serde(default)]
    query: String,
}

pub(super) async fn search(
    State(app): State<App>,
    Caller(me): Caller,
    Query(wanted): Query<Wanted>,
) -> Result<Json<Vec<Account>>, Problem> {
    let needle = wanted.query.trim().to_lowercase();
    let fits = |account: &Account| {
        let words = format!("{} {}", account.name, account.handle).to_lowercase();
        account.id != me && words.contains(&needle)
    };
    Ok(Json(app.accounts().await?.into_iter().filter(fits).take(50).collect()))
}
