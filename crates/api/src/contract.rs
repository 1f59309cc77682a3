//! The suite every store has to pass: the API's promises, told through the router by the typed client. The same cases
//! run natively over memory and in a browser over IndexedDB; after each of them [`check`] looks at everything again.

pub mod cases;
pub mod catch_up;
mod check;
pub mod conversation;
mod crowd;
pub mod differential;
pub mod facts;
pub mod idempotency;
pub mod inbox;
pub mod orders;
pub mod payments;
pub mod privacy;
pub mod queue;
pub mod requests;
pub mod search;
pub mod selling;
pub mod storage;
pub mod things;
mod transport;
mod world;

pub use transport::{Carry, Exchange, Wire};
pub use world::{Dial, Person, World};

use crate::store::Store;
use std::sync::Arc;

/// Runs one case over an empty store, and checks afterwards what has to be true after every one of them.
pub async fn run<C: AsyncFnOnce(&World)>(store: Arc<dyn Store>, case: C) {
    let world = World::over(store).await;
    case(&world).await;
    check::everything(&world).await;
}

/// The same on ways to the API of somebody else's making.
pub async fn run_over<C: AsyncFnOnce(&World)>(store: Arc<dyn Store>, dial: Dial, case: C) {
    let world = World::dialled(store, dial).await;
    case(&world).await;
    check::everything(&world).await;
}

/// Looks at everything that has to be true after every case.
pub async fn after_every_case(world: &World) {
    check::everything(world).await;
}

/// Calls the macro `$each` with every case, as `theme::case`: each caller decides what a test of its kind looks like.
#[macro_export]
macro_rules! contract_cases {
    ($each:ident) => {
        $each! {
            conversation::a_thread_is_opened_accepted_and_spoken_in,
            conversation::saying_it_twice_says_it_once,
            conversation::editing_unsending_and_reacting_twice_is_doing_it_once,
            conversation::a_reply_quotes_what_it_answers,
            conversation::old_or_foreign_words_are_not_changed,
            conversation::a_photo_is_seen_by_the_two_in_its_thread,
            conversation::a_photo_on_a_request_is_the_sellers_own_and_seen_by_the_two,
            conversation::a_card_number_never_reaches_the_store,
            conversation::a_long_thread_is_read_page_by_page,
            search::the_first_words_of_a_long_thread_are_found,
            search::many_hits_come_page_by_page_each_once,
            search::a_message_is_found_by_its_name,
            inbox::a_business_that_writes_first_waits_under_requests,
            inbox::the_other_side_is_told_who_is_here_types_and_has_seen_and_a_stranger_nothing,
            inbox::unread_is_counted_until_it_is_read,
            inbox::a_muted_thread_stays_muted,
            inbox::many_threads_come_page_by_page_the_newest_first,
            inbox::each_folder_pages_by_itself,
            inbox::a_search_finds_names_and_last_words_of_a_folder,
            inbox::a_search_goes_on_where_nothing_was_found,
            queue::orders_and_open_requests_stand_with_whoever_has_to_act,
            queue::what_is_due_first_comes_first_page_by_page,
            queue::a_queue_is_narrowed_down_to_one_kind,
            queue::what_was_bought_is_listed_for_the_buyer_the_newest_first,
            queue::sums_follow_the_money,
            queue::a_month_says_what_was_sold_and_given_back_and_ends_with_what_is_kept,
            idempotency::the_same_key_and_body_replays_the_same_events,
            idempotency::the_same_key_with_another_body_is_refused,
            idempotency::a_key_is_needed_and_has_to_be_one,
            idempotency::a_repeated_call_says_so_and_changes_a_wallet_once,
            idempotency::somebody_elses_key_never_replays,
            idempotency::a_refusal_burns_no_key,
            idempotency::unknown_fields_are_refused,
            idempotency::a_replayed_payment_needs_no_wallet_any_more,
            idempotency::an_upload_repeated_is_one_photo,
            requests::what_breaks_a_limit_is_refused_with_its_reason,
            requests::a_counter_offer_becomes_a_revision_that_is_paid,
            requests::a_stale_revision_and_another_price_are_refused,
            requests::a_request_is_viewed_declined_withdrawn_and_sent_again,
            requests::an_expired_request_cannot_be_paid_but_sent_again,
            requests::a_seller_asks_for_no_more_than_the_weekly_cap_in_all_threads,
            payments::paid_authorised_and_captured_after_the_undo_window,
            payments::each_decline_is_told_to_the_buyer_and_can_be_retried,
            payments::a_challenge_is_passed,
            payments::a_challenge_is_given_up_and_a_late_yes_is_let_go,
            payments::a_challenge_nobody_answers_ends_by_itself,
            payments::what_times_out_is_unknown_until_it_is_known,
            payments::a_late_answer_pays,
            payments::an_answer_told_twice_pays_once,
            payments::undo_takes_no_money,
            payments::two_taps_with_two_keys_pay_once,
            payments::a_withdrawal_and_a_payment_race_and_one_wins,
            payments::two_tabs_work_the_outbox_off_once,
            payments::a_pin_confirms_and_five_wrong_ones_lock_it,
            orders::shipped_tracked_confirmed_and_released,
            orders::two_parcels_are_delivered_and_silence_releases,
            orders::a_parcel_goes_the_way_that_the_carrier_was_given,
            orders::what_the_carrier_loses_is_refunded_unless_it_is_sent_again,
            orders::what_is_not_shipped_in_time_is_refunded_by_itself,
            orders::an_extension_moves_the_date,
            orders::refunds_never_exceed_what_was_paid,
            orders::a_case_freezes_the_money_and_every_timer,
            cases::a_damaged_piece_is_shown_talked_about_and_paid_back,
            cases::what_goes_back_is_tracked_and_paid_when_it_is_there,
            cases::silence_asks_a_reviewer_who_sees_the_case_and_nothing_else,
            cases::what_nobody_decides_is_settled_half_way,
            orders::the_receipt_is_the_same_for_both_and_its_hash_is_right,
            orders::digital_goods_are_granted_when_the_money_is_in,
            selling::what_requests_start_from_is_kept_and_told_with_the_rates_of_the_states,
            selling::saving_what_requests_start_from_twice_is_saving_it_once,
            selling::only_a_business_says_what_requests_start_from_and_only_what_holds_together,
            selling::what_a_business_writes_often_is_its_own_and_nobodys_who_buys,
            selling::the_tax_of_the_state_it_goes_to_is_charged_as_it_was_frozen,
            selling::what_does_not_go_to_the_address_is_refused,
            selling::what_is_fetched_is_paid_without_an_address_lies_ready_and_is_fetched,
            selling::a_flat_rate_is_what_it_was_before_there_were_states,
            facts::a_business_with_few_orders_is_new,
            facts::what_is_shipped_late_and_what_is_paid_back_is_counted,
            facts::what_is_exported_is_one_sides_and_counts_to_the_same_facts,
            things::a_ticket_is_granted_with_the_money_and_proved_to_anybody_without_saying_whose_it_is,
            things::what_is_given_has_a_new_code_and_is_redeemed_once_by_its_seller,
            things::what_is_lent_comes_back_by_itself_or_when_it_is_asked_for,
            things::money_that_went_back_takes_the_ticket_with_it,
            things::a_refund_of_one_ticket_takes_one_that_nobody_has_used,
            things::of_two_who_redeem_or_give_away_at_once_one_does,
            things::a_passing_is_told_once_also_where_whoever_did_it_ended_in_between,
            privacy::no_route_tells_a_stranger_anything,
            privacy::the_seller_learns_the_address_only_by_the_payment,
            privacy::nobody_calls_without_being_somebody,
            privacy::the_demo_routes_exist_only_in_a_demo,
            catch_up::events_come_page_by_page_each_once,
            storage::what_cannot_be_read_is_named_and_nothing_else_suffers,
            storage::a_thread_that_cannot_be_read_holds_up_nobody,
            storage::timers_of_what_cannot_be_read_wait_until_it_can,
            storage::an_entry_that_cannot_be_read_becomes_a_dead_letter,
            storage::what_is_exported_is_everything_and_can_be_brought_back,
            catch_up::events_of_others_are_passed_over_in_silence,
        }
    };
}
