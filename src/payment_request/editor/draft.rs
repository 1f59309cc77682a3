//! A request as it is being written: nothing is checked until it is read as terms.

mod line;
mod read;
mod way;

pub use line::Line;
pub use read::{Field, Trouble};
pub use way::Way;

use super::said::Heard;
use crate::i18n::t;
use api::wire::{Product, SellingPage};
use domain::ids::PhotoId;
use domain::money::{Currency, Money, Rate};
use domain::payment_request::PaymentRequest;
use domain::picture::Picture;
use domain::selling::{Selling, TaxPolicy, weight_of};
use domain::terms::{Delivery, Item, PickupPoint, StateRates, Tax, Terms, TermsDraft, TermsError};
use domain::thread::Thread;
use read::{MINUS, Troubles, amount, amount_or_none, days, keep, text};
use serde::{Deserialize, Serialize};

/// 72 hours, in seconds.
pub const USUAL_EXPIRY: u32 = 72 * 3600;

/// Where the ways of delivery come from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum WaysFrom {
    /// They are written for this request.
    #[default]
    Hand,
    /// The seller has defined them; those that fit are offered.
    Selling(Selling),
}

/// How tax was typed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum TaxKind {
    /// As a percentage.
    #[default]
    Percent,
    /// As an amount.
    Amount,
    /// By the state it goes to.
    ByState,
}

/// A request as it is being written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// What was said in one breath.
    pub say: String,
    pub lines: Vec<Line>,
    pub ways: Vec<Way>,
    /// Nothing has to be shipped.
    pub digital: bool,
    pub discount: String,
    pub tax: String,
    pub tax_kind: TaxKind,
    /// What states take, where that is how tax is charged.
    #[serde(default)]
    pub rates: StateRates,
    /// Where the ways of delivery come from.
    #[serde(default)]
    pub ways_from: WaysFrom,
    /// Where the buyer can fetch it, among the ways written for this request.
    #[serde(default)]
    pub pickup: Option<PickupPoint>,
    /// In seconds.
    pub expiry: u32,
    pub note: String,
    /// The chosen picture of the card; the first without.
    pub picture: Option<Picture>,
    /// The photo that was taken for it.
    #[serde(default)]
    pub photo: Option<PhotoId>,
    /// The next key.
    pub next: u32,
}

impl Draft {
    /// A new request: delivery and tax as in the last one of this thread.
    pub fn fresh(thread: &Thread) -> Self {
        let last = thread.requests.values().max_by_key(|request| request.current().sent_at);
        let like_last = last.map(Self::of).unwrap_or_else(Self::empty);
        Self {
            say: String::new(),
            lines: Vec::new(),
            discount: String::new(),
            note: String::new(),
            picture: None,
            photo: None,
            expiry: USUAL_EXPIRY,
            ..like_last
        }
    }

    /// Starts from what the seller has said of all requests, where something was said and nothing else was written
    /// meanwhile. What was not said stays as in the last request.
    pub fn start_from(&mut self, page: &SellingPage, fresh: &Self) {
        let same_tax = (&self.tax, self.tax_kind) == (&fresh.tax, fresh.tax_kind);
        match page.selling.draft().tax.tax(&page.rates) {
            _ if !same_tax || page.selling.draft().tax == TaxPolicy::None => {}
            Tax::Rate { ppm } => (self.tax, self.tax_kind) = (ppm.percent(), TaxKind::Percent),
            Tax::Amount { amount } => (self.tax, self.tax_kind) = (amount.decimal(), TaxKind::Amount),
            Tax::ByState { rates } => (self.rates, self.tax_kind) = (rates, TaxKind::ByState),
        }
        let same_ways = (&self.ways, self.digital) == (&fresh.ways, fresh.digital);
        if same_ways && page.selling.delivers() {
            self.ways_from = WaysFrom::Selling(page.selling.clone());
            self.digital = false;
        }
    }

    /// From now on the ways of delivery are written for this request, beginning with those that are offered.
    pub fn write_ways(&mut self, currency: Currency) {
        let offered = self.offered(currency);
        self.take_ways(&offered);
        self.ways_from = WaysFrom::Hand;
    }

    /// What is offered of what the seller has defined, for the items as they are.
    pub fn offered(&self, currency: Currency) -> Vec<Delivery> {
        let WaysFrom::Selling(selling) = &self.ways_from else { return Vec::new() };
        let mut ignored = Vec::new();
        let items: Vec<Item> = self.lines.iter().filter_map(|line| line.item(&mut ignored, currency)).collect();
        let goods = Money::sum(currency, items.iter().map(Item::line_total)).unwrap_or(Money::zero(currency));
        let less = self.discount.trim().trim_start_matches(MINUS);
        let discount = amount_or_none(less, currency).unwrap_or(Money::zero(currency));
        selling.offered(goods.minus(discount).unwrap_or(goods), weight_of(&items))
    }

    fn take_ways(&mut self, offered: &[Delivery]) {
        (self.ways, self.pickup) = (Vec::new(), None);
        for delivery in offered {
            match delivery {
                Delivery::Parcel { name, price, days: (fewest, most), region } => {
                    let days = if fewest == most { fewest.to_string() } else { format!("{fewest}–{most}") };
                    let (key, region) = (self.new_key(), region.clone());
                    self.ways.push(Way { key, name: name.to_string(), price: price.decimal(), days, region });
                }
                Delivery::Pickup { at } => self.pickup = Some(at.clone()),
                Delivery::Digital => {}
            }
        }
    }

    fn empty() -> Self {
        let (name, days) = (t().editor_way_usual().to_owned(), "3–5".to_owned());
        let ways = vec![Way { key: 0, name, price: String::new(), days, region: None }];
        Self {
            say: String::new(),
            lines: Vec::new(),
            ways,
            digital: false,
            discount: String::new(),
            tax: String::new(),
            tax_kind: TaxKind::Percent,
            rates: StateRates::new(),
            ways_from: WaysFrom::Hand,
            pickup: None,
            expiry: USUAL_EXPIRY,
            note: String::new(),
            picture: None,
            photo: None,
            next: 1,
        }
    }

    /// What a request asks for now, to be changed.
    pub fn of(request: &PaymentRequest) -> Self {
        let terms = request.current().terms.draft();
        let line = |(key, item): (u32, &Item)| Line {
            key,
            name: item.name.to_string(),
            detail: item.detail.as_ref().map(ToString::to_string),
            product: item.product.clone(),
            picture: item.picture.clone(),
            wide_picture: None,
            quantity: item.quantity,
            price: item.unit_price.decimal(),
            weight: item.weight.filter(|_| item.product.is_some()),
            grams: item
                .weight
                .filter(|_| item.product.is_none())
                .map(|grams| u32::from(grams).to_string())
                .unwrap_or_default(),
            thing: item.thing,
            said: false,
        };
        let mut lines: Vec<Line> = (0..).zip(&terms.items).map(line).collect();
        let (wide, photo) = match terms.picture.clone() {
            Some(Picture::Site(wide)) => (Some(wide), None),
            Some(Picture::Photo(photo)) => (None, Some(photo)),
            None => (None, None),
        };
        if let Some(first) = lines.first_mut() {
            first.wide_picture = wide;
        }
        let (tax, tax_kind, rates) = match &terms.tax {
            Tax::Rate { ppm } => (ppm.percent(), TaxKind::Percent, StateRates::new()),
            Tax::Amount { amount } => (amount.decimal(), TaxKind::Amount, StateRates::new()),
            Tax::ByState { rates } => (String::new(), TaxKind::ByState, rates.clone()),
        };
        let mut draft = Self {
            digital: terms.delivery.iter().all(|delivery| matches!(delivery, Delivery::Digital)),
            discount: if terms.discount.is_zero() { String::new() } else { terms.discount.decimal() },
            note: terms.note.as_ref().map(ToString::to_string).unwrap_or_default(),
            picture: terms.picture.clone(),
            photo,
            next: 200,
            lines,
            tax,
            tax_kind,
            rates,
            ..Self::empty()
        };
        draft.take_ways(&terms.delivery);
        draft
    }

    /// A key that no line and no way has.
    pub fn new_key(&mut self) -> u32 {
        self.next += 1;
        self.next
    }

    /// Adds one of a product, or one more of it.
    pub fn add(&mut self, product: &Product) {
        match self.lines.iter_mut().find(|line| line.product.as_ref() == Some(&product.id)) {
            Some(line) => line.quantity += 1,
            None => {
                let key = self.new_key();
                self.lines.push(Line::of(product, key));
                // What is owned is handed over; what is sent with it needs a request of its own.
                self.digital |= product.thing.is_some();
            }
        }
    }

    /// Fills in what was said; what was said before gives way.
    pub fn hear(&mut self, heard: Heard) {
        self.lines.retain(|line| !line.said);
        self.digital |= heard.lines.iter().any(|line| line.thing.is_some());
        self.lines.extend(heard.lines);
        if let Some(discount) = heard.discount {
            self.discount = discount;
        }
        if let Some(price) = heard.shipping {
            self.digital = false;
            // What was said is for this request.
            self.ways_from = WaysFrom::Hand;
            if self.ways.is_empty() {
                let key = self.new_key();
                self.ways.push(Way { key, ..Self::empty().ways.remove(0) });
            }
            self.ways[0].price = price;
        }
        if let Some((tax, kind)) = heard.tax {
            (self.tax, self.tax_kind) = (tax, kind);
        }
        if let Some(expiry) = heard.expiry {
            self.expiry = expiry;
        }
        if let Some(note) = heard.note {
            self.note = note;
        }
    }

    /// The pictures the card could have: the photo, then the wide ones.
    pub fn pictures(&self) -> Vec<Picture> {
        let photo = self.photo.clone().map(Picture::Photo);
        let wide = self.lines.iter().filter_map(|line| line.wide_picture.clone());
        let square = self.lines.iter().filter_map(|line| line.picture.clone());
        let mut pictures = Vec::new();
        for picture in photo.into_iter().chain(wide.chain(square).map(Picture::Site)) {
            if !pictures.contains(&picture) {
                pictures.push(picture);
            }
        }
        pictures
    }

    /// The picture of the card.
    pub fn card_picture(&self) -> Option<Picture> {
        let pictures = self.pictures();
        let chosen = self.picture.clone().filter(|picture| pictures.contains(picture));
        chosen.or_else(|| pictures.into_iter().next())
    }

    /// Gives the card a photo, or takes it away.
    pub fn set_photo(&mut self, photo: Option<PhotoId>) {
        self.picture = photo.clone().map(Picture::Photo);
        self.photo = photo;
    }

    /// The terms, or everything that is wrong.
    ///
    /// # Errors
    /// Each field that is wrong, in the form's order.
    pub fn terms(&self, currency: Currency) -> Result<Terms, Troubles> {
        let mut troubles = Vec::new();
        let items: Vec<Item> = self.lines.iter().filter_map(|line| line.item(&mut troubles, currency)).collect();
        let delivery = match (self.digital, &self.ways_from) {
            (false, WaysFrom::Selling(_)) => self.offered(currency),
            (true, _) | (false, WaysFrom::Hand) => self.delivery(&mut troubles, currency),
        };
        // A discount is often written as what it does.
        let less = self.discount.trim().trim_start_matches(MINUS);
        let discount = keep(&mut troubles, Field::Discount, amount_or_none(less, currency));
        let tax = keep(&mut troubles, Field::Tax, self.tax(currency));
        let note = match self.note.trim() {
            "" => Some(None),
            note => keep(&mut troubles, Field::Note, text(note)).map(Some),
        };
        let picture = self.card_picture();
        let (Some(discount), Some(tax), Some(note), true) = (discount, tax, note, troubles.is_empty()) else {
            return Err(troubles);
        };
        let draft = TermsDraft { items, discount, delivery, tax, note, picture };
        Terms::try_from(draft).map_err(|error| vec![(self.field_of(error), Trouble::Terms(error))])
    }

    fn delivery(&self, troubles: &mut Troubles, currency: Currency) -> Vec<Delivery> {
        if self.digital {
            return vec![Delivery::Digital];
        }
        let way = |way: &Way| {
            let name = keep(troubles, Field::WayName(way.key), text(&way.name));
            let price = keep(troubles, Field::WayPrice(way.key), amount_or_none(&way.price, currency));
            let days = keep(troubles, Field::WayDays(way.key), days(&way.days));
            Some(Delivery::Parcel { name: name?, price: price?, days: days?, region: way.region.clone() })
        };
        let pickup = self.pickup.clone().map(|at| Delivery::Pickup { at });
        self.ways.iter().filter_map(way).chain(pickup).collect()
    }

    fn tax(&self, currency: Currency) -> Result<Tax, Trouble> {
        match (self.tax.trim(), self.tax_kind) {
            (_, TaxKind::ByState) => Ok(Tax::ByState { rates: self.rates.clone() }),
            ("", _) => Ok(Tax::Rate { ppm: Rate::ZERO }),
            (percent, TaxKind::Percent) => {
                Rate::parse_percent(percent).map(|ppm| Tax::Rate { ppm }).map_err(|_| Trouble::Rate)
            }
            (text, TaxKind::Amount) => amount(text, currency).map(|amount| Tax::Amount { amount }),
        }
    }

    fn field_of(&self, error: TermsError) -> Field {
        let key = |line: usize| self.lines.get(line).map_or(0, |line| line.key);
        match error {
            TermsError::NoItems | TermsError::TooManyItems => Field::Items,
            TermsError::Quantity { line } => Field::Quantity(key(line)),
            TermsError::NegativePrice { line } => Field::Price(key(line)),
            TermsError::NegativeAmount | TermsError::NothingToPay | TermsError::Money(_) => Field::Total,
            TermsError::DiscountTooLarge => Field::Discount,
            TermsError::Delivery | TermsError::MixedDelivery => Field::Ways,
        }
    }
}
