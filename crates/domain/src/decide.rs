//! Decides what a command means for a thread now. Changes nothing.

mod cases;
mod conversation;
mod disputes;
mod orders;
mod payments;
mod requests;
mod timers;

use crate::command::{Command, Context};
use crate::event::{Envelope, Event};
use crate::ids::{AccountId, OrderId, PaymentId, PaymentRequestId, ThreadId};
use crate::market::{Country, Market};
use crate::order::Order;
use crate::payment::Payment;
use crate::payment_request::PaymentRequest;
use crate::rejection::Rejection;
use crate::thread::{Actor, Role, Thread};

/// What a command comes to: events, or a refusal.
pub type Decision = Result<Vec<Event>, Rejection>;

/// Two people and where they live, before they have a thread.
#[derive(Clone, Debug)]
pub struct Opening {
    /// Who buys.
    pub buyer: (AccountId, Country),
    /// Who sells.
    pub seller: (AccountId, Country),
    /// Who writes first.
    pub started_by: Role,
}

/// Opens a thread. A buyer who writes to a business lands in its inbox at once, as a shop's door is open; a business
/// that writes to a stranger waits to be accepted.
pub fn open(opening: Opening) -> Vec<Event> {
    let started = Event::ThreadStarted {
        buyer: opening.buyer.0,
        seller: opening.seller.0,
        buyer_country: opening.buyer.1,
        seller_country: opening.seller.1,
        started_by: opening.started_by,
    };
    vec![started]
}

/// Decides what `command` means now.
///
/// # Errors
/// The refusal, when it means nothing; the state has not changed.
pub fn decide(thread: &Thread, command: Command, context: &Context) -> Decision {
    match command {
        Command::AcceptThread => thread.accept(context),
        Command::Say { message, content, reply_to } => thread.say(message, content, reply_to, context),
        Command::Edit { message, content } => thread.edit(message, content, context),
        Command::Unsend { message } => thread.unsend(message, context),
        Command::React { message, emoji } => thread.react(message, emoji, context),

        Command::SendRequest { terms, expires_in } => thread.send_request(terms, expires_in, None, context),
        Command::SendAgain { request } => thread.send_again(&request, context),
        Command::Revise { request, revision, terms, expires_in } => {
            thread.revise(&request, revision, terms, expires_in, context)
        }
        Command::Withdraw { request } => thread.withdraw(&request, context),
        Command::View { request } => thread.view(&request, context),
        Command::Counter { request, revision, proposal } => thread.counter(&request, revision, proposal, context),
        Command::WithdrawCounter { request } => thread.withdraw_counter(&request, context),
        Command::DeclineCounter { request } => thread.decline_counter(&request, context),
        Command::AcceptCounter { request } => thread.accept_counter(&request, context),
        Command::Decline { request } => thread.decline(&request, context),

        Command::Pay { request, revision, delivery, total, method, destination, confirmed_by } => {
            let wish = payments::Wish { request, revision, delivery, total, method, destination, confirmed_by };
            thread.pay(wish, context)
        }
        Command::Resume { payment } => thread.resume(&payment, context),
        Command::CancelAttempt { payment } => thread.cancel_attempt(&payment, context),
        Command::Undo { payment } => thread.undo(&payment, context),
        Command::Answer { payment, answer } => thread.answer(&payment, answer, context),
        Command::RefundAnswer { refund, payment, answer } => thread.refund_answer(&refund, &payment, answer, context),
        Command::RefundSeen { refund, payment, amount } => thread.refund_seen(refund, &payment, amount, context),
        Command::DisputeTold { payment, told } => thread.dispute_told(&payment, told),
        Command::AnswerDispute { order, dispute, answer } => thread.answer_dispute(&order, &dispute, answer, context),
        Command::PaidOut { order } => thread.paid_out(&order),

        Command::Prepare { order } => thread.prepare(&order, context),
        Command::Ship { order, contents, carrier, tracking } => {
            thread.ship(&order, contents, carrier, tracking, context)
        }
        Command::Ready { order } => thread.ready(&order, context),
        Command::Track { order, shipment, scans } => thread.track(&order, &shipment, scans, context),
        Command::AskExtension { order, days } => thread.ask_extension(&order, days, context),
        Command::AnswerExtension { order, accept } => thread.answer_extension(&order, accept, context),
        Command::Confirm { order } => thread.confirm(&order, context),
        Command::CancelOrder { order } => thread.cancel_order(&order, context),
        Command::Refund { order, amount } => thread.refund(&order, amount, context),
        Command::OpenCase { order, reason, items, wish, said } => {
            thread.open_case(&order, cases::Complaint { reason, items, wish, said }, context)
        }
        Command::Offer { order, case, remedy, said } => thread.offer(&order, &case, remedy, said, context),
        Command::AcceptOffer { order, case, remedy } => thread.accept_offer(&order, &case, remedy, context),
        Command::RefuseOffer { order, case, said } => thread.refuse_offer(&order, &case, said, context),
        Command::AddToCase { order, case, said } => thread.add_to_case(&order, &case, said, context),
        Command::SendBack { order, case, carrier, tracking } => {
            thread.send_back(&order, &case, (carrier, tracking), context)
        }
        Command::GotBack { order, case } => thread.got_back(&order, &case, context),
        Command::DecideCase { order, case, verdict, words, reviewer } => {
            thread.decide_case(&order, &case, verdict, (words, reviewer), context)
        }
        Command::CloseCase { order, case } => thread.close_case(&order, &case, context),

        Command::TellPassed { thing, title, until } => thread.tell_passed(thing, title, until, context),

        Command::Fire(timer) => thread.fire(&timer, context),
    }
}

/// Numbers events that follow `seq`.
pub fn envelopes(thread: &ThreadId, seq: u64, events: Vec<Event>, context: &Context) -> Vec<Envelope> {
    let numbered = events.into_iter().zip(seq + 1..);
    numbered
        .map(|(event, seq)| Envelope {
            thread: thread.clone(),
            seq,
            at: context.now,
            actor: context.actor,
            command: context.command.clone(),
            event,
        })
        .collect()
}

impl Context {
    /// The person who acts, when it is one.
    fn person(&self) -> Option<Role> {
        match self.actor {
            Actor::Buyer => Some(Role::Buyer),
            Actor::Seller => Some(Role::Seller),
            Actor::Timer | Actor::Processor | Actor::Carrier | Actor::Reviewer => None,
        }
    }

    fn only(&self, actor: Actor) -> Result<(), Rejection> {
        if self.actor == actor { Ok(()) } else { Err(Rejection::NotYours) }
    }
}

impl Thread {
    fn known_market(&self) -> Result<&'static Market, Rejection> {
        self.market().ok_or(Rejection::OutsideMarket)
    }

    fn request(&self, id: &PaymentRequestId) -> Result<&PaymentRequest, Rejection> {
        self.requests.get(id).ok_or(Rejection::NotFound)
    }

    fn payment(&self, id: &PaymentId) -> Result<&Payment, Rejection> {
        self.payments.get(id).ok_or(Rejection::NotFound)
    }

    fn order(&self, id: &OrderId) -> Result<&Order, Rejection> {
        self.orders.get(id).ok_or(Rejection::NotFound)
    }
}
