//! An authenticator in software: passkeys of P-256, as a phone has them, with an attestation that says nothing.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{DerSignature, SigningKey};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

const PRESENT: u8 = 0b1;
const VERIFIED: u8 = 0b100;
const NEW_KEY: u8 = 0b100_0000;

/// One that has one passkey.
pub struct Authenticator {
    pub(super) key: SigningKey,
    pub(super) id: Vec<u8>,
    user: String,
    count: u32,
    /// Where it believes to be.
    pub origin: &'static str,
    /// Whether it has asked for a finger.
    pub verifies: bool,
}

impl Authenticator {
    /// One whose secrets are drawn from `seed`.
    pub fn new(seed: u8) -> Self {
        let key = SigningKey::from_slice(&[seed; 32]).unwrap();
        let id = vec![seed; 16];
        Self { key, id, user: String::new(), count: 0, origin: "http://localhost:8080", verifies: true }
    }

    /// What it says of itself, once more than before.
    pub(super) fn data(&mut self, flags: u8) -> Vec<u8> {
        self.count += 1;
        let verified = if self.verifies { VERIFIED } else { 0 };
        let mut data = Sha256::digest("localhost").to_vec();
        data.push(flags | PRESENT | verified);
        data.extend(self.count.to_be_bytes());
        data
    }

    fn client(&self, kind: &str, options: &Value) -> Vec<u8> {
        let challenge = &options["publicKey"]["challenge"];
        json!({ "type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": false }).to_string().into()
    }

    /// Makes its passkey, as it is asked to.
    pub fn make(&mut self, options: &Value) -> Value {
        self.user = options["publicKey"]["user"]["id"].as_str().unwrap().to_owned();
        let mut data = self.data(NEW_KEY);
        data.extend([0; 16]);
        data.extend(u16::try_from(self.id.len()).unwrap().to_be_bytes());
        data.extend(&self.id);
        let point = self.key.verifying_key().to_sec1_point(false);
        // COSE: an elliptic curve key for ES256 on P-256.
        data.extend([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]);
        data.extend(point.x().unwrap());
        data.extend([0x22, 0x58, 0x20]);
        data.extend(point.y().unwrap());
        let mut object = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58".to_vec();
        object.push(u8::try_from(data.len()).unwrap());
        object.extend(data);
        self.credential(json!({
            "clientDataJSON": text(&self.client("webauthn.create", options)),
            "attestationObject": text(&object),
            "transports": ["internal"],
        }))
    }

    /// Shows its passkey, as it is asked to.
    pub fn show(&mut self, options: &Value) -> Value {
        let (data, client) = (self.data(0), self.client("webauthn.get", options));
        let signed = [data.as_slice(), &Sha256::digest(&client)].concat();
        let signature: DerSignature = self.key.sign(&signed);
        self.credential(json!({
            "clientDataJSON": text(&client),
            "authenticatorData": text(&data),
            "signature": text(signature.as_bytes()),
            "userHandle": self.user,
        }))
    }

    fn credential(&self, response: Value) -> Value {
        let id = text(&self.id);
        json!({ "id": id, "rawId": id, "type": "public-key", "response": response, "clientExtensionResults": {} })
    }
}

/// In base64url.
pub fn text(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}
