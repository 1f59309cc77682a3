//! The layout that PayPal's own deliveries prove: RSA with SHA-256 over id, time, webhook and the body's CRC-32.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use ring::rand::SystemRandom;
use ring::signature::{KeyPair, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256, RsaKeyPair, UnparsedPublicKey};

/// The only algorithm that is signed with.
pub const ALGORITHM: &str = "SHA256withRSA";
// The keys under `keys/` were made with openssl for this crate alone and are good until 2099; those of the two authorities were
// thrown away after each had issued its one certificate.

/// The authority that a verifier is to trust, PEM.
pub const CA: &str = include_str!("../../keys/signer-ca.pem");

/// A key, and the certificate that it is known by.
pub(crate) struct Signer {
    key: RsaKeyPair,
    /// PEM.
    pub(crate) certificate: &'static str,
    /// What the certificate's address ends with.
    pub(crate) name: &'static str,
}

impl Signer {
    /// Whose certificate the authority issued.
    pub(crate) fn genuine() -> Self {
        let (key, certificate) = (include_str!("../../keys/signer.key"), include_str!("../../keys/signer.pem"));
        Self { key: read(key), certificate, name: "CERT-51a7c0de-fca2a594-00000001" }
    }

    /// Whose certificate says the same, and was issued by nobody of note.
    pub(crate) fn forger() -> Self {
        let (key, certificate) = (include_str!("../../keys/forger.key"), include_str!("../../keys/forger.pem"));
        Self { key: read(key), certificate, name: "CERT-f0125e50-fca2a594-00000002" }
    }

    /// Base64 of the signature.
    pub(crate) fn sign(&self, text: &str) -> String {
        let mut signature = vec![0; self.key.public().modulus_len()];
        let signed = self.key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), text.as_bytes(), &mut signature);
        signed.expect("a key of 2048 bits signs");
        BASE64_STANDARD.encode(signature)
    }

    /// Whether this key made that signature.
    pub(crate) fn made(&self, signature: &str, text: &str) -> bool {
        let Ok(signature) = BASE64_STANDARD.decode(signature) else { return false };
        let key = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, self.key.public_key().as_ref());
        key.verify(text.as_bytes(), &signature).is_ok()
    }
}

/// What is signed.
pub(crate) fn signed_text(transmission: &str, time: &str, webhook: &str, body: &[u8]) -> String {
    format!("{transmission}|{time}|{webhook}|{}", crc32fast::hash(body))
}

fn read(pem: &str) -> RsaKeyPair {
    let text: String = pem.lines().filter(|line| !line.starts_with("-----")).collect();
    let der = BASE64_STANDARD.decode(text).expect("the committed key is base64");
    RsaKeyPair::from_pkcs8(&der).expect("the committed key is PKCS #8")
}
