//! What businesses sell.

use crate::answered::Answered;
use crate::app::{App, kinds};
use crate::extract::{Caller, Once, id};
use crate::problem::Problem;
use crate::wire::{Catalogue, Product};
use axum::Json;
use axum::extract::{Path, State};
use domain::ids::AccountId;
use domain::text::Text;

pub(super) async fn of(
    State(app): State<App>,
    _caller: Caller,
    Path(account): Path<String>,
) -> Result<Json<Catalogue>, Problem> {
    let account: AccountId = id(&account)?;
    Ok(Json(app.document(kinds::CATALOGUE, account.as_str()).await?.unwrap_or_default()))
}

pub(super) async fn save(
    State(app): State<App>,
    Once { call, body }: Once<Product>,
) -> Result<Answered<Catalogue>, Problem> {
    app.is_business(&call.account).await?;
    if body.price.minor < 0 {
        return Err(Problem::new(422, "invalid_product", "The price cannot be used.").at("price"));
    }
    let detail = body.detail.map(Text::without_cards);
    let body = Product { name: body.name.without_cards(), detail, ..body };
    let saved = |catalogue: Option<Catalogue>| {
        let mut catalogue = catalogue.unwrap_or_default();
        match catalogue.products.iter_mut().find(|product| product.id == body.id) {
            Some(product) => *product = body.clone(),
            None => catalogue.products.push(body.clone()),
        }
        catalogue
    };
    app.change_once(&call, kinds::CATALOGUE, call.account.as_str(), saved).await
}
