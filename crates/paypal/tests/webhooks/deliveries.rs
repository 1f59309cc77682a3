//! The whole check, with a certificate that is fetched from this machine.

use crate::certificates::{Authority, NAME, leaf_key, now, sign};
use axum::Router;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::time::{Span, Timestamp};
use paypal::webhook::signed_text;
use paypal::{EventType, Forged, Roots, Subject, TransmissionHeaders, WebhookSettings, Webhooks};
use rcgen::{CertificateParams, ExtendedKeyUsagePurpose};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};

const WEBHOOK: &str = "4JH86294D6297924G";
const BODY: &[u8] =
    br#"{"id":"WH-1","event_type":"PAYMENT.CAPTURE.COMPLETED","resource_type":"capture","resource":{"id":"7CA"}}"#;

/// A server of certificates.
#[derive(Clone, Default)]
struct Certs(Arc<Mutex<Served>>);

#[derive(Default)]
struct Served {
    by_path: HashMap<String, (StatusCode, String)>,
    asked: usize,
}

struct Place {
    certs: Certs,
    host: String,
}

async fn serve(State(certs): State<Certs>, request: Request) -> Response {
    let mut certs = certs.0.lock().unwrap();
    certs.asked += 1;
    match certs.by_path.get(request.uri().path()) {
        Some((status, place)) if status.is_redirection() => {
            (*status, [(header::LOCATION, place.clone())]).into_response()
        }
        Some((status, pem)) => (*status, pem.clone()).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

impl Place {
    async fn start() -> Self {
        let certs = Certs::default();
        let router = Router::new().fallback(serve).with_state(certs.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let host = listener.local_addr().unwrap().to_string();
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { certs, host }
    }

    /// One with a good certificate at `/certs/CERT-1`, and a check that trusts it.
    async fn with_good_certificate() -> (Self, Webhooks) {
        let (place, authority) = (Self::start().await, Authority::new("Root"));
        place.serves("/certs/CERT-1", StatusCode::OK, authority.good_leaf().pem());
        let webhooks = place.webhooks(authority.roots());
        (place, webhooks)
    }

    fn serves(&self, path: &str, status: StatusCode, text: String) {
        self.certs.0.lock().unwrap().by_path.insert(path.to_owned(), (status, text));
    }

    fn asked(&self) -> usize {
        self.certs.0.lock().unwrap().asked
    }

    fn webhooks(&self, roots: Roots) -> Webhooks {
        let cert_hosts = vec!["api.paypal.com".to_owned(), self.host.clone()];
        Webhooks::new(WebhookSettings { cert_hosts, roots, ..WebhookSettings::new(WEBHOOK) }).unwrap()
    }

    /// A delivery of `BODY` as PayPal would sign it, sent at `sent_at`.
    fn delivery_at(&self, path: &str, sent_at: Timestamp) -> TransmissionHeaders {
        let (id, time) = ("dfb3be50-fd74-11e4-8bf3-77339302725b".to_owned(), sent_at.to_string());
        let signature = STANDARD.encode(sign(&signed_text(&id, &time, WEBHOOK, BODY)));
        let cert_url = format!("http://{}{path}", self.host);
        TransmissionHeaders { id, time, signature, cert_url, auth_algo: "SHA256withRSA".to_owned() }
    }

    fn delivery(&self) -> TransmissionHeaders {
        self.delivery_at("/certs/CERT-1", now())
    }
}

#[tokio::test]
async fn an_event_that_paypal_signed_for_us_is_told() {
    let (place, webhooks) = Place::with_good_certificate().await;
    let event = webhooks.verify(&place.delivery(), BODY, now()).await.unwrap();
    assert_eq!((event.id.as_str(), &event.event_type), ("WH-1", &EventType::PaymentCaptureCompleted));
    assert_eq!(event.subject(), Some(Subject::Capture { id: "7CA".into(), order: None, custom_id: None }));
}

#[tokio::test]
async fn any_bit_of_a_header_or_of_the_body_counts() {
    let (place, webhooks) = Place::with_good_certificate().await;
    let whole = place.delivery();
    let fields: [fn(&mut TransmissionHeaders) -> &mut String; 5] = [
        |headers| &mut headers.id,
        |headers| &mut headers.time,
        |headers| &mut headers.signature,
        |headers| &mut headers.cert_url,
        |headers| &mut headers.auth_algo,
    ];
    for field in fields {
        let text = field(&mut whole.clone()).clone();
        for (at, bit) in (0..text.len()).flat_map(|at| (0..7).map(move |bit| (at, bit))) {
            let mut bytes = text.clone().into_bytes();
            bytes[at] ^= 1 << bit;
            let (mut headers, turned) = (whole.clone(), String::from_utf8(bytes).unwrap());
            field(&mut headers).clone_from(&turned);
            assert!(webhooks.verify(&headers, BODY, now()).await.is_err(), "{turned}");
        }
    }
    for (at, bit) in (0..BODY.len()).flat_map(|at| (0..8).map(move |bit| (at, bit))) {
        let mut body = BODY.to_vec();
        body[at] ^= 1 << bit;
        assert_eq!(webhooks.verify(&whole, &body, now()).await, Err(Forged::Signature));
    }
    assert!(webhooks.verify(&whole, BODY, now()).await.is_ok());
}

#[tokio::test]
async fn whoever_has_not_the_key_cannot_sign() {
    let (place, webhooks) = Place::with_good_certificate().await;
    let good = place.delivery();
    for signature in [Vec::new(), vec![0; 256], vec![255; 256], sign("something else"), sign("")] {
        let headers = TransmissionHeaders { signature: STANDARD.encode(&signature), ..good.clone() };
        assert_eq!(webhooks.verify(&headers, BODY, now()).await, Err(Forged::Signature), "{signature:?}");
    }
}

#[tokio::test]
async fn a_delivery_for_another_webhook_is_not_for_us() {
    let (place, webhooks) = Place::with_good_certificate().await;
    let mut headers = place.delivery();
    let text = signed_text(&headers.id, &headers.time, "3TR748995U920805P", BODY);
    headers.signature = STANDARD.encode(sign(&text));
    assert_eq!(webhooks.verify(&headers, BODY, now()).await, Err(Forged::Signature));
}

#[tokio::test]
async fn a_delivery_is_good_for_three_days_and_an_hour() {
    let (place, webhooks) = Place::with_good_certificate().await;
    let sent_at = now();
    let headers = place.delivery();
    let oldest = sent_at.plus(Span::days(3)).plus(Span::hours(1));
    assert!(webhooks.verify(&headers, BODY, oldest).await.is_ok());
    let late = webhooks.verify(&headers, BODY, oldest.plus(Span::millis(1))).await;
    assert_eq!(late, Err(Forged::Stale { sent_at }));
    let earliest = sent_at.minus(Span::hours(1));
    assert!(webhooks.verify(&headers, BODY, earliest).await.is_ok());
    let early = webhooks.verify(&headers, BODY, earliest.minus(Span::millis(1))).await;
    assert_eq!(early, Err(Forged::FromTheFuture { sent_at }));
}

#[tokio::test]
async fn nothing_is_fetched_for_what_is_refused_by_its_headers() {
    let (place, webhooks) = Place::with_good_certificate().await;
    let good = place.delivery();
    let host = |host: &str| Forged::CertHost { host: host.to_owned() };
    let cases = [
        (TransmissionHeaders { auth_algo: "SHA1withRSA".into(), ..good.clone() }, Forged::Algorithm),
        (TransmissionHeaders { time: "yesterday".into(), ..good.clone() }, Forged::TimeUnreadable),
        (TransmissionHeaders { signature: "***".into(), ..good.clone() }, Forged::SignatureUnreadable),
        (TransmissionHeaders { cert_url: "CERT-1".into(), ..good.clone() }, Forged::CertUrlUnreadable),
        (TransmissionHeaders { cert_url: "http://api.paypal.com/c".into(), ..good.clone() }, Forged::CertUrlInTheClear),
        (TransmissionHeaders { cert_url: "https://evil.example/c".into(), ..good.clone() }, host("evil.example")),
        (
            place.delivery_at("/certs/CERT-1", now().minus(Span::days(4))),
            Forged::Stale { sent_at: now().minus(Span::days(4)) },
        ),
    ];
    for (headers, expected) in cases {
        assert_eq!(webhooks.verify(&headers, BODY, now()).await, Err(expected));
    }
    assert_eq!(place.asked(), 0);
}

#[tokio::test]
async fn a_certificate_that_is_not_paypals_vouches_for_nothing() {
    let (place, ours, other) = (Place::start().await, Authority::new("Root"), Authority::new("Other"));
    let webhooks = place.webhooks(ours.roots());
    let server = || ExtendedKeyUsagePurpose::ServerAuth;
    let own = CertificateParams::new([NAME.to_owned()]).unwrap().self_signed(&leaf_key()).unwrap();
    let cases = [
        ("/expired", ours.leaf(&[NAME], (2024, 2025), server()).pem(), Forged::CertificateExpired),
        ("/early", ours.leaf(&[NAME], (2027, 2028), server()).pem(), Forged::CertificateNotYetValid),
        ("/name", ours.leaf(&["evil.example"], (2026, 2027), server()).pem(), Forged::CertificateName),
        ("/root", other.good_leaf().pem(), Forged::CertificateUntrusted),
        ("/self", own.pem(), Forged::CertificateUntrusted),
        ("/html", "<html>".to_owned(), Forged::CertificateUnreadable),
    ];
    for (path, pem, expected) in cases {
        place.serves(path, StatusCode::OK, pem);
        let refused = webhooks.verify(&place.delivery_at(path, now()), BODY, now()).await;
        assert_eq!(refused, Err(expected), "{path}");
    }
}

#[tokio::test]
async fn a_certificate_that_cannot_be_fetched_is_no_judgement() {
    let (place, webhooks) = Place::with_good_certificate().await;
    place.serves("/moved", StatusCode::FOUND, "/certs/CERT-1".to_owned());
    place.serves("/broken", StatusCode::BAD_GATEWAY, String::new());
    place.serves("/large", StatusCode::OK, "x".repeat(70_000));
    for path in ["/missing", "/moved", "/broken", "/large"] {
        let refused = webhooks.verify(&place.delivery_at(path, now()), BODY, now()).await.unwrap_err();
        assert!(refused.is_to_be_sent_again(), "{path}: {refused:?}");
    }
    // Nor is where nobody listens.
    let address = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let nobody = Place { certs: Certs::default(), host: address.to_string() };
    let refused = nobody.webhooks(Roots::public()).verify(&nobody.delivery(), BODY, now()).await.unwrap_err();
    assert!(refused.is_to_be_sent_again(), "{refused:?}");
}

#[tokio::test]
async fn a_good_certificate_is_fetched_once() {
    let (place, webhooks) = Place::with_good_certificate().await;
    let webhooks = Arc::new(webhooks);
    let checks = (0..20).map(|_| {
        let (webhooks, headers) = (webhooks.clone(), place.delivery());
        tokio::spawn(async move { webhooks.verify(&headers, BODY, now()).await })
    });
    for check in checks.collect::<Vec<_>>() {
        check.await.unwrap().unwrap();
    }
    assert_eq!(place.asked(), 1);
}

#[tokio::test]
async fn a_certificate_that_was_kept_still_expires() {
    let (place, webhooks) = Place::with_good_certificate().await;
    webhooks.verify(&place.delivery(), BODY, now()).await.unwrap();
    let later = now().plus(Span::days(365));
    let headers = place.delivery_at("/certs/CERT-1", later);
    assert_eq!(webhooks.verify(&headers, BODY, later).await, Err(Forged::CertificateExpired));
}

#[tokio::test]
async fn a_bad_certificate_is_not_kept_and_pushes_out_none() {
    let (place, webhooks) = Place::with_good_certificate().await;
    webhooks.verify(&place.delivery(), BODY, now()).await.unwrap();
    let other = Authority::new("Other");
    for number in 0..20 {
        let path = format!("/bad/{number}");
        place.serves(&path, StatusCode::OK, other.good_leaf().pem());
        assert!(webhooks.verify(&place.delivery_at(&path, now()), BODY, now()).await.is_err());
    }
    let asked = place.asked();
    webhooks.verify(&place.delivery(), BODY, now()).await.unwrap();
    assert_eq!(place.asked(), asked);
    // Once it is mended it is taken: it was not kept as bad either.
    webhooks.verify(&place.delivery_at("/bad/1", now()), BODY, now()).await.unwrap_err();
    assert_eq!(place.asked(), asked + 1);
}

#[tokio::test]
async fn what_is_signed_and_no_event_is_told_apart_from_a_forgery() {
    let (place, webhooks) = Place::with_good_certificate().await;
    for body in [&b"{\"id\":1}"[..], b"<html>", b""] {
        let mut headers = place.delivery();
        headers.signature = STANDARD.encode(sign(&signed_text(&headers.id, &headers.time, WEBHOOK, body)));
        assert_eq!(webhooks.verify(&headers, body, now()).await, Err(Forged::Unreadable));
    }
}
