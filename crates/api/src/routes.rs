//! The routes. A handler extracts, commits, returns.

mod accounts;
mod cases;
mod catalogue;
mod demo;
mod messages;
mod orders;
mod payment_requests;
mod queue;
mod replies;
mod selling;
mod statements;
mod things;
mod threads;
mod wallet;

use crate::app::App;
use crate::problem::Problem;
use axum::Router;
use axum::routing::{get, post};
use domain::ids::ThreadId;

/// Everything under `/v1`.
pub fn router(app: App) -> Router {
    let v1 = Router::new()
        .route("/me", get(accounts::me))
        .route("/accounts", get(accounts::search))
        .route("/accounts/{handle}", get(accounts::by_handle))
        .route("/accounts/{handle}/facts", get(accounts::facts))
        .route("/threads", get(threads::inbox).post(threads::open))
        .route("/threads-of/{entity}", get(threads::owner))
        .route("/threads/{id}", get(threads::snapshot))
        .route("/threads/{id}/accept", post(threads::accept))
        .route("/threads/{id}/read", post(threads::mark_read))
        .route("/threads/{id}/mute", post(threads::mute))
        .route("/threads/{id}/here", post(threads::here))
        .route("/threads/{id}/typing", post(threads::typing))
        .route("/threads/{id}/messages", get(messages::page).post(messages::say))
        .route("/threads/{id}/messages/{message}", get(messages::one))
        .route("/threads/{id}/messages/{message}/edit", post(messages::edit))
        .route("/threads/{id}/messages/{message}/unsend", post(messages::unsend))
        .route("/threads/{id}/messages/{message}/reaction", post(messages::react))
        .route("/threads/{id}/photos/{photo}", get(messages::photo))
        .route("/threads/{id}/payment-requests", post(payment_requests::send))
        .route("/photos", post(messages::upload))
        .route("/payment-requests/{id}/revise", post(payment_requests::revise))
        .route("/payment-requests/{id}/counter", post(payment_requests::counter))
        .route("/payment-requests/{id}/pay", post(payment_requests::pay))
        .route("/payment-requests/{id}/{act}", post(payment_requests::act))
        .route("/payments/{id}/approval", get(payment_requests::approval))
        .route("/payments/{id}/{act}", post(payment_requests::act_on_payment))
        .route("/orders/{id}/shipments", post(orders::ship))
        .route("/orders/{id}/extend", post(orders::ask_extension))
        .route("/orders/{id}/answer-extension", post(orders::answer_extension))
        .route("/orders/{id}/refunds", post(orders::refund))
        .route("/orders/{id}/cases", post(cases::open))
        .route("/orders/{id}/cases/{case}/offers", post(cases::offer))
        .route("/orders/{id}/cases/{case}/accept", post(cases::accept))
        .route("/orders/{id}/cases/{case}/refuse", post(cases::refuse))
        .route("/orders/{id}/cases/{case}/say", post(cases::say))
        .route("/orders/{id}/cases/{case}/send-back", post(cases::send_back))
        .route("/orders/{id}/cases/{case}/{act}", post(cases::act))
        .route("/orders/{id}/disputes/{dispute}", post(orders::answer_dispute))
        .route("/orders/{id}/receipt", get(orders::receipt))
        .route("/orders/{id}/{act}", post(orders::act))
        .route("/queue", get(queue::of_group))
        .route("/queue/sums", get(queue::sums))
        .route("/bought", get(queue::bought))
        .route("/reviews", get(cases::reviews))
        .route("/reviews/{order}", get(cases::review))
        .route("/reviews/{order}/photos/{photo}", get(cases::photo))
        .route("/reviews/{order}/cases/{case}", post(cases::decide))
        .route("/differences", get(statements::differences))
        .route("/statements/{month}", get(statements::month))
        .route("/statements/{month}/postings", get(statements::postings_of))
        .route("/events", get(threads::events))
        .route("/catalogue", post(catalogue::save))
        .route("/catalogue/{account}", get(catalogue::of))
        .route("/selling", get(selling::mine).post(selling::save))
        .route("/replies", get(replies::mine).post(replies::save))
        .route("/wallet", get(wallet::mine))
        .route("/wallet/addresses", post(wallet::save_address))
        .route("/wallet/methods", post(wallet::save_method))
        .route("/wallet/pin", post(wallet::set_pin))
        .route("/wallet/passkeys", post(wallet::save_passkey))
        .route("/wallet/prefer/{id}", post(wallet::prefer))
        .route("/wallet/remove/{id}", post(wallet::remove))
        .route("/wallet/things", get(things::mine))
        .route("/wallet/things/{id}/pass-on", post(things::pass_on))
        .route("/wallet/things/{id}/end-loan", post(things::end_loan))
        .route("/proofs/{code}", get(things::proof))
        .route("/proofs/{code}/redeem", post(things::redeem))
        .route("/demo/clock", get(demo::clock).post(demo::set_clock))
        .route("/demo/agenda", get(demo::agenda))
        .route("/demo/carrier", post(demo::move_carrier))
        .route("/demo/journey", get(demo::journey).post(demo::set_journey))
        .route("/demo/faults", get(demo::faults).post(demo::set_faults))
        .route("/demo/approvals/{payment}", post(demo::act_on_approval))
        .route("/demo/reset", post(demo::reset))
        .route("/demo/export", get(demo::export));
    Router::new().nest("/v1", v1).fallback(nothing).with_state(app)
}

async fn nothing() -> Problem {
    Problem::not_found()
}

impl App {
    /// The thread that something belongs to.
    async fn owner(&self, entity: &str) -> Result<ThreadId, Problem> {
        self.store.thread_of(entity).await?.ok_or_else(Problem::not_found)
    }
}
