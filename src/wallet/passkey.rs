//! Passkeys (WebAuthn): made once, then each payment is confirmed by one touch.

use super::spc;
use crate::i18n::t;
use api::wire::{Account, Confirmation, SavePasskey};
use js_sys::{Array, ArrayBuffer, Reflect, Uint8Array};
use leptos::prelude::window;
use leptos::web_sys::CredentialsContainer;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AuthenticatorAssertionResponse, AuthenticatorAttestationResponse, AuthenticatorSelectionCriteria,
    CredentialCreationOptions, CredentialRequestOptions, PublicKeyCredential, PublicKeyCredentialCreationOptions,
    PublicKeyCredentialDescriptor, PublicKeyCredentialParameters, PublicKeyCredentialRequestOptions,
    PublicKeyCredentialRpEntity, PublicKeyCredentialType, PublicKeyCredentialUserEntity, UserVerificationRequirement,
};

/// ECDSA over P-256 with SHA-256 (COSE).
const ES256: i32 = -7;
const NAME: &str = "Bottega";

/// Why a passkey did not say yes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasskeyError {
    /// The browser has none.
    Unsupported,
    /// The person said no, or took too long.
    NotUsed,
    /// It came without what is needed.
    Unusable,
}

impl PasskeyError {
    /// A sentence for the person.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Unsupported => t().wallet_passkey_unsupported(),
            Self::NotUsed => t().wallet_passkey_not_used(),
            Self::Unusable => t().wallet_passkey_unusable(),
        }
    }
}

/// Whether the browser has passkeys at all.
pub fn is_supported() -> bool {
    Reflect::has(&window(), &"PublicKeyCredential".into()).unwrap_or(false)
}

fn credentials() -> Result<CredentialsContainer, PasskeyError> {
    if is_supported() { Ok(window().navigator().credentials()) } else { Err(PasskeyError::Unsupported) }
}

/// Makes a passkey of this person on this device, one that payments can be shown before where the browser does that.
///
/// # Errors
/// That there are none here, or that the person said no.
pub async fn register(me: &Account) -> Result<SavePasskey, PasskeyError> {
    let (handle, name) = (me.handle.as_str(), me.name.as_str());
    let user = PublicKeyCredentialUserEntity::new(handle, name, &bytes(me.id.as_str().as_bytes()));
    let es256 = PublicKeyCredentialParameters::new(ES256, PublicKeyCredentialType::PublicKey);
    // What is made is trusted because of the session it is made in; the challenge only has to be fresh.
    let mut fresh = [0u8; 32];
    let drawn = window().crypto().and_then(|crypto| crypto.get_random_values_with_u8_array(&mut fresh));
    drawn.map_err(|_| PasskeyError::Unsupported)?;
    let options = PublicKeyCredentialCreationOptions::new(
        &bytes(&fresh),
        &Array::of1(&es256),
        &PublicKeyCredentialRpEntity::new(NAME),
        &user,
    );
    let selection = AuthenticatorSelectionCriteria::new();
    selection.set_resident_key("preferred");
    selection.set_user_verification(UserVerificationRequirement::Required);
    spc::forget_unwanted();
    let payment = spc::is_available().await;
    if payment {
        spc::for_payments(&options, &selection);
    }
    options.set_authenticator_selection(&selection);
    let creation = CredentialCreationOptions::new();
    creation.set_public_key(&options);
    let made = credentials()?.create_with_options(&creation).map_err(|_| PasskeyError::NotUsed)?;
    let made: PublicKeyCredential = answered(made).await?;
    let response: AuthenticatorAttestationResponse = part(made.response())?;
    let public_key = response.get_public_key().map_err(|_| PasskeyError::Unusable)?.ok_or(PasskeyError::Unusable)?;
    Ok(SavePasskey { id: encode(&made.raw_id())?, public_key: encode(&public_key)?, payment })
}

/// Has one of the wallet's passkeys sign a challenge.
///
/// # Errors
/// That there are none here, or that the person said no.
pub async fn confirm(ids: &[String], challenge: &[u8]) -> Result<Confirmation, PasskeyError> {
    let options = PublicKeyCredentialRequestOptions::new(&bytes(challenge));
    let allowed = Array::new();
    for id in ids {
        let id = decode(id)?;
        allowed.push(&PublicKeyCredentialDescriptor::new(&id, PublicKeyCredentialType::PublicKey));
    }
    options.set_allow_credentials(&allowed);
    options.set_user_verification(UserVerificationRequirement::Required);
    let request = CredentialRequestOptions::new();
    request.set_public_key(&options);
    let signed = credentials()?.get_with_options(&request).map_err(|_| PasskeyError::NotUsed)?;
    confirmation(&answered(signed).await?)
}

/// What a passkey has signed, as the API wants it.
///
/// # Errors
/// When it came without what is needed.
pub(super) fn confirmation(signed: &PublicKeyCredential) -> Result<Confirmation, PasskeyError> {
    let response: AuthenticatorAssertionResponse = part(signed.response())?;
    Ok(Confirmation::Passkey {
        id: encode(&signed.raw_id())?,
        authenticator_data: encode(&response.authenticator_data())?,
        client_data: encode(&response.client_data_json())?,
        signature: encode(&response.signature())?,
    })
}

async fn answered(promise: js_sys::Promise) -> Result<PublicKeyCredential, PasskeyError> {
    let credential = JsFuture::from(promise).await.map_err(|_| PasskeyError::NotUsed)?;
    part(credential)
}

fn part<T: JsCast>(value: impl Into<JsValue>) -> Result<T, PasskeyError> {
    value.into().dyn_into().map_err(|_| PasskeyError::Unusable)
}

pub(super) fn bytes(of: &[u8]) -> js_sys::Object {
    Uint8Array::from(of).into()
}

fn encode(buffer: &ArrayBuffer) -> Result<String, PasskeyError> {
    let binary: String = Uint8Array::new(buffer).to_vec().into_iter().map(char::from).collect();
    let base64 = window().btoa(&binary).map_err(|_| PasskeyError::Unusable)?;
    Ok(base64.replace('+', "-").replace('/', "_").trim_end_matches('=').to_owned())
}

pub(super) fn decode(base64url: &str) -> Result<js_sys::Object, PasskeyError> {
    let binary = window().atob(&base64url.replace('-', "+").replace('_', "/")).map_err(|_| PasskeyError::Unusable)?;
    // atob gives one character for each byte.
    let decoded: Vec<u8> = binary.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or_default()).collect();
    Ok(bytes(&decoded))
}
