//! Two deliveries that PayPal signed in 2015 and 2016, against the key that both signatures give. Any bit of them changed is a
//! forgery.

use paypal::webhook::{Transmission, is_signed_by, signed_text};
use paypal::{Forged, TransmissionHeaders};
use rustls::pki_types::SubjectPublicKeyInfoDer;
use rustls::pki_types::pem::PemObject;
use serde::Deserialize;

#[derive(Deserialize)]
struct Vectors {
    public_key_pem: String,
    vectors: Vec<Vector>,
}

#[derive(Deserialize)]
struct Vector {
    transmission_id: String,
    transmission_time: String,
    webhook_id: String,
    auth_algo: String,
    cert_url: String,
    transmission_sig: String,
    crc32: u32,
    signed_message: String,
    body: String,
}

impl Vector {
    fn headers(&self) -> TransmissionHeaders {
        TransmissionHeaders {
            id: self.transmission_id.clone(),
            time: self.transmission_time.clone(),
            signature: self.transmission_sig.clone(),
            cert_url: self.cert_url.clone(),
            auth_algo: self.auth_algo.clone(),
        }
    }

    fn delivery(&self) -> Delivery {
        Delivery { headers: self.headers(), webhook_id: self.webhook_id.clone(), body: self.body.clone().into_bytes() }
    }
}

#[derive(Clone)]
struct Delivery {
    headers: TransmissionHeaders,
    webhook_id: String,
    body: Vec<u8>,
}

/// The pure part of a check: the headers, and the signature by a key that is at hand.
fn check(delivery: &Delivery, key: &SubjectPublicKeyInfoDer<'_>) -> Result<(), Forged> {
    let Delivery { headers, webhook_id, body } = delivery;
    let transmission = Transmission::parse(headers, &["api.sandbox.paypal.com".to_owned()])?;
    let text = signed_text(&headers.id, &headers.time, webhook_id, body);
    if is_signed_by(key, text.as_bytes(), &transmission.signature) { Ok(()) } else { Err(Forged::Signature) }
}

fn vectors() -> (SubjectPublicKeyInfoDer<'static>, Vec<Vector>) {
    let read: Vectors = serde_json::from_str(include_str!("../../schemas/webhook_vectors.json")).unwrap();
    (SubjectPublicKeyInfoDer::from_pem_slice(read.public_key_pem.as_bytes()).unwrap(), read.vectors)
}

/// `text` with one bit of one byte turned, for every bit that leaves it ASCII.
fn turned(text: &str) -> impl Iterator<Item = String> {
    let bits = (0..text.len()).flat_map(|at| (0..7).map(move |bit| (at, bit)));
    bits.map(|(at, bit)| {
        let mut bytes = text.as_bytes().to_vec();
        bytes[at] ^= 1 << bit;
        String::from_utf8(bytes).expect("ASCII")
    })
}

#[test]
fn both_deliveries_of_paypal_verify() {
    let (key, vectors) = vectors();
    assert_eq!(vectors.len(), 2);
    for vector in vectors {
        assert_eq!(crc32fast::hash(vector.body.as_bytes()), vector.crc32);
        let Delivery { headers, webhook_id, body } = vector.delivery();
        assert_eq!(signed_text(&headers.id, &headers.time, &webhook_id, &body), vector.signed_message);
        assert_eq!(check(&vector.delivery(), &key), Ok(()));
    }
}

#[test]
fn any_bit_of_the_body_counts() {
    let (key, vectors) = vectors();
    for vector in vectors {
        let mut delivery = vector.delivery();
        for at in 0..delivery.body.len() {
            for bit in 0..8 {
                delivery.body[at] ^= 1 << bit;
                assert_eq!(check(&delivery, &key), Err(Forged::Signature), "byte {at}, bit {bit}");
                delivery.body[at] ^= 1 << bit;
            }
        }
        assert_eq!(check(&delivery, &key), Ok(()));
    }
}

#[test]
fn bytes_more_or_less_count() {
    let (key, vectors) = vectors();
    for vector in vectors {
        let whole = vector.delivery();
        let mut more = whole.clone();
        more.body.push(b'\n');
        assert_eq!(check(&more, &key), Err(Forged::Signature));
        let less = Delivery { body: whole.body[..whole.body.len() - 1].to_vec(), ..whole.clone() };
        assert_eq!(check(&less, &key), Err(Forged::Signature));
        assert_eq!(check(&Delivery { body: Vec::new(), ..whole }, &key), Err(Forged::Signature));
    }
}

#[test]
fn any_bit_of_what_is_signed_of_the_headers_counts() {
    let (key, vectors) = vectors();
    for vector in vectors {
        let whole = vector.delivery();
        for id in turned(&whole.headers.id) {
            let headers = TransmissionHeaders { id, ..whole.headers.clone() };
            assert_eq!(check(&Delivery { headers, ..whole.clone() }, &key), Err(Forged::Signature));
        }
        for time in turned(&whole.headers.time) {
            let headers = TransmissionHeaders { time, ..whole.headers.clone() };
            let refused = check(&Delivery { headers, ..whole.clone() }, &key);
            assert!(matches!(refused, Err(Forged::Signature | Forged::TimeUnreadable)), "{refused:?}");
        }
        for webhook_id in turned(&whole.webhook_id) {
            assert_eq!(check(&Delivery { webhook_id, ..whole.clone() }, &key), Err(Forged::Signature));
        }
    }
}

#[test]
fn any_bit_of_the_signature_and_of_what_chooses_its_key_counts() {
    let (key, vectors) = vectors();
    for vector in vectors {
        let whole = vector.delivery();
        for signature in turned(&whole.headers.signature) {
            let headers = TransmissionHeaders { signature, ..whole.headers.clone() };
            let refused = check(&Delivery { headers, ..whole.clone() }, &key);
            assert!(matches!(refused, Err(Forged::Signature | Forged::SignatureUnreadable)), "{refused:?}");
        }
        for auth_algo in turned(&whole.headers.auth_algo) {
            let headers = TransmissionHeaders { auth_algo, ..whole.headers.clone() };
            assert_eq!(check(&Delivery { headers, ..whole.clone() }, &key), Err(Forged::Algorithm));
        }
        // The host of the certificate is pinned; that its path counts is shown where a certificate is fetched.
        let host = "https://api.sandbox.paypal.com/".len();
        let (place, path) = whole.headers.cert_url.split_at(host);
        for place in turned(place) {
            let headers = TransmissionHeaders { cert_url: format!("{place}{path}"), ..whole.headers.clone() };
            assert!(check(&Delivery { headers, ..whole.clone() }, &key).is_err(), "{place}");
        }
    }
}

#[test]
fn one_delivery_does_not_vouch_for_another() {
    let (key, vectors) = vectors();
    let (first, second) = (vectors[0].delivery(), vectors[1].delivery());
    let swapped = [
        Delivery { body: second.body.clone(), ..first.clone() },
        Delivery { webhook_id: second.webhook_id.clone(), ..first.clone() },
        Delivery {
            headers: TransmissionHeaders { signature: second.headers.signature.clone(), ..first.headers.clone() },
            ..first.clone()
        },
        Delivery { headers: second.headers, ..first },
    ];
    for delivery in swapped {
        assert_eq!(check(&delivery, &key), Err(Forged::Signature));
    }
}

#[test]
fn an_old_algorithm_is_refused_whatever_it_signed() {
    let (key, vectors) = vectors();
    for auth_algo in ["SHA1withRSA", "sha256withrsa", "SHA256withRSA ", "SHA256withECDSA", "none", ""] {
        let mut delivery = vectors[0].delivery();
        delivery.headers.auth_algo = auth_algo.to_owned();
        assert_eq!(check(&delivery, &key), Err(Forged::Algorithm), "{auth_algo}");
    }
}
