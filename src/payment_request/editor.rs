//! The editor of a payment request: say it and it fills in, or fill it in; totals and limits follow.

mod delivery;
mod draft;
mod figures;
mod kept;
mod lines;
mod picture;
mod said;
mod say_it;
mod sums;
mod troubles;
mod words;

pub(super) use troubles::amount as amount_sentence;

use super::summary::peer_name;
use crate::headline::first_name;
use crate::i18n::t;
use crate::refusal::sentence;
use crate::store::{Session, ThreadCell, new_key, use_session};
use crate::ui::{FieldKind, Icon, IconButton, IconName, IconSize, TextField};
use api::client::{ApiError, IdempotencyKey};
use api::wire::{Product, ReviseRequest, SendRequest};
use delivery::Ways;
use domain::ids::PaymentRequestId;
use domain::market::Market;
use domain::money::{Currency, Money};
use domain::terms::{Terms, Totals};
use domain::time::Span;
use draft::{Draft, Field};
use figures::Figures;
use kept::{forget, keep, kept, place};
use leptos::ev::SubmitEvent;
use leptos::html::Form;
use leptos::prelude::*;
use leptos::web_sys::HtmlElement;
use lines::Lines;
use picture::{CardPicture, photo_action};
use say_it::SayIt;
use stylers::style_sheet;
use sums::{Limits, Sum};
use wasm_bindgen::JsCast;

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
        let kept = kept(&place(cell, revise.as_ref()));
        let is_kept = kept.is_some();
        let fresh = || {
            cell.state.with_untracked(|state| match revise.as_ref().and_then(|id| state.requests.get(id)) {
                Some(request) => Draft::of(request),
                None => Draft::fresh(state),
            })
        };
        let catalogue = session.catalogue(&session.me().id);
        let starts_anew = !is_kept && revise.is_none();
        let editor = Self {
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
        };
        if starts_anew {
            editor.start_from_selling();
        }
        editor
    }

    /// A new request starts from what the seller has said of all of them, as soon as that is known.
    fn start_from_selling(self) {
        let fresh = self.draft.get_untracked();
        leptos::task::spawn_local(async move {
            // Without an answer it starts like the last one.
            if let Ok(page) = self.session.client().selling().await {
                // It may have been left meanwhile.
                let _left = self.draft.try_update(|draft| draft.start_from(&page, &fresh));
            }
        });
    }

    /// Changes the draft, and keeps it.
    fn change(self, change: impl FnOnce(&mut Draft)) {
        self.draft.update(change);
        let kept = self.draft.with_untracked(|draft| keep(&self.place(), draft));
        if self.is_kept.get_untracked() != kept {
            self.is_kept.set(kept);
        }
    }

    /// Where the draft is kept.
    fn place(self) -> String {
        self.revise.with_value(|revise| place(self.cell, revise.as_ref()))
    }

    fn market(self) -> &'static Market {
        self.cell.state.with_untracked(|state| state.market()).unwrap_or(&Market::US)
    }

    fn currency(self) -> Currency {
        self.market().currency
    }

    fn totals(self) -> Option<Totals> {
        self.draft.with(|draft| draft.terms(self.currency()).ok()).and_then(|terms| terms.totals(0, None))
    }

    /// Whether tax comes on top that only the address tells.
    fn tax_is_open(self) -> bool {
        self.draft.with(|draft| draft.terms(self.currency()).is_ok_and(|terms| terms.tax_is_open(0, None)))
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

    /// Sends it. What the call needs is read before it: the editor may be left while it is under way.
    async fn send(self, revise: Option<PaymentRequestId>, terms: Terms, expiry: u32) -> Result<(), ApiError> {
        let client = self.session.client();
        let kept = self.key.try_get_value().flatten().filter(|(of, within, _)| *of == terms && *within == expiry);
        let key = kept.map_or_else(new_key, |(_, _, key)| key);
        self.key.set_value(Some((terms.clone(), expiry, key.clone())));
        let expires_in_seconds = Some(expiry);
        let answer = match revise {
            Some(id) => {
                let known =
                    self.cell.state.with_untracked(|state| state.requests.get(&id).map(|known| known.current().number));
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
        let (terms, expiry, place, revise) = (terms.clone(), *expiry, editor.place(), editor.revise.get_value());
        async move {
            editor.send(revise, terms, expiry).await?;
            forget(&place);
            // It may have been left meanwhile.
            let _closed = on_close.try_run(());
            Ok::<_, ApiError>(())
        }
    });
    let take = photo_action(editor);
    let busy = Signal::derive(move || send.pending().get() || take.pending().get());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
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
    let label = move || match (send.pending().get(), take.pending().get()) {
        (true, _) => t().editor_sending(),
        (false, true) => t().editor_photo_coming(),
        (false, false) => says,
    };
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
                <CardPicture editor take />
                <Limits editor />
            </div>
            <div class="bottom">
                <Sum editor />
                {move || problem().map(|problem| view! { <p class="error" role="alert">{problem}</p> })}
                <button
                    class="button primary big wide"
                    type="submit"
                    aria-busy=move || busy.get().then_some("true")
                    aria-disabled=move || busy.get().then_some("true")
                >
                    <Icon name=IconName::Send size=IconSize::Small />
                    {label}
                </button>
            </div>
        </form>
    }
}

fn focus_first_error(form: NodeRef<Form>) {
    request_animation_frame(move || {
        let first = form
            .try_get_untracked()
            .flatten()
            .and_then(|form| form.query_selector("[aria-invalid=true]").ok().flatten());
        if let Some(first) = first.and_then(|first| first.dyn_into::<HtmlElement>().ok()) {
            // What cannot take the focus is not on the page.
            let _focused = first.focus();
        }
    });
}
