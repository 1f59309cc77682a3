//! The seller asks for more time: the question to the buyer.

use super::deeds::{Deed, use_deeds};
use super::live::LiveOrder;
use super::write::WriteProblem;
use crate::format::day;
use crate::headline::first_name;
use crate::i18n::t;
use crate::ui::{Button, ButtonVariant};
use domain::order::{Extension, ExtensionDays, Order};
use leptos::prelude::*;
use stylers::style_sheet;

/// The seller's question for more time with the two answers; for the seller, that it was asked. Nothing when it was
/// not.
#[component]
pub(super) fn ExtensionQuestion(
    /// Of which order.
    live: LiveOrder,
) -> impl IntoView {
    let class = style_sheet!("src/order/extension.css");
    let deeds = use_deeds(live, |_| {});
    let asked = Memo::new(move |_| live.read(question));
    let answers = move || {
        view! {
            <div class="answers">
                <Button
                    variant=ButtonVariant::Primary
                    pending=deeds.pending_of(|deed| *deed == Deed::AnswerMoreTime(true))
                    on_click=move |()| deeds.start(Deed::AnswerMoreTime(true))
                >
                    {t().order_give_time()}
                </Button>
                <Button
                    pending=deeds.pending_of(|deed| *deed == Deed::AnswerMoreTime(false))
                    on_click=move |()| deeds.start(Deed::AnswerMoreTime(false))
                >
                    {t().order_no_time()}
                </Button>
            </div>
            <WriteProblem problem=deeds.problem() />
        }
    };
    move || {
        asked.get().map(|(days, ship_by)| {
            let (name, ship_by) = (live.peer_name(), day(ship_by));
            let peer = first_name(&name);
            let text = match (live.buying(), days) {
                (true, ExtensionDays::Three) => t().order_asks_three(peer),
                (true, ExtensionDays::Five) => t().order_asks_five(peer),
                (false, ExtensionDays::Three) => t().order_asked_three(peer),
                (false, ExtensionDays::Five) => t().order_asked_five(peer),
            };
            view! { class=class,
                <section class="extension">
                    <p>
                        <b>{text}</b>
                    </p>
                    <p class="muted fine">{t().order_time_without(&ship_by)}</p>
                    {live.buying().then(answers)}
                </section>
            }
        })
    }
}

fn question(order: &Order) -> Option<(ExtensionDays, domain::time::Timestamp)> {
    order.extension_asked.map(|Extension { days, .. }| (days, order.ship_by))
}

crate::words! {
    order_asks_three(peer) "{peer} asks for 3 more working days. Is that all right?" "{peer} chiede altri 3 giorni lavorativi. Va bene?";
    order_asks_five(peer) "{peer} asks for 5 more working days. Is that all right?" "{peer} chiede altri 5 giorni lavorativi. Va bene?";
    order_asked_three(peer) "You asked {peer} for 3 more working days." "Hai chiesto a {peer} altri 3 giorni lavorativi.";
    order_asked_five(peer) "You asked {peer} for 5 more working days." "Hai chiesto a {peer} altri 5 giorni lavorativi.";
    order_time_without(ship_by) "Without a yes it ships by {ship_by}, or the money goes back." "Senza un sì si spedisce entro {ship_by}, o il denaro torna indietro.";
    order_give_time "Yes, take the time" "Sì, va bene";
    order_no_time "No" "No";
}
