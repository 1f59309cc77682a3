//! Who learns what: strangers nothing, sellers only what they need by then.

use super::world::{Person, STREET, World, complaint, draft, json, terms, usd, with, words};
use crate::openapi::{ROUTES, Reach, Route};
use crate::wire::{
    AcceptOffer, ActOnApproval, AnswerDispute, AnswerExtension, ApprovalOutcome, AskExtension, DecideCase, EditMessage,
    MakeCounter, MakeOffer, MakeRefund, MarkRead, MoveCarrier, Mute, Pay, React, ReviseRequest, SayInCase, SendBack,
    SendRequest, Ship, TestBehaviour, UploadPhoto,
};
use domain::carrier::Carrier;
use domain::case::{CaseReason, Remedy, Verdict};
use domain::dispute::DisputeAnswer;
use domain::message::Content;
use domain::order::{ExtensionDays, Packed};
use domain::payment_request::Proposal;
use std::collections::BTreeMap;

/// The ids of what belongs to buyer and seller, by what a path or a body calls them.
type Ids = BTreeMap<&'static str, String>;

/// One of everything.
async fn everything_there_is(world: &World) -> Ids {
    let (thread, payment, order) = world.captured().await;
    let message = world.say(&world.buyer, &thread, "Nobody else knows").await;
    let picture = UploadPhoto { media_type: "image/png".into(), data: "iVBORw0KGgo=".into() };
    let photo = world.buyer.api.upload(&world.key(), &picture).await.unwrap().id;
    let content = Content::Photo { photo: photo.clone(), width: 1, height: 1 };
    let sent = crate::wire::Say { content, ..words(&world.message_id(), "-") };
    world.buyer.api.say(&world.key(), &thread, &sent).await.unwrap();
    let contents = vec![Packed { line: 0, quantity: 1 }];
    let number = "1Z5R89390357567127".to_owned().try_into().unwrap();
    let ship = Ship { contents, carrier: Carrier::Ups, tracking: Some(number) };
    world.seller.api.ship(&world.key(), &order, &ship).await.unwrap();
    world.settle().await;
    let help = complaint(CaseReason::Damaged);
    world.buyer.api.open_case(&world.key(), &order, &help).await.unwrap();
    let case = world.state(&thread).await.orders[&order].cases[0].id.to_string();
    let open = world.ask(&thread).await;
    let challenged = world.ask(&thread).await;
    let waiting = world.tap_pay(&challenged, TestBehaviour::Challenge).await;
    world.settle().await;
    let wallet = world.buyer.api.wallet().await.unwrap();
    BTreeMap::from([
        ("thread", thread.to_string()),
        ("message", message.to_string()),
        ("photo", photo.to_string()),
        ("request", open.to_string()),
        ("payment", waiting.to_string()),
        ("paid", payment.to_string()),
        ("order", order.to_string()),
        ("case", case),
        ("method", wallet.methods[0].id.to_string()),
        ("address", wallet.addresses[0].id.to_string()),
    ])
}

/// A body the route would take from one of the two.
fn body_of(path: &str, ids: &Ids) -> String {
    let packed = vec![Packed { line: 1, quantity: 1 }];
    let proposal = Proposal { quantities: Vec::new(), total: usd(30_000), note: None };
    match path {
        "/threads/{id}/read" => json(&MarkRead { seq: 1 }),
        "/threads/{id}/mute" => json(&Mute { muted: true }),
        "/threads/{id}/messages" => json(&words(&"msg_foreign".parse().expect("an id"), "Let me in")),
        "/threads/{id}/messages/{message}/edit" => {
            json(&EditMessage { content: Content::Text { text: "Changed".parse().expect("a word") } })
        }
        "/threads/{id}/messages/{message}/reaction" => json(&React { emoji: None }),
        "/threads/{id}/payment-requests" => json(&SendRequest { terms: terms(draft()), expires_in_seconds: None }),
        "/payment-requests/{id}/revise" => {
            json(&ReviseRequest { revision: 1, terms: terms(draft()), expires_in_seconds: None })
        }
        "/payment-requests/{id}/counter" => json(&MakeCounter { revision: 1, proposal }),
        "/payment-requests/{id}/pay" => json(&Pay {
            revision: 1,
            delivery: 0,
            total: usd(41_200),
            method: ids["method"].parse().expect("an id"),
            address: Some(ids["address"].parse().expect("an id")),
            confirmation: None,
        }),
        "/orders/{id}/shipments" => json(&Ship { contents: packed, carrier: Carrier::Ups, tracking: None }),
        "/orders/{id}/extend" => json(&AskExtension { days: ExtensionDays::Three }),
        "/orders/{id}/answer-extension" => json(&AnswerExtension { accept: true }),
        "/orders/{id}/refunds" => json(&MakeRefund { amount: None, items: Vec::new() }),
        "/orders/{id}/disputes/{dispute}" => json(&AnswerDispute { answer: DisputeAnswer::Accept }),
        "/orders/{id}/cases" => json(&complaint(CaseReason::Other)),
        "/orders/{id}/cases/{case}/offers" => {
            json(&MakeOffer { remedy: Remedy::Refund { amount: usd(100) }, said: SayInCase::default() })
        }
        "/orders/{id}/cases/{case}/accept" => json(&AcceptOffer { remedy: Remedy::Refund { amount: usd(100) } }),
        "/orders/{id}/cases/{case}/refuse" | "/orders/{id}/cases/{case}/say" => json(&SayInCase::default()),
        "/orders/{id}/cases/{case}/send-back" => json(&SendBack { carrier: Carrier::Ups, tracking: None }),
        "/reviews/{order}/cases/{case}" => {
            json(&DecideCase { verdict: Verdict::ForSeller, words: "Mine now".parse().expect("words") })
        }
        "/demo/carrier" => json(&MoveCarrier { order: ids["order"].parse().expect("an id") }),
        "/demo/approvals/{payment}" => json(&ActOnApproval { outcome: ApprovalOutcome::Approve }),
        _takes_no_body => "null".to_owned(),
    }
}

/// Every path that a route of the two answers to, filled in with what is theirs.
fn filled(route: &Route, ids: &Ids) -> Vec<String> {
    let of = |kind: &str| vec![ids[kind].clone()];
    let parts = route.path.split('/').map(|part| match (part, route.path) {
        ("{id}", path) if path.starts_with("/threads/") => of("thread"),
        ("{id}", path) if path.starts_with("/payment-requests/") => of("request"),
        ("{id}", path) if path.starts_with("/payments/") => vec![ids["payment"].clone(), ids["paid"].clone()],
        ("{id}", path) if path.starts_with("/orders/") => of("order"),
        ("{entity}", _) => ["request", "payment", "order"].map(|kind| ids[kind].clone()).to_vec(),
        ("{message}", _) => of("message"),
        ("{photo}", _) => of("photo"),
        ("{payment}", _) => of("payment"),
        ("{case}", _) => of("case"),
        ("{order}", _) => of("order"),
        ("{month}", _) => vec!["2026-03".to_owned()],
        ("{dispute}", _) => vec!["dsp_none".to_owned()],
        ("{act}", _) => route.acts.iter().map(|act| (*act).to_owned()).collect(),
        (fixed, path) => {
            assert!(!fixed.starts_with('{'), "{path}: say what {fixed} is filled with");
            vec![fixed.to_owned()]
        }
    });
    let mut paths = vec![String::from("/v1")];
    for choices in parts.skip(1) {
        paths = paths.iter().flat_map(|path| choices.iter().map(move |part| format!("{path}/{part}"))).collect();
    }
    paths
}

pub async fn no_route_tells_a_stranger_anything(world: &World) {
    let ids = everything_there_is(world).await;
    let thread = ids["thread"].parse().unwrap();
    // Nosy people are not nobodies: both have threads and wallets of their own.
    for nosy in [&world.stranger, &world.other_seller] {
        let own = nosy.api.open_thread(&world.key(), &with("kai")).await.unwrap().thread.id;
        nosy.api.say(&world.key(), &own, &words(&world.message_id(), "Hello")).await.unwrap();
    }
    let before = (world.state(&thread).await, world.app.store.rows(&thread, None, usize::MAX).await.unwrap());
    let mut tried = 0;
    for route in ROUTES {
        for nosy in [&world.stranger, &world.other_seller] {
            match route.reach {
                Reach::Parties | Reach::Reviewers => {
                    for path in filled(route, &ids) {
                        nothing_there(world, nosy, route, &path, &ids).await;
                        tried += 1;
                    }
                }
                Reach::Own | Reach::Everyone => {
                    if route.method == "GET" {
                        nothing_of_theirs(world, nosy, route, &ids).await;
                        tried += 1;
                    }
                }
                Reach::Demo | Reach::Anyone => {}
            }
        }
    }
    let of_somebody = ROUTES.iter().filter(|route| route.reach != Reach::Demo).count();
    assert!(tried >= 2 * of_somebody, "{tried} calls");
    let after = (world.state(&thread).await, world.app.store.rows(&thread, None, usize::MAX).await.unwrap());
    assert_eq!(before, after, "nothing has changed by it");
}

async fn nothing_there(world: &World, nosy: &Person, route: &Route, path: &str, ids: &Ids) {
    // A key that the buyer has used, as well as a new one.
    for key in ["key-0".to_owned(), world.key().0] {
        let body = if route.method == "GET" { String::new() } else { body_of(route.path, ids) };
        let (status, answer) = world.raw(nosy, route.method, path, Some(&key), &body).await;
        let problem = crate::problem::Problem::not_found();
        assert_eq!((status, answer), (404, json(&problem)), "{} {path}", route.method);
    }
}

async fn nothing_of_theirs(world: &World, nosy: &Person, route: &Route, ids: &Ids) {
    // Who only buys has no facts.
    let handle = if route.path.ends_with("/facts") { "kai" } else { "maya" };
    let path = route.path.replace("{handle}", handle).replace("{account}", "acc_kai").replace("{month}", "2026-03");
    let query = match route.path {
        "/threads" => "?folder=primary",
        "/queue" => "?group=mine",
        "/events" => "?after=0",
        _asks_nothing => "",
    };
    let (status, answer) = world.raw(nosy, "GET", &format!("/v1{path}{query}"), None, "").await;
    // Who only buys keeps no replies.
    let is_there = route.path != "/replies" || nosy.account.business.is_some();
    assert_eq!(status, if is_there { 200 } else { 404 }, "{path}");
    let secrets = ids.values().map(String::as_str).chain([STREET, "92024", "Nobody else knows"]);
    for secret in secrets {
        assert!(!answer.contains(secret), "{path} tells {secret}");
    }
}

pub async fn the_seller_learns_the_address_only_by_the_payment(world: &World) {
    let thread = world.thread().await;
    let request = world.ask(&thread).await;
    let hint = |wallet: &crate::wire::Wallet| wallet.methods[0].hint.as_ref().expect("a hint").to_string();
    let look = async || {
        world.seller.api.thread(&thread).await.unwrap();
        world.seller.api.events(0).await.unwrap();
        world.seller.api.rows(&thread, None, 100).await.unwrap();
        world.seller.api.agenda().await.unwrap();
        world.seller.api.inbox(crate::wire::Folder::Primary, "", None).await.unwrap();
        let record = world.seller.api.transport().record();
        record.into_iter().map(|exchange| exchange.received).collect::<String>()
    };
    for test in [TestBehaviour::InsufficientFunds, TestBehaviour::Challenge] {
        let payment = world.tap_pay(&request, test).await;
        let digits = hint(&world.buyer.api.wallet().await.unwrap());
        assert!(world.snapshot(&thread).await.thread.payments[&payment].method.hint.is_some(), "the buyer sees it");
        world.settle().await;
        let seen = look().await;
        assert!(seen.contains("Encinitas"), "the town, to say what shipping costs");
        for secret in [STREET, "92024", "Maya Torres", &format!("\"hint\":\"{digits}\""), "insufficient_funds", "pm_"] {
            assert!(!seen.contains(secret), "the seller has seen {secret} before the payment");
        }
        let _declined_already =
            world.buyer.api.on_payment(&world.key(), &payment, crate::client::PaymentAct::Cancel).await;
    }
    world.tap_pay(&request, TestBehaviour::Approve).await;
    world.settle().await;
    let seen = look().await;
    assert!(seen.contains(STREET), "what is paid has to be sent somewhere");
    let digits = hint(&world.buyer.api.wallet().await.unwrap());
    assert!(!seen.contains(&format!("\"hint\":\"{digits}\"")) && !seen.contains("pm_"), "but not with what it is paid");
}

pub async fn nobody_calls_without_being_somebody(world: &World) {
    let nobody = Person { account: world.stranger.account.clone(), api: world.way(None).await };
    let ids = everything_there_is(world).await;
    for route in ROUTES.iter().filter(|route| route.reach != Reach::Anyone) {
        let path = route.path.split('/').map(|part| if part.starts_with('{') { "any" } else { part });
        let path = format!("/v1{}", path.collect::<Vec<_>>().join("/"));
        let (status, answer) = world.raw(&nobody, route.method, &path, Some("k"), &body_of(route.path, &ids)).await;
        assert!(status == 401 && answer.contains("signed_out"), "{} {path}: {status} {answer}", route.method);
    }
    let (status, _) = world.raw(&nobody, "GET", "/v1/secrets", None, "").await;
    assert_eq!(status, 404);
}

pub async fn the_demo_routes_exist_only_in_a_demo(world: &World) {
    let nosy = Person { account: world.stranger.account.clone(), api: world.way_in_earnest().await };
    for route in ROUTES.iter().filter(|route| route.path.starts_with("/demo/")) {
        let path = format!("/v1{}", route.path.replace("{payment}", "pay_1"));
        let (status, answer) = world.raw(&nosy, route.method, &path, Some("k"), "null").await;
        assert!(status == 404 && answer.contains("not_a_demo"), "{} {}: {status} {answer}", route.method, route.path);
    }
}
