//! Proving who one is with a passkey of the account: what a server asks for, done by the browser. A wallet's passkey,
//! which confirms payments, is another one (`wallet/passkey.rs`).

use crate::i18n::t;
use crate::store::new_key;
use crate::transport::AnyTransport;
use api::client::{ApiError, Client};
use api::wire::{Ceremony, FinishCeremony};
use js_sys::{Function, JSON, Object, Promise, Reflect};
use leptos::prelude::window;
use serde_json::Value;
use std::net::Ipv4Addr;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, CredentialCreationOptions, CredentialRequestOptions};

/// Why nothing was proved.
#[derive(Clone, Debug)]
pub enum ProofError {
    /// The browser has no passkeys, or is too old for ours.
    Unsupported,
    /// The person said no, took too long, or has none here.
    NotUsed,
    /// What the API refused, or that nobody answered.
    Api(ApiError),
}

impl From<ApiError> for ProofError {
    fn from(error: ApiError) -> Self {
        Self::Api(error)
    }
}

impl ProofError {
    /// A sentence for the person. Those that only this can cause are here, and not with the others: they come later.
    pub fn sentence(&self) -> String {
        let problem = match self {
            Self::Unsupported => return t().proof_unsupported().to_owned(),
            Self::NotUsed => return t().proof_not_used().to_owned(),
            Self::Api(ApiError::Problem(problem)) => problem,
            Self::Api(error) => return crate::refusal::sentence(error),
        };
        match problem.code.as_str() {
            "handle_taken" => t().proof_handle_taken(),
            "invalid_state" => t().proof_invalid_state(),
            "ceremony_over" => t().proof_ceremony_over(),
            "passkey_refused" => t().proof_refused(),
            "passkey_taken" => t().proof_taken(),
            "unknown_passkey" => t().proof_unknown(),
            "no_passkeys_here" => t().proof_none_here(),
            "no_passkey" => t().proof_no_passkey(),
            "step_up_needed" => t().proof_wanted(),
            "last_passkey" => t().proof_last(),
            "too_many_passkeys" => t().proof_too_many(),
            "wrong_code" => t().proof_wrong_code(),
            "invitation_over" => t().proof_invitation_over(),
            "owner_stays" => t().proof_owner_stays(),
            "team_full" => t().proof_team_full(),
            "too_many_keys" => t().proof_too_many_keys(),
            "too_many_webhooks" => t().proof_too_many_webhooks(),
            "webhook_exists" => t().proof_webhook_exists(),
            "not_https" => t().proof_not_https(),
            "forbidden_address" => t().proof_forbidden_address(),
            "payee_unknown" => t().proof_payee_unknown(),
            "payee_simulated" => t().proof_payee_simulated(),
            "only_businesses" => t().problem_not_a_business(),
            _unforeseen => return crate::refusal::sentence(&ApiError::Problem(problem.clone())),
        }
        .to_owned()
    }

    /// The field that caused it.
    pub fn field(&self) -> Option<&str> {
        match self {
            Self::Api(ApiError::Problem(problem)) => problem.field.as_deref(),
            Self::Unsupported | Self::NotUsed | Self::Api(ApiError::Network(_) | ApiError::Decode(_)) => None,
        }
    }
}

/// What web-sys calls unstable is asked for by name.
fn passkeys() -> Result<JsValue, ProofError> {
    let class = Reflect::get(&window(), &"PublicKeyCredential".into()).unwrap_or_default();
    if class.is_undefined() { Err(ProofError::Unsupported) } else { Ok(class) }
}

/// Calls what web-sys has no type for, by its name.
///
/// # Errors
/// When there is no such thing, or it refuses.
pub(crate) fn called(of: &JsValue, name: &str, with: &[&JsValue]) -> Result<JsValue, ProofError> {
    let function = Reflect::get(of, &name.into()).ok().and_then(|found| found.dyn_into::<Function>().ok());
    let function = function.ok_or(ProofError::Unsupported)?;
    function.apply(of, &with.iter().copied().collect()).map_err(|_| ProofError::Unsupported)
}

/// What stands under `publicKey`, read by the browser itself.
fn options(name: &str, asked: &Value) -> Result<Object, ProofError> {
    let json = JSON::parse(&asked["publicKey"].to_string()).map_err(|_| ProofError::Unsupported)?;
    called(&passkeys()?, name, &[&json])?.dyn_into().map_err(|_| ProofError::Unsupported)
}

async fn done(id: String, promise: Result<Promise, JsValue>) -> Result<FinishCeremony, ProofError> {
    let promise = promise.map_err(|_| ProofError::NotUsed)?;
    let credential = JsFuture::from(promise).await.map_err(|_| ProofError::NotUsed)?;
    let json = JSON::stringify(&called(&credential, "toJSON", &[])?).map_err(|_| ProofError::Unsupported)?;
    let credential = serde_json::from_str(&String::from(json)).map_err(|_| ProofError::Unsupported)?;
    Ok(FinishCeremony { id, credential })
}

/// Makes the passkey that was asked for.
///
/// # Errors
/// That there are none here, or that the person said no.
pub async fn make(Ceremony { id, options: asked }: Ceremony) -> Result<FinishCeremony, ProofError> {
    let creation = CredentialCreationOptions::new();
    creation.set_public_key(options("parseCreationOptionsFromJSON", &asked)?.unchecked_ref());
    done(id, window().navigator().credentials().create_with_options(&creation)).await
}

/// Shows the passkey that was asked for.
///
/// # Errors
/// That there are none here, or that the person said no.
pub async fn show(Ceremony { id, options: asked }: Ceremony) -> Result<FinishCeremony, ProofError> {
    let request = CredentialRequestOptions::new();
    request.set_public_key(options("parseRequestOptionsFromJSON", &asked)?.unchecked_ref());
    done(id, window().navigator().credentials().get_with_options(&request)).await
}

/// Shows a passkey that the person chooses among the suggestions of a field, whenever that may be.
///
/// # Errors
/// That there are none here, or that `signal` ended it.
pub async fn show_when_chosen(
    Ceremony { id, options: asked }: Ceremony,
    signal: &AbortSignal,
) -> Result<FinishCeremony, ProofError> {
    let request = CredentialRequestOptions::new();
    request.set_public_key(options("parseRequestOptionsFromJSON", &asked)?.unchecked_ref());
    request.set_signal(signal);
    // Setting a property of a fresh object cannot fail.
    let _set = Reflect::set(&request, &"mediation".into(), &"conditional".into());
    done(id, window().navigator().credentials().get_with_options(&request)).await
}

/// Whether the browser can suggest passkeys in a field.
pub async fn can_be_chosen() -> bool {
    let asked = passkeys().and_then(|class| called(&class, "isConditionalMediationAvailable", &[]));
    let Some(promise) = asked.ok().and_then(|promise| promise.dyn_into::<Promise>().ok()) else { return false };
    JsFuture::from(promise).await.is_ok_and(|can| can.is_truthy())
}

/// Why nobody can use a passkey on this page, if so.
pub fn why_not() -> Option<&'static str> {
    let host = window().location().hostname().unwrap_or_default();
    if host.starts_with('[') || host.parse::<Ipv4Addr>().is_ok() {
        return Some(t().proof_none_here());
    }
    passkeys().err().map(|_| t().proof_unsupported())
}

/// Makes a call for which one may have to prove once more who one is, and proves it then.
///
/// # Errors
/// What the API refused, that nobody answered, or that nothing was proved.
pub async fn proving<T, F>(client: &Client<AnyTransport>, call: impl Fn() -> F) -> Result<T, ProofError>
where
    F: Future<Output = Result<T, ApiError>>,
{
    match call().await {
        Err(error) if is_wanted(&error) => {}
        other => return Ok(other?),
    }
    step_up(client).await?;
    Ok(call().await?)
}

/// Whether the answer was that one has to prove once more who one is.
pub fn is_wanted(error: &ApiError) -> bool {
    matches!(error, ApiError::Problem(problem) if problem.code == "step_up_needed")
}

/// Proves once more who one is.
///
/// # Errors
/// What the API refused, that nobody answered, or that nothing was proved.
pub async fn step_up(client: &Client<AnyTransport>) -> Result<(), ProofError> {
    let shown = show(client.step_up(&new_key()).await?).await?;
    Ok(client.finish_step_up(&new_key(), &shown).await?)
}

crate::words! {
    proof_unsupported "This browser cannot use passkeys." "Questo browser non può usare le passkey.";
    proof_not_used "The passkey was not used. Try again." "La passkey non è stata usata. Riprova.";
    proof_handle_taken "Somebody else has this handle. Choose another."
        "Questo nome utente è già di qualcun altro. Scegline un altro.";
    proof_invalid_state "Choose a state of the United States, such as CA." "Scegli uno Stato degli Stati Uniti, come CA.";
    proof_ceremony_over "This took too long. Begin again." "È passato troppo tempo. Ricomincia.";
    proof_refused "This passkey did not work. Try again." "Questa passkey non ha funzionato. Riprova.";
    proof_taken "This passkey is in use already." "Questa passkey è già in uso.";
    proof_unknown "This passkey opens no account here." "Questa passkey non apre nessun account qui.";
    proof_none_here "Passkeys need an address with a name, such as localhost."
        "Le passkey funzionano solo a un indirizzo con un nome, come localhost.";
    proof_no_passkey "Add a passkey to your account first." "Aggiungi prima una passkey al tuo account.";
    proof_wanted "Confirm with your passkey that it is you." "Conferma con la tua passkey che sei tu.";
    proof_last "This is the only way in. Make recovery codes first."
        "È l’unico modo di entrare. Crea prima i codici di recupero.";
    proof_too_many "Remove a passkey first." "Rimuovi prima una passkey.";
    proof_invitation_over "This invitation was used or taken back, or is too old. Ask for another."
        "Questo invito è già stato usato o annullato, oppure è scaduto. Chiedine un altro.";
    proof_owner_stays "Make somebody else the owner first." "Prima rendi titolare un’altra persona.";
    proof_team_full "A business has at most 20 people, those who are invited with them."
        "Un’attività ha al massimo 20 persone, invitati compresi.";
    proof_too_many_keys "A business has at most 20 keys. Revoke one first." "Un’attività ha al massimo 20 chiavi. Prima revocane una.";
    proof_too_many_webhooks "A business has at most 10 webhooks. Remove one first."
        "Un’attività ha al massimo 10 webhook. Prima rimuovine uno.";
    proof_webhook_exists "This address is told already." "Questo indirizzo è già tra i webhook.";
    proof_payee_unknown "That is no PayPal account: enter its e-mail, or its 13 letters and digits."
        "Non è un conto PayPal: inserisci l’e-mail o i suoi 13 caratteri.";
    proof_payee_simulated "Payments are simulated here: nobody is paid." "Qui i pagamenti sono simulati: nessuno viene pagato.";
    proof_not_https "Enter an address that begins with https://" "Inserisci un indirizzo che inizia con https://";
    proof_forbidden_address "This address leads into a network that is not public." "Questo indirizzo porta in una rete non pubblica.";
    proof_wrong_code "This is no recovery code of this account." "Non è un codice di recupero di questo account.";
}
