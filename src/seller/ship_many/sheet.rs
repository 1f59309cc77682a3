//! The sheet: a field for the list, what each line comes to, and one button.

use super::read::{Line, Wrong, read};
use super::send::Sending;
use super::waiting::{Waiting, all_that_wait};
use crate::i18n::t;
use crate::refusal::sentence;
use crate::store::{answer, use_session};
use crate::ui::{
    Button, ButtonSize, ButtonVariant, Icon, IconName, IconSize, Sheet, Skeleton, SkeletonKind, unique_id,
};
use domain::ids::OrderId;
use leptos::html::Textarea;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys::KeyboardEvent;
use std::collections::HashSet;
use stylers::style_sheet;

/// What is being written. A copy is a handle.
#[derive(Clone, Copy)]
struct Writing {
    text: RwSignal<String>,
    /// The orders that wait, without those that were handed over from here.
    waiting: Memo<Vec<Waiting>>,
    lines: Memo<Vec<Line>>,
    sending: Sending,
    field: NodeRef<Textarea>,
}

impl Writing {
    fn new(all: Vec<Waiting>) -> Self {
        let sending = Sending::new(use_session());
        let text = RwSignal::new(String::new());
        let waiting = Memo::new(move |_| {
            let shipped = sending.shipped.read();
            let shipped: HashSet<&OrderId> = shipped.iter().map(|order| &order.id).collect();
            all.iter().filter(|order| !shipped.contains(&order.id)).cloned().collect::<Vec<_>>()
        });
        let lines = Memo::new(move |_| read(&text.read(), &waiting.read()));
        Self { text, waiting, lines, sending, field: NodeRef::new() }
    }

    fn ready(self) -> usize {
        self.lines.read().iter().filter(|line| line.parcel.is_ok()).count()
    }

    fn busy(self) -> bool {
        self.sending.progress.read().is_some()
    }

    /// Sends what can be sent; what cannot stays in the field, with its order.
    fn send(self) {
        if untrack(|| self.busy() || self.ready() == 0) {
            return;
        }
        let (lines, waiting) = (self.lines.get_untracked(), self.waiting.get_untracked());
        spawn_local(async move {
            self.sending.send(lines.clone(), waiting.clone()).await;
            let Some(shipped) = self.sending.shipped.try_get_untracked() else { return };
            let is_shipped = |line: &&Line| {
                let order = line.order.and_then(|order| waiting.get(order));
                line.parcel.is_ok() && order.is_some_and(|order| shipped.iter().any(|known| known.id == order.id))
            };
            let stay = lines.iter().filter(|line| !is_shipped(line)).map(|line| line.written(&waiting));
            self.text.set(stay.collect::<Vec<_>>().join("\n"));
            self.begin();
        });
    }

    fn begin(self) {
        // The field is there a frame after the sheet.
        request_animation_frame(move || {
            if let Some(field) = self.field.try_get_untracked().flatten() {
                let _focused = field.focus();
            }
        });
    }
}

/// A sheet that marks many orders as shipped, each in one parcel.
#[component]
pub(in crate::seller) fn ShipManySheet(
    /// Those that are meant; all that wait when none is.
    chosen: RwSignal<Vec<OrderId>>,
    /// Called to close it.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let class = style_sheet!("src/seller/ship_many/sheet.css");
    let session = use_session();
    let loaded = answer(move || async move { all_that_wait(session).await });
    let writing = Memo::new_with_compare(
        move |_| {
            let loaded = loaded.read();
            let chosen = chosen.get_untracked();
            let is_meant = |order: &&Waiting| chosen.is_empty() || chosen.contains(&order.id);
            let all = loaded.as_ref()?.as_ref().map(|all| all.iter().filter(is_meant).cloned().collect::<Vec<_>>());
            Some(all.map(Writing::new).map_err(sentence))
        },
        |_, _| true,
    );
    let ready = move || writing.get().and_then(Result::ok);
    let body = move || match writing.get() {
        None => view! { <Skeleton kind=SkeletonKind::Lines count=4 label=t().queue_loading() /> }.into_any(),
        Some(Err(error)) => view! { <p class="error" role="alert">{error}</p> }.into_any(),
        Some(Ok(writing)) => view! { <Written writing /> }.into_any(),
    };
    let done = move || {
        ready()
            .is_some_and(|writing| writing.text.read().trim().is_empty() && !writing.sending.shipped.read().is_empty())
    };
    let busy = Signal::derive(move || ready().is_some_and(Writing::busy));
    let words = move || {
        let Some(writing) = ready() else { return t().order_mark_shipped().to_owned() };
        match (*writing.sending.progress.read(), done(), writing.ready()) {
            (Some((at, of)), ..) => t().ship_many_sending(&(at + 1).to_string(), &of.to_string()),
            (None, true, _) => t().ship_many_done().to_owned(),
            (None, false, 0) => t().order_mark_shipped().to_owned(),
            (None, false, ready) => t().queue_mark_shipped(&ready.to_string()),
        }
    };
    let nothing =
        Signal::derive(move || !done() && ready().is_none_or(|writing| writing.ready() == 0 && !writing.busy()));
    let click = move |()| match (untrack(done), untrack(ready)) {
        (true, _) => on_close.run(()),
        (false, Some(writing)) => writing.send(),
        (false, None) => {}
    };
    let keydown = move |event: KeyboardEvent| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) && !event.repeat() {
            event.prevent_default();
            click(());
        }
    };
    let foot = view! { class=class,
        <Button variant=ButtonVariant::Primary size=ButtonSize::Wide pending=busy disabled=nothing on_click=click>
            {words}
        </Button>
        <p class="ship-many-keys muted fine center">
            <kbd>"Ctrl"</kbd>
            <kbd>{t().queue_key_enter()}</kbd>
        </p>
    };
    view! { class=class,
        <Sheet title=t().ship_many_title() close_label=t().order_close() on_close foot=foot.into_any()>
            <div class="ship-many" on:keydown=keydown>{body}</div>
        </Sheet>
    }
}

/// The field, and what its lines come to.
#[component]
fn Written(writing: Writing) -> impl IntoView {
    let class = style_sheet!("src/seller/ship_many/sheet.css");
    let (id, hint_id) = (unique_id("numbers"), unique_id("numbers-hint"));
    writing.begin();
    let next = move || {
        let used: HashSet<usize> = writing.lines.read().iter().filter_map(|line| line.order).collect();
        let waiting = writing.waiting.read();
        let next = waiting.iter().enumerate().find(|(place, _)| !used.contains(place)).map(|(_, order)| order);
        match next {
            Some(next) => t().ship_many_next(&next.number, &next.peer),
            None => t().ship_many_no_next().to_owned(),
        }
    };
    let sum = move || {
        let (ready, all) = (writing.ready(), writing.lines.read().len());
        match (all, all - ready) {
            (0, _) => String::new(),
            (_, 0) => t().ship_many_all_ready(&ready.to_string()),
            (_, wrong) => t().ship_many_some_ready(&ready.to_string(), &wrong.to_string()),
        }
    };
    let shipped = move || match writing.sending.shipped.read().len() {
        0 => None,
        count => Some(view! { class=class,
            <p class="shipped good-text">
                <Icon name=IconName::CheckCircle size=IconSize::Small />
                {t().ship_many_shipped(&count.to_string())}
            </p>
        }),
    };
    let report = move || {
        let waiting = writing.waiting.get();
        let refused = writing.sending.refused.get();
        let lines = writing.lines.get();
        lines.into_iter().map(|line| reported(line, &waiting, &refused)).collect_view()
    };
    view! { class=class,
        <div class="field">
            <label for=id.clone()>{t().ship_many_numbers()}</label>
            <textarea
                id=id
                class="numbers"
                name="numbers"
                rows="5"
                autocomplete="off"
                autocapitalize="characters"
                spellcheck="false"
                aria-describedby=hint_id.clone()
                node_ref=writing.field
                readonly=move || writing.busy()
                prop:value=move || writing.text.get()
                on:input=move |event| writing.text.set(event_target_value(&event))
            ></textarea>
        </div>
        <p class="hint muted fine" id=hint_id>
            {t().ship_many_hint()}
            " "
            <b>{next}</b>
        </p>
        <div class="sums" role="status">
            {shipped}
            <p class="sum">{sum}</p>
        </div>
        <ol class="report" aria-label=t().ship_many_report()>{report}</ol>
    }
}

/// What a line comes to.
fn reported(
    line: Line,
    waiting: &[Waiting],
    refused: &std::collections::HashMap<OrderId, String>,
) -> impl IntoView + use<> {
    let class = style_sheet!("src/seller/ship_many/sheet.css");
    let order = line.order.and_then(|order| waiting.get(order));
    let title = match (order, &line.named) {
        (Some(order), _) => format!("{} · {}", order.number, order.peer),
        (None, Some(named)) => named.clone(),
        (None, None) => t().ship_many_line(&line.at.to_string()),
    };
    let refused = order.and_then(|order| refused.get(&order.id)).cloned();
    let (good, words) = match (&line.parcel, refused) {
        (_, Some(refused)) => (false, refused),
        (Ok((carrier, _)), None) => (true, carrier.to_string()),
        (Err(wrong), None) => (false, why(wrong)),
    };
    let icon = if good { IconName::Check } else { IconName::Warning };
    view! { class=class,
        <li data-wrong=(!good).then_some("")>
            <Icon name=icon size=IconSize::Tiny />
            <b>{title}</b>
            <span class="number">{line.number}</span>
            <span class="what">{words}</span>
        </li>
    }
}

fn why(wrong: &Wrong) -> String {
    match wrong {
        Wrong::NoSuchOrder => t().ship_many_no_such_order().to_owned(),
        Wrong::OrderTwice(line) => t().ship_many_order_twice(&line.to_string()),
        Wrong::NumberTwice(line) => t().ship_many_number_twice(&line.to_string()),
        Wrong::NoOrderLeft => t().ship_many_no_order_left().to_owned(),
        Wrong::NoNumber => t().ship_many_no_number().to_owned(),
        Wrong::Number(crate::order::CarriedError::NoCarrier) => t().ship_many_no_carrier().to_owned(),
        Wrong::Number(error) => error.sentence(),
    }
}

crate::words! {
    ship_many_title "Mark as shipped" "Segna come spediti";
    ship_many_numbers "Tracking numbers" "Numeri di tracciamento";
    ship_many_hint "Paste or scan them, one a line: with the order in front, or alone, in the order of the list."
        "Incollali o leggili con lo scanner, uno per riga: con l’ordine davanti, o da soli, nell’ordine della lista.";
    ship_many_next(number, peer) "Next: {number}, {peer}." "Il prossimo: {number}, {peer}.";
    ship_many_no_next "No order is left." "Non resta nessun ordine.";
    ship_many_all_ready(ready) "{ready} ready to be sent." "{ready} pronti.";
    ship_many_some_ready(ready, wrong) "{ready} ready, {wrong} to look at." "{ready} pronti, {wrong} da guardare.";
    ship_many_report "What the lines come to" "Che cosa risulta dalle righe";
    ship_many_line(at) "Line {at}" "Riga {at}";
    ship_many_sending(at, of) "Sending {at} of {of}…" "Invio {at} di {of}…";
    ship_many_shipped(n) "{n} marked as shipped." "{n} segnati come spediti.";
    ship_many_done "Done" "Fatto";
    ship_many_no_such_order "No order of that number waits for a parcel." "Nessun ordine con questo numero aspetta un pacco.";
    ship_many_order_twice(line) "This order stands in line {line} already." "Questo ordine è già nella riga {line}.";
    ship_many_number_twice(line) "This number stands in line {line} already." "Questo numero è già nella riga {line}.";
    ship_many_no_order_left "There are more numbers than orders." "Ci sono più numeri che ordini.";
    ship_many_no_number "The number is missing." "Manca il numero.";
    ship_many_no_carrier "No carrier we know has such numbers: mark this order by itself, and choose who carries it."
        "Nessun corriere che conosciamo ha numeri così: segna questo ordine da solo, e scegli chi lo porta.";
}
