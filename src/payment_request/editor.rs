//! The editor of a payment request: say it and it fills in, or fill it in; totals and limits follow.

mod delivery;
mod draft;
mod lines;
mod said;
mod troubles;
mod words;

pub(super) use troubles::amount as amount_sentence;

use super::problem::sentence;
use super::summary::peer_name;
use crate::format::money;
use crate::headline::first_name;
use crate::i18n::t;
use crate::store::{Session, ThreadCell, new_key, use_session};
use crate::ui::{Choice, FieldKind, Icon, IconButton, IconName, IconSize, Select, TextField};
use api::client::{ApiError, IdempotencyKey};
use api::wire::{Product, ReviseRequest, SendRequest};
use delivery::Ways;
use domain::ids::PaymentRequestId;
use domain::market::Market;
use domain::money::{Currency, Money};
use domain::terms::{Terms, Totals};
use domain::time::Span;
use draft::{Draft, Field, TaxKind};
use leptos::ev::SubmitEvent;
use leptos::html::Form;
use leptos::prelude::*;
use leptos::web_sys::HtmlElement;
use lines::Lines;
use said::Heard;
use stylers::style_sheet;
use wasm_bindgen::JsCast;

/// How long a request can stay open, in seconds.
const EXPIRIES: [u32; 4] = [3600, 24 * 3600, draft::USUAL_EXPIRY, 7 * 24 * 3600];

/// One editor. A copy is a handle.
#[derive(Clone, Copy)]
struct Editor {
    session: Session,
    cell: ThreadCell,
    revise: StoredValue<Option<PaymentRequestId>>,
    draft: RwSignal<Draft>,
    /// Whether something was changed, so that the draft is kept.
    is_kept: RwSignal<bool>,
    /// Fields that were left; all of them once it was sent.
    left: RwSignal<Vec<Field>>,
    sent: RwSignal<bool>,
    products: Memo<Vec<Product>>,
    peer: StoredValue<String>,
    /// The last body that was sent without an answer, and its key.
    key: StoredValue<Option<(Terms, u32, IdempotencyKey)>>,
}

impl Editor {
    fn new(session: Session, cell: ThreadCell, revise: Option<PaymentRequestId>) -> Self {
        let place = place(cell, revise.as_ref());
        let kept = storage().and_then(|storage| storage.get_item(&place).ok().flatten());
        let kept = kept.and_then(|text| serde_json::from_str::<Draft>(&text).ok());
        let is_kept = kept.is_some();
        let fresh = || {
            cell.state.with_untracked(|state| match revise.as_ref().and_then(|id| state.requests.get(id)) {
                Some(request) => Draft::of(request),
                None => Draft::fresh(state),
            })
        };
        let catalogue = session.catalogue(&session.me().id);
        Self {
            session,
            cell,
            draft: RwSignal::new(kept.unwrap_or_else(fresh)),
            revise: StoredValue::new(revise),
            is_kept: RwSignal::new(is_kept),
            left: RwSignal::new(Vec::new()),
            sent: RwSignal::new(false),
            products: Memo::new(move |_| {
                catalogue.with(|known| known.as_ref().map(|known| known.products.clone()).unwrap_or_default())
            }),
            peer: StoredValue::new(first_name(&peer_name(session, cell)).to_owned()),
            key: StoredValue::new(None),
        }
    }

    /// Changes the draft, and keeps it.
    fn change(self, change: impl FnOnce(&mut Draft)) {
        self.draft.update(change);
        let place = self.revise.with_value(|revise| place(self.cell, revise.as_ref()));
        let text = self.draft.with_untracked(serde_json::to_string);
        let kept = storage().zip(text.ok()).is_some_and(|(storage, text)| storage.set_item(&place, &text).is_ok());
        if self.is_kept.get_untracked() != kept {
            self.is_kept.set(kept);
        }
    }

    fn forget(self) {
        let place = self.revise.with_value(|revise| place(self.cell, revise.as_ref()));
        if let Some(storage) = storage() {
            // What could not be kept cannot be removed.
            let _gone = storage.remove_item(&place);
        }
    }

    fn market(self) -> &'static Market {
        self.cell.state.with_untracked(|state| state.market()).unwrap_or(&Market::US)
    }

    fn currency(self) -> Currency {
        self.market().currency
    }

    fn totals(self) -> Option<Totals> {
        self.draft.with(|draft| draft.terms(self.currency()).ok()).and_then(|terms| terms.totals(0))
    }

    /// What is wrong with a field, once it was left or everything was sent.
    fn error(self, field: Field) -> Signal<Option<String>> {
        Signal::derive(move || {
            let told = self.sent.get() || self.left.with(|left| left.contains(&field));
            let troubles = told.then(|| self.draft.with(|draft| draft.terms(self.currency()).err())).flatten();
            let mine = troubles?.into_iter().find(|(at, _)| *at == field);
            mine.map(|(_, trouble)| troubles::sentence(trouble))
        })
    }

    fn leave(self, field: Field) {
        if self.left.with_untracked(|left| !left.contains(&field)) {
            self.left.update(|left| left.push(field));
        }
    }

    /// What the seller's requests of 7 days come to with this one, as far as this thread knows.
    fn in_seven_days(self, this: Money) -> Money {
        let since = self.session.now.get().minus(Span::days(7));
        let known = self.cell.state.with(|state| {
            let replaced = self.revise.with_value(|revise| revise.as_ref().and_then(|id| state.requests.get(id)));
            let replaced = replaced.filter(|request| request.is_open() && request.current().sent_at >= since);
            let replaced = replaced.map_or(0, |request| request.current().terms.highest_total().minor);
            state.requested_since(since) - replaced
        });
        Money::new(known + this.minor, this.currency)
    }

    async fn send(self, terms: Terms, expiry: u32) -> Result<(), ApiError> {
        let client = self.session.client();
        let kept = self.key.get_value().filter(|(of, within, _)| *of == terms && *within == expiry);
        let key = kept.map_or_else(new_key, |(_, _, key)| key);
        self.key.set_value(Some((terms.clone(), expiry, key.clone())));
        let expires_in_seconds = Some(expiry);
        let answer = match self.revise.get_value() {
            Some(id) => {
                let known = self.cell.state.with_untracked(|state| state.requests.get(&id).map(|known| known.current().number));
                let body = ReviseRequest { revision: known.unwrap_or(1), terms, expires_in_seconds };
                self.session.commit(client.revise(&key, &id, &body)).await
            }
            None => {
                let (thread, body) = (self.cell.id(), SendRequest { terms, expires_in_seconds });
                self.session.commit(client.send_request(&key, &thread, &body)).await
            }
        };
        // Without an answer the same request is sent again under the same key.
        if !matches!(answer, Err(ApiError::Network(_))) {
            self.key.set_value(None);
        }
        answer
    }
}

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}

/// One draft for each thread, and one for each request that is being changed.
fn place(cell: ThreadCell, revise: Option<&PaymentRequestId>) -> String {
    match revise {
        Some(request) => format!("bottega.request.{request}"),
        None => format!("bottega.request.{}", cell.id()),
    }
}

/// The editor of a new request, or of a new revision. It fills the height it is given.
#[component]
pub fn RequestEditor(
    /// The thread it is for.
    cell: ThreadCell,
    /// The request it changes; a new one without.
    revise: Option<PaymentRequestId>,
    /// Called when it was sent or put away.
    on_close: Callback<()>,
) -> impl IntoView {
    let class = style_sheet!("src/payment_request/editor.css");
    let editor = Editor::new(use_session(), cell, revise);
    let is_revision = editor.revise.with_value(Option::is_some);
    let form = NodeRef::<Form>::new();
    let send = Action::new_local(move |(terms, expiry): &(Terms, u32)| {
        let (terms, expiry) = (terms.clone(), *expiry);
        async move {
            editor.send(terms, expiry).await?;
            editor.forget();
            on_close.run(());
            Ok::<_, ApiError>(())
        }
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if send.pending().get_untracked() {
            return;
        }
        editor.sent.set(true);
        let terms = editor.draft.with_untracked(|draft| draft.terms(editor.currency()));
        match terms {
            Ok(terms) => drop(send.dispatch_local((terms, editor.draft.with_untracked(|draft| draft.expiry)))),
            Err(_shown_beside_the_fields) => focus_first_error(form),
        }
    };
    let problem = move || {
        let refused = send.value().with(|last| last.as_ref().and_then(|last| last.as_ref().err().map(sentence)));
        let wrong = || editor.sent.get() && editor.draft.with(|draft| draft.terms(editor.currency()).is_err());
        if wrong() { Some(t().editor_check().to_owned()) } else { refused }
    };
    let title = if is_revision { t().editor_revise() } else { t().editor_new() };
    let beneath = move || {
        let peer = editor.peer.get_value();
        if editor.is_kept.get() { t().editor_for_saved(&peer) } else { t().editor_for(&peer) }
    };
    let says = if is_revision { t().editor_send_revision() } else { t().editor_send() };
    view! { class=class,
        <form class="request-editor" aria-label=title novalidate node_ref=form on:submit=submit>
            <div class="top">
                <div>
                    <h2>{title}</h2>
                    <p class="muted fine">{beneath}</p>
                </div>
                <IconButton icon=IconName::Close label=t().editor_close().to_owned() on_click=on_close />
            </div>
            <div class="content" data-scroll="">
                <SayIt editor />
                <Lines editor />
                <Figures editor />
                <Ways editor />
                <TextField
                    label=t().editor_note(&editor.peer.get_value())
                    name="note"
                    kind=FieldKind::Lines
                    value=Signal::derive(move || editor.draft.with(|draft| draft.note.clone()))
                    on_input=move |note: String| editor.change(|draft| draft.note = note)
                    error=editor.error(Field::Note)
                    max_length=1024u32
                />
                <CardPicture editor />
                <Limits editor />
            </div>
            <div class="bottom">
                <Sum editor />
                {move || problem().map(|problem| view! { <p class="error" role="alert">{problem}</p> })}
                <button
                    class="button primary big wide"
                    type="submit"
                    aria-busy=move || send.pending().get().then_some("true")
                    aria-disabled=move || send.pending().get().then_some("true")
                >
                    <Icon name=IconName::Send size=IconSize::Small />
                    {move || if send.pending().get() { t().editor_sending() } else { says }}
                </button>
            </div>
        </form>
    }
}

fn focus_first_error(form: NodeRef<Form>) {
    request_animation_frame(move || {
        let first = form.get_untracked().and_then(|form| form.query_selector("[aria-invalid=true]").ok().flatten());
        if let Some(first) = first.and_then(|first| first.dyn_into::<HtmlElement>().ok()) {
            // What cannot take the focus is not on the page.
            let _focused = first.focus();
        }
    });
}

/// One field for everything, read while it is typed.
#[component]
fn SayIt(
    /// The editor.
    editor: Editor,
) -> impl IntoView {
    let heard = Memo::new(move |_| {
        let text = editor.draft.with(|draft| draft.say.clone());
        editor.products.with(|products| Heard::of(&text, editor.currency(), products))
    });
    let say = move |text: String| {
        let heard = editor.products.with_untracked(|products| Heard::of(&text, editor.currency(), products));
        editor.change(|draft| {
            draft.say = text;
            draft.hear(heard);
        });
    };
    let filled = move || {
        heard.with(Heard::filled).map(|filled| {
            view! {
                <p class="found">
                    <Icon name=IconName::Check size=IconSize::Tiny />
                    {filled}
                </p>
            }
        })
    };
    let not_understood = move || {
        let parts = heard.with(|heard| heard.not_understood.clone());
        (!parts.is_empty()).then(|| {
            let parts: Vec<String> = parts.iter().map(|part| format!("“{part}”")).collect();
            view! {
                <p class="lost">
                    <Icon name=IconName::Warning size=IconSize::Tiny />
                    {t().editor_not_understood(&parts.join(", "))}
                </p>
            }
        })
    };
    view! {
        <div class="say">
            <label for="say-it">
                <Icon name=IconName::Spark size=IconSize::Tiny />
                {t().editor_say()}
            </label>
            <input
                id="say-it"
                name="say-it"
                autocomplete="off"
                placeholder=t().editor_say_example()
                prop:value=move || editor.draft.with(|draft| draft.say.clone())
                on:input=move |event| say(event_target_value(&event))
                on:keydown=move |event| {
                    // Enter ends the sentence; it does not send the request.
                    if event.key() == "Enter" {
                        event.prevent_default();
                    }
                }
            />
            <div role="status">{filled} {not_understood}</div>
        </div>
    }
}

fn expiry_label(seconds: u32) -> String {
    match seconds {
        3600 => t().editor_one_hour().to_owned(),
        days if days % 86_400 == 0 && days > 3 * 86_400 => t().editor_days(&(days / 86_400).to_string()),
        hours if hours % 3600 == 0 => t().editor_hours(&(hours / 3600).to_string()),
        minutes => t().editor_minutes(&(minutes / 60).to_string()),
    }
}

/// Discount, expiry and tax.
#[component]
fn Figures(
    /// The editor.
    editor: Editor,
) -> impl IntoView {
    let expiry = Memo::new(move |_| editor.draft.with(|draft| draft.expiry));
    let expiries = Memo::new(move |_| {
        let chosen = expiry.get();
        let said = (!EXPIRIES.contains(&chosen)).then_some(chosen);
        let all = EXPIRIES.into_iter().chain(said);
        all.map(|seconds| Choice { value: seconds.to_string(), label: expiry_label(seconds) }).collect::<Vec<_>>()
    });
    let kinds = vec![
        Choice { value: "percent".to_owned(), label: t().editor_tax_percent().to_owned() },
        Choice { value: "amount".to_owned(), label: t().editor_tax_amount().to_owned() },
    ];
    let kind = Signal::derive(move || match editor.draft.with(|draft| draft.tax_kind) {
        TaxKind::Percent => "percent".to_owned(),
        TaxKind::Amount => "amount".to_owned(),
    });
    let choose_kind = move |kind: String| {
        let kind = if kind == "amount" { TaxKind::Amount } else { TaxKind::Percent };
        editor.change(|draft| draft.tax_kind = kind);
    };
    let choose_expiry = move |seconds: String| {
        let seconds = seconds.parse().unwrap_or(draft::USUAL_EXPIRY);
        editor.change(|draft| draft.expiry = seconds);
    };
    view! {
        <div class="couple">
            <TextField
                label=t().editor_discount().to_owned()
                name="discount"
                inputmode="decimal"
                value=Signal::derive(move || editor.draft.with(|draft| draft.discount.clone()))
                on_input=move |text: String| editor.change(|draft| draft.discount = text)
                on_blur=move |()| editor.leave(Field::Discount)
                error=editor.error(Field::Discount)
            />
            <Select
                label=t().editor_expiry().to_owned()
                name="expiry"
                choices=expiries
                value=Signal::derive(move || expiry.get().to_string())
                on_change=choose_expiry
            />
            <TextField
                label=t().editor_tax().to_owned()
                name="tax"
                inputmode="decimal"
                value=Signal::derive(move || editor.draft.with(|draft| draft.tax.clone()))
                on_input=move |text: String| editor.change(|draft| draft.tax = text)
                on_blur=move |()| editor.leave(Field::Tax)
                error=editor.error(Field::Tax)
            />
            <Select
                label=t().editor_tax_kind().to_owned()
                name="tax-kind"
                choices=Signal::stored(kinds)
                value=kind
                on_change=choose_kind
            />
        </div>
    }
}

/// Which of the items' pictures the card has; nothing to choose with one.
#[component]
fn CardPicture(
    /// The editor.
    editor: Editor,
) -> impl IntoView {
    let pictures = Memo::new(move |_| editor.draft.with(Draft::pictures));
    let chosen = Memo::new(move |_| editor.draft.with(Draft::card_picture));
    let one = move |(index, picture): (usize, String)| {
        let this = StoredValue::new(picture.clone());
        let is_chosen = move || this.with_value(|this| chosen.with(|chosen| chosen.as_ref() == Some(this)));
        view! {
            <label>
                <input
                    class="sr-only"
                    type="radio"
                    name="picture"
                    prop:checked=is_chosen
                    on:change=move |_| editor.change(|draft| draft.picture = Some(this.get_value()))
                />
                <img class="thumb s64" src=picture alt=t().editor_picture_n(&(index + 1).to_string()) />
            </label>
        }
    };
    move || {
        (pictures.with(Vec::len) > 1).then(|| {
            view! {
                <fieldset class="pictures">
                    <legend class="hint">{t().editor_picture()}</legend>
                    <div>{pictures.get().into_iter().enumerate().map(one).collect_view()}</div>
                </fieldset>
            }
        })
    }
}

/// How much of what is allowed this request takes.
#[component]
fn Limits(
    /// The editor.
    editor: Editor,
) -> impl IntoView {
    let market = editor.market();
    let this = Memo::new(move |_| {
        let terms = editor.draft.with(|draft| draft.terms(editor.currency()).ok());
        terms.map_or(Money::zero(editor.currency()), |terms| terms.highest_total())
    });
    let week = Memo::new(move |_| editor.in_seven_days(this.get()));
    let meter = move |label: &'static str, over: &'static str, amount: Memo<Money>, cap: Money| {
        let is_over = move || amount.get().minor > cap.minor;
        view! {
            <p>
                <span>{label}</span>
                <span class="num">{move || t().editor_limit_of(&money(amount.get()), &money(cap))}</span>
            </p>
            <progress
                class="meter"
                max=cap.minor.to_string()
                prop:value=move || amount.get().minor as f64
                data-over=move || is_over().then_some("")
                aria-label=label
            ></progress>
            {move || is_over().then(|| view! { <p class="error">{over}</p> })}
        }
    };
    view! {
        <div class="limit">
            {meter(t().editor_limit_request(), t().editor_over_request(), this, market.request_cap)}
            {meter(t().editor_limit_week(), t().editor_over_week(), week, market.weekly_cap)}
        </div>
    }
}

/// What it adds up to.
#[component]
fn Sum(
    /// The editor.
    editor: Editor,
) -> impl IntoView {
    let totals = Memo::new(move |_| editor.totals());
    let told = move |read: fn(&Totals) -> Money| {
        totals.with(|totals| totals.as_ref().map_or_else(|| "—".to_owned(), |totals| money(read(totals))))
    };
    let goods = move || {
        totals.with(|totals| match totals {
            Some(totals) if !totals.discount.is_zero() => {
                t().editor_goods_less(&money(totals.items), &money(totals.discount))
            }
            Some(totals) => t().editor_goods(&money(totals.items)),
            None => t().editor_items().to_owned(),
        })
    };
    let reduced = |totals: &Totals| totals.items.minus(totals.discount).unwrap_or(totals.items);
    let extra = |totals: &Totals| totals.shipping.plus(totals.tax).unwrap_or(totals.shipping);
    view! {
        <dl class="totals">
            <dt>{goods}</dt>
            <dd>{move || told(reduced)}</dd>
            <dt>{t().editor_shipping_and_tax()}</dt>
            <dd>{move || told(extra)}</dd>
            <dt class="sum">{t().editor_pays(&editor.peer.get_value())}</dt>
            <dd class="sum">
                <output>{move || told(|totals| totals.total)}</output>
            </dd>
        </dl>
        {move || {
            let wrong = editor.error(Field::Total);
            wrong.get().map(|wrong| view! { <p class="error">{wrong}</p> })
        }}
    }
}
