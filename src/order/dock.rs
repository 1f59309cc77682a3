//! What can be done with an order, at the foot of its page.

use super::actions::{
    can_ask_more_time, can_cancel, can_confirm, can_make_ready, can_prepare, can_refund, can_ship, is_argued,
};
use super::deeds::{Deed, use_deeds};
use super::live::LiveOrder;
use super::packing_slip::PackingSlip;
use super::write::WriteProblem;
use crate::i18n::t;
use crate::navigate::{Panel, use_panels};
use crate::ui::{Button, ButtonSize, ButtonVariant, ConfirmDialog, IconName, Sheet};
use domain::order::ExtensionDays;
use leptos::prelude::*;

/// What is asked before it is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asking {
    /// Whether everything is OK.
    Confirm,
    /// Whether to cancel.
    Cancel,
    /// How much more time.
    MoreTime,
}

/// What a seller can do now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Offers {
    ship: bool,
    make_ready: bool,
    prepare: bool,
    more_time: bool,
    cancel: bool,
    refund: bool,
}

/// The buttons at the foot of an order's page, by role.
#[component]
pub(super) fn Dock(
    /// Of which order.
    live: LiveOrder,
) -> impl IntoView {
    let asking = RwSignal::new(None::<Asking>);
    let deeds = use_deeds(live, move |_| asking.set(None));
    let buttons = if live.buying() {
        view! { <BuyerDock live asking /> }.into_any()
    } else {
        let prepare = move |()| deeds.start(Deed::Prepare);
        let preparing = deeds.pending_of(|deed| *deed == Deed::Prepare);
        let ready = move |()| deeds.start(Deed::MakeReady);
        let readying = deeds.pending_of(|deed| *deed == Deed::MakeReady);
        view! { <SellerDock live asking prepare preparing ready readying /> }.into_any()
    };
    let pending = deeds.pending();
    let cancel = move |()| asking.set(None);
    let dialog = move || {
        let peer = live.peer_first();
        asking.get().map(|what| match what {
            Asking::Confirm => view! {
                <ConfirmDialog
                    title=t().order_confirm_title()
                    text=t().order_confirm_text(&peer)
                    confirm_label=t().order_confirm_yes(&peer)
                    cancel_label=t().order_not_now()
                    variant=ButtonVariant::Primary
                    pending
                    on_confirm=move |()| deeds.start(Deed::Confirm)
                    on_cancel=cancel
                />
            }
            .into_any(),
            Asking::Cancel => view! {
                <ConfirmDialog
                    title=t().order_cancel_title()
                    text=t().order_cancel_text(&peer)
                    confirm_label=t().order_cancel()
                    cancel_label=t().order_keep()
                    pending
                    on_confirm=move |()| deeds.start(Deed::Cancel)
                    on_cancel=cancel
                />
            }
            .into_any(),
            Asking::MoreTime => {
                let days = move |days: ExtensionDays, label: &'static str| {
                    view! {
                        <Button
                            size=ButtonSize::Wide
                            pending=deeds.pending_of(move |deed| *deed == Deed::AskMoreTime(days))
                            on_click=move |()| deeds.start(Deed::AskMoreTime(days))
                        >
                            {label}
                        </Button>
                    }
                };
                let foot = view! {
                    {days(ExtensionDays::Three, t().order_three_days())}
                    {days(ExtensionDays::Five, t().order_five_days())}
                };
                view! {
                    <Sheet
                        title=t().order_more_time_title()
                        close_label=t().order_close()
                        on_close=cancel
                        foot=foot.into_any()
                    >
                        <p>{t().order_more_time_text(&peer)}</p>
                        <WriteProblem problem=deeds.problem() />
                    </Sheet>
                }
                .into_any()
            }
        })
    };
    view! {
        {buttons}
        <WriteProblem problem=deeds.problem() />
        {dialog}
    }
}

#[component]
fn BuyerDock(live: LiveOrder, asking: RwSignal<Option<Asking>>) -> impl IntoView {
    let panels = use_panels();
    let can_confirm = Memo::new(move |_| live.with_payment(can_confirm));
    let has_case = Memo::new(move |_| live.with_payment(is_argued));
    let is_fetched = Memo::new(move |_| live.read(|order| Some(order.pickup().is_some())).unwrap_or_default());
    let confirm = move || {
        can_confirm.get().then(|| {
            view! {
                <Button
                    variant=ButtonVariant::Primary
                    icon=IconName::Check
                    on_click=move |()| asking.set(Some(Asking::Confirm))
                >
                    {move || if is_fetched.get() { t().order_i_have_it() } else { t().order_everything_ok() }}
                </Button>
            }
        })
    };
    let pays = move || {
        can_confirm
            .get()
            .then(|| view! { <p class="muted fine center">{t().order_everything_ok_pays(&live.peer_first())}</p> })
    };
    view! {
        <div class="pair">
            <Button icon=IconName::Help on_click=move |()| panels.open(&Panel::Help(live.id()))>
                {move || if has_case.get() { t().order_see_help() } else { t().order_get_help() }}
            </Button>
            {confirm}
        </div>
        {pays}
    }
}

#[component]
fn SellerDock(
    live: LiveOrder,
    asking: RwSignal<Option<Asking>>,
    #[prop(into)] prepare: Callback<()>,
    #[prop(into)] preparing: Signal<bool>,
    #[prop(into)] ready: Callback<()>,
    #[prop(into)] readying: Signal<bool>,
) -> impl IntoView {
    let panels = use_panels();
    let printing = RwSignal::new(false);
    let has_case = Memo::new(move |_| live.with_payment(is_argued));
    let offers = Memo::new(move |_| {
        live.with_payment(|order, payment| Offers {
            ship: can_ship(order, payment),
            make_ready: can_make_ready(order, payment),
            prepare: can_prepare(order, payment),
            more_time: can_ask_more_time(order, payment),
            cancel: can_cancel(order, payment),
            refund: can_refund(order, payment),
        })
    });
    let plain = move |shown: bool, label: &'static str, run: Callback<()>| {
        shown.then(
            || view! { <Button variant=ButtonVariant::Quiet size=ButtonSize::Small on_click=run>{label}</Button> },
        )
    };
    let open = move |panel: fn(domain::ids::OrderId) -> Panel| Callback::new(move |()| panels.open(&panel(live.id())));
    let first = move || {
        let offers = offers.get();
        let slip = offers.ship.then(|| {
            view! {
                <Button icon=IconName::Print on_click=move |()| printing.set(true)>
                    {t().order_print_slip()}
                </Button>
            }
        });
        let case = has_case.get().then(|| {
            view! {
                <Button variant=ButtonVariant::Primary icon=IconName::Help on_click=open(Panel::Help)>
                    {t().order_answer_help()}
                </Button>
            }
        });
        let ship = offers.ship.then(|| {
            view! {
                <Button variant=ButtonVariant::Primary icon=IconName::Truck on_click=open(Panel::Ship)>
                    {t().order_mark_shipped()}
                </Button>
            }
        });
        let ready = offers.make_ready.then(|| {
            view! {
                <Button variant=ButtonVariant::Primary icon=IconName::Store pending=readying on_click=ready>
                    {t().order_make_ready()}
                </Button>
            }
        });
        view! { <div class="pair">{slip} {case} {ship} {ready}</div> }
    };
    let more = move || {
        let offers = offers.get();
        let prepare = offers.prepare.then(|| {
            view! {
                <Button variant=ButtonVariant::Quiet size=ButtonSize::Small pending=preparing on_click=prepare>
                    {t().order_prepare()}
                </Button>
            }
        });
        let cancel = offers.cancel.then(|| {
            view! {
                <Button
                    variant=ButtonVariant::QuietDanger
                    size=ButtonSize::Small
                    on_click=move |()| asking.set(Some(Asking::Cancel))
                >
                    {t().order_cancel()}
                </Button>
            }
        });
        let ask = Callback::new(move |()| asking.set(Some(Asking::MoreTime)));
        view! {
            <div class="more">
                {prepare} {plain(offers.more_time, t().order_more_time(), ask)}
                {plain(offers.refund, t().order_refund(), open(Panel::Refund))} {cancel}
            </div>
        }
    };
    let printed = move || {
        let done = move |()| printing.set(false);
        printing.get().then(|| view! { <PackingSlip orders=vec![(live.cell, live.id())] on_done=done /> })
    };
    view! { {first} {more} {printed} }
}
