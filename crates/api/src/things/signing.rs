//! The signature under a proof, and the key that makes it: one for a server and all who share its store, or for a page.

use crate::app::{App, kinds};
use crate::problem::Problem;
use crate::store::StoreError;
use crate::wire::{Proof, ProofRecord};
use domain::text::hex;
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};

/// The document of the key.
const KEY: &str = "key";

impl App {
    /// A record as the text that is signed, with its signature (RFC 6979: the same text has the same one).
    pub(super) async fn sign(&self, record: &ProofRecord) -> Result<Proof, Problem> {
        let key = self.proof_key().await?;
        // By way of a value: its names stand in the order of the alphabet.
        let record = serde_json::to_value(record).map_err(broken)?.to_string();
        let signature: Signature = key.sign(record.as_bytes());
        let public = key.verifying_key().to_sec1_point(false);
        Ok(Proof { signature: hex(&signature.to_bytes()), key: hex(public.as_bytes()), record })
    }

    /// The key; drawn when it is first needed, and kept like the store's other secrets.
    async fn proof_key(&self) -> Result<SigningKey, Problem> {
        let kept: Option<[u8; 32]> = self.document(kinds::PROOF_KEY, KEY).await?;
        let kept = match kept {
            Some(kept) => kept,
            None => {
                let drawn = self.draw_key();
                self.change(kinds::PROOF_KEY, KEY, |was: Option<[u8; 32]>| was.unwrap_or(drawn)).await?
            }
        };
        SigningKey::from_slice(&kept).map_err(|error| broken(error).into())
    }

    /// Random bytes that are a key: of all there are, one in four thousand million is none.
    fn draw_key(&self) -> [u8; 32] {
        loop {
            let mut drawn = [0; 32];
            drawn[..16].copy_from_slice(&(self.entropy)().to_be_bytes());
            drawn[16..].copy_from_slice(&(self.entropy)().to_be_bytes());
            if SigningKey::from_slice(&drawn).is_ok() {
                return drawn;
            }
        }
    }
}

fn broken(error: impl std::fmt::Display) -> StoreError {
    StoreError::Corrupt(format!("{}/{KEY}: {error}", kinds::PROOF_KEY))
}
