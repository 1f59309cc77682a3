//! Once a day: what PayPal reports of its account, beside our books. What was reported is kept by payment, so that a
//! payment of last year that is refunded today is compared as a whole. What differs is looked into, and told to the seller.

use super::PayPalProvider;
use super::kept::broken;
use super::take::known;
use crate::lease::Lease;
use ::paypal::{Quoted, Transaction};
use api::app::{App, kinds};
use api::provider::ProviderError;
use api::wire::{Difference, DifferenceKind, Differences};
use domain::calendar::Zone;
use domain::ids::{AccountId, PaymentId, ThreadId};
use domain::money::Money;
use domain::payment::{Payment, RefundStatus};
use domain::thread::Thread;
use domain::time::{Span, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;
use tokio::task::JoinHandle;
use tokio::time::Instant;

/// PayPal's longest report.
const LONGEST: Span = Span::days(31);
/// How much of what was read is read again: reports are up to three hours late, and what is pending is settled later.
const AGAIN: Span = Span::days(3);
/// Between two comparisons.
const EVERY: Span = Span::hours(24);
/// How long one server has for it.
const LASTS: Span = Span::minutes(30);

/// Until when the report was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct Compared {
    until: Option<Timestamp>,
    /// Whose work it is just now.
    lease: Option<Lease>,
}

/// A line of the report, as far as it says what moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Line {
    /// Negative when it left the account.
    amount: Money,
    /// What PayPal took for itself, more than nothing.
    fee: i64,
}

/// All that was reported of an attempt so far, by PayPal's names.
type Reported = BTreeMap<String, Line>;

/// The attempts that moved on a day, and when: milliseconds since 1970 by the machine's clock.
type Moved = BTreeMap<PaymentId, i64>;

/// What came, went back and was kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Sums {
    taken: i64,
    returned: i64,
    fee: i64,
}

impl Sums {
    fn of(payment: &Payment) -> Self {
        let settled = payment.refunds.values().filter(|refund| matches!(refund.status, RefundStatus::Settled { .. }));
        let settled: i64 = settled.map(|refund| refund.amount.minor).sum();
        Self {
            taken: payment.captured().minor,
            returned: settled + payment.lost().minor,
            fee: payment.fee.map_or(0, |fee| fee.minor),
        }
    }

    fn reported(lines: &Reported) -> Self {
        let amounts = lines.values().map(|line| line.amount.minor);
        Self {
            taken: amounts.clone().filter(|minor| *minor > 0).sum(),
            returned: -amounts.filter(|minor| *minor < 0).sum::<i64>(),
            fee: lines.values().map(|line| line.fee).sum(),
        }
    }

    /// What differs first: of money that was never taken nothing can go back.
    fn difference(self, theirs: Self, like: Money) -> Option<DifferenceKind> {
        let money = |minor| Money::new(minor, like.currency);
        let pair = |ours, theirs| (ours != theirs).then(|| (money(ours), money(theirs)));
        let taken = pair(self.taken, theirs.taken).map(|(ours, theirs)| DifferenceKind::Taken { ours, theirs });
        let returned = || pair(self.returned, theirs.returned);
        let fee = || pair(self.fee, theirs.fee).map(|(ours, theirs)| DifferenceKind::Fee { ours, theirs });
        taken.or_else(|| returned().map(|(ours, theirs)| DifferenceKind::Returned { ours, theirs })).or_else(fee)
    }
}

/// The document of a day that a payment is in. There are sixteen, so that not all payments of a day wait for one.
fn part_of(day: &str, part: char) -> String {
    format!("{day}-{part}")
}

fn day(millis: i64) -> String {
    Zone::Utc.date_at(Timestamp::from_millis(millis)).to_string()
}

fn part(payment: &PaymentId) -> char {
    let last = payment.as_str().bytes().last().unwrap_or_default();
    char::from_digit(u32::from(last % 16), 16).expect("below sixteen")
}

impl PayPalProvider {
    /// Notes that money of an attempt moves, so that it is compared with the report even if PayPal reports nothing of it.
    pub(super) async fn moves(&self, payment: &PaymentId) -> Result<(), ProviderError> {
        let now = (self.0.machine)();
        let at = part_of(&day(now), part(payment));
        let note = |moved: Option<Moved>| {
            let mut moved = moved.unwrap_or_default();
            moved.insert(payment.clone(), now);
            moved
        };
        api::store::change(self.store(), kinds::PAYPAL_DAY, &at, note).await.map_err(broken)?;
        Ok(())
    }

    /// Compares if a day has passed since the last time, and no other server does.
    ///
    /// # Errors
    /// When PayPal or the store does not answer: it is done again when the lease is over.
    pub async fn compare_daily(&self, app: &App) -> Result<(), ProviderError> {
        let now = Timestamp::from_millis((self.0.machine)());
        let is_due = |known: &Compared| {
            let is_free = known.lease.as_ref().is_none_or(|lease| lease.is_over(now));
            known.until.is_none_or(|until| now.since(until) >= EVERY) && is_free
        };
        if !is_due(&self.compared().await?) {
            return Ok(());
        }
        let holder = format!("{:032x}", (app.entropy)());
        let hold = |known: Option<Compared>| {
            let known = known.unwrap_or_default();
            if is_due(&known) { Compared { lease: Some(Lease::new(&holder, now, LASTS)), ..known } } else { known }
        };
        let held = api::store::change(self.store(), kinds::COMPARED, "paypal", hold).await.map_err(broken)?;
        let is_mine = held.lease.is_some_and(|lease| lease.is_of(&holder));
        if is_mine { self.compare(app).await } else { Ok(()) }
    }

    async fn compared(&self) -> Result<Compared, ProviderError> {
        let known = api::store::document(self.store(), kinds::COMPARED, "paypal").await.map_err(broken)?;
        Ok(known.unwrap_or_default())
    }

    /// Reads what PayPal has reported since the last time, and compares every payment that moved on either side.
    ///
    /// # Errors
    /// When PayPal or the store does not answer. What was read is kept.
    pub async fn compare(&self, app: &App) -> Result<(), ProviderError> {
        let now = Timestamp::from_millis((self.0.machine)());
        let known = self.compared().await?;
        let from = known.until.unwrap_or(now).minus(AGAIN);
        let (mut payments, whole_until) = self.read(from, now).await?;
        let mut fresh = BTreeSet::new();
        for (payment, at) in self.moved_since(from, now).await? {
            // What moved after the report was made is in the next one.
            if whole_until.is_none_or(|until| at <= until.as_millis()) {
                payments.insert(payment);
            } else {
                fresh.insert(payment);
            }
        }
        payments.extend(self.differing().await?);
        for payment in payments.difference(&fresh) {
            self.compare_one(app, payment, now).await?;
        }
        let done = |_: Option<Compared>| Compared { until: Some(now), lease: None };
        api::store::change(self.store(), kinds::COMPARED, "paypal", done).await.map_err(broken)?;
        self.tell_sellers(now).await
    }

    /// Keeps what is reported; the payments it is about, and until when the report is whole.
    async fn read(
        &self,
        mut from: Timestamp,
        to: Timestamp,
    ) -> Result<(BTreeSet<PaymentId>, Option<Timestamp>), ProviderError> {
        let (mut payments, mut whole_until) = (BTreeSet::new(), None);
        while from < to {
            let end = from.plus(LONGEST).min(to);
            let mut page = 1;
            loop {
                let report = self.0.paypal.transactions(from, end, page).await.map_err(known)?;
                whole_until = report.last_refreshed_datetime.or(whole_until);
                for line in report.all() {
                    payments.extend(self.reported(line).await?);
                }
                if report.total_pages.is_none_or(|pages| page >= pages) {
                    break;
                }
                page += 1;
            }
            from = end;
        }
        Ok((payments, whole_until))
    }

    /// Keeps a line; the payment it is about, if it is of ours at all.
    async fn reported(&self, line: &Transaction) -> Result<Option<PaymentId>, ProviderError> {
        let named = line.custom_field.as_deref().and_then(|custom| custom.parse::<PaymentId>().ok());
        let found = match (named, &line.paypal_reference_id) {
            (Some(named), _) => Some(named),
            (None, Some(reference)) => self.payment_of(reference).await.map_err(broken)?,
            (None, None) => None,
        };
        let (Some(payment), Some(amount)) = (found, line.transaction_amount.as_ref().and_then(Quoted::money)) else {
            return Ok(None);
        };
        let fee = line.fee_amount.as_ref().and_then(Quoted::money).map_or(0, |fee| -fee.minor);
        let is_done = line.transaction_status.as_deref() == Some("S");
        let keep = |lines: Option<Reported>| {
            let mut lines = lines.unwrap_or_default();
            if is_done {
                lines.insert(line.transaction_id.clone(), Line { amount, fee });
            } else {
                // Pending, denied, or reversed since it was done.
                lines.remove(&line.transaction_id);
            }
            lines
        };
        api::store::change(self.store(), kinds::PAYPAL_REPORTED, payment.as_str(), keep).await.map_err(broken)?;
        Ok(Some(payment))
    }

    /// What moved here since then, and when last.
    async fn moved_since(&self, from: Timestamp, to: Timestamp) -> Result<Moved, ProviderError> {
        let (mut all, mut at) = (Moved::new(), from);
        loop {
            for digit in 0..16 {
                let of = part_of(&day(at.as_millis()), char::from_digit(digit, 16).expect("below sixteen"));
                let moved: Option<Moved> =
                    api::store::document(self.store(), kinds::PAYPAL_DAY, &of).await.map_err(broken)?;
                all.extend(moved.unwrap_or_default());
            }
            if day(at.as_millis()) == day(to.as_millis()) {
                return Ok(all);
            }
            at = at.plus(Span::days(1)).min(to);
        }
    }

    /// The payments that differed the last time.
    async fn differing(&self) -> Result<Vec<PaymentId>, ProviderError> {
        let all = self.store().documents(kinds::DIFFERENCES).await.map_err(broken)?;
        let told = all.iter().filter_map(|(_, text)| serde_json::from_str::<Differences>(text).ok());
        Ok(told.flat_map(|told| told.found).map(|one| one.payment).collect())
    }

    async fn compare_one(&self, app: &App, payment: &PaymentId, now: Timestamp) -> Result<(), ProviderError> {
        let thread = self.store().thread_of(payment.as_str()).await.map_err(broken)?;
        let thread = match thread {
            Some(thread) => self.store().thread(&thread).await.map_err(broken)?,
            None => None,
        };
        let Some((thread, attempt)) = thread.as_ref().and_then(|thread| Some((thread, thread.payments.get(payment)?)))
        else {
            tracing::error!(%payment, "PayPal reports money of a payment that nobody knows here");
            metrics::counter!("bottega_unknown_money_total").increment(1);
            return Ok(());
        };
        let lines = api::store::document(self.store(), kinds::PAYPAL_REPORTED, payment.as_str()).await;
        let theirs = Sums::reported(&lines.map_err(broken)?.unwrap_or_default());
        let what = Sums::of(attempt).difference(theirs, attempt.amount);
        if let Some(what) = what {
            tracing::warn!(%payment, ?what, "our books and PayPal's report differ");
            // Most often a word was lost: it is looked at, and is the same the next time.
            let heard = app.hint(payment, &format!("compared-{}", day(now.as_millis()))).await;
            if let Err(error) = heard {
                tracing::warn!(%payment, %error, "it cannot be looked at now");
            }
        }
        self.keep_difference(thread, payment, what, now).await
    }

    async fn keep_difference(
        &self,
        thread: &Thread,
        payment: &PaymentId,
        what: Option<DifferenceKind>,
        now: Timestamp,
    ) -> Result<(), ProviderError> {
        let number = thread.order_of(payment).map(|order| order.number.clone());
        let (id, seller): (ThreadId, &AccountId) = (thread.id.clone(), &thread.seller);
        let keep = |told: Option<Differences>| {
            let mut told = told.unwrap_or_default();
            let since = told.found.iter().find(|one| one.payment == *payment).map_or(now, |one| one.found_at);
            told.found.retain(|one| one.payment != *payment);
            told.found.extend(what.map(|what| Difference {
                payment: payment.clone(),
                thread: id.clone(),
                number: number.clone(),
                found_at: since,
                what,
            }));
            told.found.sort_by(|a, b| (a.found_at, &a.payment).cmp(&(b.found_at, &b.payment)));
            told.compared_until = Some(now);
            told
        };
        api::store::change(self.store(), kinds::DIFFERENCES, seller.as_str(), keep).await.map_err(broken)?;
        Ok(())
    }

    /// Also those of whom nothing moved are told that it was compared.
    async fn tell_sellers(&self, now: Timestamp) -> Result<(), ProviderError> {
        for (seller, _) in self.store().documents(kinds::DIFFERENCES).await.map_err(broken)? {
            let tell =
                |told: Option<Differences>| Differences { compared_until: Some(now), ..told.unwrap_or_default() };
            api::store::change(self.store(), kinds::DIFFERENCES, &seller, tell).await.map_err(broken)?;
        }
        Ok(())
    }
}

/// The daily comparison of one server.
pub struct Comparing(JoinHandle<()>);

impl Comparing {
    /// How often it is looked whether a day has passed.
    const LOOK: Duration = Duration::from_secs(600);
    /// A server that has just begun has other things to do.
    const FIRST: Duration = Duration::from_secs(60);

    /// Compares from now on.
    pub fn begin(paypal: PayPalProvider, app: App) -> Self {
        Self(tokio::spawn(async move {
            let mut times = tokio::time::interval_at(Instant::now() + Self::FIRST, Self::LOOK);
            loop {
                times.tick().await;
                if let Err(error) = paypal.compare_daily(&app).await {
                    tracing::warn!(?error, "our books cannot be compared with PayPal's report now; it is tried again");
                }
            }
        }))
    }

    /// Compares no more. What was begun is begun again by whichever server looks when its lease is over.
    pub fn end(self) {
        self.0.abort();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::money::Currency;

    fn sums(taken: i64, returned: i64, fee: i64) -> Sums {
        Sums { taken, returned, fee }
    }

    #[test]
    fn what_differs_is_said_once_the_gravest_first() {
        let usd = |minor| Money::new(minor, Currency::USD);
        let ours = sums(41_200, 1_000, 1_487);
        assert_eq!(ours.difference(ours, usd(1)), None);
        let taken = DifferenceKind::Taken { ours: usd(41_200), theirs: usd(0) };
        assert_eq!(ours.difference(Sums::default(), usd(1)), Some(taken));
        let returned = DifferenceKind::Returned { ours: usd(1_000), theirs: usd(0) };
        assert_eq!(ours.difference(sums(41_200, 0, 0), usd(1)), Some(returned));
        let fee = DifferenceKind::Fee { ours: usd(1_487), theirs: usd(1_500) };
        assert_eq!(ours.difference(sums(41_200, 1_000, 1_500), usd(1)), Some(fee));
    }

    #[test]
    fn what_was_reported_adds_up_by_its_signs() {
        let line = |minor, fee| Line { amount: Money::new(minor, Currency::USD), fee };
        let lines: Reported = [("A", line(41_200, 1_487)), ("B", line(-1_000, 0)), ("C", line(-200, 0))]
            .map(|(id, line)| (id.to_owned(), line))
            .into();
        assert_eq!(Sums::reported(&lines), sums(41_200, 1_200, 1_487));
    }
}
