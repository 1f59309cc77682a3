//! The agreement receipt of an order: to read, print, keep and verify.

use super::live::LiveOrder;
use super::receipt::{Agreement, AgreementView, short_hash};
use super::receipt_file::{Verdict, download, verify, verify_file};
use super::write::WriteProblem;
use crate::i18n::t;
use crate::refusal::sentence;
use crate::store::{ThreadCell, answer};
use crate::ui::{Button, Icon, IconName, IconSize, Sheet, Skeleton, SkeletonKind, unique_id};
use api::wire::Receipt;
use domain::ids::OrderId;
use leptos::ev::Event;
use leptos::prelude::*;
use leptos::web_sys::{File, HtmlInputElement};
use stylers::style_sheet;

/// The agreement receipt: what both agreed to, with a hash that either can recompute.
#[component]
pub fn ReceiptSheet(
    /// The thread of the order.
    cell: ThreadCell,
    /// Which order.
    order: OrderId,
    /// Called to close it.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let live = LiveOrder::new(cell, order);
    let receipt = answer(move || {
        let (client, id) = (live.session.client(), live.id());
        async move { client.receipt(&id).await }
    });
    let title = move || live.read(|order| t().receipt_of(order.number.as_str()));
    let body = move || match receipt.get() {
        None => view! { <Skeleton kind=SkeletonKind::Lines label=t().receipt_loading() /> }.into_any(),
        Some(Ok(receipt)) => view! { <ReceiptBody live receipt /> }.into_any(),
        Some(Err(error)) => view! { <WriteProblem problem=Signal::stored(Some(sentence(&error))) /> }.into_any(),
    };
    view! {
        <Sheet title=Signal::derive(title) close_label=t().order_close() on_close>
            {body}
        </Sheet>
    }
}

#[component]
fn ReceiptBody(live: LiveOrder, receipt: Receipt) -> impl IntoView {
    let class = style_sheet!("src/order/receipt.css");
    let (me, peer) = (live.session.me().name.to_string(), live.peer_name());
    let (buyer, seller) = if live.buying() { (me, peer) } else { (peer, me) };
    let agreement = Agreement::read(&receipt.agreement);
    let number = agreement.as_ref().map(|it| it.order.clone()).unwrap_or_default();
    let (hash, file_id) = (receipt.sha256.clone(), unique_id("receipt-file"));
    let receipt = StoredValue::new(receipt);
    let verification = Action::new_local(move |file: &Option<File>| {
        let (receipt, file) = (receipt.get_value(), file.clone());
        async move {
            match file {
                None => verify(&receipt, &receipt.sha256).await,
                Some(file) => verify_file(file, &receipt.sha256).await,
            }
        }
    });
    let choose = move |event: Event| {
        let input = event_target::<HtmlInputElement>(&event);
        if let Some(file) = input.files().and_then(|files| files.get(0)) {
            verification.dispatch_local(Some(file));
            // The same file can be chosen again.
            input.set_value("");
        }
    };
    let name = number.clone();
    let keep = move |()| receipt.with_value(|receipt| download(receipt, &name));
    let print = |()| {
        // Where there is no print dialog, nothing happens and nothing is lost.
        let _printed = window().print();
    };
    let content = agreement.map(|agreement| view! { <AgreementView agreement buyer seller /> });
    let field = file_id.clone();
    view! { class=class,
        <div class="receipt">
            <section data-print="">
                <h3 class="paper-title">{t().receipt_of(&number)}</h3>
                {content}
                <p class="hash">
                    <Icon name=IconName::Hash size=IconSize::Tiny />
                    <span>
                        "SHA-256 " <b class="short">{short_hash(&hash)}</b> <code class="whole">{hash}</code>
                    </span>
                </p>
            </section>
            <div class="deeds">
                <Button icon=IconName::Print on_click=print>
                    {t().receipt_print()}
                </Button>
                <Button icon=IconName::Download on_click=keep>
                    {t().receipt_download()}
                </Button>
                <Button
                    icon=IconName::Shield
                    pending=verification.pending()
                    on_click=move |()| drop(verification.dispatch_local(None))
                >
                    {t().receipt_verify()}
                </Button>
            </div>
            <div role="status">{move || verification.value().get().map(verdict)}</div>
            <details>
                <summary class="link fine">{t().receipt_how()}</summary>
                <p class="muted fine">{t().receipt_explained()}</p>
                <label class="fine" for=file_id>
                    {t().receipt_file()}
                </label>
                <input id=field type="file" accept="application/json,.json" on:change=choose />
            </details>
        </div>
    }
}

fn verdict(verdict: Verdict) -> impl IntoView {
    let (class, icon, words) = match verdict {
        Verdict::Matches => ("notice good", IconName::CheckCircle, t().receipt_matches()),
        Verdict::OfAnother => ("notice", IconName::Warning, t().receipt_of_another()),
        Verdict::Differs => ("notice bad", IconName::CrossCircle, t().receipt_differs()),
        Verdict::Unreadable => ("notice bad", IconName::CrossCircle, t().receipt_unreadable()),
        Verdict::CannotTell => ("notice", IconName::Warning, t().receipt_cannot_tell()),
    };
    view! {
        <div class=class>
            <Icon name=icon size=IconSize::Small />
            <p>{words}</p>
        </div>
    }
}

crate::words! {
    receipt_title "Receipt" "Ricevuta";
    receipt_of(number) "Agreement receipt {number}" "Ricevuta dell’accordo {number}";
    receipt_loading "Loading the receipt" "Carico la ricevuta";
    receipt_print "Print" "Stampa";
    receipt_download "Download JSON" "Scarica JSON";
    receipt_verify "Verify" "Verifica";
    receipt_matches "It matches: computed here again, the hash of these words is the same. Nothing was changed." "Corrisponde: ricalcolata qui, l’impronta di queste parole è la stessa. Nulla è stato cambiato.";
    receipt_of_another "This file is intact, but it is the receipt of another order." "Il file è intatto, ma è la ricevuta di un altro ordine.";
    receipt_differs "It does not match: something in it was changed after it was made." "Non corrisponde: qualcosa è stato cambiato dopo che è stata fatta.";
    receipt_unreadable "This file is not a receipt of Bottega." "Questo file non è una ricevuta di Bottega.";
    receipt_cannot_tell "This browser cannot compute the hash." "Questo browser non può calcolare l’impronta.";
    receipt_how "How can both sides check it?" "Come possono verificarla entrambi?";
    receipt_explained "Buyer and seller hold the same text. Its hash is SHA-256 over the canonical JSON: keys in order, no blanks. Change one letter and the hash is another one." "Cliente e venditore hanno lo stesso testo. L’impronta è SHA-256 sul JSON canonico: chiavi in ordine, senza spazi. Basta cambiare una lettera e l’impronta è un’altra.";
    receipt_file "Verify a receipt file" "Verifica un file di ricevuta";
}
