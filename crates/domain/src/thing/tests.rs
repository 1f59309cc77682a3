use super::*;
use proptest::prelude::*;

const START: i64 = 1_763_663_040_000;

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_millis(START + seconds * 1_000)
}

fn account(name: &str) -> AccountId {
    format!("acc_{name}").parse().unwrap()
}

fn ticket() -> Thing {
    let order: OrderId = "ord_1".parse().unwrap();
    Thing {
        id: ThingId::of_piece(&order, 0, 0).unwrap(),
        kind: ThingKind::Ticket,
        title: "Shaping day".parse().unwrap(),
        detail: None,
        picture: None,
        seller: account("kai"),
        order,
        granted_at: at(0),
        holder: account("maya"),
        state: ThingState::Held,
    }
}

/// What somebody tries.
#[derive(Clone, Debug)]
enum Try {
    PassOn { by: usize, to: usize },
    Lend { by: usize, to: usize, seconds: i64 },
    EndLoan { by: usize },
    Redeem { by: usize },
    Revoke,
}

const PEOPLE: [&str; 4] = ["kai", "maya", "omar", "mallory"];

fn person(index: usize) -> AccountId {
    account(PEOPLE[index])
}

fn tries() -> impl Strategy<Value = Vec<(i64, Try)>> {
    let who = 0..PEOPLE.len();
    let one = prop_oneof![
        (who.clone(), who.clone()).prop_map(|(by, to)| Try::PassOn { by, to }),
        (who.clone(), who.clone(), -10_i64..200).prop_map(|(by, to, seconds)| Try::Lend { by, to, seconds }),
        who.clone().prop_map(|by| Try::EndLoan { by }),
        who.prop_map(|by| Try::Redeem { by }),
        Just(Try::Revoke),
    ];
    proptest::collection::vec((0_i64..60, one), 0..40)
}

fn tried(thing: &Thing, what: &Try, now: Timestamp) -> Result<Thing, ThingRefusal> {
    match what {
        Try::PassOn { by, to } => thing.pass_on(&person(*by), &person(*to), now),
        Try::Lend { by, to, seconds } => {
            thing.lend(&person(*by), &person(*to), now.plus(Span::millis(seconds * 1_000)), now)
        }
        Try::EndLoan { by } => thing.end_loan(&person(*by), now),
        Try::Redeem { by } => thing.redeem(&person(*by), now),
        Try::Revoke => Ok(thing.revoke(now)),
    }
}

fn is_final(state: &ThingState) -> bool {
    matches!(state, ThingState::Redeemed { .. } | ThingState::Revoked { .. })
}

proptest! {
    /// Redeemed at most once, revoked for good, passed on by its holder alone, shown by one person at a time.
    #[test]
    fn a_thing_is_used_once_and_has_one_holder(tries in tries()) {
        let (mut thing, mut now, mut redeemed) = (ticket(), 0, 0);
        for (later, what) in tries {
            now += later;
            let before = thing.clone();
            let Ok(after) = tried(&before, &what, at(now)) else { continue };
            if matches!(before.state, ThingState::Revoked { .. }) {
                prop_assert_eq!(&after, &before, "what was taken back stays so");
            }
            if is_final(&before.state) {
                prop_assert!(matches!(what, Try::Revoke), "nobody does anything with it any more: {:?}", what);
            }
            redeemed += u32::from(matches!(what, Try::Redeem { .. }));
            match what {
                Try::PassOn { by, .. } | Try::Lend { by, .. } => {
                    prop_assert_eq!(&before.holder, &person(by));
                    prop_assert_eq!(before.bearer(at(now)), Some(&person(by)), "what is lent is not in one's hand");
                }
                Try::EndLoan { by } => prop_assert_eq!(&before.holder, &person(by)),
                Try::Redeem { by } => prop_assert_eq!(&before.seller, &person(by)),
                Try::Revoke => {}
            }
            let is_passed = matches!(what, Try::PassOn { .. });
            prop_assert!(is_passed || after.holder == before.holder, "only giving it away changes whose it is");
            prop_assert_eq!(after.bearer(at(now)).is_none(), is_final(&after.state));
            thing = after;
        }
        prop_assert!(redeemed <= 1, "{} times", redeemed);
    }
}

#[test]
fn a_loan_ends_by_itself() {
    let lent = ticket().lend(&account("maya"), &account("omar"), at(100), at(0)).unwrap();
    assert_eq!(lent.bearer(at(99)), Some(&account("omar")));
    assert_eq!(lent.pass_on(&account("maya"), &account("terra"), at(99)), Err(ThingRefusal::Lent));
    assert_eq!(lent.pass_on(&account("omar"), &account("terra"), at(99)), Err(ThingRefusal::NotYours));
    assert_eq!(lent.bearer(at(100)), Some(&account("maya")));
    assert_eq!(lent.pass_on(&account("maya"), &account("terra"), at(100)).unwrap().holder, account("terra"));
}

#[test]
fn a_loan_ends_later_than_now_and_within_a_year() {
    let lend = |until: Timestamp| ticket().lend(&account("maya"), &account("omar"), until, at(0));
    assert_eq!(lend(at(0)), Err(ThingRefusal::BadEnd));
    assert_eq!(lend(at(0).plus(LONGEST_LOAN).plus(Span::millis(1))), Err(ThingRefusal::BadEnd));
    assert!(lend(at(0).plus(LONGEST_LOAN)).is_ok());
}

#[test]
fn what_was_redeemed_is_redeemed_no_second_time_and_passed_on_no_more() {
    let used = ticket().redeem(&account("kai"), at(5)).unwrap();
    assert_eq!(used.redeem(&account("kai"), at(6)), Err(ThingRefusal::Redeemed));
    assert_eq!(used.pass_on(&account("maya"), &account("omar"), at(6)), Err(ThingRefusal::Redeemed));
    assert_eq!(ticket().redeem(&account("maya"), at(5)), Err(ThingRefusal::NotYours), "the seller redeems");
    assert_eq!(used.revoke(at(7)).state, ThingState::Revoked { at: at(7) }, "money that went back takes it too");
}

#[test]
fn each_piece_has_a_name_of_its_own() {
    let order: OrderId = "ord_0199".parse().unwrap();
    let id = ThingId::of_piece(&order, 1, 2).unwrap();
    assert_eq!((id.as_str(), id.line()), ("thg_0199.1.2", Some(1)));
}
