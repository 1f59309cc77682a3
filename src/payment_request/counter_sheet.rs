//! The buyer's counter-offer: other quantities, another total, or both.

use super::editor::amount_sentence;
use super::stepper::Stepper;
use super::summary::peer_name;
use crate::format::{less, money};
use crate::headline::first_name;
use crate::i18n::t;
use crate::refusal::sentence;
use crate::store::{ThreadCell, new_key, use_session};
use crate::ui::{FieldKind, Sheet, TextField, unique_id};
use api::client::ApiError;
use api::wire::MakeCounter;
use domain::ids::PaymentRequestId;
use domain::market::Market;
use domain::money::{AmountError, Money};
use domain::payment_request::{PaymentRequest, Proposal};
use domain::terms::Terms;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use stylers::style_sheet;

/// What is wrong with an offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum OfferError {
    Amount(AmountError),
    AllOut,
    OverCap(Money),
    Impossible,
}

impl OfferError {
    fn sentence(self) -> String {
        match self {
            Self::Amount(error) => amount_sentence(error).to_owned(),
            Self::AllOut => t().counter_all_out().to_owned(),
            Self::OverCap(cap) => t().counter_over(&money(cap)),
            Self::Impossible => t().counter_impossible().to_owned(),
        }
    }
}

/// The offer and the terms it would lead to.
fn offer(
    request: &PaymentRequest,
    market: &Market,
    quantities: &[u32],
    total: &str,
    note: &str,
) -> Result<(Proposal, Terms), OfferError> {
    let terms = &request.current().terms;
    if quantities.iter().all(|quantity| *quantity == 0) {
        return Err(OfferError::AllOut);
    }
    let total = total.trim().trim_start_matches('$');
    let total = Money::parse_decimal(total, terms.currency()).map_err(OfferError::Amount)?;
    if total.minor > market.request_cap.minor {
        return Err(OfferError::OverCap(market.request_cap));
    }
    let same = terms.items().iter().zip(quantities).all(|(item, quantity)| item.quantity == *quantity);
    let quantities = if same { Vec::new() } else { quantities.to_vec() };
    let proposal = Proposal { quantities, total, note: note.parse().ok() };
    let agreed = proposal.agreed_terms(terms).filter(|_| total.minor > 0).ok_or(OfferError::Impossible)?;
    Ok((proposal, agreed))
}

/// A counter-offer on an open request.
#[component]
pub fn CounterSheet(
    /// The thread it is in.
    cell: ThreadCell,
    /// The request it answers.
    request: PaymentRequestId,
    /// Called when it was sent or put away.
    on_close: Callback<()>,
) -> impl IntoView {
    let class = style_sheet!("src/payment_request/counter_sheet.css");
    let session = use_session();
    let known =
        cell.state.with_untracked(|state| state.requests.get(&request).filter(|request| request.is_open()).cloned());
    let Some(known) = known else {
        return view! {
            <Sheet title=t().counter_title().to_owned() close_label=t().counter_close().to_owned() on_close>
                <p role="alert">{t().counter_gone()}</p>
            </Sheet>
        }
        .into_any();
    };
    let market = cell.state.with_untracked(|state| state.market()).unwrap_or(&Market::US);
    let peer = first_name(&peer_name(session, cell)).to_owned();
    let asked = known.current().terms.totals(0, None).map(|totals| totals.total);
    let asked = asked.unwrap_or(Money::zero(market.currency));
    let quantities = RwSignal::new(known.current().terms.items().iter().map(|item| item.quantity).collect::<Vec<_>>());
    let (total, note) = (RwSignal::new(asked.decimal()), RwSignal::new(String::new()));
    let sent = RwSignal::new(false);
    let items = known.current().terms.items().to_vec();
    let (revision, id) = (known.current().number, StoredValue::new(request));
    let key = StoredValue::new(None);
    let offered = Memo::new(move |_| {
        quantities
            .with(|quantities| total.with(|total| note.with(|note| offer(&known, market, quantities, total, note))))
    });
    let send = Action::new_local(move |body: &MakeCounter| {
        let (body, id, client) = (body.clone(), id.get_value(), session.client());
        let kept = key.get_value().filter(|(of, _)| *of == body);
        let with = kept.map_or_else(new_key, |(_, key)| key);
        key.set_value(Some((body.clone(), with.clone())));
        async move {
            session.commit(client.counter(&with, &id, &body)).await?;
            // It may have been left meanwhile.
            let _closed = on_close.try_run(());
            Ok::<_, ApiError>(())
        }
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        sent.set(true);
        if let (Ok((proposal, _)), false) = (offered.get_untracked(), send.pending().get_untracked()) {
            send.dispatch_local(MakeCounter { revision, proposal });
        }
    };
    let error = Signal::derive(move || {
        offered.with(|offered| offered.as_ref().err().filter(|_| sent.get()).map(|error| error.sentence()))
    });
    let problem = move || send.value().with(|last| last.as_ref().and_then(|last| last.as_ref().err().map(sentence)));
    let preview = move || {
        offered.with(|offered| offered.as_ref().ok().and_then(|(_, agreed)| agreed.totals(0, None))).map(|totals| {
            let discount = (!totals.discount.is_zero()).then(|| {
                view! {
                    <dt>{t().editor_discount()}</dt>
                    <dd class="good-text">{less(totals.discount)}</dd>
                }
            });
            view! {
                <dl class="totals">
                    <dt>{t().editor_items()}</dt>
                    <dd>{money(totals.items)}</dd>
                    {discount}
                    <dt>{t().editor_shipping_and_tax()}</dt>
                    <dd>{money(totals.shipping.plus(totals.tax).unwrap_or(totals.shipping))}</dd>
                    <dt class="sum">{t().checkout_total()}</dt>
                    <dd class="sum">{money(totals.total)}</dd>
                </dl>
            }
        })
    };
    let line = move |(index, item): (usize, domain::terms::Item)| {
        let value = Signal::derive(move || quantities.with(|all| all.get(index).copied().unwrap_or(0)));
        let set = move |quantity: u32| {
            quantities.update(|all| {
                if let Some(mine) = all.get_mut(index) {
                    *mine = quantity;
                }
            });
        };
        let picture = item.picture.as_ref().map(|picture| {
            view! { <img class="thumb s40" src=picture.to_string() alt="" decoding="async" /> }
        });
        let name = item.name.to_string();
        view! {
            <li>
                {picture}
                <div>
                    <p dir="auto"><b>{name.clone()}</b></p>
                    <p class="muted fine">{t().editor_each(&money(item.unit_price))}</p>
                </div>
                <Stepper label=t().editor_quantity_of(&name) value fewest=0 on_change=set />
            </li>
        }
    };
    let form_id = unique_id("counter");
    let says = move || match offered.with(|offered| offered.as_ref().ok().map(|(proposal, _)| proposal.total)) {
        Some(total) => t().counter_send(&money(total)),
        None => t().counter_send_plain().to_owned(),
    };
    let foot = view! {
        {move || problem().map(|problem| view! { <p class="error" role="alert">{problem}</p> })}
        <button
            class="button primary big wide"
            type="submit"
            form=form_id.clone()
            aria-busy=move || send.pending().get().then_some("true")
            aria-disabled=move || send.pending().get().then_some("true")
        >
            {says}
        </button>
        <p class="hint center">{t().counter_lapses()}</p>
    };
    let subtitle = Signal::stored(t().counter_asks(&peer, &money(asked)));
    view! {
        <Sheet
            title=t().counter_title().to_owned()
            subtitle
            close_label=t().counter_close().to_owned()
            on_close
            foot=foot.into_any()
        >
            {view! { class=class,
                <form class="counter-offer" id=form_id novalidate on:submit=submit>
                    <ul class="lines">{items.into_iter().enumerate().map(line).collect_view()}</ul>
                    <TextField
                        label=t().counter_total().to_owned()
                        name="total"
                        inputmode="decimal"
                        value=total
                        on_input=move |text: String| total.set(text)
                        on_blur=move |()| sent.set(true)
                        error
                        hint=t().counter_total_hint()
                    />
                    <TextField
                        label=t().counter_note(&peer)
                        name="note"
                        kind=FieldKind::Lines
                        value=note
                        on_input=move |text: String| note.set(text)
                        max_length=1024u32
                    />
                    <section role="status">
                        <p class="hint">{t().counter_would_send(&peer)}</p>
                        {preview}
                    </section>
                </form>
            }}
        </Sheet>
    }
    .into_any()
}
