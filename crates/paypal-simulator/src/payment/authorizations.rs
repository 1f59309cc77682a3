//! `/v2/payments/authorizations`: read, captured, given up.

use super::{Authorization, Hold, NewCapture, money};
use crate::call::{Call, Done};
use crate::refusal::Refusal;
use crate::repeat::Reference;
use crate::world::World;

/// `GET /v2/payments/authorizations/{authorization_id}`
pub(crate) fn get(world: &mut World, call: &Call) -> Result<Done, Refusal> {
    known(world, call.id())?;
    Ok(Done::Read(Reference::Authorization(call.id().to_owned())))
}

/// `POST /v2/payments/authorizations/{authorization_id}/capture`. An empty body takes all that is left, and is final or not as it says.
pub(crate) fn capture(world: &mut World, call: &Call) -> Result<Done, Refusal> {
    let held = known(world, call.id())?.clone();
    match held.hold {
        Hold::Open => {}
        Hold::InReview => return Err(Refusal::unprocessable("TRANSACTION_REFUSED")),
        Hold::Closed => return Err(Refusal::unprocessable("AUTHORIZATION_ALREADY_CAPTURED")),
        Hold::Voided => return Err(Refusal::unprocessable("AUTHORIZATION_VOIDED")),
    }
    if world.now() >= held.expires() {
        return Err(Refusal::unprocessable("AUTHORIZATION_EXPIRED"));
    }
    if !held.is_covered(world.now()) {
        return Err(Refusal::unprocessable("PAYER_CANNOT_PAY"));
    }
    let left = held.amount.minor - world.captured_of(&held.id);
    if left <= 0 {
        return Err(Refusal::unprocessable("AUTHORIZATION_ALREADY_CAPTURED"));
    }
    let amount = match &call.body["amount"] {
        none if none.is_null() => held.amount.with(left),
        asked => money(asked)?,
    };
    if amount.currency != held.amount.currency {
        return Err(Refusal::about("AUTH_CAPTURE_CURRENCY_MISMATCH", "/amount/currency_code"));
    }
    if amount.minor <= 0 {
        return Err(Refusal::about("CANNOT_BE_ZERO_OR_NEGATIVE", "/amount/value"));
    }
    // PayPal itself lets some accounts take up to 15 % more. Nobody here should.
    if amount.minor > left {
        return Err(Refusal::about("MAX_CAPTURE_AMOUNT_EXCEEDED", "/amount/value"));
    }
    let mut source = held.source.clone();
    if let Some(invoice) = call.body["invoice_id"].as_str() {
        if world.invoice_is_used(invoice, source.payee.account(), Some(&held.id)) {
            return Err(Refusal::about("DUPLICATE_INVOICE_ID", "/invoice_id"));
        }
        source.invoice_id = Some(invoice.to_owned());
    }
    let is_final = call.body["final_capture"].as_bool().unwrap_or(false);
    touch(world, &held.id, if is_final { Hold::Closed } else { Hold::Open });
    let id = world.take(NewCapture { source, authorization: Some(held.id), amount, is_final });
    Ok(Done::Made(Reference::Capture(id)))
}

/// `POST /v2/payments/authorizations/{authorization_id}/void`
pub(crate) fn void(world: &mut World, call: &Call) -> Result<Done, Refusal> {
    let held = known(world, call.id())?;
    match held.hold {
        Hold::Open if world.captured_of(&held.id) < held.amount.minor => {}
        Hold::Open | Hold::Closed => return Err(Refusal::unprocessable("PREVIOUSLY_CAPTURED")),
        Hold::InReview => return Err(Refusal::unprocessable("CANNOT_BE_VOIDED")),
        Hold::Voided => return Err(Refusal::unprocessable("PREVIOUSLY_VOIDED")),
    }
    let id = held.id.clone();
    world.give_up(&id);
    if call.wants_all {
        return Ok(Done::Read(Reference::Authorization(id)));
    }
    Ok(Done::Nothing)
}

fn known<'a>(world: &'a World, id: &str) -> Result<&'a Authorization, Refusal> {
    world.authorizations.get(id).ok_or_else(Refusal::missing)
}

fn touch(world: &mut World, id: &str, hold: Hold) {
    let now = world.now();
    if let Some(held) = world.authorizations.get_mut(id) {
        held.hold = hold;
        held.updated = now;
    }
}

impl World {
    /// Lets a held amount go.
    pub(crate) fn give_up(&mut self, id: &str) {
        touch(self, id, Hold::Voided);
        self.tell_authorization(id, "PAYMENT.AUTHORIZATION.VOIDED", "A payment authorization was voided");
    }

    /// Has PayPal look at a held amount, or be done with it.
    pub(crate) fn review(&mut self, id: &str, hold: Hold) {
        touch(self, id, hold);
    }

    fn tell_authorization(&mut self, id: &str, kind: &str, summary: &str) {
        if let Some(shown) = self.authorizations.get(id).map(|held| self.authorization_json(held)) {
            self.tell(kind, "authorization", summary, shown);
        }
    }
}
