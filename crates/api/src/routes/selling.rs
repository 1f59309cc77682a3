//! What a seller's requests start from: tax and delivery.

use crate::answered::Answered;
use crate::app::{App, kinds};
use crate::extract::{Caller, Once};
use crate::problem::Problem;
use crate::tax::TaxUnavailable;
use crate::wire::SellingPage;
use axum::Json;
use axum::extract::State;
use domain::address::UsState;
use domain::ids::AccountId;
use domain::selling::Selling;

pub(super) async fn mine(State(app): State<App>, Caller(me): Caller) -> Result<Json<SellingPage>, Problem> {
    let selling = app.document(kinds::SELLING, me.as_str()).await?.unwrap_or_default();
    Ok(Json(app.with_rates(selling).await?))
}

pub(super) async fn save(
    State(app): State<App>,
    Once { call, body }: Once<Selling>,
) -> Result<Answered<SellingPage>, Problem> {
    app.is_business(&call.account).await?;
    let saved =
        app.change_once(&call, kinds::SELLING, call.account.as_str(), |_: Option<Selling>| body.clone()).await?;
    let page = app.with_rates(saved.body).await?;
    Ok(Answered { body: page, replayed: saved.replayed })
}

impl App {
    /// What somebody sells is defined by businesses alone.
    pub(super) async fn is_business(&self, account: &AccountId) -> Result<(), Problem> {
        let business = self.account(account).await?.is_some_and(|account| account.business.is_some());
        if business { Ok(()) } else { Err(Problem::new(403, "not_a_business", "Only a business sells.")) }
    }

    async fn with_rates(&self, selling: Selling) -> Result<SellingPage, Problem> {
        let states: Vec<UsState> = UsState::all().collect();
        let silent = |TaxUnavailable| {
            Problem::new(503, "tax_unavailable", "What states take cannot be told at the moment. Try again.")
        };
        Ok(SellingPage { selling, rates: self.tax.rates(&states).await.map_err(silent)? })
    }
}
