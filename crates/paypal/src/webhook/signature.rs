//! What PayPal signs, and whether it did. Pure.

use rustls::pki_types::SubjectPublicKeyInfoDer;
use webpki::RawPublicKeyEntity;
use webpki::ring::RSA_PKCS1_2048_8192_SHA256;

/// What PayPal signs for a delivery: `<id>|<time>|<webhook id>|<CRC-32 of the body, in decimal>`. The layout is proven by two
/// deliveries that PayPal itself signed (`schemas/webhook_vectors.json`).
pub fn signed_text(id: &str, time: &str, webhook_id: &str, raw_body: &[u8]) -> String {
    format!("{id}|{time}|{webhook_id}|{}", crc32fast::hash(raw_body))
}

/// Whether `signature` over `text` is by this key: RSA PKCS#1 v1.5 with SHA-256, 2048 to 8192 bits, and nothing else.
pub fn is_signed_by(key: &SubjectPublicKeyInfoDer<'_>, text: &[u8], signature: &[u8]) -> bool {
    let entity = RawPublicKeyEntity::try_from(key);
    entity.is_ok_and(|entity| entity.verify_signature(RSA_PKCS1_2048_8192_SHA256, text, signature).is_ok())
}
