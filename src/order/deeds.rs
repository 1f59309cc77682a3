//! The things to do with an order that need no more words than their name.

use super::live::LiveOrder;
use super::write::{Write, use_write};
use api::client::{OrderAct, PaymentAct};
use api::wire::{AnswerExtension, AskExtension};
use domain::ids::PaymentId;
use domain::order::ExtensionDays;

/// A thing to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Deed {
    /// Begin to prepare it.
    Prepare,
    /// Say that it lies ready to be fetched.
    MakeReady,
    /// Say that everything is OK.
    Confirm,
    /// The seller cannot deliver.
    Cancel,
    /// Ask for more time.
    AskMoreTime(ExtensionDays),
    /// Answer that.
    AnswerMoreTime(bool),
    /// Undo the payment.
    Undo(PaymentId),
}

/// Does them, one at a time. `on_done` is told which one came through.
pub(super) fn use_deeds(live: LiveOrder, on_done: impl Fn(&Deed) + Clone + 'static) -> Write<Deed> {
    use_write(
        move |client, key, deed| {
            let id = live.id();
            async move {
                match deed {
                    Deed::Prepare => client.on_order(&key, &id, OrderAct::Prepare).await,
                    Deed::MakeReady => client.on_order(&key, &id, OrderAct::Ready).await,
                    Deed::Confirm => client.on_order(&key, &id, OrderAct::ConfirmReceipt).await,
                    Deed::Cancel => client.on_order(&key, &id, OrderAct::Cancel).await,
                    Deed::AskMoreTime(days) => client.ask_extension(&key, &id, &AskExtension { days }).await,
                    Deed::AnswerMoreTime(accept) => {
                        client.answer_extension(&key, &id, &AnswerExtension { accept }).await
                    }
                    Deed::Undo(payment) => client.on_payment(&key, &payment, PaymentAct::Undo).await,
                }
            }
        },
        on_done,
    )
}
