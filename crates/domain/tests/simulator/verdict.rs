//! What has to be true of a life: after every step, and at its end.

use crate::processor::Standing;
use crate::run::Run;
use crate::support::invariants::{self, Verdict};
use domain::ids::PaymentId;
use domain::ledger::Account;
use domain::order::Funds;
use domain::payment::PaymentStatus;

impl Run {
    /// What has to be true after every step.
    pub fn check(&self) -> Verdict {
        invariants::all(&self.world)?;
        for (payment, line) in &self.processor.lines {
            let order = self.world.thread().order_of(payment).map(|order| order.id.clone());
            let out = order.and_then(|order| self.processor.paid_out.get(&order)).copied().unwrap_or(0);
            let taken = if line.standing == Standing::Taken { line.amount } else { 0 };
            // A seller may give back what was already paid out; nobody else does.
            let by_hand = self.given_back_after_payout(payment);
            // What it decides after a payout is between the seller and the processor.
            let decided = line.complaint.and_then(|complaint| complaint.returned).unwrap_or(0);
            if out + line.returned() > taken + by_hand + decided {
                return Err(format!("{payment}: {taken} taken, {} returned, {out} paid out", line.returned()));
            }
        }
        for request in self.world.thread().requests.keys() {
            let attempts = self.world.thread().attempts(request);
            let taken = attempts.filter(|attempt| {
                self.processor.lines.get(&attempt.id).is_some_and(|line| line.standing == Standing::Taken)
            });
            if taken.count() > 1 {
                return Err(format!("the processor took {request} twice"));
            }
        }
        if self.steps.is_multiple_of(16) { invariants::seeing_and_folding_commute(&self.world) } else { Ok(()) }
    }

    fn given_back_after_payout(&self, payment: &PaymentId) -> i64 {
        let Some(order) = self.world.thread().order_of(payment) else { return 0 };
        let transfers = self.world.thread().ledger.transfers().iter();
        let mine = transfers.filter(|transfer| transfer.order == order.id && transfer.from == Account::Released);
        mine.map(|transfer| transfer.amount.minor).sum()
    }

    /// Every payment has ended, every cent is where both books say, and nothing stays reserved.
    pub fn at_rest(&self) -> Verdict {
        let thread = self.world.thread();
        for payment in thread.payments.values() {
            let ended = match payment.status {
                PaymentStatus::Captured { .. } => !payment.is_refunding() && payment.open_dispute().is_none(),
                PaymentStatus::Failed { .. } | PaymentStatus::Voided { .. } => true,
                PaymentStatus::Processing
                | PaymentStatus::ActionRequired { .. }
                | PaymentStatus::Unknown { .. }
                | PaymentStatus::Authorised { .. }
                | PaymentStatus::Capturing { .. } => false,
            };
            let line = self.processor.lines.get(&payment.id).ok_or_else(|| format!("{} was lost", payment.id))?;
            let taken = if line.standing == Standing::Taken { line.amount } else { 0 };
            let reserved = matches!(line.standing, Standing::Waiting | Standing::Reserved);
            let same =
                taken == payment.captured().minor && line.returned() == payment.refunded().minor + payment.lost().minor;
            if !ended || reserved || !same {
                return Err(format!("{} rests as {:?}, at the processor {line:?}", payment.id, payment.status));
            }
        }
        for order in thread.orders.values() {
            let payment = thread.payment_of(order);
            let rest = match order.funds {
                Funds::Released { .. } | Funds::Reversed => true,
                Funds::None => payment.captured().is_zero(),
                Funds::Held | Funds::Frozen | Funds::Releasable { .. } => false,
            };
            let out: i64 = thread
                .ledger
                .transfers()
                .iter()
                .filter(|transfer| transfer.order == order.id)
                .filter(|transfer| (transfer.from, transfer.to) == (Account::Releasable, Account::Released))
                .map(|transfer| transfer.amount.minor)
                .sum();
            let paid_out = self.processor.paid_out.get(&order.id).copied().unwrap_or(0);
            if !rest || out != paid_out {
                return Err(format!("{} rests with {:?}, {out} paid out, {paid_out} in truth", order.id, order.funds));
            }
        }
        let requests = thread.requests.values();
        match requests.into_iter().find(|request| request.is_open()) {
            Some(open) => Err(format!("{} is still open", open.id)),
            None => {
                invariants::statements_add_up(&self.world)?;
                invariants::seeing_and_folding_commute(&self.world)
            }
        }
    }
}
