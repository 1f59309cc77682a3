//! The nine invariants of the product over whatever anybody does in whatever order, and what folding promises.

mod support;

use domain::event::Event;
use domain::thread::{Gap, Thread};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use support::World;
use support::invariants::{self, Verdict};
use support::moves::{KINDS, Move};

/// Moves that lead somewhere: what makes a payment and an order is picked more often than what ends them.
fn moves() -> impl Strategy<Value = Vec<Move>> {
    let what = prop_oneof![
        6 => 0..KINDS,
        1 => Just(1),
        2 => Just(11),
        2 => Just(16),
        2 => Just(21),
        2 => Just(26),
        2 => Just(27),
        1 => Just(32),
        1 => Just(34),
        2 => Just(35),
        1 => Just(36),
    ];
    let step = (what, any::<u8>(), any::<u8>()).prop_map(|(what, which, how)| Move { what, which, how });
    prop::collection::vec(step, 1..80)
}

/// Plays the moves and asks after every one of them.
fn always(moves: &[Move], question: fn(&World) -> Verdict) -> Result<(), TestCaseError> {
    let mut world = World::new();
    for (n, play) in moves.iter().enumerate() {
        let answer = world.play(*play);
        if let Err(wrong) = question(&world) {
            let tail = &world.log[world.log.len().saturating_sub(12)..];
            let tail: Vec<&Event> = tail.iter().map(|envelope| &envelope.event).collect();
            return Err(TestCaseError::fail(format!("after move {n}, {play:?} ({answer:?}): {wrong}\n{tail:#?}")));
        }
    }
    Ok(())
}

fn played(moves: &[Move]) -> World {
    let mut world = World::new();
    for play in moves {
        let _refused_or_not = world.play(*play);
    }
    world
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn invariant_1_one_successful_payment_for_a_request_ever(moves in moves()) {
        always(&moves, invariants::one_successful_payment)?;
    }

    #[test]
    fn invariant_2_a_paid_request_is_never_edited_only_refunded(moves in moves()) {
        always(&moves, invariants::a_paid_request_is_never_edited)?;
    }

    #[test]
    fn invariant_3_cancel_before_payment_refund_after(moves in moves()) {
        always(&moves, invariants::cancel_before_payment_refund_after)?;
    }

    #[test]
    fn invariant_4_every_live_state_has_an_exit_that_does_not_depend_on_the_other_party(moves in moves()) {
        always(&moves, invariants::everybody_has_a_way_on)?;
    }

    #[test]
    fn invariant_5_money_in_is_released_refunded_and_held_and_debits_are_credits(moves in moves()) {
        always(&moves, invariants::money_adds_up)?;
    }

    #[test]
    fn the_statements_of_all_months_end_with_what_the_ledger_holds(moves in moves()) {
        invariants::statements_add_up(&played(&moves)).map_err(TestCaseError::fail)?;
    }

    #[test]
    fn invariant_6_refunds_never_exceed_the_captured_amount(moves in moves()) {
        always(&moves, invariants::refunds_never_exceed_the_captured_amount)?;
    }

    #[test]
    fn invariant_7_applying_an_event_twice_changes_nothing(moves in moves(), again in any::<prop::sample::Index>()) {
        let mut world = played(&moves);
        let told = world.log[again.index(world.log.len())].clone();
        let before = world.thread.clone();
        prop_assert_eq!(Thread::apply(&mut world.thread, &told), Ok(false));
        prop_assert_eq!(world.thread, before);
    }

    #[test]
    fn invariant_8_no_timer_fires_while_a_case_is_open(moves in moves()) {
        always(&moves, invariants::no_timer_fires_while_a_case_is_open)?;
    }

    #[test]
    fn invariant_9_totals_are_recomputed_from_the_items_and_match_to_the_minor_unit(moves in moves()) {
        always(&moves, invariants::totals_are_recomputed_from_the_items)?;
    }

    #[test]
    fn an_event_that_comes_too_early_is_a_gap_and_changes_nothing(moves in moves(), cut in any::<prop::sample::Index>()) {
        let world = played(&moves);
        let known = cut.index(world.log.len());
        let mut state = Thread::replay(&world.log[..known]).unwrap();
        let before = state.clone();
        for early in world.log.iter().skip(known + 1) {
            let gap = Gap { known: known as u64, got: early.seq };
            prop_assert_eq!(Thread::apply(&mut state, early), Err(gap));
        }
        prop_assert_eq!(&state, &before);
        // Told in any order until nothing is missing: the same state.
        while state.as_ref().map_or(0, |thread| thread.seq) < world.thread().seq {
            for told in world.log.iter().rev() {
                let _too_early_or_known = Thread::apply(&mut state, told);
            }
        }
        prop_assert_eq!(state, world.thread);
    }

    #[test]
    fn a_replay_of_the_log_is_the_state_also_after_a_trip_through_json(moves in moves()) {
        let world = played(&moves);
        let text = serde_json::to_string(&world.log).unwrap();
        let log: Vec<domain::event::Envelope> = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(&Thread::replay(&log).unwrap(), &world.thread);
        let text = serde_json::to_string(&world.thread).unwrap();
        prop_assert_eq!(serde_json::from_str::<Option<Thread>>(&text).unwrap(), world.thread);
    }

    #[test]
    fn folding_what_a_side_sees_is_seeing_what_was_folded(moves in moves()) {
        always(&moves, invariants::seeing_and_folding_commute)?;
    }

    #[test]
    fn a_refusal_names_a_reason_and_changes_nothing(moves in moves()) {
        let mut world = World::new();
        for play in moves {
            let before = world.thread.clone();
            if world.play(play).is_err() {
                prop_assert_eq!(&world.thread, &before);
            }
        }
    }
}

/// The moves reach what the invariants are about; otherwise the tests above would prove little.
#[test]
fn the_moves_reach_everything_that_can_happen_to_money_and_orders() {
    let mut missing: std::collections::BTreeSet<&str> = invariants::HAPPENINGS.split(' ').collect();
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    for _ in 0..5_000 {
        for envelope in played(&moves().new_tree(&mut runner).unwrap().current()).log {
            let event = serde_json::to_value(&envelope.event).unwrap();
            missing.remove(event["type"].as_str().unwrap());
        }
        if missing.is_empty() {
            return;
        }
    }
    panic!("never reached: {missing:?}");
}
