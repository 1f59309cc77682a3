//! What a seller's requests start from, as it is being written: nothing is checked until it is read.

use crate::i18n::t;
use crate::payment_request::WayPart;
use domain::address::{Region, UsState};
use domain::money::{Currency, Money, Rate};
use domain::selling::{ParcelOffer, Selling, SellingDraft, SellingError, TaxPolicy};
use domain::terms::PickupPoint;
use domain::text::{Label, TextError};
use domain::weight::{Grams, WeightBand};
use std::collections::BTreeSet;

/// How tax is charged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum TaxKind {
    /// Not at all.
    #[default]
    None,
    /// At one rate.
    Rate,
    /// In some states, as they have it.
    ByState,
}

/// A way of sending, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Offer {
    /// Tells it from the others.
    pub key: u32,
    pub name: String,
    pub price: String,
    pub days: String,
    pub free_from: String,
    /// The states it goes to; empty for everywhere.
    pub states: String,
    /// From how many grams; empty with the next for any weight.
    pub lightest: String,
    pub heaviest: String,
}

/// What requests start from, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Form {
    pub tax: TaxKind,
    pub rate: String,
    /// Where tax is collected.
    pub states: String,
    pub offers: Vec<Offer>,
    /// Whether buyers can fetch things.
    pub fetched: bool,
    pub place: String,
    pub place_state: String,
    pub when: String,
    next: u32,
}

/// A field that can be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Rate,
    TaxStates,
    Offers,
    Name(u32),
    Price(u32),
    Days(u32),
    FreeFrom(u32),
    States(u32),
    Weight(u32),
    Place,
    PlaceState,
    When,
}

/// Every field that is wrong, with the sentence beside it.
pub(super) type Troubles = Vec<(Field, String)>;

fn keep<T>(troubles: &mut Troubles, field: Field, result: Result<T, String>) -> Option<T> {
    result.map_err(|trouble| troubles.push((field, trouble))).ok()
}

fn label(text: &str) -> Result<Label, String> {
    text.parse().map_err(|error: TextError| match error {
        TextError::Empty => t().editor_text_empty().to_owned(),
        TextError::TooLong { max } => t().editor_text_long(&max.to_string()),
    })
}

fn amount(text: &str) -> Result<Money, String> {
    let text = text.trim().trim_start_matches('$');
    Money::parse_decimal(text, Currency::USD).map_err(|_| t().editor_amount_digits().to_owned())
}

fn days(text: &str) -> Result<(u32, u32), String> {
    let parts: Result<Vec<u32>, _> = text.split(['-', '–']).map(|part| part.trim().parse()).collect();
    match parts.as_deref() {
        Ok([days]) => Ok((*days, *days)),
        Ok([fewest, most]) => Ok((*fewest, *most)),
        Ok(_) | Err(_) => Err(t().editor_days_bad().to_owned()),
    }
}

/// States as people list them: `CA, NY`, or their names with commas between.
pub(super) fn states(text: &str) -> Result<BTreeSet<UsState>, String> {
    let listed = text.split([',', ';']).map(str::trim).filter(|one| !one.is_empty());
    listed.map(|one| one.parse::<UsState>().map_err(|_| t().selling_no_such_state(one))).collect()
}

fn grams(text: &str) -> Option<Grams> {
    text.trim().parse::<u32>().ok()?.try_into().ok()
}

fn codes(states: impl Iterator<Item = UsState>) -> String {
    states.map(UsState::code).collect::<Vec<_>>().join(", ")
}

impl Offer {
    /// What was typed for a part that every way of delivery has.
    pub fn part(&self, part: WayPart) -> &String {
        match part {
            WayPart::Name => &self.name,
            WayPart::Price => &self.price,
            WayPart::Days => &self.days,
        }
    }

    /// The same, to be changed.
    pub fn part_mut(&mut self, part: WayPart) -> &mut String {
        match part {
            WayPart::Name => &mut self.name,
            WayPart::Price => &mut self.price,
            WayPart::Days => &mut self.days,
        }
    }

    fn of(key: u32, offer: &ParcelOffer) -> Self {
        let (fewest, most) = offer.days;
        let (lightest, heaviest) = offer
            .weight
            .map(<(Grams, Grams)>::from)
            .map_or_else(Default::default, |(from, to)| (u32::from(from).to_string(), u32::from(to).to_string()));
        Self {
            key,
            name: offer.name.to_string(),
            price: offer.price.decimal(),
            days: if fewest == most { most.to_string() } else { format!("{fewest}–{most}") },
            free_from: offer.free_from.map(Money::decimal).unwrap_or_default(),
            states: offer.region.as_ref().map(|region| codes(region.states())).unwrap_or_default(),
            lightest,
            heaviest,
        }
    }

    fn region(&self) -> Result<Option<Region>, String> {
        // None at all is everywhere.
        states(&self.states).map(|states| states.try_into().ok())
    }

    fn weight(&self) -> Result<Option<WeightBand>, String> {
        if self.lightest.trim().is_empty() && self.heaviest.trim().is_empty() {
            return Ok(None);
        }
        let band = grams(&self.lightest).zip(grams(&self.heaviest)).and_then(|band| band.try_into().ok());
        band.map(Some).ok_or_else(|| t().selling_weight_bad().to_owned())
    }

    fn read(&self, troubles: &mut Troubles) -> Option<ParcelOffer> {
        let key = self.key;
        let free_from = match self.free_from.trim() {
            "" => Ok(None),
            text => amount(text).map(Some),
        };
        let name = keep(troubles, Field::Name(key), label(&self.name));
        let price = keep(troubles, Field::Price(key), amount(&self.price));
        let days = keep(troubles, Field::Days(key), days(&self.days));
        let free_from = keep(troubles, Field::FreeFrom(key), free_from);
        let region = keep(troubles, Field::States(key), self.region());
        let weight = keep(troubles, Field::Weight(key), self.weight());
        Some(ParcelOffer {
            name: name?,
            price: price?,
            free_from: free_from?,
            region: region?,
            weight: weight?,
            days: days?,
        })
    }
}

impl Form {
    /// What was saved, to be changed.
    pub fn of(selling: &Selling) -> Self {
        let draft = selling.draft();
        let (tax, rate, states) = match &draft.tax {
            TaxPolicy::None => (TaxKind::None, String::new(), String::new()),
            TaxPolicy::Rate { ppm } => (TaxKind::Rate, ppm.percent(), String::new()),
            TaxPolicy::ByState { states } => (TaxKind::ByState, String::new(), codes(states.iter().copied())),
        };
        let offers: Vec<Offer> = (1..).zip(&draft.parcels).map(|(key, offer)| Offer::of(key, offer)).collect();
        let next = u32::try_from(offers.len()).unwrap_or(u32::MAX);
        let at = draft.pickup.as_ref();
        Self {
            tax,
            rate,
            states,
            offers,
            fetched: at.is_some(),
            place: at.map(|at| at.place.to_string()).unwrap_or_default(),
            place_state: at.map(|at| at.state.code().to_owned()).unwrap_or_default(),
            when: at.and_then(|at| at.when.as_ref()).map(ToString::to_string).unwrap_or_default(),
            next,
        }
    }

    /// One more way of sending.
    pub fn add_offer(&mut self) {
        self.next += 1;
        self.offers.push(Offer { key: self.next, days: "3–5".to_owned(), ..Offer::default() });
    }

    /// What requests start from, or everything that is wrong.
    ///
    /// # Errors
    /// Each field that is wrong, in the form's order.
    pub fn read(&self) -> Result<Selling, Troubles> {
        let mut troubles = Vec::new();
        let tax = self.read_tax(&mut troubles);
        let parcels: Vec<ParcelOffer> = self.offers.iter().filter_map(|offer| offer.read(&mut troubles)).collect();
        let pickup = if self.fetched { self.read_pickup(&mut troubles) } else { None };
        let (Some(tax), true) = (tax, troubles.is_empty()) else { return Err(troubles) };
        let draft = SellingDraft { tax, parcels, pickup };
        Selling::try_from(draft).map_err(|error| vec![self.place_of(error)])
    }

    fn read_tax(&self, troubles: &mut Troubles) -> Option<TaxPolicy> {
        match self.tax {
            TaxKind::None => Some(TaxPolicy::None),
            TaxKind::Rate => {
                let rate = Rate::parse_percent(&self.rate).map_err(|_| t().editor_rate().to_owned());
                keep(troubles, Field::Rate, rate).map(|ppm| TaxPolicy::Rate { ppm })
            }
            TaxKind::ByState => {
                let some = states(&self.states).and_then(|states| match states.is_empty() {
                    true => Err(t().selling_states_missing().to_owned()),
                    false => Ok(states),
                });
                keep(troubles, Field::TaxStates, some).map(|states| TaxPolicy::ByState { states })
            }
        }
    }

    fn read_pickup(&self, troubles: &mut Troubles) -> Option<PickupPoint> {
        let place = keep(troubles, Field::Place, label(&self.place));
        let state = self.place_state.parse().map_err(|_| t().checkout_state_unknown().to_owned());
        let state = keep(troubles, Field::PlaceState, state);
        let when = match self.when.trim() {
            "" => Some(None),
            when => keep(troubles, Field::When, label(when)).map(Some),
        };
        Some(PickupPoint { place: place?, state: state?, when: when? })
    }

    fn place_of(&self, error: SellingError) -> (Field, String) {
        let key = |offer: usize| self.offers.get(offer).map_or(0, |offer| offer.key);
        match error {
            SellingError::TooManyOffers => (Field::Offers, t().selling_too_many().to_owned()),
            SellingError::Price { offer } => (Field::Price(key(offer)), t().editor_amount_digits().to_owned()),
            SellingError::Days { offer } => (Field::Days(key(offer)), t().editor_days_bad().to_owned()),
            // The page writes dollars alone.
            SellingError::Currency => (Field::Offers, t().editor_amount_digits().to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    fn typed() -> Form {
        let mut form = Form { tax: TaxKind::ByState, states: "ca, New York".into(), ..Form::default() };
        form.add_offer();
        let ground =
            Offer { key: 1, name: "Ground".into(), price: "$9".into(), days: "3–5".into(), ..Offer::default() };
        form.offers[0] = Offer {
            free_from: "100".into(),
            states: "CA; OR".into(),
            lightest: "1".into(),
            heaviest: "2000".into(),
            ..ground
        };
        form
    }

    #[wasm_bindgen_test(unsupported = test)]
    fn what_was_read_is_written_as_it_would_be_typed_and_read_again() {
        let selling = typed().read().unwrap();
        let again = Form::of(&selling);
        assert_eq!((again.states.as_str(), again.offers[0].states.as_str()), ("CA, NY", "CA, OR"));
        assert_eq!(again.read().unwrap(), selling);
    }

    #[wasm_bindgen_test(unsupported = test)]
    fn half_a_weight_and_a_state_that_does_not_exist_are_told_beside_their_fields() {
        let mut form = typed();
        form.offers[0].heaviest.clear();
        form.states = "Bavaria".into();
        let fields: Vec<Field> = form.read().unwrap_err().into_iter().map(|(field, _)| field).collect();
        assert_eq!(fields, [Field::TaxStates, Field::Weight(1)]);
    }
}
