//! Ways to pay, as they are shown.

use crate::i18n::t;
use crate::payment_request::method_name;
pub use api::confirmation::mark;
use api::wire::{SavedMethod, TestBehaviour};
use domain::payment::{MethodKind, MethodView};

/// What a kind is called before one of it is saved.
pub fn kind_name(kind: MethodKind) -> &'static str {
    match kind {
        MethodKind::MetaPay | MethodKind::PayPal => crate::payment_request::kind_name(kind),
        MethodKind::Card => t().checkout_card(),
    }
}

/// `Meta Pay ·· 4242`, or what the wallet is called here.
pub fn saved_name(method: &SavedMethod) -> String {
    method_name(&MethodView { id: None, kind: method.kind, hint: method.hint.clone() })
}

/// Every test method, with the kind it is saved as.
pub const ALL_TESTS: [(MethodKind, TestBehaviour); 10] = [
    (MethodKind::MetaPay, TestBehaviour::Approve),
    (MethodKind::MetaPay, TestBehaviour::InsufficientFunds),
    (MethodKind::Card, TestBehaviour::ExpiredCard),
    (MethodKind::Card, TestBehaviour::DoNotHonor),
    (MethodKind::Card, TestBehaviour::SuspectedFraud),
    (MethodKind::Card, TestBehaviour::Challenge),
    (MethodKind::PayPal, TestBehaviour::Approval),
    (MethodKind::MetaPay, TestBehaviour::TimeOut),
    (MethodKind::MetaPay, TestBehaviour::AnswerLate),
    (MethodKind::MetaPay, TestBehaviour::AnswerTwice),
];

/// What a test method will do.
pub fn test_name(test: TestBehaviour) -> &'static str {
    match test {
        TestBehaviour::Approve => t().wallet_test_approve(),
        TestBehaviour::InsufficientFunds => t().wallet_test_insufficient_funds(),
        TestBehaviour::ExpiredCard => t().wallet_test_expired_card(),
        TestBehaviour::DoNotHonor => t().wallet_test_do_not_honor(),
        TestBehaviour::SuspectedFraud => t().wallet_test_suspected_fraud(),
        TestBehaviour::Challenge => t().wallet_test_challenge(),
        TestBehaviour::Approval => t().wallet_test_approval(),
        TestBehaviour::TimeOut => t().wallet_test_time_out(),
        TestBehaviour::AnswerLate => t().wallet_test_answer_late(),
        TestBehaviour::AnswerTwice => t().wallet_test_answer_twice(),
    }
}
