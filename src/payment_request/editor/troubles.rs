//! What is wrong with a field of the editor, as a sentence beside it.

use super::draft::Trouble;
use crate::i18n::t;
use domain::money::AmountError;
use domain::terms::TermsError;
use domain::text::TextError;

/// What is wrong, and how to put it right.
pub fn sentence(trouble: Trouble) -> String {
    match trouble {
        Trouble::Amount(error) => amount(error).to_owned(),
        Trouble::Weight => t().editor_weight_bad().to_owned(),
        Trouble::Rate => t().editor_rate().to_owned(),
        Trouble::Days => t().editor_days_bad().to_owned(),
        Trouble::Text(TextError::Empty) => t().editor_text_empty().to_owned(),
        Trouble::Text(TextError::TooLong { max }) => t().editor_text_long(&max.to_string()),
        Trouble::Terms(error) => terms(error).to_owned(),
    }
}

/// What is wrong with a typed amount.
pub fn amount(error: AmountError) -> &'static str {
    match error {
        AmountError::Empty => t().editor_amount_empty(),
        AmountError::NotANumber => t().editor_amount_digits(),
        AmountError::TooManyDecimals => t().editor_amount_decimals(),
        AmountError::TooLarge => t().editor_amount_large(),
    }
}

fn terms(error: TermsError) -> &'static str {
    match error {
        TermsError::NoItems => t().editor_no_items(),
        TermsError::TooManyItems => t().editor_many_items(),
        TermsError::Quantity { .. } => t().editor_quantity_bad(),
        TermsError::NegativePrice { .. } | TermsError::NegativeAmount => t().editor_negative(),
        TermsError::DiscountTooLarge => t().editor_discount_large(),
        TermsError::Delivery => t().editor_delivery_bad(),
        TermsError::MixedDelivery => t().editor_mixed(),
        TermsError::NothingToPay => t().editor_nothing(),
        TermsError::Money(_) => t().editor_sum_bad(),
    }
}
