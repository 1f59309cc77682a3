//! What a code proves: for anybody, signed in or not; whoever sold it redeems it here.

use super::check::{Checked, check};
use super::refusal::sentence;
use super::{PROOF_PATH, kind_words};
use crate::format::day_and_clock;
use crate::i18n::t;
use crate::store::new_key;
use crate::transport::AnyTransport;
use crate::ui::{Button, ButtonKind, ButtonSize, ButtonVariant, Icon, IconName, Skeleton, TextField};
use api::client::{ApiError, Client, IdempotencyKey};
use api::wire::{Account, Proof, ProofRecord, ProofState};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use stylers::style_sheet;

/// What the page knows of a code.
#[derive(Clone)]
struct Known {
    record: ProofRecord,
    checked: Checked,
    /// Who is signed in here, when somebody is.
    me: Option<Account>,
}

async fn client() -> Result<Client<AnyTransport>, ApiError> {
    Ok(Client::new(AnyTransport::open(&crate::url::handle()).await?))
}

async fn known(proof: &Proof, me: Option<Account>) -> Result<Known, ApiError> {
    let checked = check(proof).await;
    let record = proof.read().ok_or_else(|| ApiError::Decode("a proof that cannot be read".to_owned()))?;
    Ok(Known { record, checked, me })
}

async fn look_up(code: String) -> Result<Known, ApiError> {
    let client = client().await?;
    known(&client.proof(&code).await?, client.me().await.ok()).await
}

async fn redeem(code: String, key: IdempotencyKey) -> Result<Known, ApiError> {
    let client = client().await?;
    known(&client.redeem(&key, &code).await?, client.me().await.ok()).await
}

/// The code in what somebody typed or pasted, which may be the whole link.
fn code_in(typed: &str) -> String {
    typed.trim().trim_end_matches('/').rsplit('/').next().unwrap_or_default().to_lowercase()
}

/// The code that the address names.
fn code_of_page() -> Option<String> {
    let path = window().location().pathname().ok()?;
    let code = path.strip_prefix(PROOF_PATH)?.trim_matches('/');
    (!code.is_empty()).then(|| code.to_owned())
}

/// What a code proves, or a field to write one in.
#[component]
pub(super) fn ProofPage() -> impl IntoView {
    let class = style_sheet!("src/things/proof_page.css");
    let shown = match code_of_page() {
        Some(code) => view! { <OfCode code /> }.into_any(),
        None => view! { <WriteCode /> }.into_any(),
    };
    view! { class=class,
        <div class="proof">
            {shown}
            <a class="button" href="/" rel="external">{t().proof_home()}</a>
        </div>
    }
}

/// What one code proves.
#[component]
fn OfCode(code: String) -> impl IntoView {
    let code = StoredValue::new(code);
    let look = Action::new_local(move |(): &()| look_up(code.get_value()));
    // One key for all tries of this page: what was done and not answered is not done again.
    let key = StoredValue::new(new_key());
    let use_up = Action::new_local(move |(): &()| redeem(code.get_value(), key.get_value()));
    let ask = move |()| drop(look.dispatch_local(()));
    ask(());
    let answered = Memo::new(move |_| use_up.value().get().and_then(Result::ok).is_some());
    let shown = move || {
        let newest = use_up.value().get().filter(Result::is_ok).or_else(|| look.value().get());
        match newest {
            None => view! { <Skeleton label=t().loading() /> }.into_any(),
            Some(Ok(known)) => view! { <Verdict known /> }.into_any(),
            Some(Err(ApiError::Problem(problem))) if problem.code == "not_found" => view! {
                <h1>{t().proof_no_such()}</h1>
                <p>{t().proof_no_such_note()}</p>
            }
            .into_any(),
            Some(Err(error)) => view! {
                <h1>{t().proof_of_things()}</h1>
                <p class="error" role="alert">{sentence(&error)}</p>
                <Button pending=look.pending() on_click=ask>{t().list_retry()}</Button>
            }
            .into_any(),
        }
    };
    let can_redeem = Memo::new(move |_| {
        let known = look.value().get().and_then(Result::ok);
        known.is_some_and(|known| is_seller(&known) && known.record.state == ProofState::Good) && !answered.get()
    });
    let problem = move || use_up.value().with(|last| last.as_ref()?.as_ref().err().map(sentence));
    let act = move || {
        can_redeem.get().then(|| {
            view! {
                <Button
                    variant=ButtonVariant::Primary
                    size=ButtonSize::Big
                    pending=use_up.pending()
                    on_click=move |()| drop(use_up.dispatch_local(()))
                >
                    {t().proof_redeem()}
                </Button>
            }
        })
    };
    view! {
        <section aria-live="polite">{shown}</section>
        {act}
        <p class="error" role="alert">{problem}</p>
    }
}

/// Whether whoever is signed in here sold it.
fn is_seller(known: &Known) -> bool {
    known.me.as_ref().is_some_and(|me| me.handle == known.record.seller.handle)
}

/// What is known of a code, in words.
#[component]
fn Verdict(known: Known) -> impl IntoView {
    let class = style_sheet!("src/things/proof_page.css");
    let Known { record, checked, me: _ } = known;
    let (icon, title, note) = verdict(&record, checked);
    let seller = format!("{} · @{}", record.seller.name, record.seller.handle);
    let signed = match checked {
        Checked::Right => t().proof_signature_right(),
        Checked::Wrong => t().proof_signature_wrong(),
        Checked::CannotTell => t().proof_signature_unknown(),
    };
    view! { class=class,
        <div class="verdict">
            <Icon name=icon />
            <h1>{title}</h1>
            <p>{note}</p>
        </div>
        <dl>
            <dt>{kind_words(record.kind)}</dt>
            <dd dir="auto">{record.title.to_string()}</dd>
            {record.detail.map(|detail| view! { class=class, <dd class="muted" dir="auto">{detail.to_string()}</dd> })}
            <dt>{t().proof_sold_by()}</dt>
            <dd>{seller}</dd>
            <dt>{t().proof_granted()}</dt>
            <dd>{day_and_clock(record.granted_at)}</dd>
            <dt>{t().proof_as_of()}</dt>
            <dd>{day_and_clock(record.as_of)}</dd>
        </dl>
        <p class="muted fine">{signed}</p>
    }
}

fn verdict(record: &ProofRecord, checked: Checked) -> (IconName, &'static str, String) {
    match (checked, record.state) {
        (Checked::Wrong, _) => (IconName::Warning, t().proof_forged(), t().proof_forged_note().to_owned()),
        (Checked::Right | Checked::CannotTell, state) => match state {
            ProofState::Good => (IconName::CheckCircle, t().proof_good(), t().proof_good_note().to_owned()),
            ProofState::PassedOn => {
                (IconName::CrossCircle, t().proof_passed_on(), t().proof_passed_on_note().to_owned())
            }
            ProofState::Redeemed { at } => {
                (IconName::CrossCircle, t().proof_redeemed(), t().proof_redeemed_note(&day_and_clock(at)))
            }
            ProofState::Revoked { at } => {
                (IconName::CrossCircle, t().proof_revoked(), t().proof_revoked_note(&day_and_clock(at)))
            }
        },
    }
}

/// A field for a code, or the link to it.
#[component]
fn WriteCode() -> impl IntoView {
    let class = style_sheet!("src/things/proof_page.css");
    let typed = RwSignal::new(String::new());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let code = code_in(&typed.read_untracked());
        if !code.is_empty() {
            // The page cannot refuse.
            let _moved = window().location().set_href(&format!("{PROOF_PATH}/{code}"));
        }
    };
    view! { class=class,
        <h1>{t().proof_check()}</h1>
        <form novalidate aria-label=t().proof_check() on:submit=submit>
            <TextField
                label=t().proof_code_or_link().to_owned()
                name="code"
                value=typed
                on_input=move |text: String| typed.set(text)
                max_length=400u32
            />
            <Button variant=ButtonVariant::Primary size=ButtonSize::Big kind=ButtonKind::Submit>
                {t().proof_check_it()}
            </Button>
        </form>
    }
}

crate::words! {
    proof_home "Go to Bottega" "Vai a Bottega";
    proof_check "Check a code" "Controlla un codice";
    proof_check_it "Check it" "Controlla";
    proof_code_or_link "Code or link" "Codice o link";
    proof_good "Genuine" "Autentico";
    proof_good_note "It was sold here, and is still good." "È stato venduto qui, ed è ancora valido.";
    proof_passed_on "Not good any more" "Non più valido";
    proof_passed_on_note "It is genuine, but was passed on: whoever has it now has another code."
        "È autentico, ma è passato di mano: chi lo ha ora ha un altro codice.";
    proof_redeemed "Redeemed" "Riscattato";
    proof_redeemed_note(at) "It is genuine, and was used on {at}. It works once." "È autentico, ed è stato usato il {at}. Vale una volta sola.";
    proof_revoked "Revoked" "Revocato";
    proof_revoked_note(at) "It was sold here, and the money went back on {at}. It opens nothing."
        "È stato venduto qui, e il denaro è stato restituito il {at}. Non vale più.";
    proof_forged "Not genuine" "Non autentico";
    proof_forged_note "The signature is not of this text. Trust nothing it says." "La firma non è di questo testo. Non fidarti di ciò che dice.";
    proof_no_such "Nothing with this code" "Nessun oggetto con questo codice";
    proof_no_such_note "Nothing that was sold here has this code. Check the letters, or ask whoever gave it to you."
        "Nulla di ciò che è stato venduto qui ha questo codice. Controlla le lettere, o chiedi a chi te l’ha dato.";
    proof_sold_by "Sold by" "Venduto da";
    proof_granted "Since" "Dal";
    proof_as_of "Checked" "Verificato";
    proof_signature_right "This browser has checked the signature: it is right." "Questo browser ha controllato la firma: è corretta.";
    proof_signature_wrong "This browser has checked the signature: it is wrong." "Questo browser ha controllato la firma: è sbagliata.";
    proof_signature_unknown "This browser cannot check the signature; the server says so."
        "Questo browser non può controllare la firma; lo dice il server.";
    proof_redeem "Redeem it now" "Riscattalo ora";
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test(unsupported = test)]
    fn a_code_is_read_from_a_link_too() {
        assert_eq!(code_in(" AB12 "), "ab12");
        assert_eq!(code_in("https://bottega.example/proof/ab12/"), "ab12");
        assert_eq!(code_in(""), "");
    }
}
