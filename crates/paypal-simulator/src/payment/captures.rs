//! `/v2/payments/captures` and `/v2/payments/refunds`.

use super::{Capture, Given, REFUND_TIME, Refund, RefundMood, Taken, money};
use crate::call::{Call, Done};
use crate::ledger::Reason;
use crate::money::Money;
use crate::refusal::Refusal;
use crate::repeat::Reference;
use crate::world::World;

/// `GET /v2/payments/captures/{capture_id}`
pub(crate) fn get(world: &mut World, call: &Call) -> Result<Done, Refusal> {
    known(world, call.id())?;
    Ok(Done::Read(Reference::Capture(call.id().to_owned())))
}

/// `GET /v2/payments/refunds/{refund_id}`
pub(crate) fn get_refund(world: &mut World, call: &Call) -> Result<Done, Refusal> {
    world.refunds.get(call.id()).ok_or_else(Refusal::missing)?;
    Ok(Done::Read(Reference::Refund(call.id().to_owned())))
}

/// `POST /v2/payments/captures/{capture_id}/refund`. An empty body gives back all that is left.
pub(crate) fn refund(world: &mut World, call: &Call) -> Result<Done, Refusal> {
    let capture = known(world, call.id())?.clone();
    match capture.taken {
        Taken::Completed => {}
        Taken::Pending => return Err(Refusal::unprocessable("PENDING_CAPTURE")),
        Taken::Declined => return Err(Refusal::unprocessable("REFUND_NOT_ALLOWED")),
    }
    if world.is_disputed(&capture.id) {
        return Err(Refusal::unprocessable("TRANSACTION_DISPUTED"));
    }
    if world.now() >= capture.created + REFUND_TIME {
        return Err(Refusal::unprocessable("REFUND_TIME_LIMIT_EXCEEDED"));
    }
    let already = world.refunded_of(&capture.id);
    let left = capture.amount.minor - already - capture.reversed;
    if left <= 0 {
        return Err(Refusal::unprocessable("CAPTURE_FULLY_REFUNDED"));
    }
    let amount = asked(call, &capture, left)?;
    let id = give_back(world, call, &capture, amount, capture.amount.with(already + amount.minor));
    Ok(Done::Made(Reference::Refund(id)))
}

fn asked(call: &Call, capture: &Capture, left: i64) -> Result<Money, Refusal> {
    let amount = match &call.body["amount"] {
        none if none.is_null() => return Ok(capture.amount.with(left)),
        asked => money(asked)?,
    };
    if amount.currency != capture.amount.currency {
        return Err(Refusal::about("REFUND_CAPTURE_CURRENCY_MISMATCH", "/amount/currency_code"));
    }
    if amount.minor <= 0 {
        return Err(Refusal::about("CANNOT_BE_ZERO_OR_NEGATIVE", "/amount/value"));
    }
    if amount.minor > left {
        return Err(Refusal::about("REFUND_AMOUNT_EXCEEDED", "/amount/value"));
    }
    Ok(amount)
}

fn give_back(world: &mut World, call: &Call, capture: &Capture, amount: Money, total: Money) -> String {
    let (id, now) = (world.ids.transaction(), world.now());
    let text = |field: &str| call.body[field].as_str().map(str::to_owned);
    let given = if world.refund_mood == RefundMood::Waits { Given::Pending } else { Given::Completed };
    let refund = Refund {
        id: id.clone(),
        capture: capture.id.clone(),
        amount,
        given,
        total,
        invoice_id: text("invoice_id").or_else(|| capture.source.invoice_id.clone()),
        custom_id: text("custom_id").or_else(|| capture.source.custom_id.clone()),
        note: text("note_to_payer"),
        created: now,
        updated: now,
    };
    world.refunds.insert(id.clone(), refund);
    // It leaves the merchant at once, also where the bank takes its time.
    world.ledger.post(now, &capture.source.payee, Reason::Refund, &id, amount.with(-amount.minor));
    if let Some(capture) = world.captures.get_mut(&capture.id) {
        capture.updated = now;
    }
    if given == Given::Completed {
        world.tell_refund(&id);
    }
    id
}

fn known<'a>(world: &'a World, id: &str) -> Result<&'a Capture, Refusal> {
    world.captures.get(id).ok_or_else(Refusal::missing)
}

impl World {
    pub(crate) fn tell_refund(&mut self, id: &str) {
        let Some(shown) = self.refunds.get(id).map(|refund| self.refund_json(refund)) else { return };
        self.tell("PAYMENT.CAPTURE.REFUNDED", "refund", "A payment was refunded", shown);
    }
}
