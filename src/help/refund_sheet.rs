//! Giving money back: for some pieces, a part, or all of it.

use crate::format::money;
use crate::i18n::t;
use crate::order::{LiveOrder, Quantities, QuantityList, WriteProblem, can_refund, use_write};
use crate::store::ThreadCell;
use crate::ui::{Button, ButtonSize, ButtonVariant, Sheet, TextField, unique_id};
use api::wire::MakeRefund;
use domain::ids::OrderId;
use domain::money::{AmountError, Money};
use domain::order::{Order, Packed};
use domain::payment::Payment;
use leptos::prelude::*;
use stylers::style_sheet;

/// How the amount is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    /// The price of some pieces.
    Items,
    /// An amount.
    Amount,
    /// All that is left.
    Everything,
}

/// Why it cannot be sent like this.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum RefundError {
    NoItems,
    Amount(AmountError),
    TooMuch,
}

/// What is sent, and how much that is.
type Told = Result<(MakeRefund, Money), RefundError>;

/// A sheet that gives money back to the buyer.
#[component]
pub fn RefundSheet(
    /// The thread of the order.
    cell: ThreadCell,
    /// Which order.
    order: OrderId,
    /// Called to close it, and when it is done.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let class = style_sheet!("src/help/refund_sheet.css");
    let live = LiveOrder::new(cell, order);
    let opened_with = live.order.get_untracked();
    let lines = |order: &Order| {
        let lines = order.terms.items().iter().enumerate();
        lines.map(|(line, item)| Packed { line, quantity: item.quantity }).collect::<Vec<_>>()
    };
    let quantities = Quantities::none(opened_with.as_ref().map(lines).unwrap_or_default());
    let (by, typed, judged) = (RwSignal::new(By::Items), RwSignal::new(String::new()), RwSignal::new(false));
    let refundable = Memo::new(move |_| live.with_payment(|_, payment: &Payment| Some(payment.refundable())));
    let told = Memo::new(move |_| {
        let left = refundable.get()?;
        let within = |body: MakeRefund, amount: Money| {
            if amount.minor > left.minor { Err(RefundError::TooMuch) } else { Ok((body, amount)) }
        };
        let told: Told = match by.get() {
            By::Everything => Ok((MakeRefund { amount: None, items: Vec::new() }, left)),
            By::Items => {
                let items = quantities.packed();
                let price = live.read(|order| Some(order.price_of(&items))).unwrap_or(Money::zero(left.currency));
                if items.is_empty() {
                    Err(RefundError::NoItems)
                } else {
                    within(MakeRefund { amount: None, items }, price)
                }
            }
            By::Amount => match Money::parse_decimal(&typed.read(), left.currency) {
                Ok(amount) if amount.is_zero() => Err(RefundError::Amount(AmountError::Empty)),
                Ok(amount) => within(MakeRefund { amount: Some(amount), items: Vec::new() }, amount),
                Err(error) => Err(RefundError::Amount(error)),
            },
        };
        Some(told)
    });
    let write = use_write(
        move |client, key, body: MakeRefund| {
            let id = live.id();
            async move { client.refund(&key, &id, &body).await }
        },
        move |_| {
            live.session.toast(t().refund_done());
            // It may have been left meanwhile.
            let _closed = on_close.try_run(());
        },
    );
    let allowed = Memo::new(move |_| live.with_payment(can_refund));
    let error = Signal::derive(move || {
        let left = refundable.get()?;
        let error = judged.get().then(|| told.get()).flatten()?.err()?;
        Some(error_words(error, left))
    });
    let send = move |()| {
        judged.set(true);
        if let Some(Ok((body, _))) = told.get_untracked() {
            write.start(body);
        }
    };
    let button = move || match told.get() {
        Some(Ok((_, amount))) => t().refund_so_much(&money(amount)),
        Some(Err(_)) | None => t().order_refund().to_owned(),
    };
    let foot = view! {
        <Button
            variant=ButtonVariant::Danger
            size=ButtonSize::Wide
            pending=write.pending()
            disabled=Signal::derive(move || !allowed.get())
            on_click=send
        >
            {button}
        </Button>
        <WriteProblem problem=write.problem() />
    };
    let refused = move || (!allowed.get()).then(|| view! { <p class="notice">{t().refund_not_now()}</p> });
    let says = |(chosen, of): (u32, u32)| t().refund_pieces(&chosen.to_string(), &of.to_string());
    let list = opened_with.map(|order| {
        view! {
            <div hidden=move || by.get() != By::Items>
                <QuantityList label=t().refund_which() order quantities says />
                <p class="hint">{t().refund_items_hint()}</p>
            </div>
        }
    });
    let items_error = move || {
        (by.get() == By::Items).then(|| error.get()).flatten().map(|error| view! { <p class="error">{error}</p> })
    };
    let amount = move || {
        (by.get() == By::Amount).then(|| {
            view! {
                <TextField
                    label=t().refund_amount()
                    name="refund_amount"
                    value=typed
                    on_input=move |text| {
                        judged.set(false);
                        typed.set(text);
                    }
                    on_blur=move |()| judged.set(!typed.read_untracked().trim().is_empty())
                    error
                    inputmode="decimal"
                    autocomplete="off"
                />
            }
        })
    };
    let left = move || refundable.get().map(money).unwrap_or_default();
    view! { class=class,
        <Sheet
            title=t().order_refund()
            subtitle=Signal::derive(move || {
                let number = live.read(|order| order.number.as_str().to_owned());
                format!("{number} · {}", live.peer_name())
            })
            close_label=t().order_close()
            on_close
            foot=foot.into_any()
        >
            <div class="refund-sheet">
                {refused}
                <dl class="totals">
                    <dt>{t().refund_left()}</dt>
                    <dd class="sum">
                        <bdi>{left}</bdi>
                    </dd>
                </dl>
                <Ways by judged />
                {list}
                <div role="alert">{items_error}</div>
                {amount}
                <p class="muted fine">{t().refund_final(&live.peer_first())}</p>
            </div>
        </Sheet>
    }
}

/// The three ways to tell the amount.
#[component]
fn Ways(by: RwSignal<By>, judged: RwSignal<bool>) -> impl IntoView {
    let group = unique_id("refund-by");
    let way = move |(way, label): (By, &'static str)| {
        view! {
            <label>
                <input
                    type="radio"
                    name=group.clone()
                    prop:checked=move || by.get() == way
                    on:change=move |_| {
                        judged.set(false);
                        by.set(way);
                    }
                />
                {label}
            </label>
        }
    };
    let ways = [
        (By::Items, t().refund_by_items()),
        (By::Amount, t().refund_by_amount()),
        (By::Everything, t().refund_everything()),
    ];
    view! {
        <fieldset>
            <legend class="sr-only">{t().refund_how()}</legend>
            <div class="segmented">{ways.into_iter().map(way).collect_view()}</div>
        </fieldset>
    }
}

fn error_words(error: RefundError, left: Money) -> String {
    match error {
        RefundError::NoItems => t().refund_choose().to_owned(),
        RefundError::TooMuch => t().refund_too_much(&money(left)),
        RefundError::Amount(AmountError::Empty) => t().refund_empty().to_owned(),
        RefundError::Amount(AmountError::TooManyDecimals) => t().refund_decimals().to_owned(),
        RefundError::Amount(AmountError::NotANumber) => t().refund_not_a_number().to_owned(),
        RefundError::Amount(AmountError::TooLarge) => t().refund_too_much(&money(left)),
    }
}

crate::words! {
    refund_done "Refund on its way" "Rimborso in arrivo";
    refund_how "How much?" "Quanto?";
    refund_by_items "By items" "Per articoli";
    refund_by_amount "By amount" "Per importo";
    refund_everything "Everything" "Tutto";
    refund_which "Which items?" "Quali articoli?";
    refund_pieces(n, of) "{n} of {of} refunded" "{n} di {of} da rimborsare";
    refund_items_hint "Their share of discount and tax is included; shipping is not." "La loro parte di sconto e imposte è inclusa; la spedizione no.";
    refund_amount "Amount" "Importo";
    refund_left "Can be refunded" "Rimborsabile";
    refund_so_much(amount) "Refund {amount}" "Rimborsa {amount}";
    refund_final(peer) "{peer} gets it back the way it was paid. A refund cannot be taken back." "{peer} lo riceve come ha pagato. Un rimborso non si può riprendere.";
    refund_not_now "Nothing of this order can be refunded now." "Ora non c’è nulla da rimborsare di questo ordine.";
    refund_choose "Choose at least one item." "Scegli almeno un articolo.";
    refund_empty "Write how much goes back." "Scrivi quanto restituire.";
    refund_decimals "That is finer than the currency." "Ci sono troppi decimali per questa valuta.";
    refund_not_a_number "Write an amount like 12.50." "Scrivi un importo come 12,50.";
    refund_too_much(left) "At most {left} can go back." "Si possono restituire al massimo {left}.";
}
