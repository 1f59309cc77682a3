//! The order that PayPal is asked for: all of it from the agreed revision, nothing from a page.

use super::PayPalProvider;
use super::kept::broken;
use ::paypal::{
    Address, Breakdown, Category, Country, CustomerType, Delivery, Experience, Funding, Id, Intent, Label, LandingPage,
    NewAmount, NewItem, NewOrder, NewUnit, Payee, Priced, Recipient, Reference, Source, UsageType, UserAction,
    Vaulting,
};
use api::app::kinds;
use api::provider::{ProviderError, Purchase};
use api::wire::{MethodUse, PaidTo};
use domain::address::{Destination, UsState};
use domain::ids::AccountId;
use domain::payment::MethodKind;
use domain::terms::Terms;
use std::num::NonZeroU32;
use url::Url;

/// It cannot be put into PayPal's words, such as an amount that PayPal does not know: nothing is ever sent.
#[derive(Debug)]
pub(super) struct Unsayable(pub String);

fn unsayable(error: impl std::fmt::Display) -> Unsayable {
    Unsayable(error.to_string())
}

impl PayPalProvider {
    /// Whom a seller's customers pay; without one, the account of our keys.
    pub(super) async fn paid_to(&self, seller: &AccountId) -> Result<Option<PaidTo>, ProviderError> {
        let chosen = api::store::document::<Option<PaidTo>>(self.store(), kinds::PAYEE, seller.as_str()).await;
        Ok(chosen.map_err(broken)?.flatten())
    }

    /// The order for a purchase; with a token no window is needed.
    pub(super) fn new_order(
        &self,
        Purchase { thread, brand, payment, method }: Purchase<'_>,
        token: Option<String>,
        customer: Option<&str>,
        payee: Option<Payee>,
    ) -> Result<NewOrder, Unsayable> {
        let request = thread.requests.get(&payment.request);
        let agreed =
            request.and_then(|request| request.revisions.iter().find(|known| known.number == payment.revision));
        let terms = &agreed.ok_or_else(|| unsayable("no such revision"))?.terms;
        let kind = method.map_or(payment.method.kind, |method| method.kind);
        let back = |how: &str| {
            let mut url = self.0.origin.clone();
            url.set_path("/returned.html");
            url.query_pairs_mut().append_pair("payment", payment.id.as_str()).append_pair("how", how);
            url
        };
        let experience = experience(brand, kind, back("approved"), back("cancelled"));
        let source = match token {
            Some(token) => Source::Vaulted { vault_id: Id::new(token).map_err(unsayable)?, experience },
            None => {
                let keeps = method.is_some_and(|method| method.pays == MethodUse::InWindowThenKept);
                let vaulting = keeps.then(|| Vaulting {
                    usage_type: UsageType::Merchant,
                    customer_type: CustomerType::Consumer,
                    permit_multiple_payment_tokens: true,
                    customer: customer.and_then(|id| Id::new(id).ok()),
                });
                Source::Approval { experience, vaulting }
            }
        };
        // A request that was paid is never paid again: should all else fail, PayPal refuses the second of two.
        let invoice = format!("{}-{}", payment.request, payment.revision);
        let unit = NewUnit {
            reference_id: None,
            custom_id: Some(Reference::new(payment.id.as_str()).map_err(unsayable)?),
            invoice_id: Some(Reference::new(invoice).map_err(unsayable)?),
            description: terms.items().first().and_then(|item| Label::cut(item.name.as_str())),
            priced: priced(terms, payment.delivery, payment.destination.state())?,
            delivery: delivery(&payment.destination),
            payee,
        };
        Ok(NewOrder { intent: Intent::Authorize, unit, source })
    }
}

fn experience(brand: &str, kind: MethodKind, return_url: Url, cancel_url: Url) -> Experience {
    Experience {
        brand_name: Label::cut(brand),
        locale: None,
        return_url,
        cancel_url,
        landing_page: match kind {
            MethodKind::Card => LandingPage::GuestCheckout,
            MethodKind::PayPal | MethodKind::MetaPay => LandingPage::Login,
        },
        user_action: UserAction::PayNow,
        funding: Funding::ImmediatePaymentRequired,
    }
}

/// The five figures, as they were agreed. Tax is told as a sum: per piece it could not always be.
fn priced(terms: &Terms, delivery: usize, to: Option<UsState>) -> Result<Priced, Unsayable> {
    let totals = terms.totals(delivery, to).ok_or_else(|| unsayable("no such delivery"))?;
    let breakdown = Breakdown {
        tax_total: totals.tax,
        shipping: totals.shipping,
        discount: totals.discount,
        ..Breakdown::items(totals.items)
    };
    let category = if terms.is_digital() { Category::DigitalGoods } else { Category::PhysicalGoods };
    let items = terms.items().iter().filter_map(|item| {
        Some(NewItem {
            name: Label::cut(item.name.as_str())?,
            quantity: NonZeroU32::new(item.quantity)?,
            unit_amount: item.unit_price,
            sku: None,
            description: item.detail.as_ref().and_then(|detail| Label::cut(detail.as_str())),
            category,
        })
    });
    let amount = NewAmount::new(totals.total, breakdown).map_err(unsayable)?;
    Priced::new(amount, items.collect()).map_err(unsayable)
}

fn delivery(destination: &Destination) -> Delivery {
    let to = match destination {
        Destination::Address { address } => address,
        Destination::Digital | Destination::Pickup | Destination::Town { .. } => return Delivery::None,
    };
    let recipient = || {
        Some(Recipient {
            full_name: Label::cut(to.name.as_str())?,
            address: Address {
                address_line_1: Label::cut(to.line1.as_str())?,
                address_line_2: to.line2.as_ref().and_then(|line| Label::cut(line.as_str())),
                city: Label::cut(to.city.as_str()),
                state: Label::cut(to.state.code()),
                postal_code: Label::cut(to.zip.as_str()),
                country: Country::parse("US")?,
            },
        })
    };
    recipient().map_or(Delivery::None, Delivery::To)
}
