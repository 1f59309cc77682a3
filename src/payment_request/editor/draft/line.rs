//! One thing that is asked for, from the catalogue or free.

use super::read::{Field, Trouble, Troubles, amount, keep, text};
use api::wire::Product;
use domain::ids::ProductId;
use domain::money::{Currency, Money};
use domain::picture::SitePath;
use domain::terms::Item;
use domain::thing::ThingKind;
use domain::weight::Grams;
use serde::{Deserialize, Serialize};

/// One line, as typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Tells it from the others.
    pub key: u32,
    pub name: String,
    pub detail: Option<String>,
    pub product: Option<ProductId>,
    pub picture: Option<SitePath>,
    /// The wide picture of the product, for the card.
    pub wide_picture: Option<SitePath>,
    pub quantity: u32,
    pub price: String,
    /// What one weighs, as the catalogue says.
    #[serde(default)]
    pub weight: Option<Grams>,
    /// What one weighs in grams, as typed where no catalogue says; nothing typed is not known.
    #[serde(default)]
    pub grams: String,
    /// What the buyer owns of it.
    #[serde(default)]
    pub thing: Option<ThingKind>,
    /// Whether it came from what was said, and follows it.
    pub said: bool,
}

impl Line {
    /// One of a product.
    pub fn of(product: &Product, key: u32) -> Self {
        Self {
            key,
            name: product.name.to_string(),
            detail: product.detail.as_ref().map(ToString::to_string),
            product: Some(product.id.clone()),
            picture: product.picture.clone(),
            wide_picture: product.wide_picture.clone(),
            quantity: 1,
            price: product.price.decimal(),
            weight: product.weight,
            grams: String::new(),
            thing: product.thing,
            said: false,
        }
    }

    /// Something that is not in the catalogue.
    pub fn free(key: u32) -> Self {
        Self {
            key,
            name: String::new(),
            detail: None,
            product: None,
            picture: None,
            wide_picture: None,
            quantity: 1,
            price: String::new(),
            weight: None,
            grams: String::new(),
            thing: None,
            said: false,
        }
    }

    pub(super) fn item(&self, troubles: &mut Troubles, currency: Currency) -> Option<Item> {
        let name = keep(troubles, Field::Name(self.key), text(&self.name));
        let unit_price = keep(troubles, Field::Price(self.key), amount(&self.price, currency));
        // What the catalogue told fits already.
        let detail = self.detail.as_ref().and_then(|detail| detail.parse().ok());
        let picture = self.picture.clone();
        let weight = keep(troubles, Field::Weight(self.key), self.weighs());
        let (name, unit_price, weight) = (name?, unit_price?, weight?);
        let (quantity, product) = (self.quantity, self.product.clone());
        Some(Item { name, detail, quantity, unit_price, product, picture, weight, thing: self.thing })
    }

    /// What one weighs, where that is known: what the catalogue says, else what was typed.
    fn weighs(&self) -> Result<Option<Grams>, Trouble> {
        match self.grams.trim() {
            typed if self.product.is_some() || typed.is_empty() => Ok(self.weight),
            typed => {
                let grams = typed.parse::<u32>().ok().and_then(|grams| Grams::try_from(grams).ok());
                grams.map(Some).ok_or(Trouble::Weight)
            }
        }
    }

    /// What the line costs, when it can be told.
    pub fn total(&self, currency: Currency) -> Option<Money> {
        amount(&self.price, currency).ok()?.times(self.quantity).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test(unsupported = test)]
    fn a_free_line_weighs_what_is_typed_and_nothing_typed_is_not_known() {
        let weighs = |grams: &str| Line { grams: grams.to_owned(), ..Line::free(1) }.weighs();
        let some = |grams: u32| Ok(Some(Grams::try_from(grams).expect("a weight")));
        assert_eq!(weighs(""), Ok(None));
        assert_eq!(weighs(" 1200 "), some(1_200));
        for wrong in ["0", "1.5", "-3", "heavy", "100001"] {
            assert_eq!(weighs(wrong), Err(Trouble::Weight), "{wrong}");
        }
        let product = Some("prd_1".parse().expect("an id"));
        let known = Line { product, weight: Grams::try_from(300).ok(), grams: "7".to_owned(), ..Line::free(1) };
        assert_eq!(known.weighs(), some(300), "the catalogue says it");
    }
}
