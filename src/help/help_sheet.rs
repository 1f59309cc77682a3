//! Asking for help with an order, and what is going on with it.

use super::dispute::OpenDispute;
use crate::format::{day_and_clock, exact_deadline};
use crate::i18n::t;
use crate::navigate::{Panel, use_panels};
use crate::order::{HelpAnswer, LiveOrder, Write, WriteProblem, can_refund, case_reason, help_answer, use_write};
use crate::store::ThreadCell;
use crate::ui::{Button, ButtonSize, ButtonVariant, Icon, IconName, IconSize, Sheet, unique_id};
use api::wire::{AnswerDispute, OpenCase};
use domain::dispute::DisputeAnswer;
use domain::ids::{CaseId, DisputeId, OrderId};
use domain::order::{Case, CaseReason, Order};
use domain::thread::Thread;
use leptos::prelude::*;
use stylers::style_sheet;

/// Every reason, the most frequent first.
const REASONS: [CaseReason; 6] = [
    CaseReason::NotReceived,
    CaseReason::Damaged,
    CaseReason::NotAsDescribed,
    CaseReason::WrongItem,
    CaseReason::ChangedMyMind,
    CaseReason::Other,
];

/// What is written: a case opened, or closed.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Ask {
    Open(CaseReason),
    Close(CaseId),
    Answer(DisputeId, DisputeAnswer),
}

/// Help on an order: asks for it, shows what is open, and closes it.
#[component]
pub fn HelpSheet(
    /// The thread of the order.
    cell: ThreadCell,
    /// Which order.
    order: OrderId,
    /// Called to close it.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let class = style_sheet!("src/help/help_sheet.css");
    let live = LiveOrder::new(cell, order);
    let reason = RwSignal::new(None::<CaseReason>);
    let unchosen = RwSignal::new(false);
    let write = use_write(
        move |client, key, ask| {
            let id = live.id();
            async move {
                match ask {
                    Ask::Open(reason) => client.open_case(&key, &id, &OpenCase { reason }).await,
                    Ask::Close(case) => client.close_case(&key, &id, &case).await,
                    Ask::Answer(dispute, answer) => {
                        client.answer_dispute(&key, &id, &dispute, &AnswerDispute { answer }).await
                    }
                }
            }
        },
        move |ask| {
            if matches!(ask, Ask::Close(_)) {
                live.session.toast(t().help_closed());
                // It may have been left meanwhile.
                let _closed = on_close.try_run(());
            }
        },
    );
    let answer = Memo::new(move |_| {
        let market = live.cell.state.with(Thread::market)?;
        let now = live.session.now.get();
        live.with_payment(|order, payment| Some(help_answer(order, payment, market, now)))
    });
    let body = move || {
        answer.get().map(|answer| match answer {
            HelpAnswer::Disputed => {
                let answer = move |(dispute, answer)| write.start(Ask::Answer(dispute, answer));
                view! { <OpenDispute live pending=write.pending() answer /> }.into_any()
            }
            HelpAnswer::Open => view! { <OpenHelp live write /> }.into_any(),
            HelpAnswer::Until(until) if live.buying() => view! { <AskForHelp live reason unchosen until /> }.into_any(),
            HelpAnswer::Until(_) => plain(t().help_is_the_buyers(&live.peer_first())),
            HelpAnswer::NotYet if live.buying() => plain(t().help_not_yet(&live.peer_first())),
            HelpAnswer::NotYet => plain(t().help_not_yet_seller().to_owned()),
            HelpAnswer::PayingOut => plain(t().help_paying_out().to_owned()),
            HelpAnswer::Ended => plain(t().help_ended().to_owned()),
            HelpAnswer::Over(since) => plain(t().help_over(&day_and_clock(since))),
        })
    };
    let send = move |()| {
        unchosen.set(reason.get_untracked().is_none());
        if let Some(reason) = reason.get_untracked() {
            write.start(Ask::Open(reason));
        }
    };
    let asks = Memo::new(move |_| live.buying() && matches!(answer.get(), Some(HelpAnswer::Until(_))));
    let button = move || {
        asks.get().then(|| {
            view! {
                <Button
                    variant=ButtonVariant::Primary
                    size=ButtonSize::Wide
                    pending=write.pending()
                    pending_label=t().help_opening()
                    on_click=send
                >
                    {t().help_open()}
                </Button>
            }
        })
    };
    let foot = view! {
        {button}
        <WriteProblem problem=write.problem() />
    };
    let subtitle = move || {
        let number = live.read(|order| order.number.as_str().to_owned());
        format!("{number} · {}", live.peer_name())
    };
    let title = Signal::derive(move || match answer.get() {
        Some(HelpAnswer::Disputed) => t().dispute_title().to_owned(),
        Some(
            HelpAnswer::Open
            | HelpAnswer::Until(_)
            | HelpAnswer::NotYet
            | HelpAnswer::PayingOut
            | HelpAnswer::Ended
            | HelpAnswer::Over(_),
        )
        | None => t().order_get_help().to_owned(),
    });
    view! { class=class,
        <Sheet
            title
            subtitle=Signal::derive(subtitle)
            close_label=t().order_close()
            on_close
            foot=foot.into_any()
        >
            <div class="help-sheet">{body}</div>
        </Sheet>
    }
}

fn plain(words: String) -> AnyView {
    view! { <p>{words}</p> }.into_any()
}

/// The reasons, and what opening does.
#[component]
fn AskForHelp(
    live: LiveOrder,
    reason: RwSignal<Option<CaseReason>>,
    unchosen: RwSignal<bool>,
    until: domain::time::Timestamp,
) -> impl IntoView {
    let group = unique_id("reason");
    let choice = move |offered: CaseReason| {
        view! {
            <label class="row compact">
                <span class="check">
                    <input
                        type="radio"
                        name=group.clone()
                        prop:checked=move || reason.get() == Some(offered)
                        on:change=move |_| {
                            unchosen.set(false);
                            reason.set(Some(offered));
                        }
                    />
                </span>
                <div>
                    <p class="value">{case_reason(offered)}</p>
                </div>
            </label>
        }
    };
    let missing = move || unchosen.get().then(|| view! { <p class="error">{t().help_choose()}</p> });
    let until = move || t().help_until(&exact_deadline(until, live.session.now.get()));
    view! {
        <fieldset>
            <legend>{t().help_what()}</legend>
            <div class="rows">{REASONS.into_iter().map(choice).collect_view()}</div>
        </fieldset>
        <div role="alert">{missing}</div>
        <p class="note">
            <Icon name=IconName::Freeze size=IconSize::Small />
            <span>{t().help_freezes(&live.peer_first())}</span>
        </p>
        <p class="muted fine">{until}</p>
    }
}

/// What is open, since when, and the ways out of it.
#[component]
fn OpenHelp(live: LiveOrder, write: Write<Ask>) -> impl IntoView {
    let panels = use_panels();
    let case = Memo::new(move |_| live.read(|order: &Order| order.open_case().cloned()));
    let can_refund = Memo::new(move |_| !live.buying() && live.with_payment(can_refund));
    let mine = move |case: &Case| case.opened_by == live.role();
    let shown = move || {
        case.get().map(|case| {
            let own = mine(&case);
            let (title, next) = if own {
                (t().help_you_opened().to_owned(), t().help_peer_answers(&live.peer_first()))
            } else {
                (t().help_peer_opened(&live.peer_first()), t().help_you_answer().to_owned())
            };
            let id = case.id.clone();
            let close = own.then(|| {
                view! {
                    <Button
                        size=ButtonSize::Wide
                        icon=IconName::Check
                        pending=write.pending()
                        on_click=move |()| write.start(Ask::Close(id.clone()))
                    >
                        {t().help_close()}
                    </Button>
                }
            });
            view! {
                <div class="case">
                    <p>
                        <b>{title}</b>
                    </p>
                    <p>{case_reason(case.reason)}</p>
                    <p class="muted fine">
                        <time datetime=case.opened_at.to_string()>{day_and_clock(case.opened_at)}</time>
                    </p>
                </div>
                <p class="note">
                    <Icon name=IconName::Freeze size=IconSize::Small />
                    <span>{t().help_frozen()}</span>
                </p>
                <p>{next}</p>
                {close}
            }
        })
    };
    let refund = move || {
        can_refund.get().then(|| {
            view! {
                <Button
                    variant=ButtonVariant::Primary
                    size=ButtonSize::Wide
                    on_click=move |()| panels.replace(&Panel::Refund(live.id()))
                >
                    {t().order_refund()}
                </Button>
            }
        })
    };
    view! { {shown} {refund} }
}

crate::words! {
    help_what "What is wrong?" "Che cosa non va?";
    help_choose "Choose what is wrong." "Scegli che cosa non va.";
    help_freezes(peer) "While help is open, {peer}’s money is frozen and every deadline of this order stands still." "Finché l’assistenza è aperta, il denaro di {peer} è bloccato e tutte le scadenze di questo ordine si fermano.";
    help_until(until) "You can ask for help until {until}." "Puoi chiedere assistenza fino a {until}.";
    help_open "Open help" "Apri assistenza";
    help_opening "Opening…" "Apro…";
    help_close "Close it, all good" "Chiudi, tutto a posto";
    help_closed "Help was closed" "Assistenza chiusa";
    help_you_opened "You asked for help" "Hai chiesto assistenza";
    help_peer_opened(peer) "{peer} asked for help" "{peer} ha chiesto assistenza";
    help_frozen "The money is frozen and every deadline of this order stands still." "Il denaro è bloccato e tutte le scadenze di questo ordine sono ferme.";
    help_peer_answers(peer) "Write to {peer} in the conversation: photos and words there count. {peer} can refund a part or all of it." "Scrivi a {peer} nella conversazione: foto e parole contano. {peer} può rimborsare una parte o tutto.";
    help_you_answer "Answer in the conversation, and refund a part or all of it if that is fair. Who asked for help closes it." "Rispondi nella conversazione, e rimborsa una parte o tutto se è giusto. Chi ha chiesto assistenza la chiude.";
    help_is_the_buyers(peer) "{peer} has not asked for help. To give money back, refund the order." "{peer} non ha chiesto assistenza. Per restituire denaro, rimborsa l’ordine.";
    help_not_yet(peer) "The payment is not final yet: you can still undo it in the conversation. Help opens afterwards; until then write to {peer}." "Il pagamento non è ancora definitivo: puoi ancora annullarlo nella conversazione. L’assistenza apre dopo; intanto scrivi a {peer}.";
    help_not_yet_seller "The payment is not final yet. Help opens afterwards." "Il pagamento non è ancora definitivo. L’assistenza apre dopo.";
    help_paying_out "The money is being paid out this moment. Try again shortly." "Il denaro è in pagamento proprio ora. Riprova tra poco.";
    help_ended "This order has ended, and its money went back. There is nothing left to help with." "Questo ordine è finito e il denaro è tornato indietro. Non c’è più nulla da assistere.";
    help_over(since) "The time to ask for help ended on {since}. You can still write in the conversation." "Il tempo per chiedere assistenza è finito ({since}). Puoi sempre scrivere nella conversazione.";
}
