//! An open case: how it stands, and what each side can do now.

use super::ask::{possible, worth};
use super::saying::{Saying, SayingFields};
use super::story::{CaseStory, Names};
use super::wish::{Wish, WishFields, remedy_words};
use crate::format::{day, exact_deadline};
use crate::i18n::t;
use crate::order::{Carried, CarrierField, LiveOrder, Write, scan};
use crate::ui::{Button, ButtonSize, ButtonVariant, ConfirmDialog, Icon, IconName, IconSize};
use api::wire::{AcceptOffer, MakeOffer, SayInCase, SendBack};
use domain::case::{Case, CaseStage, Escalation, Remedy};
use domain::order::{Funds, Order, Shipment};
use domain::thread::{Role, Thread};
use leptos::prelude::*;
use std::sync::Arc;

/// What is written in an open case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum InCase {
    Offer(MakeOffer),
    Accept(AcceptOffer),
    Refuse(SayInCase),
    Say(SayInCase),
    SendBack(SendBack),
    GotBack,
    Close,
}

/// Which form is open beneath the buttons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// None.
    None,
    /// Another proposal.
    Counter,
    /// No, and why.
    Refuse,
    /// A word more.
    Say,
}

/// How the two of an order are called.
pub(super) fn names(live: LiveOrder) -> Names {
    Names::of_two(live.role(), &live.peer_first())
}

/// The story of a case of an order.
pub(super) fn story(live: LiveOrder, case: Case) -> AnyView {
    let items = live.read(|order: &Order| order.terms.items().to_vec());
    let thread = live.cell.id();
    let session = live.session;
    let shown = Arc::new(move |picture, words: String| {
        let address = session.picture(&thread, &picture);
        view! { <img src=move || address.get() alt=words loading="lazy" /> }.into_any()
    });
    view! { <CaseStory case items names=names(live) shown /> }.into_any()
}

/// What comes next, as one side reads it.
fn next(case: &Case, live: LiveOrder) -> String {
    let (role, peer) = (live.role(), live.peer_first());
    match &case.stage {
        CaseStage::Talking { turn, .. } if *turn == role => t().case_you_answer().to_owned(),
        CaseStage::Talking { .. } => t().case_peer_answers(&peer),
        CaseStage::Review { because, .. } => match because {
            Escalation::Refused => t().case_review_refused(),
            Escalation::SellerSilent | Escalation::BuyerSilent => t().case_review_silence(),
            Escalation::ReturnLate => t().case_review_return(),
            Escalation::RefundFailed => t().case_review_refund(),
        }
        .to_owned(),
        CaseStage::Returning { .. } => match (case.parcel().is_some(), role) {
            (false, Role::Buyer) => t().case_you_send_back().to_owned(),
            (false, Role::Seller) => t().case_peer_sends_back(&peer),
            (true, Role::Buyer) => t().case_comes_back(&peer),
            (true, Role::Seller) => t().case_comes_back_to_you().to_owned(),
        },
        CaseStage::Refunding { .. } => t().case_refunding().to_owned(),
    }
}

/// What happens by itself then.
fn then(case: &Case, live: LiveOrder, at: &str) -> Option<String> {
    Some(match &case.stage {
        CaseStage::Talking { .. } => t().case_then_review(at),
        CaseStage::Review { .. } => {
            let stands = |thread: &Thread| thread.standing(thread.orders.get(&live.id())?, case);
            match live.cell.state.with(stands) {
                Some(remedy) => t().case_then_stands(at, &remedy_words(remedy)),
                None => t().case_then_nothing(at),
            }
        }
        CaseStage::Returning { .. } if case.parcel().is_none() => t().case_then_kept(at),
        CaseStage::Returning { .. } => t().case_then_late(at),
        CaseStage::Refunding { .. } => return None,
    })
}

/// The parcel that goes back: who carries it, its number, and what was said of it last.
fn goes_back(parcel: &Shipment) -> AnyView {
    let number = parcel.tracking.as_ref().map(|number| number.grouped()).unwrap_or_default();
    let (words, at) = match parcel.events.last() {
        Some(last) => (scan(last.status), last.at),
        None => (t().order_step_shipped(), parcel.shipped_at),
    };
    view! {
        <dl class="totals">
            <dt>{parcel.carrier.name().to_owned()}</dt>
            <dd class="num">{number}</dd>
            <dt>{words}</dt>
            <dd>{day(at)}</dd>
        </dl>
    }
    .into_any()
}

/// An open case, and what can be done in it.
#[component]
pub(super) fn OpenCase(
    /// On which order.
    live: LiveOrder,
    /// Writes in it.
    write: Write<InCase>,
    /// Which form is open.
    forms: Forms,
) -> impl IntoView {
    let case = Memo::new(move |_| live.read(|order: &Order| order.open_case().cloned()));
    // The time goes on beside the story, which is drawn anew only when something is said.
    let by = move || {
        let case = case.get()?;
        let at = exact_deadline(case.until()?, live.session.now.get());
        then(&case, live, &at)
    };
    let by = Memo::new(move |_| by());
    let frozen = Memo::new(move |_| live.read(|order: &Order| order.funds == Funds::Frozen));
    let note = move || {
        let words = if frozen.get() { t().help_frozen() } else { t().help_stands_still() };
        view! {
            <p class="note">
                <Icon name=IconName::Freeze size=IconSize::Small />
                <span>{words}</span>
            </p>
        }
    };
    let shown = move || {
        case.get().map(|case| {
            view! {
                {story(live, case.clone())}
                <p>{next(&case, live)}</p>
                {case.parcel().map(goes_back)}
            }
        })
    };
    view! {
        {shown}
        {move || by.get().map(|by| view! { <p class="muted fine">{by}</p> })}
        {note}
        <Deeds live case write forms />
    }
}

/// What is filled in beneath an open case. A copy is a handle.
#[derive(Clone, Copy)]
pub(super) struct Forms {
    open: RwSignal<Form>,
    wish: Wish,
    saying: Saying,
    carried: Carried,
}

impl Forms {
    /// None is open.
    pub fn new(live: LiveOrder) -> Self {
        let items =
            move || live.read(|order: &Order| order.open_case().map(|case| case.items.clone()).unwrap_or_default());
        let claim = Signal::derive(move || worth(live, &items()));
        let reason = move || live.read(|order: &Order| order.open_case().map(|case| case.reason));
        let possible = Signal::derive(move || possible(live, &items(), reason()));
        let (open, carried) = (RwSignal::new(Form::None), Carried::new());
        Self { open, wish: Wish::new(claim, possible), saying: Saying::new(), carried }
    }

    /// After something was sent.
    pub fn close(&self) {
        self.open.set(Form::None);
        self.saying.clear();
    }
}

/// The buttons of an open case, by side and stage.
#[component]
fn Deeds(live: LiveOrder, case: Memo<Option<Case>>, write: Write<InCase>, forms: Forms) -> impl IntoView {
    let role = live.role();
    let offered = Memo::new(move |_| case.read().as_ref().and_then(|case| case.on_the_table(role)));
    let talking = Memo::new(move |_| match case.read().as_ref().map(|case| &case.stage) {
        Some(CaseStage::Talking { turn, .. }) => Some(*turn),
        Some(CaseStage::Review { .. } | CaseStage::Returning { .. } | CaseStage::Refunding { .. }) | None => None,
    });
    // A form is there for as long as what it is for can be done; what was written stays.
    let form_now = Memo::new(move |_| match forms.open.get() {
        Form::Counter if talking.get().is_none() => Form::None,
        Form::Refuse if talking.get() != Some(role) => Form::None,
        Form::Say if case.read().is_none() => Form::None,
        form => form,
    });
    let none = move || form_now.get() == Form::None;
    let accept = move || offered.get().filter(|_| none()).map(|remedy| view! { <Accept live remedy write /> });
    let open = move |form: Form, label: &'static str, icon: IconName| {
        view! {
            <Button size=ButtonSize::Wide icon on_click=move |()| forms.open.set(form)>
                {label}
            </Button>
        }
    };
    let counter = move || {
        (none() && talking.get().is_some()).then(|| {
            let label = if talking.get() == Some(role) { t().case_propose() } else { t().case_propose_other() };
            open(Form::Counter, label, IconName::Return)
        })
    };
    let refuse = move || {
        (none() && talking.get() == Some(role)).then(|| open(Form::Refuse, t().case_refuse(), IconName::Scales))
    };
    let say = move || (none() && case.read().is_some()).then(|| open(Form::Say, t().case_say(), IconName::Chat));
    let form = move || match form_now.get() {
        Form::None => ().into_any(),
        Form::Counter => view! { <CounterForm live write forms /> }.into_any(),
        Form::Refuse => view! { <SayForm live write forms refuses=true /> }.into_any(),
        Form::Say => view! { <SayForm live write forms refuses=false /> }.into_any(),
    };
    view! {
        {accept}
        <Return live case write forms />
        {counter}
        {refuse}
        {say}
        {form}
        {move || none().then(|| view! { <Close live case write /> })}
    }
}

/// Yes. A seller, whose money moves by it, is asked once more.
#[component]
fn Accept(live: LiveOrder, remedy: Remedy, write: Write<InCase>) -> impl IntoView {
    let asking = RwSignal::new(false);
    let pending = write.pending_of(|body: &InCase| matches!(body, InCase::Accept(_)));
    let accept = move || {
        asking.set(false);
        write.start(InCase::Accept(AcceptOffer { remedy }));
    };
    let tap = move |()| if live.buying() { accept() } else { asking.set(true) };
    let dialog = move || {
        asking.get().then(|| {
            view! {
                <ConfirmDialog
                    title=t().case_accept(&remedy_words(remedy))
                    text=t().case_accept_means(&live.peer_first())
                    confirm_label=t().case_accept_yes()
                    cancel_label=t().order_not_now()
                    variant=ButtonVariant::Primary
                    pending
                    on_confirm=move |()| accept()
                    on_cancel=move |()| asking.set(false)
                />
            }
        })
    };
    view! {
        <Button variant=ButtonVariant::Primary size=ButtonSize::Wide icon=IconName::Check pending on_click=tap>
            {t().case_accept(&remedy_words(remedy))}
        </Button>
        {dialog}
    }
}

/// What is to go back: sent by the buyer, got by the seller.
#[component]
fn Return(live: LiveOrder, case: Memo<Option<Case>>, write: Write<InCase>, forms: Forms) -> impl IntoView {
    // Whether it was sent, while it has to go back.
    let sent = Memo::new(move |_| match case.read().as_ref().map(|case| &case.stage) {
        Some(CaseStage::Returning { .. }) => Some(case.read().as_ref().is_some_and(|case| case.parcel().is_some())),
        Some(CaseStage::Talking { .. } | CaseStage::Review { .. } | CaseStage::Refunding { .. }) | None => None,
    });
    let send = move |()| {
        if let Some((carrier, tracking)) = untrack(|| forms.carried.read()) {
            write.start(InCase::SendBack(SendBack { carrier, tracking }));
        }
    };
    move || match (sent.get(), live.buying()) {
        (Some(false), true) => view! {
            <CarrierField carried=forms.carried />
            <Button
                variant=ButtonVariant::Primary
                size=ButtonSize::Wide
                icon=IconName::Truck
                pending=write.pending()
                on_click=send
            >
                {t().case_sent_back()}
            </Button>
        }
        .into_any(),
        (Some(_), false) => view! {
            <Button
                variant=ButtonVariant::Primary
                size=ButtonSize::Wide
                icon=IconName::Check
                pending=write.pending()
                on_click=move |()| write.start(InCase::GotBack)
            >
                {t().case_got_back()}
            </Button>
        }
        .into_any(),
        (Some(true), true) | (None, _) => ().into_any(),
    }
}

/// Who asked for help can take it back, until what was agreed is on its way.
#[component]
fn Close(live: LiveOrder, case: Memo<Option<Case>>, write: Write<InCase>) -> impl IntoView {
    let can = Memo::new(move |_| {
        case.read().as_ref().is_some_and(|case| {
            let is_free = match &case.stage {
                CaseStage::Review { because: Escalation::RefundFailed, .. } => false,
                CaseStage::Talking { .. } | CaseStage::Review { .. } => true,
                CaseStage::Returning { .. } => case.parcel().is_none(),
                CaseStage::Refunding { .. } => false,
            };
            is_free && case.opened_by == live.role()
        })
    });
    move || {
        can.get().then(|| {
            view! {
                <Button
                    size=ButtonSize::Wide
                    pending=write.pending_of(|body: &InCase| matches!(body, InCase::Close))
                    on_click=move |()| write.start(InCase::Close)
                >
                    {t().help_close()}
                </Button>
            }
        })
    }
}

#[component]
fn CounterForm(live: LiveOrder, write: Write<InCase>, forms: Forms) -> impl IntoView {
    let send = move |()| {
        if let (Some(remedy), Some(said)) = (forms.wish.read(), forms.saying.read()) {
            write.start(InCase::Offer(MakeOffer { remedy, said }));
        }
    };
    let label = move || match forms.wish.as_it_stands() {
        Some(remedy) => t().case_send_offer(&remedy_words(remedy)),
        None => t().case_propose().to_owned(),
    };
    view! {
        <WishFields wish=forms.wish legend=t().case_what_instead() />
        <SayingFields live saying=forms.saying label=t().help_tell(&live.peer_first()) />
        <Button variant=ButtonVariant::Primary size=ButtonSize::Wide pending=write.pending() on_click=send>
            {label}
        </Button>
        <Button size=ButtonSize::Wide on_click=move |()| forms.close()>
            {t().order_not_now()}
        </Button>
    }
}

#[component]
fn SayForm(live: LiveOrder, write: Write<InCase>, forms: Forms, refuses: bool) -> impl IntoView {
    let send = move |()| {
        if let Some(said) = forms.saying.read() {
            write.start(if refuses { InCase::Refuse(said) } else { InCase::Say(said) });
        }
    };
    let (label, variant) = match refuses {
        true => (t().case_refuse_now(), ButtonVariant::Danger),
        false => (t().case_send(), ButtonVariant::Primary),
    };
    let nothing = Signal::derive(move || !refuses && forms.saying.is_empty());
    view! {
        {refuses.then(|| view! { <p>{t().case_refuse_means()}</p> })}
        <SayingFields live saying=forms.saying label=t().help_tell(&live.peer_first()) />
        <Button variant size=ButtonSize::Wide disabled=nothing pending=write.pending() on_click=send>
            {label}
        </Button>
        <Button size=ButtonSize::Wide on_click=move |()| forms.close()>
            {t().order_not_now()}
        </Button>
    }
}

crate::words! {
    help_frozen "The money is frozen and every other deadline of this order stands still." "Il denaro è bloccato e le altre scadenze di questo ordine sono ferme.";
    help_stands_still "Every other deadline of this order stands still." "Le altre scadenze di questo ordine sono ferme.";
    help_close "Close it, all good" "Chiudi, tutto a posto";
    case_you_answer "It is your turn: accept it, propose something else, or ask the reviewer." "Tocca a te: accetta, proponi altro, o chiedi all’arbitro.";
    case_peer_answers(peer) "{peer} is asked." "Tocca a {peer}.";
    case_review_refused "You did not agree: a neutral reviewer looks at it." "Non vi siete accordati: decide un arbitro neutrale.";
    case_review_silence "Nobody answered in time: a neutral reviewer looks at it." "Nessuna risposta in tempo: decide un arbitro neutrale.";
    case_review_return "What was sent back did not arrive in time: a neutral reviewer looks at it." "Il reso non è arrivato in tempo: decide un arbitro neutrale.";
    case_review_refund "The money could not go back: a reviewer looks at it, and it is tried again." "Il denaro non è potuto tornare: un arbitro lo esamina e si riprova.";
    case_you_send_back "Send it back, and write the number of the parcel here." "Rispediscilo, e scrivi qui il numero del pacco.";
    case_peer_sends_back(peer) "{peer} sends it back to you." "{peer} te lo rispedisce.";
    case_comes_back(peer) "It is on its way back to {peer}. When it is there, your money goes back by itself." "Sta tornando a {peer}. Quando arriva, il denaro torna da solo.";
    case_comes_back_to_you "It is on its way back to you. When it is there, the money goes back by itself." "Sta tornando da te. Quando arriva, il denaro torna da solo.";
    case_refunding "It is settled: the money is on its way back." "È deciso: il denaro sta tornando.";
    case_then_review(at) "Without an answer by {at}, a neutral reviewer is asked." "Senza risposta entro {at}, decide un arbitro neutrale.";
    case_then_stands(at, remedy) "If nothing is decided by {at}, this happens by itself: {remedy}." "Se nulla è deciso entro {at}, accade questo da solo: {remedy}.";
    case_then_nothing(at) "If nothing is decided by {at}, help is closed and nothing goes back by itself." "Se nulla è deciso entro {at}, la segnalazione si chiude e nulla torna da solo.";
    case_accept_means(peer) "It is carried out at once: money that goes back to {peer} cannot be taken back." "Avviene subito: il denaro restituito a {peer} non si può riprendere.";
    case_accept_yes "Yes, accept" "Sì, accetta";
    case_then_kept(at) "If it is not sent by {at}, help is closed and nothing goes back." "Se non parte entro {at}, l’assistenza si chiude e nulla torna.";
    case_then_late(at) "If it is not there by {at}, a neutral reviewer is asked." "Se non arriva entro {at}, decide un arbitro neutrale.";
    case_accept(remedy) "Accept: {remedy}" "Accetta: {remedy}";
    case_propose "Propose something else" "Proponi altro";
    case_propose_other "Change what you proposed" "Cambia la tua proposta";
    case_what_instead "What instead?" "Che cosa invece?";
    case_send_offer(remedy) "Propose: {remedy}" "Proponi: {remedy}";
    case_refuse "Say no, ask the reviewer" "Rifiuta, chiedi all’arbitro";
    case_refuse_now "Ask the reviewer" "Chiedi all’arbitro";
    case_refuse_means "A neutral reviewer reads what stands here, and nothing else of your conversation, and decides within 7 days." "Un arbitro neutrale legge ciò che è qui, e nient’altro della conversazione, e decide entro 7 giorni.";
    case_say "Add something" "Aggiungi qualcosa";
    case_send "Send" "Invia";
    case_sent_back "I have sent it back" "L’ho rispedito";
    case_got_back "It has come back: refund it" "È tornato: rimborsa";
}
