//! A processor with books of its own: what is true of the money, whatever anybody was told. It answers late, twice, out
//! of order, or not at all; asked again with the same key it does nothing twice.

use crate::dice::Dice;
use domain::command::Answer;
use domain::dispute::{DisputeOutcome, DisputeReason, DisputeStage, DisputeTold};
use domain::ids::{OrderId, PaymentId, RefundId};
use domain::money::{Currency, Money};
use domain::order::OrderNumber;
use domain::payment::{DeclineReason, RequiredAction};
use std::collections::BTreeMap;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Wants something of the buyer.
    Waiting,
    Reserved,
    Taken,
    LetGo,
    Refused(DeclineReason),
}

#[derive(Clone, Debug)]
pub struct Line {
    pub amount: i64,
    pub standing: Standing,
    /// What the buyer complained of, and what came of it.
    pub complaint: Option<Complaint>,
    pub refunds: BTreeMap<RefundId, (i64, bool)>,
}

#[derive(Debug, Default)]
pub struct Processor {
    pub lines: BTreeMap<PaymentId, Line>,
    pub paid_out: BTreeMap<OrderId, i64>,
}

/// A complaint over what was left of a payment.
#[derive(Clone, Copy, Debug)]
pub struct Complaint {
    pub amount: i64,
    /// What went back; nothing while it is not decided.
    pub returned: Option<i64>,
}

/// How an answer travels.
pub enum Manner {
    /// At once, and sometimes again.
    Told,
    /// Nobody knows whether it happened; it tells later, or when it is asked.
    Lost,
}

impl Line {
    pub fn returned(&self) -> i64 {
        let refunds: i64 = self.refunds.values().filter(|(_, settled)| *settled).map(|(amount, _)| amount).sum();
        refunds + self.complaint.and_then(|complaint| complaint.returned).unwrap_or(0)
    }

    fn is_disputed(&self) -> bool {
        self.complaint.is_some_and(|complaint| complaint.returned.is_none())
    }

    pub fn answer(&self, number: u64) -> Answer {
        match self.standing {
            Standing::Waiting => Answer::ActionRequired(RequiredAction::Challenge),
            Standing::Reserved | Standing::Taken => Answer::Authorised { number: order_number(number) },
            Standing::LetGo => Answer::Declined(DeclineReason::Cancelled),
            Standing::Refused(reason) => Answer::Declined(reason),
        }
    }
}

fn order_number(n: u64) -> OrderNumber {
    format!("K-{}", n % 10_000).try_into().expect("a letter, a dash and digits")
}

impl Processor {
    pub fn authorise(&mut self, payment: &PaymentId, amount: i64, calm: bool, dice: &mut Dice) -> Manner {
        if !self.lines.contains_key(payment) {
            let standing = match if calm { 0 } else { dice.below(100) } {
                0..60 => Standing::Reserved,
                60..75 => Standing::Refused(DeclineReason::InsufficientFunds),
                75..80 => Standing::Refused(DeclineReason::SuspectedFraud),
                _ => Standing::Waiting,
            };
            self.lines.insert(payment.clone(), Line { amount, standing, complaint: None, refunds: BTreeMap::new() });
        }
        if !calm && dice.percent(25) { Manner::Lost } else { Manner::Told }
    }

    /// The buyer acts in the processor's own window, perhaps when nobody waits for it any more.
    pub fn act(&mut self, payment: &PaymentId, dice: &mut Dice) {
        if let Some(line) = self.lines.get_mut(payment)
            && line.standing == Standing::Waiting
        {
            line.standing = match dice.below(4) {
                0 => Standing::Refused(DeclineReason::ChallengeFailed),
                _ => Standing::Reserved,
            };
        }
    }

    pub fn capture(&mut self, payment: &PaymentId, calm: bool, dice: &mut Dice) -> Answer {
        let Some(line) = self.lines.get_mut(payment) else { return Answer::CaptureFailed };
        match line.standing {
            Standing::Reserved if !calm && dice.percent(5) => {
                line.standing = Standing::Refused(DeclineReason::CaptureFailed);
                Answer::CaptureFailed
            }
            Standing::Reserved | Standing::Taken => {
                line.standing = Standing::Taken;
                Answer::Captured { fee: Some(Money::new(line.amount / 30, Currency::USD)) }
            }
            Standing::Waiting | Standing::LetGo | Standing::Refused(_) => Answer::CaptureFailed,
        }
    }

    pub fn void(&mut self, payment: &PaymentId) {
        if let Some(line) = self.lines.get_mut(payment)
            && matches!(line.standing, Standing::Waiting | Standing::Reserved)
        {
            line.standing = Standing::LetGo;
        }
    }

    pub fn refund(&mut self, refund: &RefundId, payment: &PaymentId, amount: i64, calm: bool, dice: &mut Dice) -> bool {
        let Some(line) = self.lines.get_mut(payment) else { return false };
        if let Some((_, settled)) = line.refunds.get(refund) {
            return *settled;
        }
        let possible =
            line.standing == Standing::Taken && !line.is_disputed() && line.returned() + amount <= line.amount;
        let settled = possible && (calm || dice.percent(85));
        line.refunds.insert(refund.clone(), (amount, settled));
        settled
    }

    /// The buyer complains, once.
    pub fn complain(&mut self, payment: &PaymentId) {
        if let Some(line) = self.lines.get_mut(payment)
            && line.standing == Standing::Taken
            && line.complaint.is_none()
        {
            line.complaint = Some(Complaint { amount: line.amount - line.returned(), returned: None });
        }
    }

    /// It is decided, once.
    pub fn decide(&mut self, payment: &PaymentId, for_buyer: bool) {
        if let Some(complaint) = self.lines.get_mut(payment).and_then(|line| line.complaint.as_mut())
            && complaint.returned.is_none()
        {
            complaint.returned = Some(if for_buyer { complaint.amount } else { 0 });
        }
    }

    /// What it says of a complaint.
    pub fn of_complaint(&self, payment: &PaymentId, review: bool) -> Option<DisputeTold> {
        let complaint = self.lines.get(payment)?.complaint?;
        let stage = match complaint.returned {
            None if review => DisputeStage::Review,
            None => DisputeStage::Seller,
            Some(0) => DisputeStage::Closed(DisputeOutcome::ForSeller),
            Some(returned) => {
                let returned = Money::new(returned, Currency::USD);
                DisputeStage::Closed(DisputeOutcome::ForBuyer { returned })
            }
        };
        let id = format!("dsp_{}", &payment.as_str()[4..]).parse().expect("letters and digits");
        let amount = Money::new(complaint.amount, Currency::USD);
        Some(DisputeTold { id, reason: DisputeReason::NotReceived, amount, respond_by: None, stage })
    }

    pub fn pay_out(&mut self, order: &OrderId, amount: i64) {
        self.paid_out.entry(order.clone()).or_insert(amount);
    }
}
