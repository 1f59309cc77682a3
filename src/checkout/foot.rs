//! What stays in sight below: where the payment stands, what went wrong, and the one button.

use super::promises::Promises;
use super::state::SheetState;
use crate::format::{clock, money};
use crate::i18n::t;
use crate::payment_request::{Standing, decline_sentence};
use crate::refusal::sentence;
use crate::store::new_key;
use crate::ui::{Button, ButtonVariant, Icon, IconName, IconSize};
use api::client::PaymentAct;
use api::wire::{ConfirmationKind, Wallet};
use domain::ids::PaymentId;
use domain::payment::RequiredAction;
use domain::payment_request::RequestStatus;
use domain::time::Timestamp;
use leptos::prelude::*;
use stylers::style_sheet;

/// What the foot shows.
#[derive(Clone, PartialEq)]
enum Shows {
    /// The request can no longer be paid.
    Closed(&'static str),
    /// Neither yes nor no yet.
    Checking,
    /// The processor wants something.
    Confirm { payment: PaymentId, action: RequiredAction, until: Timestamp },
    /// The button.
    Pay,
}

fn shows(state: SheetState) -> Shows {
    let closed = state.checkout.request.with(|request| match request.status {
        RequestStatus::Sent | RequestStatus::Countered { .. } => None,
        RequestStatus::Accepted { .. } => Some(t().problem_already_paid()),
        RequestStatus::Declined | RequestStatus::Withdrawn => Some(t().problem_request_closed()),
        RequestStatus::Expired => Some(t().problem_request_expired()),
    });
    let outside = state.checkout.cell.state.with(|thread| thread.market().is_none()).then(|| t().ask_outside());
    match (closed.or(outside), state.checkout.standing.get()) {
        (Some(sentence), _) => Shows::Closed(sentence),
        (None, Standing::Checking) => Shows::Checking,
        (None, Standing::Confirm { payment, action, until }) => Shows::Confirm { payment, action, until },
        (None, Standing::Idle | Standing::Failed { .. } | Standing::Paying | Standing::Paid) => Shows::Pay,
    }
}

/// What stays in sight below what scrolls.
#[component]
pub(super) fn Foot(
    /// The sheet.
    state: SheetState,
    /// The form that the button sends.
    form_id: String,
) -> impl IntoView {
    let class = style_sheet!("src/checkout/foot.css");
    let shown = Memo::new(move |_| shows(state));
    let form_id = StoredValue::new(form_id);
    let foot = move || match shown.get() {
        Shows::Closed(sentence) => view! { <p class="error" role="alert">{sentence}</p> }.into_any(),
        Shows::Checking => view! {
            <p class="state" role="status">
                <Icon name=IconName::Hourglass size=IconSize::Small />
                {t().checkout_checking()}
            </p>
        }
        .into_any(),
        Shows::Confirm { payment, action, until } => view! { <Confirm state payment action until /> }.into_any(),
        Shows::Pay => view! { <Pay state form_id=form_id.get_value() /> }.into_any(),
    };
    view! { class=class, <div class="checkout-foot">{foot}</div> }
}

/// The processor waits for the buyer, in a window of its own. Closing that window fails nothing.
#[component]
fn Confirm(
    /// The sheet.
    state: SheetState,
    /// Which attempt.
    payment: PaymentId,
    /// What is wanted.
    action: RequiredAction,
    /// Until when.
    until: Timestamp,
) -> impl IntoView {
    let session = state.checkout.session;
    let (headline, go_on) = match action {
        RequiredAction::Approval => (t().checkout_finish_paypal(), t().checkout_continue_paypal()),
        RequiredAction::Challenge => (t().checkout_finish_bank(), t().checkout_continue_bank()),
    };
    let cancel = Action::new_local(move |(): &()| {
        let payment = payment.clone();
        async move {
            let (client, key) = (session.client(), new_key());
            let cancelled = session.commit(client.on_payment(&key, &payment, PaymentAct::Cancel)).await;
            state.window.close();
            cancelled
        }
    });
    let problem = move || cancel.value().with(|last| last.as_ref().and_then(|last| last.as_ref().err().map(sentence)));
    // A link is never blocked; a window that was opened once is opened by a button.
    let open = move || match (state.address.get(), state.window.is_open.get()) {
        (Some(Some(to)), true) => view! {
            <Button on_click=move |()| state.window.open_at(&to)>{t().checkout_open_again()}</Button>
        }
        .into_any(),
        (Some(Some(to)), false) => view! {
            <a class="button primary" href=to target="_blank" rel="opener">
                {go_on}
                <Icon name=IconName::External size=IconSize::Tiny />
            </a>
        }
        .into_any(),
        // It is on its way, or nobody answered: then it is asked for again.
        (None, _) => view! { <Button pending=Signal::stored(true)>{go_on}</Button> }.into_any(),
        (Some(None), _) => view! {
            <Button variant=ButtonVariant::Primary on_click=move |()| state.asked.update(|count| *count += 1)>
                {go_on}
            </Button>
        }
        .into_any(),
    };
    view! {
        <div class="state" role="status">
            <Icon name=IconName::Lock size=IconSize::Small />
            <div>
                <p>
                    <b>{headline}</b>
                </p>
                <p class="fine">{t().checkout_finish_until(&clock(until))}</p>
            </div>
        </div>
        <div class="both">
            {open}
            <Button
                variant=ButtonVariant::QuietDanger
                pending=cancel.pending()
                on_click=move |()| drop(cancel.dispatch_local(()))
            >
                {t().checkout_cancel()}
            </Button>
        </div>
        {move || problem().map(|problem| view! { <p class="error" role="alert">{problem}</p> })}
    }
}

/// The one button, with the amount; above it what went wrong, below it who processes it.
#[component]
fn Pay(
    /// The sheet.
    state: SheetState,
    /// The form it sends.
    form_id: String,
) -> impl IntoView {
    let checkout = state.checkout;
    let confirmation = Memo::new(move |_| checkout.wallet(|wallet| wallet.confirmation));
    let busy = Memo::new(move |_| {
        state.pay.pending().get() || matches!(checkout.standing.get(), Standing::Paying | Standing::Paid)
    });
    let failure = Memo::new(move |_| {
        if busy.get() {
            return None;
        }
        let refused = state
            .pay
            .value()
            .with(|last| last.as_ref().and_then(|last| last.as_ref().err().map(|error| error.sentence())));
        refused.or_else(|| match checkout.standing.get() {
            Standing::Failed { reason } => Some(decline_sentence(reason).to_owned()),
            Standing::Idle | Standing::Paying | Standing::Confirm { .. } | Standing::Checking | Standing::Paid => None,
        })
    });
    let changed = move || {
        state.is_changed().then(|| {
            let revision = move || checkout.request.with_untracked(|request| request.current().number);
            view! {
                <div class="notice" role="alert">
                    <p>{t().checkout_changed(&money(checkout.totals().total))}</p>
                    <button class="link" type="button" on:click=move |_| state.seen.set(revision())>
                        {t().checkout_seen()}
                    </button>
                </div>
            }
        })
    };
    let nowhere = move || {
        let state = checkout.state().filter(|_| !checkout.goes_there(checkout.delivery()))?;
        Some(view! { <p class="error" role="alert">{t().checkout_nothing_there(state.name())}</p> })
    };
    let offline = move || {
        (!checkout.session.online.get()).then(|| {
            view! {
                <p class="state" role="status" id="checkout-offline">
                    <Icon name=IconName::Offline size=IconSize::Small />
                    {t().checkout_offline()}
                </p>
            }
        })
    };
    let use_pin = move || {
        let refused_passkey =
            state.pay.value().with(|last| matches!(last, Some(Err(super::pay::PayError::Passkey(_)))));
        (refused_passkey && !state.wants_pin()).then(|| {
            view! {
                <button class="link" type="button" on:click=move |_| state.ask_pin()>
                    {t().checkout_use_pin()}
                </button>
            }
        })
    };
    let icon = move || match confirmation.get() {
        ConfirmationKind::Passkey => IconName::Passkey,
        ConfirmationKind::Pin | ConfirmationKind::Tap => IconName::Lock,
    };
    let says = move || match busy.get() {
        true => t().checkout_paying().to_owned(),
        false => t().checkout_pay(&money(checkout.totals().total)),
    };
    let processed = move || {
        let undo = checkout.cell.state.with(|thread| thread.market()).map(|market| {
            let minutes = Promises::of(market, checkout.session.now_untracked()).undo.as_millis() / 60_000;
            t().checkout_can_undo(&minutes.to_string())
        });
        let loaded = checkout.session.wallet;
        // A processor that keeps things keeps them by consent alone, which stands above.
        let is_kept = |wallet: &Wallet| wallet.methods.is_empty() && !wallet.keeps;
        let is_kept = loaded.with(|wallet| wallet.as_ref().is_some_and(is_kept));
        let then = match confirmation.get() {
            ConfirmationKind::Passkey => Some(t().checkout_with_passkey().to_owned()),
            ConfirmationKind::Pin => Some(t().checkout_with_pin().to_owned()),
            ConfirmationKind::Tap if is_kept => Some(t().checkout_saved_next().to_owned()),
            ConfirmationKind::Tap => undo,
        };
        let words = [Some(t().checkout_processed().to_owned()), then];
        words.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    };
    // Busy is not `disabled`: that would throw the focus away in the middle of a payment.
    let disabled = move || !busy.get() && !state.can_pay();
    view! {
        {changed}
        {nowhere}
        {offline}
        <div role="alert">{move || failure.get().map(|failure| view! { <p class="error">{failure}</p> })} {use_pin}</div>
        <button
            class="button primary big wide"
            type="submit"
            form=form_id
            disabled=disabled
            aria-busy=move || busy.get().then_some("true")
            aria-disabled=move || busy.get().then_some("true")
            aria-describedby=move || (!checkout.session.online.get()).then_some("checkout-offline")
        >
            {move || view! { <Icon name=icon() size=IconSize::Small /> }}
            {says}
        </button>
        <p class="processed">
            <Icon name=IconName::Lock size=IconSize::Tiny />
            {processed}
        </p>
    }
}
