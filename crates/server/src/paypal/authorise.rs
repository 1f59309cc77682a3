//! Reserving money: an order is made, the buyer approves it where PayPal wants that, and it is authorised. Asked again,
//! each step goes on from what PayPal says is so.

use super::PayPalProvider;
use super::kept::{Asked, Entry, Owner, With, broken, place_of, unavailable};
use super::map::{Not, declined, sorted, token_has_ended, wants_the_buyer};
use super::sealed::Unopened;
use ::paypal::{Authorization, AuthorizationStatus, Issue, Order, OrderStatus, OrderWords};
use api::provider::{Outcome, ProviderError, Purchase};
use api::wire::PaidTo;
use domain::ids::{AccountId, MethodId, PaymentId};
use domain::payment::{DeclineReason, RequiredAction};
use domain::text::Label;

/// How long PayPal surely knows the key of an order (six hours), less an hour. An order that was asked for before, and of
/// which nothing was heard, is not asked for again: with a token it could reserve twice. What it may have reserved lapses.
const KEY_LIVES: i64 = 5 * 3_600_000;

/// What became of an order that was asked for.
enum Created {
    /// It is there.
    Order(Box<Order>),
    /// It certainly is not, asked for that way, and why.
    Refused(With, Vec<Issue>),
    /// It was never asked for.
    GivenUp(Outcome),
}

type Answer = Result<Outcome, ProviderError>;

impl PayPalProvider {
    pub(super) async fn reserve(&self, purchase: Purchase<'_>) -> Answer {
        let payment = &purchase.payment.id;
        let entry = self.entry(payment).await?.unwrap_or_default();
        if entry.given_up {
            return Ok(Outcome::Declined(DeclineReason::Cancelled));
        }
        let Some(id) = entry.order.clone() else {
            return match self.ask(purchase, entry).await? {
                Ok(order) => self.go_on(purchase, order).await,
                Err(outcome) => Ok(outcome),
            };
        };
        match self.0.paypal.order(&id).await {
            Ok(order) => self.go_on(purchase, order).await,
            Err(failure) => match sorted(failure) {
                Not::Known(error) => Err(error),
                // It was there, and is not: what PayPal has forgotten was never authorised.
                Not::Done(_) => self.give_up(payment, DeclineReason::ActionExpired).await,
            },
        }
    }

    /// Asks for the order, under a key that makes asking twice safe; or what has become of it without.
    async fn ask(&self, purchase: Purchase<'_>, entry: Entry) -> Result<Result<Order, Outcome>, ProviderError> {
        let payment = &purchase.payment.id;
        // It was removed before it was asked: what is no longer in the wallet is not charged.
        let Some(method) = purchase.method else { return Ok(Err(Outcome::Declined(DeclineReason::Cancelled))) };
        let (with, issues) = match self.create(purchase, entry.asked).await? {
            Created::Order(order) => return Ok(Ok(*order)),
            Created::Refused(with, issues) => (with, issues),
            Created::GivenUp(outcome) => return Ok(Err(outcome)),
        };
        if with != With::Token || !token_has_ended(&issues) {
            return self.give_up(payment, declined(&issues)).await.map(Err);
        }
        // Its end was never told: from now on the buyer approves again, and begins with this purchase. It is another order
        // than the one that was refused, so it has another key.
        self.end_token(&purchase.thread.buyer, &method.id).await?;
        let again = match self.compose(purchase, With::WindowAgain, None).await? {
            Ok(asked) => self.create(purchase, Some(asked)).await?,
            Err(outcome) => return Ok(Err(outcome)),
        };
        match again {
            Created::Order(order) => Ok(Ok(*order)),
            Created::Refused(_, issues) => self.give_up(payment, declined(&issues)).await.map(Err),
            Created::GivenUp(outcome) => Ok(Err(outcome)),
        }
    }

    /// Asks for an order in the words it was asked for before, or in words of now.
    async fn create(&self, purchase: Purchase<'_>, asked: Option<Asked>) -> Result<Created, ProviderError> {
        let payment = &purchase.payment.id;
        let asked = match (asked, purchase.method) {
            (Some(asked), _) => asked,
            (None, method) => {
                let token = match method {
                    Some(method) => self.token_that_opens(&purchase.thread.buyer, &method.id).await?,
                    None => None,
                };
                let with = if token.is_some() { With::Token } else { With::Window };
                match self.compose(purchase, with, token).await? {
                    Ok(asked) => asked,
                    Err(outcome) => return Ok(Created::GivenUp(outcome)),
                }
            }
        };
        if (self.0.machine)() - asked.at > KEY_LIVES {
            tracing::error!(%payment, "PayPal never said whether it made an order; it is not asked again");
            return self.give_up(payment, DeclineReason::ActionExpired).await.map(Created::GivenUp);
        }
        let words = self.opened(payment.as_str(), &asked.words).map_err(|error| unavailable(&error));
        let words = words.map(OrderWords::said_before)?;
        match self.0.paypal.create_order(&format!("{payment}:{}", asked.with.key()), &words).await {
            Ok(order) => Ok(Created::Order(Box::new(order))),
            Err(failure) => match sorted(failure) {
                Not::Known(error) => Err(error),
                Not::Done(issues) => Ok(Created::Refused(asked.with, issues)),
            },
        }
    }

    /// Writes the order, with a token or for the window, and keeps what it says before it is said.
    async fn compose(
        &self,
        purchase: Purchase<'_>,
        with: With,
        token: Option<String>,
    ) -> Result<Result<Asked, Outcome>, ProviderError> {
        let payment = &purchase.payment.id;
        let kept = self.kept(&purchase.thread.buyer).await?;
        let paid_to = self.paid_to(&purchase.thread.seller).await?;
        let payee = paid_to.as_ref().and_then(super::payee::said);
        let order = match self.new_order(purchase, token, kept.customer.as_deref(), payee) {
            Ok(order) => order,
            Err(why) => {
                tracing::error!(%payment, why = why.0, "an order cannot be put into PayPal's words");
                return self.give_up(payment, DeclineReason::SellerUnavailable).await.map(Err);
            }
        };
        let words = self.0.key.seal(payment.as_str(), OrderWords::from(&order).as_str());
        let asked = Asked { at: (self.0.machine)(), with, words, paid_to };
        // Two servers may write it at once: what is kept first is said by both.
        let keep = |entry: &mut Entry| match &entry.asked {
            Some(first) if first.with.key() == asked.with.key() => {}
            Some(_) | None => entry.asked = Some(asked.clone()),
        };
        let entry = self.note(payment, keep).await?;
        Ok(Ok(entry.asked.unwrap_or(asked)))
    }

    /// The token of a method. One that no key here opens any more pays nothing: the buyer approves again.
    async fn token_that_opens(&self, buyer: &AccountId, method: &MethodId) -> Result<Option<String>, ProviderError> {
        match self.token(buyer, method).await? {
            Some(Ok(token)) => Ok(Some(token)),
            Some(Err(Unopened)) => self.end_token(buyer, method).await.map(|()| None),
            None => Ok(None),
        }
    }

    /// PayPal takes a token no more.
    async fn end_token(&self, buyer: &AccountId, method: &MethodId) -> Result<(), ProviderError> {
        self.keep(buyer, |kept| drop(kept.tokens.remove(method))).await?;
        api::worker::unkeep_method(self.store(), buyer, method).await.map_err(broken)
    }

    /// From an order as it is to what it means.
    async fn go_on(&self, purchase: Purchase<'_>, order: Order) -> Answer {
        let payment = &purchase.payment.id;
        self.learn(payment, &order).await?;
        if !self.is_as_agreed(purchase, &order).await? {
            tracing::error!(%payment, order = order.id, "an order is for another amount or payee than was agreed");
            self.let_go(payment).await?;
            return self.give_up(payment, DeclineReason::NotAsAgreed).await;
        }
        if let Some(authorization) = order.authorizations().last() {
            return self.authorised(purchase, &order, authorization).await;
        }
        match &order.status {
            OrderStatus::Approved => self.authorise_order(purchase, &order).await,
            OrderStatus::Created | OrderStatus::Saved | OrderStatus::PayerActionRequired => {
                Ok(Outcome::ActionRequired(RequiredAction::Approval))
            }
            OrderStatus::Voided => self.give_up(payment, DeclineReason::Cancelled).await,
            // Done, and nothing of it to be seen yet: it is asked about again.
            OrderStatus::Completed => Err(ProviderError::InDoubt),
            OrderStatus::Other(word) => {
                tracing::warn!(word, "PayPal says a word of an order that we do not know");
                Err(ProviderError::InDoubt)
            }
        }
    }

    async fn authorise_order(&self, purchase: Purchase<'_>, order: &Order) -> Answer {
        let payment = &purchase.payment.id;
        match self.0.paypal.authorize_order(&format!("{payment}:authorize"), &order.id).await {
            Ok(answered) if answered.authorizations().next().is_some() => {
                self.learn(payment, &answered).await?;
                let last = answered.authorizations().last().expect("there is one");
                self.authorised(purchase, &answered, last).await
            }
            // An answer in brief: it is asked about again.
            Ok(_) => Err(ProviderError::InDoubt),
            Err(failure) => match sorted(failure) {
                Not::Known(error) => Err(error),
                // A lost answer: the order says the rest when it is asked for.
                Not::Done(issues) if issues.contains(&Issue::OrderAlreadyAuthorized) => Err(ProviderError::InDoubt),
                Not::Done(issues) if wants_the_buyer(&issues) => Ok(Outcome::ActionRequired(RequiredAction::Approval)),
                Not::Done(issues) => self.give_up(payment, declined(&issues)).await,
            },
        }
    }

    async fn authorised(&self, purchase: Purchase<'_>, order: &Order, authorization: &Authorization) -> Answer {
        match &authorization.status {
            AuthorizationStatus::Created | AuthorizationStatus::Captured | AuthorizationStatus::PartiallyCaptured => {
                Ok(Outcome::Done { kept: self.keep_token(purchase, order).await? })
            }
            AuthorizationStatus::Pending => Ok(Outcome::Pending),
            AuthorizationStatus::Denied => self.give_up(&purchase.payment.id, DeclineReason::DoNotHonor).await,
            AuthorizationStatus::Voided => self.give_up(&purchase.payment.id, DeclineReason::Cancelled).await,
            AuthorizationStatus::Other(word) => {
                tracing::warn!(word, "PayPal says a word of an authorization that we do not know");
                Err(ProviderError::InDoubt)
            }
        }
    }

    /// Keeps what PayPal calls the parts of an order, and the way back from each.
    pub(super) async fn learn(&self, payment: &PaymentId, order: &Order) -> Result<Entry, ProviderError> {
        let authorization = order.authorizations().last().map(|one| one.id.clone());
        let capture = order.captures().last().map(|one| one.id.clone());
        let names = [Some(order.id.clone()), authorization.clone(), capture.clone()];
        let known = self.entry(payment).await?.unwrap_or_default();
        let is_known = |name: &String| {
            [&known.order, &known.authorization, &known.capture].into_iter().any(|known| known.as_ref() == Some(name))
        };
        if capture.is_some() && known.capture.is_none() {
            self.moves(payment).await?;
        }
        for name in names.iter().flatten().filter(|name| !is_known(name)) {
            self.belongs(name, payment).await?;
        }
        let approve = order.approval_link().map(str::to_owned);
        self.note(payment, |entry| {
            entry.order = Some(order.id.clone());
            entry.approve = approve.clone().or(entry.approve.take());
            entry.authorization = authorization.clone().or(entry.authorization.take());
            entry.capture = capture.clone().or(entry.capture.take());
        })
        .await
    }

    /// Whether what PayPal has is what was agreed: the amount to the minor unit, and whom it is for.
    async fn is_as_agreed(&self, Purchase { payment, .. }: Purchase<'_>, order: &Order) -> Result<bool, ProviderError> {
        let [unit] = order.purchase_units.as_slice() else { return Ok(order.purchase_units.is_empty()) };
        let amount = unit.amount.is_none_or(|amount| amount.money() == payment.amount);
        let ours = unit.custom_id.as_deref().is_none_or(|custom| custom == payment.id.as_str());
        // The seller may have chosen another account since.
        let paid_to = self.entry(&payment.id).await?.and_then(|entry| entry.asked).and_then(|asked| asked.paid_to);
        let payee = unit.payee.as_ref().is_none_or(|payee| {
            let is = |told: &Option<String>, agreed: &str| {
                told.as_deref().is_none_or(|told| told.eq_ignore_ascii_case(agreed))
            };
            match (&paid_to, &self.0.merchant) {
                (Some(PaidTo::Merchant(id)), _) => is(&payee.merchant_id, id),
                (Some(PaidTo::Email(email)), _) => is(&payee.email_address, email),
                (None, Some(merchant)) => is(&payee.merchant_id, merchant.as_str()),
                (None, None) => true,
            }
        });
        Ok(amount && ours && payee)
    }

    /// Nothing is reserved for this attempt any more, whatever the buyer still approves.
    async fn give_up(&self, payment: &PaymentId, reason: DeclineReason) -> Answer {
        self.note(payment, |entry| entry.given_up = true).await?;
        Ok(Outcome::Declined(reason))
    }

    /// Keeps the token that PayPal has made of this purchase; what the method is called from now on.
    async fn keep_token(&self, purchase: Purchase<'_>, order: &Order) -> Result<Option<Label>, ProviderError> {
        let (Some(method), Some(vaulted)) = (purchase.method, order.vaulted()) else { return Ok(None) };
        let owner = Owner { account: purchase.thread.buyer.clone(), method: method.id.clone() };
        if let Some(customer) = vaulted.customer_id() {
            // A token that comes later says only whose it is at PayPal.
            self.owns(customer, &owner).await?;
            self.keep(&owner.account, |kept| kept.customer = Some(customer.to_owned())).await?;
        }
        let Some(token) = &vaulted.id else { return Ok(None) };
        self.keep_as(&owner, token).await?;
        let email = order.paypal().and_then(|paypal| paypal.email_address.as_deref());
        Ok(Some(masked(email.unwrap_or_default())))
    }

    /// From now on this method pays with this token.
    pub(super) async fn keep_as(&self, owner: &Owner, token: &str) -> Result<(), ProviderError> {
        self.owns(token, owner).await?;
        let sealed = self.0.key.seal(&place_of(&owner.account, &owner.method), token);
        let keep = |kept: &mut super::kept::Kept| {
            kept.tokens.insert(owner.method.clone(), sealed.clone());
        };
        self.keep(&owner.account, keep).await.map(drop)
    }
}

/// An e-mail that its owner knows again, and nobody else learns: `m•••@example.com`.
pub(super) fn masked(email: &str) -> Label {
    let shown = email.split_once('@').and_then(|(name, host)| {
        let first = name.chars().next()?;
        format!("{first}•••@{host}").parse().ok()
    });
    shown.unwrap_or_else(|| "PayPal".parse().expect("a short word"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_email_is_known_again_by_its_owner_alone() {
        assert_eq!(masked("maya.torres@example.com").as_str(), "m•••@example.com");
        assert_eq!(masked("").as_str(), "PayPal");
        assert_eq!(masked("@example.com").as_str(), "PayPal");
    }
}
