//! Help with an order: asking for it, what is going on with it, and what came of it.

use super::ask::{AskForHelp, Asking};
use super::dispute::OpenDispute;
use super::open_case::{Forms, InCase, OpenCase, story};
use crate::format::day_and_clock;
use crate::i18n::t;
use crate::order::{HelpAnswer, LiveOrder, Write, WriteProblem, help_answer, use_write};
use crate::store::ThreadCell;
use crate::ui::{Button, ButtonSize, ButtonVariant, Sheet};
use api::wire::AnswerDispute;
use domain::case::Case;
use domain::dispute::DisputeAnswer;
use domain::ids::{CaseId, DisputeId, OrderId};
use domain::order::Order;
use domain::thread::Thread;
use leptos::prelude::*;
use stylers::style_sheet;

/// Help on an order: asks for it, shows what is open, and what came of it before.
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
    let answer = Memo::new(move |_| {
        let market = live.cell.state.with(Thread::market)?;
        let now = live.session.now.get();
        live.with_payment(|order, payment| Some(help_answer(order, payment, market, now)))
    });
    let asking = Asking::new(live);
    let ask = use_write(
        move |client, key, body: api::wire::OpenCase| {
            let id = live.id();
            async move { client.open_case(&key, &id, &body).await }
        },
        |_| {},
    );
    let dispute = use_write(
        move |client, key, (dispute, answer): (DisputeId, DisputeAnswer)| {
            let id = live.id();
            async move { client.answer_dispute(&key, &id, &dispute, &AnswerDispute { answer }).await }
        },
        |_| {},
    );
    let forms = Forms::new(live);
    let write = use_case(live, forms, on_close);
    // What came of it before is seen first.
    let once_more = RwSignal::new(false);
    let before = Memo::new(move |_| live.read(|order: &Order| order.cases.iter().any(|case| !case.is_open())));
    let asks = Memo::new(move |_| {
        let may = live.buying() && matches!(answer.get(), Some(HelpAnswer::Until(_)));
        may && (once_more.get() || !before.get())
    });
    let body = move || {
        answer.get().map(|answer| match answer {
            HelpAnswer::Disputed => {
                let answer = move |answer| dispute.start(answer);
                view! { <OpenDispute live pending=dispute.pending() answer /> }.into_any()
            }
            HelpAnswer::Open => view! { <OpenCase live write forms /> }.into_any(),
            HelpAnswer::Until(until) if live.buying() && asks.get() => view! { <AskForHelp asking until /> }.into_any(),
            HelpAnswer::Until(_) if live.buying() => view! {
                <Button size=ButtonSize::Wide on_click=move |()| once_more.set(true)>{t().help_once_more()}</Button>
            }
            .into_any(),
            HelpAnswer::Until(_) => plain(t().help_is_the_buyers(&live.peer_first())),
            HelpAnswer::NotYet if live.buying() => plain(t().help_not_yet(&live.peer_first())),
            HelpAnswer::NotYet => plain(t().help_not_yet_seller().to_owned()),
            HelpAnswer::PayingOut => plain(t().help_paying_out().to_owned()),
            HelpAnswer::Decided => plain(t().help_decided().to_owned()),
            HelpAnswer::Settled => plain(t().help_settled().to_owned()),
            HelpAnswer::Ended => plain(t().help_ended().to_owned()),
            HelpAnswer::Over(since) => plain(t().help_over(&day_and_clock(since))),
        })
    };
    let send = move |()| {
        if let Some(body) = asking.read() {
            ask.start(body);
        }
    };
    let button = move || {
        asks.get().then(|| {
            view! {
                <Button
                    variant=ButtonVariant::Primary
                    size=ButtonSize::Wide
                    pending=ask.pending()
                    pending_label=t().help_opening()
                    on_click=send
                >
                    {t().help_open()}
                </Button>
            }
        })
    };
    let problem = Signal::derive(move || {
        let problems = [ask.problem(), write.problem(), dispute.problem()];
        problems.into_iter().find_map(|problem| problem.get())
    });
    let foot = view! {
        {button}
        <WriteProblem problem />
    };
    let subtitle = move || {
        let number = live.read(|order| order.number.as_str().to_owned());
        format!("{number} · {}", live.peer_name())
    };
    let title = Signal::derive(move || {
        let words = match answer.get() {
            Some(HelpAnswer::Disputed) => t().dispute_title(),
            // A seller is not helped, but asked.
            _asked if !live.buying() => t().help_case(),
            _asking => t().order_get_help(),
        };
        words.to_owned()
    });
    view! { class=class,
        <Sheet
            title
            subtitle=Signal::derive(subtitle)
            close_label=t().order_close()
            on_close
            foot=foot.into_any()
        >
            <div class="help-sheet">
                {body}
                <Past live />
            </div>
        </Sheet>
    }
}

/// Writes in the open case of an order. What is written names the case that was on the screen.
fn use_case(live: LiveOrder, forms: Forms, on_close: Callback<()>) -> Write<InCase> {
    let case = move || live.order.with_untracked(|order| order.as_ref()?.open_case().map(|case| case.id.clone()));
    use_write(
        move |client, key, body: InCase| {
            // Of a case that has closed meanwhile the API says so.
            let none = || CaseId::try_from("case_none".to_owned()).expect("letters");
            let (order, case) = (live.id(), case().unwrap_or_else(none));
            async move {
                let here = (&order, &case);
                match body {
                    InCase::Offer(offer) => client.make_offer(&key, here, &offer).await,
                    InCase::Accept(shown) => client.accept_offer(&key, here, &shown).await,
                    InCase::Refuse(said) => client.refuse_offer(&key, here, &said).await,
                    InCase::Say(said) => client.say_in_case(&key, here, &said).await,
                    InCase::SendBack(parcel) => client.send_back(&key, here, &parcel).await,
                    InCase::GotBack => client.got_back(&key, here).await,
                    InCase::Close => client.close_case(&key, &order, &case).await,
                }
            }
        },
        move |body| {
            forms.close();
            if *body == InCase::Close {
                live.session.toast(t().help_closed());
                // It may have been left meanwhile.
                let _closed = on_close.try_run(());
            }
        },
    )
}

fn plain(words: String) -> AnyView {
    view! { <p>{words}</p> }.into_any()
}

/// Cases that are closed, the newest first.
#[component]
fn Past(live: LiveOrder) -> impl IntoView {
    let closed = Memo::new(move |_| {
        let closed = |order: &Order| order.cases.iter().filter(|case| !case.is_open()).cloned().collect::<Vec<Case>>();
        live.read(closed)
    });
    move || {
        let cases = closed.get();
        (!cases.is_empty()).then(|| {
            let stories = cases.into_iter().rev().map(|case| story(live, case)).collect_view();
            view! {
                <h3>{t().help_before()}</h3>
                {stories}
            }
        })
    }
}

crate::words! {
    help_case "Case" "Segnalazione";
    help_open "Open help" "Apri assistenza";
    help_opening "Opening…" "Apro…";
    help_closed "Help was closed" "Assistenza chiusa";
    help_once_more "Ask for help again" "Chiedi di nuovo assistenza";
    help_before "What came of it before" "Come è andata prima";
    help_is_the_buyers(peer) "{peer} has not asked for help. To give money back, refund the order." "{peer} non ha chiesto assistenza. Per restituire denaro, rimborsa l’ordine.";
    help_not_yet(peer) "The payment is not final yet: you can still undo it in the conversation. Help opens afterwards; until then write to {peer}." "Il pagamento non è ancora definitivo: puoi ancora annullarlo nella conversazione. L’assistenza apre dopo; intanto scrivi a {peer}.";
    help_not_yet_seller "The payment is not final yet. Help opens afterwards." "Il pagamento non è ancora definitivo. L’assistenza apre dopo.";
    help_paying_out "The money is being paid out this moment. Try again shortly." "Il denaro è in pagamento proprio ora. Riprova tra poco.";
    help_decided "A reviewer has decided over this order. You can still write in the conversation." "Un arbitro ha già deciso su questo ordine. Puoi sempre scrivere nella conversazione.";
    help_settled "You have settled all of this order. You can still write in the conversation." "Vi siete già accordati su tutto l’ordine. Potete sempre scrivere nella conversazione.";
    help_ended "This order has ended, and its money went back. There is nothing left to help with." "Questo ordine è finito e il denaro è tornato indietro. Non c’è più nulla da assistere.";
    help_over(since) "The time to ask for help ended on {since}. You can still write in the conversation." "Il tempo per chiedere assistenza è finito ({since}). Puoi sempre scrivere nella conversazione.";
}
