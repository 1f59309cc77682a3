use super::*;
use domain::money::{Currency, Money};
use domain::payment::MethodKind;
use p256::ecdsa::SigningKey;
use p256::ecdsa::signature::Signer;
use serde_json::{Value, json};

const ORIGIN: &str = "https://bottega.example";
const CHALLENGE: &[u8] = b"this payment";

/// Base64url without padding, as browsers write it.
fn text(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let digits = |three: &[u8]| {
        let bits = three.iter().fold(0u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        (0..=three.len()).map(move |at| char::from(DIGITS[(bits >> (18 - 6 * at) & 63) as usize])).collect::<String>()
    };
    bytes.chunks(3).map(digits).collect()
}

/// What an authenticator has signed, before it is written for the wire.
#[derive(Clone)]
struct Signed {
    key: SigningKey,
    client: Vec<u8>,
    data: Vec<u8>,
    signature: Vec<u8>,
}

fn client_data() -> Value {
    json!({
        "type": "payment.get",
        "challenge": text(CHALLENGE),
        "origin": ORIGIN,
        "crossOrigin": false,
        "payment": {
            "rpId": "bottega.example",
            "topOrigin": ORIGIN,
            "payeeName": "Kai Shapes",
            "payeeOrigin": ORIGIN,
            "paymentEntitiesLogos": [],
            "total": { "value": "412.00", "currency": "USD" },
            "instrument": { "icon": format!("{ORIGIN}/art/pay-meta.svg"), "displayName": "•••• 4242" },
        },
        "other_keys_can_be_added_here": "do not compare clientDataJSON against a template",
    })
}

fn authenticator_data(host: &str, flags: u8, count: u32) -> Vec<u8> {
    [Sha256::digest(host).as_slice(), &[flags], &count.to_be_bytes()].concat()
}

impl Signed {
    fn over(client: &Value, data: Vec<u8>) -> Self {
        let (key, client) = (SigningKey::from_slice(&[7; 32]).unwrap(), client.to_string().into_bytes());
        let signature: DerSignature = key.sign(&[data.as_slice(), &Sha256::digest(&client)].concat());
        Self { key, client, data, signature: signature.as_bytes().to_vec() }
    }

    /// What a phone says after it has asked for a finger.
    fn right() -> Self {
        Self::over(&client_data(), authenticator_data("bottega.example", 0b101, 9))
    }

    fn key(&self) -> String {
        // SubjectPublicKeyInfo of a point on P-256 (RFC 5480).
        let mut spki = vec![0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08];
        spki.extend([0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00]);
        spki.extend(self.key.verifying_key().to_sec1_point(false).as_bytes());
        text(&spki)
    }

    fn checked(&self) -> Result<Proof, Flaw> {
        let (client, data, signature) = (text(&self.client), text(&self.data), text(&self.signature));
        let assertion = Assertion { authenticator_data: &data, client_data: &client, signature: &signature };
        check(&self.key(), assertion, &ours(&|origin| origin == ORIGIN))
    }
}

fn shown(origin: &str) -> Option<Shown> {
    let hint = "4242".parse().unwrap();
    Shown::at(origin, "Kai Shapes", Money::new(41_200, Currency::USD), MethodKind::MetaPay, Some(&hint))
}

fn ours(is_own: &dyn Fn(&str) -> bool) -> Expected<'_> {
    Expected { challenge: CHALLENGE, is_own, shown: &shown }
}

#[test]
fn what_the_browser_has_shown_and_a_passkey_signed_is_the_buyers_word() {
    assert_eq!(Signed::right().checked(), Ok(Proof { by: ConfirmedBy::SecurePayment, count: 9 }));
}

#[test]
fn a_passkey_alone_is_told_from_it() {
    let mut client = client_data();
    client["type"] = json!("webauthn.get");
    client["payment"].take();
    let plain = Signed::over(&client, authenticator_data("bottega.example", 0b101, 0));
    assert_eq!(plain.checked(), Ok(Proof { by: ConfirmedBy::Passkey, count: 0 }));
    // A payment that was not shown as one cannot be passed off as one that was.
    let mut client = client_data();
    client["payment"].take();
    let unshown = Signed::over(&client, authenticator_data("bottega.example", 0b101, 0));
    assert_eq!(unshown.checked(), Err(Flaw::OtherShown));
}

#[test]
fn a_drawing_that_the_browser_could_not_show_changes_nothing() {
    let mut client = client_data();
    client["payment"]["instrument"]["icon"] = json!("");
    assert!(Signed::over(&client, authenticator_data("bottega.example", 0b101, 0)).checked().is_ok());
}

#[test]
fn everything_that_was_signed_is_compared_with_our_own_books() {
    for (place, value, flaw) in [
        ("/type", json!("webauthn.create"), Flaw::Unreadable),
        ("/type", json!("payment.create"), Flaw::Unreadable),
        ("/type", Value::Null, Flaw::Unreadable),
        ("/challenge", json!(text(b"another payment")), Flaw::OtherChallenge),
        ("/challenge", json!(""), Flaw::OtherChallenge),
        ("/origin", json!("https://evil.example"), Flaw::OtherPage),
        ("/origin", json!("http://bottega.example"), Flaw::OtherPage),
        ("/crossOrigin", json!(true), Flaw::OtherPage),
        ("/payment", Value::Null, Flaw::OtherShown),
        ("/payment/rpId", json!("evil.example"), Flaw::OtherShown),
        ("/payment/topOrigin", json!("https://evil.example"), Flaw::OtherShown),
        ("/payment/payeeName", json!("Kai  Shapes"), Flaw::OtherShown),
        ("/payment/payeeName", Value::Null, Flaw::OtherShown),
        ("/payment/payeeOrigin", json!("https://evil.example"), Flaw::OtherShown),
        ("/payment/payeeOrigin", Value::Null, Flaw::OtherShown),
        ("/payment/total/value", json!("41.20"), Flaw::OtherShown),
        ("/payment/total/value", json!("412.0"), Flaw::OtherShown),
        ("/payment/total/value", json!(412), Flaw::Unreadable),
        ("/payment/total/currency", json!("EUR"), Flaw::OtherShown),
        ("/payment/instrument/displayName", json!("•••• 5100"), Flaw::OtherShown),
        ("/payment/instrument/icon", json!("https://evil.example/art/pay-meta.svg"), Flaw::OtherShown),
    ] {
        let mut client = client_data();
        *client.pointer_mut(place).unwrap() = value.clone();
        let signed = Signed::over(&client, authenticator_data("bottega.example", 0b101, 9));
        assert_eq!(signed.checked(), Err(flaw), "{place} = {value}");
    }
}

#[test]
fn the_authenticator_has_to_be_ours_and_to_know_who_is_there() {
    for (data, flaw) in [
        (authenticator_data("evil.example", 0b101, 9), Flaw::OtherHost),
        (authenticator_data("bottega.example", 0b001, 9), Flaw::Unverified),
        (authenticator_data("bottega.example", 0b100, 9), Flaw::Unverified),
        (authenticator_data("bottega.example", 0b101, 9)[..36].to_vec(), Flaw::Unreadable),
        (Vec::new(), Flaw::Unreadable),
    ] {
        assert_eq!(Signed::over(&client_data(), data).checked(), Err(flaw));
    }
}

#[test]
fn what_is_written_twice_is_not_read() {
    let mut signed = Signed::right();
    let text = String::from_utf8(signed.client).unwrap();
    signed.client = text.replacen('{', r#"{"origin":"https://evil.example","#, 1).into_bytes();
    assert_eq!(signed.checked(), Err(Flaw::Unreadable));
}

#[test]
fn no_byte_of_it_can_be_another() {
    let parts: [fn(&mut Signed) -> &mut Vec<u8>; 3] =
        [|signed| &mut signed.client, |signed| &mut signed.data, |signed| &mut signed.signature];
    let right = Signed::right();
    for part in parts {
        let length = part(&mut right.clone()).len();
        for at in 0..length {
            let mut signed = right.clone();
            part(&mut signed)[at] ^= 1 << (at % 8);
            assert!(signed.checked().is_err(), "byte {at} of {length}");
        }
    }
}

#[test]
fn another_key_has_signed_nothing() {
    let mut signed = Signed::right();
    signed.key = SigningKey::from_slice(&[8; 32]).unwrap();
    assert_eq!(signed.checked(), Err(Flaw::BadSignature));
}

/// Recorded from Chromium 156 on Linux with its virtual authenticator, over the challenge 1, 2, 3, 4.
#[test]
fn what_a_browser_has_really_signed_is_understood() {
    let key = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEZ-v3aQpHXeTaavlvraWG47p4IXmU1j_g78zNfkpjOBm8rTwmbZLOqnOM7SPLhrBHrQsTbzXrPXX-IRoJ1tSM8Q";
    let client = concat!(
        r#"{"type":"payment.get","challenge":"AQIDBA","origin":"http://localhost:45491","crossOrigin":false,"#,
        r#""payment":{"rpId":"localhost","topOrigin":"http://localhost:45491","payeeName":"Kai Shapes","#,
        r#""paymentEntitiesLogos":[],"total":{"value":"412.00","currency":"USD"},"#,
        r#""instrument":{"icon":"http://localhost:45491/art/pay-meta.svg","displayName":"•••• 4242"}}}"#
    );
    let client = text(client.as_bytes());
    let assertion = Assertion {
        authenticator_data: "SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2MFAAAAAg",
        client_data: &client,
        signature: "MEQCIFRDcBzEF398y53yGWP_nCS_o9qqna1ZpkzFURWc_nP5AiApT7CbHSe2VbAHXxjDwPovw28yWd98UA_uEN026d_XfQ",
    };
    let expected = |shown| Expected { challenge: &[1, 2, 3, 4], is_own: &|_| true, shown };
    let told = check(key, assertion, &expected(&shown));
    assert_eq!(told, Ok(Proof { by: ConfirmedBy::SecurePayment, count: 2 }));
    let dearer = |origin: &str| {
        Shown::at(
            origin,
            "Kai Shapes",
            Money::new(41_201, Currency::USD),
            MethodKind::MetaPay,
            Some(&"4242".parse().unwrap()),
        )
    };
    assert_eq!(check(key, assertion, &expected(&dearer)), Err(Flaw::OtherShown));
}
